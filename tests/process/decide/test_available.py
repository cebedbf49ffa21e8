"""What each may do now: one main step for whoever is waited for, in the act's own words; and what waits for whom."""

import pytest

from otklik.process import commands as c
from otklik.process.actor import SYSTEM, Actor
from otklik.process.available import Available, available, may_record_for, waiting_for
from otklik.process.commands import CommandName as C
from otklik.process.state import ReplyKind
from otklik.regulation.model.people import OurRole
from tests.process.decide.desk import (
    CURATOR,
    EXECUTOR,
    FIVE,
    ONE_HAND,
    OTHER_EXECUTOR,
    OUTSIDER,
    SPECIALIST,
    A,
    Desk,
    K,
    L,
    N,
    U,
    desk,
    for_,
    promise,
)


def main(here: Desk, who: Actor) -> Available | None:
    found = [item for item in available(here.state, who, here.act) if item.main]
    assert len(found) <= 1
    return found[0] if found else None


def main_command(here: Desk, who: Actor) -> C | None:
    item = main(here, who)
    return item.command if item else None


def waits(here: Desk) -> list[tuple[str, str, str | None]]:
    return [(step.step, step.role.value, step.unit) for step in waiting_for(here.state, here.act)]


def test_the_ladder_of_an_incident_under_a() -> None:
    here = desk(A).detected()
    assert main_command(here, CURATOR) is C.SELECT
    assert main_command(here, EXECUTOR) is None
    here.do(c.Select(critical=True), CURATOR)
    assert main(here, CURATOR) == Available(C.ROUTE, "Направить в орган", main=True)
    here.do(c.Route("roads"), CURATOR)
    assert main_command(here, CURATOR) is None
    assert main_command(here, EXECUTOR) is C.SAVE_DRAFT
    version = here.drafted()
    step = main(here, EXECUTOR)
    assert step is not None
    assert (step.command, step.title, step.reply) == (C.SUBMIT_DRAFT, "Направить на согласование", ReplyKind.FINAL)
    here.do(c.SubmitDraft(version), EXECUTOR)
    assert main_command(here, EXECUTOR) is None
    assert main(here, CURATOR) == Available(C.APPROVE, "Согласовать", main=True)
    here.do(c.SendBack(version), CURATOR)
    assert main_command(here, EXECUTOR) is C.SAVE_DRAFT
    version = here.drafted()
    here.do(c.SubmitDraft(version), EXECUTOR)
    here.do(c.Approve(version), CURATOR)
    step = main(here, EXECUTOR)
    assert step is not None
    assert step.title == "Разместить ответ"
    here.do(c.RequestPublication(), EXECUTOR)
    assert waits(here) == []
    here.do(c.PublicationUnknown("timeout"), SYSTEM)
    assert main_command(here, EXECUTOR) is C.CONFIRM_PUBLISHED


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (N, [("route", "executor", None)]),
        (K, [("route", "curator", None)]),
        (U, [("route", "curator", None)]),
        (L, [("route", "curator", None)]),
        (A, [("route", "curator", None)]),
    ],
)
def test_what_waits_after_selection(name: str, expected: list[tuple[str, str, str | None]]) -> None:
    assert waits(desk(name).selected()) == expected


def test_work_items_bear_the_step_whose_clock_they_are_under() -> None:
    here = desk(U).routed()
    assert waits(here) == [("draft", "executor", "roads")]
    version = here.submitted()
    assert waits(here) == [("review", "curator", None)]
    here.do(c.SendBack(version, ("formal",)), CURATOR)
    assert waits(here) == [("rework", "executor", "roads")]
    other = desk(U).routed()
    other.do(c.Return("не наше"), EXECUTOR)
    assert waits(other) == [("reroute", "curator", None)]
    interim = desk(U).routed().published(kind=ReplyKind.INTERIM)
    assert waits(interim) == [("final_draft", "executor", "roads")]
    reply = desk(L).routed().published(kind=ReplyKind.INTERIM)
    assert waits(reply) == [("final_reply", "executor", "roads")]


def test_a_row_for_each_part_asked() -> None:
    here = desk(A).selected()
    here.do(c.RequestParts((c.PartRequest("roads"), c.PartRequest("parks")), "parks"), CURATOR)
    assert waits(here) == [("part", "executor", "roads"), ("part", "executor", "parks")]
    step = main(here, OTHER_EXECUTOR)
    assert step is not None
    assert (step.command, step.part) == (C.SUBMIT_PART, 2)
    here.do(c.SubmitPart(1, "сделано"), EXECUTOR)
    here.do(c.SubmitPart(2, "посажено"), OTHER_EXECUTOR)
    assert waits(here) == [("consolidate", "executor", "parks")]
    assert main_command(here, EXECUTOR) is None
    assert main_command(here, OTHER_EXECUTOR) is C.SAVE_DRAFT


