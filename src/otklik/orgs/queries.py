"""All reads of this app that are not about sight (`access.py`) or hours (`schedules.py`).

They see what the tenant in force lets them see; sign-in and background work ask with `EVERYTHING`.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q, QuerySet

from otklik.orgs import tree
from otklik.orgs.models import (
    Absence,
    Duty,
    Organisation,
    Person,
    RoleHolding,
    ScheduleChange,
    Substitution,
    Unit,
)
from otklik.project.transactions import EVERYTHING, read
from otklik.regulation.model.people import OurRole


class HeldBy(StrEnum):
    """Why a person holds a role now."""

    APPOINTMENT = "appointment"
    DUTY = "duty"
    SUBSTITUTION = "substitution"


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role in a person's hand at an instant. `act_role` empty: every role of the act that is this one of ours."""

    role: OurRole
    act_role: str
    organisation_id: int
    unit_id: int | None
    unit_key: str
    held_by: HeldBy
    on_behalf_of_id: int | None = None
    """The absent person, for a substitution."""


_remembered: ContextVar[dict[int, tuple[HeldRole, ...]] | None] = ContextVar("otklik_roles", default=None)


@contextmanager
def one_instant() -> Iterator[None]:
    """Within it a person's roles are read once: a page shows one instant, whatever the clock says while it is made.

    For reading only. A command asks anew, under its lock.
    """
    token = _remembered.set({})
    try:
        yield
    finally:
        _remembered.reset(token)


def in_force(at: dt.datetime) -> Q:
    """Rows whose half-open span `[since_at, until_at)` covers the instant."""
    return Q(since_at__lte=at) & (Q(until_at__isnull=True) | Q(until_at__gt=at))


def roles_at(person: Person, at: dt.datetime, *, organisation_id: int | None = None) -> tuple[HeldRole, ...]:
    """Every role in this person's hand at the instant: appointments, duty, and those of the people they substitute.

    A substitute takes the absent person's appointments and duty, not what that person substitutes in turn.

    :param organisation_id: only roles held in this organisation; None: anywhere.
    """
    remembered = _remembered.get()
    if remembered is None:
        return _read_roles(person, at, organisation_id)
    if person.pk not in remembered:
        remembered[person.pk] = _read_roles(person, at, None)
    return tuple(one for one in remembered[person.pk] if organisation_id in (None, one.organisation_id))


def _read_roles(person: Person, at: dt.datetime, organisation_id: int | None) -> tuple[HeldRole, ...]:
    with read(EVERYTHING):
        where = Q() if organisation_id is None else Q(organisation_id=organisation_id)
        own = [*_appointments(where, person.pk, at), *_duties(where, person.pk, at)]
        for substitution in Substitution.objects.filter(where, in_force(at), substitute=person):
            own.extend(_substituted(substitution, at))
        return tuple(dict.fromkeys(own))


def _appointments(where: Q, person_id: int, at: dt.datetime) -> Iterator[HeldRole]:
    rows = RoleHolding.objects.filter(where, in_force(at), person_id=person_id).select_related("unit")
    return (_held(row, HeldBy.APPOINTMENT) for row in rows)


def _duties(where: Q, person_id: int, at: dt.datetime) -> Iterator[HeldRole]:
    rows = Duty.objects.filter(where, in_force(at), person_id=person_id).select_related("unit")
    return (_held(row, HeldBy.DUTY) for row in rows)


def _substituted(substitution: Substitution, at: dt.datetime) -> Iterator[HeldRole]:
    where = Q(organisation_id=substitution.organisation_id)
    if substitution.role:
        where &= Q(role=substitution.role)
    absent = substitution.absent_id
    for held in (*_appointments(where, absent, at), *_duties(where, absent, at)):
        yield HeldRole(
            held.role, held.act_role, held.organisation_id, held.unit_id, held.unit_key, HeldBy.SUBSTITUTION, absent
        )


