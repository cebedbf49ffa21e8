"""Calendar files as plain data: a federal year, the days of a region, the own days of an organisation.

The reverse of ``YearCalendar.as_data``. Everything wrong with a file is told at once; what only looks wrong to a person
(a decree may move anything) is not refused.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from otklik.worktime.article112 import holidays_of
from otklik.worktime.calendar import (
    FEDERAL,
    OWN,
    REGION,
    WEEKDAYS,
    CalendarDay,
    DayKind,
    Layer,
    YearCalendar,
    link_transfers,
)
from otklik.worktime.errors import Problem
from otklik.worktime.fields import Fields
from otklik.worktime.zones import FIRST_YEAR, LAST_YEAR


def parse_year(document: Any) -> YearCalendar:
    """A federal year from ``{year, source, provisional, days}``. Raises ScheduleError with every problem."""
    fields = Fields(document)
    fields.refuse_unknown(fields.document, ("year", "source", "provisional", "days"))
    year = _year(fields)
    source = fields.text(fields.document.get("source"), "source")
    provisional = fields.flag(fields.document.get("provisional"), "provisional")
    days = link_transfers(_days(fields, _FEDERAL_DAYS))
    if year:
        _check_year(fields, year, days)
    fields.finish()
    return YearCalendar(year, days, source, provisional)


def missing_holidays(calendar: YearCalendar) -> list[Problem]:
    """Holidays of article 112 that the file leaves as working days: most likely it is not complete."""
    return [
        Problem("missing_holiday", "days", {"on": on.isoformat(), "title": title})
        for on, title in holidays_of(calendar.year).items()
        if on not in calendar.days or not calendar.days[on].is_closed
    ]


def parse_region(document: Any) -> Layer:
    """Days of a region from ``{region, name, source, verified, days: {date: title}}``."""
    fields = Fields(document)
    fields.refuse_unknown(fields.document, ("region", "name", "source", "verified", "days"))
    code = (fields.text(fields.document.get("region"), "region") or "").removeprefix("RU-")
    if not code:
        fields.problem("missing_key", "region", key="region")
    name = fields.text(fields.document.get("name"), "name") or ""
    source = fields.text(fields.document.get("source"), "source")
    verified = fields.flag(fields.document.get("verified"), "verified")
    days = {}
    for on, value, where in fields.dated("days"):
        title = fields.text(value, where) or name
        days[on] = CalendarDay(on, DayKind.HOLIDAY, title=title, source=source, layer=REGION, verified=verified)
    fields.finish()
    return Layer(f"RU-{code}", days, name, source, verified)


def parse_own_layer(document: Any) -> Layer:
    """An organisation's own days from ``{title, source, days: {date: {kind: closed|open|short, …}}}``."""
    fields = Fields(document)
    fields.refuse_unknown(fields.document, ("title", "source", "days"))
    title = fields.text(fields.document.get("title"), "title") or ""
    source = fields.text(fields.document.get("source"), "source")
    days = _days(fields, _OWN_DAYS)
    fields.finish()
    return Layer(OWN, days, title, source)


def year_text(year: YearCalendar) -> str:
    """A year as the text of its file: what ``parse_year`` reads back as the same."""
    import yaml  # here, so that the arithmetic does not need it

    document = year.as_data()
    document["days"] = {on: _dates(day.as_data()) for on, day in sorted(year.days.items())}
    text: str = yaml.safe_dump(document, allow_unicode=True, sort_keys=False, default_flow_style=None, width=1000)
    return text


def region_text(layer: Layer) -> str:
    """The days of a region as the text of their file: what ``parse_region`` reads back as the same."""
    import yaml

    document = {
        "region": layer.name.removeprefix("RU-"),
        "name": layer.title,
        "source": layer.source,
        "verified": layer.verified,
        "days": {on: day.title for on, day in sorted(layer.days.items())},
    }
    text: str = yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=1000)
    return text


def _dates(data: dict[str, Any]) -> dict[str, Any]:
    if "moved_from" in data:
        data["moved_from"] = date.fromisoformat(data["moved_from"])
    return data


