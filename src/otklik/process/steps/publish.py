"""Publication: at the source or, where the act allows, from the body's own account (A 12). One slot, one publication.

A document goes to the outbox once; its outcome is published, failed (it does not stand there) or unknown (it may).
From unknown nothing is sent again until somebody has looked.
"""

import re

from otklik.process.commands import (
    CommandName,
    ConfirmPublished,
    PublicationFailed,
    PublicationUnknown,
    RequestPublication,
)
from otklik.process.events import Event, EventKind
from otklik.process.refusal import Refusal, RefusalCode, refuse
from otklik.process.rule import Ask, Decision, Rule, happened, slot_data, units_at_work, wrong_stage
from otklik.process.state import Document, DocumentStatus, PublicationPlace, ReplyKind, Slot
from otklik.process.steps.gate import gate_problem
from otklik.process.view import View
from otklik.regulation.model import StepKind

_EVENT = {
    ReplyKind.FIRST_RESPONSE: EventKind.FIRST_RESPONSE,
    ReplyKind.INTERIM: EventKind.INTERIM_PUBLISHED,
    ReplyKind.CLARIFICATION: EventKind.CLARIFICATION_PUBLISHED,
    ReplyKind.FINAL: EventKind.PUBLISHED,
    ReplyKind.CORRECTION: EventKind.CORRECTION_PUBLISHED,
    ReplyKind.WITHDRAWAL: EventKind.WITHDRAWN,
}
_OTHER_SCHEME = re.compile(r"(?!https?:)[a-z][a-z0-9+-]*:", re.IGNORECASE)
_SENT = frozenset({DocumentStatus.PUBLISHING, DocumentStatus.UNKNOWN})


def _publishable(view: View) -> list[Document]:
    return [document for document in view.state.documents if view.publishable(document)]


# --- Handing it to the outbox ---


def _request_possible(view: View) -> Refusal | None:
    if view.state.is_ended:
        return wrong_stage(view)
    if _publishable(view):
        return None
    if view.sent:
        return _not_again(view.sent[0])
    if view.with_authors and view.with_authors.versions:
        return refuse(RefusalCode.NOT_APPROVED, view.policies.review, then=(CommandName.SUBMIT_DRAFT,))
    if view.state.in_flight:
        return refuse(RefusalCode.NOT_APPROVED, view.policies.review, then=(CommandName.APPROVE,))
    return wrong_stage(view)


def _not_again(document: Document) -> Refusal:
    """What may stand there already is not sent a second time."""
    code, then = RefusalCode.IN_FLIGHT, (CommandName.CONFIRM_PUBLISHED, CommandName.PUBLICATION_FAILED)
    if document.status is DocumentStatus.UNKNOWN:
        code = RefusalCode.OUTCOME_UNKNOWN_YET
    return refuse(code, then=then, reply=document.slot.reply.value, slot=document.slot.key)


def _request(ask: Ask[RequestPublication]) -> Decision:
    command, view = ask.command, ask.view
    document = view.document(command.kind)
    problem = _document_problem(view, document, command.kind) or _place_problem(ask)
    if problem is not None or document is None:
        return problem or refuse(RefusalCode.NO_DRAFT, reply=command.kind.value)
    payload = {
        **slot_data(document.slot),
        "version": _version_to_publish(document),
        "place": command.place,
        "author_link": command.author_link or None,
    }
    return (happened(EventKind.PUBLICATION_REQUESTED, ask.at, payload, why_impossible=command.why_impossible),)


def _version_to_publish(document: Document) -> int:
    """What was approved; where nothing is reviewed, the latest."""
    return document.submitted or document.version


def _document_problem(view: View, document: Document | None, kind: ReplyKind) -> Refusal | None:
    if document is None or not document.versions:
        published = [item for item in view.state.published if item.slot.reply is kind]
        if published:
            return _published_already(published[-1])
        return refuse(RefusalCode.NO_DRAFT, then=(CommandName.SAVE_DRAFT,), reply=kind.value)
    if document.status is DocumentStatus.PUBLISHED:
        return _published_already(document)
    if document.status in _SENT:
        return _not_again(document)
    if not view.publishable(document):
        then = (CommandName.APPROVE,) if document.status is DocumentStatus.REVIEW else (CommandName.SUBMIT_DRAFT,)
        return refuse(RefusalCode.NOT_APPROVED, view.policies.review, then=then, reply=kind.value)
    other = view.state.in_flight
    if other is not None and other.slot != document.slot and kind is not ReplyKind.FIRST_RESPONSE:
        return refuse(RefusalCode.IN_FLIGHT, reply=other.slot.reply.value)
    latest = document.latest
    # Where no review step binds the message, this is where the draft leaves its authors.
    unreviewed = latest is not None and not view.review_needed(kind)
    return gate_problem(view, document, latest) if unreviewed and latest else None


def _published_already(document: Document) -> Refusal:
    url = document.publication.url if document.publication else None
    return refuse(
        RefusalCode.ALREADY_PUBLISHED,
        then=(CommandName.CORRECT,),
        reply=document.slot.reply.value,
        slot=document.slot.key,
        url=url,
    )


