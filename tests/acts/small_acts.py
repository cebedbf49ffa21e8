"""The invented acts of this folder, and an act with one key taken back to what it would be if nobody obeyed it."""

from functools import cache
from pathlib import Path
from typing import Any

from otklik.process.cases import Outcome, run_case, run_cases
from otklik.process.schedules import ScheduleSet
from otklik.regulation.cases import read_cases
from otklik.regulation.editions import editions
from otklik.regulation.model import Act
from otklik.worktime import Schedule
from tests.process.decide.desk import Desk

HERE = Path(__file__).resolve().parent
NAMES = sorted(folder.parent.name for folder in HERE.glob("*/act.yaml"))


@cache
def act(name: str) -> Act:
    """The act in force last."""
    return editions(HERE / name)[-1].act


def outcomes(name: str) -> list[Outcome]:
    return run_cases(HERE / name)


def failing_without(name: str, path: str, value: Any) -> list[str]:
    """The cases that fail once the key at `path` («steps.reply.term.counted») has `value`; None takes it away."""
    changed = ignoring(act(name), path, value)
    return [case.name for case, _ in read_cases(HERE / name) if not run_case(changed, case).passed]


def ignoring(whole: Act, path: str, value: Any) -> Act:
    """The act with one key changed in every entry that the path names: `steps.reply` is every step of that name."""
    data = whole.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    *parts, key = path.split(".")
    for entry in _entries([data], parts):
        if value is None:
            entry.pop(key, None)
        else:
            entry[key] = value
    return Act.model_validate(data)


def _entries(found: list[Any], parts: list[str]) -> list[Any]:
    for part in parts:
        found = [
            inner
            for entry in found
            for inner in (
                [item for item in entry if part in item.values()] if isinstance(entry, list) else [entry[part]]
            )
        ]
    return [item for entry in found for item in (entry if isinstance(entry, list) else [entry])]


def desk(whole: Act, curator: Schedule | None = None) -> Desk:
    """A desk under this act; its hours are those of the act's place."""
    return Desk(whole, ScheduleSet(Schedule.from_document(whole.place.schedule), curator=curator))
