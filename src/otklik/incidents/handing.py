"""Everything a person holds, handed to others: because they leave, fall ill or are away. Each a step, by `perform`.

What a person holds is more than what waits for them now: a draft that lies with the reviewer comes back to whoever
wrote it. So the journals of the open incidents are asked who holds which of the act's roles there.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid5

from django.db.models import Q

from otklik.incidents import access, editions
from otklik.incidents.actions import perform
from otklik.incidents.load import IN_A_BODY, Realm
from otklik.incidents.models import Incident, WorkItem
from otklik.journal import queries as journal
from otklik.orgs import queries as orgs
from otklik.orgs.models import Person, RoleHolding
from otklik.process.commands import HandOver
from otklik.process.events import EventKind
from otklik.process.refusal import Refusal
from otklik.process.state import Stage
from otklik.regulation.model.people import OurRole

_HOLDING = (EventKind.TAKEN.value, EventKind.ASSIGNED.value, EventKind.HANDED_OVER.value)


@dataclass(frozen=True, slots=True)
class Held:
    """A role of the act that a person holds on an incident. `unit_id`: for whose people it is; None: anybody's."""

    incident: Incident
    act_role: str
    role: OurRole
    unit_id: int | None

    @property
    def key(self) -> str:
        """What a form names it by."""
        return f"{self.incident.pk}/{self.act_role}"


@dataclass(frozen=True, slots=True)
class Handed:
    """What became of one. `refusal` None: `to_id` holds it now."""

    held: Held
    to_id: int
    refusal: Refusal | None


def held_by(realm: Realm, person_id: int) -> list[Held]:
    """What the person holds of the realm's open incidents, the most pressing first. A fixed number of queries."""
    has_work = Q(pk__in=WorkItem.objects.filter(organisation=realm.organisation).values("incident"))
    rows = Incident.objects.filter(has_work | ~Q(stage=Stage.ANSWERED.value), organisation=realm.organisation)
    rows = rows.filter(closed_at__isnull=True)
    if realm.unit_ids is not None:
        in_part = WorkItem.objects.filter(unit__in=realm.unit_ids).values("incident")
        rows = rows.filter(Q(unit__in=realm.unit_ids) | Q(pk__in=in_part))
    holders: dict[tuple[int, str], str] = {}
    for event in journal.of_kinds(rows.values_list("pk", flat=True), _HOLDING):
        holder = event.payload.get("to") or event.payload.get("person")
        holders[event.incident_id or 0, str(event.payload["role"])] = str(holder)
    wanted = {about for about, holder in holders.items() if holder == str(person_id)}
    found = Incident.objects.filter(pk__in={pk for pk, _ in wanted}).select_related("unit")
    by_pk = {one.pk: one for one in found}
    theirs = RoleHolding.objects.filter(organisation=realm.organisation, person=person_id, unit__isnull=False)
    bodies = access.with_below(set(theirs.values_list("unit_id", flat=True)))
    parts = WorkItem.objects.filter(incident__in=by_pk, person=person_id, unit__in=bodies)
    units = dict(parts.values_list("incident_id", "unit_id"))
    held = [_held(by_pk[pk], act_role, units.get(pk)) for pk, act_role in wanted if pk in by_pk]
    return sorted(held, key=lambda one: (one.incident.next_due_at or _NEVER, one.incident.pk, one.act_role))


def things(realm: Realm, keys: Iterable[str]) -> list[Held]:
    """What these keys name among the realm's incidents, whoever holds it now; what names nothing is left out."""
    parted = [key.partition("/") for key in keys]
    wanted = {(int(pk), role) for pk, _, role in parted if pk.isascii() and pk.isdecimal() and len(pk) <= _DIGITS}
    rows = Incident.objects.filter(organisation=realm.organisation, pk__in={pk for pk, _ in wanted})
    by_pk = {one.pk: one for one in rows.select_related("unit") if realm.covers(one.unit_id)}
    return [_held(by_pk[pk], role) for pk, role in sorted(wanted) if pk in by_pk]


def receivers(held: Held, at: dt.datetime, *, besides: int) -> tuple[Person, ...]:
    """Who can be given it at the instant: present holders of the role, for the unit or the whole, and substitutes."""
    holders = orgs.holders_at(held.incident.organisation_id, held.role, at, unit_id=held.unit_id)
    return tuple(one for one in holders if one.pk != besides)


def hand_over(
    chosen: Iterable[tuple[Held, int]], *, person: Person, command_id: UUID, now: dt.datetime, why: str, note: str = ""
) -> list[Handed]:
    """Hand each to its receiver. `why`: as in `HandOver`. The same command id hands over once."""
    done = []
    for held, to_id in chosen:
        wanted = HandOver(role=held.act_role, to=str(to_id), why=why, note=note)
        own_id = uuid5(command_id, held.key)
        outcome = perform(held.incident.pk, wanted, person=person, command_id=own_id, now=now)
        done.append(Handed(held, to_id, outcome.refusal))
    return done


def still_held(realm: Realm, handed: Sequence[tuple[str, int]]) -> tuple[list[Held], list[tuple[str, int]]]:
    """Of things handed over, (key, receiver): those that the receiver still holds, and those that have moved on."""
    known = {pk: {one.key: one for one in held_by(realm, pk)} for pk in {to_id for _, to_id in handed}}
    there = [known[to_id][key] for key, to_id in handed if key in known[to_id]]
    return there, [one for one in handed if one[0] not in known[one[1]]]


_DIGITS = 18
"""In the id of an incident: what is longer names nothing."""
_NEVER = dt.datetime.max.replace(tzinfo=dt.UTC)


def _held(incident: Incident, act_role: str, unit_id: int | None = None) -> Held:
    """`unit_id`: the body that asks the person for its part; None: the one in which the incident lies."""
    act = editions.by_hash(incident.act_hash)
    role = next((one.is_ for one in act.people.roles if one.role == act_role), OurRole.EXECUTOR)
    return Held(incident, act_role, role, (unit_id or incident.unit_id) if role in IN_A_BODY else None)
