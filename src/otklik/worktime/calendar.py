"""The production calendar: which dates differ from the plain week, in layers.

Layers, each over the one before it: federal (by years), region, and the organisation's own (its days off, emergency
closures, duty Saturdays). A layer that closes a day leaves the reason of an earlier closure standing; a layer that
opens a day wins over every earlier one.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Any

from otklik.worktime.article112 import holidays_of, short_days, transferred_days
from otklik.worktime.spans import Spans, format_span

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class DayKind(StrEnum):
    """Why a date differs from its weekday."""

    HOLIDAY = "holiday"
    TRANSFERRED_OFF = "transferred_off"  # a day off moved here from another date
    NONWORKING_DECREE = "nonworking_decree"  # decreed in 2020 and 2021
    SHORT = "short"  # a working day before a holiday
    WORK_WEEKEND = "work_weekend"  # works by the hours of the weekday whose day off was moved
    CLOSED = "closed"  # an organisation's own day off, an emergency
    OPEN = "open"  # an organisation's own duty day


CLOSING = frozenset({DayKind.HOLIDAY, DayKind.TRANSFERRED_OFF, DayKind.NONWORKING_DECREE, DayKind.CLOSED})

FEDERAL, REGION, OWN = "federal", "region", "organisation"

Federal = Mapping[int, "YearCalendar"]


@dataclass(frozen=True)
class CalendarDay:
    """One date of a layer. ``hours_of`` is the weekday (Monday is 0) whose hours it takes; ``spans`` its own hours."""

    on: date
    kind: DayKind
    title: str = ""
    short: bool = False
    hours_of: int | None = None
    spans: Spans | None = None
    moved_from: date | None = None
    moved_to: date | None = None
    source: str | None = None
    layer: str = FEDERAL
    verified: bool = True

    @property
    def is_closed(self) -> bool:
        return self.kind in CLOSING

    def as_data(self) -> dict[str, Any]:
        """Plain values, without what is empty: for hashing and for files."""
        data: dict[str, Any] = {"kind": str(self.kind)}
        if self.short and self.kind is not DayKind.SHORT:
            data["short"] = True
        if self.hours_of is not None and self.moved_to is None:
            data["hours_of"] = WEEKDAYS[self.hours_of]
        if self.spans is not None:
            data["spans"] = [format_span(span) for span in self.spans]
        if self.moved_from is not None:
            data["moved_from"] = self.moved_from.isoformat()
        if self.title:
            data["title"] = self.title
        if self.source:
            data["source"] = self.source
        return data


@dataclass(frozen=True)
class YearCalendar:
    """The federal layer of one year. ``source`` is the decree, None where it is unknown; ``provisional`` says that
    there is no decree yet and article 112 of the Labour Code was applied in its place."""

    year: int
    days: Mapping[date, CalendarDay] = field(repr=False)
    source: str | None = None
    provisional: bool = False

    def as_data(self) -> dict[str, Any]:
        data: dict[str, Any] = {"year": self.year, "source": self.source}
        if self.provisional:
            data["provisional"] = True
        return data | {"days": {on.isoformat(): day.as_data() for on, day in sorted(self.days.items())}}

    @cached_property
    def version(self) -> str:
        return content_hash(self.as_data())


@dataclass(frozen=True)
class Layer:
    """Days of a region or an organisation that lie over the federal calendar."""

    name: str
    days: Mapping[date, CalendarDay] = field(repr=False)
    title: str = ""
    source: str | None = None
    verified: bool = True

    @cached_property
    def version(self) -> str:
        days = {on.isoformat(): day.as_data() for on, day in sorted(self.days.items())}
        return content_hash({"name": self.name, "source": self.source, "verified": self.verified, "days": days})


@dataclass(frozen=True, eq=False)
class Calendar:
    """Layers composed. ``federal`` is None for ``calendar: none``: every date is then as its weekday."""

    code: str
    federal: Federal | None = field(default=None, repr=False)
    layers: tuple[Layer, ...] = ()

    def year(self, year: int) -> YearCalendar | None:
        """The federal year: the decreed one, else computed by article 112. None for ``calendar: none``."""
        if self.federal is None:
            return None
        return self.federal.get(year) or computed_year(year)

    def day(self, on: date) -> CalendarDay | None:
        """What is said of this date by all layers but the organisation's own; None for a plain day."""
        year = self.year(on.year)
        day = year.days.get(on) if year else None
        for layer in self.layers:
            if layer.name != OWN:
                day = _over(day, layer.days.get(on))
        return day

    def own_day(self, on: date) -> CalendarDay | None:
        """What the organisation's own layers say of this date."""
        day = None
        for layer in self.layers:
            if layer.name == OWN:
                day = _over(day, layer.days.get(on))
        return day

    def is_provisional(self, year: int) -> bool:
        """Whether this year waits for its decree."""
        found = self.year(year)
        return found is not None and found.provisional

    @cached_property
    def version(self) -> str:
        """Hash of every layer used: of all federal years at hand, not only of those a question touches."""
        federal = {} if self.federal is None else {str(year): self.federal[year].version for year in self.federal}
        return content_hash({"code": self.code, "federal": federal, "layers": [layer.version for layer in self.layers]})


