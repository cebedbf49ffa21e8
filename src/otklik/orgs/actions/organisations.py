"""Organisations, their units, the act they work under, and their hours."""

import datetime as dt
import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from otklik.orgs import schedules, tree
from otklik.orgs.actions.base import By, Refused, done_before, record, require_zone
from otklik.orgs.models import Organisation, OrganisationKind, ScheduleChange, Unit, UnitKind
from otklik.project.transactions import EVERYTHING, write

KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationFacts:
    """What is known of an organisation when it is entered. `zone`: IANA; `schedule`: a schedule document or None."""

    key: str
    name: str
    short_name: str
    zone: str
    kind: OrganisationKind = OrganisationKind.ADMINISTRATION
    act: str = ""
    act_hash: str = ""
    schedule: Mapping[str, Any] | None = None
    region: str = ""
    regional_days: bool = False
    legal_name: str = ""
    inn: str = ""
    ogrn: str = ""
    postal_address: str = ""


def create_organisation(facts: OrganisationFacts, *, parent: Organisation | None = None, by: By) -> Organisation:
    """
    :raises Refused: `bad_key`, `key_taken`, `unknown_zone`, `bad_schedule`.
    """
    _require_key(facts.key)
    require_zone(facts.zone)
    values = {name: getattr(facts, name) for name in facts.__dataclass_fields__}
    made = Organisation(**values, parent=parent, created_at=by.now, path=_no_path_yet())
    _require_hours(made)
    with write(EVERYTHING):  # no tenant has its id yet
        if Organisation.objects.filter(key=facts.key).exists():
            raise Refused("key_taken", key=facts.key)
        made.save()
        made.path = tree.path_of(parent.path if parent else "", made.pk)
        made.save(update_fields=["path"])
        record(by, made.pk, "organisation_created", {"organisation": made.pk, "key": made.key, "act": made.act})
    return made


def choose_act(organisation: Organisation, *, act: str, act_hash: str, by: By) -> None:
    """From now on new incidents are under this act and edition; those that exist keep theirs."""
    with write([organisation.pk]):
        if done_before(by, organisation.pk, "act_chosen"):
            return
        organisation.act, organisation.act_hash = act, act_hash
        organisation.save(update_fields=["act", "act_hash"])
        record(by, organisation.pk, "act_chosen", {"act": act, "act_hash": act_hash})


def set_hours(
    organisation: Organisation,
    *,
    schedule: Mapping[str, Any] | None,
    region: str = "",
    regional_days: bool = False,
    by: By,
) -> None:
    """The organisation's working hours: a schedule document, or None for the act's default.

    :raises Refused: `bad_schedule`, with every problem of the document.
    """
    organisation.schedule = dict(schedule) if schedule is not None else None
    organisation.region, organisation.regional_days = region, regional_days
    _require_hours(organisation)
    with write([organisation.pk]):
        if done_before(by, organisation.pk, "hours_set"):
            return
        organisation.save(update_fields=["schedule", "region", "regional_days"])
        payload = {"schedule": organisation.schedule, "region": region, "regional_days": regional_days}
        record(by, organisation.pk, "hours_set", payload)


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
    _require_key(key)
    if zone:
        require_zone(zone)
    if parent is not None and parent.organisation_id != organisation.pk:
        raise Refused("other_organisation", name=parent.name)
    with write([organisation.pk]):
        if before := done_before(by, organisation.pk, "unit_created"):
            return Unit.objects.get(pk=before["unit"])
        if Unit.objects.filter(organisation=organisation, key=key).exists():
            raise Refused("key_taken", key=key)
        unit = Unit(
            organisation=organisation, kind=kind, key=key, name=name, parent=parent, zone=zone, path=_no_path_yet()
        )
        unit.schedule = dict(schedule) if schedule is not None else None
        _require_unit_hours(unit)
        unit.save()
        unit.path = tree.path_of(parent.path if parent else "", unit.pk)
        unit.save(update_fields=["path"])
        record(by, organisation.pk, "unit_created", {"unit": unit.pk, "key": key, "kind": str(kind)})
    return unit


def set_unit_hours(unit: Unit, *, schedule: Mapping[str, Any] | None, by: By) -> None:
    """A unit's own hours, or None for those of the unit above.

    :raises Refused: `bad_schedule`.
    """
    unit.schedule = dict(schedule) if schedule is not None else None
    _require_unit_hours(unit)
    with write([unit.organisation_id]):
        if done_before(by, unit.organisation_id, "unit_hours_set"):
            return
        unit.save(update_fields=["schedule"])
        record(by, unit.organisation_id, "unit_hours_set", {"unit": unit.pk, "schedule": unit.schedule})


def change_day(
    organisation: Organisation,
    *,
    unit: Unit | None = None,
    changes_on: dt.date,
    spans: Sequence[str] | None,
    breaks: Sequence[str] = (),
    ground: str,
    by: By,
) -> ScheduleChange:
    """One day that differs: `spans` instead of its hours (empty: closed; None: as they are), less `breaks`.

    A second change of the same day replaces the first; the journal keeps both.

    :raises Refused: `bad_schedule`, `other_organisation`, `no_ground`.
    """
    if not ground.strip():
        raise Refused("no_ground")
    if unit is not None and unit.organisation_id != organisation.pk:
        raise Refused("other_organisation", name=unit.name)
    values = {"spans": None if spans is None else list(spans), "breaks": list(breaks), "ground": ground}
    with write([organisation.pk]):
        if before := done_before(by, organisation.pk, "day_changed"):
            return ScheduleChange.objects.get(pk=before["change"])
        change, _ = ScheduleChange.objects.update_or_create(
            organisation=organisation, unit=unit, changes_on=changes_on, defaults=values
        )
        _require_hours(organisation)
        if unit is not None:
            _require_unit_hours(unit)
        payload = {
            "change": change.pk,
            "unit": unit.pk if unit else None,
            "changes_on": changes_on.isoformat(),
            "spans": values["spans"],
            "breaks": values["breaks"],
        }
        record(by, organisation.pk, "day_changed", payload, ground=ground)
    return change


def _no_path_yet() -> str:
    """The path names the row's own id, which the database gives; until then something unique."""
    return uuid.uuid4().hex


def _require_key(key: str) -> None:
    if not KEY.match(key):
        raise Refused("bad_key", key=key)


def _require_hours(organisation: Organisation) -> None:
    try:
        schedules.of_organisation(organisation)
    except schedules.ScheduleError as error:
        raise Refused("bad_schedule", problems=str(error)) from error


def _require_unit_hours(unit: Unit) -> None:
    try:
        schedules.of_unit(unit)
    except schedules.ScheduleError as error:
        raise Refused("bad_schedule", problems=str(error)) from error
