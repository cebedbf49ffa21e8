"""The editions of an act: the act as adopted, and what each amendment made of it, from its day on.

`amendments/*.yaml` in the folder of the act name the document, the day, and the clauses and rules that they replace,
add or remove. Each edition goes through all checks of an act of its own: a rule left standing on words that an
amendment took away is a problem. An incident keeps the edition (`LoadedAct.hash`) under which it was detected.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path as FilePath

from otklik.regulation.amending import amend
from otklik.regulation.context import Found
from otklik.regulation.model.amendment import Amendment
from otklik.regulation.parse import SHIPPED, LoadedAct, find_source, finish, folder_of, read_file, read_found
from otklik.regulation.problems import ActProblems, Code, Mark, Problem
from otklik.regulation.structure import validate

FOLDER = "amendments"


@dataclass(frozen=True)
class ReadAmendment:
    """An amendment as read, with its raw data and lines."""

    amendment: Amendment
    found: Found


class NotInForceError(LookupError):
    """The act is not in force on that day. `since`: from when it is."""

    def __init__(self, act: str, day: dt.date, since: dt.date) -> None:
        super().__init__(f"{act} is in force since {since}, not on {day}")
        self.act, self.day, self.since = act, day, since


def editions(source: str | FilePath) -> list[LoadedAct]:
    """All editions in the order of their days, the act as adopted first. Raises ActProblems with those of all."""
    path = find_source(source)
    return list(_shipped(path.name)) if path.parent == SHIPPED else _read(path)


def edition_in_force(source: str | FilePath, day: dt.date) -> LoadedAct:
    """The edition in force on `day` (a date at the act's place).

    Raises ActProblems, or NotInForceError for a day before an act that names its first day.
    """
    found = editions(source)
    chosen = [edition for edition in found if edition.since is None or edition.since <= day]
    if not chosen:
        since = found[0].since
        assert since is not None  # noqa: S101 (an undated first edition is always chosen)
        raise NotInForceError(found[0].act.act, day, since)
    return chosen[-1]


def resolve(named: str) -> LoadedAct:
    """`ukhta-2021-960`, a path, or either with a day: `ukhta-2021-960@2022-01-01`; without a day the latest edition.

    Raises ActProblems, also for a day that is none and for an act not in force on it.
    """
    source, at, day = named.rpartition("@")
    if not at or FilePath(named).exists():
        return editions(named)[-1]
    try:
        return edition_in_force(source, dt.date.fromisoformat(day))
    except NotInForceError as error:
        found = {"day": error.day, "since": error.since}
        raise ActProblems([Problem(Code.NO_SUCH_EDITION, Mark(source, 0), facts=found)]) from None
    except ValueError:
        raise ActProblems([Problem(Code.NOT_A_DAY, Mark(named, 0), facts={"value": day, "key": "@"})]) from None


@cache
def _shipped(act: str) -> tuple[LoadedAct, ...]:
    return tuple(_read(SHIPPED / act))


def _read(path: FilePath) -> list[LoadedAct]:
    folder = folder_of(path)
    problems: list[Problem] = []
    base = read_found(path)
    made: list[LoadedAct] = []
    try:
        made.append(finish(base, folder=folder))
    except ActProblems as error:
        problems += error.problems
    known = {(problem.code, problem.mark) for problem in problems}
    names: list[str] = []
    current = base
    for one in _in_order(folder, problems):
        names.append(one.amendment.amendment)
        current = amend(current, one.amendment, one.found)
        try:
            since = one.amendment.document.in_force_since
            made.append(finish(current, folder=folder, since=since, amendments=tuple(names)))
        except ActProblems as error:
            new = [problem for problem in error.problems if (problem.code, problem.mark) not in known]
            known |= {(problem.code, problem.mark) for problem in new}
            problems += [replace(problem, facts={**problem.facts, "edition": names[-1]}) for problem in new]
    if problems:
        raise ActProblems(problems)
    return made


def _in_order(folder: FilePath, problems: list[Problem]) -> list[ReadAmendment]:
    """The amendments that could be read, by the day from which they hold; one day: by the name of the file."""
    read = list(_amendments(folder, problems))
    return sorted(read, key=lambda one: (one.amendment.document.in_force_since, one.found.name))


def _amendments(folder: FilePath, problems: list[Problem]) -> Iterator[ReadAmendment]:
    for path in sorted((folder / FOLDER).glob("*.yaml")):
        name = f"{FOLDER}/{path.name}"
        document = read_file(path, name)
        found = Found(name, document.data if isinstance(document.data, dict) else {}, document.marks)
        found.problems += document.problems
        if document.data is not None and not isinstance(document.data, dict):
            found.add(Code.NOT_A_MAPPING, ())
        amendment = validate(Amendment, found) if document.data is not None else None
        if amendment is not None and amendment.amendment != path.stem:
            found.add(Code.FOLDER_NAME, ("amendment",), act=amendment.amendment, folder=path.stem)
        if found.problems:
            problems += found.problems
        elif amendment is not None:
            yield ReadAmendment(amendment, found)
