"""Reminding those for whom a step waits: a person's word, not the clock's. It moves nothing and changes no term."""

import datetime as dt
from collections.abc import Iterator

from otklik.process import agenda as _agenda  # the module: it needs the steps before it is whole
from otklik.process.commands import Remind
from otklik.process.events import Event, EventKind
from otklik.process.refusal import Refusal, RefusalCode, refuse
from otklik.process.rule import Ask, Decision, Rule, happened, wrong_stage
from otklik.process.state import Phase
from otklik.process.view import Names, View, unique
from otklik.regulation.model.people import OurRole

NOT_AGAIN_WITHIN = dt.timedelta(hours=1)
"""Time on the wall in which nobody is reminded of the same step again."""


def _managers(view: View) -> Names:
    return unique((*view.curators, *view.ours(OurRole.RESPONSIBLE, OurRole.HEAD)))


def _begun(view: View) -> Refusal | None:
    return wrong_stage(view) if view.state.phase is Phase.NONE else None


def _remind(ask: Ask[Remind]) -> Decision:
    """Of every open step that was asked for and not reminded of within the hour."""
    command = ask.command
    open_now = [due for due in _agenda.agenda(ask.view) if due.roles]
    wanted = [one for one in open_now if command.step is None or (one.step, one.part) == (command.step, command.part)]
    if not wanted:
        return refuse(RefusalCode.NOBODY_TO_REMIND)
    lately = {(step, part): at for step, part, at in ask.view.state.reminded if ask.at - at < NOT_AGAIN_WITHIN}
    events = tuple(_reminders(ask, [due for due in wanted if (due.step, due.part) not in lately]))
    if events:
        return events
    last = max(lately[due.step, due.part] for due in wanted)
    return refuse(RefusalCode.REMINDED_LATELY, minutes=(ask.at - last) // dt.timedelta(minutes=1))


def _reminders(ask: Ask[Remind], wanted: "list[_agenda.Due]") -> Iterator[Event]:
    """One for a step and part, whatever number of things in it wait."""
    held = dict(ask.view.state.assigned)
    for due in {(due.step, due.part): due for due in wanted}.values():
        role = ask.view.role(due.roles[0])
        payload = {
            "step": due.step,
            "part": due.part,
            "role": role.is_.value if role else due.roles[0],
            "unit": due.unit,
            "person": next((held[name] for name in due.roles if name in held), None),
            "by": ask.actor.person,
        }
        yield happened(EventKind.REMINDED, ask.at, payload)


RULES = (Rule(Remind, _managers, _begun, _remind, on_line=False, is_progress=False),)
