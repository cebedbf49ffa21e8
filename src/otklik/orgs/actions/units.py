"""Bodies and departments: made, renamed, moved in the tree, closed."""

import uuid
from collections.abc import Mapping
from typing import Any

from otklik.orgs import tree
from otklik.orgs.actions.base import (
    By,
    Refused,
    changes_of,
    done_before,
    from_to,
    put,
    record,
    require_key,
    require_unit_hours,
    require_zone,
)
from otklik.orgs.models import Organisation, Unit, UnitKind
from otklik.project.transactions import write


def create_unit(
    organisation: Organisation,
    *,
    key: str,
    name: str,
    kind: UnitKind = UnitKind.DEPARTMENT,
    parent: Unit | None = None,
    zone: str = "",
    schedule: Mapping[str, Any] | None = None,
    by: By,
) -> Unit:
    """
    :raises Refused: `bad_key`, `key_taken`, `unknown_zone`, `other_organisation`, `bad_schedule`.
    """
    require_key(key)
    if zone:
        require_zone(zone)
    _require_parent(organisation, parent)
    with write([organisation.pk]):
        if before := done_before(by, organisation.pk, "unit_created"):
            return Unit.objects.get(pk=before["unit"])
        if Unit.objects.filter(organisation=organisation, key=key).exists():
            raise Refused("key_taken", key=key)
        unit = Unit(organisation=organisation, kind=kind, key=key, name=name, parent=parent, zone=zone)
        unit.path = uuid.uuid4().hex  # the path names the row's own id, which the database gives
        unit.schedule = dict(schedule) if schedule is not None else None
        require_unit_hours(unit)
        unit.save()
        unit.path = tree.path_of(parent.path if parent else "", unit.pk)
        unit.save(update_fields=["path"])
        record(by, organisation.pk, "unit_created", {"unit": unit.pk, "key": key, "kind": str(kind)})
    return unit


def change_unit(unit: Unit, *, name: str, kind: UnitKind, parent: Unit | None, zone: str, by: By) -> None:
    """Another name, kind, zone, or place in the tree; all below moves along. The key stays: the journal names it.

    :raises Refused: `no_unit_name`, `unknown_zone`, `other_organisation`; `under_itself`, for a place below the unit.
    """
    if not name.strip():
        raise Refused("no_unit_name")
    if zone:
        require_zone(zone)
    _require_parent(unit.organisation, parent)
    with write([unit.organisation_id]):
        if done_before(by, unit.organisation_id, "unit_changed"):
            return
        unit.refresh_from_db()
        if parent is not None:
            parent.refresh_from_db()
            if parent.path.startswith(unit.path):
                raise Refused("under_itself", name=unit.name)
        values = {"name": name.strip(), "kind": str(kind), "parent_id": parent.pk if parent else None, "zone": zone}
        changes = changes_of(unit, values)
        if not changes:
            return
        put(unit, changes)
        if "parent_id" in changes:
            _move(unit, tree.path_of(parent.path if parent else "", unit.pk))
        require_unit_hours(unit)
        record(by, unit.organisation_id, "unit_changed", {"unit": unit.pk, "changes": from_to(changes)})


def close_unit(unit: Unit, *, by: By) -> None:
    """Nothing new is sent to it. What it did, its people and their roles stay.

    :raises Refused: `units_below`, while a unit below it is open.
    """
    with write([unit.organisation_id]):
        if done_before(by, unit.organisation_id, "unit_closed"):
            return
        below = Unit.objects.filter(path__startswith=unit.path, is_active=True).exclude(pk=unit.pk).first()
        if below is not None:
            raise Refused("units_below", name=below.name)
        _set_open(unit, "unit_closed", by, is_open=False)


def open_unit(unit: Unit, *, by: By) -> None:
    """A closed unit is at work again.

    :raises Refused: `unit_above_closed`.
    """
    with write([unit.organisation_id]):
        if done_before(by, unit.organisation_id, "unit_opened"):
            return
        if unit.parent is not None and not unit.parent.is_active:
            raise Refused("unit_above_closed", name=unit.parent.name)
        _set_open(unit, "unit_opened", by, is_open=True)


def set_unit_hours(unit: Unit, *, schedule: Mapping[str, Any] | None, by: By) -> None:
    """A unit's own hours, or None for those of the unit above.

    :raises Refused: `bad_schedule`.
    """
    was, unit.schedule = unit.schedule, dict(schedule) if schedule is not None else None
    require_unit_hours(unit)
    with write([unit.organisation_id]):
        if done_before(by, unit.organisation_id, "unit_hours_set"):
            return
        unit.save(update_fields=["schedule"])
        payload = {"unit": unit.pk, "schedule": unit.schedule, "was": was}
        record(by, unit.organisation_id, "unit_hours_set", payload)


def _move(unit: Unit, path: str) -> None:
    """The unit and all below it get their new paths."""
    old = unit.path
    for one in Unit.objects.filter(path__startswith=old):
        one.path = path + one.path.removeprefix(old)
        one.save(update_fields=["path"])
    unit.path = path


def _set_open(unit: Unit, kind: str, by: By, *, is_open: bool) -> None:
    unit.is_active = is_open
    unit.save(update_fields=["is_active"])
    record(by, unit.organisation_id, kind, {"unit": unit.pk})


def _require_parent(organisation: Organisation, parent: Unit | None) -> None:
    if parent is not None and parent.organisation_id != organisation.pk:
        raise Refused("other_organisation", name=parent.name)
