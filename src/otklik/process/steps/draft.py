"""Drafts: saving versions and sending them on, to the visa inside the body or straight to the reviewer."""

from collections.abc import Iterable, Mapping
from zoneinfo import ZoneInfo

from otklik.process.commands import CommandName, Promised, SaveDraft, SubmitDraft
from otklik.process.events import Event, EventKind
from otklik.process.refusal import Refusal, RefusalCode, refuse
from otklik.process.rule import AnyAsk, Ask, Decision, Rule, happened, held_units, slot_data, wrong_stage
from otklik.process.state import Attachment, Document, DocumentStatus, Phase, ReplyKind, Slot, Version
from otklik.process.steps.gate import ATTACHMENT_KINDS, STATES, gate_problem
from otklik.process.steps.review import approved_event, own_problem
from otklik.process.view import Names, View, unique
from otklik.regulation.model import MomentKind, StepKind

_OPEN = frozenset({DocumentStatus.DRAFT, DocumentStatus.SENT_BACK})
_WRITABLE = _OPEN | {DocumentStatus.DROPPED}
"""What fell because another reply overtook it may be taken up again, when it is needed after all."""
_BACK = (CommandName.SEND_BACK,)
_LOCKS: Mapping[DocumentStatus, tuple[RefusalCode, bool, tuple[CommandName, ...]]] = {
    DocumentStatus.VISA: (RefusalCode.UNDER_REVIEW, True, (CommandName.REFUSE_VISA,)),
    DocumentStatus.REVIEW: (RefusalCode.UNDER_REVIEW, True, _BACK),
    DocumentStatus.APPROVED: (RefusalCode.APPROVED_LOCKED, True, _BACK),
    DocumentStatus.FAILED: (RefusalCode.APPROVED_LOCKED, True, _BACK),
    DocumentStatus.PUBLISHED: (RefusalCode.ALREADY_PUBLISHED, False, (CommandName.CORRECT,)),
}
"""Why a version is not changed under others' hands, whether the review clause says so, and what to do instead."""

# --- Saving a version ---


def _save_possible(view: View) -> Refusal | None:
    """A correction may be open, a first response due, or the incident lie before those who answer."""
    state = view.state
    if state.is_ended or state.phase in {Phase.NONE, Phase.DETECTED}:
        return wrong_stage(view)
    if view.can_draft or _open_corrections(view) or _first_response_due(view):
        return None
    if state.phase in {Phase.SELECTED, Phase.RECEIVED, Phase.RETURNED} or view.lies_nowhere:
        return refuse(RefusalCode.NOT_ROUTED, view.step(StepKind.HAND_OVER), stage=state.stage.value)
    return _in_work(view)


def _open_corrections(view: View) -> bool:
    """Whether a correction lies with its authors; one that is not reviewed is mended after a failure as well."""
    document = view.document(ReplyKind.CORRECTION)
    if document is None:
        return False
    failed = document.status is DocumentStatus.FAILED and not view.review_needed(ReplyKind.CORRECTION)
    return failed or document.status in _OPEN


def gives_first_response(view: View) -> bool:
    return any(MomentKind.FIRST_RESPONSE in step.ends_on for step in view.act.steps)


def _first_response_due(view: View) -> bool:
    document = view.document(ReplyKind.FIRST_RESPONSE)
    return gives_first_response(view) and (document is None or document.status in {*_OPEN, DocumentStatus.FAILED})


def _save(ask: Ask[SaveDraft]) -> Decision:
    command, view = ask.command, ask.view
    problem = (
        _writer_problem(ask)
        or kind_problem(view, command.kind)
        or _locked(view, command.kind)
        or stale(view.document(command.kind), command.base_version)
        or content_problem(ask, command.states, command.attachments, command.promises)
    )
    if problem is not None:
        return problem
    if not command.text.strip():
        return refuse(RefusalCode.TEXT_REQUIRED)
    return (_saved(ask, command),)


def _writers(view: View) -> Names:
    return unique((*view.drafters, *(view.first_responders if _first_response_due(view) else ())))


def _writer_problem(ask: Ask[SaveDraft]) -> Refusal | None:
    """Whoever may only say that the message came does not write the reply, and the other way about."""
    first = ask.command.kind is ReplyKind.FIRST_RESPONSE
    writers = ask.view.first_responders if first else ask.view.drafters
    if ask.holds(writers):
        return None
    reply = ask.command.kind.value
    return Refusal(RefusalCode.NOT_YOUR_ROLE, {"reply": reply}, who_may=writers, next=(CommandName.SAVE_DRAFT,))


