"""Whether the hours assumed for an act's place can be counted with."""

import re

from otklik.regulation.context import Found
from otklik.regulation.problems import Code, Path
from otklik.worktime import Schedule, ScheduleError, describe

_STEPS = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


def find(found: Found) -> None:
    """Adds to `found` what `otklik.worktime` says against the schedule document of the place."""
    place = found.at(("place",))
    if not isinstance(place, dict) or not isinstance(place.get("schedule"), dict):
        return
    document = {"zone": place.get("zone"), "calendar": place.get("calendar", "RU"), **place["schedule"]}
    try:
        Schedule.from_document(document)
    except ScheduleError as error:
        for problem in error.problems:
            if problem.where != "zone":  # the zone belongs to the place: `references` looks at it
                said = (describe(problem, "ru"), describe(problem, "en"))
                found.add(Code.BAD_SCHEDULE, ("place", "schedule", *_path(problem.where)), said=said)


def _path(where: str) -> Path:
    """`week.mon[0]` as a path."""
    return tuple(int(number) if number else word for word, number in _STEPS.findall(where))
