"""A refusal: which rule forbids a step, and who may do what next. Codes with facts; words in `refusal_words`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from otklik.process.commands import CommandName
from otklik.regulation.model.source import Source


class RefusalCode(StrEnum):
    # Who
    OUTSIDER = "outsider"
    NOT_YOUR_ROLE = "not_your_role"
    NOT_YOUR_UNIT = "not_your_unit"
    RANK_TOO_LOW = "rank_too_low"
    SELF_REVIEW = "self_review"
    ONLY_PROGRAM = "only_program"
    HOLDER_HAS_ACCOUNT = "holder_has_account"
    EVIDENCE_FOR_ANOTHER = "evidence_for_another"
    # When
    TIME_WITHOUT_ZONE = "time_without_zone"
    IN_FUTURE = "in_future"
    EVIDENCE_FOR_LATE_RECORD = "evidence_for_late_record"
    BEFORE_DETECTION = "before_detection"
    BEFORE_PREVIOUS = "before_previous"
    # Where it stands
    NOT_DETECTED = "not_detected"
    DETECTED_ALREADY = "detected_already"
    WRONG_STAGE = "wrong_stage"
    ENDED = "ended"
    IN_FLIGHT = "in_flight"
    REPLY_STANDS = "reply_stands"
    # Words that are wanted
    UNKNOWN_NAME = "unknown_name"
    REASON_REQUIRED = "reason_required"
    GROUND_REQUIRED = "ground_required"
    # Selection
    KIND_UNKNOWN = "kind_unknown"
    NETWORK_OUT_OF_SCOPE = "network_out_of_scope"
    NOT_CRITICAL = "not_critical"
    IMPORTANCE_UNKNOWN = "importance_unknown"
    IMPORTANCE_BY_DECISION = "importance_by_decision"
    IMPORTANCE_NOT_HIGHER = "importance_not_higher"
    NO_SHORTENED_TERM = "no_shortened_term"
    GROUND_UNKNOWN = "ground_unknown"
    NOTHING_TO_PROCESS = "nothing_to_process"
    PROCEDURE_UNKNOWN = "procedure_unknown"
    BLOCK_NOT_PROVIDED = "block_not_provided"
    BLOCKED_ALREADY = "blocked_already"
    NOT_A_REPEAT = "not_a_repeat"
    REPEAT_WHOLE_PROCESS = "repeat_whole_process"
    LINK_REQUIRED = "link_required"
    # The way to the executor
    NOT_RECEIVED = "not_received"
    RECEIPT_NOT_PROVIDED = "receipt_not_provided"
    SAME_UNIT = "same_unit"
    RETURN_NOT_PROVIDED = "return_not_provided"
    RETURN_LAPSED = "return_lapsed"
    PARTS_NOT_PROVIDED = "parts_not_provided"
    PARTS_EMPTY = "parts_empty"
    PARTS_ORDER_FIXED = "parts_order_fixed"
    BODY_ASKED_ALREADY = "body_asked_already"
    CONSOLIDATOR_REQUIRED = "consolidator_required"
    CONSOLIDATOR_FIXED = "consolidator_fixed"
    CONSOLIDATOR_NOT_ASKED = "consolidator_not_asked"
    PART_UNKNOWN = "part_unknown"
    PARTS_MISSING = "parts_missing"
    # The reply
    NOT_ROUTED = "not_routed"
    DRAFT_STALE = "draft_stale"
    NO_DRAFT = "no_draft"
    TEXT_REQUIRED = "text_required"
    UNDER_REVIEW = "under_review"
    APPROVED_LOCKED = "approved_locked"
    ALREADY_PUBLISHED = "already_published"
    INTERIM_NOT_PROVIDED = "interim_not_provided"
    INTERIM_ONCE = "interim_once"
    IMPOSSIBILITY_REQUIRED = "impossibility_required"
    CLARIFICATION_NOT_PROVIDED = "clarification_not_provided"
    FIRST_RESPONSE_NOT_PROVIDED = "first_response_not_provided"
    CORRECTION_NOT_OPEN = "correction_not_open"
    STATES_UNKNOWN = "states_unknown"
    ATTACHMENT_UNKNOWN = "attachment_unknown"
    EVIDENCE_REQUIRED = "evidence_required"
    TEXT_TOO_LONG = "text_too_long"
    PHRASE_BANNED = "phrase_banned"
    REPEAT_MUST_STATE = "repeat_must_state"
    PROMISE_IN_PAST = "promise_in_past"
    NO_REVIEW = "no_review"
    NO_VISA = "no_visa"
    JOINT_REWORK_NOT_PROVIDED = "joint_rework_not_provided"
    # Publication
    NOT_APPROVED = "not_approved"
    OWN_ACCOUNT_NOT_PROVIDED = "own_account_not_provided"
    IMPOSSIBILITY_OF_PLACE_REQUIRED = "impossibility_of_place_required"
    AUTHOR_LINK_REQUIRED = "author_link_required"
    URL_REQUIRED = "url_required"
    OUTCOME_UNKNOWN_YET = "outcome_unknown_yet"
    NOTHING_SENT = "nothing_sent"
    NOTHING_PUBLISHED = "nothing_published"
    # After it
    NOTHING_ASKED = "nothing_asked"
    PROMISE_UNKNOWN = "promise_unknown"
    PROMISES_OPEN = "promises_open"
    REPORT_DUE = "report_due"
    OUTCOME_NOT_LISTED = "outcome_not_listed"
    NO_REPLY_YET = "no_reply_yet"
    LINKED_ALREADY = "linked_already"
    NOT_LINKED = "not_linked"
    REMINDED_LATELY = "reminded_lately"
    NOBODY_TO_REMIND = "nobody_to_remind"
    # Reports and terms
    REPORT_NOT_PROVIDED = "report_not_provided"
    CONFIRMED_ALREADY = "confirmed_already"
    NOTHING_TO_REPORT = "nothing_to_report"
    STEP_UNKNOWN = "step_unknown"
    TERM_FIXED = "term_fixed"
    TERM_AMOUNT = "term_amount"
    TERM_IN_PAST = "term_in_past"
    EXTENSION_NOT_PROVIDED = "extension_not_provided"
    EXTENDED_ALREADY = "extended_already"
    EXTENSION_TOO_LONG = "extension_too_long"
    NOTHING_TO_TELL = "nothing_to_tell"
    VERDICT_STANDS = "verdict_stands"
    VERDICT_UNKNOWN = "verdict_unknown"


@dataclass(frozen=True, slots=True)
class Refusal:
    """No, and why. `clause` and `quote`: the words of the act that forbid it; None where no clause does.

    `who_may`: the act's roles that may do the first of `next`, or the step asked for where only the role was wrong.
    `next`: commands that are possible now, the main one first.
    """

    code: RefusalCode
    facts: Mapping[str, object] = field(default_factory=dict)
    clause: str | None = None
    quote: str | None = None
    who_may: tuple[str, ...] = ()
    next: tuple[CommandName, ...] = ()


def refuse(
    code: RefusalCode, source: Source | None = None, *, then: tuple[CommandName, ...] = (), **facts: object
) -> Refusal:
    """A refusal on the words of `source`, if any; `decide` adds who may do what, where `then` does not say it."""
    return Refusal(
        code=code,
        facts=facts,
        clause=source.clause if source else None,
        quote=source.quote if source else None,
        next=then,
    )
