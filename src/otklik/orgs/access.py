"""What a person may see: objects of this app reach a door only through here.

What lies outside a person's sight is absent for them: `DoesNotExist`, never «forbidden».
"""

from typing import TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from otklik.orgs import queries
from otklik.orgs.models import Duty, Organisation, Person, RoleHolding, Unit
from otklik.project.transactions import EVERYTHING, read
from otklik.regulation.model.people import OurRole

M = TypeVar("M", bound=Model)


def scope(person: Person) -> tuple[int, ...]:
    """Ids of the organisations in this person's sight: their own, all below it, those where they hold a role now."""
    now = timezone.now()
    with read(EVERYTHING):
        below = Organisation.objects.filter(path__startswith=person.organisation.path).values_list("pk", flat=True)
        holding = RoleHolding.objects.filter(
            Q(until_at__isnull=True) | Q(until_at__gt=now), person=person, since_at__lte=now
        ).values_list("organisation_id", flat=True)
        return tuple(sorted({*below, *holding}))


def visible_to(person: Person, rows: QuerySet[M], field: str = "organisation") -> QuerySet[M]:
    """Those of `rows` whose organisation (in `field`) is in sight."""
    return rows.filter(**{f"{field}__in": scope(person)})


def organisations(person: Person) -> QuerySet[Organisation]:
    """The organisations in sight, root first."""
    return visible_to(person, Organisation.objects.all(), "pk")


def administered(person: Person) -> QuerySet[Organisation]:
    """The organisations in sight that this person administers now: where they hold that role, and all below."""
    held = queries.roles_at(person, timezone.now())
    where = {one.organisation_id for one in held if one.role is OurRole.ADMINISTRATOR}
    roots = Organisation.objects.filter(pk__in=where).values_list("path", flat=True)
    below = Q(pk__in=())
    for path in roots:
        below |= Q(path__startswith=path)
    return organisations(person).filter(below)


def organisation(person: Person, pk: int) -> Organisation:
    """
    :raises Organisation.DoesNotExist: out of sight, or not there.
    """
    return organisations(person).get(pk=pk)


def units(person: Person) -> QuerySet[Unit]:
    """The units in sight, in the order of the tree."""
    return visible_to(person, Unit.objects.all())


def unit(person: Person, pk: int) -> Unit:
    """
    :raises Unit.DoesNotExist: out of sight, or not there.
    """
    return units(person).get(pk=pk)


def duties(person: Person) -> QuerySet[Duty]:
    """The duties in the organisations in sight."""
    return visible_to(person, Duty.objects.all())


def people(person: Person) -> QuerySet[Person]:
    """The people of the organisations in sight, and those from elsewhere who hold a role in one of them."""
    seen = scope(person)
    return Person.objects.filter(
        Q(organisation__in=seen) | Q(pk__in=RoleHolding.objects.filter(organisation__in=seen).values("person"))
    )


def other_person(person: Person, pk: int) -> Person:
    """
    :raises Person.DoesNotExist: out of sight, or not there.
    """
    return people(person).get(pk=pk)
