"""Parts of several competent bodies: asked, handed in, returned, withdrawn (U 16, L 14, A 14, K 12)."""

from collections.abc import Iterable, Sequence

from otklik.process.commands import CommandName, PartRequest, RequestParts, ReturnPart, SubmitPart, WithdrawPart
from otklik.process.events import Event, EventKind
from otklik.process.records import Part, PartStatus
from otklik.process.refusal import Refusal, RefusalCode, refuse
from otklik.process.rule import AnyAsk, Ask, Decision, Rule, happened, wrong_stage
from otklik.process.state import Phase
from otklik.process.steps.consolidate import consolidator_problem, is_named
from otklik.process.steps.hand_over import may_be_sent
from otklik.process.steps.return_ import return_problem
from otklik.process.view import View
from otklik.regulation.model import Step, StepKind
from otklik.regulation.model.policies import PartsOrder

# --- Asking ---


def _request_possible(view: View) -> Refusal | None:
    if view.policies.parts is None or not view.has_process:
        return refuse(RefusalCode.PARTS_NOT_PROVIDED, then=(CommandName.ROUTE,))
    return may_be_sent(view)


def _request(ask: Ask[RequestParts]) -> Decision:
    problem = _list_problem(ask) or consolidator_problem(ask.view, ask.command) or _term_problem(ask)
    if problem is not None:
        return problem
    view, state = ask.view, ask.view.state
    first = max((part.number for part in state.parts), default=0) + 1
    parts = tuple(
        Part(number, asked.body, asked.order, working_minutes=asked.working_minutes, due_at=asked.due_at)
        for number, asked in enumerate(ask.command.parts, first)
    )
    questions = {part.number: asked.question for part, asked in zip(parts, ask.command.parts, strict=True)}
    consolidator = ask.command.consolidator or state.consolidator
    planned = happened(
        EventKind.PARTS_PLANNED,
        ask.at,
        {"parts": [_part_data(part) for part in parts], "consolidator": ask.command.consolidator},
    )
    unit = consolidator if is_named(view) else None
    routed = (happened(EventKind.ROUTED, ask.at, {"unit": unit}),) if _sends(view) else ()
    turn = _next_turn((*state.parts, *parts))
    return (planned, *routed, *_asked(ask, turn, questions), *_terms_set(ask, parts))


def _sends(view: View) -> bool:
    """Asking the bodies is sending it to them; so is asking another in place of one that returned its part."""
    returned = any(part.status is PartStatus.RETURNED for part in view.state.parts)
    return view.state.phase is not Phase.WORK or returned


def _list_problem(ask: Ask[RequestParts]) -> Refusal | None:
    parts, policy = ask.command.parts, ask.view.policies.parts
    bodies = [part.body for part in parts]
    if not parts or not all(bodies):
        return refuse(RefusalCode.PARTS_EMPTY, policy)
    open_bodies = {part.body for part in ask.view.state.parts if part.status in {PartStatus.PLANNED, PartStatus.ASKED}}
    twice = sorted({body for body in bodies if bodies.count(body) > 1 or body in open_bodies})
    if twice:
        return refuse(RefusalCode.BODY_ASKED_ALREADY, bodies=twice)
    if policy and policy.order is PartsOrder.PARALLEL and len({part.order for part in parts}) > 1:
        return refuse(RefusalCode.PARTS_ORDER_FIXED, policy)
    return None


def _part_step(view: View) -> Step | None:
    return view.step(StepKind.REQUEST_PART)


def _term_problem(ask: Ask[RequestParts]) -> Refusal | None:
    """A term of its own only where the act says so («либо в иное отведенное Куратором время», L 14; not A 14)."""
    own = [part for part in ask.command.parts if part.working_minutes is not None or part.due_at is not None]
    if not own:
        return None
    step = _part_step(ask.view)
    setters = ask.view.named(step.term.set_by) if step else ()
    if step is None or not setters:
        return refuse(RefusalCode.TERM_FIXED, step or ask.view.policies.parts, step=step.step if step else "part")
    if not ask.holds(setters):
        next_ = (CommandName.REQUEST_PARTS,)
        return Refusal(RefusalCode.NOT_YOUR_ROLE, {"step": step.step}, step.clause, step.quote, setters, next_)
    return _amount_problem(ask, own, step)


def _amount_problem(ask: Ask[RequestParts], own: Sequence[PartRequest], step: Step) -> Refusal | None:
    for part in own:
        if (part.working_minutes is None) == (part.due_at is None) or (part.working_minutes or 1) < 1:
            return refuse(RefusalCode.TERM_AMOUNT, step, body=part.body)
        if part.due_at is not None and part.due_at <= ask.at:
            return refuse(RefusalCode.TERM_IN_PAST, step, due_at=part.due_at.isoformat())
    return None


def _terms_set(ask: Ask[RequestParts], parts: Iterable[Part]) -> tuple[Event, ...]:
    step = _part_step(ask.view)
    return tuple(
        happened(
            EventKind.TERM_SET,
            ask.at,
            {
                "step": step.step if step else "part",
                "by": step.term.set_by if step else "",
                "part": part.number,
                "due_at": part.due_at,
                "working_minutes": part.working_minutes,
            },
        )
        for part in parts
        if part.due_at is not None or part.working_minutes is not None
    )


