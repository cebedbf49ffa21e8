"""Which messages a person may see by themselves: those of the organisations where they monitor or curate.

A message that became an incident is reached through the incident (`incidents.access`).
"""

from django.db.models import QuerySet
from django.utils import timezone

from otklik.messages.models import ImportProfile, ImportRun, Message
from otklik.orgs import queries as orgs
from otklik.orgs.models import Organisation, Person
from otklik.regulation.model.people import OurRole

MONITORING = frozenset({OurRole.OPERATOR, OurRole.CURATOR})


def organisations_monitored(person: Person) -> frozenset[int]:
    """Ids of the organisations whose messages this person takes in."""
    held = orgs.roles_at(person, timezone.now())
    return frozenset(role.organisation_id for role in held if role.role in MONITORING)


def visible_to(person: Person) -> QuerySet[Message]:
    return Message.objects.filter(organisation__in=organisations_monitored(person))


def organisation_monitored(person: Person) -> Organisation:
    """The organisation for which this person takes messages in: their own before others.

    :raises Organisation.DoesNotExist: they take messages in nowhere.
    """
    monitored, own = organisations_monitored(person), person.organisation_id
    if not monitored:
        raise Organisation.DoesNotExist
    return Organisation.objects.get(pk=own if own in monitored else min(monitored))


def import_runs(person: Person) -> QuerySet[ImportRun]:
    return ImportRun.objects.filter(organisation__in=organisations_monitored(person))


def import_run(person: Person, pk: int) -> ImportRun:
    """
    :raises ImportRun.DoesNotExist: out of sight, or not there.
    """
    return import_runs(person).select_related("organisation", "started_by").get(pk=pk)


def import_profile(person: Person, pk: int) -> ImportProfile:
    """
    :raises ImportProfile.DoesNotExist: out of sight, or not there.
    """
    ours = ImportProfile.objects.filter(organisation__in=organisations_monitored(person))
    return ours.select_related("organisation", "saved_by").get(pk=pk)
