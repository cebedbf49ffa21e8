"""What moves a due time while it runs, and what no longer can. The day is 09:00–13:00, 13:45–18:00."""

from typing import Any

import pytest

from otklik.process.deadline import Deadline, DeadlineState
from otklik.process.schedules import ScheduleSet
from otklik.worktime import Schedule
from tests.process.deadlines.build import (
    HOURS,
    WEEK,
    act,
    at,
    before,
    days,
    facts,
    hours,
    rows,
    step,
    table,
    term_set,
)

EVENING = "2026-11-30 18:00"


def one(happened: Any, now: str = "2026-11-25 12:00", **keys: Any) -> Deadline:
    return rows(act(step("reply", "reply", "detected", "published", **keys)), happened, now)[-1]


def test_a_term_that_a_person_must_set() -> None:
    term = {"kind": "set_by_person", "set_by": "curator"}
    waiting = one(facts("detected 2026-11-25 09:00"), term=term)
    assert (waiting.state, waiting.starts_at, waiting.due_at) == (DeadlineState.WAITING, at("2026-11-25 09:00"), None)
    given = term_set("reply", "2026-11-25 09:30", due_at=at("2026-11-26 12:00"))
    row = one(facts("detected 2026-11-25 09:00", terms_set=(given,)), term=term)
    assert (row.state, row.due_at) == (DeadlineState.RUNNING, at("2026-11-26 12:00"))
    done_before = one(facts("detected 2026-11-25 09:00", "published 2026-11-25 10:00"), term=term)
    assert done_before.state is DeadlineState.DROPPED  # there was no clock to keep


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"due_at": at("2026-11-25 10:15")}, ["part#1 running 2026-11-25 10:15", "part#2 running 2026-11-25 11:30"]),
        ({"set_at": "2026-11-25 09:10"}, ["part#1 running 2026-11-25 13:00", "part#2 running 2026-11-25 11:30"]),
        ({"part": 2}, ["part#1 running 2026-11-25 11:00", "part#2 running 2026-11-25 14:15"]),
        ({"part": None}, ["part#1 running 2026-11-25 13:00", "part#2 running 2026-11-25 14:15"]),
        ({"step": "reply"}, ["part#1 running 2026-11-25 11:00", "part#2 running 2026-11-25 11:30"]),
        ({"set_at": "2026-11-25 11:00:01"}, ["part#1 running 2026-11-25 11:00", "part#2 running 2026-11-25 11:30"]),
    ],
)
def test_another_time_allotted_to_a_part(given: dict[str, Any], expected: list[str]) -> None:
    """L 14: «либо в иное отведенное Куратором время»."""
    keys: dict[str, Any] = {"part": 1, "working_time": hours_of(4)} | given
    if "due_at" in keys:
        keys.pop("working_time")
    one_set = term_set(keys.pop("step", "part"), keys.pop("set_at", "2026-11-25 09:30"), **keys)
    happened = facts(
        "part_requested 2026-11-25 09:00 part=1", "part_requested 2026-11-25 09:30 part=2", terms_set=(one_set,)
    )
    parts = act(
        step("part", "request_part", "part_requested", "part_in", per_part=True, term=hours(2, set_by="curator"))
    )
    assert table(rows(parts, happened, "2026-11-25 10:00")) == expected


def hours_of(amount: float) -> Any:
    return at("2026-01-01 00:00").replace(hour=int(amount)) - at("2026-01-01 00:00")


def test_a_term_set_where_the_act_does_not_allow_it_changes_nothing() -> None:
    given = term_set("reply", "2026-11-25 09:30", due_at=at("2026-11-26 12:00"))
    row = one(facts("detected 2026-11-25 09:00", terms_set=(given,)))
    assert (row.due_at, row.explanation.changes) == (at("2026-11-25 17:45"), ())


def extension(**keys: Any) -> dict[str, Any]:
    return {"clause": "1", "quote": "Сроки.", "by": "head", "at_most": days(3)} | keys


