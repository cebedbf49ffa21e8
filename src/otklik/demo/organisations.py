"""The demo's organisations and people, made by the same actions as real ones."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import yaml

from otklik.channels import actions as channels
from otklik.demo_network import actions as network
from otklik.orgs import actions
from otklik.orgs.demo import give_demo_password
from otklik.orgs.models import AbsenceReason, Organisation, OrganisationKind, Person, Unit, UnitKind
from otklik.regulation.model.people import OurRole, Rank
from otklik.regulation.parse import load_act

DATA = Path(__file__).parent / "data"
WHOLE = frozenset({OurRole.OPERATOR, OurRole.CURATOR, OurRole.RESPONSIBLE, OurRole.HEAD, OurRole.ADMINISTRATOR})
"""Roles held for the organisation as a whole."""
REASONS = {"отпуск": AbsenceReason.VACATION, "больничный": AbsenceReason.ILLNESS}
SINCE = dt.timedelta(days=365)
"""How long ago everybody took up their role."""


@dataclass
class Place:
    """One organisation of the demo as it was made: units and people by key."""

    organisation: Organisation
    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)


def found(key: str) -> Place:
    """An organisation of the demo that was made before."""
    organisation = Organisation.objects.get(key=key)
    people = Person.objects.filter(role_holdings__organisation=organisation).distinct().select_related("organisation")
    return Place(
        organisation,
        {unit.key: unit for unit in organisation.units.all()},
        {person.username or person.full_name: person for person in people.order_by("pk")},
    )


def make(now: dt.datetime) -> dict[str, Place]:
    """All organisations of the demo, by key; `now` is aware."""
    described: list[dict[str, Any]] = yaml.safe_load((DATA / "organisations.yaml").read_text(encoding="utf-8"))
    places = {one["key"]: _organisation(one, now) for one in described}
    for one in described:
        if "serves" in one:
            _serve(places[one["key"]], places[one["serves"]], now)
    give_demo_password()
    return places


def _organisation(one: Mapping[str, Any], now: dt.datetime) -> Place:
    act = load_act(one["act"]) if "act" in one else None
    outside = one["kind"] == "outside"
    facts = actions.OrganisationFacts(
        key=one["key"],
        name=one["name"],
        short_name=one["short_name"],
        zone=act.act.place.zone if act else "Europe/Moscow",
        kind=OrganisationKind.OUTSIDE if outside else OrganisationKind.ADMINISTRATION,
        act=one.get("act", ""),
        schedule=_office_hours() if outside else None,
    )
    place = Place(actions.create_organisation(facts, by=_by(now)))
    for unit in one["units"]:
        place.units[unit["key"]] = actions.create_unit(
            place.organisation,
            key=unit["key"],
            name=unit["name"],
            kind=UnitKind.BODY,
            parent=place.units.get(unit.get("parent", "")),
            by=_by(now),
        )
    for person in one["people"]:
        place.people[person["login"]] = _person(place, person, now, with_roles="serves" not in one)
    for absence in one.get("absences", ()):
        _absence(place, absence, now)
    for duty in one.get("duty", ()):
        since_at, until_at = _days(duty, now)
        role = OurRole(duty["role"])
        actions.put_on_duty(place.people[duty["person"]], role, since_at=since_at, until_at=until_at, by=_by(now))
    if act is not None:
        _page(place, now)
    return place


def _person(place: Place, one: Mapping[str, Any], now: dt.datetime, *, with_roles: bool) -> Person:
    has_account = one.get("account", True)
    unit = place.units.get(one.get("unit", ""))
    facts = actions.PersonFacts(
        full_name=one["name"],
        username=one["login"] if has_account else "",
        email=f"{one['login']}@example.org" if has_account else "",
        rank=Rank(one.get("rank", "employee")),
        is_demo=True,
    )
    person = actions.create_person(place.organisation, facts, unit=unit, by=_by(now))
    for name in one["roles"] if with_roles else ():
        role = OurRole(name)
        actions.give_role(
            person,
            role,
            unit=None if role in WHOLE else unit,
            act_role=one.get("act_role", {}).get(name, ""),
            since_at=now - SINCE,
            by=_by(now),
        )
    return person


def _serve(outside: Place, served: Place, now: dt.datetime) -> None:
    """People of an outside institution hold their roles in the organisation they serve (N 8)."""
    for login, person in outside.people.items():
        actions.give_role(person, OurRole.CURATOR, organisation=served.organisation, since_at=now - SINCE, by=_by(now))
        served.people[login] = person


def _absence(place: Place, one: Mapping[str, Any], now: dt.datetime) -> None:
    since_at, until_at = _days(one, now)
    absent = place.people[one["person"]]
    reason = REASONS.get(one["ground"], AbsenceReason.OTHER)
    actions.note_absence(absent, reason=reason, since_at=since_at, until_at=until_at, by=_by(now))
    actions.substitute(
        absent,
        place.people[one["substitute"]],
        since_at=since_at,
        until_at=until_at,
        ground=f"Распоряжение о замещении: {one['ground']}",
        by=_by(now),
    )


def _page(place: Place, now: dt.datetime) -> None:
    """The organisation's page in the demo network, and the channel that brings its messages."""
    organisation = place.organisation
    account = channels.create_account(organisation, "demo", "Демосеть", secret={"delivery": uuid4().hex}, now=now)
    network.open_community(account, key=organisation.key, name=organisation.name, about="Официальная страница")


def _days(one: Mapping[str, Any], now: dt.datetime) -> tuple[dt.datetime, dt.datetime]:
    return now + dt.timedelta(days=one["from_day"]), now + dt.timedelta(days=one["to_day"])


def _by(now: dt.datetime) -> actions.By:
    return actions.By(person_id=None, command_id=uuid4(), now=now)


def _office_hours() -> dict[str, Any]:
    week = {day: ["09:00-13:00", "14:00-18:00"] for day in ("mon", "tue", "wed", "thu", "fri")}
    return {"zone": "Europe/Moscow", "calendar": "RU", "week": week}
