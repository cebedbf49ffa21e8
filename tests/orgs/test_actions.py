"""Writes of organisations and people: what they leave in the tables and in the journal, and what they refuse."""

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest

from otklik.journal.models import Event
from otklik.orgs import access, actions
from otklik.orgs.actions import By, Refused
from otklik.orgs.models import Person, RoleHolding, ScheduleChange, Unit
from otklik.regulation.model.people import OurRole
from tests.cast import NOW, OFFICE_HOURS, PASSWORD, Cast, by, make_organisation, make_person, make_unit

pytestmark = pytest.mark.django_db


def kinds(organisation_id: int) -> list[str]:
    return list(Event.objects.filter(organisation_id=organisation_id).order_by("id").values_list("kind", flat=True))


def test_an_organisation_knows_its_place_in_the_tree() -> None:
    region = make_organisation(key="region")
    town = make_organisation(region, key="town")
    assert region.path == f"/{region.pk}/"
    assert town.path == f"/{region.pk}/{town.pk}/"
    assert kinds(town.pk) == ["organisation_created"]


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"key": "Город"}, "bad_key"),
        ({"key": "two--dashes"}, "bad_key"),
        ({"zone": "Europe/Nowhere"}, "unknown_zone"),
        ({"schedule": {"zone": "Europe/Moscow", "week": {}}}, "bad_schedule"),
        ({"schedule": None}, "bad_schedule"),
    ],
)
def test_an_organisation_that_cannot_be_is_refused(facts: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refusal:
        make_organisation(**facts)
    assert refusal.value.code == code


def test_two_organisations_do_not_share_a_key() -> None:
    make_organisation(key="town")
    with pytest.raises(Refused, match="key_taken"):
        make_organisation(key="town")


def test_the_same_command_again_changes_nothing() -> None:
    organisation = make_organisation()
    again = by()
    first = actions.create_unit(organisation, key="roads", name="Дороги", by=again)
    second = actions.create_unit(organisation, key="roads", name="Дороги", by=again)
    assert first == second
    assert Unit.objects.count() == 1
    assert kinds(organisation.pk) == ["organisation_created", "unit_created"]


def test_a_unit_stays_in_its_organisation() -> None:
    ours, theirs = make_organisation(), make_organisation()
    with pytest.raises(Refused, match="other_organisation"):
        make_unit(ours, parent=make_unit(theirs))
    with pytest.raises(Refused, match="key_taken"):
        make_unit(theirs)
    assert make_unit(ours, "lamps", parent=make_unit(ours)).path.count("/") == 3


def test_a_person_can_sign_in_and_their_name_is_no_open_word_of_the_journal() -> None:
    organisation = make_organisation()
    person = make_person(organisation, "Petrova ", full_name="Петрова Нина", phone="+7 900 000-00-00")
    assert person.username == "petrova"
    assert person.check_password(PASSWORD)
    event = Event.objects.get(kind="person_created")
    assert "Петрова" not in str(event.payload)
    assert PASSWORD not in str(event.payload)
    assert set(event.texts.values_list("name", flat=True)) == {"full_name", "username"}


def test_someone_without_an_account_has_no_name_to_sign_in_with() -> None:
    organisation = make_organisation()
    first, second = make_person(organisation), make_person(organisation)
    assert first != second
    assert (first.username, first.has_account, first.has_usable_password()) == (None, False, False)
    with pytest.raises(Refused, match="no_account"):
        actions.set_password(first, PASSWORD, by=by())


def test_a_name_to_sign_in_with_is_unique_across_organisations() -> None:
    make_person(make_organisation(), "petrova")
    with pytest.raises(Refused, match="username_taken"):
        make_person(make_organisation(), "PETROVA")


@pytest.mark.parametrize("password", ["short", "1234567890123", "password123", "petrova-nina"])
def test_a_weak_password_is_refused(password: str) -> None:
    organisation = make_organisation()
    with pytest.raises(Refused, match="weak_password"):
        make_person(organisation, "petrova-nina", password=password)
    assert Person.objects.count() == 0


def test_a_person_lives_in_a_zone_that_exists() -> None:
    with pytest.raises(Refused, match="unknown_zone"):
        make_person(make_organisation(), "petrova", zone="Asia/Nowhere")


def test_a_closed_account_is_out_at_once(people: Cast) -> None:
    actions.close_account(people.curator, by=by(people.administrator))
    assert not Person.objects.get(pk=people.curator.pk).is_active
    event = Event.objects.get(kind="account_closed")
    assert (event.actor_id, event.payload) == (people.administrator.pk, {"person": people.curator.pk})


def test_a_role_is_given_and_ended(people: Cast) -> None:
    until = NOW + dt.timedelta(days=1)
    holding = actions.give_role(people.specialist, OurRole.CURATOR, by=by())
    assert (holding.since_at, holding.until_at) == (NOW, None)
    actions.end_role(holding, until_at=until, by=by())
    assert RoleHolding.objects.get(pk=holding.pk).until_at == until
    with pytest.raises(Refused, match="ends_before_start"):
        actions.end_role(holding, until_at=NOW, by=by())
    assert kinds(people.organisation.pk)[-2:] == ["role_given", "role_ended"]


def test_a_substitute_needs_a_ground_and_is_someone_else(people: Cast) -> None:
    span: dict[str, Any] = {"since_at": NOW, "until_at": None}
    with pytest.raises(Refused, match="no_ground"):
        actions.substitute(people.curator, people.operator, **span, ground=" ", by=by())
    with pytest.raises(Refused, match="own_substitute"):
        actions.substitute(people.curator, people.curator, **span, ground="приказ", by=by())


def test_a_second_change_of_a_day_replaces_the_first(people: Cast) -> None:
    on = dt.date(2026, 11, 30)
    actions.change_day(people.organisation, changes_on=on, spans=[], ground="авария", by=by())
    actions.change_day(people.organisation, changes_on=on, spans=["10:00-12:00"], ground="починили", by=by())
    change = ScheduleChange.objects.get()
    assert (change.spans, change.ground) == (["10:00-12:00"], "починили")
    assert kinds(people.organisation.pk).count("day_changed") == 2


def test_a_change_of_a_day_that_cannot_be_leaves_nothing(people: Cast) -> None:
    with pytest.raises(Refused, match="bad_schedule"):
        actions.change_day(
            people.organisation, changes_on=dt.date(2026, 11, 30), spans=["25:00-26:00"], ground="так", by=by()
        )
    assert not ScheduleChange.objects.exists()


def test_hours_are_set_and_recorded(people: Cast) -> None:
    shorter = {**OFFICE_HOURS, "week": {"mon": ["10:00-12:00"]}}
    actions.set_hours(people.organisation, schedule=shorter, by=by())
    event = Event.objects.get(kind="hours_set")
    assert event.payload["schedule"]["week"] == {"mon": ["10:00-12:00"]}
    with pytest.raises(Refused, match="bad_schedule"):
        actions.set_hours(people.organisation, schedule={"week": {"mon": ["x"]}}, by=by())


def test_sight_is_ones_own_organisation_and_below(people: Cast) -> None:
    below = make_organisation(people.organisation)
    assert access.scope(people.curator) == (people.organisation.pk, below.pk)
    assert access.scope(people.outsider) == (people.elsewhere.pk,)
    assert access.scope(make_person(below, "below")) == (below.pk,)


def test_a_role_elsewhere_brings_that_organisation_into_sight() -> None:
    ours, theirs = make_organisation(), make_organisation()
    curator = make_person(ours, "curator")
    holding = actions.give_role(
        curator, OurRole.CURATOR, organisation=theirs, since_at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC), by=by()
    )
    assert access.scope(curator) == (ours.pk, theirs.pk)
    assert curator in access.people(make_person(theirs, "clerk"))
    actions.end_role(holding, until_at=dt.datetime(2020, 1, 2, tzinfo=dt.UTC), by=by())
    assert access.scope(curator) == (ours.pk,)


def test_what_is_out_of_sight_is_not_there(people: Cast) -> None:
    foreign_unit = make_unit(people.elsewhere)
    with pytest.raises(Unit.DoesNotExist):
        access.unit(people.curator, foreign_unit.pk)
    with pytest.raises(Person.DoesNotExist):
        access.other_person(people.curator, people.outsider.pk)
    assert access.unit(people.curator, people.unit.pk) == people.unit


def test_a_command_id_of_another_organisation_is_another_command() -> None:
    ours, theirs = make_organisation(), make_organisation()
    same = By(person_id=None, command_id=uuid4(), now=NOW)
    first = actions.create_unit(ours, key="roads", name="Дороги", by=same)
    second = actions.create_unit(theirs, key="roads", name="Дороги", by=same)
    assert first != second
