"""Where an act leaves no time: the paths of every scenario under every reading, and the first that does not fit."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator

from otklik.process.checker import readings
from otklik.process.checker.finding import Finding, Severity
from otklik.process.checker.path import Path, Scenario, walk_path
from otklik.process.checker.readings import on_the_way
from otklik.process.schedules import round_the_clock
from otklik.regulation.model import Act, StepKind
from otklik.regulation.model.terms import Counted, Unit
from otklik.regulation.parse import LoadedAct
from otklik.worktime import Schedule, next_working_day, opening

REWORKS = (0, 1, 2)
BODIES = (1, 2, 3, 4)

_ZERO = dt.timedelta()
_HOUR = dt.timedelta(hours=1)
_ORDINARY = dt.date(2026, 11, 22)
"""The Sunday before a week without holidays and short days."""


def paths_of(act: Act) -> list[Path]:
    """The paths of every kind and class with a reply term of its own, under every reading, the act's own first."""
    found: list[Path] = []
    for kind, importance in _messages(act):
        for reading, variant in readings.readings(act, kind, importance):
            for scenario in _scenarios(act, kind, importance, reading):
                path = _tightest(variant, scenario, reading)
                if path is not None:
                    found.append(path)
    return found


def squeezes(loaded: LoadedAct, paths: Iterable[Path]) -> Iterator[Finding]:
    """For each kind, class and reading the first scenario of each sort that leaves no time or less."""
    groups: dict[tuple[str, str, str], list[Path]] = {}
    for path in paths:
        groups.setdefault((path.scenario.kind, path.scenario.importance, path.reading), []).append(path)
    for (_, _, reading), group in groups.items():
        plain = group[0] if _plain(group[0].scenario) else None
        for code, chosen in _SORTS:
            tight = next((path for path in group if chosen(path.scenario) and _is_news(path, plain)), None)
            if tight is not None and not (reading != readings.AS_READ and _as_read_says(tight, plain, paths)):
                yield _finding(loaded, code, tight)


def _is_news(path: Path, plain: Path | None) -> bool:
    """Whether the scenario leaves no time where the plain one leaves some."""
    if plain is None or path is plain:
        return not path.fits
    worse = path.scenario.bodies > 1 and not path.fits and _draft(path) < _draft(plain)
    return bool(path.short_of - plain.short_of) or worse


def _as_read_says(path: Path, plain: Path | None, paths: Iterable[Path]) -> bool:
    """Another reading that leaves no less in the same scenario adds nothing."""
    news = path.short_of if plain is None or plain is path else path.short_of - plain.short_of
    return any(
        other.reading == readings.AS_READ
        and other.scenario == path.scenario
        and news <= other.short_of
        and path.left >= other.left
        and (_draft(path) >= _draft(other) or "draft" not in news)
        for other in paths
    )


def unbounded(loaded: LoadedAct, paths: Iterable[Path]) -> Iterator[Finding]:
    """A reply term within which no step has a term: everything must fit, and nobody knows when to stop (K)."""
    for path in paths:
        asked = path.reading == readings.AS_READ and path.scenario.reworks == 1 and path.scenario.bodies == 1
        if asked and len(path.legs) > 1 and not any(leg.has_term for leg in path.legs):
            yield _finding(loaded, "no_term_on_the_way", path)


def _draft(path: Path) -> dt.timedelta:
    return dt.timedelta.max if path.draft_left is None else path.draft_left


def _plain(scenario: Scenario) -> bool:
    return scenario.reworks == 0 and scenario.bodies == 1 and not scenario.returned


def _with_reworks(scenario: Scenario) -> bool:
    return scenario.reworks > 0 and scenario.bodies == 1 and not scenario.returned


def _with_bodies(scenario: Scenario) -> bool:
    return scenario.reworks == 0 and scenario.bodies > 1 and not scenario.returned


