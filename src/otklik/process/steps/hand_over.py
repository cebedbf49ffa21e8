"""Handing over: receipt by the executor (N 8, 10), routing to the competent unit, routing again."""

from otklik.process.commands import CommandName, Receive, Route
from otklik.process.events import EventKind
from otklik.process.refusal import Refusal, RefusalCode, refuse
from otklik.process.rule import Ask, Decision, Rule, happened, wrong_stage
from otklik.process.state import Phase
from otklik.process.view import View
from otklik.regulation.model import MomentKind, StepKind


def _receive_possible(view: View) -> Refusal | None:
    if not view.receipt_needed:
        return refuse(RefusalCode.RECEIPT_NOT_PROVIDED)
    if view.awaits_receipt and view.state.phase in {Phase.DETECTED, Phase.SELECTED, Phase.RETURNED}:
        return None
    return wrong_stage(view)


def _receive(ask: Ask[Receive]) -> Decision:
    return (happened(EventKind.RECEIVED, ask.at),)


def may_be_sent(view: View) -> Refusal | None:
    """Whether it may be sent to a body now: selected, received where the act has a receipt, and nothing under way."""
    state = view.state
    if state.phase not in {Phase.SELECTED, Phase.RECEIVED, Phase.RETURNED, Phase.WORK}:
        return wrong_stage(view)
    if view.awaits_receipt and state.phase is not Phase.WORK:
        step = view.step(StepKind.HAND_OVER)
        return refuse(RefusalCode.NOT_RECEIVED, step, then=(CommandName.RECEIVE,))
    if state.in_flight:
        return refuse(RefusalCode.IN_FLIGHT, reply=state.in_flight.slot.reply.value)
    return None


def _route_possible(view: View) -> Refusal | None:
    if view.state.parts_open:
        then = (CommandName.REQUEST_PARTS, CommandName.WITHDRAW_PART)
        bodies = tuple(part.body for part in view.state.parts_open)
        return refuse(RefusalCode.PARTS_MISSING, view.policies.parts, then=then, bodies=bodies)
    return may_be_sent(view)


def _route(ask: Ask[Route]) -> Decision:
    state, unit = ask.view.state, ask.command.unit
    if not unit:
        return refuse(RefusalCode.UNKNOWN_NAME, what="unit", named="", known=())
    again = next((s for s in ask.view.for_kind(StepKind.HAND_OVER) if MomentKind.RETURNED in s.starts_on), None)
    sent_back_by = state.past_units[-1] if state.phase is Phase.RETURNED and state.past_units else None
    # «Иному профильному Исполнителю» (U 9): where the act routes again, it routes to another.
    if unit == state.unit or (again is not None and unit == sent_back_by):
        return refuse(RefusalCode.SAME_UNIT, again, unit=unit)
    payload = {"unit": unit, "previous": state.unit or sent_back_by}
    return (happened(EventKind.ROUTED, ask.at, payload, note=ask.command.note),)


RULES = (
    Rule(Receive, lambda view: view.receivers, _receive_possible, _receive),
    Rule(Route, lambda view: view.routers, _route_possible, _route, step=StepKind.HAND_OVER),
)
