"""Taking somebody off duty. Putting them on it, and ending it at another time, is in `standing`."""

from otklik.orgs.actions.base import By, done_before, record
from otklik.orgs.actions.standing import end_duty
from otklik.orgs.models import Duty
from otklik.project.transactions import write

TAKEN_OFF = "taken_off_duty"


def take_off_duty(duty: Duty, *, by: By) -> None:
    """Duty that has begun ends now, and what was done on it stays; over already, nothing changes. Duty that has not
    begun is as if it had never been: the journal keeps who was to be on it, and when."""
    if duty.until_at <= by.now:
        return
    if duty.since_at < by.now:
        end_duty(duty, until_at=by.now, by=by)
        return
    payload = {
        "duty": duty.pk,
        "person": duty.person_id,
        "role": duty.role,
        "unit": duty.unit_id,
        "since_at": duty.since_at.isoformat(),
        "until_at": duty.until_at.isoformat(),
    }
    with write([duty.organisation_id]):
        if done_before(by, duty.organisation_id, TAKEN_OFF):
            return
        duty.delete()
        record(by, duty.organisation_id, TAKEN_OFF, payload)
