"""The conventions of ``acts/READINGS.md``, «How the words are read»: each edge just before, at and just after."""

from datetime import date

import pytest

from otklik.worktime import (
    Schedule,
    ScheduleError,
    Walk,
    add,
    add_working_days,
    between,
    explain,
    next_opening,
    subtract,
)
from tests.worktime.hands import SECOND, at, clock, hours, minutes, office

PLAIN = office()  # 9 to 18
LUNCH = office("09:00-13:00", "13:45-18:00")


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2025-11-27 17:29:59", "2025-11-27 17:59:59"),
        ("2025-11-27 17:30", "2025-11-27 18:00"),  # the earliest instant: closing, not the next opening
        ("2025-11-27 17:30:01", "2025-11-28 09:00:01"),
        ("2025-11-27 17:59:59", "2025-11-28 09:29:59"),
        ("2025-11-27 18:00", "2025-11-28 09:30"),
        ("2025-11-27 08:59:59", "2025-11-27 09:30"),
        ("2025-11-27 09:00", "2025-11-27 09:30"),
        ("2025-11-27 09:00:01", "2025-11-27 09:30:01"),
        ("2025-11-28 17:45", "2025-12-01 09:15"),  # over a weekend
        ("2025-11-29 12:00", "2025-12-01 09:30"),  # from a day off
    ],
)
def test_a_deadline_is_the_earliest_instant_by_which_the_time_has_passed(start: str, end: str) -> None:
    assert clock(add(PLAIN, at(start), minutes(30))) == end


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2025-11-27 12:30", "2025-11-27 13:00"),  # not 13:45
        ("2025-11-27 12:30:01", "2025-11-27 13:45:01"),
        ("2025-11-27 13:00", "2025-11-27 14:15"),
        ("2025-11-27 13:44:59", "2025-11-27 14:15"),
        ("2025-11-27 13:45", "2025-11-27 14:15"),
    ],
)
def test_lunch_does_not_count(start: str, end: str) -> None:
    assert clock(add(LUNCH, at(start), minutes(30))) == end


@pytest.mark.parametrize(
    ("end", "start"),
    [
        ("2025-11-27 17:44:59", "2025-11-27 12:59:59"),
        ("2025-11-27 17:45", "2025-11-27 13:45"),  # the latest instant that leaves 4 hours, not 13:00
        ("2025-11-27 17:45:01", "2025-11-27 13:45:01"),
        ("2025-11-27 18:00", "2025-11-27 14:00"),
        ("2025-11-27 20:00", "2025-11-27 14:00"),  # an end outside working time
        ("2025-11-28 09:00", "2025-11-27 14:00"),
        ("2025-11-28 13:00", "2025-11-28 09:00"),  # not the closing of the day before
        ("2025-12-01 13:00", "2025-12-01 09:00"),
        ("2025-12-01 12:59:59", "2025-11-28 17:59:59"),
    ],
)
def test_no_later_than_before_the_end_is_the_latest_instant_that_leaves_the_time(end: str, start: str) -> None:
    assert clock(subtract(LUNCH, at(end), hours(4))) == start


@pytest.mark.parametrize(
    ("day", "count", "closing"),
    [
        ("2025-11-24", 7, "2025-12-03 18:00"),  # the day itself is not counted
        ("2025-11-29", 1, "2025-12-01 18:00"),  # from a day off
        ("2025-11-30", 1, "2025-12-01 18:00"),
        ("2025-12-01", 1, "2025-12-02 18:00"),
        ("2025-10-31", 1, "2025-11-01 17:00"),  # a short working Saturday closes an hour early
        ("2025-10-31", 2, "2025-11-05 18:00"),
        ("2025-12-30", 1, "2026-01-12 18:00"),  # over the New Year
    ],
)
def test_working_days_end_at_closing_and_do_not_count_the_day_they_run_from(day: str, count: int, closing: str) -> None:
    assert clock(add_working_days(PLAIN, date.fromisoformat(day), count)) == closing


def test_working_days_run_from_the_date_at_the_place() -> None:
    late_in_utc = at("2025-11-25 01:00")  # still the 24th in UTC
    assert clock(add_working_days(PLAIN, late_in_utc, 1)) == "2025-11-26 18:00"


