"""Each convention of a term, one table. 25.11.2026 is a Wednesday; the day is 09:00–13:00, 13:45–18:00."""

import pytest

from otklik.process.deadline import DeadlineState, Rule
from otklik.process.deadlines import walk
from otklik.process.schedules import ScheduleSet
from tests.process.deadlines.build import HOURS, act, at, before, days, facts, hours, rows, step


def due(term: dict[str, object], start: str, **keys: object) -> str:
    """The due time of a term that starts then."""
    found = rows(act(step("reply", "reply", "detected", "published", term=term, **keys)), facts(f"detected {start}"))
    assert found[-1].due_at is not None
    return f"{found[-1].due_at:%Y-%m-%d %H:%M:%S}".removesuffix(":00")


CALENDAR = {"counted": "calendar"}
MINUTES = {"kind": "within", "literal": "30 минут", "amount": 30, "unit": "minute"}
MONTH = {"kind": "within", "literal": "месяц", "amount": 1, "unit": "month", "counted": "calendar"}


@pytest.mark.parametrize(
    ("term", "start", "expected"),
    [
        # Working hours and minutes: the earliest instant by which they have passed.
        (MINUTES, "2026-11-25 09:00", "2026-11-25 09:30"),
        (MINUTES, "2026-11-25 17:30", "2026-11-25 18:00"),  # ends at closing, not at the next opening
        (MINUTES, "2026-11-25 17:30:01", "2026-11-26 09:00:01"),
        (MINUTES, "2026-11-25 12:30", "2026-11-25 13:00"),  # ends where lunch begins
        (MINUTES, "2026-11-25 12:45", "2026-11-25 14:00"),
        (MINUTES, "2026-11-25 13:20", "2026-11-25 14:15"),  # a start at lunch counts from its end
        (MINUTES, "2026-11-25 20:00", "2026-11-26 09:30"),
        (MINUTES, "2026-11-28 12:00", "2026-11-30 09:30"),  # Saturday
        (hours(9), "2026-11-25 10:00", "2026-11-26 10:45"),
        (hours(1.5), "2026-11-27 16:00", "2026-11-30 09:45"),
        (hours(8), "2025-12-31 12:00", "2026-01-12 17:45"),  # a day off, and the New Year holidays behind it
        (MINUTES, "2025-11-01 16:45", "2025-11-05 09:15"),  # a working Saturday by Monday's hours, an hour shorter
        # Working days: the day of the start is not counted; closing of the Nth.
        (days(1), "2026-11-25 09:00", "2026-11-26 18:00"),
        (days(1), "2026-11-25 23:59", "2026-11-26 18:00"),
        (days(7), "2026-11-25 12:00", "2026-12-04 16:45"),
        (days(3), "2026-11-28 12:00", "2026-12-02 18:00"),  # from a Saturday
        (days(1), "2026-02-19 12:00", "2026-02-20 16:45"),  # Friday before a holiday on Monday: closes as any Friday
        # Hours of the wall clock, calendar days and months.
        (hours(24, **CALENDAR), "2026-11-27 16:00", "2026-11-28 16:00"),
        (days(3, **CALENDAR), "2026-11-25 12:00", "2026-11-29 00:00"),  # 24:00 of the third day after
        (MONTH, "2026-01-31 12:00", "2026-03-01 00:00"),  # February has no 31st: its last day
        (MONTH, "2026-11-25 12:00", "2026-12-26 00:00"),
    ],
)
def test_when_a_term_runs_out(term: dict[str, object], start: str, expected: str) -> None:
    assert due(term, start) == expected


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        (before(4), "2026-11-25 13:45"),  # 17:45 less four hours with lunch between: not 13:00
        (before(4.5), "2026-11-25 12:30"),
        (before(8), "2026-11-25 09:00"),
        (before(1, unit="day"), "2026-11-24 18:00"),  # closing of the working day before
        (before(2, unit="day", counted="calendar"), "2026-11-23 17:45"),
        (before(12, counted="calendar"), "2026-11-25 05:45"),
        (before(1, unit="month", counted="calendar"), "2026-10-25 17:45"),
    ],
)
def test_not_later_than_before_another_term(term: dict[str, object], expected: str) -> None:
    small = act(
        step("draft", "draft", "detected", "draft_in", term=term),
        step("reply", "reply", "detected", "published", clause="1"),
    )
    draft, reply = rows(small, facts("detected 2026-11-25 09:00"))
    assert reply.due_at == at("2026-11-25 17:45")
    assert draft.due_at == at(expected)
    assert draft.starts_at == reply.starts_at


def test_a_term_before_another_that_leaves_no_time_says_so() -> None:
    small = act(
        step("draft", "draft", "detected", "draft_in", term=before(4)),
        step("reply", "reply", "detected", "published", term=hours(3)),
    )
    draft, _ = rows(small, facts("detected 2026-11-25 10:00"))
    assert draft.due_at == at("2026-11-25 09:00")
    assert draft.explanation.facts["no_time_left"] is True
    enough, _ = rows(act(*(_hours_left(4))), facts("detected 2026-11-25 10:00"))
    assert enough.due_at == enough.starts_at
    assert "no_time_left" not in enough.explanation.facts


def _hours_left(reply: float) -> tuple[dict[str, object], dict[str, object]]:
    return (
        step("draft", "draft", "detected", "draft_in", term=before(4)),
        step("reply", "reply", "detected", "published", term=hours(reply)),
    )


