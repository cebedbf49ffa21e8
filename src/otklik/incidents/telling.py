"""Telling people of work that has arrived: an e-mail to those who can take it, sent by the work process."""

import datetime as dt

from django.conf import settings
from django.core.mail import send_mail

from otklik.incidents.models import Incident
from otklik.jobs import actions as jobs
from otklik.orgs import queries as orgs
from otklik.orgs.models import Unit
from otklik.project.transactions import read
from otklik.regulation.model.people import OurRole

TELL = "incidents.tell"


def tell_by_email(incident: Incident, unit_key: str, *, now: dt.datetime) -> None:
    """Queue an e-mail to the executors of the unit, within the caller's `write()`."""
    payload = {"incident": incident.pk, "unit": unit_key}
    jobs.enqueue(
        TELL, f"{incident.pk}/{incident.last_number}", payload, run_at=now, organisation=incident.organisation_id
    )


def send(incident_id: int, unit_key: str, *, organisation_id: int, now: dt.datetime) -> int:
    """Write to everybody who can take the work now and has an address; returns how many were written to.

    The letter carries no word of the citizen's: mail goes through servers that are not ours.
    """
    with read([organisation_id]):
        incident = Incident.objects.select_related("organisation").get(pk=incident_id)
        unit = Unit.objects.filter(organisation_id=organisation_id, key=unit_key).first()
        holders = orgs.holders_at(organisation_id, OurRole.EXECUTOR, now, unit_id=unit.pk if unit else None)
    addresses = sorted({person.email for person in holders if person.email})
    for address in addresses:
        send_mail(
            subject=f"Отклик: поступило сообщение {incident}",
            message=(
                f"В работу поступило сообщение {incident} ({incident.organisation.short_name}).\n"
                f"Откройте его: {settings.PUBLIC_ADDRESS}/incidents/{incident.pk}/\n"
            ),
            from_email=None,
            recipient_list=[address],
        )
    return len(addresses)
