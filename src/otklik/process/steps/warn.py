"""What the program records about terms: warnings before expiry, verdicts, new dates after a calendar change.

A verdict is never rewritten by the program; a person corrects one, with a ground.
"""

import datetime as dt

from otklik.process.commands import CommandName, CorrectVerdict, Count, RecordVerdict, Redate, Warn
from otklik.process.deadline import DeadlineState
from otklik.process.events import EventKind
from otklik.process.records import Verdict
from otklik.process.refusal import Refusal, RefusalCode, refuse
from otklik.process.rule import Ask, Decision, Rule, happened, wrong_stage
from otklik.process.state import Phase
from otklik.process.view import View

_VERDICTS = frozenset({DeadlineState.MET, DeadlineState.MET_LATE, DeadlineState.LATE, DeadlineState.DROPPED})


def _begun(view: View) -> Refusal | None:
    return wrong_stage(view) if view.state.phase is Phase.NONE else None


def _count(command: Count) -> dict[str, object]:
    return {"step": command.step, "starts_at": command.starts_at, "part": command.part}


def _verdict(view: View, step: str, starts_at: dt.datetime, part: int | None) -> Verdict | None:
    return next(
        (
            verdict
            for verdict in view.state.verdicts
            if verdict.step == step and verdict.starts_at == starts_at and verdict.part == part
        ),
        None,
    )


def _warn(ask: Ask[Warn]) -> Decision:
    """Once for each count: a repeated warning is a repeated job, not a second duty."""
    command = ask.command
    if (command.step, command.starts_at, command.part) in ask.view.state.warned:
        return ()
    return (happened(EventKind.WARNED, ask.at, {**_count(command), "role": command.role}),)


def _record(ask: Ask[RecordVerdict]) -> Decision:
    command = ask.command
    if command.state not in _VERDICTS:
        known = sorted(state.value for state in _VERDICTS)
        return refuse(RefusalCode.UNKNOWN_NAME, what="state", named=command.state, known=known)
    if not command.clause:
        return refuse(RefusalCode.UNKNOWN_NAME, what="clause", named="", known=())
    earlier = _verdict(ask.view, command.step, command.starts_at, command.part)
    if earlier is not None and not _follows(earlier, command):
        return refuse(RefusalCode.VERDICT_STANDS, step=command.step, state=earlier.state)
    payload = {
        **_count(command),
        "state": command.state,
        "due_at": command.due_at,
        "ended_at": command.ended_at,
        "clause": command.clause,
        "calendar_version": command.calendar_version,
        "recommended": True if command.recommended else None,
    }
    return (happened(EventKind.VERDICT, ask.at, payload),)


def _follows(earlier: Verdict, command: RecordVerdict) -> bool:
    """What was late may still be done, late: the breach stands, and when it was made good is added."""
    return earlier.state == DeadlineState.LATE and command.state == DeadlineState.MET_LATE


def _correct_possible(view: View) -> Refusal | None:
    return None if view.state.verdicts else refuse(RefusalCode.VERDICT_UNKNOWN)


def _correct(ask: Ask[CorrectVerdict]) -> Decision:
    command = ask.command
    verdict = _verdict(ask.view, command.step, command.starts_at, command.part)
    if verdict is None:
        return refuse(RefusalCode.VERDICT_UNKNOWN, step=command.step, starts_at=command.starts_at.isoformat())
    if command.state not in _VERDICTS or command.state == verdict.state:
        known = sorted(state.value for state in _VERDICTS if state != verdict.state)
        return refuse(RefusalCode.UNKNOWN_NAME, what="state", named=command.state, known=known)
    if not command.ground.strip():
        return refuse(RefusalCode.REASON_REQUIRED, command=CommandName.CORRECT_VERDICT.value)
    payload = {**_count(command), "state": command.state, "was": verdict.state}
    return (happened(EventKind.VERDICT_CORRECTED, ask.at, payload, ground=command.ground),)


def _redate(ask: Ask[Redate]) -> Decision:
    command = ask.command
    if _verdict(ask.view, command.step, command.starts_at, command.part) is not None:
        return refuse(RefusalCode.VERDICT_STANDS, step=command.step)
    payload = {
        **_count(command),
        "old_due_at": command.old_due_at,
        "new_due_at": command.new_due_at,
        "calendar_version": command.calendar_version,
    }
    return (happened(EventKind.REDATED, ask.at, payload),)


def _nobody(_view: View) -> tuple[str, ...]:
    return ()


RULES = (
    Rule(Warn, _nobody, _begun, _warn, only_system=True, on_line=False, is_progress=False),
    Rule(RecordVerdict, _nobody, _begun, _record, only_system=True, on_line=False, is_progress=False),
    Rule(Redate, _nobody, _begun, _redate, only_system=True, on_line=False, is_progress=False),
    Rule(
        CorrectVerdict,
        lambda view: view.overseers,
        _correct_possible,
        _correct,
        on_line=False,
        dangerous=True,
        is_progress=False,
    ),
)
