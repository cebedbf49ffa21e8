"""Lists that people keep under a name: their own, and those shared in their organisation."""

import uuid
from collections.abc import Mapping

from django.db.models import Max, Q, QuerySet

from otklik.incidents.access import SEE_ALL
from otklik.incidents.models import SavedView
from otklik.orgs import queries as orgs
from otklik.orgs.actions.base import By, record
from otklik.orgs.models import Person
from otklik.project.transactions import write

LONGEST_NAME = 60
MOST = 30
"""Views of one person; more nobody finds again."""


class ViewRefused(ValueError):
    """A view that cannot be kept; `code`: `no_name`, `too_many`, `may_not_share`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def views_of(person: Person) -> QuerySet[SavedView]:
    """A person's own views and those shared in their organisation, in order."""
    rows = SavedView.objects.filter(Q(owner=person) | Q(is_shared=True), organisation=person.organisation_id)
    return rows.order_by("position", "pk")


def view(person: Person, pk: int) -> SavedView:
    """A view that the person may change: their own.

    :raises SavedView.DoesNotExist: another's, or not there.
    """
    return SavedView.objects.get(pk=pk, owner=person, organisation=person.organisation_id)


def may_share(person: Person, by: By) -> bool:
    """Whoever sees the whole organisation arranges lists for all of it."""
    return any(held.role in SEE_ALL for held in orgs.roles_at(person, by.now, organisation_id=person.organisation_id))


def keep(person: Person, name: str, values: Mapping[str, str], *, is_shared: bool, by: By) -> SavedView:
    """Keep a list under a name; the same name again is the same view. Sharing is recorded in the journal.

    :raises ViewRefused: `no_name`, `too_many`, `may_not_share`.
    """
    name = " ".join(name.split())[:LONGEST_NAME]
    if not name:
        raise ViewRefused("no_name")
    if is_shared and not may_share(person, by):
        raise ViewRefused("may_not_share")
    with write([person.organisation_id]):
        own = SavedView.objects.filter(owner=person)
        there = own.filter(name=name).first()
        if there is None and own.count() >= MOST:
            raise ViewRefused("too_many")
        last = views_of(person).aggregate(last=Max("position"))["last"] or 0
        kept, _ = SavedView.objects.update_or_create(
            owner=person,
            name=name,
            defaults={
                "organisation_id": person.organisation_id,
                "values": dict(values),
                "is_shared": is_shared,
                "position": there.position if there else last + 1,
            },
        )
        if is_shared or (there is not None and there.is_shared):
            _record(by, kept, "view_shared" if is_shared else "view_unshared")
        return kept


def remove(found: SavedView, *, by: By) -> None:
    """The view is not wanted any more."""
    with write([found.organisation_id]):
        if found.is_shared:
            _record(by, found, "view_unshared")
        SavedView.objects.filter(pk=found.pk).delete()


def move_up(person: Person, found: SavedView) -> None:
    """Before the one that stands above it in the person's list; the places of their own views are given anew."""
    with write([found.organisation_id]):
        own = list(SavedView.objects.filter(owner=person).order_by("position", "pk"))
        at = next((place for place, one in enumerate(own) if one.pk == found.pk), 0)
        if at:
            own[at - 1], own[at] = own[at], own[at - 1]
        for place, one in enumerate(own, 1):
            one.position = place
        SavedView.objects.bulk_update(own, ["position"])


def _record(by: By, found: SavedView, kind: str) -> None:
    own = By(person_id=by.person_id, command_id=uuid.uuid4(), now=by.now)
    record(own, found.organisation_id, kind, {"view": found.pk, "values": dict(found.values)}, name=found.name)
