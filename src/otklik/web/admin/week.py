"""The week as a form: a row a day with opening, closing, lunch, and further hours for those who need them."""

from collections.abc import Mapping
from typing import Any

from otklik.web.admin.asked import Asked
from otklik.web.admin.view import WeekDay
from otklik.worktime.spans import format_minute, format_span, overlapping, parse_span

DAYS = {
    "mon": "Понедельник",
    "tue": "Вторник",
    "wed": "Среда",
    "thu": "Четверг",
    "fri": "Пятница",
    "sat": "Суббота",
    "sun": "Воскресенье",
}
PARTS = ("from", "to", "lunch_from", "lunch_to", "more")
MIDNIGHT = 24 * 60
UNREADABLE = "Часы не разобраны. Пример: 09:00-13:00, 14:00-18:00."


def week_of(document: Mapping[str, Any]) -> tuple[WeekDay, ...]:
    """The rows as a schedule document has them."""
    week = document.get("week", {})
    return tuple(_day(key, title, list(week.get(key, ()))) for key, title in DAYS.items())


def _day(key: str, title: str, written: list[str]) -> WeekDay:
    spans = sorted(parse_span(text) for text in written)
    if not spans:
        return WeekDay(key=key, title=title)
    first, last, rest = spans[0], spans[0], spans[1:]
    if rest and rest[0][1] < MIDNIGHT:
        last, rest = rest[0], rest[1:]
    if last[1] == MIDNIGHT:  # a browser's clock has no 24:00
        return WeekDay(key=key, title=title, more=", ".join(map(format_span, spans)))
    has_lunch = last != first
    return WeekDay(
        key=key,
        title=title,
        opens=format_minute(first[0]),
        closes=format_minute(last[1]),
        lunch_from=format_minute(first[1]) if has_lunch else "",
        lunch_to=format_minute(last[0]) if has_lunch else "",
        more=", ".join(map(format_span, rest)),
    )


def as_sent(asked: Asked) -> tuple[WeekDay, ...]:
    """The rows as they were filled in, each with what is wrong with it."""
    return tuple(
        WeekDay(
            key=key,
            title=title,
            opens=_given(asked, key, "from"),
            closes=_given(asked, key, "to"),
            lunch_from=_given(asked, key, "lunch_from"),
            lunch_to=_given(asked, key, "lunch_to"),
            more=_given(asked, key, "more"),
            error=" ".join(asked.errors.get(key, ())),
        )
        for key, title in DAYS.items()
    )


def read_week(asked: Asked) -> dict[str, list[str]]:
    """The `week` of a schedule document; what cannot be is in `asked.errors` by the day's key."""
    return {key: _spans(asked, key) for key in DAYS}


def hours(asked: Asked, name: str, text: str) -> list[str]:
    """«09:00-13:00, 14:00-18:00» as spans; a mistake is said at field `name`."""
    found = []
    for part in filter(None, (one.strip() for one in text.replace(";", ",").split(","))):
        try:
            found.append(parse_span(part))
        except ValueError as error:
            late = str(error) == "order"
            asked.wrong(name, f"«{part}»: конец не позже начала." if late else UNREADABLE)
    crossed = overlapping(found)
    if crossed:
        asked.wrong(name, f"Часы {format_span(crossed[0])} и {format_span(crossed[1])} пересекаются.")
    return [format_span(span) for span in sorted(found)]


def _spans(asked: Asked, key: str) -> list[str]:
    opens, closes, lunch_from, lunch_to, more = (_given(asked, key, part) for part in PARTS)
    if bool(opens) != bool(closes):
        asked.wrong(key, "Укажите и начало, и конец работы, или оставьте оба поля пустыми: выходной.")
        return []
    if bool(lunch_from) != bool(lunch_to):
        asked.wrong(key, "Укажите и начало, и конец перерыва, или оставьте оба поля пустыми.")
        return []
    written = more
    if opens and lunch_from:
        written = f"{opens}-{lunch_from}, {lunch_to}-{closes}, {more}"
    elif opens:
        written = f"{opens}-{closes}, {more}"
    elif lunch_from:
        asked.wrong(key, "Перерыв есть, а часов работы нет.")
    return hours(asked, key, written)


def _given(asked: Asked, key: str, part: str) -> str:
    return asked.answers.get(f"{key}_{part}", "").strip()[:60]