def _held(row: RoleHolding | Duty, held_by: HeldBy) -> HeldRole:
    unit_key = row.unit.key if row.unit is not None else ""
    return HeldRole(OurRole(row.role), row.act_role, row.organisation_id, row.unit_id, unit_key, held_by)


def holders_at(
    organisation_id: int, role: OurRole, at: dt.datetime, *, unit_id: int | None = None
) -> tuple[Person, ...]:
    """Who can be given work of this role at the instant: holders and people on duty who are present, and substitutes.

    :param unit_id: only those who hold it for this unit or for the whole organisation.
    """
    where = Q(organisation_id=organisation_id) & in_force(at)
    held = where & Q(role=role.value)
    if unit_id is not None:
        held &= Q(unit_id=unit_id) | Q(unit__isnull=True)
    holders = {
        *RoleHolding.objects.filter(held).values_list("person_id", flat=True),
        *Duty.objects.filter(held).values_list("person_id", flat=True),
    }
    away = absent_at(holders, at)
    substitutes = Substitution.objects.filter(where, Q(role="") | Q(role=role.value), absent_id__in=holders)
    able = (holders - away) | set(substitutes.values_list("substitute_id", flat=True))
    return tuple(Person.objects.filter(pk__in=able - absent_at(able, at), is_active=True))


def absent_at(person_ids: Iterable[int], at: dt.datetime) -> frozenset[int]:
    """Which of these people are away at the instant."""
    rows = Absence.objects.filter(in_force(at), person_id__in=person_ids)
    return frozenset(rows.values_list("person_id", flat=True))


def administrators_of(organisation: Organisation, at: dt.datetime) -> QuerySet[Person]:
    """Who can sign in and has been appointed administrator of the organisation, or of one above it, at the instant."""
    holding = RoleHolding.objects.filter(
        in_force(at), role=OurRole.ADMINISTRATOR.value, organisation_id__in=tree.ids_in(organisation.path)
    )
    return Person.objects.filter(pk__in=holding.values("person"), is_active=True, has_account=True)


def names_of(person_ids: Iterable[int]) -> dict[int, str]:
    """Full names by id, also of people of other organisations: who took part in an incident is no secret in it."""
    with read(EVERYTHING):
        return dict(Person.objects.filter(pk__in=set(person_ids)).values_list("pk", "full_name"))


def keys_of_all() -> dict[int, str]:
    """Keys of the organisations by id."""
    return dict(Organisation.objects.values_list("pk", "key"))


def people_of(organisation_id: int) -> QuerySet[Person]:
    """The people of an organisation, by name."""
    return Person.objects.filter(organisation_id=organisation_id).select_related("unit")


def units_of(organisation_id: int) -> dict[str, Unit]:
    """The units of an organisation by key, those closed too: the journal may name them."""
    return {unit.key: unit for unit in Unit.objects.filter(organisation_id=organisation_id)}


def unit_tree(organisation: Organisation) -> QuerySet[Unit]:
    """The units of an organisation in the order of the tree, those closed too."""
    return Unit.objects.filter(organisation=organisation).select_related("organisation", "parent").order_by("path")


def changed_days(organisation: Organisation) -> QuerySet[ScheduleChange]:
    """The single days whose hours an organisation or a unit of it has changed, the latest first."""
    rows = ScheduleChange.objects.filter(organisation=organisation).select_related("unit", "organisation")
    return rows.order_by("-changes_on", "pk")


def with_act(organisation_ids: Iterable[int]) -> QuerySet[Organisation]:
    """Those of these organisations that work under an act, in the order of the tree."""
    return Organisation.objects.filter(pk__in=organisation_ids).exclude(act="").order_by("path")


def holdings_at(organisation: Organisation, at: dt.datetime) -> QuerySet[RoleHolding]:
    """Who holds which role in an organisation at the instant by appointment."""
    return RoleHolding.objects.filter(in_force(at), organisation=organisation)


def working(person_ids: Iterable[int]) -> QuerySet[Person]:
    """Those of these people whose accounts are open, by name."""
    return Person.objects.filter(pk__in=person_ids, is_active=True).order_by("full_name", "pk")
