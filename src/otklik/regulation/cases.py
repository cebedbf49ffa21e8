"""Cases of an act: events of one incident and the deadlines expected of them, for a lawyer to read and to write.

They lie in `cases/*.yaml` of the act's folder; `otklik act test` runs them (`otklik.process.cases`). Times are wall
time of the place, «2026-11-27 16:40», unless they carry an offset.
"""

from pathlib import Path as FilePath
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from otklik.regulation.context import Found
from otklik.regulation.model.source import ClauseNumber, Strict, Words
from otklik.regulation.model.steps import MomentKind
from otklik.regulation.problems import ActProblems, Problem
from otklik.regulation.structure import validate
from otklik.regulation.yamldoc import read, typed

FOLDER = "cases"

Time = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})?$")]


class CaseEvent(Strict):
    """A moment. In a file it is written `detected: 2026-11-27 16:40`, with the other keys beside it."""

    moment: MomentKind
    at: Time
    part: int | None = None
    body: str | None = None
    importance: str | None = None
    reply: Literal["final", "interim", "clarification"] | None = None

    @model_validator(mode="before")
    @classmethod
    def _moment_is_the_key(cls, event: Any) -> Any:
        """`{detected: T}` becomes `{moment: detected, at: T}`; anything else is refused by the fields."""
        if not isinstance(event, dict) or "moment" in event:
            return event
        named = [key for key in event if key in set(MomentKind)]
        if len(named) != 1:
            return event
        rest = {key: value for key, value in event.items() if key != named[0]}
        return {"moment": named[0], "at": event[named[0]], **rest}


class CaseTermSet(Strict):
    """A term that a person set on the incident, where the act allows it."""

    step: Words
    at: Time
    by: Words = "curator"
    due: Time | None = None
    working_hours: float | None = Field(default=None, gt=0)
    part: int | None = None


class Expected(Strict):
    """What one row must be. Only what is written is compared.

    Without `count` it is the current count of the step (of the `part`, where named), with it the count of that number.
    `absent`: the step has no row at all.
    """

    step: Words
    part: int | None = None
    count: int | None = Field(default=None, ge=1)
    absent: bool = False
    clause: ClauseNumber | None = None
    state: Literal["waiting", "running", "paused", "met", "met_late", "late", "dropped"] | None = None
    starts: Time | None = None
    due: Time | None = None
    warn: Time | None = None
    aim: Time | None = None
    ended: Time | None = None
    who: str | None = None
    no_time_left: bool | None = None
    provisional: bool | None = None
    recommended: bool | None = None


class Case(Strict):
    """Events, the moment at which they are looked at, and what must come of them."""

    name: Words
    why: Words
    edition: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")] | None = None
    """The day whose edition of the act is meant; left out: the latest."""
    schedule: dict[str, Any] | None = None
    """Keys of a schedule document that take the place of those of the act's place (docs/worktime.md)."""
    kind: str | None = None
    importance: str | None = None
    repeat: bool = False
    events: tuple[CaseEvent, ...] = Field(min_length=1)
    terms_set: tuple[CaseTermSet, ...] = ()
    closed: Time | None = None
    now: Time
    expect: tuple[Expected, ...] = Field(min_length=1)


class CaseFile(Strict):
    cases: tuple[Case, ...] = Field(min_length=1)


def read_cases(folder: FilePath) -> list[tuple[Case, str]]:
    """Every case of an act's folder with the place where it stands: `cases/reply.yaml:12`.

    Raises ActProblems with everything that is wrong with the files.
    """
    cases: list[tuple[Case, str]] = []
    problems: list[Problem] = []
    for path in sorted((folder / FOLDER).glob("*.yaml")):
        name = f"{FOLDER}/{path.name}"
        document = read(path.read_bytes(), name)
        found = Found(name, _schedules_typed(document.data), document.marks, list(document.problems))
        file = validate(CaseFile, found)
        problems += found.problems
        for number, case in enumerate(file.cases if file else ()):
            cases.append((case, f"{name}:{found.mark(('cases', number)).line}"))
    if problems:
        raise ActProblems(problems)
    return cases


def _schedules_typed(data: Any) -> dict[str, Any]:
    """Schedules have no model here: their words become numbers and days as in any YAML."""
    if not isinstance(data, dict):
        return {}
    cases = data.get("cases")
    for case in cases if isinstance(cases, list) else ():
        if isinstance(case, dict) and "schedule" in case:
            case["schedule"] = typed(case["schedule"])
    return data