@pytest.mark.parametrize(
    ("moments", "keys", "expected", "ignored"),
    [
        (["extended 2026-11-25 12:00"], {}, "2026-11-30 18:00", [None]),
        (["extended 2026-11-25 12:00"], {"at_most": hours(2)}, "2026-11-26 10:45", [None]),
        (["extended 2026-11-25 17:45"], {}, "2026-11-30 18:00", [None]),
        (["extended 2026-11-25 17:46"], {}, "2026-11-25 17:45", ["after_due"]),
        (["extended 2026-11-25 12:00", "extended 2026-11-25 13:00"], {}, "2026-11-30 18:00", [None, "times"]),
        (["extended 2026-11-25 12:00", "extended 2026-11-25 13:00"], {"times": 2}, "2026-12-03 18:00", [None, None]),
        (["extended 2026-11-25 12:00"], {"announce_to_author": True}, "2026-11-25 17:45", ["not_told"]),
        (
            ["extended 2026-11-25 12:00", "author_told 2026-11-25 17:45"],
            {"announce_to_author": True},
            "2026-11-30 18:00",
            [None],
        ),
        (
            ["extended 2026-11-25 12:00", "author_told 2026-11-25 17:46"],
            {"announce_to_author": True},
            "2026-11-25 17:45",
            ["after_due"],
        ),
    ],
)
def test_an_extension(moments: list[str], keys: dict[str, Any], expected: str, ignored: list[str | None]) -> None:
    row = one(facts("detected 2026-11-25 09:00", *moments), "2026-11-25 17:50", extension=extension(**keys))
    assert row.due_at == at(expected)
    assert [change.ignored for change in row.explanation.changes] == ignored
    assert row.state is (DeadlineState.LATE if expected == "2026-11-25 17:45" else DeadlineState.RUNNING)


def test_an_extension_shorter_than_the_act_allows() -> None:
    shorter = term_set("reply", "2026-11-25 12:00", due_at=at("2026-11-26 12:00"))
    happened = facts("detected 2026-11-25 09:00", "extended 2026-11-25 12:00", terms_set=(shorter,))
    assert one(happened, extension=extension()).due_at == at("2026-11-26 12:00")
    longer = term_set("reply", "2026-11-25 12:00", due_at=at("2026-12-26 12:00"))
    happened = facts("detected 2026-11-25 09:00", "extended 2026-11-25 12:00", terms_set=(longer,))
    assert one(happened, extension=extension()).due_at == at("2026-11-30 18:00")  # at most as the act says
    other = term_set("draft", "2026-11-25 12:00", due_at=at("2026-11-26 12:00"))
    happened = facts("detected 2026-11-25 09:00", "extended 2026-11-25 12:00", terms_set=(other,))
    assert one(happened, extension=extension()).due_at == at("2026-11-25 17:45")  # it was of another step


def test_what_hangs_on_an_extended_term_moves_with_it() -> None:
    small = act(
        step("draft", "draft", "detected", "draft_in", term=before(4)),
        step("reply", "reply", "detected", "published", extension=extension(at_most=hours(2))),
    )
    found = rows(small, facts("detected 2026-11-25 09:00", "extended 2026-11-25 12:00"), "2026-11-25 14:00")
    assert table(found) == ["draft running 2026-11-25 15:45", "reply running 2026-11-26 10:45"]
    # … but not what had already passed when the other was extended
    found = rows(small, facts("detected 2026-11-25 09:00", "extended 2026-11-25 13:50"), "2026-11-25 14:00")
    assert table(found) == ["draft late 2026-11-25 13:45", "reply running 2026-11-26 10:45"]


PAUSES: dict[str, Any] = {"pauses_on": ["clarification_published"], "resumes_on": ["author_answered"]}
ASKED = "clarification_published 2026-11-25 12:00"


@pytest.mark.parametrize(
    ("term", "answered", "expected"),
    [
        (hours(8), "2026-11-25 13:20", "2026-11-26 09:45"),  # five hours were left at noon; lunch cost nothing
        (hours(8), "2026-11-26 12:00", "2026-11-26 17:45"),
        (hours(8), "2026-11-28 12:00", "2026-11-30 14:45"),
        (hours(8, counted="calendar"), "2026-11-25 15:30", "2026-11-25 20:30"),
        (days(3), "2026-11-25 15:00", "2026-11-30 18:00"),  # back before the day ended: no day lost
        (days(3), "2026-11-26 09:00", "2026-11-30 18:00"),  # the day of the start would not have counted anyway
        (days(3), "2026-11-27 09:00", "2026-12-01 18:00"),
        (days(3), "2026-11-27 16:45", "2026-12-01 18:00"),
        (days(3, counted="calendar"), "2026-11-27 16:45", "2026-11-30 00:00"),
        (days(3, counted="calendar"), "2026-11-25 16:45", "2026-11-29 00:00"),
    ],
)
def test_a_pause_leaves_as_much_as_was_left(term: dict[str, Any], answered: str, expected: str) -> None:
    happened = facts("detected 2026-11-25 09:00", ASKED, f"author_answered {answered}")
    row = one(happened, term=term, **PAUSES)
    assert row.due_at == at(expected)
    assert row.state is DeadlineState.RUNNING


