"""The cumulative table of a schedule: its working time over some years as sorted rows.

A row is one stretch of working time. Instants are timedeltas since 1970-01-01T00:00Z, exact to the microsecond; for
row ``i``

- ``opens[i]``  when it opens;
- ``after[i]``  working time from the start of the table up to its closing;
- ``idle[i]``   ``opens[i]`` less the working time before it, so that inside the row
  *working time passed = instant - idle* and *instant = working time passed + idle*.

The first and the last row are edges of no working time. The last one's ``idle`` is None, so that arithmetic which
reaches it raises TypeError; an instant outside the edges raises KeyError in ``row_of_day``. The fast path of
``arithmetic.py`` thus needs no comparison to know that it must ask for more years.

From ``row_of_day`` the row of an instant is a step or two away; bisecting takes a dozen, each a miss of the cache.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from otklik.worktime.zones import EPOCH, SECOND, offset

ZERO = timedelta()

_EDGE: Any = None

# opens, after, idle, row_of_day, row_of_work_day, zone, epoch, one_offset: see Table
Columns = tuple[list[timedelta], list[timedelta], list[timedelta], dict[int, int], list[int], ZoneInfo, datetime, bool]


class Table:
    """Never changed once made, so threads may share it.

    ``columns`` holds all of it in one plain tuple for the fast path, which unpacks quicker than it reads attributes.
    """

    def __init__(
        self, zone: ZoneInfo, years: range, rows: Iterable[tuple[int, int]], *, one_offset: bool = False
    ) -> None:
        """Over these local years, from rows of opening and closing in order, in UTC seconds.

        ``one_offset`` says that the zone never changes its offset in between.
        """
        self.zone, self.years = zone, years
        begin, end = _new_year(zone, years.start), _new_year(zone, years.stop)
        self.opens, self.after, self.idle = [begin], [ZERO], [begin]
        worked = 0
        for start, stop in rows:
            self.opens.append(start * SECOND)
            self.idle.append((start - worked) * SECOND)
            worked += stop - start
            self.after.append(worked * SECOND)
        self.total = worked * SECOND
        # 24 hours of working time passed -> the first row that closes no earlier
        self.row_of_work_day = [bisect_left(self.after, timedelta(days)) for days in range(self.total.days + 1)]
        self.opens.append(end)
        self.after.append(timedelta.max)
        self.idle.append(_EDGE)
        # UTC day number -> the last row open by its midnight, for the days wholly inside the edges
        days = range(begin.days + 1, end.days)
        self.row_of_day = {day: bisect_right(self.opens, timedelta(day)) - 1 for day in days}
        # Python subtracts times of one zone by the wall clock, without asking for offsets: quick, and right here where
        # the offset is always the same. Then the epoch is one of the zone itself, else it is in UTC.
        self.epoch = (EPOCH + offset(zone, begin // SECOND) * SECOND).replace(tzinfo=zone) if one_offset else EPOCH
        self.columns: Columns = (
            self.opens, self.after, self.idle, self.row_of_day, self.row_of_work_day, zone, self.epoch, one_offset
        )  # fmt: skip

    def holds(self, at: timedelta) -> bool:
        """Whether an instant lies between the edges."""
        return at.days in self.row_of_day

    def row(self, at: timedelta) -> int:
        """The last row that is open by an instant between the edges."""
        return bisect_right(self.opens, at) - 1

    def passed(self, at: timedelta) -> timedelta:
        """Working time from the start of the table to an instant between the edges."""
        row = self.row(at)
        return min(at - self.idle[row], self.after[row])


def empty_table(zone: ZoneInfo) -> Table:
    """A table of no years: every look into it asks for more."""
    return Table(zone, range(1970, 1970), ())


def _new_year(zone: ZoneInfo, year: int) -> timedelta:
    """The instant a local year begins."""
    return datetime(year, 1, 1, tzinfo=zone) - EPOCH
