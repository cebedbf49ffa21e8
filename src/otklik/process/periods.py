"""Weeks, months and quarters of a place: whole days, one after another."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from otklik.process.reckoning import months_later

Every = Literal["day", "week", "month", "quarter"]

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """From `first_on` to `last_on`, both included."""

    first_on: dt.date
    last_on: dt.date

    def ended_at(self, zone: dt.tzinfo) -> dt.datetime:
        """The midnight after its last day."""
        after = self.last_on + _DAY
        return dt.datetime(after.year, after.month, after.day, tzinfo=zone)

    def holds(self, day: dt.date) -> bool:
        return self.first_on <= day <= self.last_on


def period_of(every: Every, day: dt.date) -> Period:
    """The day, the week (from Monday), the month or the quarter to which a day belongs."""
    if every == "day":
        return Period(day, day)
    if every == "week":
        monday = day - day.weekday() * _DAY
        return Period(monday, monday + 6 * _DAY)
    months = 1 if every == "month" else 3
    first = months_later(day.replace(day=1), -((day.month - 1) % months))
    return Period(first, months_later(first, months) - _DAY)


def periods_ended(every: Every, since: dt.date, until: dt.date) -> Iterator[Period]:
    """The periods whose last day lies from `since` to the day before `until`, in order."""
    period = period_of(every, since)
    while period.last_on < until:
        yield period
        period = period_of(every, period.last_on + _DAY)
