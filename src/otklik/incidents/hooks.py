"""What messages and channels tell this app: a new message opens an incident, a publication's result becomes a step.

The lower apps know nothing of incidents; they call what is registered here, in their own transaction.
"""

import datetime as dt
import uuid
from collections.abc import Sequence

from otklik.channels import hooks as channels
from otklik.channels.models import Publication, PublicationState
from otklik.incidents import actions, queries
from otklik.incidents.work import locked
from otklik.messages import hooks as messages
from otklik.messages.models import Message
from otklik.process.commands import AuthorAnswered, Command, ConfirmPublished, PublicationFailed, PublicationUnknown
from otklik.process.state import PublicationPlace, ReplyKind, Slot

RESULT = uuid.UUID("0d0f8a52-6a5e-4ed4-a2ad-9d3c3f1b6c44")
"""Namespace of results: each change of a publication's state is one step."""


def register() -> None:
    """Called once, when the apps are ready."""
    messages.on_detected(detect)
    messages.on_edited(note_edit)
    channels.on_lock(lock)
    channels.on_result(confirm)


def detect(found: Sequence[Message]) -> None:
    """Citizens' messages have come in: each answers our request for clarification, or lies before the curator."""
    openings = [_opening(message) for message in found if not _is_answer(message)]
    if openings:
        actions.open_incidents(openings, now=found[0].created_at)


def note_edit(message: Message, now: dt.datetime) -> None:
    """The author has edited the message: queue and search show what it says now."""
    actions.note_edit(message, now=now)


def _is_answer(message: Message) -> bool:
    """Whether the message was taken as the author's answer. One that the process does not take is an incident of its
    own: nothing that a citizen wrote is lost."""
    asked = queries.waiting_for_answer(message)
    if asked is None:
        return False
    answered = AuthorAnswered(message=str(message.pk))
    command_id = uuid.uuid5(actions.DETECTION, str(message.pk))
    outcome = actions.perform(asked.pk, answered, person=None, command_id=command_id, now=message.created_at)
    return outcome.refusal is None


def _opening(message: Message) -> actions.Opening:
    earlier = message.detected_at if message.detected_at < message.created_at else None
    return actions.Opening(
        message=message,
        detection=actions.Detection(detected_at=earlier),
        person=message.entered_by,
        command_id=uuid.uuid5(actions.DETECTION, str(message.pk)),
    )


def lock(incident_id: int) -> None:
    """A publication's result is about to be recorded: nobody else does anything to its incident meanwhile."""
    locked([incident_id])


def confirm(publication: Publication, now: dt.datetime) -> None:
    """The outbox knows what became of a publication: record it as a step of the program."""
    command = _as_command(publication, now)
    if command is not None:
        actions.perform(
            publication.incident_id,
            command,
            person=None,
            command_id=uuid.uuid5(RESULT, f"{publication.pk}/{publication.state}/{publication.attempts}"),
            now=now,
        )


def _as_command(publication: Publication, now: dt.datetime) -> Command | None:
    message, reply, number = publication.slot_key.rsplit("/", 2)
    slot = Slot(message, ReplyKind(reply), int(number))
    match PublicationState(publication.state):
        case PublicationState.PUBLISHED:
            return ConfirmPublished(
                kind=slot.reply,
                slot=slot,
                url=publication.url,
                external_id=publication.external_id,
                place=PublicationPlace.OWN_ACCOUNT if publication.on_own_page else PublicationPlace.AT_SOURCE,
                author_link=publication.author_link,
                happened_at=_stood_at(publication, now),
            )
        case PublicationState.UNKNOWN:
            return PublicationUnknown(problem=publication.problem, kind=slot.reply, slot=slot)
        case PublicationState.FAILED | PublicationState.NEEDS_PERSON:
            is_permanent = publication.state == PublicationState.FAILED
            return PublicationFailed(problem=publication.problem, kind=slot.reply, slot=slot, permanent=is_permanent)
        case _:
            return None


def _stood_at(publication: Publication, now: dt.datetime) -> dt.datetime | None:
    """When the platform says it was published, where its clock agrees with ours; None: now."""
    at = publication.published_at
    return at if at is not None and publication.queued_at <= at <= now else None
