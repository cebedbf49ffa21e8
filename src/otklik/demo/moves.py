"""A scenario as moves: which commands lead to its state, and how much working time each takes. Pure but for `Hand`.

A move is made when its turn comes, for what it says may depend on the day (dates in texts) or on what went before.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from otklik.demo.content import Evidence, Message, Reply, Scenario, State, spoken
from otklik.process import commands as c
from otklik.process.commands import Command, CommandName
from otklik.process.state import Attachment, ReplyKind
from otklik.regulation.model import Act, MomentKind, StepKind

WORKING_DAY = 480
"""Working minutes of an ordinary day."""
C = CommandName


class Hand(Protocol):
    """What a move may ask of the player."""

    @property
    def today(self) -> dt.date: ...
    def attach(self, files: Sequence[Evidence]) -> tuple[Attachment, ...]: ...
    def earlier(self, key: str) -> str: ...
    def earlier_url(self, key: str) -> str: ...
    def published_url(self) -> str: ...
    def answered(self, text: str) -> str: ...
    def version(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Move:
    """One command, after so many working minutes. `optional`: left out where the act has no such step here."""

    name: CommandName
    minutes: int
    make: Callable[[Hand], Command]
    unit: str = ""
    """Whose people make it, where the incident does not say."""
    optional: bool = False


def moves(message: Message, act: Act) -> list[Move]:
    """Everything that leads from detection to the state of the message."""
    return list(_moves(message, message.scenario, act))


def _moves(message: Message, told: Scenario, act: Act) -> Iterator[Move]:
    match told.state:
        case State.DETECTED:
            return
        case State.EXCLUDED | State.PROCESSED_WITHOUT_REPLY:
            yield Move(C.EXCLUDE, 6, lambda _: c.Exclude(ground=told.ground, note=told.note))
            if told.block:
                yield Move(C.BLOCK_AUTHOR, 5, lambda _: c.BlockAuthor(reason=told.block))
            if told.done:
                yield Move(C.PROCESS_EXCLUDED, 90, lambda _: c.ProcessExcluded(done=told.done))
        case State.ELSEWHERE:
            yield Move(C.SEND_ELSEWHERE, 8, lambda _: c.SendElsewhere(procedure=told.procedure, note=told.note))
        case State.NOT_NEEDED:
            yield Move(C.LEAVE_OUT, 7, lambda _: c.LeaveOut(reason=told.reason))
        case State.MARKED_PUBLICATION:
            yield _select(told, act)
            if told.draft is not None:
                yield from _route(message.unit, optional=True)
                yield from _answer(told.draft, ReplyKind.FINAL)
        case _:
            yield from _in_process(message, told, act)


def _in_process(message: Message, told: Scenario, act: Act) -> Iterator[Move]:
    if _is_handed_over(act):
        yield Move(C.RECEIVE, 12, lambda _: c.Receive())
    if told.state is State.RETURNED and not told.first_unit:
        yield Move(C.RETURN, 11, lambda _: c.Return(reason=told.reason))
        return
    yield _select(told, act)
    yield from _confirmed(told, act)
    if told.state is State.SELECTED:
        return
    if told.state is State.REPEAT_LINK and told.draft is not None:
        text = told.draft.text
        yield Move(C.LINK_REPEAT, 15, lambda hand: c.LinkRepeat(text=text, url=hand.earlier_url(told.of)))
        yield _publish(ReplyKind.FINAL)
        return
    if told.parts:
        yield from _parts(told)
        return
    if told.first_unit:
        yield from _route(told.first_unit)
        yield Move(C.RETURN, 14, lambda _: c.Return(reason=told.reason), unit=told.first_unit)
        if told.state is State.RETURNED:
            return
    yield from _route(message.unit)
    yield from _reply(message, told)


def _is_handed_over(act: Act) -> bool:
    """N 8: an outside curator hands the incident over, and its receipt is a step of its own."""
    if MomentKind.RECEIVED in act.policies.routing.arrives_with:
        return False
    return any(step.kind is StepKind.HAND_OVER and MomentKind.RECEIVED in step.ends_on for step in act.steps)


def _select(told: Scenario, act: Act) -> Move:
    high = next((one for one in act.policies.importance[1:] if one.shortened), None) or (
        act.policies.importance[1] if len(act.policies.importance) > 1 else None
    )
    by_tag = bool(told.high) and high is not None and not high.per_incident_decision
    kind = told.kind or ("publication" if told.state is State.MARKED_PUBLICATION else None)

    def make(hand: Hand) -> Command:
        return c.Select(
            kind=kind,
            importance=high.importance if by_tag and high else None,
            critical=True,
            repeat_of=hand.earlier(told.of) if told.of else None,
            new_facts=bool(told.new_facts),
            ground=told.high if by_tag else told.new_facts,
        )

    return Move(C.SELECT, 6, make)


def _confirmed(told: Scenario, act: Act) -> Iterator[Move]:
    if told.high and any(one.per_incident_decision for one in act.policies.importance):
        yield Move(C.SHORTEN, 1, lambda _: c.Shorten(ground=told.high))
    if told.significance:
        yield Move(C.CONFIRM_SIGNIFICANCE, 2, lambda _: c.ConfirmSignificance(ground=told.significance))
    if told.surge:
        yield Move(C.CONFIRM_SURGE, 2, lambda _: c.ConfirmSurge(ground=told.surge))
    if told.report:
        yield Move(C.REPORT, 9, lambda _: c.Report(report=told.report))


def _route(unit: str, *, optional: bool = False) -> Iterator[Move]:
    yield Move(C.ROUTE, 9, lambda _: c.Route(unit=unit), optional=optional)


def _parts(told: Scenario) -> Iterator[Move]:
    asked = tuple(c.PartRequest(body=part.body, order=part.order, question=part.question) for part in told.parts)
    consolidator = told.consolidator or None
    yield Move(C.REQUEST_PARTS, 10, lambda _: c.RequestParts(parts=asked, consolidator=consolidator))
    for number, part in enumerate(told.parts, start=1):
        if part.text:
            yield _part_in(number, part.text, part.body)


def _part_in(number: int, text: str, body: str) -> Move:
    return Move(C.SUBMIT_PART, 50, lambda _: c.SubmitPart(part=number, text=text), unit=body)


def _reply(message: Message, told: Scenario) -> Iterator[Move]:
    state = told.state
    if state is State.ROUTED:
        return
    for kind, reply in ((ReplyKind.INTERIM, told.interim), (ReplyKind.CLARIFICATION, told.clarification)):
        if reply is not None:
            yield from _answer(reply, kind)
    if state is State.AUTHOR_ANSWERED:
        yield Move(C.AUTHOR_ANSWERED, 120, lambda hand: c.AuthorAnswered(message=hand.answered(told.answer)))
    if state is State.AUTHOR_SILENT:
        yield Move(C.AUTHOR_SILENT, 3 * WORKING_DAY, lambda _: c.AuthorSilent(note="Автор не ответил за три дня"))
        yield Move(C.CLOSE, 5, lambda _: c.Close(outcome="author_silent"), optional=True)
    if told.draft is None:
        return
    waited = 2 * WORKING_DAY if told.interim else 0
    if told.rejected is not None:
        yield from _submitted(told.rejected, ReplyKind.FINAL)
        yield _send_back(told)
    yield from _final(told, told.draft, waited)
    yield from _after(message, told)


def _final(told: Scenario, draft: Reply, waited: int) -> Iterator[Move]:
    match told.state:
        case State.DRAFTING:
            yield _save(draft, ReplyKind.FINAL, 40)
        case State.IN_REVIEW | State.REWORKED:
            yield from _submitted(draft, ReplyKind.FINAL)
        case State.SENT_BACK:
            yield from _submitted(draft, ReplyKind.FINAL)
            yield _send_back(told)
        case State.APPROVED:
            yield from _approved(draft, ReplyKind.FINAL)
        case State.PUBLISHING_FAILED:
            yield from _approved(draft, ReplyKind.FINAL)
            yield Move(C.REQUEST_PUBLICATION, 5, lambda _: c.RequestPublication())
            failed = c.PublicationFailed(problem=told.problem, permanent=True)
            yield Move(C.PUBLICATION_FAILED, 3, lambda _: failed)
        case State.PUBLISHED_LATE:
            yield from _answer(draft, ReplyKind.FINAL, waited=WORKING_DAY + 200)
        case _:
            yield from _answer(draft, ReplyKind.FINAL, waited=waited)


def _after(message: Message, told: Scenario) -> Iterator[Move]:
    if told.state is State.CLOSED:
        yield Move(C.CLOSE, 30, lambda _: c.Close(outcome=told.outcome))
    if told.state is State.REOPENED:
        yield Move(C.REOPEN, WORKING_DAY, lambda _: c.Reopen(ground=told.reason, new_reply=True))
    if told.state is State.WITHDRAWN:
        yield Move(C.WITHDRAW, 60, lambda _: c.Withdraw(reason=told.reason), unit=message.unit)
        yield _submit(ReplyKind.WITHDRAWAL, optional=True)
        yield Move(C.APPROVE, 12, lambda hand: c.Approve(version=hand.version()), optional=True)
        yield _publish(ReplyKind.WITHDRAWAL)
    if told.correction is not None:
        yield Move(C.CORRECT, 60, lambda _: c.Correct(reason=told.reason), unit=message.unit)
        yield from _answer(told.correction, ReplyKind.CORRECTION)


def _answer(reply: Reply, kind: ReplyKind, *, waited: int = 0) -> Iterator[Move]:
    yield from _approved(reply, kind, waited=waited)
    yield _publish(kind)


def _approved(reply: Reply, kind: ReplyKind, *, waited: int = 0) -> Iterator[Move]:
    yield from _submitted(reply, kind, waited=waited)
    yield Move(C.APPROVE, 13, lambda hand: c.Approve(version=hand.version()), optional=True)


def _submitted(reply: Reply, kind: ReplyKind, *, waited: int = 0) -> Iterator[Move]:
    yield _save(reply, kind, 45 + waited)
    yield _submit(kind, optional=True)


def _submit(kind: ReplyKind, *, optional: bool) -> Move:
    return Move(C.SUBMIT_DRAFT, 6, lambda hand: c.SubmitDraft(version=hand.version(), kind=kind), optional=optional)


def _save(reply: Reply, kind: ReplyKind, minutes: int) -> Move:
    def make(hand: Hand) -> Command:
        return c.SaveDraft(
            text=spoken(reply.text, hand.today),
            kind=kind,
            base_version=hand.version(),
            states=frozenset(reply.states),
            attachments=hand.attach(reply.files),
            impossibility=reply.impossibility,
            promises=tuple(
                c.Promised(due_on=hand.today + dt.timedelta(days=one.in_days), what=one.what) for one in reply.promises
            ),
        )

    return Move(C.SAVE_DRAFT, minutes, make)


def _send_back(told: Scenario) -> Move:
    return Move(
        C.SEND_BACK,
        14,
        lambda hand: c.SendBack(version=hand.version(), grounds=told.grounds, reason=told.reason),
    )


def _publish(kind: ReplyKind) -> Move:
    return Move(C.CONFIRM_PUBLISHED, 9, lambda hand: c.ConfirmPublished(kind=kind, url=hand.published_url()))
