"""What every page here begins with: whose realm it is, its hours, its tasks, its names; and who may come in."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from django.http import Http404

from otklik.incidents import load, reminding
from otklik.incidents.load import Realm, Task
from otklik.orgs import access
from otklik.orgs import queries as orgs
from otklik.orgs.models import Organisation, Person, Unit
from otklik.orgs.schedules import of_organisation
from otklik.orgs.words import ROLE_WORDS
from otklik.web.chronometer import SOON_PERCENT
from otklik.worktime import Schedule

NOT_HERE = "Это видят куратор, ответственное должностное лицо и руководитель этой организации."


def organisation_of(person: Person, pk: int, **_: int) -> Organisation:
    """The organisation of an address, for `allow`: out of sight, it is absent.

    :raises Organisation.DoesNotExist: out of sight, or not there.
    :raises Http404: an outside institution runs no process and has nothing to manage.
    """
    found = access.organisation(person, pk)
    if not found.act:
        raise Http404("Не найдено.")
    return found


def desk_of(person: Person, organisation: Organisation, now: dt.datetime) -> "Desk":
    """
    :raises PermissionDenied: the person manages nothing here.
    """
    realm = load.realm_of(person, organisation, now)
    if realm is None:
        raise PermissionDenied(NOT_HERE)
    return Desk(person, realm, now.astimezone(ZoneInfo(organisation.zone)))


@dataclass(frozen=True)
class Desk:
    """A manager's desk at `now`, which is in the organisation's zone."""

    viewer: Person
    realm: Realm
    now: dt.datetime

    @property
    def organisation(self) -> Organisation:
        return self.realm.organisation

    @cached_property
    def schedule(self) -> Schedule:
        return of_organisation(self.organisation)

    @cached_property
    def tasks(self) -> list[Task]:
        """Every open task of the realm, the most pressing first."""
        return load.tasks(self.realm, self.schedule, self.now, at_risk_percent=SOON_PERCENT)

    @cached_property
    def units(self) -> dict[int, Unit]:
        """The units of the organisation that the realm covers, in the order of the tree."""
        every = sorted(orgs.units_of(self.organisation.pk).values(), key=lambda unit: unit.path)
        return {unit.pk: unit for unit in every if self.realm.covers(unit.pk)}

    @cached_property
    def names(self) -> dict[int, str]:
        """Full names of everybody who is at something."""
        return orgs.names_of(task.holder_id for task in self.tasks if task.holder_id is not None)

    @cached_property
    def reminded(self) -> dict[tuple[int, str, int | None], dt.datetime]:
        """When the last reminders of what is worth one were sent, in the organisation's zone."""
        found = reminding.last_reminders(task for task in self.tasks if task.is_silent)
        return {about: at.astimezone(self.now.tzinfo) for about, at in found.items()}

    def reminded_at(self, tasks: list[Task]) -> dt.datetime | None:
        """When those for whom these tasks wait were last reminded of one of them."""
        times = [self.reminded.get((task.incident_id, *task.key)) for task in tasks]
        return max((at for at in times if at is not None), default=None)

    def whose(self, task: Task) -> str:
        """Whose turn it is: the body, or the role."""
        unit = self.units.get(task.unit_id) if task.unit_id is not None else None
        return unit.name if unit else ROLE_WORDS[task.role]
