"""What must be done next, by whom: the main step of the stage first, then the duties beside it.

One agenda feeds three things: the work items (`waiting_for`), the one main button of whoever must act (`available`),
and what a refusal says may be done next.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from otklik.process.commands import CommandName
from otklik.process.records import PartStatus
from otklik.process.state import Document, DocumentStatus, Phase, ReplyKind, Stage
from otklik.process.steps.draft import gives_first_response
from otklik.process.steps.repeat import short_way
from otklik.process.steps.reply import closes_on_silence
from otklik.process.view import Names, View
from otklik.regulation.model import MomentKind, Step, StepKind
from otklik.regulation.model.policies import ExclusionEffect

C = CommandName


@dataclass(frozen=True, slots=True)
class Due:
    """One thing to be done. `roles`: whom it waits for, the act's first; `unit`: whose people; None: any."""

    command: CommandName
    kind: StepKind
    step: str
    """The act's name of the step; where the act has none, the kind of step, or the promise."""
    roles: Names
    unit: str | None = None
    part: int | None = None
    reply: ReplyKind | None = None
    promise: int | None = None


def agenda(view: View) -> tuple[Due, ...]:
    """Everything that waits for somebody now; empty where nothing does."""
    main = _BY_STAGE.get(view.state.stage)
    return (*(main(view) if main else ()), *_beside(view))


# --- The main line, stage by stage ---


def _due(
    view: View,
    command: CommandName,
    kind: StepKind,
    roles: Names,
    *,
    step: Step | None = None,
    unit: str | None = None,
    reply: ReplyKind | None = None,
) -> Due:
    found = step or view.step(kind)
    return Due(command, kind, found.step if found else kind.value, roles, unit=unit, reply=reply)


def _detected(view: View) -> Iterator[Due]:
    if view.selected_on_receipt and view.awaits_receipt:
        yield _receive(view)
    else:
        yield _due(view, C.SELECT, StepKind.SELECT, view.selectors(view.state.kind))


def _receive(view: View) -> Due:
    sending = (step for step in view.for_kind(StepKind.HAND_OVER) if MomentKind.RECEIVED in step.ends_on)
    return _due(view, C.RECEIVE, StepKind.HAND_OVER, view.receivers, step=next(sending, None))


def _selected(view: View) -> Iterator[Due]:
    if short_way(view) is not None:
        yield _due(view, C.LINK_REPEAT, StepKind.PUBLISH, view.deciders, reply=ReplyKind.FINAL)
    elif view.awaits_receipt:
        yield _receive(view)
    elif view.routing_needed:
        yield _route(view, MomentKind.ROUTED)
    else:
        yield from _drafting(view)


def _route(view: View, ends_on: MomentKind) -> Due:
    steps = [step for step in view.steps(StepKind.HAND_OVER) if ends_on in step.ends_on]
    again = [step for step in steps if MomentKind.RETURNED in step.starts_on]
    first = [step for step in steps if MomentKind.RETURNED not in step.starts_on]
    wanted = again if view.state.stage is Stage.RETURNED and again else first
    return _due(view, C.ROUTE, StepKind.HAND_OVER, view.routers, step=next(iter(wanted), None))


def _returned(view: View) -> Iterator[Due]:
    """It lies again before whoever sent it; where that is the outside curator (N 12), it is for them to take away."""
    if view.awaits_receipt:
        yield _due(view, C.LEAVE_OUT, StepKind.SELECT, view.named(view.policies.routing.return_to) or view.curators)
    else:
        yield _route(view, MomentKind.ROUTED)


def _parts(view: View) -> Iterator[Due]:
    step = view.step(StepKind.REQUEST_PART)
    for part in view.state.parts:
        if part.status is PartStatus.ASKED:
            roles = view.contributors
            name = step.step if step else StepKind.REQUEST_PART.value
            yield Due(C.SUBMIT_PART, StepKind.REQUEST_PART, name, roles, unit=part.body, part=part.number)
    document = view.with_authors
    if document is not None and document.slot.reply is not ReplyKind.FINAL:
        yield _write(view, document)  # an interim reply does not wait for the parts


