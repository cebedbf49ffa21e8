"""One command for many incidents: each is a step of its own, with its own outcome, journal entry and way back.

Every incident is its own transaction: what the act forbids for one stops no other. The way back is a command of the
process, too, and offered only where there is one.
"""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from otklik.incidents import access, actions, editions
from otklik.incidents.models import Incident, WorkItem
from otklik.orgs import queries as orgs
from otklik.orgs.models import Person
from otklik.process.commands import (
    Assign,
    Command,
    Exclude,
    LeaveOut,
    Reopen,
    Route,
    Select,
    SendElsewhere,
    Take,
)
from otklik.process.events import EventKind
from otklik.process.refusal import Refusal
from otklik.regulation.model import Act

MOST = 100
"""Incidents in one go."""
LONGEST_ID = 18


class BulkAct(StrEnum):
    """What can be done to many at once."""

    TAKE = "take"
    ROUTE = "route"
    ASSIGN = "assign"
    SELECT = "select"
    KIND = "kind"
    EXCLUDE = "exclude"
    ELSEWHERE = "elsewhere"
    LEAVE_OUT = "leave_out"
    REOPEN = "reopen"


AIMED = frozenset(BulkAct) - {BulkAct.TAKE, BulkAct.SELECT, BulkAct.REOPEN}
"""Acts that mean nothing without a target."""
REOPENED = frozenset({BulkAct.EXCLUDE, BulkAct.ELSEWHERE, BulkAct.LEAVE_OUT})
"""Acts that are undone by opening the incident again."""
BY_MISTAKE = "Решение отменено: принято по ошибке."


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is done to each.

    `target`: the key of a unit to route to, the id of a person to assign; the act's name of a class of importance, of a
    kind of message, of a ground, of another procedure; the reason to leave it out. Empty: none is needed; for
    selecting, the class is as detected. `note` goes with an exclusion, `is_critical` with a selection (A 1).
    """

    act: BulkAct
    target: str = ""
    note: str = ""
    is_critical: bool = False

    @property
    def key(self) -> str:
        """The same wish has the same key."""
        more = (self.note, str(self.is_critical)) if self.note or self.is_critical else ()
        return "/".join((self.act.value, self.target, *more))


@dataclass(frozen=True, slots=True)
class Back:
    """The way back of one incident: the step of before, taken again."""

    incident_id: int
    act: BulkAct
    target: str


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one incident. `refusal` and `has_no_role` are the two ways to stay undone."""

    incident: Incident
    act: Act
    refusal: Refusal | None = None
    has_no_role: bool = False
    """The person holds no role that the incident waits for."""
    back: Back | None = None

    @property
    def is_done(self) -> bool:
        return self.refusal is None and not self.has_no_role


def perform_each(
    incident_ids: Iterable[int], wanted: Wanted, *, person: Person, command_id: uuid.UUID, now: dt.datetime
) -> list[Done]:
    """Do it to each of the incidents in the person's sight, in the order given; the others are as if absent.

    The same `command_id` again returns what came of it first.
    """
    ids = list(dict.fromkeys(incident_ids))[:MOST]
    seen = access.visible_to(person, now).select_related("organisation", "unit", "person", "message").in_bulk(ids)
    chosen = [seen[pk] for pk in ids if pk in seen]
    roles = _Roles(wanted, now, chosen)
    return [_perform(one, wanted, roles, person, command_id, now) for one in chosen]


def undo_each(backs: Sequence[Back], *, person: Person, command_id: uuid.UUID, now: dt.datetime) -> list[Done]:
    """Take the ways back, each as a step of its own; a way may be closed by what has happened since."""
    done: list[Done] = []
    for back in backs[:MOST]:
        wanted = Wanted(back.act, back.target)
        found = perform_each([back.incident_id], wanted, person=person, command_id=command_id, now=now)
        done += [Done(one.incident, one.act, one.refusal, one.has_no_role) for one in found]
    return done


class _Roles:
    """For assigning: the role of the act for which a person is given an incident."""

    def __init__(self, wanted: Wanted, now: dt.datetime, chosen: Sequence[Incident]) -> None:
        self._held: set[tuple[int, str]] = set()
        self._waiting: dict[int, list[tuple[str, str]]] = {}
        if wanted.act is not BulkAct.ASSIGN or not _is_id(wanted.target):
            return
        holder = Person.objects.filter(pk=int(wanted.target), is_active=True).first()
        if holder is not None:
            self._held = {(held.organisation_id, held.role.value) for held in orgs.roles_at(holder, now)}
        items = WorkItem.objects.filter(incident__in=[one.pk for one in chosen]).order_by("pk")
        for incident_id, role, act_role in items.values_list("incident_id", "role", "act_role"):
            self._waiting.setdefault(incident_id, []).append((role, act_role))

    def of(self, incident: Incident, act: Act) -> str | None:
        """The act's name of the first role that the incident waits for and the person holds; None: there is none."""
        for role, act_role in self._waiting.get(incident.pk, ()):
            if (incident.organisation_id, role) in self._held:
                return act_role or next((one.role for one in act.people.roles if one.is_.value == role), None)
        return None


def _perform(
    incident: Incident, wanted: Wanted, roles: _Roles, person: Person, command_id: uuid.UUID, now: dt.datetime
) -> Done:
    act = editions.by_hash(incident.act_hash)
    command = _command(wanted, roles.of(incident, act))
    if command is None:
        return Done(incident, act, has_no_role=True)
    own_id = uuid.uuid5(command_id, f"{person.pk}/{wanted.key}/{incident.pk}")
    outcome = actions.perform(incident.pk, command, person=person, command_id=own_id, now=now)
    return Done(incident, act, outcome.refusal, back=_back(incident, wanted, outcome, person))


def _command(wanted: Wanted, role: str | None) -> Command | None:
    match wanted.act:
        case BulkAct.TAKE:
            return Take()
        case BulkAct.ROUTE:
            return Route(unit=wanted.target)
        case BulkAct.ASSIGN:
            return Assign(role=role, person=wanted.target) if role is not None else None
        case BulkAct.SELECT:
            return Select(importance=wanted.target or None, critical=wanted.is_critical)
        case BulkAct.KIND:
            return Select(kind=wanted.target, critical=wanted.is_critical)
        case BulkAct.EXCLUDE:
            return Exclude(ground=wanted.target, note=wanted.note)
        case BulkAct.ELSEWHERE:
            return SendElsewhere(procedure=wanted.target, note=wanted.note)
        case BulkAct.LEAVE_OUT:
            return LeaveOut(reason=wanted.target)
        case BulkAct.REOPEN:
            return Reopen(ground=BY_MISTAKE)


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= LONGEST_ID


def _back(incident: Incident, wanted: Wanted, outcome: actions.Outcome, person: Person) -> Back | None:
    """Routed on: back to the body of before. Taken or assigned from somebody: back to them. Out of work: in again."""
    if outcome.refusal is not None:
        return None
    if wanted.act in REOPENED:
        return Back(incident.pk, BulkAct.REOPEN, "")
    if wanted.act not in {BulkAct.TAKE, BulkAct.ROUTE, BulkAct.ASSIGN}:
        return None
    if wanted.act is BulkAct.ROUTE:
        routed = next((one for one in outcome.events if one.kind == EventKind.ROUTED.value), None)
        previous = str(routed.payload.get("previous") or "") if routed else ""
        return Back(incident.pk, BulkAct.ROUTE, previous) if previous else None
    now_with = wanted.target or str(person.pk)
    if incident.person_id is None or str(incident.person_id) == now_with:
        return None
    return Back(incident.pk, BulkAct.ASSIGN, str(incident.person_id))
