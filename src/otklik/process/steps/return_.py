"""Return by a body that is not competent (N 12, U 9, A 7)."""

from otklik.process.commands import CommandName, Return
from otklik.process.events import EventKind
from otklik.process.refusal import Refusal, RefusalCode, refuse
from otklik.process.rule import Ask, Decision, Rule, happened, held_units, wrong_stage
from otklik.process.state import Phase
from otklik.process.view import Names, View
from otklik.regulation.model import MomentKind, Step, StepKind
from otklik.regulation.model.people import OurRole


def return_problem(view: View) -> Refusal | None:
    """Where the act is silent (K, L) nobody returns; whoever routed it sends it to another."""
    if view.step(StepKind.RETURN) is None:
        return refuse(RefusalCode.RETURN_NOT_PROVIDED, then=(CommandName.ROUTE,))
    return None


def _possible(view: View) -> Refusal | None:
    problem = return_problem(view)
    step = view.step(StepKind.RETURN)
    if problem is not None or step is None:
        return problem
    on_receipt = MomentKind.RECEIVED in step.starts_on and not view.awaits_receipt
    received = on_receipt and view.state.phase in {Phase.DETECTED, Phase.SELECTED, Phase.RECEIVED}
    if view.state.phase is not Phase.WORK and not received:
        return wrong_stage(view)
    if _lapsed(view, step):
        return refuse(RefusalCode.RETURN_LAPSED, step, then=(CommandName.ROUTE,))
    return None


def _lapsed(view: View, step: Step) -> bool:
    """The right ends where the act's moments say: once a draft is in, the body has shown itself competent."""
    since = {*step.starts_on, *step.anew_on}
    for moment in reversed(view.state.facts.moments):
        if moment.kind in step.dropped_on:
            return True
        if moment.kind in since:
            return False
    return False


def _returners(view: View) -> Names:
    return view.doers(StepKind.RETURN) or view.ours(OurRole.EXECUTOR)


def _return(ask: Ask[Return]) -> Decision:
    if not ask.command.reason.strip():
        return refuse(RefusalCode.REASON_REQUIRED, ask.view.step(StepKind.RETURN), command=CommandName.RETURN.value)
    return (happened(EventKind.RETURNED, ask.at, {"unit": ask.view.state.unit}, reason=ask.command.reason),)


RULES = (Rule(Return, _returners, _possible, _return, units=held_units, step=StepKind.RETURN),)
