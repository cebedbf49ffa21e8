"""Who answers: the specialists in Новоалексеевская, whoever holds the step where the act is silent."""

from otklik.process.answerable import answers_for, blamed_for
from otklik.regulation.model import Step
from otklik.regulation.parse import load_act

NOVOALEKSEEVSKAYA = load_act("novoalekseevskaya-2020-129").act


def step(name: str) -> Step:
    return next(step for step in NOVOALEKSEEVSKAYA.steps if step.step == name)


def test_specialists_answer_for_the_draft_that_the_executor_sends() -> None:
    assert [rule.clause for rule in answers_for(NOVOALEKSEEVSKAYA, "content")] == ["11"]
    assert blamed_for(NOVOALEKSEEVSKAYA, step("draft")) == ("specialist",)
    assert blamed_for(NOVOALEKSEEVSKAYA, step("rework")) == ("specialist",)


def test_other_steps_are_their_holders_own() -> None:
    assert blamed_for(NOVOALEKSEEVSKAYA, step("review")) == ("curator",)
    assert blamed_for(NOVOALEKSEEVSKAYA, step("publish")) == ("executor",)


def test_an_act_that_is_silent_leaves_it_with_the_holder() -> None:
    silent = NOVOALEKSEEVSKAYA.policies.model_copy(update={"answerable": ()})
    act = NOVOALEKSEEVSKAYA.model_copy(update={"policies": silent})
    assert answers_for(act, "content") == ()
    assert blamed_for(act, step("draft")) == ("executor",)