def test_while_the_clock_stands_still_nothing_is_late() -> None:
    row = one(facts("detected 2026-11-25 09:00", ASKED), "2027-02-01 12:00", **PAUSES)
    assert (row.state, row.due_at) == (DeadlineState.PAUSED, at("2026-11-25 17:45"))
    done = one(facts("detected 2026-11-25 09:00", ASKED, "published 2026-11-26 12:00"), **PAUSES)
    assert (done.state, done.ended_at) == (DeadlineState.MET, at("2026-11-26 12:00"))


def test_a_pause_that_comes_too_late_does_not_help() -> None:
    late = facts("detected 2026-11-24 09:00", ASKED, "author_answered 2026-11-25 13:20")
    row = one(late, **PAUSES)
    assert (row.state, row.due_at) == (DeadlineState.LATE, at("2026-11-24 17:45"))
    assert [change.ignored for change in row.explanation.changes] == ["after_due"]


def test_a_warning_before_the_term_runs_out() -> None:
    warning = {"clause": "1", "quote": "Сроки.", "before": before(1), "to": "head"}
    row = one(facts("detected 2026-11-25 09:00"), warning=warning)
    assert (row.warn_at, row.warn_role) == (at("2026-11-25 16:45"), "head")
    short = one(facts("detected 2026-11-25 09:00"), warning=warning, term=hours(0.5))
    assert short.warn_at == at("2026-11-25 09:00")  # never before the term begins


VLADIVOSTOK = Schedule.from_document({"zone": "Asia/Vladivostok", "calendar": "RU", "week": WEEK})
EIGHT_TO_FIVE = Schedule.from_document(
    {
        "zone": "Europe/Moscow",
        "calendar": "RU",
        "week": {day: ["08:00-17:00"] for day in ("mon", "tue", "wed", "thu", "fri")},
    }
)
OTHERS = ScheduleSet(HOURS, curator=EIGHT_TO_FIVE, bodies={"east": VLADIVOSTOK})


@pytest.mark.parametrize(
    ("whose", "start", "expected"),
    [
        ("own", "2026-11-25 16:30", "2026-11-26 09:30"),
        ("curator", "2026-11-25 16:30", "2026-11-26 09:30"),
        ("round_the_clock", "2026-11-25 16:30", "2026-11-25 18:30"),
        ("body", "2026-11-25 16:30", "2026-11-26 09:30"),  # nobody holds it yet: the hours of the place
    ],
)
def test_whose_hours_count(whose: str, start: str, expected: str) -> None:
    small = act(step("reply", "reply", "detected", "published", hours=whose, term=hours(2)))
    found = rows(small, facts(f"detected {start}"), schedules=OTHERS)
    assert found[-1].due_at == at(expected)


def test_the_hours_of_the_body_that_holds_the_step() -> None:
    """16:30 in Moscow is half past eleven at night in Vladivostok: two hours of its next day."""
    small = act(step("reply", "reply", "routed", "published", hours="body", term=hours(2)))
    (row,) = rows(small, facts("routed 2026-11-25 16:30 body=east"), schedules=OTHERS)
    assert row.due_at == at("2026-11-26 04:00")
    assert str(row.due_at.tzinfo) == "Asia/Vladivostok"
    assert row.body == "east"


def test_handed_to_a_body_with_other_hours_while_it_runs() -> None:
    small = act(step("reply", "reply", "detected", "published", hours="body", term=hours(4)))
    handed = facts("detected 2026-11-25 16:00", "routed 2026-11-25 17:00 body=east")
    (row,) = rows(small, handed, "2026-11-25 17:30", OTHERS)
    assert row.due_at == at("2026-11-26 06:00")
    assert (row.body, [change.kind for change in row.explanation.changes]) == ("east", ["body"])


def test_a_part_is_counted_by_the_hours_of_the_body_asked() -> None:
    part = act(step("part", "request_part", "part_requested", "part_in", per_part=True, hours="body", term=hours(2)))
    happened = facts("part_requested 2026-11-25 10:00 part=1 body=east", "part_requested 2026-11-25 10:00 part=2")
    assert [row.due_at for row in rows(part, happened, schedules=OTHERS)] == [
        at("2026-11-26 03:00"),
        at("2026-11-25 12:00"),
    ]
