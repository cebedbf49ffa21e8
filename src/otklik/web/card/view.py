"""The incident card, as data. Template `card/page.html`; a command's own page is `card/command.html`.

The reading order is the page's: the citizen's words, the reply (parts, draft, review, publication), the journal; beside
them the state with the one next step, the ladder of terms, and what is known about the incident.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from otklik.web.card.reply_view import DraftView, PartView, PublicationView, ReviewView
from otklik.web.chronometer import Chronometer, ClockState
from otklik.web.view import Attachment, Form, Link, Network, Notice, Person

# --- the message -----------------------------------------------------------------------------------------------------


class Voice(StrEnum):
    """Who speaks in the thread."""

    CITIZEN = "citizen"
    OFFICIAL = "official"


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageView:
    """One message of the thread, word for word. The first one is the incident's own (`main`)."""

    key: str
    voice: Voice
    author: str
    text: str
    posted_at: dt.datetime
    network: Network
    detected_at: dt.datetime | None = None
    main: bool = False
    url: str = ""
    """Where it stands; empty when it has no address (by hand, deleted)."""
    author_url: str = ""
    place: str = ""
    place_url: str = ""
    attachments: tuple[Attachment, ...] = ()
    kind: str = ""
    """For our own words: «промежуточный ответ», «запрос (уточнение)», «ответ»."""
    notes: tuple[str, ...] = ()
    """«изменено автором 27 ноября, 10:02», «удалено в сети», «из файла ba_export.csv, строка 12»."""


# --- the next step and other actions ---------------------------------------------------------------------------------


class StepPlace(StrEnum):
    """Where the form of the next step stands."""

    HERE = "here"
    """Beside the button, in the narrow column: none to three short fields."""
    TASK = "task"
    """In the wide column, as `CardPage.task`: a text, files, a list of grounds."""
    DRAFT = "draft"
    REVIEW = "review"
    PUBLICATION = "publication"
    WAITING = "waiting"
    """Nothing for this viewer to do now: somebody else acts, or the author is waited for."""
    DONE = "done"
    """Nothing is left to do for anybody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """The one thing to do next. A card has exactly one, and at most one main button.

    `title` in the imperative or, when waiting, as a fact («Ждём согласования»); `button` in the act's own words.
    `form` for `HERE` (posted to `card_command` with `command`). For the other places the button submits that form.
    """

    title: str
    place: StepPlace
    text: str = ""
    button: str = ""
    command: str = ""
    form: Form | None = None
    chronometer: Chronometer | None = None
    waiting_for: Person | None = None
    clause: str = ""
    quote: str = ""
    """Words of the act for «почему этот шаг»; empty where something beside it says them already."""
    danger: bool = False
    record: tuple[Link, ...] = ()
    """When waiting for somebody without an account: the step, recorded for them by the viewer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondaryAction:
    """An entry of the «Другие действия» menu: leads to the command's own page.

    `refusal`: why not now, and what then.
    """

    command: str
    label: str
    hint: str = ""
    danger: bool = False
    refusal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandPage:
    """A page for one command: a form, or for the dangerous a confirmation that says what will happen.

    `consequences` are sentences; `undo` says how to take it back, or that it cannot be.
    """

    key: int
    number: str
    command: str
    title: str
    form: Form
    lead: str = ""
    excerpt: str = ""
    danger: bool = False
    consequences: tuple[str, ...] = ()
    undo: str = ""
    clause: str = ""
    quote: str = ""
    chronometer: Chronometer | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A wide form in the left column for steps that need room: choose bodies, write a part, tell grounds."""

    command: str
    title: str
    form: Form
    lead: str = ""
    clause: str = ""
    quote: str = ""


# --- the ladder and the rest -----------------------------------------------------------------------------------------


class Rung(StrEnum):
    """Where a step stands on the ladder."""

    DONE = "done"
    CURRENT = "current"
    COMING = "coming"
    GONE = "gone"
    """Given up: superseded, a right not used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderStep:
    """One count of one step. `who` in the act's own word; a step without a term has a clock of state `NONE`."""

    title: str
    clause: str
    rung: Rung
    chronometer: Chronometer
    who: str = ""
    mine: bool = False
    starts: str = ""
    """For a coming step: after what it begins («после согласования»)."""
    only_if: bool = False
    """A coming step that most incidents never take: a return, parts, rework, a report."""
    note: str = ""
    """«срок установил куратор: другое время», «заменён сокращённым сроком»."""

    @property
    def failed(self) -> bool:
        """Whether the term was broken."""
        return self.chronometer.state in {ClockState.LATE, ClockState.MET_LATE}


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalEntry:
    """One event in words. `number` within the incident; `on_behalf` for whom it was recorded or who was replaced."""

    number: int
    at: dt.datetime
    actor: str
    words: str
    kind: str = ""
    """The event kind, for the mark only."""
    role: str = ""
    on_behalf: str = ""
    clause: str = ""
    detail: str = ""
    recorded_at: dt.datetime | None = None
    """When it was written down, if notably later than it happened."""
    attachments: tuple[Attachment, ...] = ()
    sealed: bool = True
    breach: bool = False


