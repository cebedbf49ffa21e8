"""Days and times as tables write them: words, numbers of a sheet, seconds since 1970. Pure."""

import datetime as dt
import re
from enum import StrEnum


class DateOrder(StrEnum):
    """In which order a date is written. `AUTO`: day first, or a year of four digits first."""

    AUTO = "auto"
    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"
    YEAR_FIRST = "ymd"


_MONTHS = ("янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
_DATE = re.compile(r"(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})(?:[T\s,]+(?:в\s+)?(.+))?")
_WORDED = re.compile(r"(\d{1,2})\s+([а-я]{3,8})\.?\s+(\d{4})(?:\s*г\.?)?(?:[\s,]+(?:в\s+)?(.+))?", re.IGNORECASE)
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?")
_SERIAL = re.compile(r"\d{5}(?:[.,]\d+)?")
_UNIX = re.compile(r"\d{9,10}|\d{12,13}")
SHEET_START = dt.datetime(1899, 12, 30)  # noqa: DTZ001  # wall time of the sheet
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def parse(said: str, order: DateOrder = DateOrder.AUTO, time: str = "") -> dt.datetime | None:
    """The instant (aware), or the wall time (naive) where no offset is said; None: not understood.

    `time`: the time of day where it stands apart.

    >>> parse("30.04.2026 07:00"), parse("46142.291666666664")
    (datetime.datetime(2026, 4, 30, 7, 0), datetime.datetime(2026, 4, 30, 7, 0))
    >>> parse("04/30/2026", DateOrder.MONTH_FIRST, "7:00")
    datetime.datetime(2026, 4, 30, 7, 0)
    """
    if time and not _TIME.search(said):
        said = f"{said} {time}"
    try:
        return _of_words(said, order) or _of_number(said)
    except (ValueError, OverflowError):
        return None


def _of_words(said: str, order: DateOrder) -> dt.datetime | None:
    found = _DATE.fullmatch(said)
    if found is not None:
        on, of_day = _day(found[1], found[2], found[3], order), found[4]
    else:
        found = _WORDED.fullmatch(said)
        if found is None:
            return None
        month = _month(found[2].lower())
        on, of_day = (dt.date(int(found[3]), month, int(found[1])) if month else None), found[4]
    if on is None:
        return None
    if not of_day:
        return dt.datetime.combine(on, dt.time())
    at = _TIME.fullmatch(of_day)
    if at is None:  # an offset, as ISO 8601 has it
        return dt.datetime.fromisoformat(f"{on.isoformat()}T{''.join(of_day.split())}")
    return dt.datetime.combine(on, dt.time(int(at[1]), int(at[2]), int(at[3] or 0)))


def _day(first: str, second: str, third: str, order: DateOrder) -> dt.date | None:
    if order is DateOrder.AUTO:
        order = DateOrder.YEAR_FIRST if len(first) == 4 else DateOrder.DAY_FIRST
    if order is DateOrder.YEAR_FIRST:
        year, month, day = first, second, third
    elif order is DateOrder.MONTH_FIRST:
        month, day, year = first, second, third
    else:
        day, month, year = first, second, third
    if len(year) not in {2, 4} or len(day) > 2 or len(month) > 2:
        return None
    return dt.date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))


def _month(word: str) -> int:
    """The number of a month in Russian; 0 for another word."""
    for number, beginning in enumerate(_MONTHS, 1):
        if word.startswith(beginning) and (beginning != "ма" or word in {"май", "мая"}):
            return number
    return 0


def _of_number(said: str) -> dt.datetime | None:
    if _SERIAL.fullmatch(said):
        days = float(said.replace(",", "."))
        return SHEET_START + dt.timedelta(seconds=round(days * 86_400))
    if _UNIX.fullmatch(said):
        return EPOCH + dt.timedelta(seconds=int(said) // (1000 if len(said) > 11 else 1))
    return None
