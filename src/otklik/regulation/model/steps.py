"""The steps of the process, and the moments that start and end their terms."""

from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from otklik.regulation.model.source import ImportanceName, KindName, RoleName, Source, Strict, Words
from otklik.regulation.model.terms import Term


class MomentKind(StrEnum):
    """What can start or end a term. A kind may come again; a step says with `anew_on` whether that counts anew."""

    POSTED = "posted"
    DETECTED = "detected"
    """The message lies before the curator (import, webhook)."""
    SELECTED = "selected"
    SHORTENED = "shortened"
    RECEIVED = "received"
    ROUTED = "routed"
    RETURNED = "returned"
    PART_REQUESTED = "part_requested"
    PART_IN = "part_in"
    DRAFT_IN = "draft_in"
    SENT_BACK = "sent_back"
    APPROVED = "approved"
    FIRST_RESPONSE = "first_response"
    """A first response apart from the reply («ваше сообщение принято»), for acts that ask for one."""
    INTERIM_PUBLISHED = "interim_published"
    CLARIFICATION_PUBLISHED = "clarification_published"
    AUTHOR_ANSWERED = "author_answered"
    PUBLISHED = "published"
    IMPORTANCE_RAISED = "importance_raised"
    SIGNIFICANCE_CONFIRMED = "significance_confirmed"
    SURGE_CONFIRMED = "surge_confirmed"
    EXTENDED = "extended"
    AUTHOR_TOLD = "author_told"
    """The author was told of the extension, for acts that ask for it."""
    PERIOD_ENDED = "period_ended"
    REPORTED = "reported"


class StepKind(StrEnum):
    """The closed list of what a step is. Its behaviour lives in `otklik.process.steps`."""

    SELECT = "select"
    HAND_OVER = "hand_over"
    RETURN = "return"
    REQUEST_PART = "request_part"
    CONSOLIDATE = "consolidate"
    DRAFT = "draft"
    VISA = "visa"
    REVIEW = "review"
    REWORK = "rework"
    PUBLISH = "publish"
    REPLY = "reply"
    """The whole: the term that the others serve. Its owner answers for it, no single action ends it but publication."""
    WAIT_FOR_AUTHOR = "wait_for_author"
    REPORT = "report"
    CONFIRM = "confirm"
    WARN = "warn"
    TELL_AUTHOR = "tell_author"


class Hours(StrEnum):
    """Whose working time counts."""

    OWN = "own"
    """The schedule of the organisation that runs the act."""
    BODY = "body"
    """The schedule of the body that holds the step (a body asked for a part, a unit in another zone)."""
    CURATOR = "curator"
    """The schedule of the curator, who may belong to another institution."""
    ROUND_THE_CLOCK = "round_the_clock"


class Repeat(StrEnum):
    """Which messages, as to repetition, a step applies to."""

    ANY = "any"
    FIRST = "first"
    REPEATED = "repeated"


class AppliesTo(Strict):
    """What a step applies to. An empty list of kinds or importances means all that the act knows."""

    kinds: tuple[KindName, ...] = ()
    importance: tuple[ImportanceName, ...] = ()
    repeat: Repeat = Repeat.ANY


class Extension(Source):
    """The term may be extended on one incident, once for each grant."""

    by: RoleName
    """The role that decides."""
    at_most: Term
    times: int = Field(default=1, ge=1)
    announce_to_author: bool = False
    """The extension counts only once the author has been told of it (`author_told`)."""


class Warning(Source):  # noqa: A001 (the act's own word)
    """Somebody must be warned so much before the term runs out."""

    before: Term
    """A term of kind `before`, whose `of` is this step."""
    to: RoleName
    """The role that is warned."""


class Step(Source):
    """A step of the act.

    `step` is its name in the act (free; the five acts use the names of the glossary), `title` what its button says.
    The term runs from the first of `starts_on`; each further moment named in `anew_on` starts a new count. It is met by
    the first of `ends_on` after the start, and given up (`dropped`) by the first of `dropped_on`.
    `optional`: the step is a right or depends on a condition (a return): its lapse is `dropped`, not a breach.
    `pauses_on`/`resumes_on`: moments between which the clock stands still (no act of the five allows it).
    """

    step: Words
    kind: StepKind
    title: Words
    role: RoleName
    starts_on: tuple[MomentKind, ...] = Field(min_length=1)
    ends_on: tuple[MomentKind, ...] = Field(min_length=1)
    anew_on: tuple[MomentKind, ...] = ()
    dropped_on: tuple[MomentKind, ...] = ()
    pauses_on: tuple[MomentKind, ...] = ()
    resumes_on: tuple[MomentKind, ...] = ()
    hours: Hours = Hours.OWN
    applies_to: AppliesTo = AppliesTo.model_construct()  # validating it would build its schema at every start
    optional: bool = False
    per_part: bool = False
    """One count for each part requested (parts are matched by their own number)."""
    term: Term
    extension: Extension | None = None
    warning: Warning | None = None

    @model_validator(mode="after")
    def _moments_agree(self) -> Self:
        if self.pauses_on and not self.resumes_on:
            raise PydanticCustomError(
                "pause_without_resume", "pauses_on without resumes_on: the clock would never run again"
            )
        if self.resumes_on and not self.pauses_on:
            raise PydanticCustomError("resume_without_pause", "resumes_on without pauses_on")
        return self