class TagKind(StrEnum):
    TOPIC = "topic"
    PLACE = "place"
    IMPORTANCE = "importance"
    KIND = "kind"
    SIGNIFICANCE = "significance"
    SURGE = "surge"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class TagView:
    """A tag. `suggested`: the machine proposes it, with its evidence; a person has not confirmed."""

    kind: TagKind
    label: str
    suggested: bool = False
    evidence: str = ""
    loud: bool = False
    """High importance, significance, surge."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedIncident:
    """A repeat, an earlier question of the author, or a linked incident at another body."""

    number: str
    excerpt: str
    state: str
    relation: str
    """«тот же вопрос», «тот же автор», «передан в Министерство транспорта»."""
    key: int | None = None
    """None: the viewer may not open it."""
    at: dt.datetime | None = None
    chronometer: Chronometer | None = None
    """The clock of its next step, while it is open."""


@dataclass(frozen=True, slots=True)
class Here:
    """Everybody else at a card, by name."""

    looking: tuple[str, ...] = ()
    writing: tuple[str, ...] = ()


NOBODY = Here()


@dataclass(frozen=True, slots=True, kw_only=True)
class CardPage:
    """The whole card of one incident.

    `state` in words, `state_note` says more in a sentence. `people` are the roles on this incident.
    `zone_note` says the organisation's time where it is not the viewer's.
    """

    key: int
    number: str
    title: str
    """A few words: topic and place, or the first words of the message."""
    network: Network
    state: str
    messages: tuple[MessageView, ...]
    next_step: NextStep
    ladder: tuple[LadderStep, ...]
    journal: tuple[JournalEntry, ...]
    act: Link
    """The act by which it goes, and its edition."""
    state_note: str = ""
    notices: tuple[Notice, ...] = ()
    reply_term: Chronometer | None = None
    """The term of the whole, beside the state."""
    task: Task | None = None
    draft: DraftView | None = None
    review: ReviewView | None = None
    publications: tuple[PublicationView, ...] = ()
    parts: tuple[PartView, ...] = ()
    actions: tuple[SecondaryAction, ...] = ()
    tags: tuple[TagView, ...] = ()
    people: tuple[Person, ...] = ()
    related: tuple[RelatedIncident, ...] = ()
    here: Here = NOBODY
    """Who else has this card open."""
    back_url: str = ""
    back_label: str = "Очередь"
    legal_note: str = ""
    """What the act says of 59-ФЗ, in one sentence."""
    zone_note: str = ""

    @property
    def ladder_more(self) -> tuple[LadderStep, ...]:
        """Coming steps that most incidents never take: folded away."""
        return tuple(step for step in self.ladder if step.only_if)
