"""Instants and IANA time zones: finding a zone by name, and the stretches of a year in which its offset is the same."""

import difflib
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from importlib import resources
from zoneinfo import ZoneInfo

from otklik.worktime.errors import ScheduleError

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
EPOCH_DAY = EPOCH.date().toordinal()
SECONDS_A_DAY = 86_400
SECOND = timedelta(seconds=1)

# The years working time is computed for. Article 112 as it reads now is in force since 2013: earlier years would be
# computed by a law of another day.
FIRST_YEAR, LAST_YEAR = 2013, 2100

# A stretch of constant offset: from and to as UTC seconds, and the seconds to add for the wall clock.
Stretch = tuple[int, int, int]

_STEP = SECONDS_A_DAY // 4  # no zone changes its offset twice within six hours


def find_zone(name: str) -> ZoneInfo:
    """Raises ScheduleError ``unknown_zone`` with the names that look alike.

    The list of names comes from the tzdata package, so that a schedule accepted on one machine is accepted on all.
    """
    if name not in zone_names():
        raise ScheduleError("unknown_zone", zone=name, close=difflib.get_close_matches(name, zone_names(), n=3))
    return ZoneInfo(name)


@lru_cache(maxsize=1)
def zone_names() -> frozenset[str]:
    """Every IANA name in the tzdata package."""
    return frozenset(resources.files("tzdata").joinpath("zones").read_text(encoding="utf-8").split())


def offset(zone: ZoneInfo, at: int) -> int:
    """Seconds between the wall clock and UTC at this UTC second."""
    there = datetime.fromtimestamp(at, zone).utcoffset()
    return 0 if there is None else there // SECOND


@lru_cache(maxsize=1024)
def stretches(zone: ZoneInfo, year: int) -> tuple[Stretch, ...]:
    """The local year, with two days to either side, cut wherever the offset changes (Volgograd, 27.12.2020)."""
    begin = utc_day(date(year, 1, 1)) - 2 * SECONDS_A_DAY
    end = utc_day(date(year + 1, 1, 1)) + 2 * SECONDS_A_DAY
    found: list[Stretch] = []
    since, current = begin, offset(zone, begin)
    for at in range(begin + _STEP, end + 1, _STEP):
        later = offset(zone, at)
        if later != current:
            changed = _change(zone, at - _STEP, at)
            found.append((since, changed, current))
            since, current = changed, later
    return (*found, (since, end, current))


def utc_day(day: date) -> int:
    """UTC seconds of midnight, as if the place were on UTC."""
    return (day.toordinal() - EPOCH_DAY) * SECONDS_A_DAY


def _change(zone: ZoneInfo, before: int, after: int) -> int:
    """The first second of the new offset, between two instants whose offsets differ."""
    old = offset(zone, before)
    while after - before > 1:
        middle = (before + after) // 2
        if offset(zone, middle) == old:
            before = middle
        else:
            after = middle
    return after
