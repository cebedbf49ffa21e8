"""The visa inside a body, before the draft goes to the reviewer, where the act has one."""

from otklik.process.commands import CommandName, GiveVisa, RefuseVisa
from otklik.process.events import EventKind
from otklik.process.refusal import Refusal, RefusalCode, refuse
from otklik.process.rule import Ask, Decision, Rule, happened, held_units, slot_data, wrong_stage
from otklik.process.state import Document, DocumentStatus
from otklik.process.steps.review import is_own, own_problem, stale_review
from otklik.process.view import View
from otklik.regulation.model import StepKind


def _waiting(view: View) -> Document | None:
    document = view.state.in_flight
    return document if document and document.status is DocumentStatus.VISA else None


def _possible(view: View) -> Refusal | None:
    if not view.visa_givers:
        return refuse(RefusalCode.NO_VISA, view.policies.review)
    return None if _waiting(view) else wrong_stage(view)


def _give(ask: Ask[GiveVisa]) -> Decision:
    """With the visa the draft goes on to the reviewer in the same moment."""
    document = _waiting(ask.view)
    version = document.before_reviewer if document else None
    if document is None or version is None:
        return wrong_stage(ask.view)
    problem = stale_review(document, ask.command.version) or own_problem(
        ask, version, document.submitted_by, ask.view.visa_givers
    )
    if problem is not None:
        return problem
    payload = {**slot_data(document.slot), "version": version.number, "by": ask.actor.author}
    own = True if is_own(ask, version, document.submitted_by) else None
    visa = happened(EventKind.VISA_GIVEN, ask.at, {**payload, "self_review": own}, note=ask.command.note)
    return (visa, happened(EventKind.DRAFT_IN, ask.at, {**payload, "by": document.submitted_by}))


def _refuse_visa(ask: Ask[RefuseVisa]) -> Decision:
    document = _waiting(ask.view)
    if document is None:
        return wrong_stage(ask.view)
    problem = stale_review(document, ask.command.version)
    if problem is not None:
        return problem
    if not ask.command.reason.strip():
        return refuse(RefusalCode.REASON_REQUIRED, ask.view.policies.review, command=CommandName.REFUSE_VISA.value)
    payload = {**slot_data(document.slot), "version": ask.command.version, "by": ask.actor.author}
    return (happened(EventKind.VISA_REFUSED, ask.at, payload, reason=ask.command.reason),)


RULES = (
    Rule(GiveVisa, lambda view: view.visa_givers, _possible, _give, units=held_units, step=StepKind.VISA),
    Rule(RefuseVisa, lambda view: view.visa_givers, _possible, _refuse_visa, units=held_units),
)
