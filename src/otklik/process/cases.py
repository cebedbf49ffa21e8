"""Runs the cases of an act: `otklik act test`, and the tests of the five acts."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from otklik.process.deadline import Deadline
from otklik.process.deadlines import deadlines
from otklik.process.explained import explained
from otklik.process.facts import Facts, Moment, TermSet
from otklik.process.localtime import read_time
from otklik.process.schedules import ScheduleSet
from otklik.regulation.cases import Case, Expected, read_cases
from otklik.regulation.editions import edition_in_force, editions
from otklik.regulation.model import Act
from otklik.regulation.parse import LoadedAct
from otklik.worktime import Schedule


@dataclass(frozen=True, slots=True)
class Difference:
    """One value of one row that is not as expected; `row` is None where there is no such row."""

    expected: Expected
    key: str
    wanted: str
    got: str
    row: Deadline | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one case: no differences, or all of them. `where` is file and line."""

    case: Case
    where: str
    differences: tuple[Difference, ...]
    explanations: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """For each step that differs, why its deadline is what it is."""

    @property
    def passed(self) -> bool:
        return not self.differences


def run_cases(folder: Path) -> list[Outcome]:
    """Every case of the act in this folder. Raises ActProblems where the act or a file of cases is wrong."""
    latest = editions(folder)[-1]
    return [run_case(_edition(case, folder, latest).act, case, where) for case, where in read_cases(folder)]


def run_case(act: Act, case: Case, where: str = "") -> Outcome:
    """One case under one act."""
    schedule = Schedule.from_document(act.place.schedule | (case.schedule or {}))
    schedules, zone = ScheduleSet(schedule), schedule.tzinfo
    found = deadlines(facts_of(act, case, zone), act, schedules, read_time(case.now, zone))
    differences = [one for expected in case.expect for one in _compare(expected, found, zone)]
    rows = {id(one.row): one.row for one in differences if one.row is not None}
    why = tuple((row.step, tuple(explained(row, schedules))) for row in rows.values())
    return Outcome(case, where, tuple(differences), why)


def facts_of(act: Act, case: Case, zone: dt.tzinfo) -> Facts:
    """The incident of a case. Kind and class left out are the first that the act lists."""
    moments = [
        Moment(event.moment, read_time(event.at, zone), event.part, event.body, event.importance, event.reply)
        for event in case.events
    ]
    terms = [
        TermSet(
            step=term.step,
            set_at=read_time(term.at, zone),
            by=term.by,
            due_at=read_time(term.due, zone) if term.due else None,
            working_time=dt.timedelta(hours=term.working_hours) if term.working_hours else None,
            part=term.part,
        )
        for term in case.terms_set
    ]
    return Facts(
        kind=case.kind or act.policies.message_kinds[0].kind,
        importance=case.importance or act.policies.importance[0].importance,
        moments=tuple(sorted(moments, key=lambda moment: moment.at)),
        repeat=case.repeat,
        terms_set=tuple(terms),
        closed_at=read_time(case.closed, zone) if case.closed else None,
    )


def _edition(case: Case, folder: Path, latest: LoadedAct) -> LoadedAct:
    return edition_in_force(folder, dt.date.fromisoformat(case.edition)) if case.edition else latest


def _compare(expected: Expected, found: list[Deadline], zone: dt.tzinfo) -> Iterator[Difference]:
    rows = [row for row in found if row.step == expected.step and expected.part in (None, row.part)]
    if expected.count is not None:
        rows = [row for row in rows if row.count == expected.count]
    if expected.absent:
        if rows:
            yield Difference(expected, "absent", "нет строки", rows[-1].state.value, rows[-1])
        return
    if not rows:
        steps = ", ".join(dict.fromkeys(row.step for row in found))
        yield Difference(expected, "step", expected.step, f"нет строки; есть: {steps}", None)
        return
    for key, wanted, got in _values(expected, rows[-1], zone):
        if wanted != got:
            yield Difference(expected, key, wanted, got, rows[-1])


def _values(expected: Expected, row: Deadline, zone: dt.tzinfo) -> Iterator[tuple[str, str, str]]:
    """What is written in the case beside what was computed, both as words."""
    times = {"starts": row.starts_at, "due": row.due_at, "warn": row.warn_at, "aim": row.aim_at, "ended": row.ended_at}
    for key, at in times.items():
        if key in expected.model_fields_set:
            yield key, _time(getattr(expected, key), zone), _words(at, zone)
    plain = {
        "clause": row.clause,
        "state": row.state.value,
        "who": row.who,
        "no_time_left": bool(row.explanation.facts.get("no_time_left")),
        "provisional": row.provisional,
        "recommended": row.recommended,
    }
    for key, got in plain.items():
        if key in expected.model_fields_set:
            yield key, str(getattr(expected, key)), str(got)


def _time(text: str | None, zone: dt.tzinfo) -> str:
    return _words(None if text is None else read_time(text, zone), zone)


def _words(at: dt.datetime | None, zone: dt.tzinfo) -> str:
    return "—" if at is None else f"{at.astimezone(zone):%Y-%m-%d %H:%M:%S}".removesuffix(":00")
