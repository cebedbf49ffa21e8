"""The set-up of an empty installation in the browser, by whoever reads its console.

A code is made when an empty installation starts, lies in the data folder (readable by its owner alone) and is printed
where the program was started: a stranger on the network cannot claim what they can open. It serves once.
"""

import contextlib
import os
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from otklik.orgs import actions
from otklik.orgs.actions import By, OrganisationFacts, PersonFacts, Refused
from otklik.orgs.models import Organisation, Person, Unit, UnitKind
from otklik.orgs.passwords import new_password
from otklik.project.transactions import EVERYTHING, write
from otklik.regulation.model.people import OurRole

FILE_NAME = "first-run-code"
OF_THE_WHOLE = frozenset({OurRole.OPERATOR, OurRole.CURATOR, OurRole.RESPONSIBLE, OurRole.HEAD, OurRole.ADMINISTRATOR})
"""Roles that a person usually holds for the organisation as a whole, whatever unit they work in."""
BODY_KEY = "administration"


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """One of the first people. `password` None: the program makes one up."""

    facts: PersonFacts
    roles: tuple[OurRole, ...]
    password: str | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """What was made. `passwords`: (person, password) of those for whom one was made up; they are shown once."""

    organisation: Organisation
    people: tuple[Person, ...]
    passwords: tuple[tuple[Person, str], ...]


def is_empty() -> bool:
    """Whether the installation has no organisation yet."""
    return not Organisation.objects.exists()


def code() -> str:
    """The code of this installation; made when there is none.

    :raises OSError: the data folder cannot be written.
    """
    path = _path()
    with contextlib.suppress(FileExistsError):
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(new_password())
    return path.read_text(encoding="ascii").strip()


def fits(given: str) -> bool:
    """Whether this is the code; never, once it has served."""
    try:
        wanted = _path().read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return False
    return bool(wanted) and secrets.compare_digest(_plain(wanted), _plain(given))


def set_up(facts: OrganisationFacts, newcomers: Sequence[Newcomer], *, given_code: str, by: By) -> Done:
    """An organisation with one body, the first people and their roles, in one transaction; the code has served then.

    :raises Refused: `first_run_over`; as `actions.create_organisation`, `actions.create_person`.
    """
    with _claimed(given_code), write(EVERYTHING):
        if not is_empty():
            raise Refused("first_run_over")
        organisation = actions.create_organisation(facts, by=by.step("organisation"))
        body = actions.create_unit(
            organisation, key=BODY_KEY, name=facts.short_name, kind=UnitKind.BODY, by=by.step("body")
        )
        made = [_person(organisation, body, one, by.step(f"person:{number}")) for number, one in enumerate(newcomers)]
    passwords = tuple((person, password) for person, password in made if password)
    return Done(organisation, tuple(person for person, _ in made), passwords)


def give_roles(person: Person, roles: Sequence[OurRole], unit: Unit | None, by: By) -> None:
    """Roles from now on, those of a body for the unit. Within a `write()`."""
    for role in roles:
        where = None if role in OF_THE_WHOLE else unit
        actions.give_role(person, role, unit=where, by=by.step(f"role:{role.value}"))


def _person(organisation: Organisation, body: Unit, one: Newcomer, by: By) -> tuple[Person, str]:
    """The person, and the password that was made up for them (empty: none was)."""
    made_up = "" if one.password is not None or not one.facts.username else new_password()
    password = one.password or made_up or None
    person = actions.create_person(organisation, one.facts, unit=body, password=password, by=by)
    give_roles(person, one.roles, body, by)
    return person, made_up


@contextlib.contextmanager
def _claimed(given: str) -> Iterator[None]:
    """The code is taken away by one hand only; put back if the set-up fails.

    :raises Refused: `first_run_over`.
    """
    path, taken = _path(), _path().with_suffix(".taken")
    if not fits(given):
        raise Refused("first_run_over")
    try:
        path.rename(taken)
    except FileNotFoundError:
        raise Refused("first_run_over") from None
    try:
        yield
    except BaseException:
        taken.rename(path)
        raise
    taken.unlink(missing_ok=True)


def _path() -> Path:
    return Path(settings.DATA) / FILE_NAME


def _plain(text: str) -> bytes:
    """Without dashes, spaces and capitals: people type it from a screen."""
    return "".join(sign for sign in text.lower() if sign.isalpha()).encode()
