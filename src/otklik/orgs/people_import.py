"""The people of a CSV file are brought in: checked against what is here, then all of them or nobody."""

import secrets
from collections.abc import Iterator

from otklik.orgs import actions, people_file
from otklik.orgs.actions import By, PersonFacts
from otklik.orgs.models import Organisation, Person, Unit
from otklik.orgs.passwords import new_password
from otklik.orgs.people_file import Problem, Row
from otklik.orgs.words import sentence
from otklik.project.transactions import EVERYTHING, read, write


def check(organisation: Organisation, content: bytes, *, create_units: bool) -> tuple[list[Row], list[Problem]]:
    """The rows of the file, and everything that keeps it out, each problem with its line.

    :raises FileRefused: it has no heading that can be understood.
    """
    rows, problems = people_file.read(content)
    with read(EVERYTHING):  # a name to sign in with is unique across organisations
        problems += _problems_here(organisation, rows, create_units=create_units)
    return rows, problems


def bring_in(organisation: Organisation, rows: list[Row], *, with_passwords: bool, by: By) -> list[tuple[str, str]]:
    """Everybody of the rows, with units that are not there yet; (name to sign in with, password) of those with an
    account, where passwords are wanted.

    :raises Refused: as `actions.create_person`; then nobody is brought in.
    """
    given: list[tuple[str, str]] = []
    with write([organisation.pk]):
        units = _units(organisation)
        for row in rows:
            step = by.step(f"row:{row.line}")
            if row.unit and row.unit.lower() not in units:
                key = f"unit-{len(units) + 1}-{secrets.token_hex(2)}"
                made = actions.create_unit(organisation, key=key, name=row.unit, by=step.step("unit"))
                units[row.unit.lower()] = made
            unit = units.get(row.unit.lower()) if row.unit else None
            password = new_password() if with_passwords and row.username else None
            person = actions.create_person(organisation, _facts(row), unit=unit, password=password, by=step)
            for role in row.roles:
                actions.give_role(person, role, unit=unit, by=step.step(role.value))
            if password is not None and person.check_password(password):  # not the same file sent twice
                given.append((row.username, password))
    return given


def _facts(row: Row) -> PersonFacts:
    return PersonFacts(
        full_name=row.full_name,
        username=row.username,
        position=row.position,
        phone=row.phone,
        email=row.email,
        rank=row.rank,
        zone=row.zone,
    )


def _problems_here(organisation: Organisation, rows: list[Row], *, create_units: bool) -> Iterator[Problem]:
    names = [row.username for row in rows if row.username]
    taken = set(Person.objects.filter(username__in=names).values_list("username", flat=True))
    units = _units(organisation)
    known = ", ".join(dict.fromkeys(unit.name for unit in units.values())) or "пока ни одного"
    for row in rows:
        if row.username in taken:
            yield Problem(row.line, sentence("username_taken", {"username": row.username}))
        if row.unit and row.unit.lower() not in units and not create_units:
            yield Problem(row.line, f"Подразделения «{row.unit}» нет. Есть: {known}. Или разрешите заводить новые.")


def _units(organisation: Organisation) -> dict[str, Unit]:
    """By key and by name, lower case."""
    found: dict[str, Unit] = {}
    for unit in Unit.objects.filter(organisation=organisation):
        found |= {unit.name.lower(): unit, unit.key: unit}
    return found
