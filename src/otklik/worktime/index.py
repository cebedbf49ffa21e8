"""The years of a schedule, turned into working time when first asked for, and the table over them.

Rows come from wall-clock hours: an instant is working time when the clock on the wall of the place shows it so. An hour
that a zone repeats counts twice, one that it skips not at all.
"""

import threading
from datetime import date
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from otklik.worktime.errors import ScheduleError
from otklik.worktime.spans import Spans
from otklik.worktime.table import Table
from otklik.worktime.zones import FIRST_YEAR, LAST_YEAR, stretches, utc_day

if TYPE_CHECKING:
    from otklik.worktime.schedule import Schedule


# A question further away than this many years begins a new table, so that no table holds decades nobody asks about.
_FAR = 10


class YearRows(NamedTuple):
    """The working time of one local year, UTC seconds; ``days`` are ordinals of dates with hours, in order."""

    opens: list[int]
    closes: list[int]
    days: list[int]
    day_opens: list[int]
    day_closes: list[int]


class Index:
    """Years of one schedule, built when first asked for. Safe to share between threads."""

    def __init__(self, schedule: "Schedule") -> None:
        self._schedule = schedule
        self._years: dict[int, YearRows] = {}
        self._lock = threading.Lock()
        self.table = schedule.table

    def cover(self, first: int, last: int) -> Table:
        """A table with these years and one to either side, so that what is asked about is never near an edge.

        It keeps the years it had, unless they are far away. Raises ScheduleError ``out_of_range``.
        """
        check_year(first)
        check_year(last)
        first, last = first - 1, last + 1
        held = self.table.years
        if held and first <= held[-1] + _FAR and held[0] - _FAR <= last:
            first, last = min(first, held[0]), max(last, held[-1])
        return self._hold(range(first, last + 1))

    def longer(self, than: Table, *, forward: bool) -> Table | None:
        """A table that reaches further on one side, for twice as many years; None where the allowed range ends."""
        first, last = than.years[0], than.years[-1]
        if (last > LAST_YEAR) if forward else (first < FIRST_YEAR):
            return None
        more = len(than.years)
        return self._hold(range(first, last + more + 1) if forward else range(first - more, last + 1))

    def rows(self, year: int) -> YearRows:
        """The rows of one year. Raises ScheduleError ``out_of_range``."""
        check_year(year)
        return self._rows(year)

    def _rows(self, year: int) -> YearRows:
        rows = self._years.get(year)
        if rows is None:
            rows = self._years[year] = _year_rows(self._schedule, year)
        return rows

    def _hold(self, years: range) -> Table:
        years = range(max(years[0], FIRST_YEAR - 1), min(years[-1], LAST_YEAR + 1) + 1)
        with self._lock:
            held = self.table.years
            if not held or not held[0] <= years[0] <= years[-1] <= held[-1]:
                self.table = self._build(years)
                self._years = {year: rows for year, rows in self._years.items() if year in years}
            return self.table

    def _build(self, years: range) -> Table:
        zone = self._schedule.tzinfo
        offsets = {offset for year in years for _, _, offset in stretches(zone, year)}
        rows = chain.from_iterable(zip(*self._rows(year)[:2], strict=True) for year in years)
        return Table(zone, years, rows, one_offset=len(offsets) == 1)


@lru_cache(maxsize=64)
def index_of(schedule: "Schedule") -> Index:
    """The index of a schedule, shared by equal schedules. The least used of more than 64 is forgotten."""
    return Index(schedule)


def check_year(year: int) -> None:
    """Raises ScheduleError ``out_of_range`` outside the years working time is computed for."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise out_of_range(year)


def out_of_range(asked: object) -> ScheduleError:
    """The error for a question about years that are not computed."""
    return ScheduleError("out_of_range", first_year=FIRST_YEAR, last_year=LAST_YEAR, asked=asked)


def wall_rows(zone: ZoneInfo, on: date, spans: Spans) -> list[tuple[int, int]]:
    """Spans of a date as UTC seconds: the instants at which the clock on the wall of the place is inside them."""
    midnight = utc_day(on)
    rows = []
    for since, until, offset in stretches(zone, on.year) if spans else ():
        for opens, closes in spans:
            start = max(midnight + opens * 60 - offset, since)
            end = min(midnight + closes * 60 - offset, until)
            if start < end:
                rows.append((start, end))
    return rows


def _year_rows(schedule: "Schedule", year: int) -> YearRows:
    rows = YearRows([], [], [], [], [])
    for ordinal in range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal()):
        on = date.fromordinal(ordinal)
        spans = wall_rows(schedule.tzinfo, on, schedule.day(on).spans)
        if spans:
            rows.opens.extend(start for start, _ in spans)
            rows.closes.extend(end for _, end in spans)
            rows.days.append(ordinal)
            rows.day_opens.append(spans[0][0])
            rows.day_closes.append(spans[-1][1])
    return rows
