"""Persons, their accounts and passwords. A password is never in the journal, a log or an argument of a command."""

from dataclasses import dataclass

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from otklik.orgs import queries
from otklik.orgs.actions.base import By, Refused, changes_of, done_before, from_to, put, record, require_zone
from otklik.orgs.actions.standing import require_another_administrator
from otklik.orgs.models import Organisation, Person, Unit
from otklik.orgs.models.person import normalise_username
from otklik.project.transactions import EVERYTHING, read, write
from otklik.regulation.model.people import OurRole, Rank


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
        if before := done_before(by, organisation.pk, "person_created"):
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


PERSONAL = ("full_name", "username", "position", "phone", "email")
"""What the journal keeps apart, where it can be erased."""


def change_person(person: Person, facts: PersonFacts, *, unit: Unit | None, by: By) -> None:
    """The person is known otherwise from now on; the journal keeps what it was. Demo people stay demo people.

    :raises Refused: `no_name`, `unknown_zone`, `other_organisation`, `username_taken`; `account_in_use`: a name to
        sign in with cannot be taken away, the account is closed instead.
    """
    if not facts.full_name.strip():
        raise Refused("no_name")
    if facts.zone:
        require_zone(facts.zone)
    if unit is not None and unit.organisation_id != person.organisation_id:
        raise Refused("other_organisation", name=unit.name)
    username = normalise_username(facts.username)
    if person.has_account and not username:
        raise Refused("account_in_use", name=person.full_name)
    values = {
        "full_name": facts.full_name.strip(),
        "username": username or None,
        "has_account": bool(username),
        "position": facts.position,
        "phone": facts.phone,
        "email": facts.email,
        "rank": facts.rank,
        "zone": facts.zone,
        "unit_id": unit.pk if unit else None,
    }
    with write([person.organisation_id]):
        if done_before(by, person.organisation_id, "person_changed"):
            return
        changes = changes_of(person, values)
        if "username" in changes:
            _require_free(username)
        if not changes:
            return
        put(person, changes)
        plain = {name: change for name, change in changes.items() if name not in PERSONAL}
        texts: dict[str, str] = {}
        for name in PERSONAL:
            was, now = changes.get(name, ("", ""))
            texts |= {f"{name}_from": str(was or ""), f"{name}_to": str(now or "")}
        payload = {"person": person.pk, "fields": list(changes), "changes": from_to(plain)}
        record(by, person.organisation_id, "person_changed", payload, **texts)


def open_account(person: Person, *, by: By) -> None:
    """A closed account opens again, with the password it had."""
    with write([person.organisation_id]):
        if done_before(by, person.organisation_id, "account_opened"):
            return
        person.is_active = True
        person.save(update_fields=["is_active"])
        record(by, person.organisation_id, "account_opened", {"person": person.pk})


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
    """The person signs in no more, at once; what they did stays.

    :raises Refused: `last_administrator`: nobody else could open it again.
    """
    if any(one.role is OurRole.ADMINISTRATOR for one in queries.roles_at(person, by.now)):
        require_another_administrator(person.organisation, person, by.now)
    with write([person.organisation_id]):
        if done_before(by, person.organisation_id, "account_closed"):
            return
        person.is_active = False
        person.save(update_fields=["is_active"])
        record(by, person.organisation_id, "account_closed", {"person": person.pk})


def _set_password(person: Person, password: str, kind: str, by: By) -> None:
    _put_password(person, password)
    with write([person.organisation_id]):
        if done_before(by, person.organisation_id, kind):
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
