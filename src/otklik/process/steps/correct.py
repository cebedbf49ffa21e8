"""Correction and withdrawal of a published reply, through the same approval."""

from otklik.process.commands import Correct, Withdraw
from otklik.process.events import EventKind
from otklik.process.refusal import Refusal, RefusalCode, refuse
from otklik.process.rule import Ask, Decision, Rule, happened, slot_data, units_at_work, wrong_stage
from otklik.process.state import Document, DocumentStatus, ReplyKind, Slot, Version
from otklik.process.steps.draft import saved_event, submitted
from otklik.process.view import Names, View, unique

_UNDER_WAY = frozenset({ReplyKind.CORRECTION, ReplyKind.WITHDRAWAL})
_DONE = frozenset({DocumentStatus.PUBLISHED, DocumentStatus.DROPPED})


def _proposers(view: View) -> Names:
    return unique((*view.submitters, *view.reviewers, *view.publishers))


def _correctable(view: View) -> tuple[Document, ...]:
    """What stands before the citizen, and the corrections of it."""
    return tuple(
        document
        for document in view.state.published
        if document.slot.reply not in {ReplyKind.WITHDRAWAL, ReplyKind.FIRST_RESPONSE}
        and document.publication
        and not document.publication.withdrawn_at
    )


def _possible(view: View) -> Refusal | None:
    if view.state.is_ended:
        return wrong_stage(view)
    if not _correctable(view):
        return refuse(RefusalCode.NOTHING_PUBLISHED)
    under_way = _under_way(view)
    if under_way is not None:
        return refuse(RefusalCode.IN_FLIGHT, reply=under_way.slot.reply.value)
    return None


def _under_way(view: View) -> Document | None:
    """One change of a published reply at a time."""
    return next(
        (item for item in view.state.documents if item.slot.reply in _UNDER_WAY and item.status not in _DONE), None
    )


def _target(view: View, slot: Slot | None) -> Document | Refusal:
    known = _correctable(view)
    if slot is None:
        return known[-1]
    found = next((document for document in known if document.slot == slot), None)
    return found or refuse(RefusalCode.NOTHING_PUBLISHED, slot=slot.key, known=tuple(item.slot.key for item in known))


def _correct(ask: Ask[Correct]) -> Decision:
    of = _target(ask.view, ask.command.of)
    if isinstance(of, Refusal):
        return of
    if not ask.command.reason.strip():
        return refuse(RefusalCode.REASON_REQUIRED, command=ask.command.name.value)
    slot = ask.view.next_of(ReplyKind.CORRECTION, of.slot.message)
    payload = {**slot_data(slot), "of": slot_data(of.slot)}
    return (happened(EventKind.CORRECTION_OPENED, ask.at, payload, reason=ask.command.reason),)


def _withdraw_possible(view: View) -> Refusal | None:
    problem = _possible(view)
    if problem is None and view.state.in_flight:
        return refuse(RefusalCode.IN_FLIGHT, reply=view.state.in_flight.slot.reply.value)
    return problem


def _withdraw(ask: Ask[Withdraw]) -> Decision:
    """The proposal is its own version 1, and lies before visa or reviewer at once."""
    of = _target(ask.view, ask.command.of)
    if isinstance(of, Refusal):
        return of
    if not ask.command.reason.strip():
        return refuse(RefusalCode.REASON_REQUIRED, command=ask.command.name.value)
    slot = ask.view.next_of(ReplyKind.WITHDRAWAL, of.slot.message)
    opened = {**slot_data(slot), "of": slot_data(of.slot)}
    content: dict[str, object] = {
        "states": [],
        "attachments": [],
        "promises": [],
        "impossibility_stated": False,
        "of": slot_data(of.slot),
    }
    events = (
        happened(EventKind.CORRECTION_OPENED, ask.at, opened, reason=ask.command.reason),
        saved_event(ask, slot, 1, content, text=ask.command.reason),
    )
    if not ask.view.review_needed(ReplyKind.WITHDRAWAL):
        return events
    version = Version(number=1, by=ask.actor.author, saved_at=ask.at)
    sent_on = submitted(ask, slot, version, approve=False)
    return sent_on if isinstance(sent_on, Refusal) else (*events, *sent_on)


RULES = (
    Rule(Correct, _proposers, _possible, _correct, on_line=False, units=units_at_work),
    Rule(Withdraw, _proposers, _withdraw_possible, _withdraw, dangerous=True, units=units_at_work),
)
