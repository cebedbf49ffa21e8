"""Zones that change their clocks: the hours are those of the clock on the wall."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from otklik.worktime import Schedule, add, between, closing, explain, is_open, opening, subtract
from otklik.worktime.zones import stretches
from tests.worktime.hands import at, hours, minutes, office

EVERY_DAY = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
VOLGOGRAD, BERLIN, APIA = ZoneInfo("Europe/Volgograd"), ZoneInfo("Europe/Berlin"), ZoneInfo("Pacific/Apia")


def desk(zone: str, *spans: str) -> Schedule:
    return office(*spans, zone=zone, calendar="none", days=EVERY_DAY)


def whole(schedule: Schedule, on: str) -> timedelta:
    """Working time of a date by the walk."""
    start = at(f"{on} 00:00", schedule.tzinfo)
    day = explain(schedule, start, (start + timedelta(days=1)).replace(fold=0)).days[0]
    return day.worked


def test_volgograd_put_its_clocks_back_on_27_december_2020() -> None:
    """At 02:00 by UTC+4 it became 01:00 by UTC+3."""
    schedule = desk("Europe/Volgograd", "00:00-24:00")
    assert whole(schedule, "2020-12-26") == hours(24)
    assert whole(schedule, "2020-12-27") == hours(25)
    assert whole(schedule, "2020-12-28") == hours(24)
    night = desk("Europe/Volgograd", "00:00-06:00")
    assert whole(night, "2020-12-27") == hours(7)
    assert add(night, at("2020-12-27 00:00", VOLGOGRAD), hours(6)) == at("2020-12-27 05:00", VOLGOGRAD)
    assert subtract(night, at("2020-12-27 06:00", VOLGOGRAD), hours(6)) == at("2020-12-27 01:00", VOLGOGRAD)


def test_an_office_there_opens_by_the_wall_before_and_after() -> None:
    schedule = office(zone="Europe/Volgograd")
    before, after = opening(schedule, date(2020, 12, 25)), opening(schedule, date(2020, 12, 28))
    assert before == datetime(2020, 12, 25, 5, tzinfo=UTC)
    assert after == datetime(2020, 12, 28, 6, tzinfo=UTC)
    assert add(schedule, at("2020-12-25 17:30", VOLGOGRAD), hours(1)) == at("2020-12-28 09:30", VOLGOGRAD)


@pytest.mark.parametrize(
    ("spans", "spring", "autumn"),
    [
        (("00:00-24:00",), 23, 25),
        (("01:30-03:30",), 1, 3),
        (("02:00-03:00",), 0, 2),  # the hour that is skipped, and comes twice
        (("02:15-02:45",), 0, 1),
        (("00:00-02:30",), 2, 3),
        (("09:00-18:00",), 9, 9),
    ],
)
def test_an_hour_skipped_does_not_count_and_one_repeated_counts_twice(
    spans: tuple[str, ...], spring: float, autumn: float
) -> None:
    schedule = desk("Europe/Berlin", *spans)
    assert whole(schedule, "2026-03-29") == hours(spring)
    assert whole(schedule, "2026-10-25") == hours(autumn)
    year = between(schedule, at("2026-01-01 00:00", BERLIN), at("2027-01-01 00:00", BERLIN))
    assert year == 365 * whole(schedule, "2026-06-01") + hours(spring + autumn) - 2 * whole(schedule, "2026-06-01")


def test_both_passes_of_a_repeated_hour_are_told_apart() -> None:
    schedule = desk("Europe/Berlin", "02:15-02:45")
    first = at("2026-10-25 02:15", BERLIN)
    second = first.replace(fold=1)
    end = add(schedule, first, minutes(40))
    assert (end.hour, end.minute, end.fold) == (2, 25, 1)
    assert between(schedule, first, second) == minutes(30)
    closes = closing(schedule, date(2026, 10, 25))
    assert closes is not None
    assert (closes.hour, closes.minute, closes.fold) == (2, 45, 1)


def test_a_date_that_a_zone_skipped_has_no_time() -> None:
    """Samoa went over the date line: 30 December 2011 does not exist. Years before 2013 are refused, so the stretches
    themselves are asked."""
    offsets = [offset // 3600 for _, _, offset in stretches(APIA, 2011)]
    assert offsets == [-10, -11, -10, 14]


def test_a_start_in_another_zone_is_the_same_instant() -> None:
    schedule = desk("Europe/Berlin", "09:00-18:00")
    start = datetime(2026, 3, 29, 6, 59, tzinfo=UTC)  # 08:59 in Berlin, summer time from today
    assert not is_open(schedule, start)
    assert is_open(schedule, start + minutes(1))
    assert add(schedule, start, hours(9)) == at("2026-03-29 18:00", BERLIN)
