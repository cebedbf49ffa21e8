"""Adding, subtracting and measuring at the edges: what is refused, what lies outside, how the pieces agree."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from otklik.worktime import (
    FIRST_YEAR,
    LAST_YEAR,
    Schedule,
    ScheduleError,
    add,
    between,
    is_open,
    is_provisional,
    next_opening,
    subtract,
)
from otklik.worktime.index import index_of
from tests.worktime.hands import MOSCOW, SECOND, at, clock, hours, minutes, office

LUNCH = office("09:00-13:00", "13:45-18:00")


def test_times_come_in_any_zone_and_go_out_in_the_schedules() -> None:
    end = add(LUNCH, datetime(2025, 11, 27, 14, 30, tzinfo=UTC), minutes(30))
    assert (clock(end), end.tzinfo) == ("2025-11-27 18:00", MOSCOW)
    omsk = at("2025-11-27 20:30", ZoneInfo("Asia/Omsk"))
    assert add(LUNCH, omsk, minutes(30)) == end
    assert subtract(LUNCH, omsk, minutes(30)) == at("2025-11-27 17:00")


def test_no_time_at_all_ends_where_it_starts() -> None:
    for start in ("2025-11-27 10:00", "2025-11-27 13:15", "2025-11-29 10:00"):
        assert add(LUNCH, at(start), timedelta()) == at(start) == subtract(LUNCH, at(start), timedelta())
    assert add(LUNCH, datetime(2025, 11, 27, 7, tzinfo=UTC), timedelta()).tzinfo == MOSCOW


@pytest.mark.parametrize("question", [add, subtract])
def test_a_negative_amount_is_refused(question: object) -> None:
    assert callable(question)
    with pytest.raises(ScheduleError) as refused:
        question(LUNCH, at("2025-11-27 10:00"), -SECOND)
    assert refused.value.code == "negative_amount"


def test_a_time_without_a_zone_is_refused() -> None:
    naive = datetime(2025, 11, 27, 10, 0)  # noqa: DTZ001  # the point of the test
    for question in (
        lambda: add(LUNCH, naive, hours(1)),
        lambda: subtract(LUNCH, naive, hours(1)),
        lambda: between(LUNCH, naive, at("2025-11-27 10:00")),
        lambda: is_open(LUNCH, naive),
        lambda: next_opening(LUNCH, naive),
        lambda: is_provisional(LUNCH, naive, naive),
    ):
        with pytest.raises(ScheduleError) as refused:
            question()
        assert refused.value.code == "naive_time"


@pytest.mark.parametrize(
    ("moment", "open_", "opening"),
    [
        ("2025-11-27 08:59:59", False, "2025-11-27 09:00"),
        ("2025-11-27 09:00", True, "2025-11-27 09:00"),
        ("2025-11-27 12:59:59", True, "2025-11-27 12:59:59"),
        ("2025-11-27 13:00", False, "2025-11-27 13:45"),
        ("2025-11-27 13:45", True, "2025-11-27 13:45"),
        ("2025-11-27 17:59:59.999999", True, "2025-11-27 17:59:59.999999"),
        ("2025-11-28 18:00", False, "2025-12-01 09:00"),
        ("2025-12-30 18:00", False, "2026-01-12 09:00"),
    ],
)
def test_open_from_opening_to_just_before_closing(moment: str, open_: bool, opening: str) -> None:
    assert is_open(LUNCH, at(moment)) is open_
    assert clock(next_opening(LUNCH, at(moment))) == opening


def test_between_is_signed_and_counts_only_working_time() -> None:
    start, end = at("2025-11-28 12:30"), at("2025-12-01 09:15")
    assert between(LUNCH, start, end) == hours(5)
    assert between(LUNCH, end, start) == hours(-5)
    assert between(LUNCH, at("2025-11-29 00:00"), at("2025-11-30 23:00")) == timedelta()


def test_spans_to_midnight_and_night_desks() -> None:
    night = office("22:00-24:00", "00:00-06:00")  # Monday to Friday dates; Saturday 00:00 to 06:00 is not worked
    assert clock(add(night, at("2025-11-26 22:30"), hours(2))) == "2025-11-27 00:30"
    assert clock(add(night, at("2025-11-26 22:30"), minutes(90))) == "2025-11-27 00:00"
    assert clock(subtract(night, at("2025-11-27 00:30"), hours(1))) == "2025-11-26 23:30"
    assert clock(add(night, at("2025-11-28 23:30"), hours(1))) == "2025-12-01 00:30"


def test_round_the_clock() -> None:
    desk = office("00:00-24:00", days=("mon", "tue", "wed", "thu", "fri", "sat", "sun"), calendar="none")
    assert clock(add(desk, at("2025-12-31 23:30"), hours(9))) == "2026-01-01 08:30"
    assert between(desk, at("2019-01-01 00:00"), at("2023-01-01 00:00")) == timedelta(days=4 * 365 + 1)


def test_long_amounts_agree_with_short_ones_added_up() -> None:
    start, end = at("2020-03-05 11:07:13"), at("2020-03-05 11:07:13")
    for _ in range(300):
        end = add(LUNCH, end, hours(7))
    assert add(LUNCH, start, hours(2100)) == end
    assert subtract(LUNCH, end, hours(2100)) == start


def test_a_first_question_far_from_the_next_one() -> None:
    """Whatever years were built before, the answer is the same."""
    forward, backward = office(dates={"2015-01-02": ["10:00-10:01"]}), office(dates={"2015-01-02": ["10:00-10:02"]})
    moments = [at(f"{year}-01-01 00:00:00") for year in (2040, 2015, 2099, 2013, 2026)]
    first = [add(forward, moment, hours(30)) for moment in moments]
    second = [add(backward, moment, hours(30)) for moment in reversed(moments)]
    assert first[2:] == list(reversed(second))[2:]
    assert first[0] == add(office(), moments[0], hours(30))


def test_a_span_of_decades_is_measured_whole() -> None:
    schedule = office(dates={"2015-01-02": ["10:00-10:03"]})
    moments = [at(f"{year}-06-01 12:00") for year in (2014, 2031, 2060, 2099)]
    parts = [between(schedule, first, second) for first, second in pairwise(moments)]
    assert between(schedule, moments[-1], moments[0]) == -sum(parts, timedelta())
    assert between(office(dates={"2015-01-02": ["10:00-10:04"]}), moments[0], moments[-1]) == sum(parts, minutes(1))


def test_a_question_far_away_does_not_hold_the_years_between() -> None:
    schedule = office(dates={"2030-02-03": ["10:00-10:06"]})
    for year in (2026, 2090, 2026):
        add(schedule, at(f"{year}-05-05 12:00"), hours(8))
        assert schedule.table.years == range(year - 1, year + 2)
    add(schedule, at("2029-05-05 12:00"), hours(8))
    assert schedule.table.years == range(2025, 2031)


def test_no_years_are_built_before_they_are_needed() -> None:
    schedule = office(dates={"2030-02-03": ["10:00-10:05"]})
    add(schedule, at("2026-05-05 12:00"), hours(8))
    few = len(index_of(schedule).table.opens)
    add(schedule, at("2026-05-06 12:00"), hours(8))
    assert len(index_of(schedule).table.opens) == few < 3 * 366 + 2


@pytest.mark.parametrize("year", [1999, FIRST_YEAR - 1, LAST_YEAR + 1, 9999])
def test_years_outside_the_range_are_refused(year: int) -> None:
    moment = datetime(year, 6, 15, 12, tzinfo=UTC)
    for question in (
        lambda: add(LUNCH, moment, hours(1)),
        lambda: subtract(LUNCH, moment, hours(1)),
        lambda: between(LUNCH, moment, moment),
        lambda: next_opening(LUNCH, moment),
    ):
        with pytest.raises(ScheduleError) as refused:
            question()
        assert refused.value.code == "out_of_range"
        assert refused.value.facts["first_year"] == FIRST_YEAR
        assert refused.value.facts["last_year"] == LAST_YEAR


@pytest.mark.parametrize("year", [FIRST_YEAR, LAST_YEAR])
def test_the_first_and_the_last_year_are_computed_to_their_ends(year: int) -> None:
    for moment in (at(f"{year}-01-01 00:00"), at(f"{year}-12-31 23:59:59")):
        assert between(LUNCH, moment, moment) == timedelta()
        assert add(LUNCH, moment, hours(1)) > moment
        assert subtract(LUNCH, moment, hours(1)) < moment


@pytest.mark.parametrize("amount", [hours(400_000), timedelta(days=999_999_999)])
def test_an_amount_no_year_can_hold_is_refused(amount: timedelta) -> None:
    for question in (add, subtract):
        with pytest.raises(ScheduleError) as refused:
            question(LUNCH, at("2026-05-05 12:00"), amount)
        assert refused.value.code == "out_of_range"


def test_a_schedule_whose_working_time_ends_is_refused_and_not_looped_over() -> None:
    once = office(week={}, dates={"2026-05-05": ["10:00-12:00"]})
    assert clock(add(once, at("2026-01-01 00:00"), hours(2))) == "2026-05-05 12:00"
    with pytest.raises(ScheduleError) as refused:
        add(once, at("2026-05-05 12:00"), hours(1))
    assert refused.value.code == "no_working_time"
    with pytest.raises(ScheduleError) as refused:
        next_opening(once, at("2026-05-05 12:00"))
    assert refused.value.code == "no_working_time"
    with pytest.raises(ScheduleError) as refused:
        add(once, at("2026-05-05 11:30"), hours(1))
    assert refused.value.code == "out_of_range"


def test_schedules_are_values() -> None:
    again = office("09:00-13:00", "13:45-18:00")
    assert (again, hash(again), again.calendar_version) == (LUNCH, hash(LUNCH), LUNCH.calendar_version)
    assert Schedule.from_document(again.as_document()) == again
    other = office("09:00-13:00", "13:45-18:00", dates={"2026-05-05": []})
    assert other != again
    assert other.calendar_version != again.calendar_version
    assert office(calendar="RU-KO").calendar_version != office().calendar_version
