"""Terms of one incident: set by a person, or extended, where the act allows it; telling the author of an extension."""

import datetime as dt
from dataclasses import replace

from otklik.process.commands import CommandName, Extend, SetTerm, TellAuthor
from otklik.process.deadline import Deadline
from otklik.process.deadlines import current, deadlines
from otklik.process.events import EventKind
from otklik.process.evolve import evolve
from otklik.process.refusal import Refusal, RefusalCode, refuse
from otklik.process.rule import Ask, Decision, Rule, happened, units_at_work, wrong_stage
from otklik.process.state import ENDED, Phase
from otklik.process.view import Names, View
from otklik.regulation.model import Step, StepKind
from otklik.worktime import add

_OVER = frozenset({*ENDED, Phase.NONE, Phase.ANSWERED})


def _row(ask: Ask[SetTerm] | Ask[Extend], step: str, part: int | None = None) -> Deadline | None:
    rows = current(deadlines(ask.view.state.facts, ask.view.act, ask.schedules, ask.at))
    return next((row for row in rows if row.step == step and (part is None or row.part == part)), None)


def _amount_problem(ask: Ask[SetTerm] | Ask[Extend], source: Step) -> Refusal | None:
    command = ask.command
    if (command.due_at is None) == (command.working_minutes is None) or (command.working_minutes or 1) < 1:
        return refuse(RefusalCode.TERM_AMOUNT, source, step=command.step)
    if command.due_at is None:
        return None
    if command.due_at.tzinfo is None:
        return refuse(RefusalCode.TIME_WITHOUT_ZONE, what="due_at")
    if command.due_at <= ask.at:
        return refuse(RefusalCode.TERM_IN_PAST, source, due_at=command.due_at.isoformat())
    return None


def _passed(ask: Ask[SetTerm] | Ask[Extend], row: Deadline | None, source: Step) -> Refusal | None:
    """A term that has passed is a breach, and is not revived."""
    if row is None or row.due_at is None or ask.at <= row.due_at:
        return None
    return refuse(RefusalCode.TERM_IN_PAST, source, due_at=row.due_at.isoformat())


# --- Set by a person ---


def settable(view: View) -> tuple[Step, ...]:
    """The steps whose term a person sets on this incident, as it stands: of its kind, class and repetition (N 13)."""
    return tuple(step for step in view.act.steps if step.term.set_by and view.step_named(step.step) is step)


def _setters(view: View) -> Names:
    return view.named(*(step.term.set_by for step in settable(view)))


def _set_possible(view: View) -> Refusal | None:
    if view.state.phase in _OVER:
        return wrong_stage(view)
    if settable(view):
        return None
    # The term of the whole is what binds: its words say why nobody sets another.
    return refuse(RefusalCode.TERM_FIXED, view.step(StepKind.REPLY))


def _set(ask: Ask[SetTerm]) -> Decision:
    command, view = ask.command, ask.view
    step = view.step_named(command.step)
    if step is None:
        known = tuple(dict.fromkeys(item.step for item in view.act.steps))
        return refuse(RefusalCode.STEP_UNKNOWN, step=command.step, known=known)
    setters = view.named(step.term.set_by)
    if not setters:
        return refuse(RefusalCode.TERM_FIXED, step, step=step.step)
    if not ask.holds(setters):
        next_ = (CommandName.SET_TERM,)
        return Refusal(RefusalCode.NOT_YOUR_ROLE, {"step": step.step}, step.clause, step.quote, setters, next_)
    problem = _amount_problem(ask, step) or _passed(ask, _row(ask, step.step, command.part), step)
    if problem is not None:
        return problem
    if command.part is not None and command.part not in {part.number for part in view.state.parts}:
        return refuse(RefusalCode.PART_UNKNOWN, step, part=command.part)
    payload = {
        "step": step.step,
        "by": step.term.set_by,
        "due_at": command.due_at,
        "working_minutes": command.working_minutes,
        "part": command.part,
    }
    return (happened(EventKind.TERM_SET, ask.at, payload, ground=command.ground),)


# --- Extended ---