def _year(fields: Fields) -> int:
    year = fields.document.get("year")
    if isinstance(year, int) and FIRST_YEAR <= year <= LAST_YEAR:
        return year
    if year is None:
        fields.problem("missing_key", "year", key="year")
    else:
        fields.problem("bad_type", "year", expected=f"{FIRST_YEAR}-{LAST_YEAR}", found=repr(year))
    return 0


class _DayForm(NamedTuple):
    """What the days of a layer may say."""

    layer: str
    kinds: tuple[DayKind, ...]
    keys: tuple[str, ...]


_FEDERAL_DAYS = _DayForm(
    FEDERAL,
    (DayKind.HOLIDAY, DayKind.TRANSFERRED_OFF, DayKind.NONWORKING_DECREE, DayKind.SHORT, DayKind.WORK_WEEKEND),
    ("kind", "title", "short", "hours_of", "source", "moved_from"),
)
_OWN_DAYS = _DayForm(
    OWN,
    (DayKind.CLOSED, DayKind.OPEN, DayKind.SHORT),
    ("kind", "title", "short", "hours_of", "source", "spans"),
)


def _days(fields: Fields, form: _DayForm) -> dict[date, CalendarDay]:
    if not fields.mapping("days"):
        fields.problem("missing_key", "days", key="days")
    days = {}
    for on, value, where in fields.dated("days"):
        if not isinstance(value, Mapping):
            fields.problem("bad_type", where, expected="mapping", found=repr(value))
        elif value.get("kind") not in form.kinds:
            known = [str(kind) for kind in form.kinds]
            fields.problem("bad_kind", where, found=str(value.get("kind")), known=known)
        else:
            days[on] = _day(fields, on, value, where, form)
    return days


def _day(fields: Fields, on: date, value: Mapping[Any, Any], where: str, form: _DayForm) -> CalendarDay:
    fields.refuse_unknown(value, form.keys, where)
    kind = DayKind(value["kind"])
    day = CalendarDay(
        on,
        kind,
        title=fields.text(value.get("title"), f"{where}.title") or "",
        short=kind is DayKind.SHORT or fields.flag(value.get("short"), f"{where}.short"),
        hours_of=_weekday(fields, value.get("hours_of"), f"{where}.hours_of"),
        spans=fields.spans(value["spans"], f"{where}.spans") if "spans" in value else None,
        moved_from=fields.day(value["moved_from"], f"{where}.moved_from") if "moved_from" in value else None,
        source=fields.text(value.get("source"), f"{where}.source"),
        layer=form.layer,
    )
    _check_day(fields, day, where)
    return day


def _check_day(fields: Fields, day: CalendarDay, where: str) -> None:
    """A key that has no effect on its kind of day would be ignored, so it is refused."""
    if day.is_closed and (day.short or day.hours_of is not None or day.spans is not None):
        fields.problem("hours_on_closed_day", where, kind=str(day.kind))
    if day.moved_from is not None and day.kind is not DayKind.TRANSFERRED_OFF:
        fields.problem("not_a_moved_day", where, kind=str(day.kind))
    if day.spans is not None and (day.hours_of is not None or day.short):
        fields.problem("hours_twice", where)


def _weekday(fields: Fields, value: Any, where: str) -> int | None:
    if value is None:
        return None
    if value in WEEKDAYS:
        return WEEKDAYS.index(value)
    fields.problem("bad_weekday", where, found=str(value), known=list(WEEKDAYS))
    return None


def _check_year(fields: Fields, year: int, days: Mapping[date, CalendarDay]) -> None:
    sources: dict[date, date] = {}
    for on, day in days.items():
        where = f"days.{on.isoformat()}"
        if on.year != year:
            fields.problem("wrong_year", where, year=year)
        if day.kind is DayKind.WORK_WEEKEND:
            _check_work_weekend(fields, day, where)
        if day.kind is DayKind.SHORT and on.weekday() >= 5:
            fields.problem("short_weekend", where)
        if day.moved_from is not None:
            if day.moved_from in sources:
                fields.problem("moved_twice", where, moved_from=day.moved_from.isoformat())
            sources[day.moved_from] = on


def _check_work_weekend(fields: Fields, day: CalendarDay, where: str) -> None:
    if day.on.weekday() < 5:
        fields.problem("not_weekend", where)
    if day.hours_of is None:
        fields.problem("no_hours", where, on=day.on.isoformat())
