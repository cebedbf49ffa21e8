"""The schedule format of docs/worktime.md: a document in, the fields of a ``Schedule`` out, all problems at once."""

from collections.abc import Mapping, Set
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, TypedDict

from otklik.worktime.calendar import OWN, WEEKDAYS, Calendar
from otklik.worktime.errors import ScheduleError
from otklik.worktime.fields import Fields
from otklik.worktime.sources import NO_CALENDAR, CalendarSource
from otklik.worktime.spans import Spans
from otklik.worktime.zones import find_zone

KEYS = ("zone", "week", "calendar", "short_day_minus_hours", "dates", "breaks", "annual_closed")

_LEAP_YEAR = [date(2024, 1, 1) + timedelta(days=day) for day in range(366)]
EVERY_DAY = frozenset((on.month, on.day) for on in _LEAP_YEAR)


class ScheduleFields(TypedDict):
    """What a document says, as the arguments of ``Schedule``."""

    zone: str
    week: tuple[Spans, ...]
    calendar: Calendar
    short_minutes: int
    dates: dict[date, Spans]
    breaks: dict[date, Spans]
    annual_closed: frozenset[tuple[int, int]]


def read_schedule(document: Any, source: CalendarSource) -> ScheduleFields:
    """Raises ScheduleError with every problem of the document."""
    fields = Fields(document)
    fields.refuse_unknown(fields.document, KEYS)
    found = ScheduleFields(
        zone=_zone(fields),
        week=_week(fields),
        calendar=_calendar(fields, source),
        short_minutes=_short_minutes(fields),
        dates={on: fields.spans(value, where) for on, value, where in fields.dated("dates")},
        breaks={on: fields.spans(value, where) for on, value, where in fields.dated("breaks")},
        annual_closed=_annual_closed(fields),
    )
    # Hours that were not understood are no hours: said once, by the problem that they were not understood.
    understood = not any(problem.where.startswith(("week", "dates")) for problem in fields.problems)
    if understood and not may_open(found["week"], found["dates"], found["annual_closed"], found["calendar"]):
        fields.problem("no_working_time", "week")
    fields.finish()
    return found


def may_open(
    week: tuple[Spans, ...], dates: Mapping[date, Spans], annual_closed: Set[tuple[int, int]], calendar: Calendar
) -> bool:
    """Whether any date can have hours: by the week outside the dates closed every year, or written out for a date."""
    own = [day for layer in calendar.layers if layer.name == OWN for day in layer.days.values()]
    return (any(week) and not annual_closed >= EVERY_DAY) or any(dates.values()) or any(day.spans for day in own)


def _zone(fields: Fields) -> str:
    name = fields.document.get("zone")
    if name is None:
        fields.problem("missing_key", "zone", key="zone")
    elif not isinstance(name, str):
        fields.problem("bad_type", "zone", expected="text", found=repr(name))
    else:
        try:
            find_zone(name)
        except ScheduleError as error:
            fields.problem(error.code, "zone", **error.facts)
    return str(name)


def _week(fields: Fields) -> tuple[Spans, ...]:
    if fields.document.get("week") is None:
        fields.problem("missing_key", "week", key="week")
    week = fields.mapping("week")
    fields.refuse_unknown(week, WEEKDAYS, "week")
    return tuple(fields.spans(week.get(name), f"week.{name}") for name in WEEKDAYS)


def _calendar(fields: Fields, source: CalendarSource) -> Calendar:
    code = fields.document.get("calendar", "RU")
    try:
        return source.calendar(str(code))
    except ScheduleError as error:
        fields.problems += [replace(problem, where="calendar", line=None) for problem in error.problems]
        return NO_CALENDAR


def _short_minutes(fields: Fields) -> int:
    hours = fields.document.get("short_day_minus_hours", 1)
    if isinstance(hours, int | float) and not isinstance(hours, bool) and 0 <= hours < 24:
        minutes = round(hours * 60)
        if abs(minutes - hours * 60) < 1e-6:
            return minutes
    fields.problem("bad_number", "short_day_minus_hours", found=repr(hours))
    return 0


def _annual_closed(fields: Fields) -> frozenset[tuple[int, int]]:
    listed = fields.document.get("annual_closed")
    if listed is None:
        return frozenset()
    if not isinstance(listed, list | tuple):
        fields.problem("bad_type", "annual_closed", expected="list of MM-DD", found=repr(listed))
        return frozenset()
    closed = set()
    for number, text in enumerate(listed):
        try:
            day = date.fromisoformat(f"2024-{text}")
            closed.add((day.month, day.day))
        except ValueError:
            fields.problem("bad_month_day", f"annual_closed[{number}]", found=str(text))
    return frozenset(closed)
