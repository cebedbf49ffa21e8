"""All reads of channels but access."""

import datetime as dt

from django.db.models import QuerySet

from otklik.channels.models import Account, AccountState, Publication, PublicationState
from otklik.connectors import registry


def publications_of(incident_id: int) -> QuerySet[Publication]:
    """Everything that was to be published for an incident, oldest first."""
    return Publication.objects.filter(incident_id=incident_id).select_related("account", "message").order_by("pk")


def waiting_for_a_person(organisation_id: int) -> QuerySet[Publication]:
    """What the outbox could not publish by itself."""
    states = [PublicationState.NEEDS_PERSON, PublicationState.FAILED, PublicationState.UNKNOWN]
    return Publication.objects.filter(organisation=organisation_id, state__in=states).order_by("queued_at")


def accounts_of(organisation_id: int) -> QuerySet[Account]:
    return Account.objects.filter(organisation=organisation_id)


def active_account(inbox_key: str) -> Account | None:
    """The account that this secret address belongs to; None for an unknown one or one that is stopped."""
    return (
        Account.objects.select_related("organisation")
        .filter(inbox_key=inbox_key)
        .exclude(state=AccountState.STOPPED)
        .first()
    )


def account(pk: int) -> Account | None:
    return Account.objects.select_related("organisation").filter(pk=pk).first()


def to_be_polled(now: dt.datetime) -> list[Account]:
    """Working accounts on platforms that are asked, whose time has come."""
    asked = [connector.name for connector in registry.all_connectors().values() if connector.capabilities.polls]
    working = Account.objects.filter(connector__in=asked, state=AccountState.ACTIVE)
    return [one for one in working if one.is_to_be_asked(now)]
