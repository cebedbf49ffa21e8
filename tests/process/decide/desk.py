"""One incident on a desk: an act, a cast of actors, a clock. Success and refusal share this set-up.

`Desk.do` performs a command and fails the test if it is refused; `Desk.refused` the other way about. Time is written
out: the desk opens on Friday 27.11.2026 at 10:00 UTC, and every step takes a minute.
"""

import datetime as dt
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from otklik.process.actor import SYSTEM, Actor, OnBehalf
from otklik.process.commands import (
    Approve,
    Command,
    ConfirmPublished,
    Detect,
    Promised,
    Receive,
    RequestPublication,
    Route,
    SaveDraft,
    Select,
    SubmitDraft,
)
from otklik.process.decide import decide
from otklik.process.events import Event, EventKind
from otklik.process.evolve import evolve, fold
from otklik.process.refusal import Refusal, RefusalCode
from otklik.process.schedules import ScheduleSet
from otklik.process.state import Attachment, ReplyKind, Stage, State
from otklik.process.view import View
from otklik.regulation.model import Act
from otklik.regulation.model.people import OurRole, Rank
from otklik.regulation.parse import load_act
from otklik.worktime import Schedule
from tests.process.decide.invented import invented_act
from tests.process.decide.shape import check_shape

N, K, U = "novoalekseevskaya-2020-129", "kalininsky", "ukhta-2021-960"
L, A = "lesozavodsk-2022-215", "altai-2020-132"
FIVE = (N, K, U, L, A)
INVENTED = "invented"
OPENING = dt.datetime(2026, 11, 27, 10, 0, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)
PHOTO = Attachment("sha256:photo", "photo")


@cache
def act_named(name: str) -> Act:
    return invented_act() if name == INVENTED else load_act(name).act


@cache
def schedules_of(act_name: str) -> ScheduleSet:
    return ScheduleSet(Schedule.from_document(act_named(act_name).place.schedule))


def actor(person: str, *roles: OurRole, units: tuple[str, ...] = (), **more: Any) -> Actor:
    return Actor(person, frozenset(roles), units=frozenset(units), rank=more.pop("rank", Rank.EMPLOYEE), **more)


CURATOR = actor("curator-1", OurRole.CURATOR)
EXECUTOR = actor("executor-1", OurRole.EXECUTOR, units=("roads",))
OTHER_EXECUTOR = actor("executor-2", OurRole.EXECUTOR, units=("parks",))
SPECIALIST = actor("specialist-1", OurRole.SPECIALIST, units=("roads",))
RESPONSIBLE = actor("deputy-1", OurRole.RESPONSIBLE, rank=Rank.DEPUTY_HEAD)
HEAD = actor("head-1", OurRole.HEAD, rank=Rank.HEAD)
OUTSIDER = actor("outsider-1")
FOREIGN = actor("foreign-1", OurRole.EXECUTOR, units=("another-town",))
ONE_HAND = actor("chief-1", OurRole.CURATOR, OurRole.EXECUTOR, units=("roads",))
CAST = (CURATOR, EXECUTOR, OTHER_EXECUTOR, SPECIALIST, RESPONSIBLE, HEAD)


def for_(recorder: Actor, role: str, evidence: str = "letter 12") -> Actor:
    """`recorder` writes a step down for the holder of `role`, who has no account."""
    return replace(recorder, on_behalf_of=OnBehalf(role, f"outside:{role}", evidence))


