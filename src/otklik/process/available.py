"""What an actor may do now, with exactly one main step for whoever must act; and what waits for whom."""

from collections.abc import Iterator
from dataclasses import dataclass

from otklik.process.actor import Actor
from otklik.process.agenda import Due, agenda
from otklik.process.authority import authority_problem, is_insider
from otklik.process.commands import Command, CommandName
from otklik.process.refusal_words import command_title
from otklik.process.rule import Rule, holds
from otklik.process.state import ReplyKind, State
from otklik.process.steps import RULES
from otklik.process.view import View
from otklik.regulation.model import Act, MomentKind, StepKind
from otklik.regulation.model.people import OurRole


@dataclass(frozen=True, slots=True)
class Available:
    """A step that the actor may take now. `title` is in the act's words where the act has a step for it, in Russian.

    `main`: the one thing that waits for this actor; at most one is. `dangerous`: confirmed by saying what will happen.
    `reply`, `part`, `promise`: what the main step is about.
    """

    command: CommandName
    title: str
    main: bool = False
    dangerous: bool = False
    reply: ReplyKind | None = None
    part: int | None = None
    promise: int | None = None


@dataclass(frozen=True, slots=True)
class OpenStep:
    """Something that waits for somebody: a work item. `step` and `part` name the deadline that it is under.

    `role` is ours, `act_roles` are the act's own names, the first the one it waits for first; `unit`: whose people, by
    key; `person`: who has taken it or was given it; `is_external`: held by another institution, perhaps without an
    account, so that a step may have to be recorded for them.
    """

    step: str
    kind: StepKind
    command: CommandName
    role: OurRole
    act_roles: tuple[str, ...]
    unit: str | None = None
    person: str | None = None
    part: int | None = None
    reply: ReplyKind | None = None
    promise: int | None = None
    is_external: bool = False


def available(state: State, actor: Actor, act: Act) -> list[Available]:
    """What `actor` may do now: the main step first, then the others in the order of the process."""
    view = View(state, act)
    if not actor.is_system and not is_insider(view, actor):
        return []
    main = _main(view, actor)
    found = [
        Available(
            command=name,
            title=_title(view, name, main if main and main.command is name else None),
            main=main is not None and main.command is name,
            dangerous=rule.dangerous,
            reply=main.reply if main and main.command is name else None,
            part=main.part if main and main.command is name else None,
            promise=main.promise if main and main.command is name else None,
        )
        for name, rule in RULES.items()
        if name is not CommandName.DETECT and _may(view, rule, actor)
    ]
    return sorted(found, key=lambda item: not item.main)


def may_record_for(state: State, actor: Actor, act: Act) -> tuple[str, ...]:
    """Roles of another institution for which something waits that `actor`, an insider, could record."""
    view = View(state, act)
    roles = [name for due in agenda(view) for name in due.roles]
    outside = [name for name in dict.fromkeys(roles) if (role := view.role(name)) and role.external]
    return tuple(name for name in outside if not holds(view, actor, name) and is_insider(view, actor))


def waiting_for(state: State, act: Act) -> list[OpenStep]:
    """Everything that waits for somebody now, the main line first."""
    view = View(state, act)
    return list(_open_steps(view))


def _open_steps(view: View) -> Iterator[OpenStep]:
    held = dict(view.state.assigned)
    for due in agenda(view):
        first = view.role(due.roles[0]) if due.roles else None
        if first is None:
            continue
        yield OpenStep(
            step=due.step,
            kind=due.kind,
            command=due.command,
            role=first.is_,
            act_roles=due.roles,
            unit=due.unit,
            person=next((held[name] for name in due.roles if name in held), None),
            part=due.part,
            reply=due.reply,
            promise=due.promise,
            is_external=first.external,
        )


def _main(view: View, actor: Actor) -> Due | None:
    """The first thing on the agenda that waits for this actor."""
    for due in agenda(view):
        mine = any(holds(view, actor, name) for name in due.roles)
        own_unit = due.part is None or due.unit is None or due.unit in actor.units or actor.on_behalf_of is not None
        if mine and own_unit and _may(view, RULES[due.command], actor):
            return due
    return None


def _may(view: View, rule: Rule[Command], actor: Actor) -> bool:
    """Whether the actor, who takes part, could take the step with the right particulars."""
    right_hands = rule.only_system or rule.by_system if actor.is_system else not rule.only_system
    if not right_hands or rule.possible(view) is not None:
        return False
    return authority_problem(view, rule, actor, _PROBE) is None


class _Probe(Command):
    """Stands for a command whose particulars are not known yet."""

    name = CommandName.ADD_NOTE


_PROBE = _Probe(evidence="asked for later")


_TITLED = {
    CommandName.SELECT: StepKind.SELECT,
    CommandName.ROUTE: StepKind.HAND_OVER,
    CommandName.RETURN: StepKind.RETURN,
    CommandName.SUBMIT_PART: StepKind.REQUEST_PART,
    CommandName.SUBMIT_DRAFT: StepKind.DRAFT,
    CommandName.GIVE_VISA: StepKind.VISA,
    CommandName.APPROVE: StepKind.REVIEW,
    CommandName.REQUEST_PUBLICATION: StepKind.PUBLISH,
    CommandName.REPORT: StepKind.REPORT,
    CommandName.CONFIRM_SIGNIFICANCE: StepKind.CONFIRM,
    CommandName.TELL_AUTHOR: StepKind.TELL_AUTHOR,
}
"""Commands whose button bears the title that the act gives to its step; the others have ours."""


def _title(view: View, name: CommandName, due: Due | None) -> str:
    kind = _TITLED.get(name)
    if due is not None and kind is not None:
        step = view.step_named(due.step)
        if step is not None and name in _TITLED:
            return step.title
    if kind is None:
        return command_title(name)
    steps = view.steps(kind) or view.for_kind(kind)
    fitting = [step for step in steps if _fits(name, step.ends_on, step.starts_on)]
    return fitting[0].title if fitting else command_title(name)


def _fits(name: CommandName, ends_on: tuple[MomentKind, ...], starts_on: tuple[MomentKind, ...]) -> bool:
    """An act may have several steps of a kind: a route and the sending before it; a report at once, a monthly one."""
    if name is CommandName.ROUTE:
        return MomentKind.ROUTED in ends_on
    return not (name is CommandName.REPORT and MomentKind.PERIOD_ENDED in starts_on)
