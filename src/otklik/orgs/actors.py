"""From a person to the `Actor` of the process: the core knows roles, ranks and unit keys, and looks nobody up."""

import datetime as dt
from collections.abc import Iterable, Set

from otklik.orgs import queries
from otklik.orgs.models import Organisation, Person, Unit
from otklik.orgs.queries import HeldRole
from otklik.process.actor import RANKS, Actor, OnBehalf
from otklik.project.transactions import EVERYTHING, read
from otklik.regulation.model import Act
from otklik.regulation.model.people import Rank


def actor_of(
    person: Person, organisation: Organisation, at: dt.datetime, *, act: Act, on_behalf_of: OnBehalf | None = None
) -> Actor:
    """What this person is in the organisation's process at the instant: by appointment, duty and substitution.

    :param act: the act of the incident; it names the roles where the organisation tells holders of one apart.
    """
    held = queries.roles_at(person, at, organisation_id=organisation.pk)
    absent = frozenset(one.on_behalf_of_id for one in held if one.on_behalf_of_id is not None)
    with read(EVERYTHING):
        others = list(Person.objects.filter(pk__in=absent).select_related("unit"))
        units = _unit_keys(organisation, held, {one.pk: one for one in [person, *others]}, person.pk)
    return Actor(
        person=str(person.pk),
        roles=frozenset(one.role for one in held),
        act_roles=_act_roles(held, act),
        units=units,
        rank=max((Rank(one.rank) for one in [person, *others]), key=RANKS.index),
        on_behalf_of=on_behalf_of,
        substitutes_for=frozenset(str(pk) for pk in absent),
    )


def _act_roles(held: Iterable[HeldRole], act: Act) -> frozenset[str]:
    """The act's names of the roles held; empty where none was told apart, which means all of them."""
    if not any(one.act_role for one in held):
        return frozenset()
    named = {one.act_role for one in held if one.act_role}
    whole = {one.role for one in held if not one.act_role}
    return frozenset(named | {role.role for role in act.people.roles if role.is_ in whole})


def _unit_keys(
    organisation: Organisation, held: Iterable[HeldRole], people: dict[int, Person], person_id: int
) -> frozenset[str]:
    """Keys of the units acted for, with all below. A role of the whole organisation counts for one's own unit."""
    roots = {one.unit_id or people[one.on_behalf_of_id or person_id].unit_id for one in held}
    return _with_those_below(organisation, {pk for pk in roots if pk is not None})


def _with_those_below(organisation: Organisation, roots: Set[int]) -> frozenset[str]:
    units = list(Unit.objects.filter(organisation=organisation)) if roots else []
    paths = tuple(unit.path for unit in units if unit.pk in roots)
    return frozenset(unit.key for unit in units if paths and unit.path.startswith(paths))
