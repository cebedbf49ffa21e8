"""Review: approval, or sending back with reasons as the act asks for them."""

from otklik.process.commands import Approve, CommandName, SendBack
from otklik.process.events import Event, EventKind
from otklik.process.refusal import Refusal, RefusalCode, refuse
from otklik.process.rule import AnyAsk, Ask, Decision, Rule, happened, slot_data, wrong_stage
from otklik.process.state import Document, DocumentStatus, Slot, Version
from otklik.process.view import Names, View
from otklik.regulation.model import StepKind
from otklik.regulation.model.policies import Reasons

_MAY_GO_BACK = frozenset({DocumentStatus.REVIEW, DocumentStatus.APPROVED, DocumentStatus.FAILED})


def under_review(view: View) -> Document | None:
    document = view.state.in_flight
    return document if document and document.status is DocumentStatus.REVIEW else None


def _approve_possible(view: View) -> Refusal | None:
    return None if under_review(view) else wrong_stage(view)


def stale_review(document: Document, version: int) -> Refusal | None:
    """The reviewer looked at another version than the one that lies before them."""
    if document.submitted == version:
        return None
    return refuse(RefusalCode.DRAFT_STALE, base_version=version, current_version=document.submitted)


def _approve(ask: Ask[Approve]) -> Decision:
    document = under_review(ask.view)
    version = document.before_reviewer if document else None
    if document is None or version is None:
        return wrong_stage(ask.view)
    problem = stale_review(document, ask.command.version) or own_problem(
        ask, version, document.submitted_by, ask.view.reviewers
    )
    if problem is not None:
        return problem
    return (approved_event(ask, document.slot, version, submitted_by=document.submitted_by, note=ask.command.note),)


def is_own(ask: AnyAsk, version: Version, submitted_by: str | None) -> bool:
    """Whether the reviewer reviews what they wrote or sent themselves. A joint rework (U 11) is not that."""
    wrote = version.by == ask.actor.author and not version.joint
    return wrote or submitted_by == ask.actor.author


def own_problem(
    ask: AnyAsk,
    version: Version,
    submitted_by: str | None,
    judges: Names,
) -> Refusal | None:
    """Nobody judges their own draft, unless the act puts both roles in one hand (L R4, U 6)."""
    if not is_own(ask, version, submitted_by) or ask.view.may_judge_own(judges):
        return None
    review = ask.view.policies.review
    facts = {"version": version.number}
    return Refusal(RefusalCode.SELF_REVIEW, facts, review.clause, review.quote, judges, (ask.command.name,))


def approved_event(
    ask: AnyAsk,
    slot: Slot,
    version: Version,
    *,
    submitted_by: str | None,
    note: str = "",
) -> Event:
    payload = {
        **slot_data(slot),
        "version": version.number,
        "by": ask.actor.author,
        "self_review": True if is_own(ask, version, submitted_by) else None,
    }
    return happened(EventKind.APPROVED, ask.at, payload, note=note)


# --- Sending back ---


def _back_possible(view: View) -> Refusal | None:
    """Also an approved text that was not sent yet, or that the platform refused: it must be possible to mend it."""
    document = view.state.in_flight
    return None if document and document.status in _MAY_GO_BACK else wrong_stage(view)


def _send_back(ask: Ask[SendBack]) -> Decision:
    document = ask.view.state.in_flight
    if document is None:
        return wrong_stage(ask.view)
    problem = stale_review(document, ask.command.version) or _reasons_problem(ask)
    if problem is not None:
        return problem
    payload = {
        **slot_data(document.slot),
        "version": ask.command.version,
        "grounds": list(ask.command.grounds),
        "by": ask.actor.author,
    }
    return (happened(EventKind.SENT_BACK, ask.at, payload, reason=ask.command.reason),)


def _reasons_problem(ask: Ask[SendBack]) -> Refusal | None:
    """K 13: reasons must be given, of the act's list; U 12: eight grounds; elsewhere they are free."""
    review = ask.view.policies.review
    known = tuple(ground.ground for ground in review.grounds)
    unknown = tuple(ground for ground in ask.command.grounds if ground not in known)
    source = review.grounds[0] if review.grounds else review
    if unknown:
        return refuse(RefusalCode.GROUND_UNKNOWN, source, named=unknown[0], known=known)
    if review.reasons is Reasons.FROM_LIST and not ask.command.grounds:
        return refuse(RefusalCode.GROUND_REQUIRED, source, known=known)
    if review.reasons is Reasons.REQUIRED and not (ask.command.grounds or ask.command.reason.strip()):
        return refuse(RefusalCode.REASON_REQUIRED, source, command=CommandName.SEND_BACK.value)
    return None


RULES = (
    Rule(Approve, lambda view: view.reviewers, _approve_possible, _approve, step=StepKind.REVIEW),
    Rule(SendBack, lambda view: view.reviewers, _back_possible, _send_back),
)