def _extensible(view: View) -> tuple[Step, ...]:
    return tuple(step for step in view.act.steps if step.extension and view.step_named(step.step))


def _extenders(view: View) -> Names:
    return view.named(*(step.extension.by for step in _extensible(view) if step.extension))


def _extend_possible(view: View) -> Refusal | None:
    if view.state.phase in _OVER:
        return wrong_stage(view)
    return None if _extensible(view) else refuse(RefusalCode.EXTENSION_NOT_PROVIDED, view.step(StepKind.REPLY))


def _extend(ask: Ask[Extend]) -> Decision:
    command, view = ask.command, ask.view
    step = view.step_named(command.step)
    if step is None or step.extension is None:
        known = tuple(dict.fromkeys(item.step for item in _extensible(view)))
        return refuse(RefusalCode.EXTENSION_NOT_PROVIDED, step, step=command.step, known=known)
    extension = step.extension
    granted = sum(1 for item in view.state.extensions if item.step == step.step)
    if granted >= extension.times:
        return refuse(RefusalCode.EXTENDED_ALREADY, extension, step=step.step, times=extension.times)
    if not command.ground.strip():
        return refuse(RefusalCode.REASON_REQUIRED, extension, command=CommandName.EXTEND.value)
    row = _row(ask, step.step)
    if row is None or row.due_at is None:
        return refuse(RefusalCode.EXTENSION_NOT_PROVIDED, extension, step=step.step, running=False)
    problem = _amount_problem(ask, step) or _passed(ask, row, step)
    if problem is not None:
        return problem
    event = happened(
        EventKind.EXTENDED,
        ask.at,
        {
            "step": step.step,
            "by": extension.by,
            "due_at": command.due_at,
            "working_minutes": command.working_minutes,
            "announce": extension.announce_to_author,
        },
        ground=command.ground,
    )
    wanted = _wanted(ask, row)
    told = happened(EventKind.AUTHOR_TOLD, ask.at, {"step": step.step})
    after = replace(view, state=evolve(evolve(view.state, event), told))
    furthest = _row(replace(ask, view=after), step.step)
    if furthest is None or furthest.due_at is None or furthest.due_at < wanted:
        latest = furthest.due_at.isoformat() if furthest and furthest.due_at else None
        return refuse(RefusalCode.EXTENSION_TOO_LONG, extension, wanted=wanted.isoformat(), latest=latest)
    return (event,)


def _wanted(ask: Ask[Extend], row: Deadline) -> dt.datetime:
    """Until when the person wants it extended; the caller knows that the term runs."""
    if ask.command.due_at is not None or row.due_at is None:
        return ask.command.due_at or ask.at
    schedule = ask.schedules.of(row.hours, body=row.body)
    return add(schedule, row.due_at, dt.timedelta(minutes=ask.command.working_minutes or 0))


# --- Telling the author ---


def _untold(view: View) -> tuple[str, ...]:
    return tuple(item.step for item in view.state.extensions if item.announce and not item.told)


def _tell_possible(view: View) -> Refusal | None:
    if view.state.is_ended:
        return wrong_stage(view)
    return None if _untold(view) else refuse(RefusalCode.NOTHING_TO_TELL)


def _tell(ask: Ask[TellAuthor]) -> Decision:
    if ask.command.step not in _untold(ask.view):
        return refuse(RefusalCode.NOTHING_TO_TELL, step=ask.command.step, open=_untold(ask.view))
    if not ask.command.text.strip():
        return refuse(RefusalCode.TEXT_REQUIRED)
    payload = {"step": ask.command.step, "url": ask.command.url or None}
    return (happened(EventKind.AUTHOR_TOLD, ask.at, payload, text=ask.command.text),)


def _tellers(view: View) -> Names:
    return view.doers(StepKind.TELL_AUTHOR) or view.publishers


RULES = (
    Rule(SetTerm, _setters, _set_possible, _set, on_line=False, is_progress=False),
    Rule(Extend, _extenders, _extend_possible, _extend, on_line=False, is_progress=False),
    Rule(TellAuthor, _tellers, _tell_possible, _tell, step=StepKind.TELL_AUTHOR, on_line=False, units=units_at_work),
)
