"""What else the author of a message wrote to the same organisation, as far as a person may see it."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Count, QuerySet

from otklik.incidents import access
from otklik.incidents.models import Incident
from otklik.orgs.models import Person


def written_by_same(person: Person, incident: Incident, now: dt.datetime) -> QuerySet[Incident]:
    """The author's other messages, the newest first; none, if nobody knows who wrote.

    A network's author is one of its organisation: what they wrote to another is no part of it.
    """
    author_id = incident.message.author_id
    if author_id is None:
        return Incident.objects.none()
    others = access.visible_to(person, now).filter(message__author=author_id).exclude(pk=incident.pk)
    return others.order_by("-detected_at", "-pk")


def counts(person: Person, author_ids: Iterable[int], now: dt.datetime) -> dict[int, int]:
    """Author → how many of their messages are in the person's sight."""
    rows = access.visible_to(person, now).filter(message__author__in=set(author_ids)).order_by()
    counted = rows.values_list("message__author").annotate(number=Count("pk"))
    return {author_id: number for author_id, number in counted if author_id is not None}


def outcomes(rows: QuerySet[Incident]) -> dict[str, int]:
    """Stage → how many, the most frequent first."""
    counted = rows.order_by().values_list("stage").annotate(number=Count("pk")).order_by("-number", "stage")
    return dict(counted)
