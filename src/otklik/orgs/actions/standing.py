"""Roles, duty, absence, substitution. Spans are half-open, in UTC-aware instants."""

import datetime as dt

from otklik.orgs import queries
from otklik.orgs.actions.base import By, Refused, done_before, record
from otklik.orgs.models import Absence, AbsenceReason, Duty, Organisation, Person, RoleHolding, Substitution, Unit
from otklik.project.transactions import EVERYTHING, read, write
from otklik.regulation.model.people import OurRole


def give_role(
    person: Person,
    role: OurRole,
    *,
    organisation: Organisation | None = None,
    unit: Unit | None = None,
    act_role: str = "",
    since_at: dt.datetime | None = None,
    until_at: dt.datetime | None = None,
    by: By,
) -> RoleHolding:
    """The person holds `role` in `organisation` (their own unless said otherwise), from now unless said otherwise.

    :param act_role: the act's name of the role, where it has several that are `role`.
    :raises Refused: `ends_before_start`, `other_organisation`.
    """
    where = organisation or person.organisation
    since = since_at or by.now
    _require_span(since, until_at)
    _require_unit(unit, where.pk)
    with write([where.pk]):
        if before := done_before(by, where.pk, "role_given"):
            return RoleHolding.objects.get(pk=before["holding"])
        holding = RoleHolding.objects.create(
            organisation=where,
            person=person,
            unit=unit,
            role=role,
            act_role=act_role,
            since_at=since,
            until_at=until_at,
        )
        payload = {
            "holding": holding.pk,
            "person": person.pk,
            "role": str(role),
            "act_role": act_role,
            "unit": unit.pk if unit else None,
            **_span(since, until_at),
        }
        record(by, where.pk, "role_given", payload)
    return holding


def end_role(holding: RoleHolding, *, until_at: dt.datetime, by: By) -> None:
    """The role is held no longer from `until_at` on. What was done with it stays.

    :raises Refused: `ends_before_start`; `last_administrator`: nobody else could give roles again.
    """
    if holding.role == OurRole.ADMINISTRATOR:
        require_another_administrator(holding.organisation, holding.person, by.now)
    payload = {"holding": holding.pk, "person": holding.person_id, "role": holding.role}
    _end(holding, until_at, "role_ended", payload, by)


def end_duty(duty: Duty, *, until_at: dt.datetime, by: By) -> None:
    """The duty ends earlier (or later) than was planned.

    :raises Refused: `ends_before_start`.
    """
    _end(duty, until_at, "duty_ended", {"duty": duty.pk, "person": duty.person_id, "role": duty.role}, by)


def end_absence(absence: Absence, *, until_at: dt.datetime, by: By) -> None:
    """The person is back from `until_at` on.

    :raises Refused: `ends_before_start`.
    """
    _end(absence, until_at, "absence_ended", {"absence": absence.pk, "person": absence.person_id}, by)


def end_substitution(substitution: Substitution, *, until_at: dt.datetime, by: By) -> None:
    """The substitute acts for the absent person no longer.

    :raises Refused: `ends_before_start`.
    """
    payload = {
        "substitution": substitution.pk,
        "absent": substitution.absent_id,
        "substitute": substitution.substitute_id,
        "role": substitution.role,
    }
    _end(substitution, until_at, "substitution_ended", payload, by)


def _end(
    row: RoleHolding | Duty | Absence | Substitution,
    until_at: dt.datetime,
    kind: str,
    payload: dict[str, object],
    by: By,
) -> None:
    _require_span(row.since_at, until_at)
    was = row.until_at
    with write([row.organisation_id]):
        if done_before(by, row.organisation_id, kind):
            return
        row.until_at = until_at
        row.save(update_fields=["until_at"])
        ends = {"until_at": until_at.isoformat(), "was_until_at": was.isoformat() if was else None}
        record(by, row.organisation_id, kind, {**payload, **ends})


