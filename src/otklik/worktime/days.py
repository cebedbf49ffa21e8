"""Working days: whether a date is one, when it closes, and counting them."""

from bisect import bisect_left, bisect_right
from datetime import date, datetime

from otklik.worktime.errors import ScheduleError
from otklik.worktime.index import YearRows, index_of
from otklik.worktime.schedule import Schedule


def is_working_day(schedule: Schedule, day: date) -> bool:
    """Whether the date has any working time. Raises ScheduleError ``out_of_range``."""
    return closing(schedule, day) is not None


def opening(schedule: Schedule, day: date) -> datetime | None:
    """When the date's first span opens; None for a day off. Raises ScheduleError ``out_of_range``."""
    return _edge(schedule, day, first=True)


def closing(schedule: Schedule, day: date) -> datetime | None:
    """When the date's last span closes; None for a day off. Hours to 24:00 close at midnight of the next date.

    Raises ScheduleError ``out_of_range``.
    """
    return _edge(schedule, day, first=False)


def next_working_day(schedule: Schedule, day: date | datetime) -> date:
    """The first working day after this date. Raises ScheduleError ``out_of_range``."""
    return _nth_date(schedule, day, 1)


def previous_working_day(schedule: Schedule, day: date | datetime) -> date:
    """The last working day before this date. Raises ScheduleError ``out_of_range``."""
    return _nth_date(schedule, day, -1)


def add_working_days(schedule: Schedule, day: date | datetime, days: int) -> datetime:
    """The closing of the Nth working day after ``day``; the day itself is not counted, working or not.

    An instant counts as the date it has in the schedule's zone. Raises ScheduleError: ``bad_days`` for less than one
    day, ``naive_time``, ``out_of_range``.
    """
    if days < 1:
        raise ScheduleError("bad_days", days=days)
    rows, place = _nth(schedule, local_date(schedule, day), days)
    return datetime.fromtimestamp(rows.day_closes[place], schedule.tzinfo)


def local_date(schedule: Schedule, day: date | datetime) -> date:
    """The date of an instant in the schedule's zone; a date is itself. Raises ScheduleError ``naive_time``."""
    if not isinstance(day, datetime):
        return day
    if day.tzinfo is None:
        raise ScheduleError("naive_time", at=day.isoformat())
    return day.astimezone(schedule.tzinfo).date()


def _nth(schedule: Schedule, day: date, count: int) -> tuple[YearRows, int]:
    """The ``count``-th working day after the date, or before it where negative: a year and a place in its days."""
    index = index_of(schedule)
    year = day.year
    rows = index.rows(year)
    ordinal = day.toordinal()
    place = bisect_right(rows.days, ordinal) + count - 1 if count > 0 else bisect_left(rows.days, ordinal) + count
    while place >= len(rows.days):
        place -= len(rows.days)
        year += 1
        rows = index.rows(year)  # ends the search at the last year allowed
    while place < 0:
        year -= 1
        rows = index.rows(year)
        place += len(rows.days)
    return rows, place


def _nth_date(schedule: Schedule, day: date | datetime, count: int) -> date:
    rows, place = _nth(schedule, local_date(schedule, day), count)
    return date.fromordinal(rows.days[place])


def _edge(schedule: Schedule, day: date, *, first: bool) -> datetime | None:
    rows = index_of(schedule).rows(day.year)
    place = bisect_left(rows.days, day.toordinal())
    if place == len(rows.days) or rows.days[place] != day.toordinal():
        return None
    at = rows.day_opens[place] if first else rows.day_closes[place]
    return datetime.fromtimestamp(at, schedule.tzinfo)
