"""Everything that varies between acts and is not a term.

Each policy is a small table of enumerations with the clause behind it. The code that obeys a policy is named in the
docstring of the class; a policy without such code does not belong here.
"""

from enum import StrEnum
from typing import Literal

from pydantic import Field

from otklik.regulation.model.source import NetworkName, RoleName, Source, Strict, Words
from otklik.regulation.model.steps import MomentKind


class MessageKind(Source):
    """A kind of message the act knows. Obeyed by `process.steps.select`."""

    kind: Words
    words: Words
    """The act's word: «инцидент», «публикация в социальных сетях»."""
    networks: tuple[NetworkName, ...] = ()
    """Networks in scope (`vk`, `ok`, `telegram`, `forum`, …); empty: the act does not narrow them."""
    found_by: RoleName | None = None
    """The role that finds such messages, where the act says."""
    critical_only: bool = False
    """Only messages of a critical nature are in scope."""
    has_process: bool = True
    """False: the act sets neither review nor terms for this kind (N: publications)."""


class ImportanceClass(Source):
    """A class of importance. The first listed is the ordinary one. Obeyed by `process.deadlines`."""

    importance: Words
    words: Words
    shortened: bool = False
    """This class gets the act's shortened term (`--importance high` on the command line)."""
    given_by: tuple[RoleName, ...] = ()
    """Roles that may give or raise it."""
    per_incident_decision: bool = False
    """N: given by the decision on each incident (`shortened`), not by a tag."""


class ExclusionEffect(StrEnum):
    NOT_PROCESSED = "not_processed"
    """Neither processed nor answered."""
    NO_REPLY = "no_reply"
    """No reply, but processed and counted."""


class ExclusionGround(Source):
    """A ground on which a message is not answered. Obeyed by `process.steps.select`."""

    ground: Words
    words: Words
    effect: ExclusionEffect
    may_block_author: bool = False


class OtherProcedure(Source):
    """«Not this procedure»: a message that goes its own way. Obeyed by `process.steps.select`."""

    procedure: Words
    words: Words
    where_to_turn: Words


class LegalStatus(Source):
    """Whether a message is an appeal under 59-ФЗ. Obeyed by `process.legal`, whose sentence the card shows."""

    is_appeal: bool


class RouteBy(StrEnum):
    CURATOR = "curator"
    EXECUTOR = "executor"


class Routing(Source):
    """Who sends the message to the competent body, and where a return goes. Obeyed by `process.steps.hand_over`."""

    arrives_with: tuple[MomentKind, ...] = ()
    """Moments that come together with detection (U: receipt; L 7: arrival is detection)."""
    return_to: RoleName | None = None
    notify_by_email: bool = False
    """A 6: the executor is told by e-mail on arrival."""


class PartsOrder(StrEnum):
    SET_BY_CURATOR = "set_by_curator"
    PARALLEL = "parallel"


class ConsolidatedBy(StrEnum):
    OPERATOR = "operator"
    CURATOR = "curator"
    EXECUTOR = "executor"
    RESPONSIBLE_EXECUTOR = "responsible_executor"
    """One of the bodies asked, named by the curator."""


class Parts(Source):
    """Several competent bodies. Obeyed by `process.steps.request_part` and `consolidate`."""

    order: PartsOrder
    consolidated_by: ConsolidatedBy


class Reasons(StrEnum):
    OPTIONAL = "optional"
    REQUIRED = "required"
    FROM_LIST = "from_list"
    """At least one ground of the act's own list must be named."""


class SendBackGround(Source):
    ground: Words
    words: Words


class Review(Source):
    """Approval of a draft. Obeyed by `process.steps.review` and `rework`."""

    by: RoleName
    reasons: Reasons = Reasons.OPTIONAL
    grounds: tuple[SendBackGround, ...] = ()
    joint_rework: bool = False
    """U 11: reviewer and executor may rework together within the review term."""
    visa_by: RoleName | None = None
    """A visa inside the body before the draft goes to the reviewer."""


class Interim(Source):
    """An interim reply. Obeyed by `process.steps.draft`."""

    only_if_impossible: bool = False
    """K 16: only with the impossibility of an answer within the term stated."""
    at_most: int = Field(default=1, ge=0)


class Clarification(Source):
    """A request for clarification. Obeyed by `process.deadlines` through the steps' moments and by `steps.draft`."""

    ends_reply_term: bool
    answer_starts_new_term: bool = False


class RepeatRoute(StrEnum):
    LINK = "link"
    """A link to the earlier reply."""
    WHOLE_PROCESS = "whole_process"
    BASE_OF_REPLIES = "base_of_replies"
    """An approved reply from the base of replies is enough, without a new review."""


class Repeats(Source):
    """Messages that come again on a question already considered. Obeyed by `process.steps.select` and `draft`."""

    without_new_facts: RepeatRoute = RepeatRoute.WHOLE_PROCESS
    with_new_facts: RepeatRoute = RepeatRoute.WHOLE_PROCESS
    must_state: tuple[Literal["measures", "concrete_measures", "progress"], ...] = ()
    """What the reply must state; one of them is enough."""


class EvidenceWhen(StrEnum):
    MEASURES = "measures"
    PROGRESS = "progress"
    REFUTATION = "refutation"


class Evidence(Source):
    """Photo, video or a scanned act with the reply. Obeyed by the gate in `process.steps.draft`."""

    required_when: tuple[EvidenceWhen, ...] = ()
    """A draft that states one of these is refused without an attachment; empty: «при их наличии», advice."""
    accepted: tuple[Literal["photo", "video", "act"], ...] = ("photo", "video", "act")