@pytest.mark.parametrize(
    ("percent", "of", "expected"),
    [
        (50, hours(8), "2026-11-25 13:00"),
        (75, hours(8), "2026-11-25 15:45"),
        (50, hours(8, counted="calendar"), "2026-11-25 13:00"),
        (25, days(1, counted="calendar"), "2026-11-25 18:45"),  # 39 hours to 24:00 tomorrow
    ],
)
def test_a_share_of_another_term(percent: float, of: dict[str, object], expected: str) -> None:
    share = {"kind": "share", "literal": "половина", "percent": percent, "of": "reply"}
    small = act(
        step("first", "tell_author", "detected", "first_response", term=share),
        step("reply", "reply", "detected", "published", term=of),
    )
    first, _ = rows(small, facts("detected 2026-11-25 09:00"))
    assert first.due_at == at(expected)
    assert first.explanation.rule is Rule.SHARE


def test_a_range_is_aimed_at_its_near_end_and_late_at_the_far_one() -> None:
    small = act(step("reply", "reply", "detected", "published", term=hours(3, amount_from=1)))
    moments = facts("detected 2026-11-25 10:00")
    (row,) = rows(small, moments, "2026-11-25 12:00")
    assert (row.aim_at, row.due_at) == (at("2026-11-25 11:00"), at("2026-11-25 13:00"))
    assert row.state is DeadlineState.RUNNING


BY_TENTH = {"kind": "by_day_of_month", "literal": "не позднее 10 числа", "day": 10}


@pytest.mark.parametrize(
    ("ended", "warn", "expected"),
    [
        ("2026-11-01 00:00", None, "2026-11-10 18:00"),  # October; the 10th is a Tuesday
        ("2026-10-31 12:00", None, "2026-11-10 18:00"),  # told before midnight: October all the same
        ("2026-05-01 00:00", "2026-05-08 15:45", "2026-05-12 18:00"),  # Sunday, Monday off for the 9th, a short Friday
        ("2026-10-01 00:00", "2026-10-09 16:45", "2026-10-12 18:00"),  # Saturday
        ("2027-01-01 00:00", "2026-12-30 18:00", "2027-01-11 18:00"),  # Sunday amid the holidays of the new year
    ],
)
def test_by_the_tenth_of_the_month_after(ended: str, warn: str | None, expected: str) -> None:
    memo = act(step("memo", "report", "period_ended", "reported", term=BY_TENTH))
    (row,) = rows(memo, facts(f"period_ended {ended}"))
    assert row.due_at == at(expected)
    assert row.warn_at == (None if warn is None else at(warn))


def test_the_thirty_first_is_the_last_day_of_a_shorter_month() -> None:
    memo = act(step("memo", "report", "period_ended", "reported", term=BY_TENTH | {"day": 31}))
    (row,) = rows(memo, facts("period_ended 2026-09-01 00:00"))
    assert row.due_at == at("2026-09-30 18:00")


@pytest.mark.parametrize(
    ("weekday", "expected"),
    [(1, "2026-11-30 18:00"), (5, "2026-12-04 16:45"), (7, "2026-12-07 18:00")],  # a Sunday: after Monday
)
def test_by_a_day_of_the_week_after(weekday: int, expected: str) -> None:
    term = {"kind": "by_weekday", "literal": "в понедельник", "weekday": weekday}
    (row,) = rows(
        act(step("weekly", "report", "period_ended", "reported", term=term)), facts("period_ended 2026-11-30 00:00")
    )
    assert row.due_at == at(expected)


def test_a_step_without_a_term_has_no_row() -> None:
    small = act(
        step("route", "hand_over", "detected", "routed", term={"kind": "none"}),
        step("reply", "reply", "detected", "published"),
    )
    assert [row.step for row in rows(small, facts("detected 2026-11-25 09:00"))] == ["reply"]


@pytest.mark.parametrize(
    ("now", "state"),
    [
        ("2026-11-25 17:44:59", DeadlineState.RUNNING),
        ("2026-11-25 17:45", DeadlineState.RUNNING),
        ("2026-11-25 17:45:01", DeadlineState.LATE),
    ],
)
def test_late_only_after_the_due_time(now: str, state: DeadlineState) -> None:
    (row,) = rows(act(step("reply", "reply", "detected", "published")), facts("detected 2026-11-25 09:00"), now)
    assert (row.state, row.ended_at) == (state, None)


@pytest.mark.parametrize(
    ("done", "state"),
    [
        ("2026-11-25 17:45", DeadlineState.MET),
        ("2026-11-25 17:45:01", DeadlineState.MET_LATE),
    ],
)
def test_met_at_the_due_time_itself(done: str, state: DeadlineState) -> None:
    happened = facts("detected 2026-11-25 09:00", f"published {done}")
    (row,) = rows(act(step("reply", "reply", "detected", "published")), happened, "2026-12-01 12:00")
    assert (row.state, row.ended_at) == (state, at(done))


def test_provisional_where_the_year_has_no_decree() -> None:
    small = act(step("reply", "reply", "detected", "published", term=days(7)))
    (fixed,) = rows(small, facts("detected 2026-06-01 10:00"))
    (open_,) = rows(small, facts("detected 2028-12-25 10:00"))
    assert (fixed.provisional, open_.provisional) == (False, True)
    assert fixed.calendar_version == HOURS.calendar_version


def test_the_walk_is_made_on_demand() -> None:
    small = act(
        step("draft", "draft", "detected", "draft_in", term=before(4)),
        step("reply", "reply", "detected", "published"),
    )
    draft, reply = rows(small, facts("detected 2026-11-25 09:00"))
    whole, rest = walk(reply, ScheduleSet(HOURS)), walk(draft, ScheduleSet(HOURS))
    assert whole is not None
    assert rest is not None
    assert (whole.start, whole.end) == (reply.starts_at, reply.due_at)
    assert (rest.start, rest.end) == (draft.due_at, reply.due_at)  # what is left between the two
