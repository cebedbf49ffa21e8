"""What a manager sees: who is behind with what, of one organisation or of the bodies one answers for.

One row is one task (`WorkItem`): a step that waits for somebody. All tasks of a realm are read at once and folded
here, because whether a term is nearly over is a matter of working time, which no database counts.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import Exists, OuterRef, Q

from otklik import worktime
from otklik.incidents import access
from otklik.incidents.models import DeadlineRow, Incident, WorkItem
from otklik.journal import queries as journal
from otklik.orgs import queries as orgs
from otklik.orgs.models import Organisation, Person
from otklik.process.events import EventKind
from otklik.regulation.model.people import OurRole
from otklik.worktime import Schedule

MANAGERS = frozenset({OurRole.CURATOR, OurRole.RESPONSIBLE, OurRole.HEAD})
"""Roles whose holders see how others are doing: of the whole organisation, or, where the role is held for a unit, of
that unit and those below it."""
IN_A_BODY = frozenset({OurRole.EXECUTOR, OurRole.SPECIALIST, OurRole.PUBLISHER})
"""Roles whose work is a body's. What waits for others is shown by role."""


@dataclass(frozen=True, slots=True)
class Realm:
    """What a manager answers for. `unit_ids` None: the whole organisation."""

    organisation: Organisation
    unit_ids: frozenset[int] | None = None

    def covers(self, unit_id: int | None) -> bool:
        """Whether the work of this unit (None: of no unit) belongs to it."""
        return self.unit_ids is None or unit_id in self.unit_ids


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A step that waits. `unit_id`: the body whose people it waits for.

    `starts_at`, `due_at`, `clause`, `step_due` are of the term that presses: the step's own, or, where the whole
    incident burns and no other task is to blame, the incident's.
    """

    incident_id: int
    step: str
    part: int | None
    role: OurRole
    unit_id: int | None
    person_id: int | None
    """Who has taken it or was given it."""
    writer_id: int | None
    """Who has saved a draft since it came to the body, though nobody has taken it."""
    starts_at: dt.datetime | None
    due_at: dt.datetime | None
    step_due: str
    clause: str
    is_late: bool = False
    is_at_risk: bool = False

    @property
    def holder_id(self) -> int | None:
        """Who is at it: by having taken it, or by writing."""
        return self.person_id or self.writer_id

    @property
    def is_untaken(self) -> bool:
        """It lies in a body, and nobody there is at it."""
        return self.unit_id is not None and self.holder_id is None

    @property
    def is_silent(self) -> bool:
        """Worth a reminder: late, nearly so, or not taken."""
        return self.is_late or self.is_at_risk or self.is_untaken

    @property
    def key(self) -> tuple[str, int | None]:
        """What a reminder is counted by, within the incident."""
        return self.step, self.part


@dataclass(slots=True)
class Load:
    """How much lies with somebody: numbers of tasks. `oldest_at`: since when the oldest untaken one has been there."""

    open: int = 0
    late: int = 0
    at_risk: int = 0
    untaken: int = 0
    oldest_at: dt.datetime | None = None

    def add(self, task: Task) -> None:
        self.open += 1
        self.late += task.is_late
        self.at_risk += task.is_at_risk
        self.untaken += task.is_untaken
        if task.is_untaken and task.starts_at and (self.oldest_at is None or task.starts_at < self.oldest_at):
            self.oldest_at = task.starts_at


def managed(person: Person, now: dt.datetime) -> list[int]:
    """Organisations in which the person manages, their own first."""
    found = {held.organisation_id for held in orgs.roles_at(person, now) if held.role in MANAGERS}
    return sorted(found, key=lambda pk: (pk != person.organisation_id, pk))


def realm_of(person: Person, organisation: Organisation, now: dt.datetime) -> Realm | None:
    """What the person answers for in this organisation; None: nothing."""
    held = [one for one in orgs.roles_at(person, now, organisation_id=organisation.pk) if one.role in MANAGERS]
    if not held:
        return None
    units = {one.unit_id for one in held}
    if None in units:
        return Realm(organisation)
    return Realm(organisation, frozenset(access.with_below({unit for unit in units if unit is not None})))


def tasks(realm: Realm, schedule: Schedule, now: dt.datetime, *, at_risk_percent: int) -> list[Task]:
    """Every open task of the realm, the most pressing first; those without a term last. Two queries.

    :param at_risk_percent: from this share of the working time of a term left, in percent, it is at risk; a term that
        ends today is so anyhow.
    """
    recommended = DeadlineRow.objects.filter(
        incident=OuterRef("incident"), step=OuterRef("step"), due_at=OuterRef("due_at"), is_recommended=True
    )
    rows = WorkItem.objects.filter(organisation=realm.organisation).annotate(is_recommended=Exists(recommended))
    if realm.unit_ids is not None:
        rows = rows.filter(Q(unit__in=realm.unit_ids) | Q(unit__isnull=True, incident__unit__in=realm.unit_ids))
    found: dict[int, list[_Row]] = defaultdict(list)
    for values in rows.order_by("pk").values_list(*_COLUMNS):
        row = _Row(*values)
        found[row.incident_id].append(row)
    free = (
        pk for pk, beside in found.items() if any(row.person_id is None and row.role in IN_A_BODY for row in beside)
    )
    writers = _writers(free)
    made = [_task(row, writers, blamed=_blamed(row, beside)) for beside in found.values() for row in beside]
    judged = [_judged(task, schedule, now, at_risk_percent) for task in made]
    return sorted(judged, key=lambda task: (task.due_at or _NEVER, task.incident_id, task.step))


def by_body(found: Iterable[Task]) -> dict[tuple[int | None, OurRole | None], Load]:
    """Load by body, `(unit, None)`; of work that lies in no body by role, `(None, role)`."""
    loads: dict[tuple[int | None, OurRole | None], Load] = defaultdict(Load)
    for task in found:
        loads[(task.unit_id, None) if task.unit_id is not None else (None, task.role)].add(task)
    return dict(loads)


def by_person(found: Iterable[Task]) -> dict[int, Load]:
    """Load by whoever is at the task."""
    loads: dict[int, Load] = defaultdict(Load)
    for task in found:
        if task.holder_id is not None:
            loads[task.holder_id].add(task)
    return dict(loads)


def incidents_of(found: Sequence[Task]) -> dict[int, Incident]:
    """The incidents of these tasks by id, with what a row shows of them."""
    wanted = {task.incident_id for task in found}
    return {one.pk: one for one in Incident.objects.filter(pk__in=wanted).select_related("unit")}


_MOVES = (EventKind.ROUTED.value, EventKind.RETURNED.value, EventKind.DRAFT_SAVED.value)
_NEVER = dt.datetime.max.replace(tzinfo=dt.UTC)
_COLUMNS = (
    "incident_id", "step", "part", "role", "unit_id", "person_id", "starts_at", "due_at", "clause", "is_recommended",
    "incident__unit_id", "incident__next_step", "incident__next_clause", "incident__next_starts_at",
    "incident__next_due_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Term:
    step: str
    clause: str
    starts_at: dt.datetime | None
    due_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class _Row:
    incident_id: int
    step: str
    part: int | None
    role: str
    unit_id: int | None
    person_id: int | None
    starts_at: dt.datetime | None
    due_at: dt.datetime | None
    clause: str
    is_recommended: bool
    in_unit_id: int | None
    next_step: str
    next_clause: str
    next_starts_at: dt.datetime | None
    next_due_at: dt.datetime | None


def _blamed(row: _Row, beside: Sequence[_Row]) -> bool:
    """Whether the incident's most pressing term is this task's to keep: no task is the step whose term that is."""
    return row.next_due_at is not None and all(one.step != row.next_step for one in beside)


def _writers(incident_ids: Iterable[int]) -> dict[int, int]:
    """Incident → who last saved a draft of it since it was last sent on: they are at it, taken or not."""
    found: dict[int, int] = {}
    for event in journal.of_kinds(incident_ids, _MOVES):
        if event.kind != EventKind.DRAFT_SAVED.value:
            found.pop(event.incident_id or 0, None)
        elif event.actor_id is not None:
            found[event.incident_id or 0] = event.actor_id
    return found


def _task(row: _Row, writers: Mapping[int, int], *, blamed: bool) -> Task:
    role = OurRole(row.role)
    own = _Term(row.step, row.clause, row.starts_at, None if row.is_recommended else row.due_at)
    whole = _Term(row.next_step, row.next_clause, row.next_starts_at, row.next_due_at if blamed else None)
    term = min(own, whole, key=lambda one: one.due_at or _NEVER)
    return Task(
        incident_id=row.incident_id,
        step=row.step,
        part=row.part,
        role=role,
        unit_id=row.unit_id if row.unit_id is not None else (row.in_unit_id if role in IN_A_BODY else None),
        person_id=row.person_id,
        writer_id=writers.get(row.incident_id) if row.person_id is None and role in IN_A_BODY else None,
        starts_at=term.starts_at,
        due_at=term.due_at,
        step_due=term.step,
        clause=term.clause,
    )


def _judged(task: Task, schedule: Schedule, now: dt.datetime, at_risk_percent: int) -> Task:
    if task.due_at is None:
        return task
    if task.due_at < now:
        return replace(task, is_late=True)
    is_today = task.due_at.astimezone(schedule.tzinfo).date() == now.astimezone(schedule.tzinfo).date()
    return replace(task, is_at_risk=is_today or _is_nearly_over(task, schedule, now, at_risk_percent))


def _is_nearly_over(task: Task, schedule: Schedule, now: dt.datetime, percent: int) -> bool:
    if task.starts_at is None or task.due_at is None:
        return False
    left, total = worktime.between(schedule, now, task.due_at), worktime.between(schedule, task.starts_at, task.due_at)
    return left * 100 <= total * percent
