"""The walk through working time behind a deadline: which days counted, from when to when, and why others did not."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from otklik.worktime.arithmetic import between
from otklik.worktime.calendar import FEDERAL
from otklik.worktime.days import local_date
from otklik.worktime.index import check_year, wall_rows
from otklik.worktime.schedule import Day, Schedule
from otklik.worktime.spans import Spans, join
from otklik.worktime.zones import EPOCH


@dataclass(frozen=True)
class Stretch:
    """A stretch of one day. Instants are in the schedule's zone."""

    from_at: datetime
    to_at: datetime

    @property
    def length(self) -> timedelta:
        """Elapsed, also across a change of the clock."""
        return (self.to_at - EPOCH) - (self.from_at - EPOCH)

    def as_data(self) -> dict[str, Any]:
        """Plain values, times in ISO 8601 with offset."""
        return {
            "from": self.from_at.isoformat(),
            "to": self.to_at.isoformat(),
            "seconds": _seconds(self.length),
        }


@dataclass(frozen=True)
class Pause:
    """Time inside the working day that does not count. ``kind``: ``lunch`` (between the spans of the week), ``break``
    (cut out for this date)."""

    from_at: datetime
    to_at: datetime
    kind: str


@dataclass(frozen=True)
class WalkDay:
    """One date of the walk. ``kind`` is a word of the table in docs/worktime.md; ``counted`` is empty for a day off,
    and for a working day of which nothing lies between start and end."""

    on: date
    kind: str
    counted: tuple[Stretch, ...] = ()
    hours: tuple[Stretch, ...] = ()
    pauses: tuple[Pause, ...] = ()
    short: bool = False
    title: str = ""
    source: str | None = None
    layer: str | None = None
    verified: bool = True
    moved_from: date | None = None
    moved_to: date | None = None
    hours_of: int | None = None
    provisional: bool = False

    @property
    def worked(self) -> timedelta:
        """Working time counted on this date."""
        return sum((stretch.length for stretch in self.counted), timedelta())

    @property
    def is_working(self) -> bool:
        """Whether the date has hours at all."""
        return bool(self.hours)

    def as_data(self) -> dict[str, Any]:
        """Plain values; what does not apply is left out."""
        data: dict[str, Any] = {
            "date": self.on.isoformat(),
            "weekday": self.on.isoweekday(),
            "kind": self.kind,
            "working": self.is_working,
            "spans": [stretch.as_data() for stretch in self.counted],
            "seconds": _seconds(self.worked),
        }
        if self.pauses:
            data["pauses"] = [
                {"from": pause.from_at.isoformat(), "to": pause.to_at.isoformat(), "kind": pause.kind}
                for pause in self.pauses
            ]
        optional: dict[str, Any] = {
            "short": self.short,
            "title": self.title,
            "source": self.source,
            "layer": self.layer,
            "moved_from": self.moved_from and self.moved_from.isoformat(),
            "moved_to": self.moved_to and self.moved_to.isoformat(),
            "hours_of": None if self.hours_of is None else self.hours_of + 1,
            "provisional": self.provisional,
        }
        if not self.verified:
            data["verified"] = False
        return data | {key: value for key, value in optional.items() if value}


@dataclass(frozen=True)
class YearSource:
    """A calendar year the walk touches: its decree, or None where it is unknown or does not exist yet."""

    year: int
    source: str | None
    provisional: bool


@dataclass(frozen=True)
class Walk:
    """Working time from ``start`` to ``end``, day by day."""

    zone: str
    calendar: str
    calendar_version: str
    start: datetime
    end: datetime
    days: tuple[WalkDay, ...]
    years: tuple[YearSource, ...]

    @property
    def total(self) -> timedelta:
        """Working time of the whole walk."""
        return sum((day.worked for day in self.days), timedelta())

    @property
    def is_provisional(self) -> bool:
        """Whether it rests on a year without a decree."""
        return any(year.provisional for year in self.years)

    def words(self, lang: str = "ru") -> list[str]:
        """The walk as sentences for people, ``ru`` or ``en``."""
        from otklik.worktime.walkwords import walk_words

        return walk_words(self, lang)

    def as_data(self) -> dict[str, Any]:
        """The walk as JSON values. Times in ISO 8601 with offset; weekdays are 1 (Monday) to 7."""
        return {
            "zone": self.zone,
            "calendar": self.calendar,
            "calendar_version": self.calendar_version,
            "start": self.start.isoformat(),
            "end": self.end.isoformat(),
            "seconds": _seconds(self.total),
            "provisional": self.is_provisional,
            "years": [
                {"year": year.year, "source": year.source, "provisional": year.provisional} for year in self.years
            ],
            "days": [day.as_data() for day in self.days],
        }


