"""What the format can say of terms, each by an invented act: its cases hold, and fail once the key is not obeyed."""

from typing import Any

import pytest

from otklik.process.cases import run_case
from otklik.process.deadlines import deadlines
from otklik.process.facts import Facts, Moment
from otklik.process.localtime import read_time
from otklik.process.schedules import ScheduleSet
from otklik.regulation.cases import read_cases
from otklik.regulation.editions import editions
from otklik.regulation.model import MomentKind
from otklik.worktime import Schedule
from tests.acts.small_acts import HERE, NAMES, act, failing_without, outcomes

WITH_CASES = [name for name in NAMES if (HERE / name / "cases").is_dir()]


@pytest.mark.parametrize("name", WITH_CASES)
def test_its_cases_hold(name: str) -> None:
    found = outcomes(name)
    assert found
    assert [(outcome.case.name, outcome.differences) for outcome in found if not outcome.passed] == []


IGNORED = [
    # (the act, the key, what it would be if nobody obeyed it)
    ("calendar-time", "steps.reply.term.counted", "working"),
    ("calendar-time", "steps.final_reply.term.counted", "working"),
    ("calendar-time", "steps.check_result.term.unit", "day"),
    ("one-working-day", "steps.reply.term.unit", "hour"),
    ("one-working-day", "steps.reply.term.counted", "calendar"),
    ("range", "steps.draft.term.amount_from", None),
    ("term-by-person", "steps.part.term.set_by", None),
    ("share", "steps.draft.term.percent", 100),
    ("first-response", "steps.first_response.ends_on", ["published"]),
    ("extension", "steps.reply.extension", None),
    ("extension", "steps.reply.extension.announce_to_author", False),
    ("extension", "steps.reply.extension.times", 2),
    ("warning", "steps.reply.warning", None),
    ("outside-hours", "steps.route.hours", "own"),
    ("operator-consolidates", "steps.consolidate.role", "executor"),
    ("term-by-person", "steps.part.per_part", None),
    ("repeated-term", "steps.reply.applies_to", None),
    ("importance-classes", "steps.reply.applies_to", None),
    ("weekly-report", "steps.weekly.term.weekday", 3),
    ("pause", "steps.reply.pauses_on", ["published"]),
]


@pytest.mark.parametrize(("name", "path", "value"), IGNORED, ids=[f"{row[0]}-{row[1]}" for row in IGNORED])
def test_its_cases_fail_if_the_key_is_ignored(name: str, path: str, value: Any) -> None:
    assert failing_without(name, path, value)


def test_editions_are_chosen_by_the_day() -> None:
    first = editions(HERE / "editions")[0].act
    later = [case.name for case, _ in read_cases(HERE / "editions") if not run_case(first, case).passed]
    assert later == ["После изменения — шесть", "По последней редакции — шесть, а куратор направляет за час"]


# --- Whose hours ---

OUTSIDE = act("outside-hours")
OWN = Schedule.from_document(OUTSIDE.place.schedule)
CENTRE = Schedule.from_document({"zone": "Europe/Moscow", "calendar": "none", "week": {
    day: ["12:00-20:00"] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
}})  # fmt: skip
SIBERIAN = Schedule.from_document({"zone": "Asia/Omsk", "week": {"fri": ["09:00-18:00"], "mon": ["09:00-18:00"]}})


def due_of(step: str, schedules: ScheduleSet, *moments: tuple[MomentKind, str, str | None]) -> str:
    zone = OWN.tzinfo
    happened = tuple(Moment(kind, read_time(at, zone), body=body) for kind, at, body in moments)
    facts = Facts(kind="message", importance="normal", moments=happened)
    rows = deadlines(facts, OUTSIDE, schedules, read_time("2026-11-27 17:00", zone))
    (row,) = [row for row in rows if row.step == step]
    assert row.due_at is not None
    return f"{row.due_at.astimezone(zone):%Y-%m-%d %H:%M}"


def test_the_time_of_an_outside_curator_is_the_curators() -> None:
    moments = ((MomentKind.DETECTED, "2026-11-27 09:00", None), (MomentKind.DRAFT_IN, "2026-11-27 17:00", None))
    assert due_of("review", ScheduleSet(OWN, curator=CENTRE), *moments) == "2026-11-27 19:00"
    assert due_of("review", ScheduleSet(OWN), *moments) == "2026-11-30 10:00"  # without hours of its own: the place's


def test_the_time_of_a_body_is_the_bodys() -> None:
    moments = ((MomentKind.DETECTED, "2026-11-27 09:00", None), (MomentKind.ROUTED, "2026-11-27 14:30", "omsk"))
    assert due_of("draft", ScheduleSet(OWN, bodies={"omsk": SIBERIAN}), *moments) == "2026-11-30 07:30"
    assert due_of("draft", ScheduleSet(OWN), *moments) == "2026-11-27 16:30"
