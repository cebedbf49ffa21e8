"""One rule: a command, who may give it, when it is possible at all, and what it makes happen.

The registry of rules is `otklik.process.steps.RULES`; the authority and time checks common to all are in `decide`.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Generic, TypeVar

from otklik.process.actor import Actor
from otklik.process.commands import Command
from otklik.process.deadline import Schedules
from otklik.process.events import PAYLOADS, Event, EventKind
from otklik.process.refusal import Refusal, RefusalCode, refuse
from otklik.process.state import ENDED, Phase, Slot
from otklik.process.view import Names, View
from otklik.regulation.model import StepKind

C = TypeVar("C", bound=Command)

Decision = tuple[Event, ...] | Refusal


@dataclass(frozen=True, slots=True)
class Ask(Generic[C]):
    """A command with everything its decision may rest on. `at`: when the step happened, an aware instant."""

    view: View
    command: C
    actor: Actor
    schedules: Schedules
    at: dt.datetime

    def holds(self, names: Names) -> bool:
        """Whether the actor holds one of these roles of the act."""
        return any(holds(self.view, self.actor, name) for name in names)


AnyAsk = Ask[Any]


@dataclass(frozen=True, slots=True)
class Rule(Generic[C]):
    command: type[C]
    who: Callable[[View], Names]
    """The act's roles that may give it now, the one the act names first."""
    possible: Callable[[View], Refusal | None]
    """Whoever asks: None where it is possible, else what stands in the way."""
    decide: Callable[[Ask[C]], Decision]
    units: Callable[[View], frozenset[str]] | None = None
    """Units whose people it belongs to, for roles that act for a unit; None: any unit."""
    step: StepKind | None = None
    """The kind of step that it serves, whose title its button bears."""
    on_line: bool = True
    """Of the main line: it cannot have happened before the step it follows."""
    by_system: bool = False
    """The program may give it as well."""
    only_system: bool = False
    by_anybody: bool = False
    """By whoever holds any role of ours: an administrator who imports a file has no role of the act."""
    dangerous: bool = False
    """Cannot be taken back: confirmed by saying what will happen."""
    is_progress: bool = True
    """Moves the incident; notes, tags and the like do not."""


def holds(view: View, actor: Actor, name: str) -> bool:
    """Whether the actor holds the act's role `name`, or the step is recorded for whoever holds it."""
    if actor.on_behalf_of is not None:
        return actor.on_behalf_of.role == name
    return holds_oneself(view, actor, name)


def holds_oneself(view: View, actor: Actor, name: str) -> bool:
    role = view.role(name)
    if role is None or role.is_ not in actor.roles:
        return False
    return not actor.act_roles or name in actor.act_roles


def happened(kind: EventKind, at: dt.datetime, payload: Mapping[str, object] | None = None, **texts: str) -> Event:
    """The event of the current version. Keys without a value and empty texts are left out."""
    plain = {key: _plain(value) for key, value in (payload or {}).items() if value is not None}
    return Event(
        kind=kind,
        version=PAYLOADS[kind].version,
        happened_at=at,
        payload=plain,
        texts={name: text for name, text in texts.items() if text},
    )


def slot_data(slot: Slot) -> dict[str, object]:
    return {"message": slot.message, "reply": slot.reply.value, "number": slot.number}


def _plain(value: Any) -> object:
    """JSON: instants and dates in ISO 8601, enumerations by value, sets sorted."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    if isinstance(value, frozenset | set):
        return sorted(_plain(item) for item in value)  # type: ignore[type-var]  # sets here hold strings
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    return value


# --- Conditions shared by the steps ---


def wrong_stage(view: View) -> Refusal:
    """Not at this stage."""
    code = RefusalCode.ENDED if view.state.is_ended else RefusalCode.WRONG_STAGE
    return refuse(code, stage=view.state.stage.value)


def in_phases(*phases: Phase) -> Callable[[View], Refusal | None]:
    """Possible in these phases only."""
    wanted = frozenset(phases)
    return lambda view: None if view.state.phase in wanted else wrong_stage(view)


def not_ended(view: View) -> Refusal | None:
    """Possible until the incident is ended."""
    return wrong_stage(view) if view.state.phase in ENDED else None


def always(_view: View) -> Refusal | None:
    return None


def units_at_work(view: View) -> frozenset[str]:
    """Where the reply is published and kept: the unit that wrote it; where it lies in none, those that took part."""
    return view.holding or view.state.units


def held_units(view: View) -> frozenset[str]:
    """Where the incident lies now."""
    return view.holding