def _with_return(scenario: Scenario) -> bool:
    return scenario.reworks == 0 and scenario.bodies == 1 and scenario.returned


_SORTS: tuple[tuple[str, Callable[[Scenario], bool]], ...] = (
    ("no_time", _plain),
    ("no_time_for_rework", _with_reworks),
    ("no_time_for_bodies", _with_bodies),
    ("no_time_for_return", _with_return),
)


def _finding(loaded: LoadedAct, code: str, path: Path) -> Finding:
    clauses = tuple(dict.fromkeys([path.reply_clause, *(leg.clause for leg in path.legs)]))
    replies = ((number, step) for number, step in enumerate(loaded.act.steps) if step.kind is StepKind.REPLY)
    number = next((number for number, step in replies if step.clause == path.reply_clause), 0)
    facts = {
        "kind": path.scenario.kind,
        "importance": path.scenario.importance,
        "reworks": path.scenario.reworks,
        "bodies": path.scenario.bodies,
        "reading": path.reading,
        "left": path.left,
        "draft_left": path.draft_left,
    }
    return Finding(code, Severity.WARNING, clauses, loaded.mark(("steps", number)), facts, path)


def _messages(act: Act) -> Iterator[tuple[str, str]]:
    """Kinds with each class that changes a step of theirs: two classes with the same steps have one path."""
    for kind in act.policies.message_kinds:
        seen: list[tuple[int, ...]] = []
        for one in act.policies.importance:
            steps = tuple(
                number
                for number, step in enumerate(act.steps)
                if on_the_way(step)
                and (not step.applies_to.kinds or kind.kind in step.applies_to.kinds)
                and (not step.applies_to.importance or one.importance in step.applies_to.importance)
            )
            if steps and steps not in seen:
                seen.append(steps)
                yield kind.kind, one.importance


def _scenarios(act: Act, kind: str, importance: str, reading: str) -> Iterator[Scenario]:
    """All of them under the act's own reading; under another the edges, and of `part_for_each` what it changes."""
    many = BODIES if act.policies.parts is not None else BODIES[:1]
    if reading == readings.PART_FOR_EACH:
        yield from (Scenario(kind, importance, bodies=bodies) for bodies in many[1:])
        return
    for reworks in REWORKS:
        for bodies in many:
            if reading == readings.AS_READ or reworks == 0 or bodies == 1:
                yield Scenario(kind, importance, reworks, bodies)
    yield Scenario(kind, importance, returned=True)


def _tightest(act: Act, scenario: Scenario, reading: str) -> Path | None:
    """The path that leaves least, over the hours of a week where the hour of detection matters."""
    schedule, starts = _starts(act)
    paths = [walk_path(act, scenario, schedule, start, reading) for start in starts]
    return min((path for path in paths if path is not None), key=_tightness, default=None)


def _tightness(path: Path) -> tuple[bool, dt.timedelta, dt.timedelta]:
    return path.fits, min(path.left, _draft(path)), path.left


def _starts(act: Act) -> tuple[Schedule, list[dt.datetime]]:
    """Working hours alone are the same at any hour: one round-the-clock day does. Days and wall time are not."""
    schedule = Schedule.from_document(act.place.schedule)
    if not any(_needs_hours(step.term.unit, step.term.counted) for step in act.steps if on_the_way(step)):
        always = round_the_clock(schedule.zone)
        return always, [dt.datetime(2026, 11, 23, tzinfo=always.tzinfo)]
    starts: list[dt.datetime] = []
    day = _ORDINARY
    while day < _ORDINARY + dt.timedelta(days=7):
        day = next_working_day(schedule, day)
        opens = opening(schedule, day)
        if opens is not None:
            starts += [opens + hour * _HOUR for hour in range(9)]
    return schedule, starts


def _needs_hours(unit: Unit | None, counted: Counted) -> bool:
    return unit is not None and (unit in (Unit.DAY, Unit.MONTH) or counted is Counted.CALENDAR)
