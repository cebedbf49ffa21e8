"""All writes of messages. The same message coming again changes nothing but the count of its copies.

Messages are taken in many at a time or one by one, in the same way (`take_in_many`): the organisation's row is locked,
so that two deliveries of one message cannot both find it new.
"""

import dataclasses
import datetime as dt
import hashlib
import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import F

from otklik.connectors.base import Author as NamedAuthor
from otklik.connectors.base import ChangeKind, IncomingChange, IncomingMessage, Place
from otklik.messages import hooks
from otklik.messages.models import Author, Message, MessageSource, MessageText, RawMessage
from otklik.messages.text import shortened, storable
from otklik.orgs.models import Organisation, Person
from otklik.project.transactions import write

EARLIEST = dt.datetime(1990, 1, 1, tzinfo=dt.UTC)
CLOCKS_DIFFER = dt.timedelta(days=1)
"""A date of posting outside these is wrong: the message matters, its date does not."""


class MessageRefused(ValueError):
    """A message that cannot be taken in; `code` says why, words are made at the door."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """How and when a message came. Instants are aware UTC; `detected_at` None: now."""

    source: MessageSource
    now: dt.datetime
    detected_at: dt.datetime | None = None
    account_id: int | None = None
    raw: RawMessage | None = None
    entered_by: Person | None = None
    topic: str = ""
    place_name: str = ""
    is_news: bool = True
    """False: somebody knows already what it belongs to (an author's answer), the listeners need not be told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandMade:
    """What a person enters: a message they found themselves, or were shown."""

    network: str
    text: str
    url: str = ""
    author_name: str = ""
    posted_at: dt.datetime | None = None
    topic: str = ""
    place_name: str = ""
    is_news: bool = True


@dataclass(frozen=True, slots=True)
class TakenIn:
    """The message as it stands, and whether it is new here."""

    message: Message
    is_new: bool


def store_raw(
    organisation: Organisation, *, account_id: int, key: str, body: bytes, content_type: str, now: dt.datetime
) -> tuple[RawMessage, bool]:
    """Keep a payload before anything in it is read. The same key again gives the first row, and False."""
    with write([organisation.pk]):
        return RawMessage.objects.get_or_create(
            organisation=organisation,
            account_id=account_id,
            key=shortened(key, 300),
            defaults={"body": body, "content_type": content_type, "received_at": now},
        )


@dataclass(frozen=True, slots=True)
class Coming:
    """One message on its way in: where it stands, what it says, how it came."""

    network: str
    incoming: IncomingMessage
    arrival: Arrival


def take_in(organisation: Organisation, network: str, incoming: IncomingMessage, arrival: Arrival) -> TakenIn:
    """A message has come. New and not our own, it is told to the listeners in the same transaction."""
    return take_in_many(organisation, [Coming(network, incoming, arrival)])[0]


def take_in_many(organisation: Organisation, coming: Sequence[Coming]) -> list[TakenIn]:
    """Messages have come, in this order; what became of each. In one transaction, with what the listeners do.

    Whatever a platform sends can be stored: text without NUL and lone surrogates, ids and addresses of a length that
    fits, a date of posting that can be true or none.
    """
    coming = [dataclasses.replace(one, incoming=_storable(one.incoming, one.arrival.now)) for one in coming]
    with write([organisation.pk]):
        Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
        there, authors = _known(organisation, coming), _authors(organisation, coming)
        fresh: list[Message] = []
        news: list[Message] = []
        again: Counter[int] = Counter()
        taken = []
        for one in coming:
            key = (one.network, one.incoming.external_id)
            is_new = key not in there
            if is_new:
                author = authors.get((one.network, one.incoming.author.external_id))
                there[key] = _message(organisation, one, author)
                fresh.append(there[key])
                if one.arrival.is_news and not one.incoming.is_own:
                    news.append(there[key])
            elif there[key].pk is None:
                there[key].copies += 1
            else:
                again[there[key].pk] += 1
            taken.append(TakenIn(there[key], is_new))
        Message.objects.bulk_create(fresh)
        _count_copies(again)
        if news:
            hooks.detected(news)
        return taken


def enter_by_hand(
    organisation: Organisation,
    person: Person,
    made: HandMade,
    *,
    command_id: uuid.UUID | None = None,
    now: dt.datetime,
) -> TakenIn:
    """A person enters what they found themselves. The same address again is the same message; without an address the
    same `command_id` is, so that a form sent twice is entered once.

    :raises MessageRefused: `text_required`, `posted_in_future`.
    """
    if not made.text.strip():
        raise MessageRefused("text_required")
    if made.posted_at and made.posted_at > now:
        raise MessageRefused("posted_in_future")
    url, name = made.url.strip(), made.author_name.strip()
    external_id = url or f"hand:{command_id or uuid.uuid4()}"
    incoming = IncomingMessage(
        external_id=external_id,
        place=Place(thread_id="", message_id=external_id, url=url),
        author=NamedAuthor(external_id=name, name=name),
        text=made.text,
        posted_at=made.posted_at,
    )
    arrival = Arrival(
        source=MessageSource.HAND,
        now=now,
        entered_by=person,
        topic=made.topic,
        place_name=made.place_name,
        is_news=made.is_news,
    )
    return take_in(organisation, made.network, incoming, arrival)


def change(organisation: Organisation, network: str, changed: IncomingChange, *, now: dt.datetime) -> Message | None:
    """The author edited, deleted or restored a message at its place. The earlier text is kept. None: not known here."""
    with write([organisation.pk]):
        message = (
            Message.objects.select_for_update()
            .filter(organisation=organisation, network=network, external_id=shortened(changed.external_id, 300))
            .first()
        )
        if message is None:
            return None
        at = _credible(changed.happened_at, now) or now
        if changed.kind is ChangeKind.EDITED and changed.text is not None and storable(changed.text) != message.text:
            MessageText.objects.create(organisation=organisation, message=message, text=message.text, until_at=at)
            message.text, message.edited_at = storable(changed.text), at
        elif changed.kind is ChangeKind.DELETED:
            message.deleted_at = message.deleted_at or at
        elif changed.kind is ChangeKind.RESTORED:
            message.deleted_at = None
        message.save(update_fields=["text", "edited_at", "deleted_at"])
        if changed.kind is ChangeKind.EDITED:
            hooks.edited(message, now)
        return message


def mark_parsed(raw: RawMessage, *, now: dt.datetime, problem: str = "") -> None:
    """The payload has been read, or cannot be: `problem` says why, and the payload stays."""
    with write([raw.organisation_id]):
        RawMessage.objects.filter(pk=raw.pk).update(parsed_at=now, problem=storable(problem))


def _storable(incoming: IncomingMessage, now: dt.datetime) -> IncomingMessage:
    """The message as a database can hold it; nothing the citizen wrote is shortened."""
    place, author = incoming.place, incoming.author
    return dataclasses.replace(
        incoming,
        external_id=shortened(incoming.external_id, 300) or _of_content(incoming),
        place=Place(
            thread_id=shortened(place.thread_id, 300),
            message_id=storable(place.message_id),
            reply_to_id=shortened(place.reply_to_id, 300),
            url=storable(place.url),
            extra={storable(name): storable(value) for name, value in place.extra.items()},
        ),
        author=NamedAuthor(
            external_id=shortened(author.external_id, 200),
            name=storable(author.name)[:200],
            url=storable(author.url)[:1000],
        ),
        text=storable(incoming.text),
        posted_at=_credible(incoming.posted_at, now),
    )


def _of_content(incoming: IncomingMessage) -> str:
    """An id for a message that came without one, so that two of them stay two."""
    told = (incoming.place.thread_id, incoming.author.external_id, str(incoming.posted_at), incoming.text)
    return "content:" + hashlib.sha256("\0".join(storable(one) for one in told).encode()).hexdigest()


def _credible(at: dt.datetime | None, now: dt.datetime) -> dt.datetime | None:
    """The date of posting, if it can be true; a time without a zone says nothing."""
    if at is None or at.tzinfo is None or not EARLIEST <= at <= now + CLOCKS_DIFFER:
        return None
    return at


def _message(organisation: Organisation, one: Coming, author: Author | None) -> Message:
    incoming, arrival = one.incoming, one.arrival
    return Message(
        organisation=organisation,
        source=arrival.source,
        account_id=arrival.account_id,
        network=one.network,
        external_id=incoming.external_id,
        thread_id=incoming.place.thread_id,
        reply_to=incoming.place.reply_to_id,
        place=dataclasses.asdict(incoming.place),
        url=incoming.place.url[:2000],
        author=author,
        author_name=incoming.author.name,
        text=incoming.text,
        topic=storable(arrival.topic)[:200],
        place_name=storable(arrival.place_name)[:300],
        posted_at=incoming.posted_at,
        detected_at=arrival.detected_at or arrival.now,
        is_own=incoming.is_own,
        raw=arrival.raw,
        entered_by=arrival.entered_by,
        created_at=arrival.now,
    )


def _known(organisation: Organisation, coming: Iterable[Coming]) -> dict[tuple[str, str], Message]:
    """The messages that are here already, by network and id there."""
    ids: dict[str, set[str]] = {}
    for one in coming:
        ids.setdefault(one.network, set()).add(one.incoming.external_id)
    return {
        (network, message.external_id): message
        for network, wanted in ids.items()
        for message in Message.objects.filter(organisation=organisation, network=network, external_id__in=wanted)
    }


def _authors(organisation: Organisation, coming: Iterable[Coming]) -> dict[tuple[str, str], Author]:
    """Who wrote, by network and id there; made where they are new, renamed where they have another name now."""
    named = {
        (one.network, one.incoming.author.external_id): one.incoming.author
        for one in coming
        if one.incoming.author.external_id
    }
    found = {
        (author.network, author.external_id): author
        for author in Author.objects.filter(
            organisation=organisation,
            network__in={network for network, _ in named},
            external_id__in={external_id for _, external_id in named},
        )
    }
    renamed = [author for key, author in found.items() if key in named and named[key].name not in {"", author.name}]
    for author in renamed:
        author.name = named[author.network, author.external_id].name
        author.save(update_fields=["name"])
    fresh = [
        Author(organisation=organisation, network=network, external_id=external_id, name=who.name, url=who.url)
        for (network, external_id), who in named.items()
        if (network, external_id) not in found
    ]
    Author.objects.bulk_create(fresh)
    return found | {(author.network, author.external_id): author for author in fresh}


def _count_copies(again: Counter[int]) -> None:
    for times in set(again.values()):
        ids = [pk for pk, count in again.items() if count == times]
        Message.objects.filter(pk__in=ids).update(copies=F("copies") + times)
