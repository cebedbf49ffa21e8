"""What an incident has come to: the fold of its events.

A map of the state, from the message to the reply:

- `Phase`: where the incident stands on its way; kept by the fold.
- `Slot`, `Document`, `Version`, `Publication`: a reply being written. One slot, one publication, ever.
- `Promise`: a date promised in a published reply.
- `Stage`: phase and documents together, in the one word that a queue shows.

What is kept besides the reply (parts, verdicts, links) is in `otklik.process.records`.
Nothing here knows an act: what an act makes of it is in `otklik.process.view`.
"""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from otklik.process.facts import Facts
from otklik.process.records import Exclusion, ExtensionGranted, LinkTo, Part, PartStatus, RepeatOf, Verdict


class Phase(StrEnum):
    NONE = "none"
    """Nothing has happened yet."""
    DETECTED = "detected"
    SELECTED = "selected"
    RECEIVED = "received"
    """Selected, and handed over to whoever routes it (N 10)."""
    WORK = "work"
    RETURNED = "returned"
    WAITING_AUTHOR = "waiting_author"
    ANSWERED = "answered"
    """The final reply is published; promises, corrections and closing may follow."""
    EXCLUDED = "excluded"
    PROCESSED = "processed"
    """Excluded, processed and counted, not answered (K 19)."""
    ELSEWHERE = "elsewhere"
    LEFT_OUT = "left_out"
    CLOSED = "closed"


ENDED = frozenset({Phase.EXCLUDED, Phase.PROCESSED, Phase.ELSEWHERE, Phase.LEFT_OUT, Phase.CLOSED})
"""Nothing more is due; only a reopening leads back (and K 19's processing, from `EXCLUDED`)."""


class Stage(StrEnum):
    """The one word for a queue and a card."""

    NONE = "none"
    DETECTED = "detected"
    SELECTED = "selected"
    RECEIVED = "received"
    RETURNED = "returned"
    PARTS = "parts"
    """Parts are awaited from the bodies asked."""
    DRAFTING = "drafting"
    VISA = "visa"
    REVIEW = "review"
    REWORK = "rework"
    APPROVED = "approved"
    PUBLISHING = "publishing"
    UNKNOWN = "unknown"
    """Sent, and the platform did not say whether it stands: look before sending again."""
    WAITING_AUTHOR = "waiting_author"
    ANSWERED = "answered"
    EXCLUDED = "excluded"
    PROCESSED = "processed"
    ELSEWHERE = "elsewhere"
    LEFT_OUT = "left_out"
    CLOSED = "closed"


class ReplyKind(StrEnum):
    FIRST_RESPONSE = "first_response"
    INTERIM = "interim"
    CLARIFICATION = "clarification"
    FINAL = "final"
    CORRECTION = "correction"
    WITHDRAWAL = "withdrawal"
    """Taking a published reply down, through the same approval."""


class PublicationPlace(StrEnum):
    AT_SOURCE = "at_source"
    """Where the message stands."""
    OWN_ACCOUNT = "own_account"
    """The body's own account, with a link to the author (A 12)."""


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """One publication, ever: the message answered, the kind of reply, and its number.

    The number is 1 unless a person opened another: a reopening asks for a second final reply, corrections count on.
    """

    message: str
    reply: ReplyKind
    number: int = 1

    @property
    def key(self) -> str:
        """The outbox's unique key within the incident: `vk:77/final/1`."""
        return f"{self.message}/{self.reply.value}/{self.number}"


class DocumentStatus(StrEnum):
    DRAFT = "draft"
    VISA = "visa"
    REVIEW = "review"
    SENT_BACK = "sent_back"
    APPROVED = "approved"
    PUBLISHING = "publishing"
    FAILED = "failed"
    """The platform refused it: mend and publish again, or send it back."""
    UNKNOWN = "unknown"
    PUBLISHED = "published"
    DROPPED = "dropped"
    """Never sent: another reply made it needless."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of a draft or a part. `kind` is `photo`, `video`, `act` or `document`."""

    key: str
    kind: str


@dataclass(frozen=True, slots=True)
class PromisedDate:
    """A date that a draft promises; what is promised is the text `promise_<n>` of the `draft_saved` event."""

    due_on: dt.date


@dataclass(frozen=True, slots=True)
class Version:
    """A saved version of a draft. Its text lies with the event `draft_saved`; `by` is the key of the person."""

    number: int
    by: str
    saved_at: dt.datetime
    states: frozenset[str] = frozenset()
    """What it states: `measures`, `concrete_measures`, `progress`, `refutation`."""
    attachments: tuple[Attachment, ...] = ()
    promises: tuple[PromisedDate, ...] = ()
    impossibility_stated: bool = False
    joint: bool = False
    """Reworked by reviewer and executor together (U 11): no self-review."""


@dataclass(frozen=True, slots=True)
class Publication:
    """Where a document was, or is being, published."""

    version: int
    place: PublicationPlace
    requested_at: dt.datetime | None = None
    published_at: dt.datetime | None = None
    url: str | None = None
    external_id: str | None = None
    by_hand: bool = False
    withdrawn_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A reply on its way: its versions, and how far it has come."""

    slot: Slot
    status: DocumentStatus = DocumentStatus.DRAFT
    versions: tuple[Version, ...] = ()
    submitted: int | None = None
    """The version that lies before visa or reviewer, or was approved."""
    submitted_by: str | None = None
    grounds: tuple[str, ...] = ()
    """Of the last sending back."""
    times_sent_back: int = 0
    failed_for_good: bool = False
    """The last attempt failed in a way that another attempt would not mend."""
    of: Slot | None = None
    """For a correction or withdrawal: the published reply it is about."""
    publication: Publication | None = None

    @property
    def version(self) -> int:
        """The number of the latest version; 0 when nothing is saved yet."""
        return self.versions[-1].number if self.versions else 0

    @property
    def latest(self) -> Version | None:
        return self.versions[-1] if self.versions else None

    @property
    def before_reviewer(self) -> Version | None:
        """The version that was submitted, or approved."""
        return next((version for version in self.versions if version.number == self.submitted), None)


IN_FLIGHT = frozenset(
    {
        DocumentStatus.VISA,
        DocumentStatus.REVIEW,
        DocumentStatus.APPROVED,
        DocumentStatus.PUBLISHING,
        DocumentStatus.FAILED,
        DocumentStatus.UNKNOWN,
    }
)
"""Out of its authors' hands: between submission and publication."""


