"""Selection: what a message is, and whether it is answered under this act at all."""

from dataclasses import replace

from otklik.process.commands import (
    CommandName,
    Detect,
    JoinRepeat,
    LeaveOut,
    Select,
    SendElsewhere,
)
from otklik.process.events import Event, EventKind
from otklik.process.refusal import Refusal, RefusalCode, refuse
from otklik.process.rule import Ask, Decision, Rule, happened, in_phases, wrong_stage
from otklik.process.state import Phase
from otklik.process.view import View
from otklik.regulation.model import MomentKind, StepKind
from otklik.regulation.model.policies import ImportanceClass, MessageKind
from otklik.regulation.networks import covers

BEFORE_REPLY = (
    Phase.DETECTED,
    Phase.SELECTED,
    Phase.RECEIVED,
    Phase.RETURNED,
    Phase.WORK,
    Phase.WAITING_AUTHOR,
)
_OTHERWISE = (CommandName.SELECT, CommandName.LEAVE_OUT)
"""What remains for a message out of scope: another kind, or nothing."""


def no_reply_stands(view: View) -> Refusal | None:
    """A message may leave the process only while no reply to it stands before the citizen, or is on its way there."""
    if view.state.phase not in BEFORE_REPLY:
        return wrong_stage(view)
    if view.sent:
        return refuse(RefusalCode.IN_FLIGHT, reply=view.sent[0].slot.reply.value)
    if view.standing:
        reply = view.standing[-1].slot.reply.value
        return refuse(RefusalCode.REPLY_STANDS, then=(CommandName.WITHDRAW,), reply=reply)
    return None


# --- Detection ---


def _detect_possible(view: View) -> Refusal | None:
    return None if view.state.phase is Phase.NONE else refuse(RefusalCode.DETECTED_ALREADY)


def _detect(ask: Ask[Detect]) -> Decision:
    command, view = ask.command, ask.view
    kind = view.message_kind(command.kind or view.policies.message_kinds[0].kind)
    if kind is None:
        return _kind_unknown(view, command.kind)
    if command.found_by != "monitoring" and view.role(command.found_by) is None:
        return refuse(RefusalCode.UNKNOWN_NAME, what="found_by", named=command.found_by, known=view.everyone)
    ordinary = view.policies.importance[0].importance
    events = [
        happened(
            EventKind.DETECTED,
            ask.at,
            {
                "message": command.message,
                "network": command.network,
                "kind": kind.kind,
                "importance": ordinary,
                "found_by": command.found_by,
                "repeat_of": command.repeat_of,
                "tags": dict(command.tags) or None,
            },
        )
    ]
    # A post dated after its detection has a wrong date: the message matters, the date does not.
    if command.posted_at is not None and command.posted_at <= ask.at:
        events.insert(0, happened(EventKind.POSTED, command.posted_at))
    return (*events, *_arrives_with(ask, kind))


def _arrives_with(ask: Ask[Detect], kind: MessageKind) -> tuple[Event, ...]:
    """Moments that the act lets come together with detection (U: receipt)."""
    with_it = ask.view.policies.routing.arrives_with
    events = []
    if MomentKind.SELECTED in with_it:
        ordinary = ask.view.policies.importance[0].importance
        events.append(happened(EventKind.SELECTED, ask.at, {"kind": kind.kind, "importance": ordinary}))
    if MomentKind.RECEIVED in with_it:
        events.append(happened(EventKind.RECEIVED, ask.at))
    return tuple(events)


# --- Selection ---


def _kind_unknown(view: View, named: str | None) -> Refusal:
    return refuse(RefusalCode.KIND_UNKNOWN, named=named, known=tuple(kind.kind for kind in view.policies.message_kinds))


def scope_problem(view: View, kind: MessageKind, *, critical: bool) -> Refusal | None:
    """Whether the act lets such a message in (N 2, K 2: networks; A 1: of a critical nature)."""
    network = view.state.network
    if not covers(kind.networks, network):
        return refuse(
            RefusalCode.NETWORK_OUT_OF_SCOPE,
            kind,
            then=_OTHERWISE,
            network=network,
            networks=kind.networks,
            kind=kind.kind,
        )
    if kind.critical_only and not critical:
        return refuse(RefusalCode.NOT_CRITICAL, kind, then=_OTHERWISE, kind=kind.kind)
    return None


def selected_event(ask: Ask[Select], kind: MessageKind, importance: ImportanceClass) -> Event:
    command = ask.command
    repeat_of = command.repeat_of
    payload = {
        "kind": kind.kind,
        "importance": importance.importance,
        "repeat_of": repeat_of,
        "new_facts": command.new_facts if repeat_of else None,
        "report_about": report_about(ask.view, importance),
        "by": ask.actor.author,
    }
    event = EventKind.SELECTED if kind.has_process else EventKind.MARKED_PUBLICATION
    return happened(event, ask.at, payload, ground=command.ground)


def report_about(view: View, importance: ImportanceClass) -> str | None:
    """What must be reported at once because of this class alone (K 22), without anybody's confirmation."""
    ordinary = view.policies.importance[0].importance
    reports = view.policies.immediate_reports
    wanted = any("high_importance" in report.about and not report.confirmed_by_person for report in reports)
    return "high_importance" if wanted and importance.importance != ordinary else None