def _drafting(view: View) -> Iterator[Due]:
    if view.lies_nowhere:
        yield _route(view, MomentKind.ROUTED)
        return
    document = view.with_authors
    yield _write(view, document)
    if closes_on_silence(view):
        yield _due(view, C.CLOSE, StepKind.REPLY, view.deciders)


def _write(view: View, document: Document | None) -> Due:
    """Save a version; send the saved one on; or, where nothing is reviewed, publish it."""
    reply = document.slot.reply if document else ReplyKind.FINAL
    step = _writing_step(view, document)
    kind = step.kind if step else StepKind.DRAFT
    unit = _unit(view)
    untouched = document is None or not document.versions or _awaits_rework(document)
    if untouched:
        return _due(view, C.SAVE_DRAFT, kind, view.drafters, step=step, unit=unit, reply=reply)
    if view.review_needed(reply):
        return _due(view, C.SUBMIT_DRAFT, kind, view.submitters, step=step, unit=unit, reply=reply)
    return _publish(view, C.REQUEST_PUBLICATION, reply)


def _awaits_rework(document: Document) -> bool:
    return document.status is DocumentStatus.SENT_BACK and document.submitted == document.version


def _writing_step(view: View, document: Document | None) -> Step | None:
    """The act's step whose clock this writing is under."""
    if document is not None and document.status is DocumentStatus.SENT_BACK:
        return view.step(StepKind.REWORK) or view.step(StepKind.DRAFT)
    if view.interims_published:
        after_interim = [
            step
            for kind in (StepKind.DRAFT, StepKind.REPLY)
            for step in view.steps(kind)
            if MomentKind.INTERIM_PUBLISHED in step.starts_on
        ]
        if after_interim:
            return after_interim[0]
    if view.parts_asked:
        return view.step(StepKind.CONSOLIDATE) or view.step(StepKind.DRAFT)
    return view.step(StepKind.DRAFT)


def _unit(view: View) -> str | None:
    """Whose people write: the consolidating unit, or the one it was sent to."""
    bound = any(view.is_unit_bound(name) for name in view.submitters)
    return next(iter(view.holding), None) if bound else None


def _visa(view: View) -> Iterator[Due]:
    yield _due(view, C.GIVE_VISA, StepKind.VISA, view.visa_givers, unit=next(iter(view.holding), None))


def _review(view: View) -> Iterator[Due]:
    yield _due(view, C.APPROVE, StepKind.REVIEW, view.reviewers)


def _approved(view: View) -> Iterator[Due]:
    document = view.state.in_flight
    if document is not None and document.failed_for_good and view.review_needed(document.slot.reply):
        yield _due(view, C.SEND_BACK, StepKind.REVIEW, view.reviewers, reply=document.slot.reply)
    elif document is not None and document.failed_for_good and document.slot.reply is not ReplyKind.WITHDRAWAL:
        yield _due(view, C.SAVE_DRAFT, StepKind.DRAFT, view.drafters, reply=document.slot.reply)
    else:
        yield _publish(view, C.REQUEST_PUBLICATION, document.slot.reply if document else ReplyKind.FINAL)


def _publish(view: View, command: CommandName, reply: ReplyKind) -> Due:
    """For whoever publishes; where that is an executor, of the unit that wrote it."""
    bound = all(view.is_unit_bound(name) for name in view.publishers)
    unit = next(iter(view.holding), None) if bound else None
    return _due(view, command, StepKind.PUBLISH, view.publishers, unit=unit, reply=reply)


def _unknown(view: View) -> Iterator[Due]:
    document = view.state.in_flight
    yield _publish(view, C.CONFIRM_PUBLISHED, document.slot.reply if document else ReplyKind.FINAL)


