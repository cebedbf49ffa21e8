"""Events of the reply: versions, visa, review, publication, correction."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from otklik.process.events import Event, EventKind
from otklik.process.fold.reading import mapping, maybe_text, number, rows, slot, slot_of, text, texts, truth
from otklik.process.state import (
    Attachment,
    Document,
    DocumentStatus,
    Phase,
    PromisedDate,
    Publication,
    PublicationPlace,
    ReplyKind,
    Slot,
    State,
    Version,
)

_WITH_AUTHORS = frozenset({DocumentStatus.DRAFT, DocumentStatus.SENT_BACK})
_TAKEN_UP_AGAIN = frozenset({DocumentStatus.FAILED, DocumentStatus.DROPPED})
_OVERTAKEN = frozenset({ReplyKind.FINAL, ReplyKind.INTERIM, ReplyKind.CLARIFICATION})
Fold = Callable[[State, Event], State]


def _put(state: State, document: Document) -> State:
    """The state with this document in place of the one in its slot."""
    if state.document(document.slot) is None:
        return replace(state, documents=(*state.documents, document))
    return replace(state, documents=tuple(document if item.slot == document.slot else item for item in state.documents))


def _document(state: State, where: Slot) -> Document:
    return state.document(where) or Document(where)


def _saved(state: State, event: Event) -> State:
    document = _document(state, slot(event))
    joint, of = truth(event, "joint"), mapping(event, "of")
    version = Version(
        number=number(event, "version"),
        by=text(event, "by"),
        saved_at=event.happened_at,
        states=frozenset(texts(event, "states")),
        attachments=tuple(Attachment(str(row["key"]), str(row["kind"])) for row in rows(event, "attachments")),
        promises=tuple(PromisedDate(_day(row)) for row in rows(event, "promises")),
        impossibility_stated=truth(event, "impossibility_stated"),
        joint=joint,
    )
    if document.status in _TAKEN_UP_AGAIN:
        document = replace(document, status=DocumentStatus.DRAFT, submitted=None, failed_for_good=False)
    return _put(
        state,
        replace(
            document,
            versions=(*document.versions, version),
            submitted=version.number if joint else document.submitted,
            of=slot_of(of) if of else document.of,
        ),
    )


def _submitted(status: DocumentStatus) -> Fold:
    def fold(state: State, event: Event) -> State:
        document = _document(state, slot(event))
        return _put(
            state,
            replace(document, status=status, submitted=number(event, "version"), submitted_by=text(event, "by")),
        )

    return fold


def _moved(status: DocumentStatus) -> Fold:
    return lambda state, event: _put(state, replace(_document(state, slot(event)), status=status))


def _back(state: State, event: Event) -> State:
    """Sent back, or without a visa. A proposal to withdraw has nothing to rework: it falls."""
    document = _document(state, slot(event))
    falls = document.slot.reply is ReplyKind.WITHDRAWAL
    return _put(
        state,
        replace(
            document,
            status=DocumentStatus.DROPPED if falls else DocumentStatus.SENT_BACK,
            grounds=texts(event, "grounds"),
            times_sent_back=document.times_sent_back + 1,
            failed_for_good=False,
        ),
    )


def _linked(state: State, event: Event) -> State:
    """A repeat answered by a link, or from the base of replies: approved as it is written."""
    document = _document(state, slot(event))
    version = Version(number(event, "version"), text(event, "by"), event.happened_at)
    return _put(
        state,
        replace(
            document,
            status=DocumentStatus.APPROVED,
            versions=(*document.versions, version),
            submitted=version.number,
            submitted_by=version.by,
        ),
    )


# --- Publication ---


def _requested(state: State, event: Event) -> State:
    document = _document(state, slot(event))
    publication = Publication(
        version=number(event, "version"),
        place=PublicationPlace(text(event, "place")),
        requested_at=event.happened_at,
    )
    return _put(state, replace(document, status=DocumentStatus.PUBLISHING, publication=publication))


def _failed(state: State, event: Event) -> State:
    document = _document(state, slot(event))
    permanent = truth(event, "permanent")
    return _put(state, replace(document, status=DocumentStatus.FAILED, failed_for_good=permanent))


def _stands(state: State, event: Event) -> State:
    document = _document(state, slot(event))
    asked = document.publication
    publication = Publication(
        version=number(event, "version"),
        place=PublicationPlace(text(event, "place")),
        requested_at=asked.requested_at if asked else None,
        published_at=event.happened_at,
        url=maybe_text(event, "url"),
        external_id=maybe_text(event, "external_id"),
        by_hand=truth(event, "by_hand"),
    )
    return _put(state, replace(document, status=DocumentStatus.PUBLISHED, publication=publication))


def _clarification(state: State, event: Event) -> State:
    return replace(_stands(state, event), phase=Phase.WAITING_AUTHOR, silent=False)


def _final(state: State, event: Event) -> State:
    """What else was being written for this message is needless now."""
    answered = replace(_stands(state, event), phase=Phase.ANSWERED, silent=False)
    return replace(answered, documents=tuple(_overtaken(item) for item in answered.documents))


def _overtaken(document: Document) -> Document:
    if document.status in _WITH_AUTHORS and document.slot.reply in _OVERTAKEN:
        return replace(document, status=DocumentStatus.DROPPED)
    return document


def _opened(state: State, event: Event) -> State:
    return _put(state, Document(slot(event), of=slot_of(mapping(event, "of"))))


def _taken_down(state: State, event: Event) -> State:
    """The citizen has no reply again: a withdrawn final reply wants another, a withdrawn question none waited for."""
    stands = _stands(state, event)
    target = stands.document(slot_of(mapping(event, "of")))
    if target is None or target.publication is None:
        return stands
    publication = replace(target.publication, withdrawn_at=event.happened_at)
    down = _put(stands, replace(target, publication=publication))
    if target.slot.reply is ReplyKind.FINAL and down.phase is Phase.ANSWERED:
        return replace(down, phase=Phase.WORK, round=down.round + 1)
    if target.slot.reply is ReplyKind.CLARIFICATION and down.phase is Phase.WAITING_AUTHOR:
        return replace(down, phase=Phase.WORK, round=down.round + 1)
    return down


def _day(value: object) -> dt.date:
    return dt.date.fromisoformat(str(value))


FOLDS: dict[EventKind, Fold] = {
    EventKind.DRAFT_SAVED: _saved,
    EventKind.VISA_REQUESTED: _submitted(DocumentStatus.VISA),
    EventKind.VISA_GIVEN: lambda state, _event: state,
    EventKind.VISA_REFUSED: _back,
    EventKind.DRAFT_IN: _submitted(DocumentStatus.REVIEW),
    EventKind.SENT_BACK: _back,
    EventKind.APPROVED: _moved(DocumentStatus.APPROVED),
    EventKind.REPEAT_LINKED: _linked,
    EventKind.PUBLICATION_REQUESTED: _requested,
    EventKind.PUBLICATION_FAILED: _failed,
    EventKind.PUBLICATION_UNKNOWN: _moved(DocumentStatus.UNKNOWN),
    EventKind.FIRST_RESPONSE: _stands,
    EventKind.INTERIM_PUBLISHED: _stands,
    EventKind.CLARIFICATION_PUBLISHED: _clarification,
    EventKind.PUBLISHED: _final,
    EventKind.CORRECTION_OPENED: _opened,
    EventKind.CORRECTION_PUBLISHED: _stands,
    EventKind.WITHDRAWN: _taken_down,
}