def _select(ask: Ask[Select]) -> Decision:
    command, view = ask.command, ask.view
    kind = view.message_kind(command.kind)
    if kind is None:
        return _kind_unknown(view, command.kind)
    if not ask.holds(view.selectors(kind.kind)):
        who = view.selectors(kind.kind)
        return Refusal(RefusalCode.NOT_YOUR_ROLE, {"kind": kind.kind}, who_may=who, next=(CommandName.SELECT,))
    importance = view.importance(command.importance)
    if importance is None:
        return importance_unknown(view, command.importance)
    problem = (
        _receipt_problem(view, kind)
        or scope_problem(view, kind, critical=command.critical)
        or importance_problem(ask, importance)
    )
    return problem or _selected(ask, kind, importance)


def _receipt_problem(view: View, kind: MessageKind) -> Refusal | None:
    """N 10: it is taken up by the executor, to whom the curator sends it first."""
    as_kind = replace(view, state=replace(view.state, facts=replace(view.state.facts, kind=kind.kind)))
    if not (as_kind.selected_on_receipt and as_kind.awaits_receipt):
        return None
    return refuse(RefusalCode.NOT_RECEIVED, as_kind.step(StepKind.SELECT), then=(CommandName.RECEIVE,))


def _selected(ask: Ask[Select], kind: MessageKind, importance: ImportanceClass) -> tuple[Event, ...]:
    """The class that is decided on each incident (N 10) comes as a decision of its own, beside the selection."""
    ordinary = ask.view.policies.importance[0]
    if not importance.per_incident_decision:
        return (selected_event(ask, kind, importance),)
    decision = {"importance": importance.importance, "report_about": report_about(ask.view, importance)}
    shortened = happened(EventKind.SHORTENED, ask.at, decision, ground=ask.command.ground)
    return (selected_event(ask, kind, ordinary), shortened)


def importance_unknown(view: View, named: str | None) -> Refusal:
    known = tuple(item.importance for item in view.policies.importance)
    return refuse(RefusalCode.IMPORTANCE_UNKNOWN, named=named, known=known)


def importance_problem(ask: Ask[Select], importance: ImportanceClass) -> Refusal | None:
    """Whether this actor may give this class when selecting."""
    view = ask.view
    givers = view.named(*importance.given_by)
    if importance.importance != view.state.importance and givers and not ask.holds(givers):
        facts = {"importance": importance.importance}
        next_ = (CommandName.SELECT,)
        return Refusal(RefusalCode.NOT_YOUR_ROLE, facts, importance.clause, importance.quote, givers, next_)
    return None


# --- Leaving the process ---


def _leave_out(ask: Ask[LeaveOut]) -> Decision:
    if not ask.command.reason.strip():
        return refuse(RefusalCode.REASON_REQUIRED, command=CommandName.LEAVE_OUT.value)
    return (happened(EventKind.LEFT_OUT, ask.at, reason=ask.command.reason),)


def _send_elsewhere_possible(view: View) -> Refusal | None:
    if not view.policies.other_procedures:
        # The act's words on 59-ФЗ (N 3, K 3, L 2) are why it sends nothing there.
        return refuse(RefusalCode.PROCEDURE_UNKNOWN, view.policies.legal_status, known=())
    return no_reply_stands(view)


def _send_elsewhere(ask: Ask[SendElsewhere]) -> Decision:
    procedures = {item.procedure: item for item in ask.view.policies.other_procedures}
    if ask.command.procedure not in procedures:
        first = next(iter(procedures.values()))
        return refuse(RefusalCode.PROCEDURE_UNKNOWN, first, named=ask.command.procedure, known=tuple(procedures))
    payload = {"procedure": ask.command.procedure}
    return (happened(EventKind.NOT_THIS_PROCEDURE, ask.at, payload, note=ask.command.note),)


# --- Repeats ---


def _join_possible(view: View) -> Refusal | None:
    if view.state.phase not in {Phase.SELECTED, Phase.RECEIVED, Phase.RETURNED, Phase.WORK}:
        return wrong_stage(view)
    return refuse(RefusalCode.WRONG_STAGE, stage=view.state.stage.value) if view.is_repeat else None


def _join(ask: Ask[JoinRepeat]) -> Decision:
    if not ask.command.repeat_of:
        return refuse(RefusalCode.UNKNOWN_NAME, what="repeat_of", named="", known=())
    payload = {"repeat_of": ask.command.repeat_of, "new_facts": ask.command.new_facts}
    return (happened(EventKind.JOINED, ask.at, payload),)


RULES = (
    Rule(Detect, lambda view: view.everyone, _detect_possible, _detect, by_system=True, by_anybody=True),
    Rule(Select, lambda view: view.selectors(), in_phases(Phase.DETECTED), _select, step=StepKind.SELECT),
    Rule(LeaveOut, lambda view: view.deciders, no_reply_stands, _leave_out, dangerous=True),
    Rule(SendElsewhere, lambda view: view.deciders, _send_elsewhere_possible, _send_elsewhere, dangerous=True),
    Rule(JoinRepeat, lambda view: view.deciders, _join_possible, _join, is_progress=False),
)