@pytest.mark.parametrize("days", [0, -1])
def test_less_than_one_working_day_is_refused(days: int) -> None:
    with pytest.raises(ScheduleError) as refused:
        add_working_days(PLAIN, date(2025, 11, 24), days)
    assert refused.value.code == "bad_days"


@pytest.mark.parametrize(
    ("saturday", "fri_hours", "mon_hours", "tue_hours", "worked"),
    [
        ("2025-11-01", "09:00-16:45", "09:00-18:15", "10:00-12:00", 8.25),  # Monday's, less one
        ("2024-04-27", "09:00-16:45", "09:00-18:15", "10:00-12:00", 9.25),  # Monday's, not short
        ("2024-11-02", "09:00-16:45", "09:00-18:15", "10:00-12:00", 1),  # Tuesday's: its day off went to 30.04
    ],
)
def test_a_working_saturday_has_the_hours_of_the_day_whose_day_off_was_moved(
    saturday: str, fri_hours: str, mon_hours: str, tue_hours: str, worked: float
) -> None:
    week = {"mon": [mon_hours], "tue": [tue_hours], "fri": [fri_hours]}
    schedule = office(week=week)
    assert between(schedule, at(f"{saturday} 00:00"), at(f"{saturday} 23:59")) == hours(worked)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2025-11-01 16:29:59", "2025-11-01 16:59:59"),
        ("2025-11-01 16:30", "2025-11-01 17:00"),
        ("2025-11-01 16:30:01", "2025-11-05 09:00:01"),
        ("2025-11-01 17:00", "2025-11-05 09:30"),
    ],
)
def test_a_short_working_saturday_ends_an_hour_early(start: str, end: str) -> None:
    assert clock(add(PLAIN, at(start), minutes(30))) == end


def test_regional_days_are_off_until_the_schedule_asks_for_them() -> None:
    before = at("2025-08-21 18:00")
    assert clock(next_opening(office(), before)) == "2025-08-22 09:00"
    assert clock(next_opening(office(calendar="RU-KO"), before)) == "2025-08-25 09:00"  # Komi Republic Day, a Friday


@pytest.mark.parametrize(
    ("spans", "closing"),
    [
        (("09:00-18:00",), "17:00"),
        (("09:00-13:00", "14:00-18:00"), "17:00"),
        (("09:00-13:00", "17:30-18:00"), "12:30"),  # half an hour is left to take from the span before
        (("09:00-13:00", "17:00-18:00"), "13:00"),
        (("09:00-13:00", "16:59-18:00"), "17:00"),
    ],
)
def test_the_short_hour_comes_off_the_last_span_and_then_the_one_before(spans: tuple[str, ...], closing: str) -> None:
    schedule = office(*spans)
    whole, short = explain_day(schedule, "2025-11-26"), explain_day(schedule, "2025-06-11")
    assert whole.total - short.total == hours(1)
    assert short.days[0].hours[-1].to_at == at(f"2025-06-11 {closing}")


def test_a_round_the_clock_day_is_not_shortened() -> None:
    desk = office("00:00-24:00")
    assert explain_day(desk, "2025-06-11").total == hours(24)


def test_how_much_shorter_a_short_day_is_can_be_said() -> None:
    day = ("2025-06-11 00:00", "2025-06-12 00:00")
    assert between(office(short_day_minus_hours=1.5), at(day[0]), at(day[1])) == hours(7.5)
    assert between(office(short_day_minus_hours=0), at(day[0]), at(day[1])) == hours(9)


def test_seconds_and_fractions_are_kept() -> None:
    start = at("2025-11-27 17:59:59.999999")
    assert add(PLAIN, start, SECOND) == at("2025-11-28 09:00:00.999999")
    assert subtract(PLAIN, at("2025-11-28 09:00:00.999999"), SECOND) == start
    assert add(PLAIN, at("2025-11-27 17:59:59.25"), 3 * SECOND / 4) == at("2025-11-27 18:00")


def explain_day(schedule: Schedule, on: str) -> Walk:
    """The walk through one whole date."""
    return explain(schedule, at(f"{on} 00:00"), at(f"{on} 00:00") + hours(24))
