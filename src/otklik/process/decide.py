"""`decide(state, command, actor, act, schedules, now) -> events | Refusal`: the one way in which anything happens.

Common to every command, in this order: does the incident exist; is the actor anybody here; is the time possible; is the
step possible at all, whoever asks; may this actor take it. What is left is the business of the step's own module.
A refusal then learns who may do what next.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from otklik.process.actor import Actor
from otklik.process.agenda import agenda
from otklik.process.authority import authority_problem, outsider_problem
from otklik.process.commands import Command, CommandName, Detect
from otklik.process.deadline import Schedules
from otklik.process.events import Event
from otklik.process.refusal import Refusal, RefusalCode, refuse
from otklik.process.rule import Ask, Decision, Rule
from otklik.process.state import Phase, State
from otklik.process.steps import RULES
from otklik.process.view import Names, View
from otklik.regulation.model import Act

_MOST_NEXT = 4


def decide(
    state: State, command: Command, actor: Actor, act: Act, schedules: Schedules, now: dt.datetime
) -> tuple[Event, ...] | Refusal:
    """What happens on `command`, or why it does not. `now`: an aware instant; `schedules`: whose working time counts.

    An empty tuple: it is done already (a warning given, say). The caller appends the events and folds them.
    """
    view, rule = View(state, act), RULES[command.name]
    decided = _decide(view, rule, command, actor, schedules, now)
    return _informed(view, rule, decided) if isinstance(decided, Refusal) else decided


def _decide(
    view: View, rule: Rule[Command], command: Command, actor: Actor, schedules: Schedules, now: dt.datetime
) -> Decision:
    if view.state.phase is Phase.NONE and not isinstance(command, Detect):
        return refuse(RefusalCode.NOT_DETECTED, then=(CommandName.DETECT,))
    problem = outsider_problem(view, rule, actor)
    if problem is not None:
        return problem
    at = _happened_at(view, rule, command, actor, now)
    if isinstance(at, Refusal):
        return at
    problem = rule.possible(view) or authority_problem(view, rule, actor, command)
    if problem is not None:
        return problem
    decided = rule.decide(Ask(view, command, actor, schedules, at))
    return decided if isinstance(decided, Refusal) else _marked(decided, command, actor, now)


# --- Time ---


def _happened_at(
    view: View, rule: Rule[Command], command: Command, actor: Actor, now: dt.datetime
) -> dt.datetime | Refusal:
    """When the step happened: as said, or now; never before what it follows."""
    said, state = command.happened_at, view.state
    previous = state.line_at if rule.on_line else state.detected_at
    if said is None:
        # A clock set back a little must not stop anybody: then it happened together with what it follows.
        return now if previous is None else max(now, previous)
    if said.tzinfo is None:
        return refuse(RefusalCode.TIME_WITHOUT_ZONE, what="happened_at", happened_at=said.isoformat())
    if said > now:
        return refuse(RefusalCode.IN_FUTURE, happened_at=said.isoformat(), now=now.isoformat())
    if said < now and not actor.is_system and not _evidence(command, actor):
        return refuse(RefusalCode.EVIDENCE_FOR_LATE_RECORD, happened_at=said.isoformat())
    if state.detected_at is not None and said < state.detected_at:
        detected = state.detected_at.isoformat()
        return refuse(RefusalCode.BEFORE_DETECTION, happened_at=said.isoformat(), detected_at=detected)
    if previous is not None and said < previous:
        return refuse(RefusalCode.BEFORE_PREVIOUS, happened_at=said.isoformat(), previous_at=previous.isoformat())
    return said


def _evidence(command: Command, actor: Actor) -> str:
    behalf = actor.on_behalf_of
    return command.evidence.strip() or (behalf.evidence.strip() if behalf else "")


def _marked(events: tuple[Event, ...], command: Command, actor: Actor, now: dt.datetime) -> tuple[Event, ...]:
    """Events say that they were recorded for somebody, or later than they happened, and on what evidence."""
    marks: dict[str, object] = {}
    if actor.on_behalf_of is not None:
        marks["recorded_for"] = actor.on_behalf_of.role
    if command.happened_at is not None and command.happened_at < now and not actor.is_system:
        marks["recorded_later"] = True
    evidence = _evidence(command, actor)
    if not marks and not evidence:
        return events
    marked = [replace(event, payload={**event.payload, **marks}) for event in events]
    if evidence and marked:
        marked[0] = replace(marked[0], texts={**marked[0].texts, "evidence": evidence})
    return tuple(marked)


# --- What a refusal says besides ---


def _informed(view: View, rule: Rule[Command], refusal: Refusal) -> Refusal:
    """Who may do what next: the step asked for where only the role was wrong, else the first step that is possible."""
    next_ = refusal.next or _next(view, rule, refusal)
    who = refusal.who_may or _who(view, next_[0] if next_ else rule.command.name)
    return replace(refusal, next=next_, who_may=who)


_WHO_CODES = frozenset(
    {RefusalCode.NOT_YOUR_ROLE, RefusalCode.NOT_YOUR_UNIT, RefusalCode.RANK_TOO_LOW, RefusalCode.SELF_REVIEW}
)


def _next(view: View, rule: Rule[Command], refusal: Refusal) -> tuple[CommandName, ...]:
    if refusal.code in _WHO_CODES:
        return (rule.command.name,)
    asked_again = [rule.command.name] if rule.possible(view) is None else []
    near = _possible(view, (*asked_again, *(item.command for item in agenda(view))))
    return near or _possible(view, (name for name, other in RULES.items() if other.is_progress))


def _possible(view: View, names: Iterable[CommandName]) -> tuple[CommandName, ...]:
    possible = [name for name in names if RULES[name].possible(view) is None and not RULES[name].only_system]
    return tuple(dict.fromkeys(possible))[:_MOST_NEXT]


def _who(view: View, command: CommandName) -> Names:
    dues = [due for due in agenda(view) if due.command is command]
    return dues[0].roles if dues else RULES[command].who(view)
