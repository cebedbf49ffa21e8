"""Waiting for the author after a request for clarification: the answer, or silence."""

from otklik.process.commands import AuthorAnswered, AuthorSilent
from otklik.process.events import EventKind
from otklik.process.refusal import Refusal, RefusalCode, refuse
from otklik.process.rule import Ask, Decision, Rule, happened, in_phases, units_at_work, wrong_stage
from otklik.process.state import Phase
from otklik.process.view import Names, View, unique
from otklik.regulation.model import StepKind


def _waiters(view: View) -> Names:
    return unique((*view.doers(StepKind.WAIT_FOR_AUTHOR), *view.submitters, *view.reviewers, *view.deciders))


def _answer_possible(view: View) -> Refusal | None:
    """An answer may come late; after the incident is closed it is a new message of its own."""
    state = view.state
    if state.phase is Phase.WAITING_AUTHOR or (state.phase is Phase.WORK and state.silent and not state.in_flight):
        return None
    if state.is_ended:
        return wrong_stage(view)
    return refuse(RefusalCode.NOTHING_ASKED, view.policies.clarification)


def _answered(ask: Ask[AuthorAnswered]) -> Decision:
    state = ask.view.state
    seen = {state.message, *(document.slot.message for document in state.documents)}
    if not ask.command.message or ask.command.message in seen:
        known = sorted(seen)
        return refuse(RefusalCode.UNKNOWN_NAME, what="message", named=ask.command.message, known=known)
    return (happened(EventKind.AUTHOR_ANSWERED, ask.at, {"message": ask.command.message}),)


def _silent(ask: Ask[AuthorSilent]) -> Decision:
    return (happened(EventKind.AUTHOR_SILENT, ask.at, note=ask.command.note),)


RULES = (
    Rule(AuthorAnswered, _waiters, _answer_possible, _answered, step=StepKind.WAIT_FOR_AUTHOR, by_system=True),
    Rule(AuthorSilent, _waiters, in_phases(Phase.WAITING_AUTHOR), _silent, units=units_at_work),
)
