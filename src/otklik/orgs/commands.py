"""What the command line does with organisations and people. Every function says which organisation it works in."""

import datetime as dt
import os
import secrets
import uuid
from collections.abc import Iterator
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from otklik.orgs import actions, people_file, queries
from otklik.orgs.actions import By, OrganisationFacts, PersonFacts, Refused
from otklik.orgs.models import Organisation, Person, Unit
from otklik.orgs.models.person import normalise_username
from otklik.orgs.people_file import FileRefused, Problem, Row
from otklik.orgs.words import ROLE_WORDS, sentence
from otklik.project.transactions import EVERYTHING, read, write
from otklik.regulation.model.people import OurRole

__all__ = [
    "NotFound",
    "Refused",
    "give_password",
    "import_people",
    "organisation_named",
    "people_lines",
    "person_named",
    "sentence",
    "set_up",
]

ALPHABET = "abcdefghijkmnpqrstuvwxyz"
"""Without l and o, which look like digits; 16 of them are 73 random bits."""


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


def is_empty() -> bool:
    """Whether the installation has no organisation yet."""
    return not Organisation.objects.exists()


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
    rows, problems = people_file.read(content)
    with read(EVERYTHING):
        problems += _problems_here(organisation, rows, create_units=create_units)
    if problems:
        raise FileRefused(problems)
    given: list[tuple[str, str]] = []
    with write([organisation.pk]):
        _write_rows(organisation, rows, given if passwords is not None else None)
        if dry_run:
            transaction.set_rollback(True)
        elif passwords is not None:
            _write_passwords(passwords, given)  # within: if the file cannot be written, nobody is brought in
    return len(rows)


def _problems_here(organisation: Organisation, rows: list[Row], *, create_units: bool) -> Iterator[Problem]:
    names = [row.username for row in rows if row.username]
    taken = set(Person.objects.filter(username__in=names).values_list("username", flat=True))
    units = _units(organisation)
    known = ", ".join(dict.fromkeys(unit.name for unit in units.values())) or "пока ни одного"
    for row in rows:
        if row.username in taken:
            yield Problem(row.line, sentence("username_taken", {"username": row.username}))
        if row.unit and row.unit.lower() not in units and not create_units:
            yield Problem(row.line, f"Подразделения «{row.unit}» нет. Есть: {known}. Или добавьте --create-units.")


def _units(organisation: Organisation) -> dict[str, Unit]:
    """By key and by name, lower case."""
    found: dict[str, Unit] = {}
    for unit in Unit.objects.filter(organisation=organisation):
        found |= {unit.name.lower(): unit, unit.key: unit}
    return found


def _write_rows(organisation: Organisation, rows: list[Row], given: list[tuple[str, str]] | None) -> None:
    """Appends (username, password) to `given`, where passwords are wanted."""
    now = timezone.now()
    units = _units(organisation)
    for row in rows:
        if row.unit and row.unit.lower() not in units:
            key = f"unit-{len(units) + 1}-{secrets.token_hex(2)}"
            units[row.unit.lower()] = actions.create_unit(organisation, key=key, name=row.unit, by=_by(now))
        password = _new_password() if given is not None and row.username else None
        facts = PersonFacts(
            full_name=row.full_name,
            username=row.username,
            position=row.position,
            phone=row.phone,
            email=row.email,
            rank=row.rank,
            zone=row.zone,
        )
        unit = units.get(row.unit.lower()) if row.unit else None
        person = actions.create_person(organisation, facts, unit=unit, password=password, by=_by(now))
        for role in row.roles:
            actions.give_role(person, role, unit=unit, by=_by(now))
        if given is not None and password is not None:
            given.append((row.username, password))


def _new_password() -> str:
    """Easy to read aloud: letters that nobody takes for another, in groups of four."""
    letters = [secrets.choice(ALPHABET) for _ in range(16)]
    return "-".join("".join(letters[start : start + 4]) for start in range(0, 16, 4))


def _write_passwords(path: Path, given: list[tuple[str, str]]) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.writelines(f"{username}\t{password}\n" for username, password in given)


def _by(now: dt.datetime) -> By:
    return By(person_id=None, command_id=uuid.uuid4(), now=now)
