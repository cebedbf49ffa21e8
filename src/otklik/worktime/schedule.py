"""A schedule: when an organisation works, in its own time zone. Immutable; equal content is equal.

A date's hours are decided by the first of these that speaks of it:

1. ``dates``: the hours of that date as written, empty for closed;
2. the organisation's own layers (emergencies, duty days);
3. ``annual_closed``;
4. the calendar: region over federal;
5. ``week``.

A short day loses ``short_minutes`` only where its hours come from the week, not where they are written out for the
date. Last of all, ``breaks`` are cut out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from otklik.worktime.calendar import REGION, WEEKDAYS, Calendar, CalendarDay, Layer, compose, content_hash
from otklik.worktime.documents import read_document
from otklik.worktime.errors import ScheduleError
from otklik.worktime.parsing import may_open, read_schedule
from otklik.worktime.sources import CalendarSource, default_source
from otklik.worktime.spans import Spans, cut, format_span, shorten
from otklik.worktime.table import Columns, Table, empty_table
from otklik.worktime.zones import find_zone


class Day(NamedTuple):
    """The hours of one date and why they are so. ``kind`` is a word of the table in docs/worktime.md; ``cut_out`` is
    what ``breaks`` took from the hours."""

    on: date
    spans: Spans
    kind: str
    short: bool = False
    calendar_day: CalendarDay | None = None
    cut_out: Spans = ()


@dataclass(frozen=True, eq=False)
class Schedule:
    """When work is done. Spans are minutes since midnight; ``week`` begins on Monday.

    ``calendar_version`` is a hash of everything that decides working time here: all calendar layers, the week, the
    schedule's own dates and its zone. It goes into the event rows. Two schedules with one version are equal.
    """

    zone: str
    week: tuple[Spans, ...]
    calendar: Calendar = field(repr=False)
    short_minutes: int = 60
    dates: Mapping[date, Spans] = field(default_factory=dict)
    breaks: Mapping[date, Spans] = field(default_factory=dict)
    annual_closed: frozenset[tuple[int, int]] = frozenset()
    calendar_version: str = field(init=False)
    tzinfo: ZoneInfo = field(init=False, repr=False)
    # The years this schedule has needed so far, and the same as one tuple: read by arithmetic.py on every call.
    table: Table = field(init=False, repr=False)
    columns: Columns = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Raises ScheduleError: ``unknown_zone``, ``no_working_time``."""
        object.__setattr__(self, "tzinfo", find_zone(self.zone))
        self.keep(empty_table(self.tzinfo))
        facts = self.as_document() | {"layers": self.calendar.version}
        object.__setattr__(self, "calendar_version", content_hash(facts))
        if not may_open(self.week, self.dates, self.annual_closed, self.calendar):
            raise ScheduleError("no_working_time", zone=self.zone)

    @classmethod
    def from_document(cls, document: Mapping[Any, Any], *, calendars: CalendarSource | None = None) -> "Schedule":
        """A schedule from the format of docs/worktime.md. Raises ScheduleError with every problem at once."""
        return cls(**read_schedule(document, calendars or default_source()))

    def as_document(self) -> dict[str, Any]:
        """The same schedule in the documented format (own layers are not part of it)."""
        return {
            "zone": self.zone,
            "week": {name: _texts(spans) for name, spans in zip(WEEKDAYS, self.week, strict=True)},
            "calendar": self.calendar.code,
            "short_day_minus_hours": round(self.short_minutes / 60, 4),
            "dates": {on.isoformat(): _texts(spans) for on, spans in sorted(self.dates.items())},
            "breaks": {on.isoformat(): _texts(spans) for on, spans in sorted(self.breaks.items())},
            "annual_closed": [f"{month:02}-{day:02}" for month, day in sorted(self.annual_closed)],
        }

    def with_layers(self, *layers: Layer) -> "Schedule":
        """The same hours with the organisation's own days (``own_layer``) over the calendar."""
        return replace(self, calendar=compose(self.calendar, *layers))

    def keep(self, table: Table) -> None:
        """Hold a table for the next questions. No change of the schedule: any table gives the same answers."""
        object.__setattr__(self, "table", table)
        object.__setattr__(self, "columns", table.columns)

    def day(self, on: date) -> Day:
        """The hours of a date with the reason. Does not check the range of years."""
        whole = self._day_before_breaks(on)
        if on not in self.breaks or not whole.spans:
            return whole
        left = cut(whole.spans, self.breaks[on])
        return whole._replace(spans=left, kind=whole.kind if left else "closed", cut_out=cut(whole.spans, left))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Schedule) and self.calendar_version == other.calendar_version

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash(self.calendar_version)

    def _day_before_breaks(self, on: date) -> Day:
        if on in self.dates:
            return Day(on, self.dates[on], "replaced" if self.dates[on] else "closed")
        own = self.calendar.own_day(on)
        if own is not None:
            return self._calendar_day(own)
        if (on.month, on.day) in self.annual_closed:
            return Day(on, (), "closed")
        listed = self.calendar.day(on)
        if listed is not None:
            return self._calendar_day(listed)
        spans = self.week[on.weekday()]
        return Day(on, spans, "ordinary" if spans else "day_off")

    def _calendar_day(self, day: CalendarDay) -> Day:
        if day.is_closed:
            return Day(day.on, (), "regional_holiday" if day.layer == REGION else str(day.kind), False, day)
        spans = day.spans
        if spans is None:
            spans = self.week[day.on.weekday() if day.hours_of is None else day.hours_of]
        if not spans:
            return Day(day.on, (), "day_off")
        return Day(day.on, shorten(spans, self.short_minutes) if day.short else spans, str(day.kind), day.short, day)


def load_schedule(path: str | Path, *, calendars: CalendarSource | None = None) -> Schedule:
    """A schedule file, YAML or JSON by its suffix. Raises ScheduleError with every problem and its line."""
    document = read_document(path)
    with document.locating():
        return Schedule.from_document(document.data, calendars=calendars)


def _texts(spans: Spans) -> list[str]:
    return [format_span(span) for span in spans]
