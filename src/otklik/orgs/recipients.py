"""Who is proposed as the recipient of a message: by its topic, and within the body."""

from django.db.models import QuerySet

from otklik.orgs.models import DefaultRecipient, Organisation


def topic_key(topic: str) -> str:
    """The form in which topics are compared: «  Дороги,  ямы» is «дороги, ямы»."""
    return " ".join(topic.lower().replace("ё", "е").split())[:200]


def rules_of(organisation: Organisation) -> QuerySet[DefaultRecipient]:
    """Who is proposed for what in an organisation."""
    return DefaultRecipient.objects.filter(organisation=organisation).select_related("unit", "person")


def proposed(organisation_id: int, topic: str) -> DefaultRecipient | None:
    """The rule of the topic, if its body is still open."""
    key = topic_key(topic)
    if not key:
        return None
    rows = DefaultRecipient.objects.filter(organisation_id=organisation_id, topic_key=key, unit__is_active=True)
    return rows.select_related("unit", "person").first()


def proposed_person(organisation_id: int, topic: str, unit_key: str) -> int | None:
    """Who in the body takes it: whom the rule of the topic names, else whom the rule of the body names."""
    rows = DefaultRecipient.objects.filter(
        organisation_id=organisation_id,
        unit__key=unit_key,
        topic_key__in=["", topic_key(topic)],
        person__is_active=True,
    )
    found = {bool(row.topic_key): row.person_id for row in rows}
    return found.get(True, found.get(False))
