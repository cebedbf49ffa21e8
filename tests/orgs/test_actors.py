"""From a person to the process's `Actor`: roles, the act's own names of them, units with those below, rank."""

import pytest

from otklik.orgs import actions
from otklik.orgs.actors import actor_of
from otklik.orgs.models import Person
from otklik.process.actor import Actor
from otklik.regulation.model import Act
from otklik.regulation.model.people import OurRole, Rank
from otklik.regulation.parse import load_act
from tests.cast import LONG_AGO, NOW, Cast, by, make_person, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def act() -> Act:
    return load_act("altai-2020-132").act


def actor(people: Cast, person: Person, act: Act) -> Actor:
    return actor_of(person, people.organisation, NOW, act=act)


def test_roles_rank_and_units_with_those_below(people: Cast, act: Act) -> None:
    make_unit(people.organisation, "potholes", parent=people.unit)
    make_unit(people.organisation, "lamps")
    found = actor(people, people.executor, act)
    assert found.person == str(people.executor.pk)
    assert found.roles == {OurRole.EXECUTOR}
    assert found.units == {"roads", "potholes"}
    assert (found.rank, found.act_roles, found.substitutes_for) == (Rank.EMPLOYEE, frozenset(), frozenset())


def test_a_role_of_the_whole_organisation_counts_for_ones_own_unit(people: Cast, act: Act) -> None:
    clerk = make_person(people.organisation, "clerk", unit=people.unit)
    actions.give_role(clerk, OurRole.SPECIALIST, since_at=LONG_AGO, by=by())
    assert actor(people, clerk, act).units == {"roads"}
    assert actor(people, people.curator, act).units == frozenset()


def test_a_substitute_has_the_units_and_the_rank_of_the_absent(people: Cast, act: Act) -> None:
    for absent in (people.executor, people.responsible):
        actions.substitute(absent, people.operator, since_at=NOW, until_at=None, ground="приказ", by=by())
    found = actor(people, people.operator, act)
    assert found.roles == {OurRole.OPERATOR, OurRole.EXECUTOR, OurRole.RESPONSIBLE}
    assert found.units == {"roads"}
    assert found.rank is Rank.DEPUTY_HEAD
    assert found.substitutes_for == {str(people.executor.pk), str(people.responsible.pk)}


def test_a_role_told_apart_takes_nothing_from_the_others(people: Cast, act: Act) -> None:
    names = [role.role for role in act.people.roles if role.is_ is OurRole.CURATOR]
    executors = {role.role for role in act.people.roles if role.is_ is OurRole.EXECUTOR}
    actions.give_role(people.executor, OurRole.CURATOR, act_role=names[0], since_at=LONG_AGO, by=by())
    assert actor(people, people.executor, act).act_roles == {names[0], *executors}


def test_elsewhere_one_is_nobody(people: Cast, act: Act) -> None:
    found = actor_of(people.curator, people.elsewhere, NOW, act=act)
    assert (found.roles, found.units) == (frozenset(), frozenset())
