"""Joint rework: reviewer and executor together, within the review term (U 11)."""

from otklik.process.commands import CommandName, ReworkJointly
from otklik.process.refusal import Refusal, RefusalCode, refuse
from otklik.process.rule import Ask, Decision, Rule, slot_data, wrong_stage
from otklik.process.state import PromisedDate, Version
from otklik.process.steps.draft import content_problem, files_data, promise_texts, saved_event
from otklik.process.steps.gate import gate_problem
from otklik.process.steps.review import stale_review, under_review
from otklik.process.view import View


def _possible(view: View) -> Refusal | None:
    review = view.policies.review
    if not review.joint_rework:
        return refuse(RefusalCode.JOINT_REWORK_NOT_PROVIDED, review, then=(CommandName.SEND_BACK,))
    return None if under_review(view) else wrong_stage(view)


def _rework(ask: Ask[ReworkJointly]) -> Decision:
    """A new version that stays under review: approval then ends the term, and is no review of one's own draft."""
    command, document = ask.command, under_review(ask.view)
    if document is None:
        return wrong_stage(ask.view)
    problem = stale_review(document, command.base_version) or content_problem(
        ask, command.states, command.attachments, command.promises
    )
    if problem is not None:
        return problem
    if not command.text.strip():
        return refuse(RefusalCode.TEXT_REQUIRED)
    earlier = document.before_reviewer
    stated = bool(earlier and earlier.impossibility_stated)
    version = Version(
        number=document.version + 1,
        by=ask.actor.author,
        saved_at=ask.at,
        states=command.states,
        attachments=command.attachments,
        promises=tuple(PromisedDate(promise.due_on) for promise in command.promises),
        impossibility_stated=stated,
        joint=True,
    )
    problem = gate_problem(ask.view, document, version)
    if problem is not None:
        return problem
    content: dict[str, object] = {
        "states": command.states,
        "attachments": files_data(command.attachments),
        "promises": [promise.due_on for promise in command.promises],
        "impossibility_stated": stated,
        "joint": True,
        "of": slot_data(document.of) if document.of else None,
    }
    texts = promise_texts(command.promises)
    return (saved_event(ask, document.slot, version.number, content, text=command.text, **texts),)


RULES = (Rule(ReworkJointly, lambda view: view.reviewers, _possible, _rework),)
