"""Deadlines as they stand: computed for what runs, as written down for what has a verdict."""

import datetime as dt

from otklik.process.commands import Command, RecordVerdict, Warn
from otklik.process.deadline import Deadline, DeadlineState, Schedules
from otklik.process.deadlines import deadlines
from otklik.process.records import Verdict
from otklik.process.state import State
from otklik.process.verdicts import VerdictKey, key_of, settled, verdicts_due, warnings_due
from otklik.regulation.model import Act

GivenUp = frozenset[tuple[VerdictKey | None, str]]
"""Counts that another took the place of, or that fell with the closing: by key and clause."""


def current_deadlines(state: State, act: Act, schedules: Schedules, now: dt.datetime) -> list[Deadline]:
    """Every count of every step at `now`; one with a verdict keeps the due time and state of its verdict, whatever the
    calendar says today."""
    rows = settled(deadlines(state.facts, act, schedules, now), state.verdicts)
    judged = {key_of(verdict) for verdict in state.verdicts}
    return [row if key_of(row) in judged else _unjudged(row) for row in rows]


def given_up(state: State, act: Act, schedules: Schedules, now: dt.datetime) -> GivenUp:
    """The counts that have been given up by now."""
    rows = deadlines(state.facts, act, schedules, now)
    return frozenset((key_of(row), row.clause) for row in rows if row.is_superseded)


def time_commands(
    state: State, act: Act, schedules: Schedules, now: dt.datetime, *, before: GivenUp | None = None
) -> list[Command]:
    """What the program must record at `now`: verdicts of counts met or passed that have none yet, warnings due.

    :param before: the counts given up before the step that is being recorded; None: nothing has happened, so all that
        are. Each had its verdict then, or was in time: a later calendar finds no breach in it.
    """
    found = deadlines(state.facts, act, schedules, now)
    live = [row for row in found if not row.is_superseded or _is_fresh(row, before)]
    warned = [VerdictKey(*one) for one in state.warned]
    return [
        *(as_command(verdict) for verdict in verdicts_due(live, state.verdicts)),
        *(_warning(row, row.starts_at) for row in warnings_due(found, warned, now) if row.starts_at is not None),
    ]


def as_command(verdict: Verdict) -> RecordVerdict:
    """The command by which the program records this verdict."""
    return RecordVerdict(
        step=verdict.step,
        starts_at=verdict.starts_at,
        part=verdict.part,
        state=verdict.state,
        due_at=verdict.due_at,
        clause=verdict.clause,
        calendar_version=verdict.calendar_version,
        ended_at=verdict.ended_at,
        recommended=verdict.recommended,
    )


def _is_fresh(row: Deadline, before: GivenUp | None) -> bool:
    return before is not None and (key_of(row), row.clause) not in before


def _unjudged(row: Deadline) -> Deadline:
    """A count given up without a verdict was in time when it was given up, whatever a later calendar makes of it."""
    if row.state is not DeadlineState.LATE or not row.is_superseded:
        return row
    return row.having({"state": DeadlineState.DROPPED})


def _warning(row: Deadline, starts_at: dt.datetime) -> Warn:
    return Warn(step=row.step, starts_at=starts_at, part=row.part, role=row.warn_role or row.role)
