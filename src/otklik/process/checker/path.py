"""The critical path: one message from detection to the reply, everyone acting at the last moment allowed.

The path is walked with the very fold that counts real incidents: at each step the terms that the step ends are asked,
and the step is done when the nearest of them runs out. A term «not later than so much before» is a wall: who works up
to his own term may run into it, and then is late by what is told as `draft_left`.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from otklik.process.deadline import Deadline, DeadlineState, Rule
from otklik.process.deadlines import deadlines
from otklik.process.facts import Facts, Moment
from otklik.process.schedules import ScheduleSet
from otklik.regulation.model import Act, MomentKind, Step, StepKind, TermKind
from otklik.regulation.model.policies import ConsolidatedBy, PartsOrder
from otklik.worktime import Schedule, between, subtract

_WALLS = frozenset({Rule.BEFORE, Rule.SHARE})
_OPEN = frozenset({DeadlineState.RUNNING, DeadlineState.LATE})
_APART = frozenset({StepKind.REPLY, StepKind.REPORT})
"""Steps that no single action on the way ends."""
_BEGINNING = (MomentKind.DETECTED, MomentKind.RECEIVED, MomentKind.SELECTED)
_SECOND = dt.timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Scenario:
    """What happens on the way. `bodies`: how many are competent; `returned`: sent once to a wrong addressee."""

    kind: str
    importance: str
    reworks: int = 0
    bodies: int = 1
    returned: bool = False


@dataclass(frozen=True, slots=True)
class Leg:
    """One step of the path. `worked`: working time it takes; `wall`: it is done by a term «before another»."""

    ends_with: MomentKind
    kind: StepKind
    clause: str
    literal: str | None
    worked: dt.timedelta
    at: dt.datetime
    has_term: bool
    wall: bool = False


@dataclass(frozen=True, slots=True)
class Path:
    """A path and what is left of the reply's term at its end.

    `draft_left`: working time between the last step before the draft and the draft's own term, for writing it; negative
    where the draft is late though everyone kept his term; None where the draft has no term. `left`: working time from
    the publication to the end of the reply's term. `reading`: `as_read`, or another one (see `readings.py`).
    """

    scenario: Scenario
    reading: str
    started_at: dt.datetime
    reply_clause: str
    reply_literal: str | None
    allowed: dt.timedelta
    legs: tuple[Leg, ...]
    draft_left: dt.timedelta | None
    left: dt.timedelta

    @property
    def needed(self) -> dt.timedelta:
        return self.allowed - self.left

    @property
    def short_of(self) -> frozenset[str]:
        """What there is no time for: `reply` (its term is over), `draft` (writing it), `step` (one that must act at
        once). A return runs beside the routing and takes no time of its own."""
        zero = dt.timedelta()
        starved = any(
            leg.has_term and not leg.wall and leg.worked <= zero and leg.kind is not StepKind.RETURN
            for leg in self.legs
        )
        found = {"reply": self.left <= zero, "step": starved}
        found["draft"] = self.draft_left is not None and self.draft_left <= zero
        return frozenset(what for what, is_short in found.items() if is_short)

    @property
    def fits(self) -> bool:
        """Whether there is some time for everything."""
        return not self.short_of


def walk_path(act: Act, scenario: Scenario, schedule: Schedule, start: dt.datetime, reading: str) -> Path | None:
    """The path of one scenario that begins at `start`; None where such messages have no reply term."""
    walker = _Walker(act, scenario, schedule, start)
    reply = walker.reply()
    if reply is None or reply.due_at is None:
        return None
    for moment, part in walker.moments_ahead():
        walker.go(moment, part)
    reply = walker.reply()
    assert reply is not None  # noqa: S101 (it was there when the path began)
    assert reply.due_at is not None  # noqa: S101
    return Path(
        scenario=scenario,
        reading=reading,
        started_at=start,
        reply_clause=reply.clause,
        reply_literal=_literal(reply),
        allowed=between(schedule, start, reply.due_at),
        legs=tuple(walker.legs),
        draft_left=walker.draft_left,
        left=between(schedule, walker.at, reply.due_at),
    )


class _Walker:
    def __init__(self, act: Act, scenario: Scenario, schedule: Schedule, start: dt.datetime) -> None:
        self.act = act
        self.scenario = scenario
        self.schedule = schedule
        self.schedules = ScheduleSet(schedule)
        self.at = start
        self.happened = [Moment(kind, start) for kind in _BEGINNING]
        self.legs: list[Leg] = []
        self.draft_left: dt.timedelta | None = None

    def rows(self) -> list[Deadline]:
        facts = Facts(self.scenario.kind, self.scenario.importance, tuple(self.happened))
        return deadlines(facts, self.act, self.schedules, self.at)

    def reply(self) -> Deadline | None:
        """The term of the reply to a new message (not of the final one after an interim)."""
        rows = (row for row in self.rows() if row.kind is StepKind.REPLY and row.starts_on in _BEGINNING)
        return next((row for row in rows if row.due_at is not None), None)

    def moments_ahead(self) -> Iterator[tuple[MomentKind, int | None]]:
        """What happens on the way, as far as the act has steps for it."""
        can = {moment for step in self._steps() for moment in step.ends_on}
        if MomentKind.ROUTED in can:
            yield MomentKind.ROUTED, None
        if self.scenario.returned and MomentKind.RETURNED in can:
            yield MomentKind.RETURNED, None
            yield MomentKind.ROUTED, None
        yield from self._parts()
        if MomentKind.DRAFT_IN in can:
            yield MomentKind.DRAFT_IN, None
        for _ in range(self.scenario.reworks):
            yield MomentKind.SENT_BACK, None
            yield MomentKind.DRAFT_IN, None
        if MomentKind.APPROVED in can:
            yield MomentKind.APPROVED, None
        yield MomentKind.PUBLISHED, None

    def _parts(self) -> Iterator[tuple[MomentKind, int | None]]:
        """Several bodies; where one of them consolidates (A 14), one part fewer is asked for."""
        policy = self.act.policies.parts
        if policy is None or self.scenario.bodies < 2:
            return
        parts = self.scenario.bodies - (policy.consolidated_by is ConsolidatedBy.RESPONSIBLE_EXECUTOR)
        numbers = range(1, parts + 1)
        if policy.order is PartsOrder.PARALLEL:
            yield from ((MomentKind.PART_REQUESTED, number) for number in numbers)
            yield from ((MomentKind.PART_IN, number) for number in numbers)
            return
        for number in numbers:
            yield MomentKind.PART_REQUESTED, number
            yield MomentKind.PART_IN, number

    def go(self, moment: MomentKind, part: int | None) -> None:
        """Do what ends with this moment, at the last instant allowed."""
        if moment is MomentKind.PART_REQUESTED:
            self.happened.append(Moment(moment, self.at, part))
            return
        ended = [row for row in self.rows() if self._ends(row, moment, part)]
        own = min((row for row in ended if row.explanation.rule not in _WALLS), key=_due, default=None)
        wall = min((row for row in ended if row.explanation.rule in _WALLS), key=_due, default=None)
        chosen = own or wall
        before = self.at
        if chosen is not None and chosen.due_at is not None:
            self.at = max(before, self._working(chosen.due_at))
        if wall is not None and wall.due_at is not None:
            self.draft_left = between(self.schedule, self.at if own else before, wall.due_at)
        self.happened.append(Moment(moment, self.at, part))
        self._note(moment, chosen, between(self.schedule, before, self.at))

    def _ends(self, row: Deadline, moment: MomentKind, part: int | None) -> bool:
        if row.kind in _APART or row.state not in _OPEN or row.is_superseded or row.due_at is None:
            return False
        return moment in row.ends_on and row.part in (None, part)

    def _working(self, at: dt.datetime) -> dt.datetime:
        """The last working instant that is not after `at`: at night nobody acts."""
        return subtract(self.schedule, at, _SECOND) + _SECOND

    def _note(self, moment: MomentKind, row: Deadline | None, worked: dt.timedelta) -> None:
        if row is not None:
            wall = row.explanation.rule in _WALLS
            self.legs.append(
                Leg(moment, row.kind, row.clause, _literal(row), worked, self.at, has_term=True, wall=wall)
            )
            return
        steps = [step for step in self._steps() if moment in step.ends_on and self._began(step) >= 0]
        if steps:
            step = max(steps, key=self._began)
            self.legs.append(Leg(moment, step.kind, step.clause, None, worked, self.at, has_term=False))

    def _steps(self) -> Iterator[Step]:
        for step in self.act.steps:
            applies = step.applies_to
            right_kind = not applies.kinds or self.scenario.kind in applies.kinds
            right_class = not applies.importance or self.scenario.importance in applies.importance
            if right_kind and right_class and step.kind not in _APART:
                yield step

    def _began(self, step: Step) -> int:
        """Where a step without a term began last; -1 where it has a term, or has not begun."""
        if step.term.kind is not TermKind.NONE:
            return -1
        starts = {*step.starts_on, *step.anew_on}
        places = (place for place, moment in enumerate(self.happened[:-1]) if moment.kind in starts)
        return max(places, default=-1)


def _due(row: Deadline) -> dt.datetime:
    assert row.due_at is not None  # noqa: S101 (rows without a due time end nothing here)
    return row.due_at


def _literal(row: Deadline) -> str | None:
    literal = row.explanation.facts.get("literal")
    return literal if isinstance(literal, str) else None
