"""Reminders to the silent: each a step of its own, through `perform`; and when the last ones were sent."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid5

from otklik.incidents.actions import perform
from otklik.incidents.load import Task
from otklik.journal import queries as journal
from otklik.orgs.models import Person
from otklik.process.commands import Remind
from otklik.process.events import EventKind
from otklik.process.refusal import Refusal

MOST_AT_ONCE = 100
"""Reminders that one press of a button gives, the most pressing first; each is a transaction."""


@dataclass(frozen=True, slots=True)
class Reminded:
    """What became of one reminder. `refusal` None: it was given."""

    task: Task
    refusal: Refusal | None


def remind(tasks: Sequence[Task], *, person: Person, command_id: UUID, now: dt.datetime) -> list[Reminded]:
    """Remind those for whom these tasks wait, `MOST_AT_ONCE` of them at most. The same command id reminds once."""
    done = []
    for task in tasks[:MOST_AT_ONCE]:
        wanted = Remind(step=task.step, part=task.part)
        own_id = uuid5(command_id, f"{task.incident_id}/{task.step}/{task.part}")
        outcome = perform(task.incident_id, wanted, person=person, command_id=own_id, now=now)
        done.append(Reminded(task, outcome.refusal))
    return done


def last_reminders(tasks: Iterable[Task]) -> dict[tuple[int, str, int | None], dt.datetime]:
    """(incident, step, part) → when those for whom it waits were last reminded of it. One query."""
    events = journal.of_kinds({task.incident_id for task in tasks}, [EventKind.REMINDED.value])
    found = {}
    for event in events:
        part = event.payload.get("part")
        about = (event.incident_id or 0, str(event.payload["step"]), part if isinstance(part, int) else None)
        found[about] = event.recorded_at
    return found