def _answered(view: View) -> Iterator[Due]:
    """A correction under way; a closing outcome that the act wants from a person, once nothing else is open."""
    document = view.with_authors
    if document is not None:
        yield _write(view, document)
    elif view.policies.outcomes and not (view.state.promises_open or view.state.reports_due or view.sent):
        yield _due(view, C.CLOSE, StepKind.REPLY, view.deciders)


def _excluded(view: View) -> Iterator[Due]:
    exclusion = view.state.exclusion
    if exclusion is not None and exclusion.effect == ExclusionEffect.NO_REPLY:
        yield _due(view, C.PROCESS_EXCLUDED, StepKind.SELECT, view.deciders)


def _nothing(_view: View) -> Iterator[Due]:
    """The program publishes, or it is over."""
    yield from ()


def _waiting(view: View) -> Iterator[Due]:
    """The author is awaited; meanwhile only what was published may be corrected."""
    if view.with_authors is not None:
        yield _write(view, view.with_authors)


_BY_STAGE: Mapping[Stage, Callable[[View], Iterator[Due]]] = {
    Stage.DETECTED: _detected,
    Stage.SELECTED: _selected,
    Stage.RECEIVED: _selected,
    Stage.RETURNED: _returned,
    Stage.PARTS: _parts,
    Stage.DRAFTING: _drafting,
    Stage.REWORK: _drafting,
    Stage.VISA: _visa,
    Stage.REVIEW: _review,
    Stage.APPROVED: _approved,
    Stage.PUBLISHING: _nothing,
    Stage.UNKNOWN: _unknown,
    Stage.WAITING_AUTHOR: _waiting,
    Stage.ANSWERED: _answered,
    Stage.EXCLUDED: _excluded,
}


# --- Beside it ---


def _beside(view: View) -> Iterator[Due]:
    yield from _first_response(view)
    if view.state.reports_due:
        report = next((step for step in view.steps(StepKind.REPORT) if _at_once(step)), None)
        yield _due(view, C.REPORT, StepKind.REPORT, view.reporters, step=report)
    for extension in view.state.extensions:
        if extension.announce and not extension.told and not view.state.is_ended:
            yield _due(view, C.TELL_AUTHOR, StepKind.TELL_AUTHOR, view.doers(StepKind.TELL_AUTHOR) or view.publishers)
    open_promises = () if view.state.is_ended else view.state.promises_open
    for promise in sorted(open_promises, key=lambda one: one.due_on):
        yield Due(C.KEEP_PROMISE, StepKind.REPLY, "promise", view.submitters, unit=_unit(view), promise=promise.number)


def _at_once(step: Step) -> bool:
    return MomentKind.PERIOD_ENDED not in step.starts_on


def _first_response(view: View) -> Iterator[Due]:
    """«Ваше сообщение принято», for acts that ask for it; it goes its own short way."""
    state = view.state
    if state.is_ended or not gives_first_response(view) or state.phase in {Phase.NONE, Phase.DETECTED}:
        return
    step = next(step for step in view.act.steps if MomentKind.FIRST_RESPONSE in step.ends_on)
    document = view.document(ReplyKind.FIRST_RESPONSE)
    answered = state.phase is Phase.ANSWERED
    if document is not None and document.status is DocumentStatus.UNKNOWN:
        command, roles = C.CONFIRM_PUBLISHED, view.publishers
    elif answered:
        return  # the reply itself has said more
    elif document is None or not document.versions:
        command, roles = C.SAVE_DRAFT, view.first_responders
    elif document.status in {DocumentStatus.DRAFT, DocumentStatus.FAILED}:
        command, roles = C.REQUEST_PUBLICATION, view.publishers
    else:
        return
    yield _due(view, command, step.kind, roles, step=step, reply=ReplyKind.FIRST_RESPONSE)
