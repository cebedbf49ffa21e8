"""How long a term of an act is, on a schedule: the conventions of READINGS.md, each in one function.

Instants are aware; results are in the zone of the schedule. Working time is that of `otklik.worktime`; the functions
raise its `ScheduleError` for naive instants and for years it does not know.
"""

import datetime as dt
from calendar import monthrange
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from otklik.regulation.model.terms import Counted, Term, Unit
from otklik.worktime import (
    Schedule,
    add,
    add_working_days,
    between,
    closing,
    next_working_day,
    previous_working_day,
    subtract,
)

_DAY = dt.timedelta(days=1)
_INSTANT = dt.timedelta(microseconds=1)


class ByDay(NamedTuple):
    """A term that ends on a day the act names."""

    on: dt.date
    period: dt.date
    """The first day of the reported period."""
    warn_at: dt.datetime | None
    """When to warn, where the named day is a day off."""
    due_at: dt.datetime


@lru_cache(maxsize=1024)
def span(amount: float, unit: Unit) -> dt.timedelta:
    """An amount of minutes or hours."""
    return dt.timedelta(hours=amount) if unit is Unit.HOUR else dt.timedelta(minutes=amount)


def after(schedule: Schedule, start: dt.datetime, amount: float, unit: Unit, counted: Counted) -> dt.datetime:
    """The instant at which a term of so much runs out.

    Working hours and minutes: the earliest instant by which they have passed. Working days: the day of `start` is not
    counted; the term ends at closing on the Nth working day after it. Wall hours pass at night too. Calendar days and
    months end with their last day, at its midnight (24:00).
    """
    if counted is Counted.WORKING:
        if unit is Unit.DAY:
            return add_working_days(schedule, start, int(amount))
        return add(schedule, start, span(amount, unit))
    local = start.astimezone(schedule.tzinfo)
    if unit is Unit.DAY:
        return _midnight(schedule, local.date() + (int(amount) + 1) * _DAY)
    if unit is Unit.MONTH:
        return _midnight(schedule, months_later(local.date(), int(amount)) + _DAY)
    return _wall(local, span(amount, unit))


def before(schedule: Schedule, end: dt.datetime, amount: float, unit: Unit, counted: Counted) -> dt.datetime:
    """«Не позднее чем за …»: the latest instant that still leaves so much before `end`.

    Working days: the closing of the Nth working day before the day of `end`. Calendar days and months: the same wall
    time so many days or months earlier.
    """
    if counted is Counted.WORKING:
        if unit is Unit.DAY:
            return _working_days_before(schedule, end, int(amount))
        return subtract(schedule, end, span(amount, unit))
    local = end.astimezone(schedule.tzinfo)
    if unit is Unit.DAY:
        return _same_time(local, local.date() - int(amount) * _DAY)
    if unit is Unit.MONTH:
        return _same_time(local, months_later(local.date(), -int(amount)))
    return _wall(local, -span(amount, unit))


def share(schedule: Schedule, start: dt.datetime, end: dt.datetime, percent: float, counted: Counted) -> dt.datetime:
    """The instant at which `percent` of the time from `start` to `end` has passed."""
    if counted is Counted.CALENDAR:
        return _wall(start.astimezone(schedule.tzinfo), (end - start) * (percent / 100))
    return add(schedule, start, max(between(schedule, start, end), dt.timedelta()) * (percent / 100))


@dataclass(frozen=True, slots=True)
class Stand:
    """A stretch in which the clock of a term that began at `started_at` stood still."""

    started_at: dt.datetime
    stopped_at: dt.datetime
    resumed_at: dt.datetime


def resumed(schedule: Schedule, due: dt.datetime, stand: Stand, term: Term) -> dt.datetime:
    """The due time after the clock stood still: what was left when it stopped is left when it runs again.

    Of terms in days a day counts if the clock ran at its end: the day on which it stopped does not, the day on which
    it ran again does. The day of the start never counts.
    """
    working = term.counted is Counted.WORKING
    if term.unit in (Unit.DAY, Unit.MONTH):
        return _closings(schedule, due, stand) if working else _midnights(schedule, due, stand)
    if working:
        return add(schedule, stand.resumed_at, between(schedule, stand.stopped_at, due))
    return _wall(due.astimezone(schedule.tzinfo), stand.resumed_at - stand.stopped_at)


