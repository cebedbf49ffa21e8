"""Dates and spans of time that a Russian text names: «до 15 декабря», «в течение 5 дней», «во II квартале 2027 года».

A proposal for a person, who confirms which of them the reply promises. Nothing is guessed: a span counted in working
days or hours has no `due_on` here, because only the calendar of the place can give one. Pure.
"""

import calendar
import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_MONTHS = (
    "январ", "феврал", "март", "апрел", "ма", "июн", "июл", "август", "сентябр", "октябр", "ноябр", "декабр",
)  # fmt: skip
_MONTH = r"(?P<month>январ|феврал|март|апрел|ма(?=[йея]\b)|июн|июл|август|сентябр|октябр|ноябр|декабр)[а-я]*"
_YEAR = r"(?:\s+(?P<year>20\d\d)(?:\s*(?:года|году|год|г\.))?)?"
_QUARTERS = {"I": 1, "1": 1, "II": 2, "2": 2, "III": 3, "3": 3, "IV": 4, "4": 4}
_NEAR = {"сегодня": 0, "завтра": 1, "послезавтра": 2}


@dataclass(frozen=True, slots=True)
class SpokenDate:
    """What is said, where in the text, and the last day it allows; None where only a person can tell the day."""

    words: str
    start: int
    end: int
    due_on: dt.date | None


def spoken_dates(text: str, written_on: dt.date) -> tuple[SpokenDate, ...]:
    """The dates from `written_on` on that the text names, in the order of the text; past ones are no promises."""
    found: list[SpokenDate] = []
    for pattern, resolve in _PATTERNS:
        for match in pattern.finditer(text):
            if any(match.start() < other.end and other.start < match.end() for other in found):
                continue
            found += _resolved(match, resolve, written_on)
    return tuple(sorted(found, key=lambda spoken: spoken.start))


Resolve = Callable[[re.Match[str], dt.date], dt.date | None]


def _resolved(match: re.Match[str], resolve: Resolve, written_on: dt.date) -> Iterator[SpokenDate]:
    try:
        due_on = resolve(match, written_on)
    except ValueError:  # «31 ноября», «45.13.2026»
        return
    if due_on is None or due_on >= written_on:
        yield SpokenDate(match.group(), match.start(), match.end(), due_on)


def _by_numbers(match: re.Match[str], written_on: dt.date) -> dt.date:
    year = match["year"]
    full = None if year is None else int(year) + (2000 if len(year) == 2 else 0)
    return _dated(int(match["day"]), int(match["month"]), full, written_on)


def _by_words(match: re.Match[str], written_on: dt.date) -> dt.date:
    year = int(match["year"]) if match["year"] else None
    return _dated(int(match["day"]), _month(match), year, written_on)


def _dated(day: int, month: int, year: int | None, written_on: dt.date) -> dt.date:
    """Without a year the next such day: «до 15 января» written in December is next year's."""
    if year is not None:
        return dt.date(year, month, day)
    this_year = dt.date(written_on.year, month, day)
    long_past = written_on - this_year > dt.timedelta(days=183)
    return dt.date(written_on.year + 1, month, day) if long_past else this_year


def _month(match: re.Match[str]) -> int:
    return _MONTHS.index(match["month"].lower()) + 1


def _whole_month(match: re.Match[str], written_on: dt.date) -> dt.date:
    month = _month(match)
    year = int(match["year"]) if match["year"] else written_on.year + (month < written_on.month)
    return _last_day(year, month)


def _quarter(match: re.Match[str], written_on: dt.date) -> dt.date:
    quarter = _QUARTERS[match["quarter"].upper()]
    year = int(match["year"]) if match["year"] else written_on.year + (quarter * 3 < written_on.month)
    return _last_day(year, quarter * 3)


def _until_end(match: re.Match[str], written_on: dt.date) -> dt.date:
    what = match["what"].lower()
    if what.startswith("недел"):
        return written_on + dt.timedelta(days=6 - written_on.weekday())
    if what.startswith("месяц"):
        return _last_day(written_on.year, written_on.month)
    if what.startswith("квартал"):
        return _last_day(written_on.year, (written_on.month + 2) // 3 * 3)
    return dt.date(written_on.year, 12, 31)


def _within(match: re.Match[str], written_on: dt.date) -> dt.date | None:
    unit, count = match["unit"].lower(), int(match["count"] or 1)
    if match["kind"] or unit.startswith("час"):
        return None
    if unit.startswith("месяц"):
        months = written_on.month - 1 + count
        year, month = written_on.year + months // 12, months % 12 + 1
        return dt.date(year, month, min(written_on.day, calendar.monthrange(year, month)[1]))
    return written_on + dt.timedelta(days=count * (7 if unit.startswith("недел") else 1))


def _near(match: re.Match[str], written_on: dt.date) -> dt.date:
    return written_on + dt.timedelta(days=_NEAR[match.group().lower()])


def _last_day(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


_PATTERNS: tuple[tuple[re.Pattern[str], Resolve], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), resolve)
    for pattern, resolve in (
        (r"\b(?P<day>\d{1,2})\.(?P<month>\d{2})(?:\.(?P<year>20\d\d|\d\d))?(?![\d.]\d)\b", _by_numbers),
        (rf"\b(?P<day>\d{{1,2}})\s+{_MONTH}{_YEAR}", _by_words),
        (r"\b(?:в|во|до конца)\s+(?P<quarter>IV|III|II|I|[1-4])(?:-?[а-я]{1,2})?\s+квартал\w*" + _YEAR, _quarter),
        (r"\bдо конца\s+(?:этой|этого|текущей|текущего)?\s*(?P<what>недели|месяца|квартала|года)\b", _until_end),
        (rf"\b(?:в|во|до конца)\s+{_MONTH}{_YEAR}", _whole_month),
        (
            r"\bв течение\s+(?:(?P<count>\d{1,3})(?:-?[а-я]{1,2})?\s+)?(?P<kind>рабоч\w+\s+)?(?:календарн\w+\s+)?"
            r"(?P<unit>час\w*|дн\w+|день|дня|сут\w+|недел\w+|месяц\w*)",
            _within,
        ),
        (r"\b(?:послезавтра|завтра|сегодня)\b", _near),
    )
)
