"""Which incidents a person may see. Objects reach a door only through here; what is out of sight is absent.

Who curates, monitors, answers for the field or heads the organisation sees all of its incidents; who works in a body
sees those in which the body takes, or took, part. An administrator arranges people and settings and, by that role
alone, reads no citizen's message.
"""

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from otklik.incidents.models import Incident, Participant
from otklik.orgs import queries as orgs
from otklik.orgs.models import Person, Unit
from otklik.regulation.model.people import OurRole

SEE_ALL = frozenset({OurRole.OPERATOR, OurRole.CURATOR, OurRole.RESPONSIBLE, OurRole.HEAD})
SEE_TAKING_PART = frozenset({OurRole.EXECUTOR, OurRole.SPECIALIST, OurRole.PUBLISHER})


def visible_to(person: Person, now: dt.datetime | None = None) -> QuerySet[Incident]:
    """The incidents in this person's sight at `now`."""
    whole: set[int] = set()
    units: set[int] = set()
    for held in orgs.roles_at(person, now or timezone.now()):
        if held.role in SEE_ALL or (held.role in SEE_TAKING_PART and held.unit_id is None):
            whole.add(held.organisation_id)
        elif held.role in SEE_TAKING_PART and held.unit_id is not None:
            units.add(held.unit_id)
    took_part = Participant.objects.filter(incident=OuterRef("pk"), unit__in=with_below(units))
    return Incident.objects.filter(Q(organisation__in=whole) | Q(Exists(took_part)))


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
