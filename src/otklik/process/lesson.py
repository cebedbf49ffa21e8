"""A lesson: one invented message followed through an act, step by step, with the terms at each. Pure; nothing is kept.

The message is of the act's first kind and of ordinary importance. Each step is taken in the middle of what was left of
its term, in working time; a step without a term ten working minutes after the one before.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from otklik import worktime
from otklik.process.deadline import Deadline, DeadlineState, Schedules
from otklik.process.deadlines import deadlines
from otklik.process.facts import Facts, Moment
from otklik.regulation.model import Act, MomentKind, Step, StepKind
from otklik.regulation.model.steps import Hours

_WAY = (
    MomentKind.DETECTED, MomentKind.SELECTED, MomentKind.RECEIVED, MomentKind.ROUTED, MomentKind.DRAFT_IN,
    MomentKind.APPROVED, MomentKind.PUBLISHED,
)  # fmt: skip
_ALWAYS = frozenset({MomentKind.DETECTED, MomentKind.PUBLISHED})
_WITHOUT_TERM = dt.timedelta(minutes=10)
_HAND = frozenset({StepKind.SELECT, StepKind.HAND_OVER, StepKind.DRAFT, StepKind.REVIEW, StepKind.PUBLISH})


@dataclass(frozen=True, slots=True)
class Stage:
    """Something has happened at `at` (aware). `running`: the terms that run from here on, the first to end first.

    `step`: what is to be done next, in the act's words; None: the act has no step for it, or it is all done.
    `reply`: the term of the whole reply, where the act sets one.
    """

    happened: MomentKind
    at: dt.datetime
    running: tuple[Deadline, ...]
    step: Step | None
    reply: Deadline | None
    is_last: bool


def lesson(act: Act, schedules: Schedules, starts_at: dt.datetime, *, body: str | None = None) -> list[Stage]:
    """The stages of one message detected at `starts_at` (aware) and routed to `body`.

    :raises ScheduleError: for years that no calendar can reach.
    """
    way = [moment for moment in _WAY if moment in _ALWAYS or _is_known(act, moment)]
    facts = Facts(kind=act.policies.message_kinds[0].kind, importance=act.policies.importance[0].importance)
    stages: list[Stage] = []
    at = starts_at
    for moment, following in zip(way, [*way[1:], None], strict=True):
        facts = replace(facts, moments=(*facts.moments, Moment(moment, at, body=body)))
        rows = deadlines(facts, act, schedules, at)
        running = sorted(_running(rows), key=lambda row: row.due_at or at)
        ending = [row for row in running if following in row.ends_on]
        stages.append(
            Stage(
                happened=moment,
                at=at,
                running=tuple(running),
                step=_step(act, following),
                reply=next((row for row in running if row.kind is StepKind.REPLY), None),
                is_last=following is None,
            )
        )
        at = _next_at(at, ending, schedules)
    return stages


def _is_known(act: Act, moment: MomentKind) -> bool:
    return any(moment in step.ends_on or moment in step.starts_on for step in act.steps if not step.optional)


def _step(act: Act, moment: MomentKind | None) -> Step | None:
    """The act's step that this moment ends: the one somebody does by hand, before the term of the whole."""
    if moment is None:
        return None
    ending = [step for step in act.steps if moment in step.ends_on and not step.optional]
    return next((step for step in ending if step.kind in _HAND), next(iter(ending), None))


def _running(rows: Sequence[Deadline]) -> list[Deadline]:
    return [row for row in rows if row.state is DeadlineState.RUNNING and not row.optional and not row.recommended]


def _next_at(at: dt.datetime, ending: Sequence[Deadline], schedules: Schedules) -> dt.datetime:
    first = next(iter(ending), None)
    if first is None or first.due_at is None:
        return worktime.add(schedules.of(Hours.OWN), at, _WITHOUT_TERM)
    schedule = schedules.of(first.hours, body=first.body)
    left = worktime.between(schedule, at, first.due_at)
    half = dt.timedelta(minutes=(left / 2) // dt.timedelta(minutes=1))
    return worktime.add(schedule, at, max(half, dt.timedelta(minutes=1)))
