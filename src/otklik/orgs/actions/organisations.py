"""Organisations, the act they work under, and their hours."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
    require_hours,
    require_key,
    require_unit_hours,
    require_zone,
)
from otklik.orgs.models import Organisation, OrganisationKind, ScheduleChange, Unit
from otklik.project.transactions import EVERYTHING, write

CHANGEABLE = frozenset({"name", "short_name", "legal_name", "inn", "ogrn", "postal_address"})


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
    require_key(facts.key)
    require_zone(facts.zone)
    values = {name: getattr(facts, name) for name in facts.__dataclass_fields__}
    made = Organisation(**values, parent=parent, created_at=by.now, path=_no_path_yet())
    require_hours(made)
    with write(EVERYTHING):  # no tenant has its id yet
        if Organisation.objects.filter(key=facts.key).exists():
            raise Refused("key_taken", key=facts.key)
        made.save()
        made.path = tree.path_of(parent.path if parent else "", made.pk)
        made.save(update_fields=["path"])
        record(by, made.pk, "organisation_created", {"organisation": made.pk, "key": made.key, "act": made.act})
    return made


def change_organisation(organisation: Organisation, values: Mapping[str, str], *, by: By) -> None:
    """Names and registration: `values` by the names of the fields. The journal keeps what was before.

    :raises Refused: `no_organisation_name`.
    """
    if not values.get("name", "x").strip() or not values.get("short_name", "x").strip():
        raise Refused("no_organisation_name")
    with write([organisation.pk]):
        if done_before(by, organisation.pk, "organisation_changed"):
            return
        changes = changes_of(organisation, {name: value for name, value in values.items() if name in CHANGEABLE})
        if changes:
            put(organisation, changes)
            record(by, organisation.pk, "organisation_changed", {"changes": from_to(changes)})


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
    zone: str = "",
    by: By,
) -> None:
    """The organisation's working hours: a schedule document, or None for the act's default; `zone` «»: as it is.

    :raises Refused: `unknown_zone`; `bad_schedule`, with every problem of the document.
    """
    if zone:
        require_zone(zone)
    values = {
        "schedule": dict(schedule) if schedule is not None else None,
        "region": region,
        "regional_days": regional_days,
        "zone": zone or organisation.zone,
    }
    was = {name: getattr(organisation, name) for name in values}
    for name, value in values.items():
        setattr(organisation, name, value)
    require_hours(organisation)
    with write([organisation.pk]):
        if done_before(by, organisation.pk, "hours_set"):
            return
        organisation.save(update_fields=list(values))
        record(by, organisation.pk, "hours_set", {**values, "was": was})


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
        same = ScheduleChange.objects.filter(organisation=organisation, unit=unit, changes_on=changes_on).first()
        was = {"spans": same.spans, "breaks": same.breaks, "ground": same.ground} if same else None
        change, _ = ScheduleChange.objects.update_or_create(
            organisation=organisation, unit=unit, changes_on=changes_on, defaults=values
        )
        require_hours(organisation)
        if unit is not None:
            require_unit_hours(unit)
        payload = {
            "change": change.pk,
            "unit": unit.pk if unit else None,
            "changes_on": changes_on.isoformat(),
            "spans": values["spans"],
            "breaks": values["breaks"],
            "was": was,
        }
        record(by, organisation.pk, "day_changed", payload, ground=ground)
    return change


def _no_path_yet() -> str:
    """The path names the row's own id, which the database gives; until then something unique."""
    return uuid.uuid4().hex


def restore_day(change: ScheduleChange, *, by: By) -> None:
    """The day has its usual hours again.

    :raises Refused: `bad_schedule`, where without it no working time is left.
    """
    organisation = change.organisation
    with write([organisation.pk]):
        if done_before(by, organisation.pk, "day_restored"):
            return
        payload = {
            "change": change.pk,
            "unit": change.unit_id,
            "changes_on": change.changes_on.isoformat(),
            "spans": change.spans,
            "breaks": change.breaks,
        }
        ground = change.ground
        change.delete()
        require_hours(organisation)
        record(by, organisation.pk, "day_restored", payload, ground=ground)