def kind_problem(view: View, kind: ReplyKind) -> Refusal | None:
    """Whether the act and the state know such a reply."""
    match kind:
        case ReplyKind.INTERIM:
            return _interim_problem(view)
        case ReplyKind.CLARIFICATION:
            source = view.policies.clarification
            provided = source is not None
            return _in_work(view) if provided else refuse(RefusalCode.CLARIFICATION_NOT_PROVIDED)
        case ReplyKind.FIRST_RESPONSE:
            return None if gives_first_response(view) else refuse(RefusalCode.FIRST_RESPONSE_NOT_PROVIDED)
        case ReplyKind.CORRECTION:
            return None if _open_corrections(view) else _correction_not_open(view)
        case ReplyKind.WITHDRAWAL:
            return refuse(RefusalCode.CORRECTION_NOT_OPEN, then=(CommandName.WITHDRAW,), kind=kind.value)
        case ReplyKind.FINAL:
            return _in_work(view)


def _correction_not_open(view: View) -> Refusal:
    then = (CommandName.CORRECT,) if view.standing else ()
    return refuse(RefusalCode.CORRECTION_NOT_OPEN, then=then, kind=ReplyKind.CORRECTION.value)


def _in_work(view: View) -> Refusal | None:
    if view.can_draft:
        return None
    if view.state.phase is Phase.ANSWERED:
        then = (CommandName.CORRECT, CommandName.REOPEN)
        return refuse(RefusalCode.ALREADY_PUBLISHED, then=then, reply=ReplyKind.FINAL.value)
    return wrong_stage(view)


def _interim_problem(view: View) -> Refusal | None:
    policy = view.policies.interim
    if policy is None:
        return refuse(RefusalCode.INTERIM_NOT_PROVIDED)
    if len(view.interims_published) >= policy.at_most:
        return refuse(RefusalCode.INTERIM_ONCE, policy, then=(CommandName.SAVE_DRAFT,), at_most=policy.at_most)
    return _in_work(view)


def _locked(view: View, kind: ReplyKind) -> Refusal | None:
    """A version that lies before others is not changed under their hands."""
    document = view.document(kind)
    if document is None or document.status in _WRITABLE:
        return None
    review, status = view.policies.review, document.status
    if status is DocumentStatus.FAILED and not view.review_needed(kind):
        return None
    code, source, then = _LOCKS.get(status, (RefusalCode.IN_FLIGHT, False, ()))
    return refuse(code, review if source else None, then=then, reply=kind.value, status=status.value)


def stale(document: Document | None, base_version: int) -> Refusal | None:
    """Written on an older version than the latest: the door shows both texts."""
    current = document.version if document else 0
    if base_version == current:
        return None
    latest = document.latest if document else None
    return refuse(
        RefusalCode.DRAFT_STALE,
        base_version=base_version,
        current_version=current,
        saved_by=latest.by if latest else None,
        saved_at=latest.saved_at.isoformat() if latest else None,
    )


def content_problem(
    ask: AnyAsk,
    states: Iterable[str],
    attachments: Iterable[Attachment],
    promises: Iterable[Promised],
) -> Refusal | None:
    """Whether what is said about the draft is in words that the program knows."""
    unknown = sorted(set(states) - STATES)
    if unknown:
        return refuse(RefusalCode.STATES_UNKNOWN, unknown=unknown, known=sorted(STATES))
    strange = sorted({file.kind for file in attachments} - ATTACHMENT_KINDS)
    if strange:
        return refuse(RefusalCode.ATTACHMENT_UNKNOWN, unknown=strange, known=sorted(ATTACHMENT_KINDS))
    today = ask.at.astimezone(ZoneInfo(ask.view.act.place.zone)).date()
    past = [promise.due_on for promise in promises if promise.due_on < today]
    return refuse(RefusalCode.PROMISE_IN_PAST, due_on=min(past).isoformat()) if past else None


