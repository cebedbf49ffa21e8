"""Everybody of an organisation with what they hold: for lists, in a fixed number of queries."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Q, QuerySet

from otklik.orgs.models import Absence, Duty, Organisation, Person, RoleHolding, Substitution
from otklik.orgs.queries import in_force
from otklik.regulation.model.people import OurRole


@dataclass(slots=True)
class Standing:
    """What one person holds in the organisation at an instant."""

    roles: list[RoleHolding] = field(default_factory=list)
    duties: list[Duty] = field(default_factory=list)
    absence: Absence | None = None
    stands_in_for: list[Substitution] = field(default_factory=list)


def members(organisation: Organisation, at: dt.datetime) -> QuerySet[Person]:
    """The people of the organisation, and those from elsewhere who hold a role in it at the instant; by name."""
    held = RoleHolding.objects.filter(in_force(at), organisation=organisation).values("person")
    return (
        Person.objects.filter(Q(organisation=organisation) | Q(pk__in=held))
        .select_related("organisation", "unit")
        .order_by("full_name", "pk")
    )


def member(organisation: Organisation, pk: int) -> Person:
    """One of them, or somebody who held a role here before.

    :raises Person.DoesNotExist: nobody of this organisation.
    """
    held = RoleHolding.objects.filter(organisation=organisation, person=pk).values("person")
    return Person.objects.select_related("organisation", "unit").get(
        Q(organisation=organisation) | Q(pk__in=held), pk=pk
    )


def standings(organisation: Organisation, at: dt.datetime) -> dict[int, Standing]:
    """Person id → what they hold here at the instant; whoever holds nothing is not named."""
    found: dict[int, Standing] = defaultdict(Standing)
    now_here = Q(organisation=organisation) & in_force(at)
    for holding in RoleHolding.objects.filter(now_here).select_related("unit"):
        found[holding.person_id].roles.append(holding)
    for duty in Duty.objects.filter(now_here).select_related("unit"):
        found[duty.person_id].duties.append(duty)
    for absence in Absence.objects.filter(now_here):
        found[absence.person_id].absence = absence
    for substitution in Substitution.objects.filter(now_here).select_related("absent"):
        found[substitution.substitute_id].stands_in_for.append(substitution)
    return dict(found)


def held(organisation: Organisation, at: dt.datetime) -> frozenset[OurRole]:
    """The roles that somebody active holds here at the instant by appointment."""
    rows = RoleHolding.objects.filter(in_force(at), organisation=organisation, person__is_active=True)
    return frozenset(OurRole(role) for role in rows.values_list("role", flat=True).distinct())


Row = RoleHolding | Duty | Absence | Substitution
"""What a person may hold."""

KINDS = ("role", "duty", "absence", "substitution")
"""Its kinds, by the word in an address."""


def history(organisation: Organisation, person: Person) -> dict[str, list[Row]]:
    """All that the person has held and will hold here, by kind, newest first. Substitutions on either side."""
    order = ("-since_at", "-pk")
    theirs = Q(organisation=organisation, person=person)
    either = Q(organisation=organisation) & (Q(absent=person) | Q(substitute=person))
    return {
        "role": [*RoleHolding.objects.filter(theirs).select_related("unit").order_by(*order)],
        "duty": [*Duty.objects.filter(theirs).select_related("unit").order_by(*order)],
        "absence": [*Absence.objects.filter(theirs).order_by(*order)],
        "substitution": [*Substitution.objects.filter(either).select_related("absent", "substitute").order_by(*order)],
    }


def row_of(organisation: Organisation, kind: str, pk: int) -> Row:
    """
    :raises ObjectDoesNotExist: no such row here.
    """
    if kind == "role":
        return RoleHolding.objects.select_related("person", "organisation").get(organisation=organisation, pk=pk)
    if kind == "duty":
        return Duty.objects.select_related("person").get(organisation=organisation, pk=pk)
    if kind == "absence":
        return Absence.objects.select_related("person").get(organisation=organisation, pk=pk)
    if kind == "substitution":
        return Substitution.objects.select_related("absent", "substitute").get(organisation=organisation, pk=pk)
    raise ObjectDoesNotExist(kind)
