"""May this actor take this step: roles, units, rank, and steps recorded for those who have no account."""

from otklik.process.actor import Actor
from otklik.process.commands import Command
from otklik.process.refusal import Refusal, RefusalCode, refuse
from otklik.process.rule import Rule, holds, holds_oneself
from otklik.process.state import Phase, State
from otklik.process.view import View
from otklik.regulation.model import StepKind

AnyRule = Rule[Command]


def is_insider(view: View, actor: Actor) -> bool:
    """Whether the actor, for themselves, takes part: a role of the act, and a unit that takes part where that binds."""
    held = [name for name in view.everyone if holds_oneself(view, actor, name)]
    if not held:
        return False
    units = view.state.units
    if not units or view.state.phase is Phase.NONE:
        return True
    return any(not view.is_unit_bound(name) for name in held) or bool(units & actor.units)


def outsider_problem(view: View, rule: AnyRule, actor: Actor) -> Refusal | None:
    """Somebody without a part in the incident learns nothing of it; the program does what is the program's."""
    if actor.is_system:
        if rule.by_system or rule.only_system:
            return None
        return refuse(RefusalCode.NOT_YOUR_ROLE, then=(rule.command.name,))
    if rule.only_system:
        return refuse(RefusalCode.ONLY_PROGRAM)
    if (rule.by_anybody and actor.roles) or is_insider(view, actor):
        return None
    # Said of the act alone, whatever the incident has come to: a stranger must not read its state out of a refusal.
    anywhere = View(State(), view.act)
    who = rule.who(anywhere) or anywhere.everyone
    return Refusal(RefusalCode.OUTSIDER, who_may=who, next=(rule.command.name,))


def authority_problem(view: View, rule: AnyRule, actor: Actor, command: Command) -> Refusal | None:
    """Whether the actor holds a role that may take the step, for the right unit, with the rank the act asks for."""
    if actor.is_system or (rule.by_anybody and actor.on_behalf_of is None):
        return None
    problem = _behalf_problem(view, actor, command)
    if problem is not None:
        return problem
    wanted = rule.who(view)
    held = tuple(name for name in wanted if holds(view, actor, name))
    if not held:
        step = view.step(rule.step) if rule.step else None
        source = step or view.role(wanted[0]) if wanted else None
        return refuse(RefusalCode.NOT_YOUR_ROLE, source, command=command.name.value)
    return _unit_problem(view, rule, actor, held) or _rank_problem(view, actor, held)


def _behalf_problem(view: View, actor: Actor, command: Command) -> Refusal | None:
    """A step for somebody without an account: the role is the act's, and it is said how the step is known."""
    behalf = actor.on_behalf_of
    if behalf is None:
        return None
    role = view.role(behalf.role)
    if role is None:
        return refuse(RefusalCode.UNKNOWN_NAME, what="role", named=behalf.role, known=view.everyone)
    if behalf.has_account:
        return refuse(RefusalCode.HOLDER_HAS_ACCOUNT, role, role=behalf.role)
    if not (behalf.evidence.strip() or command.evidence.strip()):
        return refuse(RefusalCode.EVIDENCE_FOR_ANOTHER, role, role=behalf.role)
    return None


def _unit_problem(view: View, rule: AnyRule, actor: Actor, held: tuple[str, ...]) -> Refusal | None:
    if rule.units is None or actor.on_behalf_of is not None:
        return None
    if any(not view.is_unit_bound(name) for name in held):
        return None
    units = rule.units(view)
    if units & actor.units or (not units and not view.routing_needed):
        return None
    if not units:
        return refuse(RefusalCode.NOT_ROUTED, view.step(StepKind.HAND_OVER))
    return refuse(RefusalCode.NOT_YOUR_UNIT, view.step(rule.step) if rule.step else None, units=sorted(units))


def _rank_problem(view: View, actor: Actor, held: tuple[str, ...]) -> Refusal | None:
    """«Не ниже заместителя главы» (N 6, A 5): the rank of whoever holds such a role."""
    if actor.on_behalf_of is not None:
        return None
    low = None
    for name in held:
        role = view.role(name)
        if role is None or role.not_below is None or actor.ranks_at_least(role.not_below):
            return None
        low = role
    rank = actor.rank.value if actor.rank else None
    not_below = low.not_below.value if low and low.not_below else None
    return refuse(RefusalCode.RANK_TOO_LOW, low, rank=rank, not_below=not_below)
