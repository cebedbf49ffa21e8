"""Which incidents a person may see. Objects reach a door only through here; what is out of sight is absent.

Who curates, monitors, answers for the field or heads the organisation sees all of its incidents; who works in a body
sees those in which the body takes, or took, part. An administrator arranges people and settings and, by that role
alone, reads no citizen's message.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone

from otklik.incidents.models import Incident, Participant
from otklik.orgs import queries as orgs
from otklik.orgs.models import Person, Unit
from otklik.regulation.model.people import OurRole

SEE_ALL = frozenset({OurRole.OPERATOR, OurRole.CURATOR, OurRole.RESPONSIBLE, OurRole.HEAD})
SEE_TAKING_PART = frozenset({OurRole.EXECUTOR, OurRole.SPECIALIST, OurRole.PUBLISHER})


@dataclass(frozen=True, slots=True)
class Sight:
    """Ids of organisations whose incidents are all in sight, and of units in whose incidents alone a person works."""

    whole: frozenset[int]
    units: frozenset[int]

    def covers(self, organisation_id: int, unit_ids: Iterable[int]) -> bool:
        """Whether an incident of the organisation, in which these units take or took part, is in sight."""
        return organisation_id in self.whole or not self.units.isdisjoint(unit_ids)


def sight_of(person: Person, now: dt.datetime) -> Sight:
    """What this person's roles at `now` let them see."""
    whole: set[int] = set()
    units: set[int] = set()
    for held in orgs.roles_at(person, now):
        if held.role in SEE_ALL or (held.role in SEE_TAKING_PART and held.unit_id is None):
            whole.add(held.organisation_id)
        elif held.role in SEE_TAKING_PART and held.unit_id is not None:
            units.add(held.unit_id)
    return Sight(frozenset(whole), frozenset(with_below(units)))


def visible_to(person: Person, now: dt.datetime | None = None) -> QuerySet[Incident]:
    """The incidents in this person's sight at `now`."""
    sight = sight_of(person, now or timezone.now())
    whole = Q(organisation__in=sight.whole)
    if not sight.units:
        return Incident.objects.filter(whole)
    # A list, not EXISTS for each row: a body takes part in few of all incidents, and the list leads to them.
    took_part = Q(pk__in=Participant.objects.filter(unit__in=sight.units).values("incident"))
    return Incident.objects.filter(whole | took_part if sight.whole else took_part)


def sees_any(person: Person, now: dt.datetime) -> bool:
    """Whether any role of the person lets them see incidents at all: an administrator's alone does not."""
    return any(held.role in SEE_ALL | SEE_TAKING_PART for held in orgs.roles_at(person, now))


def incident(person: Person, pk: int) -> Incident:
    """
    :raises Incident.DoesNotExist: out of sight, or not there.
    """
    return visible_to(person).select_related("organisation", "message", "unit", "person").get(pk=pk)


def may_see(person: Person, owner_id: str) -> bool:
    """Whether the person sees the incident that owns a file."""
    return visible_to(person).filter(pk=owner_id).exists()


def with_below(unit_ids: set[int]) -> set[int]:
    """These units and all below them."""
    if not unit_ids:
        return set()
    below = Q()
    for path in Unit.objects.filter(pk__in=unit_ids).values_list("path", flat=True):
        below |= Q(path__startswith=path)
    return set(Unit.objects.filter(below).values_list("pk", flat=True))