@dataclass(frozen=True, slots=True)
class Promise:
    """A date promised in a published reply; controlled until it is kept or released."""

    number: int
    due_on: dt.date
    slot: Slot
    kept_at: dt.datetime | None = None
    released_at: dt.datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.kept_at is None and self.released_at is None


@dataclass(frozen=True, slots=True)
class State:
    """Everything that decisions about one incident rest on. `State()` is an incident that does not exist yet."""

    events: int = 0
    phase: Phase = Phase.NONE
    facts: Facts = field(default_factory=lambda: Facts(kind="", importance=""))
    importance: str = ""
    """The class in force now."""
    message: str = ""
    answering: str = ""
    """The message that the next reply answers: the first one, or the author's answer to a clarification."""
    network: str = ""
    found_by: str = ""
    """`monitoring`, or the act's role that found it."""
    detected_at: dt.datetime | None = None
    selected_at: dt.datetime | None = None
    received_at: dt.datetime | None = None
    """When it came to whoever routes it; None again after a return."""
    line_at: dt.datetime | None = None
    """When the last step of the main line happened: the next cannot have happened before it."""
    round: int = 1
    """Counts the final replies a person asked for: 2 after a reopening that needs a new one."""
    unit: str | None = None
    """Where the incident lies now."""
    past_units: tuple[str, ...] = ()
    silent: bool = False
    """The author did not answer the request for clarification, and is not waited for any longer."""
    parts: tuple[Part, ...] = ()
    consolidator: str | None = None
    documents: tuple[Document, ...] = ()
    promises: tuple[Promise, ...] = ()
    repeat_of: RepeatOf | None = None
    exclusion: Exclusion | None = None
    procedure: str | None = None
    reports_due: frozenset[str] = frozenset()
    """What must be reported at once and has not been: `significance`, `surge`, `high_importance`."""
    confirmed: frozenset[str] = frozenset()
    extensions: tuple[ExtensionGranted, ...] = ()
    warned: frozenset[tuple[str, dt.datetime, int | None]] = frozenset()
    verdicts: tuple[Verdict, ...] = ()
    assigned: tuple[tuple[str, str], ...] = ()
    """Role of the act → person, sorted."""
    reminded: tuple[tuple[str, int | None, dt.datetime], ...] = ()
    """Step and part, sorted, and when those for whom it waits were last reminded of it."""
    tags: tuple[tuple[str, str], ...] = ()
    links: tuple[LinkTo, ...] = ()
    outcome: str | None = None

    @property
    def kind(self) -> str:
        """The kind of message, in the act's own name."""
        return self.facts.kind

    @property
    def is_ended(self) -> bool:
        return self.phase in ENDED

    @property
    def units(self) -> frozenset[str]:
        """The units and bodies that take part now."""
        asked = {part.body for part in self.parts if part.status in {PartStatus.ASKED, PartStatus.IN}}
        return frozenset({*asked, *filter(None, (self.unit, self.consolidator))})

    @property
    def parts_open(self) -> tuple[Part, ...]:
        """Asked for or planned, and not in yet."""
        return tuple(part for part in self.parts if part.status in {PartStatus.PLANNED, PartStatus.ASKED})

    @property
    def promises_open(self) -> tuple[Promise, ...]:
        return tuple(promise for promise in self.promises if promise.is_open)

    @property
    def in_flight(self) -> Document | None:
        """The one document between submission and publication; a first response goes its own short way."""
        return next(
            (
                document
                for document in self.documents
                if document.status in IN_FLIGHT and document.slot.reply is not ReplyKind.FIRST_RESPONSE
            ),
            None,
        )

    @property
    def published(self) -> tuple[Document, ...]:
        """What stands before the citizen, in the order of publication."""
        return tuple(document for document in self.documents if document.status is DocumentStatus.PUBLISHED)

    def document(self, slot: Slot) -> Document | None:
        return next((document for document in self.documents if document.slot == slot), None)

    @property
    def stage(self) -> Stage:
        return _stage(self)


_BY_STATUS = {
    DocumentStatus.VISA: Stage.VISA,
    DocumentStatus.REVIEW: Stage.REVIEW,
    DocumentStatus.APPROVED: Stage.APPROVED,
    DocumentStatus.FAILED: Stage.APPROVED,
    DocumentStatus.PUBLISHING: Stage.PUBLISHING,
    DocumentStatus.UNKNOWN: Stage.UNKNOWN,
}


def _stage(state: State) -> Stage:
    if state.is_ended:
        return Stage(state.phase.value)
    if state.in_flight:
        return _BY_STATUS[state.in_flight.status]
    if state.phase is not Phase.WORK:
        return Stage(state.phase.value)
    if state.parts_open:
        return Stage.PARTS
    sent_back = any(document.status is DocumentStatus.SENT_BACK for document in state.documents)
    return Stage.REWORK if sent_back else Stage.DRAFTING
