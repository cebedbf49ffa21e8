"""Whose hours count: the schedules of an organisation, its bodies and its curator.

Precedence: the unit's own document, that of the nearest unit above, the organisation's, the default of its act. Over
the document lie the single days (`ScheduleChange`), the unit's over the organisation's. A made schedule is kept by its
content, so that asking again costs three short queries and no arithmetic.
"""

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from otklik import worktime
from otklik.orgs import acts, tree
from otklik.orgs.models import Organisation, RoleHolding, ScheduleChange, Unit
from otklik.orgs.queries import in_force
from otklik.process.schedules import ScheduleSet
from otklik.project.transactions import EVERYTHING, read
from otklik.regulation.model.people import OurRole
from otklik.worktime import Schedule, ScheduleError

__all__ = ["Planned", "ScheduleError", "document_of", "of_organisation", "of_unit", "schedules_for"]

FEDERAL = "RU"


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A change of hours that somebody thinks of: rows not saved yet, and what a saved one would be without.

    `days` take the place of those of the same unit and date; `unit` the place of its own row.
    """

    days: Sequence[ScheduleChange] = ()
    dropped: frozenset[int] = frozenset()
    unit: Unit | None = None


AS_IT_STANDS = Planned()


def schedules_for(organisation: Organisation, at: dt.datetime, planned: Planned = AS_IT_STANDS) -> ScheduleSet:
    """All schedules that the terms of this organisation's incidents may need, as they stand now; bodies by unit key.

    :param at: the instant (aware) whose curator counts: an institution takes over, another hands on.

    `organisation` is taken as it is in memory, so that hours can be tried before they are saved; so is `planned`.

    :raises ScheduleError: a document that cannot be obeyed, or no hours at all (neither own nor of an act).
    """
    changes = _with_planned(_changes(organisation.pk), planned)
    own = _made(document_of(organisation), _days(changes, None))
    units = Unit.objects.filter(organisation_id=organisation.pk)
    by_id = {unit.pk: unit for unit in units}
    if planned.unit is not None:
        by_id[planned.unit.pk] = planned.unit
    return ScheduleSet(
        own,
        curator=_curators(organisation, at),
        bodies={unit.key: _of_unit(unit, organisation, by_id, changes) for unit in by_id.values()},
    )


def of_organisation(organisation: Organisation) -> Schedule:
    """The organisation's own hours.

    :raises ScheduleError: see `schedules_for`.
    """
    return _made(document_of(organisation), _days(_changes(organisation.pk), None))


def of_unit(unit: Unit) -> Schedule:
    """The hours that a unit keeps, its own or those above it.

    :raises ScheduleError: see `schedules_for`.
    """
    above = {one.pk: one for one in Unit.objects.filter(pk__in=_above(unit))} | {unit.pk: unit}
    return _of_unit(unit, unit.organisation, above, _changes(unit.organisation_id))


def _with_planned(changes: list[ScheduleChange], planned: Planned) -> list[ScheduleChange]:
    new = {(one.unit_id, one.changes_on) for one in planned.days}
    kept = [one for one in changes if one.pk not in planned.dropped and (one.unit_id, one.changes_on) not in new]
    return [*kept, *planned.days]


def _above(unit: Unit) -> tuple[int, ...]:
    """Ids from the root of the tree to the unit itself; a unit that is not saved yet has only its parent's."""
    if not unit._state.adding:
        return tree.ids_in(unit.path)
    return tree.ids_in(unit.parent.path) if unit.parent is not None else ()


def _of_unit(
    unit: Unit, organisation: Organisation, by_id: Mapping[int, Unit], changes: Iterable[ScheduleChange]
) -> Schedule:
    lineage = [by_id[pk] for pk in _above(unit) if pk in by_id]
    if unit._state.adding:
        lineage.append(unit)
    document = next((one.schedule for one in reversed(lineage) if one.schedule is not None), None)
    zone = next((one.zone for one in reversed(lineage) if one.zone), "")
    whole = dict(document) if document is not None else document_of(organisation)
    whole.setdefault("zone", organisation.zone)
    if zone and (document is None or unit.schedule is None):
        whole["zone"] = zone
    days = _days(changes, None)
    for one in lineage:
        days |= _days(changes, one.pk)
    return _made(whole, days)


def _curators(organisation: Organisation, at: dt.datetime) -> Schedule | None:
    """The hours of the institution whose people curate here, where it is another one."""
    with read(EVERYTHING):
        holding = (
            RoleHolding.objects.filter(in_force(at), organisation=organisation, role=OurRole.CURATOR)
            .exclude(person__organisation=organisation)
            .select_related("person__organisation")
            .first()
        )
        return of_organisation(holding.person.organisation) if holding is not None else None


def document_of(organisation: Organisation) -> dict[str, Any]:
    """The organisation's schedule document, with its zone and the regional days if they are switched on.

    :raises ScheduleError: it has neither hours of its own nor an act.
    """
    if organisation.schedule is not None:
        document = {"zone": organisation.zone, "calendar": FEDERAL, **organisation.schedule}
    elif (act := acts.current(organisation)) is not None:
        document = {**act.place.schedule, "zone": organisation.zone, "calendar": FEDERAL}
    else:
        raise ScheduleError("missing_key", key="week")
    if organisation.regional_days and organisation.region and document["calendar"] == FEDERAL:
        document["calendar"] = organisation.region
    return document


def _changes(organisation_id: int | None) -> list[ScheduleChange]:
    return list(ScheduleChange.objects.filter(organisation_id=organisation_id)) if organisation_id is not None else []


def _days(changes: Iterable[ScheduleChange], unit_id: int | None) -> dict[str, ScheduleChange]:
    return {change.changes_on.isoformat(): change for change in changes if change.unit_id == unit_id}


def _made(document: Mapping[str, Any], days: Mapping[str, ScheduleChange]) -> Schedule:
    whole = dict(document)
    broken = {on: change.breaks for on, change in days.items() if change.breaks}
    if broken:
        whole["breaks"] = {**whole.get("breaks", {}), **broken}
    replaced = {on: change for on, change in days.items() if change.spans is not None}
    if replaced and "dates" in whole:
        whole["dates"] = {on: spans for on, spans in whole["dates"].items() if on not in replaced}
    own_days = {on: _own_day(change) for on, change in sorted(replaced.items())}
    return _kept(_as_text(whole), _as_text({"days": own_days}) if own_days else "", worktime.default_source())


def _own_day(change: ScheduleChange) -> dict[str, Any]:
    if not change.spans:
        return {"kind": "closed", "title": change.ground}
    return {"kind": "open", "title": change.ground, "spans": change.spans}


def _as_text(document: Mapping[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, sort_keys=True, default=str)


@lru_cache(maxsize=512)
def _kept(document: str, own_days: str, calendars: worktime.CalendarSource) -> Schedule:
    schedule = Schedule.from_document(json.loads(document), calendars=calendars)
    return schedule.with_layers(worktime.parse_own_layer(json.loads(own_days))) if own_days else schedule
