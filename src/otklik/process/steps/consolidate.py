"""Who writes the common reply: the curator (L), the operator (U), a named body (K, A)."""

from otklik.process.commands import AssignConsolidator, RequestParts
from otklik.process.events import EventKind
from otklik.process.records import PartStatus
from otklik.process.refusal import Refusal, RefusalCode, refuse
from otklik.process.rule import Ask, Decision, Rule, happened, wrong_stage
from otklik.process.view import View
from otklik.regulation.model.policies import ConsolidatedBy

_GONE = frozenset({PartStatus.RETURNED, PartStatus.WITHDRAWN})
_NAMED = frozenset({ConsolidatedBy.EXECUTOR, ConsolidatedBy.RESPONSIBLE_EXECUTOR})


def is_named(view: View) -> bool:
    """Whether the act has somebody named to consolidate, rather than the curator or operator themselves."""
    parts = view.policies.parts
    return parts is not None and parts.consolidated_by in _NAMED


def consolidator_problem(view: View, command: RequestParts) -> Refusal | None:
    """Whether the body named, or not named, is what the act wants."""
    if not is_named(view):
        return refuse(RefusalCode.CONSOLIDATOR_FIXED, view.policies.parts) if command.consolidator else None
    unit = command.consolidator or view.state.consolidator
    if unit is None:
        return refuse(RefusalCode.CONSOLIDATOR_REQUIRED, view.policies.parts)
    return _not_asked(view, unit, {part.body for part in command.parts})


def _not_asked(view: View, unit: str, more: set[str]) -> Refusal | None:
    """«Ответственный исполнитель» (A 14) is one of those who take part; the executor of K 12 may be any."""
    parts = view.policies.parts
    if parts is None or parts.consolidated_by is not ConsolidatedBy.RESPONSIBLE_EXECUTOR:
        return None
    asked = {part.body for part in view.state.parts if part.status not in _GONE}
    known = asked | more | ({view.state.unit} if view.state.unit else set())
    return None if unit in known else refuse(RefusalCode.CONSOLIDATOR_NOT_ASKED, parts, unit=unit)


def _possible(view: View) -> Refusal | None:
    if view.policies.parts is None:
        return refuse(RefusalCode.PARTS_NOT_PROVIDED)
    if not is_named(view):
        return refuse(RefusalCode.CONSOLIDATOR_FIXED, view.policies.parts)
    if view.state.is_ended or not view.parts_asked or view.state.in_flight:
        return wrong_stage(view)
    return None


def _assign(ask: Ask[AssignConsolidator]) -> Decision:
    unit = ask.command.unit
    if not unit:
        return refuse(RefusalCode.UNKNOWN_NAME, what="unit", named="", known=())
    problem = _not_asked(ask.view, unit, set())
    return problem or (happened(EventKind.CONSOLIDATOR_NAMED, ask.at, {"unit": unit}),)


RULES = (Rule(AssignConsolidator, lambda view: view.routers, _possible, _assign, is_progress=False),)
