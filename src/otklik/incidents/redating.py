"""What a change of hours or calendars does to the terms that run: each is dated anew, and the journal says so.

A term that had passed under the hours of before is late, even if nobody had yet written it down: a later edit never
touches what has been decided by time. What runs gets a `redated` event with the old and the new due time.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from otklik.incidents.models import DeadlineRow
from otklik.incidents.verdicts import as_command, current_deadlines
from otklik.process.commands import Command, Redate
from otklik.process.deadline import Deadline, DeadlineState
from otklik.process.schedules import ScheduleSet
from otklik.process.state import State
from otklik.process.verdicts import key_of, redated, verdicts_due
from otklik.regulation.model import Act


@dataclass(frozen=True, slots=True)
class StoredTerm:
    """A count as its row has it."""

    step: str
    starts_at: dt.datetime | None
    part: int | None
    due_at: dt.datetime | None
    state: DeadlineState
    calendar_version: str


def stored_terms(incident_ids: Iterable[int]) -> Mapping[int, Sequence[StoredTerm]]:
    """Incident id → its terms as stored, by position: one query."""
    found: dict[int, list[StoredTerm]] = defaultdict(list)
    rows = DeadlineRow.objects.filter(incident_id__in=list(incident_ids)).order_by("incident_id", "position")
    columns = ("incident_id", "step", "starts_at", "part", "due_at", "state", "calendar_version")
    for incident_id, step, starts_at, part, due_at, state, version in rows.values_list(*columns):
        found[incident_id].append(StoredTerm(step, starts_at, part, due_at, DeadlineState(state), version))
    return found


def redate_commands(
    state: State, act: Act, schedules: ScheduleSet, terms: Sequence[StoredTerm], now: dt.datetime
) -> list[Command]:
    """What the program must record because of the change, on the facts of before any new step.

    `terms` are the counts by the hours of before. The same facts give the same counts in the same order on any
    hours, so that one is known by its place.
    """
    after = current_deadlines(state, act, schedules, now)
    pairs = [(row, term) for row, term in zip(after, terms, strict=False) if _is_same(row, term)]
    passed = [_as_late(row, term) for row, term in pairs if _has_passed(row, term, now)]
    before = [
        row.having({"due_at": term.due_at, "state": term.state})
        for row, term in pairs
        if not _has_passed(row, term, now)
    ]
    judged = {key_of(verdict) for verdict in state.verdicts} | {key_of(row) for row in passed}
    moved = [one for one in redated(before, after) if (one.step, one.starts_at, one.part) not in judged]
    return [
        *(as_command(verdict) for verdict in verdicts_due(passed, state.verdicts)),
        *(
            Redate(
                step=one.step,
                starts_at=one.starts_at,
                part=one.part,
                old_due_at=one.old_due_at,
                new_due_at=one.new_due_at,
                calendar_version=one.calendar_version,
            )
            for one in moved
        ),
    ]


def _is_same(row: Deadline, term: StoredTerm) -> bool:
    return (row.step, row.starts_at, row.part) == (term.step, term.starts_at, term.part)


def _has_passed(row: Deadline, term: StoredTerm, now: dt.datetime) -> bool:
    """Whether it had run out by the hours of before, and nobody had written it down yet."""
    runs = term.state is DeadlineState.RUNNING and not row.optional
    return runs and term.due_at is not None and term.due_at < now


def _as_late(row: Deadline, term: StoredTerm) -> Deadline:
    return row.having({"due_at": term.due_at, "state": DeadlineState.LATE, "calendar_version": term.calendar_version})
