"""The rules by which a recipient is proposed."""

from typing import Any

from otklik.orgs.actions.base import By, Refused, done_before, record
from otklik.orgs.models import DefaultRecipient, Organisation, Person, Unit
from otklik.orgs.recipients import topic_key
from otklik.project.transactions import write


def set_recipient(
    organisation: Organisation, *, topic: str, unit: Unit, person: Person | None, by: By
) -> DefaultRecipient:
    """Messages of the topic are proposed to the body, and to the person there; without a topic, what comes to the body
    is proposed to the person. A second rule for the same takes the place of the first.

    :raises Refused: `other_organisation`; `nobody_named`, for a rule of a body without a person.
    """
    if unit.organisation_id != organisation.pk:
        raise Refused("other_organisation", name=unit.name)
    key = topic_key(topic)
    if not key and person is None:
        raise Refused("nobody_named")
    same: dict[str, Any] = {"organisation": organisation, "topic_key": key} | ({} if key else {"unit": unit})
    with write([organisation.pk]):
        if before := done_before(by, organisation.pk, "recipient_set"):
            return DefaultRecipient.objects.get(pk=before["recipient"])
        was = DefaultRecipient.objects.filter(**same).first()
        old = {"unit": was.unit_id, "person": was.person_id} if was else None
        values = {"topic": " ".join(topic.split()), "unit": unit, "person": person}
        row, _ = DefaultRecipient.objects.update_or_create(**same, defaults=values)
        payload = {
            "recipient": row.pk,
            "topic": row.topic,
            "unit": unit.pk,
            "person": person.pk if person else None,
            "was": old,
        }
        record(by, organisation.pk, "recipient_set", payload)
    return row


def drop_recipient(row: DefaultRecipient, *, by: By) -> None:
    """The rule is gone: nobody is proposed by it any more."""
    with write([row.organisation_id]):
        if done_before(by, row.organisation_id, "recipient_dropped"):
            return
        payload = {"recipient": row.pk, "topic": row.topic, "unit": row.unit_id, "person": row.person_id}
        row.delete()
        record(by, row.organisation_id, "recipient_dropped", payload)
