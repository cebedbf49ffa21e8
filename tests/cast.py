"""The fixed cast: one person in every role of one organisation, and an outsider of another.

NOW is Friday 27.11.2026, noon in Moscow. Everybody's password is PASSWORD.
"""

import datetime as dt
from dataclasses import dataclass
from itertools import count
from typing import Any
from uuid import uuid4

from django.test import Client

from otklik.orgs import actions
from otklik.orgs.models import Organisation, Person, Unit, UnitKind
from otklik.regulation.model.people import OurRole, Rank

NOW = dt.datetime(2026, 11, 27, 9, 0, tzinfo=dt.UTC)
LONG_AGO = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
PASSWORD = "очень-длинный-пароль"

OFFICE_HOURS: dict[str, Any] = {
    "zone": "Europe/Moscow",
    "calendar": "RU",
    "week": {day: ["09:00-13:00", "13:45-18:00"] for day in ("mon", "tue", "wed", "thu", "fri")},
}

_numbers = count(1)


def by(person: Person | None = None, *, now: dt.datetime = NOW) -> actions.By:
    """Who acts: a new command each time."""
    return actions.By(person_id=person.pk if person else None, command_id=uuid4(), now=now)


def make_organisation(parent: Organisation | None = None, **facts: Any) -> Organisation:
    """An administration with office hours in Moscow; `facts` replace the fields of `OrganisationFacts`."""
    key = f"org-{next(_numbers)}"
    usual: dict[str, Any] = {
        "key": key,
        "name": f"Администрация {key}",
        "short_name": key,
        "zone": "Europe/Moscow",
        "schedule": OFFICE_HOURS,
    }
    return actions.create_organisation(actions.OrganisationFacts(**(usual | facts)), parent=parent, by=by())


def make_unit(organisation: Organisation, key: str = "roads", **facts: Any) -> Unit:
    """A body of the organisation."""
    usual: dict[str, Any] = {"key": key, "name": f"Отдел {key}", "kind": UnitKind.BODY}
    return actions.create_unit(organisation, **(usual | facts), by=by())


def make_person(
    organisation: Organisation,
    username: str = "",
    *roles: OurRole,
    unit: Unit | None = None,
    password: str | None = PASSWORD,
    **facts: Any,
) -> Person:
    """A person who has held `roles` since long ago. An empty username: someone without an account."""
    usual: dict[str, Any] = {"full_name": f"Иванова {username or 'без учётной записи'}", "username": username}
    known = actions.PersonFacts(**(usual | facts))
    person = actions.create_person(organisation, known, unit=unit, password=password if username else None, by=by())
    for role in roles:
        actions.give_role(person, role, unit=unit, since_at=LONG_AGO, by=by())
    return person


@dataclass(frozen=True)
class Cast:
    """Who is there. Executor, specialist and publisher belong to `unit`; the outsider curates elsewhere."""

    organisation: Organisation
    unit: Unit
    operator: Person
    curator: Person
    executor: Person
    specialist: Person
    publisher: Person
    responsible: Person
    head: Person
    administrator: Person
    elsewhere: Organisation
    outsider: Person

    @property
    def of_role(self) -> dict[OurRole, Person]:
        """The person in each role."""
        return {role: getattr(self, role.value) for role in OurRole}


def make_cast(**facts: Any) -> Cast:
    """The whole cast, anew; `facts` of the organisation as in `make_organisation`."""
    organisation, elsewhere = make_organisation(**facts), make_organisation()
    unit = make_unit(organisation)
    in_unit = {OurRole.EXECUTOR, OurRole.SPECIALIST, OurRole.PUBLISHER}
    ranks = {OurRole.RESPONSIBLE: Rank.DEPUTY_HEAD, OurRole.HEAD: Rank.HEAD}
    people = {
        role.value: make_person(
            organisation,
            role.value,
            role,
            unit=unit if role in in_unit else None,
            rank=ranks.get(role, Rank.EMPLOYEE),
        )
        for role in OurRole
    }
    outsider = make_person(elsewhere, "outsider", OurRole.CURATOR)
    return Cast(organisation=organisation, unit=unit, elsewhere=elsewhere, outsider=outsider, **people)


def client_of(person: Person) -> Client:
    """A client in which `person` is signed in."""
    client = Client()
    client.force_login(person, backend="otklik.orgs.backends.PersonBackend")
    return client
