"""What an act makes of a state: which steps apply, who may do them, which document is meant. Asked by every decision.

No answer here depends on which organisation asks: everything comes from the act's steps, people and policies.
Roles are returned as the act's own role names, in the order of the act.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from otklik.process.records import PartStatus
from otklik.process.state import Document, DocumentStatus, Phase, ReplyKind, Slot, State
from otklik.regulation.model import Act, MomentKind, Step, StepKind
from otklik.regulation.model.people import OurRole, Role
from otklik.regulation.model.policies import ConsolidatedBy, ExclusionGround, ImportanceClass, MessageKind, Policies
from otklik.regulation.model.steps import Repeat

Names = tuple[str, ...]
"""Role names of the act."""

_WANTED = frozenset({PartStatus.PLANNED, PartStatus.ASKED, PartStatus.IN})
_SENT = frozenset({DocumentStatus.PUBLISHING, DocumentStatus.UNKNOWN})
_WITH_AUTHORS = frozenset({DocumentStatus.DRAFT, DocumentStatus.SENT_BACK})
_CHANGES = frozenset({ReplyKind.CORRECTION, ReplyKind.WITHDRAWAL})
_REPLIES_TO_READ = frozenset({ReplyKind.FINAL, ReplyKind.INTERIM, ReplyKind.CLARIFICATION})


def unique(names: Iterable[str]) -> Names:
    return tuple(dict.fromkeys(names))


@dataclass(frozen=True, eq=False)
class View:
    """One incident under its act. Without slots, so that what is asked again and again is worked out once."""

    state: State
    act: Act

    @cached_property
    def policies(self) -> Policies:
        return self.act.policies

    # --- What applies ---

    def message_kind(self, name: str | None = None) -> MessageKind | None:
        """The kind of message called `name`, or that of the incident."""
        wanted = self.state.kind if name is None else name
        return next((kind for kind in self.policies.message_kinds if kind.kind == wanted), None)

    def importance(self, name: str | None = None) -> ImportanceClass | None:
        wanted = self.state.importance if name is None else name
        return next((item for item in self.policies.importance if item.importance == wanted), None)

    def exclusion(self, name: str) -> ExclusionGround | None:
        return next((item for item in self.policies.exclusions if item.ground == name), None)

    @cached_property
    def has_process(self) -> bool:
        kind = self.message_kind()
        return kind is None or kind.has_process

    def for_kind(self, kind: StepKind) -> tuple[Step, ...]:
        """The act's steps of one kind that bind this kind of message, whatever its importance."""
        return tuple(step for step in self.act.steps if step.kind is kind and self._binds(step))

    def steps(self, kind: StepKind) -> tuple[Step, ...]:
        """The act's steps of one kind that apply now: to the kind of message, its importance, its being a repeat."""
        return tuple(step for step in self.for_kind(kind) if self._applies(step))

    def step(self, kind: StepKind) -> Step | None:
        found = self.steps(kind) or self.for_kind(kind)
        return found[0] if found else None

    def step_named(self, name: str) -> Step | None:
        """The step called `name` that applies now, or else any of that name (a step may have a row for each class)."""
        named = [step for step in self.act.steps if step.step == name and self._binds(step)]
        return next((step for step in named if self._applies(step)), named[0] if named else None)

    def _binds(self, step: Step) -> bool:
        kinds = step.applies_to.kinds
        return self.state.kind in kinds if kinds else self.has_process

    def _applies(self, step: Step) -> bool:
        wanted = step.applies_to
        right_class = not wanted.importance or self.state.importance in wanted.importance
        return right_class and (wanted.repeat is Repeat.ANY or (wanted.repeat is Repeat.REPEATED) == self.is_repeat)

    @cached_property
    def is_repeat(self) -> bool:
        return self.state.repeat_of is not None

    @cached_property
    def routing_needed(self) -> bool:
        """Whether the act has this kind of message sent to somebody before it is answered."""
        return bool(self.for_kind(StepKind.HAND_OVER))

    @cached_property
    def receipt_needed(self) -> bool:
        """Whether it first comes from the curator to the one who routes it (N 8, 10)."""
        if MomentKind.RECEIVED in self.policies.routing.arrives_with:
            return False
        return any(MomentKind.RECEIVED in step.starts_on for step in self.for_kind(StepKind.HAND_OVER))

    @cached_property
    def awaits_receipt(self) -> bool:
        return self.receipt_needed and self.state.received_at is None

    @cached_property
    def selected_on_receipt(self) -> bool:
        """Whether the act has it selected by the one who receives it (N 10)."""
        return self.receipt_needed and any(
            MomentKind.RECEIVED in step.starts_on for step in self.for_kind(StepKind.SELECT)
        )

    def review_needed(self, reply: ReplyKind) -> bool:
        """A first response states nothing and is not reviewed; nor is a kind of message that no review step binds."""
        if reply is ReplyKind.FIRST_RESPONSE or not self.has_process:
            return False
        has_step = any(step.kind is StepKind.REVIEW for step in self.act.steps)
        return not has_step or bool(self.for_kind(StepKind.REVIEW))

    # --- Who ---

    def role(self, name: str) -> Role | None:
        return self._roles.get(name)

    @cached_property
    def _roles(self) -> dict[str, Role]:
        return {role.role: role for role in self.act.people.roles}

    def serves(self, role: Role, kind: str | None = None) -> bool:
        """Whether this holder serves that kind of message (K: two departments curate, each its kind)."""
        wanted = kind or self.state.kind
        return not role.for_kinds or not wanted or wanted in role.for_kinds

    def ours(self, *roles: OurRole, kind: str | None = None) -> Names:
        """The act's roles that are one of ours and serve the kind of message."""
        return unique(role.role for role in self.act.people.roles if role.is_ in roles and self.serves(role, kind))

    def named(self, *names: str | None, kind: str | None = None) -> Names:
        """These roles; where one does not serve the kind of message, its fellows that do."""
        found: list[str] = []
        for name in filter(None, names):
            role = self.role(name)
            if role is None:
                continue
            found += [role.role] if self.serves(role, kind) else self.ours(role.is_, kind=kind)
        return unique(found)

    def doers(self, kind: StepKind) -> Names:
        """Who does the act's steps of this kind."""
        return self.named(*(step.role for step in self.steps(kind) or self.for_kind(kind)))

    @cached_property
    def curators(self) -> Names:
        return self.ours(OurRole.CURATOR) or self.ours(OurRole.OPERATOR) or self.ours(OurRole.EXECUTOR)

    def selectors(self, kind: str | None = None) -> Names:
        """Who selects messages, of one kind or (None) of any that the act knows."""
        kinds = [kind] if kind else [item.kind for item in self.policies.message_kinds]
        return unique(name for item in kinds for name in self._selectors_of(item)) or self.curators

    def _selectors_of(self, kind: str) -> Names:
        item = self.message_kind(kind)
        steps = [step for step in self.act.steps if step.kind is StepKind.SELECT]
        roles = [step.role for step in steps if not step.applies_to.kinds or kind in step.applies_to.kinds]
        by_step = self.named(*roles, kind=kind)
        ours = self.ours(OurRole.CURATOR, kind=kind) or self.ours(OurRole.OPERATOR, kind=kind)
        return unique((*(by_step or ours), *self.named(item.found_by if item else None, kind=kind)))

    @cached_property
    def routers(self) -> Names:
        """Who sends it to the competent body, asks for parts and names who consolidates."""
        ending = [step.role for step in self.for_kind(StepKind.HAND_OVER) if MomentKind.ROUTED in step.ends_on]
        return self.named(*ending) or self.curators

    @cached_property
    def receivers(self) -> Names:
        """Who records that it came to the one who routes it: that one, and whoever sends it there (N 8)."""
        sending = [step.role for step in self.for_kind(StepKind.HAND_OVER) if MomentKind.RECEIVED in step.ends_on]
        return unique((*self.routers, *self.named(*sending)))

    @cached_property
    def deciders(self) -> Names:
        """Who decides what a message is: those who select it, those who route it, the curator."""
        kind = None if self.state.phase is Phase.DETECTED else self.state.kind
        return unique((*self.selectors(kind), *self.routers, *self.curators))

    @cached_property
    def parts_asked(self) -> bool:
        """Whether the reply is a common one."""
        return any(part.status in _WANTED for part in self.state.parts)

    @cached_property
    def consolidators(self) -> Names:
        """Who writes the common reply, by the act (16, 14, 14, 12)."""
        parts = self.policies.parts
        if parts is None:
            return ()
        by = {ConsolidatedBy.CURATOR: OurRole.CURATOR, ConsolidatedBy.OPERATOR: OurRole.OPERATOR}
        ours = by.get(parts.consolidated_by)
        if ours is not None:
            return self.doers(StepKind.CONSOLIDATE) or self.ours(ours) or self.routers
        # «Ответственный исполнитель» is one of the executors, named for this incident: no office of its own.
        return unique((*self.doers(StepKind.CONSOLIDATE), *self.ours(OurRole.EXECUTOR)))

    @cached_property
    def submitters(self) -> Names:
        """Who sends the draft on: the drafter of the act, the consolidator of a common reply."""
        if self.parts_asked:
            return self.consolidators
        own = self.doers(StepKind.DRAFT) or self.doers(StepKind.REWORK) or self.ours(OurRole.EXECUTOR)
        own = self.with_one_hand(own or self.ours(OurRole.OPERATOR))
        return unique((*own, *self.routers)) if self.lies_nowhere else own

    @cached_property
    def drafters(self) -> Names:
        """Who writes: those who send the draft on, and the specialists it was sent to (N 10)."""
        if self.parts_asked:
            return self.consolidators
        return unique((*self.submitters, *self.ours(OurRole.SPECIALIST)))

    @cached_property
    def lies_nowhere(self) -> bool:
        """Never sent to a unit, though the act sends it: answered by a link, or all its parts fell away."""
        return self.routing_needed and self.state.unit is None and not self.parts_asked

    @cached_property
    def contributors(self) -> Names:
        """Who hands in a part asked for."""
        return unique((*self.doers(StepKind.REQUEST_PART), *self.ours(OurRole.EXECUTOR, OurRole.SPECIALIST)))

    @cached_property
    def first_responders(self) -> Names:
        """Who writes the first response, for acts that ask for one; it says only that the message came."""
        steps = [step.role for step in self.act.steps if MomentKind.FIRST_RESPONSE in step.ends_on]
        return unique((*self.named(*steps), *self.publishers))

    @cached_property
    def reviewers(self) -> Names:
        return self.named(self.policies.review.by) or self.doers(StepKind.REVIEW)

    @cached_property
    def visa_givers(self) -> Names:
        return self.named(self.policies.review.visa_by) or self.doers(StepKind.VISA)

    @cached_property
    def visa_needed(self) -> bool:
        """A visa is given inside a body: a common reply written by curator or operator lies in none."""
        givers = self.visa_givers
        return bool(givers) and (bool(self.holding) or any(not self.is_unit_bound(name) for name in givers))

    @cached_property
    def holding(self) -> frozenset[str]:
        """The unit that writes: the one named to consolidate, or the one it was sent to."""
        if self.parts_asked:
            return frozenset({self.state.consolidator} if self.state.consolidator else ())
        return frozenset({self.state.unit} if self.state.unit else ())

    @cached_property
    def publishers(self) -> Names:
        named = self.named(self.policies.publishing.by) or self.doers(StepKind.PUBLISH) or self.submitters
        return unique((*named, *self.routers)) if self.lies_nowhere else named

    @cached_property
    def overseers(self) -> Names:
        """Who corrects a verdict: the responsible official, the head; where the act names none, the curator."""
        return self.ours(OurRole.RESPONSIBLE, OurRole.HEAD) or self.curators

    @cached_property
    def reporters(self) -> Names:
        """Who reports to the head; where the act is silent (A 21, L 20), the responsible official or the curator."""
        named = self.named(*(report.by for report in self.policies.immediate_reports))
        at_once = [
            step.role for step in self.for_kind(StepKind.REPORT) if MomentKind.PERIOD_ENDED not in step.starts_on
        ]
        return named or self.named(*at_once) or unique((*self.ours(OurRole.RESPONSIBLE), *self.curators))

    @cached_property
    def everyone(self) -> Names:
        return unique(role.role for role in self.act.people.roles)

    def with_one_hand(self, names: Names) -> Names:
        """These roles, and those that the act itself puts in one hand with them (L R4, U 6)."""
        joined = [name for hand in self.act.people.one_hand if set(hand.roles) & set(names) for name in hand.roles]
        return unique((*names, *self.named(*joined)))

    def may_judge_own(self, judges: Names) -> bool:
        """Whether the act puts author and judge in one hand, or has the judge write the common reply (L 14)."""
        judging = set(judges)
        if self.parts_asked and judging & set(self.consolidators):
            return True
        drafters = {*self.doers(StepKind.DRAFT), *self.ours(OurRole.EXECUTOR, OurRole.SPECIALIST)}
        return any(judging & set(hand.roles) and drafters & set(hand.roles) for hand in self.act.people.one_hand)

    def is_unit_bound(self, name: str) -> bool:
        """Whether the role acts for the unit the incident was sent to, and for no other."""
        return name in self._unit_bound

    @cached_property
    def _unit_bound(self) -> frozenset[str]:
        ours = self.ours(OurRole.EXECUTOR, OurRole.SPECIALIST)
        return frozenset(ours) - {*self.routers, *self.reviewers}

    # --- Which document ---

    def current(self, reply: ReplyKind) -> Slot:
        """The slot that a new draft of this kind belongs to."""
        state = self.state
        if reply in _CHANGES:
            return self._last_of(reply)
        if reply is ReplyKind.INTERIM:
            return Slot(state.answering, reply, 1 + len(self.interims_published))
        number = 1 if reply is ReplyKind.FIRST_RESPONSE else state.round
        return Slot(state.message if reply is ReplyKind.FIRST_RESPONSE else state.answering, reply, number)

    def _last_of(self, reply: ReplyKind) -> Slot:
        slots = [document.slot for document in self.state.documents if document.slot.reply is reply]
        return slots[-1] if slots else Slot(self.state.answering, reply, 1)

    def next_of(self, reply: ReplyKind, message: str) -> Slot:
        """The slot of a further correction or withdrawal."""
        taken = sum(1 for document in self.state.documents if document.slot.reply is reply)
        return Slot(message, reply, taken + 1)

    def document(self, reply: ReplyKind) -> Document | None:
        return self.state.document(self.current(reply))

    @cached_property
    def interims_published(self) -> tuple[Document, ...]:
        return tuple(
            document
            for document in self.state.published
            if document.slot.reply is ReplyKind.INTERIM and document.slot.message == self.state.answering
        )

    @cached_property
    def standing(self) -> tuple[Document, ...]:
        """Replies that stand before the citizen: published and not withdrawn."""
        return tuple(
            document
            for document in self.state.published
            if document.slot.reply in _REPLIES_TO_READ
            and document.publication
            and not document.publication.withdrawn_at
        )

    @cached_property
    def sent(self) -> tuple[Document, ...]:
        """Handed to the outbox, without an outcome yet."""
        return tuple(document for document in self.state.documents if document.status in _SENT)

    @cached_property
    def with_authors(self) -> Document | None:
        """The document its authors work on: the one saved or sent back last."""
        found = [document for document in self.state.documents if self._is_with_authors(document)]
        return max(found, key=_last_touched, default=None)

    def _is_with_authors(self, document: Document) -> bool:
        reply = document.slot.reply
        if document.status not in _WITH_AUTHORS or reply is ReplyKind.FIRST_RESPONSE:
            return False
        return reply in _CHANGES or (self.can_draft and document.slot == self.current(reply))

    def publishable(self, document: Document) -> bool:
        """Whether it may go to the outbox now."""
        if document.status in {DocumentStatus.APPROVED, DocumentStatus.FAILED}:
            return True
        reply = document.slot.reply
        if document.status is not DocumentStatus.DRAFT or not document.versions or self.review_needed(reply):
            return False
        if reply is ReplyKind.FIRST_RESPONSE:
            return self.state.phase not in {Phase.NONE, Phase.DETECTED}
        return reply in _CHANGES or (self.can_draft and document.slot == self.current(reply))

    @cached_property
    def can_draft(self) -> bool:
        """Whether it lies before those who answer."""
        phase = self.state.phase
        if phase is Phase.WORK:
            return not self.lies_nowhere
        return phase in {Phase.SELECTED, Phase.RECEIVED} and not self.routing_needed


def _last_touched(document: Document) -> tuple[bool, float]:
    latest = document.latest
    sent_back = document.status is DocumentStatus.SENT_BACK
    return (sent_back or latest is None, latest.saved_at.timestamp() if latest else 0.0)