def _saved(ask: Ask[SaveDraft], command: SaveDraft) -> Event:
    document = ask.view.document(command.kind)
    slot = ask.view.current(command.kind)
    return saved_event(
        ask,
        slot,
        (document.version if document else 0) + 1,
        {
            "states": command.states,
            "attachments": files_data(command.attachments),
            "promises": [promise.due_on for promise in command.promises],
            "impossibility_stated": bool(command.impossibility.strip()),
            "of": slot_data(document.of) if document and document.of else None,
        },
        text=command.text,
        impossibility=command.impossibility,
        **promise_texts(command.promises),
    )


def saved_event(
    ask: AnyAsk,
    slot: Slot,
    number: int,
    content: dict[str, object],
    **texts: str,
) -> Event:
    payload = {**slot_data(slot), "version": number, "by": ask.actor.author, **content}
    return happened(EventKind.DRAFT_SAVED, ask.at, payload, **texts)


def files_data(attachments: Iterable[Attachment]) -> list[dict[str, str]]:
    return [{"key": file.key, "kind": file.kind} for file in attachments]


def promise_texts(promises: Iterable[Promised]) -> dict[str, str]:
    """What each promised date is about: a person's words, so kept among the texts."""
    return {f"promise_{number}": promise.what for number, promise in enumerate(promises, 1)}


# --- Sending it on ---


def _submit_possible(view: View) -> Refusal | None:
    if view.state.is_ended:
        return wrong_stage(view)
    if view.state.in_flight:
        return refuse(RefusalCode.IN_FLIGHT, reply=view.state.in_flight.slot.reply.value)
    document = view.with_authors
    if document is None or not document.versions:
        return refuse(RefusalCode.NO_DRAFT, then=(CommandName.SAVE_DRAFT,)) if view.can_draft else wrong_stage(view)
    if not view.review_needed(document.slot.reply):
        kind = view.message_kind()
        return refuse(RefusalCode.NO_REVIEW, kind, then=(CommandName.REQUEST_PUBLICATION,))
    return None


def _submit(ask: Ask[SubmitDraft]) -> Decision:
    command, view = ask.command, ask.view
    document = view.document(command.kind)
    if document is None or document.latest is None or document.status not in _OPEN:
        return refuse(RefusalCode.NO_DRAFT, then=(CommandName.SAVE_DRAFT,), reply=command.kind.value)
    version = document.latest
    problem = (
        stale(document, command.version)
        or kind_problem(view, command.kind)
        or _parts_problem(view, command.kind)
        or gate_problem(view, document, version)
    )
    if problem is not None:
        return problem
    return submitted(ask, document.slot, version, approve=command.approve)


def _parts_problem(view: View, kind: ReplyKind) -> Refusal | None:
    """«С учетом информации, поступившей от всех»: a final common reply waits for every part."""
    awaited = view.state.parts_open
    if not awaited or kind is not ReplyKind.FINAL:
        return None
    then = (CommandName.SUBMIT_PART, CommandName.WITHDRAW_PART)
    bodies = tuple(part.body for part in awaited)
    return refuse(RefusalCode.PARTS_MISSING, view.policies.parts, then=then, bodies=bodies)


def submitted(ask: AnyAsk, slot: Slot, version: Version, *, approve: bool) -> Decision:
    """To the visa, to the reviewer, or through both at once where author and reviewer are one hand."""
    payload = {**slot_data(slot), "version": version.number, "by": ask.actor.author}
    visa = ask.view.visa_needed
    if not approve:
        kind = EventKind.VISA_REQUESTED if visa else EventKind.DRAFT_IN
        return (happened(kind, ask.at, payload),)
    reviewers = ask.view.reviewers
    if visa or not ask.holds(reviewers):
        who = ask.view.visa_givers if visa else reviewers
        review = ask.view.policies.review
        next_ = (CommandName.SUBMIT_DRAFT,)
        return Refusal(RefusalCode.NOT_YOUR_ROLE, {"approve": True}, review.clause, review.quote, who, next_)
    problem = own_problem(ask, version, version.by, reviewers)
    if problem is not None:
        return problem
    draft_in = happened(EventKind.DRAFT_IN, ask.at, payload)
    return (draft_in, approved_event(ask, slot, version, submitted_by=ask.actor.author))


RULES = (
    Rule(SaveDraft, _writers, _save_possible, _save, units=held_units, on_line=False),
    Rule(SubmitDraft, lambda view: view.submitters, _submit_possible, _submit, units=held_units, step=StepKind.DRAFT),
)