def _place_problem(ask: Ask[RequestPublication] | Ask[ConfirmPublished]) -> Refusal | None:
    """A 12 alone knows the own account: only where the place is impossible, and with a link to the author."""
    command, policy = ask.command, ask.view.policies.publishing
    if command.place is PublicationPlace.AT_SOURCE:
        return None
    then = (CommandName.REQUEST_PUBLICATION,)
    if not policy.own_account_fallback:
        return refuse(RefusalCode.OWN_ACCOUNT_NOT_PROVIDED, policy, then=then)
    if not command.why_impossible.strip():
        return refuse(RefusalCode.IMPOSSIBILITY_OF_PLACE_REQUIRED, policy, then=then)
    if policy.fallback_needs_author_link and not command.author_link.strip():
        return refuse(RefusalCode.AUTHOR_LINK_REQUIRED, policy, then=then)
    return None


# --- What came of it ---


def _outcome_possible(view: View) -> Refusal | None:
    if view.sent:
        return None
    return refuse(RefusalCode.NOTHING_SENT) if not view.state.is_ended else wrong_stage(view)


def _confirm_possible(view: View) -> Refusal | None:
    if view.sent or _publishable(view):
        return None
    if view.state.published and not view.state.in_flight:
        return _published_already(view.state.published[-1])
    return _request_possible(view)


def _document(view: View, slot: Slot | None, kind: ReplyKind) -> Document | None:
    """The one the outbox names; else the one of this kind that was sent; else the current one."""
    if slot is not None:
        return view.state.document(slot)
    sent = [document for document in view.sent if document.slot.reply is kind]
    return sent[0] if sent else view.document(kind)


def _confirm(ask: Ask[ConfirmPublished]) -> Decision:
    command, view = ask.command, ask.view
    document = _document(view, command.slot, command.kind)
    by_hand = not ask.actor.is_system
    if document is None or document.status not in _SENT:
        kind = document.slot.reply if document else command.kind
        problem = _document_problem(view, document, kind) or _place_problem(ask)
        if problem is not None:
            return problem
    if document is None:
        return refuse(RefusalCode.NO_DRAFT, reply=command.kind.value)
    if by_hand and not _leads_to_a_page(command.url) and document.slot.reply is not ReplyKind.WITHDRAWAL:
        return refuse(RefusalCode.URL_REQUIRED, view.policies.publishing, then=(CommandName.CONFIRM_PUBLISHED,))
    return (_published(ask, document, by_hand=by_hand), *_promises(ask, document))


def _leads_to_a_page(url: str) -> bool:
    """An address, with `http`, `https` or without a scheme: `javascript:` shows nobody where the reply stands."""
    return bool(url.strip()) and not _OTHER_SCHEME.match(url.strip())


def _published(ask: Ask[ConfirmPublished], document: Document, *, by_hand: bool) -> Event:
    command, asked = ask.command, document.publication
    requested = asked if asked and document.status in _SENT else None
    payload = {
        **slot_data(document.slot),
        "version": requested.version if requested else _version_to_publish(document),
        "place": requested.place if requested else command.place,
        "url": command.url or None,
        "external_id": command.external_id or None,
        "by_hand": True if by_hand else None,
        "author_link": command.author_link or None,
    }
    if document.of is not None:
        payload["of"] = slot_data(document.of)
    return happened(_EVENT[document.slot.reply], ask.at, payload, why_impossible=command.why_impossible)


def _promises(ask: Ask[ConfirmPublished], document: Document) -> tuple[Event, ...]:
    """Dates promised to the citizen become controlled dates; what is promised stays with the draft's text."""
    published = _version_to_publish(document)
    version = next((item for item in document.versions if item.number == published), None)
    first = len(ask.view.state.promises) + 1
    return tuple(
        happened(
            EventKind.PROMISE_MADE,
            ask.at,
            {"promise": number, "due_on": promise.due_on, **slot_data(document.slot)},
        )
        for number, promise in enumerate(version.promises if version else (), first)
    )


def _sent_document(ask: Ask[PublicationFailed] | Ask[PublicationUnknown]) -> Document | Refusal:
    document = _document(ask.view, ask.command.slot, ask.command.kind)
    if document is None or document.status not in _SENT:
        if document is not None and document.status is DocumentStatus.PUBLISHED:
            return _published_already(document)
        return refuse(RefusalCode.NOTHING_SENT, reply=ask.command.kind.value)
    return document


def _failed(ask: Ask[PublicationFailed]) -> Decision:
    document = _sent_document(ask)
    if isinstance(document, Refusal):
        return document
    payload = {**slot_data(document.slot), "permanent": ask.command.permanent}
    return (happened(EventKind.PUBLICATION_FAILED, ask.at, payload, problem=ask.command.problem),)


def _unknown(ask: Ask[PublicationUnknown]) -> Decision:
    document = _sent_document(ask)
    if isinstance(document, Refusal):
        return document
    if document.status is DocumentStatus.UNKNOWN:
        return _not_again(document)
    payload = slot_data(document.slot)
    return (happened(EventKind.PUBLICATION_UNKNOWN, ask.at, payload, problem=ask.command.problem),)


RULES = (
    Rule(
        RequestPublication,
        lambda view: view.publishers,
        _request_possible,
        _request,
        step=StepKind.PUBLISH,
        units=units_at_work,
    ),
    Rule(
        ConfirmPublished, lambda view: view.publishers, _confirm_possible, _confirm, by_system=True, units=units_at_work
    ),
    Rule(
        PublicationFailed,
        lambda view: view.publishers,
        _outcome_possible,
        _failed,
        by_system=True,
        on_line=False,
        units=units_at_work,
    ),
    Rule(
        PublicationUnknown,
        lambda view: view.publishers,
        _outcome_possible,
        _unknown,
        by_system=True,
        on_line=False,
        units=units_at_work,
    ),
)