def test_n_it_waits_for_the_executor_from_receipt_on_and_the_curator_is_outside() -> None:
    here = desk(N).detected()
    (step,) = waiting_for(here.state, here.act)
    assert (step.command, step.act_roles) == (C.RECEIVE, ("executor", "curator"))
    here.do(c.Receive(), EXECUTOR)
    assert main_command(here, EXECUTOR) is C.SELECT
    here.do(c.Select(), EXECUTOR)
    here.do(c.Route("roads"), EXECUTOR)
    assert main_command(here, SPECIALIST) is C.SAVE_DRAFT
    version = here.submitted(SPECIALIST)
    (review,) = waiting_for(here.state, here.act)
    assert review.is_external
    assert may_record_for(here.state, EXECUTOR, here.act) == ("curator",)
    assert may_record_for(here.state, OUTSIDER, here.act) == ()
    assert main_command(here, for_(EXECUTOR, "curator")) is C.APPROVE
    here.do(c.Approve(version), for_(EXECUTOR, "curator"))


def test_n_what_was_returned_lies_before_the_curator_to_take_away() -> None:
    here = desk(N).detected()
    here.do(c.Receive(), EXECUTOR)
    here.do(c.Return("край, не поселение"), EXECUTOR)
    (step,) = waiting_for(here.state, here.act)
    assert (step.command, step.act_roles) == (C.LEAVE_OUT, ("curator",))


def test_one_person_in_several_roles_sees_one_main_step() -> None:
    here = desk(L).routed()
    assert main_command(here, ONE_HAND) is C.SAVE_DRAFT
    here.submitted(ONE_HAND)
    assert main_command(here, ONE_HAND) is C.APPROVE


def test_duties_beside_the_line_come_after_it() -> None:
    here = desk(A).selected()
    here.do(c.ConfirmSurge(), CURATOR)
    assert [step.command for step in waiting_for(here.state, here.act)] == [C.ROUTE, C.REPORT]
    assert main_command(here, CURATOR) is C.ROUTE
    here.do(c.Route("roads"), CURATOR)
    assert main_command(here, CURATOR) is C.REPORT


def test_a_promise_waits_with_its_number() -> None:
    here = desk(L).routed().published(promises=(promise("2026-12-05"),))
    step = main(here, EXECUTOR)
    assert step is not None
    assert (step.command, step.promise) == (C.KEEP_PROMISE, 1)


def test_whoever_took_it_is_named() -> None:
    here = desk(A).routed()
    here.do(c.Take(), EXECUTOR)
    (step,) = waiting_for(here.state, here.act)
    assert step.person == "executor-1"


@pytest.mark.parametrize("name", FIVE)
def test_dangerous_steps_are_marked_and_never_the_main_one(name: str) -> None:
    here = desk(name).detected()
    items = available(here.state, CURATOR, here.act)
    marked = {item.command for item in items if item.dangerous}
    assert {C.EXCLUDE, C.LEAVE_OUT} <= marked
    assert not any(item.main and item.dangerous for item in items)


def test_what_is_offered_is_possible_and_nothing_is_offered_to_strangers() -> None:
    here = desk(A).routed()
    assert available(here.state, OUTSIDER, here.act) == []
    names = [item.command for item in available(here.state, EXECUTOR, here.act)]
    assert C.RETURN in names
    assert C.APPROVE not in names
    assert C.PUBLICATION_FAILED not in names


def test_nothing_waits_in_an_answered_incident_without_outcomes() -> None:
    here = desk(L).routed().published()
    assert waits(here) == []
    assert C.CLOSE in [item.command for item in available(here.state, CURATOR, here.act)]


def test_the_program_is_offered_what_the_program_records() -> None:
    here = desk(A).routed()
    here.approved()
    here.do(c.RequestPublication(), EXECUTOR)
    names = {item.command for item in available(here.state, SYSTEM, here.act)}
    assert {C.CONFIRM_PUBLISHED, C.PUBLICATION_FAILED, C.PUBLICATION_UNKNOWN} <= names
    assert C.SEND_BACK not in names


def test_the_act_titles_its_steps() -> None:
    here = desk(K).selected()
    titles = {item.command: item.title for item in available(here.state, CURATOR, here.act)}
    assert titles[C.ROUTE] == here.act.steps[2].title
    assert OurRole.CURATOR in {role.is_ for role in here.act.people.roles}