class Publishing(Source):
    """Where and by whom the reply is published. Obeyed by `process.steps.publish`."""

    by: RoleName
    own_account_fallback: bool = False
    """A 12: where the place is technically impossible, the body's own account with a link to the author."""
    fallback_needs_author_link: bool = False


class RequirementCheck(StrEnum):
    """What a machine can look for in the text of a reply; a person judges the rest."""

    GREETING = "greeting"
    """It begins with a greeting or an address to the author."""
    DATES = "dates"
    """It names a date, or the time that is needed."""
    EVIDENCE = "evidence"
    """A photo, a video or an act is attached."""
    TONE = "tone"
    """No familiarity («ты»), no shouting (capitals, rows of exclamation marks)."""
    ACRONYMS = "acronyms"
    """No abbreviation left unexplained."""
    LAW_REFERENCES = "law_references"
    """Not more references to legal acts than sentences that explain them."""
    PERSONAL_DATA = "personal_data"
    """No mobile telephone, private e-mail, passport, flat or date of birth of a third person."""


class ReplyRequirement(Source):
    """What a reply must be; shown beside the draft, and checked where a machine can. Obeyed by `process.findings`."""

    requirement: Words
    words: Words
    check: RequirementCheck | None = None
    """What the machine looks for; None: a person judges."""


class Answerable(Source):
    """Who answers for the content of a reply and for the time of its draft. Obeyed by `process.answerable`."""

    role: RoleName
    for_: tuple[Literal["content", "timeliness"], ...] = Field(default=("content", "timeliness"), alias="for")


class NetworkLimit(Source):
    """Limits of replies in one network. Obeyed by `process.findings` (length) and `process.rates`."""

    network: NetworkName
    hard_length: int | None = Field(default=None, gt=0)
    recommended_length: int | None = Field(default=None, gt=0)
    identical_replies_an_hour: int | None = Field(default=None, gt=0)
    comments_a_day: int | None = Field(default=None, gt=0)


class BannedPhrase(Source):
    """A phrase no reply may carry. Obeyed by `process.findings`."""

    phrase: Words
    instead: str | None = None


class Outcome(Source):
    """A closing outcome a person must choose. Obeyed by `process.steps.close`."""

    outcome: Words
    words: Words


class ImmediateReport(Source):
    """What is reported to the head at once; its term is a step of kind report. Obeyed by `process.steps.confirm`."""

    about: tuple[Literal["significance", "surge", "high_importance"], ...] = Field(min_length=1)
    confirmed_by_person: bool = True
    to: RoleName
    by: RoleName | None = None
    """Who reports; None: the act is silent (the checker says so)."""


class PeriodicReport(Source):
    """A report that comes with each period; its term, if any, is a step. Obeyed by `process.duties`."""

    every: Literal["week", "month", "quarter", "on_instruction"]
    to: RoleName
    by: RoleName
    contents: tuple[Literal["results", "timeliness", "quality", "dynamics"], ...] = Field(min_length=1)


class Rating(Source):
    """A rating of bodies; below the minimum sample a body is not ranked. Obeyed by `process.duties`."""

    rating: Words
    by: Literal["timeliness", "satisfaction", "reopened"]
    minimum_sample: int = Field(ge=1)


class Deficiency(Source):
    """Who is told of deficiencies. Obeyed by `process.duties`."""

    to: tuple[RoleName, ...] = Field(min_length=1)
    by_field: bool = False
    """To the official who answers for that field, not to all of them."""


class EscalationLevel(Source):
    """A threshold of breaches in a period and who is then told. Obeyed by `process.duties`."""

    level: int = Field(ge=1)
    more_than_breaches: int = Field(ge=0)
    in_period: Literal["week", "month", "quarter"]
    to: RoleName


class PostNorm(Source):
    """How many posts a class of official page publishes. Obeyed by `process.duties`."""

    page_class: Words
    posts: int = Field(gt=0)
    in_period: Literal["day", "week", "month"]
    recommended: bool = False


class PageRule(Source):
    """A rule for official pages that is not a number: register, style, moderation. Shown on the act's screen."""

    rule: Words
    words: Words
    recommended: bool = False


class StandingDuty(Source):
    """A duty that belongs to no single message: accounts in networks, links on the site, help to others.

    Obeyed by `regulation.show` (the act's screen lists what each role must keep up).
    """

    duty: Words
    words: Words
    role: RoleName | None = None
    """Who; None: the act names nobody."""
    recommended: bool = False


class Policies(Strict):
    """All the policies of an act. What an act is silent about is left out; docs/acts.md says what then holds."""

    message_kinds: tuple[MessageKind, ...] = Field(min_length=1)
    importance: tuple[ImportanceClass, ...] = Field(min_length=1)
    legal_status: LegalStatus | None = None
    exclusions: tuple[ExclusionGround, ...] = ()
    other_procedures: tuple[OtherProcedure, ...] = ()
    routing: Routing
    parts: Parts | None = None
    review: Review
    interim: Interim | None = None
    clarification: Clarification | None = None
    repeats: Repeats | None = None
    evidence: Evidence | None = None
    publishing: Publishing
    reply_requirements: tuple[ReplyRequirement, ...] = ()
    answerable: tuple[Answerable, ...] = ()
    network_limits: tuple[NetworkLimit, ...] = ()
    banned_phrases: tuple[BannedPhrase, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    immediate_reports: tuple[ImmediateReport, ...] = ()
    periodic_reports: tuple[PeriodicReport, ...] = ()
    ratings: tuple[Rating, ...] = ()
    deficiencies: Deficiency | None = None
    escalation: tuple[EscalationLevel, ...] = ()
    post_norms: tuple[PostNorm, ...] = ()
    page_rules: tuple[PageRule, ...] = ()
    standing_duties: tuple[StandingDuty, ...] = ()
