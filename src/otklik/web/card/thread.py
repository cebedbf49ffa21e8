"""The thread: the citizen's words, and our own published replies."""

import datetime as dt

from otklik.incidents.reactions import slot_of, version_of
from otklik.messages.models import Message, MessageSource
from otklik.messages.queries import messages
from otklik.process.refusal_words import reply_words
from otklik.web.card.desk import Desk
from otklik.web.card.view import MessageView, Voice
from otklik.web.links import outward
from otklik.web.networks import network
from otklik.web.words import near_moment

_PUBLISHED = frozenset(
    {"first_response", "interim_published", "clarification_published", "published", "correction_published"}
)

_SOURCES = {MessageSource.IMPORT: "из файла", MessageSource.HAND: "внесено вручную"}


def thread(desk: Desk) -> tuple[MessageView, ...]:
    """The incident's message first, then what was answered and what the author answered, in time."""
    main = desk.data.incident.message
    answers = [citizen(message, desk.now, main=False) for message in _author_answers(desk)]
    later = sorted([*_replies(desk), *answers], key=lambda one: one.posted_at)
    return (citizen(main, desk.now, main=True), *later)


def citizen(message: Message, now: dt.datetime, *, main: bool) -> MessageView:
    """A citizen's message as it is shown; `now` in the zone in which it is read."""
    zone = now.tzinfo
    posted_at = (message.posted_at or message.detected_at).astimezone(zone)
    return MessageView(
        key=f"m{message.pk}",
        voice=Voice.CITIZEN,
        author=message.author_name or "Автор не указан",
        text=message.text,
        posted_at=posted_at,
        network=network(message.network),
        detected_at=message.detected_at.astimezone(zone),
        main=main,
        url=outward(message.url),
        author_url=outward(message.author.url) if message.author else "",
        place=message.place_name,
        notes=_notes(message, now),
    )


def _notes(message: Message, now: dt.datetime) -> tuple[str, ...]:
    notes = []
    if message.edited_at:
        notes.append(f"изменено автором {near_moment(message.edited_at.astimezone(now.tzinfo), now)}")
    if message.deleted_at:
        notes.append(f"удалено в сети {near_moment(message.deleted_at.astimezone(now.tzinfo), now)}")
    if message.source != MessageSource.CHANNEL:
        notes.append(_SOURCES[MessageSource(message.source)])
    if message.copies:
        notes.append(f"приходило ещё раз: {message.copies}")
    return tuple(notes)


def _author_answers(desk: Desk) -> list[Message]:
    ids = [str(event.payload["message"]) for event in desk.data.recorded if event.kind == "author_answered"]
    return messages(int(one) for one in ids if one.isdecimal())


def _replies(desk: Desk) -> list[MessageView]:
    found = []
    for event in desk.data.recorded:
        if event.kind not in _PUBLISHED:
            continue
        slot = slot_of(event.payload)
        version = version_of(desk.data.recorded, slot, int(str(event.payload["version"])))
        url = str(event.payload.get("url") or "")
        found.append(
            MessageView(
                key=f"r{event.number}",
                voice=Voice.OFFICIAL,
                author=desk.data.incident.organisation.short_name,
                text=version.texts.get("text", "") if version else "",
                posted_at=event.happened_at.astimezone(desk.now.tzinfo),
                network=network(desk.data.incident.network),
                url=outward(url),
                kind=reply_words(slot.reply),
            )
        )
    return found
