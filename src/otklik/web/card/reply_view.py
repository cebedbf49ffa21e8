"""The reply on the card, as data: the draft, its review and publication, and the parts of several bodies."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from otklik.web.chronometer import Chronometer
from otklik.web.view import Attachment, Choice, Form, Level, Link, Network

NO_FORM = Form()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What the machine noticed in the text, or what the act demands of it. A person disposes.

    `fragment` is the piece of the text it speaks of, word for word.
    """

    level: Level
    title: str
    text: str = ""
    fragment: str = ""
    clause: str = ""
    quote: str = ""
    blocks: bool = False
    """True: the draft cannot go on until it is mended (the gate of U 10, a hard length)."""


class DiffKind(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class DiffPiece:
    """A piece of the difference between two texts, in order."""

    kind: DiffKind
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftVersion:
    """One version of the draft. `difference` is against the version before it; empty for the first."""

    number: int
    by: str
    at: dt.datetime
    kind: str
    text: str
    difference: tuple[DiffPiece, ...] = ()
    fate: str = ""
    """«на согласовании», «возвращена на доработку», «согласована»."""
    remarks: str = ""
    """What the reviewer wrote when sending it back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Two people saved: the other's version and the viewer's text, side by side. Nothing is lost."""

    their_version: int
    by: str
    at: dt.datetime
    their_text: str
    your_text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A date promised in a reply, controlled once the reply is published. `on` is None in a blank row."""

    on: dt.date | None
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftView:
    """The draft and, when `editable`, its workspace. Posted to `card_draft`.

    `kinds`: final, interim, clarification; one is checked, a forbidden one is disabled with the rule as its hint.
    `claims`: measures, progress, refutation; what the reply states (U 10 then demands photo, video or a scanned act).
    `impossibility` is asked for an interim reply where the act wants the impossibility stated (K 16): None elsewhere.
    `base_version`: the version the text was opened at; a stale one gives a conflict. 0: nothing saved yet.
    """

    kinds: tuple[Choice, ...]
    text: str
    base_version: int
    editable: bool = False
    form: Form = NO_FORM
    """Hidden values, `command_id`, errors."""
    title: str = "Проект ответа"
    saved: str = ""
    """«Версия 3, сохранил Ковалёв И. П. сегодня в 11:05»."""
    claims: tuple[Choice, ...] = ()
    impossibility: str | None = None
    attachments: tuple[Attachment, ...] = ()
    promises: tuple[Promise, ...] = ()
    earlier_reply: Link | None = None
    """The published reply that a repeat may be answered with."""
    hard_length: int | None = None
    recommended_length: int | None = None
    requirements: tuple[str, ...] = ()
    """What the act demands of a reply, in its own words, with the clause."""
    findings: tuple[Finding, ...] = ()
    versions: tuple[DraftVersion, ...] = ()
    conflict: Conflict | None = None
    templates: tuple[Choice, ...] = ()
    """The organisation's texts that may be put into the draft, those of the topic first."""
    inserted: bool = False
    """A template was just put below the text, where no script did it."""
    remarks: str = ""
    """Why it was sent back, when it is on rework: stands above the text."""
    remarks_by: str = ""
    grounds: tuple[str, ...] = ()
    """The act's grounds that were named with it."""
    submit: str = "Направить на согласование"
    may_submit: bool = True
    """False: it may be saved here but another person sends it on."""

    @property
    def kind_label(self) -> str:
        """The chosen kind in words."""
        return next((kind.label for kind in self.kinds if kind.checked), "")

    @property
    def stated(self) -> tuple[str, ...]:
        """What the reply states, in words."""
        return tuple(claim.label for claim in self.claims if claim.checked)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewView:
    """The reviewer's part, posted to `card_review`. `grounds` is the act's own list, empty where it has none.

    `reasons_required`: a refusal without reasons is refused (K 13, U 12). `joint`: rework together is offered (U 11).
    """

    version: int
    form: Form
    grounds: tuple[Choice, ...] = ()
    reasons_required: bool = False
    comment: str = ""
    joint: bool = False
    approve: str = "Согласовать"
    send_back: str = "Направить на доработку"
    clause: str = ""
    own_draft_note: str = ""
    """Said when the act lets the author review their own draft."""


class PublicationState(StrEnum):
    """How far the publication has come."""

    READY = "ready"
    SENDING = "sending"
    UNKNOWN = "unknown"
    """The network did not answer: Otklik looks for its own reply before anything else."""
    FAILED = "failed"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationView:
    """The publication, posted to `card_publish` while `may_publish`.

    `ways`: through the channel, from the body's own account (where the act allows it), by hand with evidence; one is
    checked, an impossible one is disabled with the reason as its hint.
    """

    state: PublicationState
    kind: str
    text: str
    where: Network
    target_url: str = ""
    """The message under which it goes."""
    may_publish: bool = False
    form: Form = NO_FORM
    ways: tuple[Choice, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    published_at: dt.datetime | None = None
    url: str = ""
    by: str = ""
    account: str = ""
    evidence: tuple[Attachment, ...] = ()
    problem: str = ""
    """What went wrong and what to do."""
    button: str = "Разместить ответ"


class PartState(StrEnum):
    WAITING = "waiting"
    """Its turn has not come: the curator set an order."""
    ASKED = "asked"
    IN = "in"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class PartView:
    """What one of several bodies was asked for and gave."""

    number: int
    body: str
    state: PartState
    question: str = ""
    person: str = ""
    text: str = ""
    at: dt.datetime | None = None
    attachments: tuple[Attachment, ...] = ()
    chronometer: Chronometer | None = None
    note: str = ""
    mine: bool = False
    consolidates: bool = False
    """This body writes the common reply."""