def _next_turn(parts: Iterable[Part]) -> tuple[Part, ...]:
    """The planned parts whose turn it is: nothing of a lower order is still awaited."""
    known = tuple(parts)
    awaited = [part.order for part in known if part.status in {PartStatus.PLANNED, PartStatus.ASKED}]
    lowest = min(awaited, default=0)
    return tuple(part for part in known if part.status is PartStatus.PLANNED and part.order <= lowest)


def _asked(ask: AnyAsk, turn: Iterable[Part], questions: dict[int, str] | None = None) -> tuple[Event, ...]:
    return tuple(
        happened(
            EventKind.PART_REQUESTED,
            ask.at,
            {"part": part.number, "body": part.body},
            question=(questions or {}).get(part.number, ""),
        )
        for part in turn
    )


def _part_data(part: Part) -> dict[str, object]:
    data: dict[str, object] = {"number": part.number, "body": part.body, "order": part.order}
    if part.working_minutes is not None:
        data["working_minutes"] = part.working_minutes
    if part.due_at is not None:
        data["due_at"] = part.due_at
    return data


# --- Answering ---


def asked_units(view: View) -> frozenset[str]:
    return frozenset(part.body for part in view.state.parts if part.status is PartStatus.ASKED)


def _submit_possible(view: View) -> Refusal | None:
    return None if asked_units(view) and not view.state.is_ended else wrong_stage(view)


def _own_part(ask: AnyAsk, number: int, *statuses: PartStatus) -> Part | Refusal:
    """The part `number` if it is in one of these states and belongs to the actor's unit."""
    part = next((part for part in ask.view.state.parts if part.number == number), None)
    if part is None or part.status not in statuses:
        open_parts = [part.number for part in ask.view.state.parts if part.status in statuses]
        return refuse(RefusalCode.PART_UNKNOWN, ask.view.policies.parts, part=number, open=open_parts)
    foreign = ask.actor.on_behalf_of is None and part.body not in ask.actor.units
    bound = all(ask.view.is_unit_bound(name) for name in ask.view.contributors if ask.holds((name,)))
    if foreign and bound and PartStatus.PLANNED not in statuses:
        return refuse(RefusalCode.NOT_YOUR_UNIT, ask.view.policies.parts, units=(part.body,))
    return part


def _submit(ask: Ask[SubmitPart]) -> Decision:
    part = _own_part(ask, ask.command.part, PartStatus.ASKED)
    if isinstance(part, Refusal):
        return part
    if not ask.command.text.strip():
        return refuse(RefusalCode.TEXT_REQUIRED, ask.view.policies.parts, part=part.number)
    if part.asked_at is not None and ask.at < part.asked_at:
        return refuse(RefusalCode.BEFORE_PREVIOUS, previous_at=part.asked_at.isoformat())
    files = [{"key": file.key, "kind": file.kind} for file in ask.command.attachments]
    payload = {"part": part.number, "body": part.body, "attachments": files or None, "by": ask.actor.author}
    arrived = happened(EventKind.PART_IN, ask.at, payload, text=ask.command.text)
    return (*_turn_after(ask, part), arrived)


def _turn_after(ask: AnyAsk, part: Part) -> tuple[Event, ...]:
    """Whose turn comes once `part` is settled. Asked *before* it is marked in: at no instant are all parts in."""
    others = tuple(other for other in ask.view.state.parts if other.number != part.number)
    return _asked(ask, _next_turn(others))


def _return_possible(view: View) -> Refusal | None:
    return return_problem(view) or _submit_possible(view)


def _return_part(ask: Ask[ReturnPart]) -> Decision:
    part = _own_part(ask, ask.command.part, PartStatus.ASKED)
    if isinstance(part, Refusal):
        return part
    if not ask.command.reason.strip():
        return refuse(RefusalCode.REASON_REQUIRED, command=CommandName.RETURN_PART.value)
    payload = {"part": part.number, "body": part.body}
    return (*_turn_after(ask, part), happened(EventKind.PART_RETURNED, ask.at, payload, reason=ask.command.reason))


def _withdraw_possible(view: View) -> Refusal | None:
    return None if view.state.parts_open and not view.state.is_ended else wrong_stage(view)


def _withdraw(ask: Ask[WithdrawPart]) -> Decision:
    part = _own_part(ask, ask.command.part, PartStatus.ASKED, PartStatus.PLANNED)
    if isinstance(part, Refusal):
        return part
    if not ask.command.reason.strip():
        return refuse(RefusalCode.REASON_REQUIRED, command=CommandName.WITHDRAW_PART.value)
    payload = {"part": part.number, "body": part.body}
    return (*_turn_after(ask, part), happened(EventKind.PART_WITHDRAWN, ask.at, payload, reason=ask.command.reason))


RULES = (
    Rule(RequestParts, lambda view: view.routers, _request_possible, _request, step=None),
    Rule(
        SubmitPart,
        lambda view: view.contributors,
        _submit_possible,
        _submit,
        units=asked_units,
        step=StepKind.REQUEST_PART,
        on_line=False,
    ),
    Rule(ReturnPart, lambda view: view.contributors, _return_possible, _return_part, units=asked_units, on_line=False),
    Rule(WithdrawPart, lambda view: view.routers, _withdraw_possible, _withdraw, on_line=False),
)
