"""The cases that come with the acts, and whether they leave a rule out."""

from pathlib import Path

import pytest

from otklik.process.cases import Outcome, run_case, run_cases
from otklik.regulation.cases import Case, read_cases
from otklik.regulation.model import TermKind
from otklik.regulation.parse import SHIPPED, load_act, shipped_acts
from otklik.regulation.problems import ActProblems

ACTS = shipped_acts()


def _all() -> list[tuple[str, Case, str]]:
    return [(act, case, where) for act in ACTS for case, where in read_cases(SHIPPED / act)]


@pytest.mark.parametrize(("act", "case", "where"), _all(), ids=lambda value: getattr(value, "name", str(value)))
def test_a_case_of_a_shipped_act(act: str, case: Case, where: str) -> None:
    outcome = run_case(load_act(act).act, case, where)
    assert outcome.passed, outcome.differences


@pytest.mark.parametrize("act", ACTS)
def test_every_term_of_an_act_has_a_case_and_what_has_none_too(act: str) -> None:
    """Steps are told apart by name and clause: a reply in its full and in its shortened term."""
    cases = [case for case, _ in read_cases(SHIPPED / act)]
    shown = {(one.step, one.clause) for case in cases for one in case.expect if not one.absent}
    absent = {one.step for case in cases for one in case.expect if one.absent}
    steps = load_act(act).act.steps
    timed = {(step.step, step.clause) for step in steps if step.term.kind is not TermKind.NONE}
    untimed = {step.step for step in steps if step.term.kind is TermKind.NONE} - {name for name, _ in timed}
    assert timed - shown == set()
    assert untimed - absent - {"select"} == set()


@pytest.mark.parametrize("act", ACTS)
def test_the_cases_of_an_act_see_weekends_short_days_and_every_state(act: str) -> None:
    cases = [case for case, _ in read_cases(SHIPPED / act)]
    states = {one.state for case in cases for one in case.expect}
    assert {"running", "met", "late", "dropped"} <= states | ({"late"} if act == "altai-2020-132" else set())
    days = " ".join(event.at[:10] for case in cases for event in case.events)
    assert "2026-11-03" in days, "a short day before a holiday"


def _folder(tmp_path: Path, text: str) -> Path:
    """The Altai act with these cases in the place of its own."""
    folder = tmp_path / "altai-2020-132"
    (folder / "cases").mkdir(parents=True)
    for name in ("act.yaml", "clauses.yaml"):
        (folder / name).write_bytes((SHIPPED / "altai-2020-132" / name).read_bytes())
    (folder / "cases" / "own.yaml").write_text(text, encoding="utf-8")
    return folder


CASE = """
cases:
  - name: Ответ
    why: Пункт 8.
    events:
      - detected: 2026-11-24 10:00
    now: 2026-11-24 12:00
    expect:
      - {step: reply, clause: "9", due: 2026-11-25 10:46, state: running, count: 1}
      - {step: publish, absent: true}
      - {step: unknown, state: running}
"""


def test_what_differs_is_told_with_the_reason(tmp_path: Path) -> None:
    (outcome,) = run_cases(_folder(tmp_path, CASE))
    assert isinstance(outcome, Outcome)
    assert outcome.where == "cases/own.yaml:3"
    assert [(one.expected.step, one.key, one.wanted, one.got) for one in outcome.differences] == [
        ("reply", "due", "2026-11-25 10:46", "2026-11-25 10:45"),
        ("reply", "clause", "9", "8"),
        ("publish", "absent", "нет строки", "waiting"),
        ("unknown", "step", "unknown", outcome.differences[-1].got),
    ]
    assert outcome.differences[-1].got.startswith("нет строки; есть: route, return")
    assert [step for step, _ in outcome.explanations] == ["reply", "publish"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("detected: 2026-11-24", "at"),
        ("detectd: 2026-11-24 10:00", "detectd"),
        ("detected: 2026-11-24 10:00\n        colour: red", "colour"),
    ],
)
def test_a_wrong_case_file_is_told_with_its_line(tmp_path: Path, wrong: str, said: str) -> None:
    with pytest.raises(ActProblems) as raised:
        run_cases(_folder(tmp_path, CASE.replace("detected: 2026-11-24 10:00", wrong)))
    assert any(said in problem.in_russian() for problem in raised.value.problems)
    assert all(problem.mark.file == "cases/own.yaml" for problem in raised.value.problems)