@dataclass
class Desk:
    act: Act
    schedules: ScheduleSet
    now: dt.datetime = OPENING
    state: State = field(default_factory=State)
    events: list[Event] = field(default_factory=list)

    def ask(self, command: Command, who: Actor) -> tuple[Event, ...] | Refusal:
        return decide(self.state, command, who, self.act, self.schedules, self.now)

    def do(self, command: Command, who: Actor) -> tuple[Event, ...]:
        """Perform it, a minute after the last step."""
        self.now += MINUTE
        decided = self.ask(command, who)
        assert not isinstance(decided, Refusal), f"{command} was refused: {decided}"
        for event in decided:
            check_shape(event)
            self.state = evolve(self.state, event)
        self.events += decided
        assert fold(self.events) == self.state
        return decided

    def refused(self, command: Command, who: Actor, code: RefusalCode, clause: str | None = None) -> Refusal:
        """Ask for it in vain; nothing changes."""
        decided = self.ask(command, who)
        assert isinstance(decided, Refusal), f"{command} was not refused"
        assert decided.code is code, f"{decided.code} instead of {code}: {decided}"
        assert decided.clause == clause, f"clause {decided.clause} instead of {clause}"
        assert decided.who_may or decided.next or decided.clause
        return decided

    @property
    def stage(self) -> Stage:
        return self.state.stage

    def stands_at(self, stage: Stage) -> None:
        assert self.stage is stage, f"{self.stage} instead of {stage}"

    @property
    def view(self) -> View:
        return View(self.state, self.act)

    def kinds(self) -> list[EventKind]:
        return [event.kind for event in self.events]

    # --- Getting somewhere ---

    @property
    def reviewer(self) -> Actor:
        return CURATOR

    @property
    def publisher(self) -> Actor:
        return CURATOR if "curator" in self.view.publishers else EXECUTOR

    @property
    def router(self) -> Actor:
        return CURATOR if "curator" in self.view.routers else EXECUTOR

    def detected(self, **fields: Any) -> "Desk":
        self.do(Detect(**{"message": "vk:1", "network": "vk", **fields}), SYSTEM)
        return self

    def selected(self, detect: dict[str, Any] | None = None, **fields: Any) -> "Desk":
        """Selected by whoever the act says; received first where the act has it so."""
        self.detected(**(detect or {}))
        if self.view.selected_on_receipt and self.view.awaits_receipt:
            self.do(Receive(), EXECUTOR)
        selector = CURATOR if "curator" in self.view.selectors(fields.get("kind") or self.state.kind) else EXECUTOR
        critical = any(kind.critical_only for kind in self.act.policies.message_kinds)
        self.do(Select(**{"critical": critical, **fields}), selector)
        return self

    def routed(self, unit: str = "roads", **fields: Any) -> "Desk":
        self.selected(**fields)
        self.do(Route(unit), self.router)
        return self

    def drafted(self, who: Actor = EXECUTOR, kind: ReplyKind = ReplyKind.FINAL, **fields: Any) -> int:
        """Save a version; its number."""
        document = self.view.document(kind)
        base = document.version if document else 0
        self.do(SaveDraft(**{"text": "Здравствуйте!", "kind": kind, "base_version": base, **fields}), who)
        return base + 1

    def submitted(self, who: Actor = EXECUTOR, kind: ReplyKind = ReplyKind.FINAL, **fields: Any) -> int:
        version = self.drafted(who, kind, **fields)
        self.do(SubmitDraft(version, kind), EXECUTOR if who is SPECIALIST else who)
        return version

    def approved(self, who: Actor = EXECUTOR, kind: ReplyKind = ReplyKind.FINAL, **fields: Any) -> int:
        version = self.submitted(who, kind, **fields)
        self.do(Approve(version), self.reviewer)
        return version

    def published(self, who: Actor = EXECUTOR, kind: ReplyKind = ReplyKind.FINAL, **fields: Any) -> "Desk":
        self.approved(who, kind, **fields)
        self.do(RequestPublication(kind), self.publisher)
        self.do(ConfirmPublished(kind, url="https://vk.com/1?reply=2"), SYSTEM)
        return self


def desk(name: str) -> Desk:
    return Desk(act_named(name), schedules_of(name))


def promise(day: str, what: str = "заделать яму") -> Promised:
    return Promised(dt.date.fromisoformat(day), what)
