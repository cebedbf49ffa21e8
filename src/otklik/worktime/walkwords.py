"""A walk through working time as sentences, in Russian and English.

Titles of holidays and sources are quotes and stay in Russian.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from otklik.worktime.explain import Walk, WalkDay

WEEKDAYS = {
    "ru": ("пн", "вт", "ср", "чт", "пт", "сб", "вс"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_HOURS_OF = {
    "ru": ("понедельника", "вторника", "среды", "четверга", "пятницы", "субботы", "воскресенья"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}


class _Words(NamedTuple):
    zone: str
    units: tuple[str, str, str, str]
    total: str
    lunch: str
    break_: str
    short: str
    working_weekend: str
    working_weekend_moved: str
    duty: str
    replaced: str
    nothing: str
    day_off: str
    closed: str
    holiday: str
    transferred: str
    transferred_from: str
    decreed: str
    regional: str
    unverified: str
    days_off: str
    source: str
    no_source: str
    provisional: str


_WORDS = {
    "ru": _Words(
        zone="Рабочее время по часовому поясу {zone} ({offset})",
        units=("д", "ч", "мин", "с"),
        total="Итого {total} рабочего времени: с {start} до {end}",
        lunch="перерыв {span} не считается",
        break_="перерыв этого дня {span} не считается",
        short="короткий день",
        working_weekend="рабочий выходной по часам {hours_of}",
        working_weekend_moved="рабочий выходной по часам {hours_of}: выходной перенесён на {moved_to}",
        duty="рабочий день по решению организации",
        replaced="часы изменены на эту дату",
        nothing="ничего не считается: рабочее время {hours}",
        day_off="выходной",
        closed="не работает",
        holiday="праздник",
        transferred="перенесённый выходной",
        transferred_from="выходной, перенесённый с {moved_from}",
        decreed="нерабочий день",
        regional="нерабочий день региона",
        unverified="по закону региона не проверено",
        days_off="не считаются",
        source="Календарь {year} года: {source}",
        no_source="Источник календаря {year} года неизвестен",
        provisional="Постановления о переносе выходных дней на {year} год в календаре нет: "
        "год посчитан по статье 112 Трудового кодекса, срок предварительный",
    ),
    "en": _Words(
        zone="Working time in the zone {zone} ({offset})",
        units=("d", "h", "min", "s"),
        total="Total {total} of working time: from {start} to {end}",
        lunch="the break {span} does not count",
        break_="the break of this date {span} does not count",
        short="short day",
        working_weekend="working weekend by the hours of {hours_of}",
        working_weekend_moved="working weekend by the hours of {hours_of}: its day off is moved to {moved_to}",
        duty="a working day by decision of the organisation",
        replaced="hours changed for this date",
        nothing="nothing counts: working time is {hours}",
        day_off="day off",
        closed="closed",
        holiday="holiday",
        transferred="day off moved here",
        transferred_from="day off moved from {moved_from}",
        decreed="non-working day",
        regional="non-working day of the region",
        unverified="not verified against the region's law",
        days_off="do not count",
        source="Calendar of {year}: {source}",
        no_source="The source of the calendar of {year} is unknown",
        provisional="There is no decree on the days off of {year} yet: "
        "the year is computed by article 112 of the Labour Code, the term is provisional",
    ),
}


def walk_words(walk: "Walk", lang: str) -> list[str]:
    """The lines of a walk: zone, days in order, total, and what the calendar rests on."""
    words = _WORDS[lang]
    lines = [words.zone.format(zone=walk.zone, offset=_offset(walk.end))]
    lines += _day_lines(walk, lang)
    lines.append(
        words.total.format(
            total=length_words(walk.total, lang), start=moment_words(walk.start), end=moment_words(walk.end)
        )
    )
    for year in walk.years:
        listed = any(day.on.year == year.year and day.layer is not None for day in walk.days)
        if year.provisional:
            lines.append(words.provisional.format(year=year.year))
        elif listed and year.source:
            lines.append(words.source.format(year=year.year, source=year.source))
        elif listed:
            lines.append(words.no_source.format(year=year.year))
    return lines


def length_words(length: timedelta, lang: str = "ru") -> str:
    """``6 ч 40 мин``; hours are not made days, a working day having no fixed length."""
    _, hour, minute, second = _WORDS[lang].units
    seconds = length.total_seconds()
    whole = int(seconds)
    parts = [(whole // 3600, hour), (whole // 60 % 60, minute), (whole % 60, second)]
    text = " ".join(f"{number} {unit}" for number, unit in parts if number)
    return text or f"0 {minute}"


def moment_words(at: datetime) -> str:
    """``31.10.2025 16:40``, with seconds only where there are any."""
    return f"{at:%d.%m.%Y} {_clock(at)}"


def _day_lines(walk: "Walk", lang: str) -> Iterator[str]:
    """A line for each working day; days off in a row share one."""
    off: list[WalkDay] = []
    for day in walk.days:
        if day.is_working:
            if off:
                yield _days_off(off, lang)
                off = []
            yield _working_day(day, lang)
        else:
            off.append(day)
    if off:
        yield _days_off(off, lang)


def _working_day(day: "WalkDay", lang: str) -> str:
    words = _WORDS[lang]
    notes = ", ".join([_date(day.on, lang), *_notes(day, lang)])
    if not day.counted:
        hours = ", ".join(_span(stretch.from_at, stretch.to_at, day.on) for stretch in day.hours)
        return f"{notes}: {words.nothing.format(hours=hours)}"
    spans = ", ".join(_span(stretch.from_at, stretch.to_at, day.on) for stretch in day.counted)
    pauses = [
        (words.lunch if pause.kind == "lunch" else words.break_).format(span=_span(pause.from_at, pause.to_at, day.on))
        for pause in day.pauses
    ]
    return "; ".join([f"{notes}: {spans} — {length_words(day.worked, lang)}", *pauses])


def _notes(day: "WalkDay", lang: str) -> Iterator[str]:
    words = _WORDS[lang]
    if day.kind == "work_weekend" and day.hours_of is not None:
        text = words.working_weekend_moved if day.moved_to else words.working_weekend
        moved_to = f"{day.moved_to:%d.%m.%Y}" if day.moved_to else ""
        yield text.format(hours_of=_HOURS_OF[lang][day.hours_of], moved_to=moved_to)
    if day.kind == "open":
        yield words.duty
    if day.kind == "replaced":
        yield words.replaced
    if day.short:
        yield words.short
    if day.title:
        yield day.title


def _days_off(days: "list[WalkDay]", lang: str) -> str:
    listed = []
    for reason, group in groupby(days, key=lambda day: _reason(day, lang)):
        dates = list(group)
        first, last = _date(dates[0].on, lang), _date(dates[-1].on, lang)
        listed.append(f"{first} {reason}" if first == last else f"{first} – {last} {reason}")
    return f"{'; '.join(listed)} — {_WORDS[lang].days_off}"


def _reason(day: "WalkDay", lang: str) -> str:
    words = _WORDS[lang]
    if day.kind == "transferred_off" and day.moved_from:
        return words.transferred_from.format(moved_from=f"{day.moved_from:%d.%m.%Y}")
    plain = {
        "day_off": words.day_off,
        "closed": words.closed,
        "holiday": words.holiday,
        "transferred_off": words.transferred,
        "nonworking_decree": words.decreed,
        "regional_holiday": words.regional,
    }.get(day.kind, words.closed)
    notes = [f"«{day.title}»"] if day.title else []
    if day.source and day.kind in ("nonworking_decree", "closed", "regional_holiday"):
        notes.append(f"({day.source})")
    if not day.verified:
        notes.append(f"({words.unverified})")
    return " ".join([plain, *notes])


def _date(on: date, lang: str) -> str:
    return f"{WEEKDAYS[lang][on.weekday()]} {on:%d.%m.%Y}"


def _span(from_at: datetime, to_at: datetime, on: date) -> str:
    end = "24:00" if to_at.date() > on and to_at.hour == to_at.minute == to_at.second == 0 else _clock(to_at)
    return f"{_clock(from_at)}–{end}"


def _clock(at: datetime) -> str:
    return f"{at:%H:%M:%S}" if at.second else f"{at:%H:%M}"


def _offset(at: datetime) -> str:
    minutes = (at.utcoffset() or timedelta()) // timedelta(minutes=1)
    return f"UTC{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
