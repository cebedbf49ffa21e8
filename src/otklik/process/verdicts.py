"""Verdicts: what the journal must say of terms that were met or have passed, and what it has said already. Pure.

A verdict is written once for each count of a step: of one start and part. What the calendar or the act says later
does not change it; only a person corrects one, with a ground. A term that passed and is met afterwards gets a second
word, `met_late`, and stays a breach. A count that was put aside gets none: there was nothing to keep. A count that took
the place of another with the same start (the class was raised) is the same duty: a breach of it is counted once.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from otklik.process.deadline import Deadline, DeadlineState
from otklik.process.records import Verdict

_WORDS = frozenset({DeadlineState.MET, DeadlineState.MET_LATE, DeadlineState.LATE})
_MOVABLE = frozenset({DeadlineState.RUNNING, DeadlineState.PAUSED, DeadlineState.WAITING})


class VerdictKey(NamedTuple):
    """Which count of which step, as the journal knows it."""

    step: str
    starts_at: dt.datetime
    part: int | None


@dataclass(frozen=True, slots=True)
class Redating:
    """A term that still runs and whose due time a calendar, a schedule or an edition moved."""

    step: str
    starts_at: dt.datetime
    part: int | None
    clause: str
    old_due_at: dt.datetime
    new_due_at: dt.datetime
    calendar_version: str


def key_of(term: Deadline | Verdict) -> VerdictKey | None:
    """None for a count that has not started."""
    return None if term.starts_at is None else VerdictKey(term.step, term.starts_at, term.part)


def verdicts_due(found: Iterable[Deadline], given: Iterable[Verdict]) -> list[Verdict]:
    """The verdicts that must be written now, in the order of the rows; `given` are those in the journal."""
    said: dict[VerdictKey, str] = {VerdictKey(one.step, one.starts_at, one.part): one.state for one in given}
    due = []
    for row in found:
        key = key_of(row)
        if key is None or row.due_at is None or row.state not in _WORDS or not _may_say(said.get(key), row.state):
            continue
        said[key] = row.state
        due.append(_verdict(row, key, row.due_at))
    return due


def settled(found: Iterable[Deadline], given: Iterable[Verdict]) -> list[Deadline]:
    """The deadlines as the journal has them: a count with a verdict keeps its due time, clause and state.

    `given` hold the latest word on each count: a person's correction in the place of the verdict it corrects. A count
    that was put aside stays so: the verdict is that of the one which took its place.
    """
    verdicts = {key_of(one): one for one in given}
    rows = []
    for row in found:
        verdict = verdicts.get(key_of(row))
        if verdict is None or verdict.clause != row.clause or row.state is DeadlineState.DROPPED:
            rows.append(row)
        else:
            rows.append(_settle(row, verdict))
            del verdicts[key_of(row)]  # a further count with this start is the same duty, and has its own due time
    return rows


def redated(before: Iterable[Deadline], after: Iterable[Deadline]) -> list[Redating]:
    """What a change of calendar, schedule or edition moved, of the terms that run. Both sides for the same facts."""
    old = {(key_of(row), row.count): row for row in before if row.state in _MOVABLE and row.due_at is not None}
    moved = []
    for row in after:
        earlier = old.get((key_of(row), row.count))
        if earlier is None or earlier.due_at is None or row.due_at is None or row.starts_at is None:
            continue
        if earlier.due_at != row.due_at:
            key = VerdictKey(row.step, row.starts_at, row.part)
            moved.append(Redating(*key, row.clause, earlier.due_at, row.due_at, row.calendar_version))
    return moved


def next_change_at(found: Sequence[Deadline], now: dt.datetime) -> dt.datetime | None:
    """The next instant at which time alone changes something: a term passes, or somebody is to be warned."""
    running = [row for row in found if row.state is DeadlineState.RUNNING]
    instants = [at for row in running for at in (row.warn_at, row.due_at) if at is not None and at >= now]
    return min(instants, default=None)


def warnings_due(found: Iterable[Deadline], warned: Iterable[VerdictKey], now: dt.datetime) -> list[Deadline]:
    """The running counts of which somebody must be warned now and has not been."""
    done = set(warned)
    return [
        row
        for row in found
        if row.state is DeadlineState.RUNNING and row.warn_at is not None and row.warn_at <= now
        if key_of(row) not in done
    ]


def is_breach(verdict: Verdict) -> bool:
    """Advice is shown and never counted."""
    return verdict.state in (DeadlineState.LATE, DeadlineState.MET_LATE) and not verdict.recommended


def _may_say(said: str | None, state: DeadlineState) -> bool:
    return said is None or (said == DeadlineState.LATE and state is DeadlineState.MET_LATE)


def _verdict(row: Deadline, key: VerdictKey, due_at: dt.datetime) -> Verdict:
    return Verdict(
        step=key.step,
        starts_at=key.starts_at,
        state=row.state.value,
        due_at=due_at,
        clause=row.clause,
        calendar_version=row.calendar_version,
        ended_at=row.ended_at,
        part=key.part,
        recommended=row.recommended,
    )


def _settle(row: Deadline, verdict: Verdict) -> Deadline:
    if verdict.due_at is None or row.starts_at is None:
        return row
    return replace(
        row,
        due_at=verdict.due_at.astimezone(row.starts_at.tzinfo),
        state=_state(row, DeadlineState(verdict.state), corrected=verdict.corrected),
        calendar_version=verdict.calendar_version,
    )


def _state(row: Deadline, said: DeadlineState, *, corrected: bool) -> DeadlineState:
    if said is DeadlineState.LATE and row.ended_by is not None and not corrected:
        return DeadlineState.MET_LATE  # passed then, done since; its second word is still to be written
    return said
