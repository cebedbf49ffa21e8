"""The clause and the words of the act on which a command stands: the answer to a newcomer's «почему?»."""

from collections.abc import Callable

from otklik.process.commands import CommandName
from otklik.process.steps import RULES
from otklik.regulation.model import Act
from otklik.regulation.model.policies import Policies
from otklik.regulation.model.source import Source

C = CommandName


def _decided(policies: Policies) -> Source | None:
    return next((one for one in policies.importance if one.per_incident_decision), None)


def _higher(policies: Policies) -> Source | None:
    return next((one for one in policies.importance if one.given_by), None)


def _told_at_once(policies: Policies) -> Source | None:
    return next(iter(policies.immediate_reports), None)


_POLICIES: dict[CommandName, Callable[[Policies], Source | None]] = {
    C.ROUTE: lambda policies: policies.routing,
    C.REQUEST_PARTS: lambda policies: policies.parts,
    C.RETURN_PART: lambda policies: policies.parts,
    C.WITHDRAW_PART: lambda policies: policies.parts,
    C.ASSIGN_CONSOLIDATOR: lambda policies: policies.parts,
    C.JOIN_REPEAT: lambda policies: policies.repeats,
    C.LINK_REPEAT: lambda policies: policies.repeats,
    C.SEND_BACK: lambda policies: policies.review,
    C.REWORK_JOINTLY: lambda policies: policies.review,
    C.SHORTEN: _decided,
    C.RAISE_IMPORTANCE: _higher,
    C.CONFIRM_SIGNIFICANCE: _told_at_once,
    C.CONFIRM_SURGE: _told_at_once,
}


def reason_of(act: Act, command: CommandName) -> tuple[str, str]:
    """Clause and quote of the step that the command serves, else of the policy behind it; empty where it is silent.

    Grounds of exclusion have a clause each and show it beside their choice.
    """
    kind = RULES[command].step
    step = next((step for step in act.steps if kind is not None and step.kind is kind), None)
    if step is not None:
        return step.clause, step.quote
    find = _POLICIES.get(command)
    found = find(act.policies) if find else None
    return (found.clause, found.quote) if found else ("", "")
