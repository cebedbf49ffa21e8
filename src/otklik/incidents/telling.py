"""Telling people of work that has arrived, and reminding them of it: e-mails, sent by the work process.

A letter carries no word of the citizen's: mail goes through servers that are not ours.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import send_mail

from otklik.incidents.models import Incident, WorkItem
from otklik.jobs import actions as jobs
from otklik.journal import queries as journal
from otklik.journal.queries import Recorded
from otklik.orgs import queries as orgs
from otklik.orgs.models import Person, Unit
from otklik.process.events import EventKind
from otklik.project.transactions import read
from otklik.regulation.model.people import OurRole

TELL = "incidents.tell"
REMIND = "incidents.remind"
GATHERING = dt.timedelta(seconds=10)
"""How long a letter waits for further reminders to the same people: one press of a button may be many."""
LATELY = dt.timedelta(minutes=10)
"""Of which reminders a letter tells."""


@dataclass(frozen=True, slots=True)
class Addressee:
    """For whom a step waits: the person who holds it, else the holders of `role` for `unit` (a key; None: any)."""

    role: str
    unit: str | None
    person: str | None

    @classmethod
    def read(cls, payload: Mapping[str, Any]) -> "Addressee":
        """From a job, or from an event of a reminder."""
        return cls(str(payload["role"]), payload.get("unit"), payload.get("person"))


def tell_by_email(incident: Incident, unit_key: str, *, now: dt.datetime) -> None:
    """Queue an e-mail to the executors of the unit, within the caller's `write()`."""
    payload = {"incident": incident.pk, "unit": unit_key}
    jobs.enqueue(
        TELL, f"{incident.pk}/{incident.last_number}", payload, run_at=now, organisation=incident.organisation_id
    )


def send(incident_id: int, unit_key: str, *, organisation_id: int, now: dt.datetime) -> int:
    """Write to everybody who can take the work now and has an address; returns how many were written to."""
    with read([organisation_id]):
        incident = Incident.objects.select_related("organisation").get(pk=incident_id)
        unit = Unit.objects.filter(organisation_id=organisation_id, key=unit_key).first()
        holders = orgs.holders_at(organisation_id, OurRole.EXECUTOR, now, unit_id=unit.pk if unit else None)
    subject = f"Отклик: поступило сообщение {incident}"
    words = f"В работу поступило сообщение {incident} ({incident.organisation.short_name}).\nОткройте его: "
    return _post(holders, subject, f"{words}{_address(incident)}\n")


def remind_by_email(incident: Incident, event: Recorded, *, now: dt.datetime) -> None:
    """Queue a letter to those for whom the step waits, within the caller's `write()`: one for all their reminders."""
    to = Addressee.read(event.payload)
    jobs.enqueue(
        REMIND,
        f"{incident.organisation_id}/{to.role}/{to.unit or ''}/{to.person or ''}",
        {"role": to.role, "unit": to.unit, "person": to.person},
        run_at=now + GATHERING,
        organisation=incident.organisation_id,
    )


def send_reminder(to: Addressee, *, organisation_id: int, sent_at: dt.datetime) -> int:
    """One letter to each, on everything they were reminded of lately that still waits; returns how many got one."""
    with read([organisation_id]):
        unit = Unit.objects.filter(organisation_id=organisation_id, key=to.unit).first() if to.unit else None
        waiting = WorkItem.objects.filter(organisation_id=organisation_id, role=to.role, unit=unit)
        waiting = waiting.filter(person=int(to.person)) if to.person else waiting.filter(person__isnull=True)
        open_now = {(row.incident_id, row.step, row.part) for row in waiting}
        events = journal.of_kinds({incident_id for incident_id, _, _ in open_now}, [EventKind.REMINDED.value])
        fresh = [event for event in events if sent_at - event.recorded_at <= LATELY and _about(event) in open_now]
        rows = Incident.objects.filter(pk__in={event.incident_id for event in fresh}).select_related("organisation")
        incidents = list(rows.order_by("next_due_at", "pk"))
        people = _reachable(organisation_id, to, unit, sent_at)
    if not incidents:
        return 0
    listed = "\n".join(f"{incident}: {_address(incident)}" for incident in incidents)
    where = incidents[0].organisation.short_name
    return _post(people, "Отклик: напоминание", f"Руководитель напоминает: ваш шаг ждут ({where}).\n\n{listed}\n")


def _about(event: Recorded) -> tuple[int | None, object, object]:
    return event.incident_id, event.payload["step"], event.payload.get("part")


def _reachable(organisation_id: int, to: Addressee, unit: Unit | None, at: dt.datetime) -> tuple[Person, ...]:
    """Who holds it, if present; else those who can act in the role now, substitutes among them."""
    if to.person and not orgs.absent_at([int(to.person)], at):
        return tuple(Person.objects.filter(pk=int(to.person), is_active=True))
    return orgs.holders_at(organisation_id, OurRole(to.role), at, unit_id=unit.pk if unit else None)


def _post(people: Iterable[Person], subject: str, message: str) -> int:
    addresses = sorted({person.email for person in people if person.email})
    for address in addresses:
        send_mail(subject=subject, message=message, from_email=None, recipient_list=[address])
    return len(addresses)


def _address(incident: Incident) -> str:
    return f"{settings.PUBLIC_ADDRESS}/incidents/{incident.pk}/"
