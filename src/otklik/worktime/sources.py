"""Where calendar data comes from: folders of files, a later folder over an earlier one.

The only module here that touches files; everything else works on what it returned.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, TypeVar

from otklik import calendars
from otklik.worktime.calendar import Calendar, Layer, YearCalendar
from otklik.worktime.documents import read_document
from otklik.worktime.errors import ScheduleError
from otklik.worktime.yearfile import parse_region, parse_year

NO_CALENDAR = Calendar("none")

T = TypeVar("T")


@dataclass(frozen=True)
class Regions:
    """Names of regions by code, and other codes in use for some of them. Both without ``RU-``."""

    names: Mapping[str, str]
    aliases: Mapping[str, str]


class CalendarSource:
    """Calendars by code from folders laid out as ``ru/<year>.yaml`` and ``ru/regions/<code>.yaml``.

    Reads each file once; a new object sees files that appeared since (``default_source`` makes one when they did).
    """

    def __init__(self, folders: Sequence[str | Path] = (calendars.PACKAGED,)) -> None:
        self._folders = tuple(Path(folder) for folder in folders)
        self._regional: dict[str, Layer] = {}

    def calendar(self, code: str) -> Calendar:
        """The calendar of a code: ``none``, ``RU`` (federal), ``RU-KO`` (federal and the region's own days).

        Raises ScheduleError: ``unknown_calendar``, or what is wrong with a file.
        """
        if code == "none":
            return NO_CALENDAR
        if code == "RU":
            return Calendar(code, self.federal())
        if not code.startswith("RU-"):
            raise ScheduleError("unknown_calendar", calendar=code)
        return Calendar(code, self.federal(), (self.region(code),))

    def federal(self) -> Mapping[int, YearCalendar]:
        """Every year that has a file."""
        return self._years

    def region(self, code: str) -> Layer:
        """The layer of ``RU-KO``; empty where no days of its own are known. Raises ``unknown_calendar``."""
        short = self.regions.aliases.get(code[3:], code[3:])
        if short not in self.regions.names:
            raise ScheduleError("unknown_calendar", calendar=code)
        if short not in self._regional:
            self._regional[short] = self._read_region(short)
        return self._regional[short]

    @cached_property
    def regions(self) -> Regions:
        """The regions a code may name."""
        found = read_document(calendars.PACKAGED / "ru" / "regions.yaml").data
        return Regions(found["names"], found["aliases"])

    @cached_property
    def _years(self) -> Mapping[int, YearCalendar]:
        files = {path.name: path for folder in self._folders for path in (folder / "ru").glob("[0-9]*.yaml")}
        years = [read_year(path) for _, path in sorted(files.items())]
        return {year.year: year for year in years}

    def _read_region(self, short: str) -> Layer:
        for folder in reversed(self._folders):
            path = folder / "ru" / "regions" / f"{short}.yaml"
            if path.exists():
                return _parsed(path, parse_region)
        return Layer(f"RU-{short}", {}, self.regions.names[short])


def read_year(path: str | Path) -> YearCalendar:
    """A year file. Raises ScheduleError with every problem, each with its line."""
    return _parsed(Path(path), parse_year)


def default_source() -> CalendarSource:
    """The packaged calendars under those imported into this installation. Made anew when a file there changes, so a
    long-lived process sees an import; schedules already made keep the calendar they were made with."""
    folders = calendars.folders()
    return _source(folders, _signature(folders[1:]))


@lru_cache(maxsize=4)
def _source(folders: tuple[Path, ...], _state: tuple[tuple[str, int, int], ...]) -> CalendarSource:
    return CalendarSource(folders)


def _signature(folders: Sequence[Path]) -> tuple[tuple[str, int, int], ...]:
    files = [path for folder in folders for path in sorted(folder.glob("ru/**/*.yaml"))]
    states = [(path, path.stat()) for path in files]
    return tuple((str(path), state.st_mtime_ns, state.st_size) for path, state in states)


def _parsed(path: Path, parse: Callable[[Any], T]) -> T:
    document = read_document(path)
    with document.locating():
        return parse(document.data)
