"""Persons, their accounts and passwords. A password is never in the journal, a log or an argument of a command."""

from dataclasses import dataclass

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from otklik.orgs.actions.base import By, Refused, done_before, record, require_zone
from otklik.orgs.models import Organisation, Person, Unit
from otklik.orgs.models.person import normalise_username
from otklik.project.transactions import EVERYTHING, read, write
from otklik.regulation.model.people import Rank


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFacts:
    """What is known of a person when they are entered. `username` empty: someone without an account."""

    full_name: str
    username: str = ""
    position: str = ""
    phone: str = ""
    email: str = ""
    rank: Rank = Rank.EMPLOYEE
    is_demo: bool = False
    zone: str = ""


def create_person(
    organisation: Organisation, facts: PersonFacts, *, unit: Unit | None = None, password: str | None = None, by: By
) -> Person:
    """
    :param password: None: none is set, and an administrator sets one before the person can sign in.
    :raises Refused: `username_taken`, `other_organisation`, `weak_password`, `no_name`, `unknown_zone`.
    """
    if not facts.full_name.strip():
        raise Refused("no_name")
    if facts.zone:
        require_zone(facts.zone)
    if unit is not None and unit.organisation_id != organisation.pk:
        raise Refused("other_organisation", name=unit.name)
    username = normalise_username(facts.username)
    person = Person(
        organisation=organisation,
        unit=unit,
        username=username or None,
        has_account=bool(username),
        full_name=facts.full_name.strip(),
        position=facts.position,
        phone=facts.phone,
        email=facts.email,
        rank=facts.rank,
        is_demo=facts.is_demo,
        zone=facts.zone,
        created_at=by.now,
    )
    _put_password(person, password)
    with write([organisation.pk]):
        if before := done_before(by, organisation.pk):
            return Person.objects.get(pk=before["person"])
        _require_free(username)
        person.save()
        payload = {
            "person": person.pk,
            "unit": unit.pk if unit else None,
            "rank": str(facts.rank),
            "has_account": person.has_account,
        }
        record(by, organisation.pk, "person_created", payload, full_name=person.full_name, username=username)
    return person


def change_password(person: Person, password: str, *, by: By) -> None:
    """One's own new password.

    :raises Refused: `weak_password`.
    """
    _set_password(person, password, "password_changed", by)


def set_password(person: Person, password: str, *, by: By) -> None:
    """A password that an administrator gives.

    :raises Refused: `weak_password`, `no_account`.
    """
    if not person.has_account:
        raise Refused("no_account", name=person.full_name)
    _set_password(person, password, "password_set", by)


def close_account(person: Person, *, by: By) -> None:
    """The person signs in no more, at once; what they did stays."""
    with write([person.organisation_id]):
        if done_before(by, person.organisation_id):
            return
        person.is_active = False
        person.save(update_fields=["is_active"])
        record(by, person.organisation_id, "account_closed", {"person": person.pk})


def _set_password(person: Person, password: str, kind: str, by: By) -> None:
    _put_password(person, password)
    with write([person.organisation_id]):
        if done_before(by, person.organisation_id):
            return
        person.save(update_fields=["password"])
        record(by, person.organisation_id, kind, {"person": person.pk})


def _put_password(person: Person, password: str | None) -> None:
    if password is None:
        person.set_unusable_password()
        return
    if not person.is_demo:
        try:
            validate_password(password, person)
        except ValidationError as error:
            raise Refused("weak_password", reasons=" ".join(error.messages)) from error
    person.set_password(password)


def _require_free(username: str) -> None:
    with read(EVERYTHING):  # a name to sign in with is unique across organisations
        if username and Person.objects.filter(username=username).exists():
            raise Refused("username_taken", username=username)