def compose(base: Calendar, *layers: Layer) -> Calendar:
    """The calendar with further layers over it, the last one strongest."""
    return Calendar(base.code, base.federal, (*base.layers, *layers))


def own_layer(days: Sequence[CalendarDay], title: str = "", source: str | None = None) -> Layer:
    """A layer of an organisation, from days made by ``closed_day`` and ``duty_day``."""
    return Layer(OWN, {day.on: day for day in days}, title=title, source=source)


def closed_day(on: date, title: str = "", source: str | None = None) -> CalendarDay:
    """A day on which an organisation does not work: an emergency, its own holiday."""
    return CalendarDay(on, DayKind.CLOSED, title=title, source=source, layer=OWN)


def duty_day(
    on: date, title: str = "", *, spans: Spans | None = None, hours_of: int | None = None, source: str | None = None
) -> CalendarDay:
    """A day on which an organisation works, whatever the other layers say: by its own ``spans`` (minutes since
    midnight), else by the hours of weekday ``hours_of`` (Monday is 0), else by those of the date's own weekday."""
    hours = on.weekday() if hours_of is None and spans is None else hours_of
    return CalendarDay(on, DayKind.OPEN, title=title, spans=spans, hours_of=hours, source=source, layer=OWN)


def link_transfers(days: Mapping[date, CalendarDay]) -> dict[date, CalendarDay]:
    """Give each working weekend the hours of the date that took its day off: 01.11.2025 works as Monday 03.11.2025."""
    moved_to = {day.moved_from: on for on, day in days.items() if day.moved_from is not None}
    linked = dict(days)
    for on, day in days.items():
        if day.kind is DayKind.WORK_WEEKEND and on in moved_to:
            target = moved_to[on]
            linked[on] = replace(day, hours_of=target.weekday(), moved_to=target)
    return linked


@lru_cache(maxsize=128)
def computed_year(year: int) -> YearCalendar:
    """A year without a decree, by article 112 of the Labour Code, provisional."""
    days = {on: CalendarDay(on, DayKind.HOLIDAY, title) for on, title in holidays_of(year).items()}
    for on, moved_from in transferred_days(year).items():
        days[on] = CalendarDay(on, DayKind.TRANSFERRED_OFF, moved_from=moved_from)
    for on in list(short_days(year, days)):
        days[on] = CalendarDay(on, DayKind.SHORT, short=True)
    return YearCalendar(year, days, provisional=True)


def content_hash(data: Any) -> str:
    """SHA-256 of the canonical JSON form, 32 hex digits of it."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _over(below: CalendarDay | None, above: CalendarDay | None) -> CalendarDay | None:
    """Two layers on one date: the upper wins, except that it does not rename a day that is already closed."""
    if above is None or (below is not None and below.is_closed and above.is_closed):
        return below
    return above
