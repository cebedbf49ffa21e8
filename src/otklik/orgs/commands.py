"""What the command line does with organisations and people. Every function says which organisation it works in."""

import datetime as dt
import os
import uuid
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from otklik.orgs import actions, people_import, queries
from otklik.orgs.actions import By, OrganisationFacts, PersonFacts, Refused
from otklik.orgs.first_run import is_empty
from otklik.orgs.models import Organisation, Person
from otklik.orgs.models.person import normalise_username
from otklik.orgs.people_file import FileRefused
from otklik.orgs.words import ROLE_WORDS, sentence
from otklik.project.transactions import EVERYTHING, read, write
from otklik.regulation.model.people import OurRole

__all__ = [
    "NotFound",
    "Refused",
    "give_password",
    "import_people",
    "is_empty",
    "organisation_named",
    "people_lines",
    "person_named",
    "sentence",
    "set_up",
]


class NotFound(Exception):
    """What was named is not there; the message is a sentence."""


def set_up(facts: OrganisationFacts, administrator: PersonFacts, password: str) -> Organisation:
    """An organisation and its first administrator, in one transaction.

    :raises Refused: as `actions.create_organisation` and `actions.create_person`.
    """
    now = timezone.now()
    with write(EVERYTHING):
        organisation = actions.create_organisation(facts, by=_by(now))
        person = actions.create_person(organisation, administrator, password=password, by=_by(now))
        actions.give_role(person, OurRole.ADMINISTRATOR, by=_by(now))
    return organisation


def organisation_named(key: str) -> Organisation:
    """The organisation with this key; the only one, where none is named.

    :raises NotFound: with the keys there are.
    """
    there = list(Organisation.objects.order_by("key"))
    found = [one for one in there if one.key == key] if key else there
    if len(found) == 1:
        return found[0]
    keys = ", ".join(one.key for one in there)
    if not there:
        raise NotFound("Организаций ещё нет. Начните с: otklik init")
    if key:
        raise NotFound(f"Организации «{key}» нет. Есть: {keys}.")
    raise NotFound(f"Организаций несколько. Укажите одну: --organisation. Есть: {keys}.")


def person_named(username: str, organisation: Organisation) -> Person:
    """Who signs in with this name, of this organisation or with a role in it.

    :raises NotFound: nobody, or nobody here.
    """
    with read(EVERYTHING):
        person = Person.objects.filter(username=normalise_username(username), is_active=True).first()
        held = queries.roles_at(person, timezone.now(), organisation_id=organisation.pk) if person else ()
    if person is None:
        raise NotFound(f"Имени для входа «{username}» нет. Список: otklik people list")
    if person.organisation_id != organisation.pk and not held:
        raise NotFound(f"«{username}» не работает в организации «{organisation.key}» и не имеет в ней ролей.")
    return person


def people_lines(organisation: Organisation) -> Iterator[str]:
    """One line a person: name to sign in with, full name, unit, roles now."""
    now = timezone.now()
    with read([organisation.pk]):
        for person in queries.people_of(organisation.pk):
            held = {one.role for one in queries.roles_at(person, now, organisation_id=organisation.pk)}
            roles = ", ".join(words for role, words in ROLE_WORDS.items() if role in held)
            unit = person.unit.name if person.unit else ""
            state = "" if person.is_active else "учётная запись закрыта"
            yield "\t".join([person.username or "-", person.full_name, unit, roles, state]).rstrip()


def give_password(username: str, password: str) -> None:
    """
    :raises NotFound: nobody signs in with this name.
    :raises Refused: `weak_password`.
    """
    with read(EVERYTHING):
        person = Person.objects.filter(username=normalise_username(username)).first()
    if person is None:
        raise NotFound(f"Имени для входа «{username}» нет. Список: otklik people list")
    actions.set_password(person, password, by=_by(timezone.now()))


def import_people(
    organisation: Organisation, content: bytes, *, create_units: bool, passwords: Path | None, dry_run: bool
) -> int:
    """Everybody of the file, or nobody; how many there are.

    :param passwords: a new file (mode 0600) for initial passwords; None: `otklik people password` gives them.
    :raises FileRefused: every problem with its line; nothing was written.
    """
    rows, problems = people_import.check(organisation, content, create_units=create_units)
    if problems:
        raise FileRefused(problems)
    with write([organisation.pk]):
        given = people_import.bring_in(organisation, rows, with_passwords=passwords is not None, by=_by(timezone.now()))
        if dry_run:
            transaction.set_rollback(True)
        elif passwords is not None:
            _write_passwords(passwords, given)  # within: if the file cannot be written, nobody is brought in
    return len(rows)


def _write_passwords(path: Path, given: Iterable[tuple[str, str]]) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.writelines(f"{username}\t{password}\n" for username, password in given)


def _by(now: dt.datetime) -> By:
    return By(person_id=None, command_id=uuid.uuid4(), now=now)
