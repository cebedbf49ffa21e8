"""What follows from an event, in the same transaction: replies go to the outbox, people are told.

One function an event kind, in one table; a reaction writes rows and jobs only, the network is the work process's.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from otklik.channels import actions as channels
from otklik.incidents import telling
from otklik.incidents.models import Incident
from otklik.journal.queries import Recorded
from otklik.messages.models import Message
from otklik.process.events import EventKind
from otklik.process.rates import limits_of
from otklik.process.state import PublicationPlace, ReplyKind, Slot, State
from otklik.regulation.model import Act


@dataclass(frozen=True, slots=True)
class Following:
    """What a reaction is given: the incident after the event, and its whole journal."""

    incident: Incident
    state: State
    act: Act
    recorded: Sequence[Recorded]
    now: dt.datetime


def follow(following: Following, events: Sequence[Recorded]) -> None:
    """React to the events that have just been appended."""
    for event in events:
        react = _REACTIONS.get(event.kind)
        if react is not None:
            react(following, event)


def slot_of(payload: Mapping[str, object]) -> Slot:
    """The slot that an event names in its payload."""
    return Slot(str(payload["message"]), ReplyKind(str(payload["reply"])), int(str(payload["number"])))


def version_of(recorded: Sequence[Recorded], slot: Slot, version: int) -> Recorded | None:
    """The event that holds the text of a version: a draft saved, or a repeat answered by a link."""
    holds = {EventKind.DRAFT_SAVED.value, EventKind.REPEAT_LINKED.value}
    return next(
        (
            event
            for event in reversed(recorded)
            if event.kind in holds and slot_of(event.payload) == slot and event.payload["version"] == version
        ),
        None,
    )


def _to_outbox(following: Following, event: Recorded) -> None:
    slot = slot_of(event.payload)
    version = version_of(following.recorded, slot, int(str(event.payload["version"])))
    document = following.state.document(slot)
    taken_down = document.of if document and slot.reply is ReplyKind.WITHDRAWAL else None
    attachments = version.payload.get("attachments", ()) if version else ()
    message = Message.objects.select_related("organisation").get(pk=int(slot.message))
    channels.queue(
        channels.Order(
            incident_id=following.incident.pk,
            message=message,
            slot_key=slot.key,
            kind=slot.reply.value,
            text=version.texts.get("text", "") if version else "",
            attachments=_keys(attachments),
            on_own_page=event.payload.get("place") == PublicationPlace.OWN_ACCOUNT.value,
            author_link=str(event.payload.get("author_link") or ""),
            takes_down=taken_down.key if taken_down else "",
            limits=limits_of(following.act, message.network),
        ),
        now=following.now,
    )


def _published(following: Following, event: Recorded) -> None:
    if event.payload.get("by_hand"):
        channels.record_by_hand(
            following.incident.pk,
            slot_of(event.payload).key,
            url=str(event.payload.get("url") or ""),
            now=following.now,
        )


def _routed(following: Following, event: Recorded) -> None:
    """A 6: the executor is told by e-mail on arrival."""
    if following.act.policies.routing.notify_by_email:
        telling.tell_by_email(following.incident, str(event.payload.get("unit") or ""), now=following.now)


def _reminded(following: Following, event: Recorded) -> None:
    telling.remind_by_email(following.incident, event, now=following.now)


def _keys(attachments: object) -> tuple[str, ...]:
    if not isinstance(attachments, list | tuple):
        return ()
    return tuple(str(one["key"]) for one in attachments)


_REACTIONS: Mapping[str, Callable[[Following, Recorded], None]] = {
    EventKind.PUBLICATION_REQUESTED.value: _to_outbox,
    EventKind.ROUTED.value: _routed,
    EventKind.REMINDED.value: _reminded,
    EventKind.FIRST_RESPONSE.value: _published,
    EventKind.INTERIM_PUBLISHED.value: _published,
    EventKind.CLARIFICATION_PUBLISHED.value: _published,
    EventKind.PUBLISHED.value: _published,
    EventKind.CORRECTION_PUBLISHED.value: _published,
    EventKind.WITHDRAWN.value: _published,
}