def explain(schedule: Schedule, start: datetime, end: datetime) -> Walk:
    """The walk through working time from ``start`` to ``end``; in order, whichever comes first.

    Raises ScheduleError: ``naive_time``, ``out_of_range``.
    """
    local_date(schedule, start), local_date(schedule, end)  # both aware
    if _utc(end) < _utc(start):
        start, end = end, start
    first = local_date(schedule, start)
    # A walk that ends at midnight ends on the date before it.
    last = max(first, local_date(schedule, end - timedelta.resolution))
    check_year(first.year)
    check_year(last.year)
    dates = [date.fromordinal(ordinal) for ordinal in range(first.toordinal(), last.toordinal() + 1)]
    return Walk(
        zone=schedule.zone,
        calendar=schedule.calendar.code,
        calendar_version=schedule.calendar_version,
        start=start.astimezone(schedule.tzinfo),
        end=end.astimezone(schedule.tzinfo),
        days=tuple(_walk_day(schedule, on, start, end) for on in dates),
        years=_years(schedule, first.year, last.year),
    )


def is_provisional(schedule: Schedule, start: datetime, end: datetime) -> bool:
    """Whether the time between rests on a year without a decree, computed by article 112 of the Labour Code.

    Raises ScheduleError: ``naive_time``, ``out_of_range``.
    """
    between(schedule, start, end)  # checks both instants
    years = sorted((local_date(schedule, start).year, local_date(schedule, end).year))
    return any(schedule.calendar.is_provisional(year) for year in range(years[0], years[1] + 1))


def _years(schedule: Schedule, first: int, last: int) -> tuple[YearSource, ...]:
    found = [schedule.calendar.year(year) for year in range(first, last + 1)]
    return tuple(YearSource(year.year, year.source, year.provisional) for year in found if year is not None)


def _walk_day(schedule: Schedule, on: date, start: datetime, end: datetime) -> WalkDay:
    day = schedule.day(on)
    hours = _stretches(schedule, on, day.spans)
    listed = day.calendar_day
    year = schedule.calendar.year(on.year)
    return WalkDay(
        on=on,
        kind=day.kind,
        counted=tuple(_clipped(stretch, start, end, schedule) for stretch in hours if _touches(stretch, start, end)),
        hours=hours,
        pauses=_pauses(schedule, day, start, end),
        short=day.short,
        title=listed.title if listed else "",
        source=(listed.source or (year.source if year and listed.layer == FEDERAL else None)) if listed else None,
        layer=listed.layer if listed else None,
        verified=listed.verified if listed else True,
        moved_from=listed.moved_from if listed else None,
        moved_to=listed.moved_to if listed else None,
        hours_of=listed.hours_of if listed and day.spans else None,
        provisional=schedule.calendar.is_provisional(on.year),
    )


def _stretches(schedule: Schedule, on: date, spans: Spans) -> tuple[Stretch, ...]:
    zone = schedule.tzinfo
    return tuple(
        Stretch(datetime.fromtimestamp(opens, zone), datetime.fromtimestamp(closes, zone))
        for opens, closes in wall_rows(zone, on, spans)
    )


def _touches(stretch: Stretch, start: datetime, end: datetime) -> bool:
    return _utc(stretch.from_at) < _utc(end) and _utc(start) < _utc(stretch.to_at)


def _clipped(stretch: Stretch, start: datetime, end: datetime, schedule: Schedule) -> Stretch:
    from_at = start.astimezone(schedule.tzinfo) if _utc(start) > _utc(stretch.from_at) else stretch.from_at
    to_at = end.astimezone(schedule.tzinfo) if _utc(end) < _utc(stretch.to_at) else stretch.to_at
    return Stretch(from_at, to_at)


def _pauses(schedule: Schedule, day: Day, start: datetime, end: datetime) -> tuple[Pause, ...]:
    """Gaps in the hours and what was cut out of them, as far as it lies between start and end."""
    whole = join((*day.spans, *day.cut_out))
    gaps = tuple((earlier[1], later[0]) for earlier, later in pairwise(whole))
    return tuple(
        Pause(stretch.from_at, stretch.to_at, kind)
        for kind, spans in (("lunch", gaps), ("break", day.cut_out))
        for stretch in _stretches(schedule, day.on, spans)
        if _touches(stretch, start, end)
    )


def _utc(at: datetime) -> timedelta:
    """An instant that compares rightly across a repeated hour, where two datetimes of one zone would not."""
    return at - EPOCH


def _seconds(length: timedelta) -> int | float:
    seconds = length.total_seconds()
    return int(seconds) if seconds.is_integer() else seconds
