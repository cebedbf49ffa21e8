"""What comes in: a delivery is checked, stored and acknowledged; what is in it is read by the work process."""

import datetime as dt
import hashlib

import structlog

from otklik.channels.contexts import context_for
from otklik.channels.models import Account
from otklik.connectors import registry
from otklik.connectors.base import Delivery, RawPayload, Receipt
from otklik.jobs import actions as jobs
from otklik.messages import actions as messages
from otklik.messages.models import MessageSource, RawMessage
from otklik.project.transactions import write

PARSE = "channels.parse"
POLL = "channels.poll"

log = structlog.get_logger(__name__)


def deliver(account: Account, delivery: Delivery, *, now: dt.datetime) -> Receipt:
    """A platform delivers. The payloads are stored before the answer is given; the answer is the caller's to send.

    :raises registry.UnknownConnector: the account's connector is not installed.
    """
    connector = registry.get(account.connector)
    receipt = connector.receive(context_for(account, now), delivery)
    if receipt.accepted:
        store(account, receipt.payloads, now=now)
    else:
        log.warning("delivery refused", account=account.pk, remote=delivery.remote_address)
    return receipt


def store(account: Account, payloads: tuple[RawPayload, ...], *, now: dt.datetime) -> int:
    """Keep payloads and ask for their reading; returns how many were new."""
    fresh = 0
    with write([account.organisation_id]):
        for payload in payloads:
            raw, is_new = messages.store_raw(
                account.organisation,
                account_id=account.pk,
                key=payload.key or hashlib.sha256(payload.body).hexdigest(),
                body=payload.body,
                content_type=payload.content_type,
                now=now,
            )
            if is_new:
                jobs.enqueue(PARSE, str(raw.pk), run_at=now, organisation=account.organisation_id)
                fresh += 1
    return fresh


def poll(account: Account, *, now: dt.datetime) -> int:
    """Ask the platform what is new, and keep it together with the place to go on from; how many payloads were new.

    :raises ConnectorError: the platform could not be asked; the cursor stays where it was.
    """
    connector = registry.get(account.connector)
    polled = connector.poll(context_for(account, now), account.cursor)
    with write([account.organisation_id]):
        fresh = store(account, polled.payloads, now=now)
        Account.objects.filter(pk=account.pk).update(
            cursor=polled.cursor, polled_at=now, ask_again_at=now + polled.again_after, problem=""
        )
    return fresh


def read(raw: RawMessage, *, now: dt.datetime) -> None:
    """Read one stored payload into messages and changes, in one transaction with the mark that it was read.

    A payload that the connector cannot read stays, with the problem beside it: nothing is lost, nothing else waits.

    :raises registry.UnknownConnector: the connector is not installed any more; the payload waits.
    :raises keyring.KeyRingError: the account's secrets do not open; the payload waits.
    """
    account = Account.objects.select_related("organisation").get(pk=raw.account_id)
    connector, context = registry.get(account.connector), context_for(account, now)
    payload = RawPayload(key=raw.key, body=bytes(raw.body), content_type=raw.content_type)
    try:
        parsed = connector.parse(context, payload)
    except Exception as error:  # whatever a platform sends, the payload must stay and the next one be read
        log.exception("payload could not be read", raw=raw.pk)
        messages.mark_parsed(raw, now=now, problem=f"{type(error).__name__}: {error}"[:2000])
        return
    network = connector.capabilities.network
    with write([account.organisation_id]):
        for incoming in parsed.messages:
            arrival = messages.Arrival(
                source=MessageSource.CHANNEL,
                now=now,
                account_id=account.pk,
                raw=raw,
                place_name=incoming.place.extra.get("place_name", ""),
            )
            messages.take_in(account.organisation, network, incoming, arrival)
        for changed in parsed.changes:
            messages.change(account.organisation, network, changed, now=now)
        messages.mark_parsed(raw, now=now)