def by_day_of_month(schedule: Schedule, period_ended: dt.datetime, day: int, counted: Counted) -> ByDay:
    """By the `day` of the month that follows the reported one. The reported month is that of the last instant before
    `period_ended`."""
    last = (period_ended.astimezone(schedule.tzinfo) - _INSTANT).date()
    following = months_later(last.replace(day=1), 1)
    on = following.replace(day=min(day, monthrange(following.year, following.month)[1]))
    return _by(schedule, on, last.replace(day=1), counted)


def by_weekday(schedule: Schedule, period_ended: dt.datetime, weekday: int, counted: Counted) -> ByDay:
    """By `weekday` (1 Monday … 7 Sunday) of the week that follows the reported one."""
    last = (period_ended.astimezone(schedule.tzinfo) - _INSTANT).date()
    monday = last - last.weekday() * _DAY
    return _by(schedule, monday + (7 + weekday - 1) * _DAY, monday, counted)


def _by(schedule: Schedule, on: dt.date, period: dt.date, counted: Counted) -> ByDay:
    """On a day off: warned for the closing of the working day before, late after the closing of the next one."""
    if counted is Counted.CALENDAR:
        return ByDay(on, period, None, _midnight(schedule, on + _DAY))
    closes = closing(schedule, on)
    if closes is not None:
        return ByDay(on, period, None, closes)
    earlier, later = previous_working_day(schedule, on), next_working_day(schedule, on)
    return ByDay(on, period, _closing(schedule, earlier), _closing(schedule, later))


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day of a later month, or its last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _working_days_before(schedule: Schedule, end: dt.datetime, days: int) -> dt.datetime:
    day = (end.astimezone(schedule.tzinfo) - _INSTANT).date()
    for _ in range(days):
        day = previous_working_day(schedule, day)
    return _closing(schedule, day)


def _closings(schedule: Schedule, due: dt.datetime, stand: Stand) -> dt.datetime:
    day, left = _first_day(schedule, stand, stand.stopped_at + _INSTANT), 0
    while _closing(schedule, day) <= due:
        left, day = left + 1, next_working_day(schedule, day)
    day = _first_day(schedule, stand, stand.resumed_at)
    for _ in range(left - 1):
        day = next_working_day(schedule, day)
    return _closing(schedule, day)


def _first_day(schedule: Schedule, stand: Stand, at: dt.datetime) -> dt.date:
    """The first working day after that of the start which closes no earlier than `at`."""
    day = next_working_day(schedule, stand.started_at)
    while _closing(schedule, day) < at:
        day = next_working_day(schedule, day)
    return day


def _closing(schedule: Schedule, working_day: dt.date) -> dt.datetime:
    closes = closing(schedule, working_day)
    if closes is None:
        raise ValueError(f"{working_day} is a day off")
    return closes


def _midnights(schedule: Schedule, due: dt.datetime, stand: Stand) -> dt.datetime:
    instants = (due, stand.started_at, stand.stopped_at, stand.resumed_at)
    ends, started, stopped, ran = (at.astimezone(schedule.tzinfo).date() for at in instants)
    left = ends - max(stopped, started + _DAY)
    return _midnight(schedule, max(ran, started + _DAY) + left)


def _midnight(schedule: Schedule, day: dt.date) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day, tzinfo=schedule.tzinfo)


def _same_time(local: dt.datetime, day: dt.date) -> dt.datetime:
    return local.replace(year=day.year, month=day.month, day=day.day)


def _wall(local: dt.datetime, amount: dt.timedelta) -> dt.datetime:
    """Hours that really pass, also over a change of the clocks."""
    return (local.astimezone(dt.UTC) + amount).astimezone(local.tzinfo)
