"""What the tests of working time share: schedules by a few words, times as they are written in an act."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from otklik.worktime import Schedule

WORKDAYS = ("mon", "tue", "wed", "thu", "fri")
MOSCOW = ZoneInfo("Europe/Moscow")
HALF_HOUR = timedelta(minutes=30)
HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)


def office(*spans: str, days: tuple[str, ...] = WORKDAYS, **document: Any) -> Schedule:
    """Monday to Friday by these spans (9 to 18 if none), in Moscow by the federal calendar unless said otherwise."""
    week = {day: list(spans or ("09:00-18:00",)) for day in days}
    return Schedule.from_document({"zone": "Europe/Moscow", "calendar": "RU", "week": week, **document})


def at(text: str, zone: ZoneInfo = MOSCOW) -> datetime:
    """``2025-10-31 17:30`` on the wall of the place."""
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def clock(moment: datetime) -> str:
    """A result as it is written in the tables: ``2025-10-31 18:00``, with seconds only where there are any."""
    text = moment.replace(tzinfo=None).isoformat(sep=" ")
    return text[:16] if text.endswith(":00") and len(text) == 19 else text


def hours(number: float) -> timedelta:
    return timedelta(hours=number)


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)
