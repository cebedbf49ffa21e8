"""A second, naive reading of a schedule: a flag for every minute of four years, and answers by stepping over them.

It shares nothing with ``otklik.worktime``: hours come from the documents and the calendar files as they are written,
the clock on the wall from ``zoneinfo``, minute by minute; the rules are spelt out again.
"""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from otklik import calendars

FIRST_YEAR, LAST_YEAR = 2019, 2022
BEGIN = int(datetime(FIRST_YEAR, 1, 1, tzinfo=UTC).timestamp())
END = int(datetime(LAST_YEAR + 1, 1, 1, tzinfo=UTC).timestamp())
MINUTES = (END - BEGIN) // 60
NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Scan:
    """``open[m]`` is 1 where minute ``m`` after the start of 2019 (UTC) is working time."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document
        self.days = listed_days(document["calendar"])
        self.open = b"".join(self._quarters())

    def _quarters(self) -> list[bytes]:
        """The clock on the wall is asked every quarter of an hour; none here changes in between."""
        zone = ZoneInfo(self.document["zone"])
        flags: dict[date, bytes] = {}
        pieces = []
        for at in range(BEGIN, END, 900):
            wall = datetime.fromtimestamp(at, zone)
            day = wall.date()
            if day not in flags:
                flags[day] = self.minutes_of(day)
            first = wall.hour * 60 + wall.minute
            pieces.append(flags[day][first : first + 15])
        return pieces

    def minutes_of(self, day: date) -> bytes:
        """A flag for each minute on the wall of a date."""
        flags = bytearray(1440)
        for opens, closes in spans(self.hours_of(day)):
            flags[opens:closes] = b"\1" * (closes - opens)
        written_out = day.isoformat() in self.document.get("dates", {})
        if not written_out and self.is_short(day) and sum(flags) < 1440:
            for _ in range(60):
                last = flags.rfind(1)
                if last >= 0:
                    flags[last] = 0
        for from_, to in spans(self.document.get("breaks", {}).get(day.isoformat(), [])):
            flags[from_:to] = b"\0" * (to - from_)
        return bytes(flags)

    def hours_of(self, day: date) -> list[str]:
        """The spans of a date before the short hour and breaks."""
        week: dict[str, list[str]] = self.document["week"]
        if day.isoformat() in self.document.get("dates", {}):
            return list(self.document["dates"][day.isoformat()])
        if f"{day:%m-%d}" in self.document.get("annual_closed", []):
            return []
        kind = self.days.get(day, {}).get("kind")
        if kind in ("holiday", "transferred_off", "nonworking_decree", "regional"):
            return []
        if kind == "work_weekend":
            target = next(on for on, other in self.days.items() if other.get("moved_from") == day)
            return week.get(NAMES[target.weekday()], [])
        return week.get(NAMES[day.weekday()], [])

    def is_short(self, day: date) -> bool:
        listed = self.days.get(day, {})
        return listed.get("kind") == "short" or bool(listed.get("short"))

    def is_working(self, second: int) -> bool:
        return bool(self.open[(second - BEGIN) // 60])

    def add(self, start: int, amount: int) -> int:
        """Step minute by minute until the amount (seconds) is used up; UTC seconds in and out."""
        at, left = start, amount
        while left > 0:
            step = min(60 - at % 60, left) if self.is_working(at) else 60 - at % 60
            left -= step if self.is_working(at) else 0
            at += step
        return at

    def subtract(self, end: int, amount: int) -> int:
        """Step back until the amount is used up."""
        at, left = end, amount
        while left > 0:
            back = (at - 1) % 60 + 1
            if self.is_working(at - 1):
                back = min(back, left)
                left -= back
            at -= back
        return at

    def between(self, start: int, end: int) -> int:
        at, total = start, 0
        while at < end:
            step = min(60 - at % 60, end - at)
            total += step if self.is_working(at) else 0
            at += step
        return total


def spans(texts: list[str]) -> list[tuple[int, int]]:
    """``09:00-13:00`` as minutes of the day."""
    found = []
    for text in texts:
        (from_hour, from_minute), (to_hour, to_minute) = (part.split(":") for part in text.split("-"))
        found.append((int(from_hour) * 60 + int(from_minute), int(to_hour) * 60 + int(to_minute)))
    return found


def listed_days(calendar: str) -> dict[date, dict[str, Any]]:
    """What the calendar files say, read as they are."""
    folder = Path(calendars.PACKAGED) / "ru"
    days: dict[date, dict[str, Any]] = {}
    if calendar == "none":
        return days
    for year in range(FIRST_YEAR - 1, LAST_YEAR + 2):
        if (folder / f"{year}.yaml").exists():
            days |= yaml.safe_load((folder / f"{year}.yaml").read_text(encoding="utf-8"))["days"]
    if "-" in calendar:
        region = yaml.safe_load((folder / "regions" / f"{calendar[3:]}.yaml").read_text(encoding="utf-8"))
        days |= {day: {"kind": "regional"} for day in region["days"]}
    return days


def runs(flags: bytes) -> list[tuple[int, int]]:
    """Stretches of working minutes as UTC seconds, from opening to closing."""
    found, at = [], flags.find(1)
    while at >= 0:
        until = flags.find(0, at)
        until = len(flags) if until < 0 else until
        found.append((BEGIN + at * 60, BEGIN + until * 60))
        at = flags.find(1, until)
    return found
