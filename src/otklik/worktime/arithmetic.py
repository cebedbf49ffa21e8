"""Adding, subtracting and measuring working time between instants.

Instants are aware datetimes in any zone; results are in the schedule's zone. Seconds and microseconds are kept.

``add`` and ``subtract`` work on the table that the schedule holds, without a check: where they leave it they run into
an error (``table.py`` says which), get a larger table and begin again. They read alike on purpose, since one more call
would cost a tenth of the time.
"""

from datetime import datetime, timedelta

from otklik.worktime.errors import ScheduleError
from otklik.worktime.index import index_of, out_of_range
from otklik.worktime.schedule import Schedule
from otklik.worktime.table import ZERO, Table
from otklik.worktime.zones import EPOCH, FIRST_YEAR, LAST_YEAR


def add(schedule: Schedule, start: datetime, amount: timedelta) -> datetime:
    """The earliest instant by which ``amount`` of working time has passed since ``start``.

    From 17:30 with closing at 18:00, 30 minutes end at 18:00 that day, not at the next opening. A start outside working
    time counts from the next opening; no time at all ends where it starts.

    Raises ScheduleError: ``naive_time``, ``negative_amount``, ``out_of_range``, ``no_working_time``.
    """
    if amount <= ZERO:
        return _no_time(schedule, start, amount)
    while True:
        try:
            opens, after, idle, row_of_day, row_of_work_day, zone, epoch, one_offset = schedule.columns
            at = start - (epoch if start.tzinfo is zone else EPOCH)
            row = row_of_day[at.days]
            while opens[row + 1] <= at:
                row += 1
            done = at - idle[row]
            if done > after[row]:
                done = after[row]
            done += amount
            if amount.days:
                row = row_of_work_day[done.days]
            while after[row] < done:
                row += 1
            end = epoch + (done + idle[row])
            return end if one_offset else end.astimezone(zone)
        except (KeyError, IndexError, TypeError, OverflowError):
            _widen(schedule, start, forward=True)


def subtract(schedule: Schedule, end: datetime, amount: timedelta) -> datetime:
    """The latest instant that still leaves ``amount`` of working time before ``end``.

    17:45 less 4 hours, with lunch from 13:00 to 13:45, is 13:45 and not 13:00. Raises as ``add``.
    """
    if amount <= ZERO:
        return _no_time(schedule, end, amount)
    while True:
        try:
            opens, after, idle, row_of_day, row_of_work_day, zone, epoch, one_offset = schedule.columns
            at = end - (epoch if end.tzinfo is zone else EPOCH)
            row = row_of_day[at.days]
            while opens[row + 1] <= at:
                row += 1
            left = at - idle[row]
            if left > after[row]:
                left = after[row]
            left -= amount
            if left >= ZERO:
                if amount.days:
                    row = row_of_work_day[left.days]
                    while after[row] <= left:
                        row += 1
                while after[row - 1] > left:
                    row -= 1
                start = epoch + (left + idle[row])
                return start if one_offset else start.astimezone(zone)
        except (KeyError, TypeError, OverflowError):
            pass
        _widen(schedule, end, forward=False)


def between(schedule: Schedule, start: datetime, end: datetime) -> timedelta:
    """Working time from ``start`` to ``end``; negative where ``end`` is the earlier.

    Raises ScheduleError: ``naive_time``, ``out_of_range``.
    """
    table = _table(schedule, start, end)
    return table.passed(end - EPOCH) - table.passed(start - EPOCH)


def is_open(schedule: Schedule, at: datetime) -> bool:
    """Whether ``at`` is working time: the opening instant is, the closing one is not. Raises as ``between``."""
    table = _table(schedule, at)
    row = table.row(at - EPOCH)
    return (at - EPOCH) - table.idle[row] < table.after[row]


def next_opening(schedule: Schedule, at: datetime) -> datetime:
    """``at`` itself where it is working time, else the first instant after it that is.

    Raises as ``between``, and ``no_working_time`` where no working time follows.
    """
    if is_open(schedule, at):
        return at.astimezone(schedule.tzinfo)
    row = schedule.table.row(at - EPOCH) + 1
    while row == len(schedule.table.opens) - 1:  # the edge
        _widen(schedule, at, forward=True)
        row = schedule.table.row(at - EPOCH) + 1
    return (EPOCH + schedule.table.opens[row]).astimezone(schedule.tzinfo)


def _no_time(schedule: Schedule, at: datetime, amount: timedelta) -> datetime:
    if amount < ZERO:
        raise ScheduleError("negative_amount", amount=str(amount))
    _table(schedule, at)
    return at.astimezone(schedule.tzinfo)


def _table(schedule: Schedule, *instants: datetime) -> Table:
    """The schedule's table, made to hold these instants. Raises ScheduleError: ``naive_time``, ``out_of_range``."""
    for at in instants:
        if at.tzinfo is None or at.utcoffset() is None:
            raise ScheduleError("naive_time", at=at.isoformat())
    if not all(schedule.table.holds(at - EPOCH) for at in instants):
        years = [_local_year(schedule, at) for at in instants]
        schedule.keep(index_of(schedule).cover(min(years), max(years)))
    return schedule.table


def _local_year(schedule: Schedule, at: datetime) -> int:
    if not FIRST_YEAR - 1 <= at.year <= LAST_YEAR + 1:  # further out no zone can be asked
        raise out_of_range(at.isoformat())
    return at.astimezone(schedule.tzinfo).year


def _widen(schedule: Schedule, at: datetime, *, forward: bool) -> None:
    """A table that holds ``at``; if it did already, a longer one. Raises ScheduleError where there is none."""
    before = schedule.table
    table = _table(schedule, at)
    if table is not before:
        return
    longer = index_of(schedule).longer(table, forward=forward)
    if longer is not None:
        schedule.keep(longer)
    elif forward and table.passed(at - EPOCH) == table.total:
        raise ScheduleError("no_working_time", zone=schedule.zone, since=at.isoformat())
    else:
        raise out_of_range(at.isoformat())
