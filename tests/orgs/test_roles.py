"""Whose roles count at an instant: appointment, duty, substitution, each just before, at and just after its limits."""

import datetime as dt
from typing import Any

import pytest

from otklik.orgs import actions, queries
from otklik.orgs.models import AbsenceReason, Person
from otklik.orgs.queries import HeldBy
from otklik.regulation.model.people import OurRole
from tests.cast import NOW, Cast, by, make_person, make_unit

pytestmark = pytest.mark.django_db

SINCE = NOW
UNTIL = NOW + dt.timedelta(hours=8)
SECOND = dt.timedelta(seconds=1)


def roles(person: Person, at: dt.datetime) -> set[tuple[OurRole, HeldBy]]:
    return {(held.role, held.held_by) for held in queries.roles_at(person, at)}


@pytest.mark.parametrize(
    ("at", "counts"), [(SINCE - SECOND, False), (SINCE, True), (UNTIL - SECOND, True), (UNTIL, False)]
)
def test_duty_counts_from_its_start_to_just_before_its_end(people: Cast, at: dt.datetime, counts: bool) -> None:
    actions.put_on_duty(people.specialist, OurRole.CURATOR, since_at=SINCE, until_at=UNTIL, by=by())
    assert ((OurRole.CURATOR, HeldBy.DUTY) in roles(people.specialist, at)) is counts
    assert (OurRole.SPECIALIST, HeldBy.APPOINTMENT) in roles(people.specialist, at)


@pytest.mark.parametrize(
    ("at", "counts"), [(SINCE - SECOND, False), (SINCE, True), (UNTIL - SECOND, True), (UNTIL, False)]
)
def test_an_appointment_counts_from_its_start_to_just_before_its_end(
    people: Cast, at: dt.datetime, counts: bool
) -> None:
    actions.give_role(people.operator, OurRole.HEAD, since_at=SINCE, until_at=UNTIL, by=by())
    assert ((OurRole.HEAD, HeldBy.APPOINTMENT) in roles(people.operator, at)) is counts


@pytest.mark.parametrize(
    ("at", "counts"), [(SINCE - SECOND, False), (SINCE, True), (UNTIL - SECOND, True), (UNTIL, False)]
)
def test_a_substitute_acts_in_the_absent_persons_roles(people: Cast, at: dt.datetime, counts: bool) -> None:
    actions.substitute(people.executor, people.operator, since_at=SINCE, until_at=UNTIL, ground="приказ № 1", by=by())
    held = [one for one in queries.roles_at(people.operator, at) if one.role is OurRole.EXECUTOR]
    assert bool(held) is counts
    if counts:
        assert (held[0].held_by, held[0].on_behalf_of_id) == (HeldBy.SUBSTITUTION, people.executor.pk)
        assert held[0].unit_key == people.unit.key


def test_one_role_of_several_may_be_substituted(people: Cast) -> None:
    actions.give_role(people.executor, OurRole.RESPONSIBLE, since_at=SINCE, by=by())
    actions.substitute(
        people.executor, people.operator, role=OurRole.EXECUTOR, since_at=SINCE, until_at=None, ground="приказ", by=by()
    )
    substituted = {held.role for held in queries.roles_at(people.operator, NOW) if held.on_behalf_of_id}
    assert substituted == {OurRole.EXECUTOR}


def test_a_substitute_takes_duty_too_but_not_what_is_substituted_in_turn(people: Cast) -> None:
    span: dict[str, Any] = {"since_at": SINCE, "until_at": UNTIL}
    actions.put_on_duty(people.executor, OurRole.PUBLISHER, **span, by=by())
    actions.substitute(people.curator, people.executor, **span, ground="приказ № 1", by=by())
    actions.substitute(people.executor, people.operator, **span, ground="приказ № 2", by=by())
    substituted = {held.role for held in queries.roles_at(people.operator, NOW) if held.on_behalf_of_id}
    assert substituted == {OurRole.EXECUTOR, OurRole.PUBLISHER}


def test_roles_may_be_asked_of_one_organisation(people: Cast) -> None:
    actions.give_role(people.outsider, OurRole.CURATOR, organisation=people.organisation, since_at=SINCE, by=by())
    assert len(queries.roles_at(people.outsider, NOW)) == 2
    (here,) = queries.roles_at(people.outsider, NOW, organisation_id=people.organisation.pk)
    assert here.organisation_id == people.organisation.pk


def test_work_goes_to_those_who_are_there(people: Cast) -> None:
    second = make_person(people.organisation, "second", OurRole.EXECUTOR, unit=people.unit)

    def able() -> set[Person]:
        return set(queries.holders_at(people.organisation.pk, OurRole.EXECUTOR, NOW, unit_id=people.unit.pk))

    assert able() == {people.executor, second}
    actions.note_absence(people.executor, reason=AbsenceReason.VACATION, since_at=SINCE, until_at=UNTIL, by=by())
    assert able() == {second}
    actions.substitute(people.executor, people.operator, since_at=SINCE, until_at=UNTIL, ground="приказ", by=by())
    assert able() == {second, people.operator}
    actions.note_absence(people.operator, since_at=SINCE, until_at=None, by=by())
    assert able() == {second}
    actions.close_account(second, by=by())
    assert able() == set()


def test_a_holder_for_another_unit_is_not_asked(people: Cast) -> None:
    lamps = make_unit(people.organisation, "lamps")
    assert queries.holders_at(people.organisation.pk, OurRole.EXECUTOR, NOW, unit_id=lamps.pk) == ()
    everywhere = make_person(people.organisation, "everywhere", OurRole.EXECUTOR)
    assert queries.holders_at(people.organisation.pk, OurRole.EXECUTOR, NOW, unit_id=lamps.pk) == (everywhere,)


def test_a_page_reads_roles_once_and_a_command_anew(people: Cast) -> None:
    with queries.one_instant():
        before = roles(people.operator, NOW)
        actions.give_role(people.operator, OurRole.HEAD, since_at=NOW, by=by())
        assert roles(people.operator, NOW) == before
        assert queries.roles_at(people.operator, NOW, organisation_id=people.organisation.pk + 1000) == ()
    assert (OurRole.HEAD, HeldBy.APPOINTMENT) in roles(people.operator, NOW)