def put_on_duty(
    person: Person,
    role: OurRole,
    *,
    organisation: Organisation | None = None,
    unit: Unit | None = None,
    act_role: str = "",
    since_at: dt.datetime,
    until_at: dt.datetime,
    by: By,
) -> Duty:
    """For the span the person does what holders of `role` do.

    :raises Refused: `ends_before_start`, `other_organisation`.
    """
    where = organisation or person.organisation
    _require_span(since_at, until_at)
    _require_unit(unit, where.pk)
    with write([where.pk]):
        if before := done_before(by, where.pk, "put_on_duty"):
            return Duty.objects.get(pk=before["duty"])
        duty = Duty.objects.create(
            organisation=where,
            person=person,
            unit=unit,
            role=role,
            act_role=act_role,
            since_at=since_at,
            until_at=until_at,
        )
        payload = {"duty": duty.pk, "person": person.pk, "role": str(role), **_span(since_at, until_at)}
        record(by, where.pk, "put_on_duty", payload)
    return duty


def note_absence(
    person: Person,
    *,
    reason: AbsenceReason = AbsenceReason.OTHER,
    since_at: dt.datetime,
    until_at: dt.datetime | None,
    by: By,
) -> Absence:
    """The person is away; new work goes to others.

    :raises Refused: `ends_before_start`.
    """
    _require_span(since_at, until_at)
    with write([person.organisation_id]):
        if before := done_before(by, person.organisation_id, "absence_noted"):
            return Absence.objects.get(pk=before["absence"])
        absence = Absence.objects.create(
            organisation_id=person.organisation_id, person=person, reason=reason, since_at=since_at, until_at=until_at
        )
        payload = {"absence": absence.pk, "person": person.pk, "reason": str(reason), **_span(since_at, until_at)}
        record(by, person.organisation_id, "absence_noted", payload)
    return absence


def substitute(
    absent: Person,
    by_whom: Person,
    *,
    organisation: Organisation | None = None,
    role: OurRole | None = None,
    since_at: dt.datetime,
    until_at: dt.datetime | None,
    ground: str,
    by: By,
) -> Substitution:
    """`by_whom` acts in the roles of `absent` (all of them, or one) in the organisation, on the ground of an order.

    :raises Refused: `ends_before_start`, `own_substitute`, `no_ground`.
    """
    where = organisation or absent.organisation
    _require_span(since_at, until_at)
    if absent.pk == by_whom.pk:
        raise Refused("own_substitute", name=absent.full_name)
    if not ground.strip():
        raise Refused("no_ground")
    with write([where.pk]):
        if before := done_before(by, where.pk, "substitute_named"):
            return Substitution.objects.get(pk=before["substitution"])
        made = Substitution.objects.create(
            organisation=where,
            absent=absent,
            substitute=by_whom,
            role=role or "",
            since_at=since_at,
            until_at=until_at,
            ground=ground,
        )
        payload = {
            "substitution": made.pk,
            "absent": absent.pk,
            "substitute": by_whom.pk,
            "role": str(role or ""),
            **_span(since_at, until_at),
        }
        record(by, where.pk, "substitute_named", payload, ground=ground)
    return made


def require_another_administrator(organisation: Organisation, but: Person, at: dt.datetime) -> None:
    """
    :raises Refused: `last_administrator`, if nobody else with an account administers it, or one above it.
    """
    with read(EVERYTHING):
        if not queries.administrators_of(organisation, at).exclude(pk=but.pk).exists():
            raise Refused("last_administrator", name=but.full_name)


def _span(since_at: dt.datetime, until_at: dt.datetime | None) -> dict[str, str | None]:
    return {"since_at": since_at.isoformat(), "until_at": until_at.isoformat() if until_at else None}


def _require_span(since_at: dt.datetime, until_at: dt.datetime | None) -> None:
    if until_at is not None and until_at <= since_at:
        raise Refused("ends_before_start", since_at=since_at.isoformat(), until_at=until_at.isoformat())


def _require_unit(unit: Unit | None, organisation_id: int) -> None:
    if unit is not None and unit.organisation_id != organisation_id:
        raise Refused("other_organisation", name=unit.name)
