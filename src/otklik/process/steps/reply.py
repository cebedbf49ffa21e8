"""The whole: promises made in a reply, closing with an outcome, reopening."""

from otklik.process.commands import Close, CommandName, KeepPromise, ReleasePromise, Reopen
from otklik.process.events import EventKind
from otklik.process.refusal import Refusal, RefusalCode, refuse
from otklik.process.rule import Ask, Decision, Rule, happened, units_at_work, wrong_stage
from otklik.process.state import Phase
from otklik.process.view import Names, View, unique

DEFAULT_OUTCOMES = ("answered", "author_silent")
"""Where the act lists none."""


def _keepers(view: View) -> Names:
    return unique((*view.submitters, *view.reviewers, *view.publishers, *view.deciders))


# --- Promised dates ---


def _promises_possible(view: View) -> Refusal | None:
    return None if view.state.promises_open and not view.state.is_ended else wrong_stage(view)


def _promise_problem(view: View, number: int) -> Refusal | None:
    known = [promise.number for promise in view.state.promises_open]
    return None if number in known else refuse(RefusalCode.PROMISE_UNKNOWN, promise=number, open=known)


def _keep(ask: Ask[KeepPromise]) -> Decision:
    problem = _promise_problem(ask.view, ask.command.promise)
    payload = {"promise": ask.command.promise}
    return problem or (happened(EventKind.PROMISE_KEPT, ask.at, payload, how=ask.command.how),)


def _release(ask: Ask[ReleasePromise]) -> Decision:
    problem = _promise_problem(ask.view, ask.command.promise)
    if problem is None and not ask.command.ground.strip():
        problem = refuse(RefusalCode.REASON_REQUIRED, command=CommandName.RELEASE_PROMISE.value)
    payload = {"promise": ask.command.promise}
    return problem or (happened(EventKind.PROMISE_RELEASED, ask.at, payload, ground=ask.command.ground),)


# --- Closing ---


def closes_on_silence(view: View) -> bool:
    """Where a published request for clarification is the result (U 2, L 8), the author's silence may end the matter."""
    clarification = view.policies.clarification
    return view.state.silent and clarification is not None and clarification.ends_reply_term


def _close_possible(view: View) -> Refusal | None:
    state = view.state
    if state.phase is not Phase.ANSWERED and not (state.phase is Phase.WORK and closes_on_silence(view)):
        if state.is_ended or not view.standing:
            return wrong_stage(view)
        return refuse(RefusalCode.NO_REPLY_YET, view.policies.clarification or view.policies.interim)
    if state.in_flight or view.sent:
        document = state.in_flight or view.sent[0]
        return refuse(RefusalCode.IN_FLIGHT, reply=document.slot.reply.value)
    if state.promises_open:
        then = (CommandName.KEEP_PROMISE, CommandName.RELEASE_PROMISE)
        return refuse(RefusalCode.PROMISES_OPEN, then=then, promises=[item.number for item in state.promises_open])
    if state.reports_due:
        reports = view.policies.immediate_reports
        source = reports[0] if reports else None
        return refuse(RefusalCode.REPORT_DUE, source, then=(CommandName.REPORT,), about=sorted(state.reports_due))
    return None


def outcomes(view: View) -> tuple[str, ...]:
    """What a closing may be: the act's own outcomes when it has them."""
    return tuple(item.outcome for item in view.policies.outcomes) or DEFAULT_OUTCOMES


def _close(ask: Ask[Close]) -> Decision:
    known = outcomes(ask.view)
    if ask.command.outcome not in known:
        listed = ask.view.policies.outcomes
        source = listed[0] if listed else None
        return refuse(RefusalCode.OUTCOME_NOT_LISTED, source, named=ask.command.outcome, known=known)
    return (happened(EventKind.CLOSED, ask.at, {"outcome": ask.command.outcome}, note=ask.command.note),)


# --- Reopening ---


def _reopen_possible(view: View) -> Refusal | None:
    state = view.state
    if not state.is_ended and state.phase is not Phase.ANSWERED:
        return wrong_stage(view)
    document = state.in_flight or next(iter(view.sent), None)
    return refuse(RefusalCode.IN_FLIGHT, reply=document.slot.reply.value) if document else None


def _reopen(ask: Ask[Reopen]) -> Decision:
    """A message that was never answered goes back to selection; an answered one to its executors, or to control."""
    state, command = ask.view.state, ask.command
    if not command.ground.strip():
        return refuse(RefusalCode.REASON_REQUIRED, command=CommandName.REOPEN.value)
    if state.phase is Phase.ANSWERED and not command.new_reply:
        return wrong_stage(ask.view)
    answered = state.phase in {Phase.ANSWERED, Phase.CLOSED}
    if not answered:
        to, round_ = Phase.DETECTED, state.round
    elif command.new_reply:
        to, round_ = Phase.WORK, state.round + 1
    else:
        to, round_ = Phase.ANSWERED, state.round
    payload = {"to": to, "round": round_}
    return (happened(EventKind.REOPENED, ask.at, payload, ground=command.ground),)


def _reopeners(view: View) -> Names:
    return unique((*view.deciders, *view.reviewers, *view.overseers))


RULES = (
    Rule(KeepPromise, _keepers, _promises_possible, _keep, on_line=False, units=units_at_work),
    Rule(ReleasePromise, _keepers, _promises_possible, _release, on_line=False, dangerous=True, units=units_at_work),
    Rule(Close, lambda view: unique((*view.deciders, *view.reviewers)), _close_possible, _close),
    Rule(Reopen, _reopeners, _reopen_possible, _reopen),
)
