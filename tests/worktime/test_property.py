"""Exact against a minute-by-minute scan over four years (2019 to 2022), for five schedules.

The five: an office with lunch and a shorter Friday; one with the region's days; a desk of nights; one round the clock
through Volgograd's change of zone; one at odd minutes where the clocks change twice a year.
"""

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from otklik.worktime import Schedule, add, between, is_open, next_opening, subtract
from otklik.worktime.index import index_of
from tests.worktime.scan import BEGIN, END, Scan, runs

WORKDAYS = ("mon", "tue", "wed", "thu", "fri")
EVERY_DAY = (*WORKDAYS, "sat", "sun")

SPARE = 90 * 86400  # room at both ends for the longest amount not to leave the four years

SCHEDULES: dict[str, dict[str, Any]] = {
    "office": {
        "zone": "Europe/Moscow",
        "calendar": "RU",
        "week": {day: ["09:00-13:00", "13:45-18:00"] for day in WORKDAYS[:4]} | {"fri": ["09:00-13:00", "13:45-16:45"]},
        "dates": {"2021-06-07": [], "2022-01-05": ["10:00-14:30"], "2020-12-31": ["09:00-16:00"]},
        "breaks": {"2021-06-08": ["10:15-10:45", "17:30-18:00"], "2021-06-09": ["00:00-24:00"]},
        "annual_closed": ["12-30", "02-29"],
    },
    "region": {
        "zone": "Europe/Samara",
        "calendar": "RU-TA",
        "week": {day: ["08:00-12:00", "16:30-17:15"] for day in WORKDAYS},
    },
    "nights": {
        "zone": "Asia/Vladivostok",
        "calendar": "RU",
        "week": {day: ["00:00-06:00", "22:00-24:00"] for day in WORKDAYS},
    },
    "round the clock": {
        "zone": "Europe/Volgograd",
        "calendar": "none",
        "week": {day: ["00:00-24:00"] for day in EVERY_DAY},
        "breaks": {"2020-12-27": ["00:30-01:30"]},
    },
    "odd minutes": {
        "zone": "Europe/Berlin",
        "calendar": "none",
        "week": {day: ["01:17-02:41", "02:43-03:29", "23:59-24:00"] for day in EVERY_DAY},
    },
}


@cache
def both(name: str) -> tuple[Schedule, Scan]:
    return Schedule.from_document(SCHEDULES[name]), Scan(SCHEDULES[name])


@cache
def edges_of(name: str) -> list[tuple[int, int]]:
    """Runs of working time well inside the four years; a run of years is given as its days."""
    inside = [(start, end) for start, end in runs(both(name)[1].open) if start > BEGIN + SPARE and end < END - SPARE]
    return inside if len(inside) > 6 else [(at, at + 86400) for at in range(BEGIN + SPARE, END - SPARE, 86400)]


def moment(at: int) -> datetime:
    return datetime.fromtimestamp(at, UTC)


def second(at: datetime) -> int:
    """UTC seconds: Python never calls times of a repeated hour equal to times of another zone."""
    return int(at.timestamp())


names = pytest.mark.parametrize("name", SCHEDULES)
starts = st.integers(BEGIN + SPARE, END - SPARE)
amounts = st.one_of(st.integers(1, 12 * 3600), st.integers(1, 60 * 3600), st.sampled_from([1, 1800, 3600, 8 * 3600]))


@names
def test_every_opening_and_closing_of_four_years(name: str) -> None:
    schedule, scan = both(name)
    rows = [
        (max(start, BEGIN), min(end, END))
        for year in (2018, 2019, 2020, 2021, 2022, 2023)
        for start, end in zip(*index_of(schedule).rows(year)[:2], strict=True)
        if start < END and end > BEGIN
    ]
    joined: list[tuple[int, int]] = []
    for start, end in rows:
        if joined and joined[-1][1] == start:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    assert joined == runs(scan.open)


@names
@settings(max_examples=80, deadline=None)
@given(start=starts, amount=amounts)
def test_add_and_subtract(name: str, start: int, amount: int) -> None:
    schedule, scan = both(name)
    length = timedelta(seconds=amount)
    assert second(add(schedule, moment(start), length)) == scan.add(start, amount)
    assert second(subtract(schedule, moment(start), length)) == scan.subtract(start, amount)


@names
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_at_and_beside_every_kind_of_edge(name: str, data: st.DataObject) -> None:
    """Starts at an opening or a closing or a second from it, amounts that end at one or a second from it."""
    schedule, scan = both(name)
    edges = edges_of(name)
    place = data.draw(st.integers(0, len(edges) - 6))
    start = data.draw(st.sampled_from(edges[place])) + data.draw(st.sampled_from([-1, 0, 1]))
    later = edges[place + data.draw(st.integers(0, 5))]
    amount = scan.between(start, data.draw(st.sampled_from(later))) + data.draw(st.sampled_from([-1, 0, 1]))
    if amount > 0:
        end = add(schedule, moment(start), timedelta(seconds=amount))
        assert second(end) == scan.add(start, amount)
        assert second(subtract(schedule, end, timedelta(seconds=amount))) == scan.subtract(second(end), amount)


@names
@settings(max_examples=25, deadline=None)
@given(start=starts, length=st.integers(0, 40 * 86400))
def test_between_open_and_next_opening(name: str, start: int, length: int) -> None:
    schedule, scan = both(name)
    assert between(schedule, moment(start), moment(start + length)) == timedelta(
        seconds=scan.between(start, start + length)
    )
    assert is_open(schedule, moment(start)) is scan.is_working(start)
    opening = start if scan.is_working(start) else scan.add(start, 1) - 1
    assert second(next_opening(schedule, moment(start))) == opening


@names
@settings(max_examples=40, deadline=None)
@given(start=starts, fraction=st.integers(0, 999_999), amount=st.integers(1, 200 * 3600 * 10**6))
def test_what_add_and_subtract_promise(name: str, start: int, fraction: int, amount: int) -> None:
    """To the microsecond: the time between is the amount, and one microsecond less would not be."""
    schedule, _ = both(name)
    begin, length = moment(start) + timedelta(microseconds=fraction), timedelta(microseconds=amount)
    end = add(schedule, begin, length).astimezone(UTC)
    assert between(schedule, begin, end) == length
    assert between(schedule, begin, end - timedelta.resolution) < length
    latest = subtract(schedule, begin, length).astimezone(UTC)
    assert between(schedule, latest, begin) == length
    assert between(schedule, latest + timedelta.resolution, begin) < length
    assert subtract(schedule, end, length).astimezone(UTC) >= begin
    assert add(schedule, begin.astimezone(schedule.tzinfo), length).astimezone(UTC) == end
