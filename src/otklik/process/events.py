"""What can happen to an incident: the journal's vocabulary, the pure part.

The journal adds to each event its number, `recorded_at`, actor, on behalf of whom, command id, act hash, calendar
version and digest. `payload` is JSON without floats and carries no personal text: keys of people, units, messages and
files are opaque strings, instants and dates are ISO 8601. Whatever a person wrote stands in `texts`, by name, which the
journal keeps apart and salted, so that it can be erased by law; `evolve` never looks at it.

`PAYLOADS` is the map of the vocabulary: for each kind, the keys of its payload and the names of its texts.
An optional key ends with `?`, a name with `*` stands for numbered ones. A test holds every event that `decide` makes
against this table.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class EventKind(StrEnum):
    """Every kind of event of an incident. Those that share a name with a `MomentKind` start and end terms."""

    # The message and what is made of it
    POSTED = "posted"
    DETECTED = "detected"
    SELECTED = "selected"
    MARKED_PUBLICATION = "marked_publication"
    """Selected as a kind of message for which the act sets no process (N: publications)."""
    LEFT_OUT = "left_out"
    EXCLUDED = "excluded"
    PROCESSED_WITHOUT_REPLY = "processed_without_reply"
    NOT_THIS_PROCEDURE = "not_this_procedure"
    AUTHOR_BLOCKED = "author_blocked"
    SHORTENED = "shortened"
    IMPORTANCE_RAISED = "importance_raised"
    JOINED = "joined"
    """Recognised as a repeat of an earlier incident after selection."""
    REPEAT_LINKED = "repeat_linked"
    """Answered by a link to the earlier reply, or from the base of replies: approved without a new review."""
    # Its way to those who answer
    RECEIVED = "received"
    ROUTED = "routed"
    RETURNED = "returned"
    PARTS_PLANNED = "parts_planned"
    PART_REQUESTED = "part_requested"
    PART_IN = "part_in"
    PART_RETURNED = "part_returned"
    PART_WITHDRAWN = "part_withdrawn"
    CONSOLIDATOR_NAMED = "consolidator_named"
    # The reply
    DRAFT_SAVED = "draft_saved"
    VISA_REQUESTED = "visa_requested"
    VISA_GIVEN = "visa_given"
    VISA_REFUSED = "visa_refused"
    DRAFT_IN = "draft_in"
    SENT_BACK = "sent_back"
    APPROVED = "approved"
    # Publication
    PUBLICATION_REQUESTED = "publication_requested"
    PUBLICATION_FAILED = "publication_failed"
    PUBLICATION_UNKNOWN = "publication_unknown"
    FIRST_RESPONSE = "first_response"
    INTERIM_PUBLISHED = "interim_published"
    CLARIFICATION_PUBLISHED = "clarification_published"
    PUBLISHED = "published"
    CORRECTION_OPENED = "correction_opened"
    CORRECTION_PUBLISHED = "correction_published"
    WITHDRAWN = "withdrawn"
    # After it
    AUTHOR_ANSWERED = "author_answered"
    AUTHOR_SILENT = "author_silent"
    PROMISE_MADE = "promise_made"
    PROMISE_KEPT = "promise_kept"
    PROMISE_RELEASED = "promise_released"
    CLOSED = "closed"
    REOPENED = "reopened"
    # Reports and terms
    SIGNIFICANCE_CONFIRMED = "significance_confirmed"
    SURGE_CONFIRMED = "surge_confirmed"
    REPORTED = "reported"
    TERM_SET = "term_set"
    EXTENDED = "extended"
    AUTHOR_TOLD = "author_told"
    WARNED = "warned"
    VERDICT = "verdict"
    VERDICT_CORRECTED = "verdict_corrected"
    REDATED = "redated"
    """A calendar change moved the due time of a term that still runs."""
    # Keeping the incident
    TAKEN = "taken"
    ASSIGNED = "assigned"
    HANDED_OVER = "handed_over"
    """From person to person: duty, substitution."""
    TAGGED = "tagged"
    NOTE_ADDED = "note_added"
    REMINDED = "reminded"
    """Those for whom a step waits were reminded of it, by a person."""
    LINKED = "linked"
    """To another incident: of the same event or place, or elsewhere under another body's own act."""
    UNLINKED = "unlinked"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, as decided. `happened_at` is an aware instant; `version` is of the payload's form."""

    kind: EventKind
    version: int
    happened_at: dt.datetime
    payload: Mapping[str, object] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shape:
    """What the current version of a kind carries. A key that ends with `?` may be absent."""

    keys: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    version: int = 1


COMMON_KEYS = ("recorded_for?", "recorded_later?")
"""May stand in any payload: the role a step was recorded for (its holder has no account), and the mark that it was
recorded after it happened; `evidence` is then among the texts."""
COMMON_TEXTS = ("evidence",)

_SLOT = ("message", "reply", "number")
"""Which publication it is about: the message answered, the kind of reply, and its number (see `state.Slot`)."""
_PUBLISHED = (*_SLOT, "version", "place", "url?", "external_id?", "by_hand?", "author_link?")
_COUNT = ("step", "starts_at", "part?")

PAYLOADS: Mapping[EventKind, Shape] = {
    EventKind.POSTED: Shape(),
    EventKind.DETECTED: Shape(("message", "network", "kind", "importance", "found_by", "repeat_of?", "tags?")),
    EventKind.SELECTED: Shape(("kind", "importance", "repeat_of?", "new_facts?", "report_about?", "by?"), ("ground",)),
    EventKind.MARKED_PUBLICATION: Shape(
        ("kind", "importance", "repeat_of?", "new_facts?", "report_about?", "by?"), ("ground",)
    ),
    EventKind.LEFT_OUT: Shape((), ("reason",)),
    EventKind.EXCLUDED: Shape(("ground", "effect", "may_block_author"), ("note",)),
    EventKind.PROCESSED_WITHOUT_REPLY: Shape((), ("done",)),
    EventKind.NOT_THIS_PROCEDURE: Shape(("procedure",), ("note",)),
    EventKind.AUTHOR_BLOCKED: Shape(("network",), ("reason",)),
    EventKind.SHORTENED: Shape(("importance", "report_about?"), ("ground",)),
    EventKind.IMPORTANCE_RAISED: Shape(("importance", "report_about?"), ("ground",)),
    EventKind.JOINED: Shape(("repeat_of", "new_facts")),
    EventKind.REPEAT_LINKED: Shape((*_SLOT, "version", "way", "repeat_of", "url?", "by"), ("text",)),
    EventKind.RECEIVED: Shape(),
    EventKind.ROUTED: Shape(("unit?", "previous?"), ("note",)),
    EventKind.RETURNED: Shape(("unit?",), ("reason",)),
    EventKind.PARTS_PLANNED: Shape(("parts", "consolidator?")),
    EventKind.PART_REQUESTED: Shape(("part", "body"), ("question",)),
    EventKind.PART_IN: Shape(("part", "body", "attachments?", "by"), ("text",)),
    EventKind.PART_RETURNED: Shape(("part", "body"), ("reason",)),
    EventKind.PART_WITHDRAWN: Shape(("part", "body"), ("reason",)),
    EventKind.CONSOLIDATOR_NAMED: Shape(("unit",)),
    EventKind.DRAFT_SAVED: Shape(
        (*_SLOT, "version", "by", "states", "attachments", "promises", "impossibility_stated", "joint?", "of?"),
        ("text", "impossibility", "promise_*"),
    ),
    EventKind.VISA_REQUESTED: Shape((*_SLOT, "version", "by")),
    EventKind.VISA_GIVEN: Shape((*_SLOT, "version", "by", "self_review?"), ("note",)),
    EventKind.VISA_REFUSED: Shape((*_SLOT, "version", "by"), ("reason",)),
    EventKind.DRAFT_IN: Shape((*_SLOT, "version", "by")),
    EventKind.SENT_BACK: Shape((*_SLOT, "version", "grounds", "by"), ("reason",)),
    EventKind.APPROVED: Shape((*_SLOT, "version", "by", "self_review?"), ("note",)),
    EventKind.PUBLICATION_REQUESTED: Shape((*_SLOT, "version", "place", "author_link?"), ("why_impossible",)),
    EventKind.PUBLICATION_FAILED: Shape((*_SLOT, "permanent"), ("problem",)),
    EventKind.PUBLICATION_UNKNOWN: Shape(_SLOT, ("problem",)),
    EventKind.FIRST_RESPONSE: Shape(_PUBLISHED, ("why_impossible",)),
    EventKind.INTERIM_PUBLISHED: Shape(_PUBLISHED, ("why_impossible",)),
    EventKind.CLARIFICATION_PUBLISHED: Shape(_PUBLISHED, ("why_impossible",)),
    EventKind.PUBLISHED: Shape(_PUBLISHED, ("why_impossible",)),
    EventKind.CORRECTION_OPENED: Shape((*_SLOT, "of"), ("reason",)),
    EventKind.CORRECTION_PUBLISHED: Shape((*_PUBLISHED, "of"), ("why_impossible",)),
    EventKind.WITHDRAWN: Shape((*_PUBLISHED, "of"), ("why_impossible",)),
    EventKind.AUTHOR_ANSWERED: Shape(("message",)),
    EventKind.AUTHOR_SILENT: Shape((), ("note",)),
    EventKind.PROMISE_MADE: Shape(("promise", "due_on", *_SLOT)),
    EventKind.PROMISE_KEPT: Shape(("promise",), ("how",)),
    EventKind.PROMISE_RELEASED: Shape(("promise",), ("ground",)),
    EventKind.CLOSED: Shape(("outcome",), ("note",)),
    EventKind.REOPENED: Shape(("to", "round"), ("ground",)),
    EventKind.SIGNIFICANCE_CONFIRMED: Shape(("report_about?",), ("ground",)),
    EventKind.SURGE_CONFIRMED: Shape(("report_about?",), ("ground",)),
    EventKind.REPORTED: Shape(("about", "to"), ("report",)),
    EventKind.TERM_SET: Shape(("step", "by", "due_at?", "working_minutes?", "part?"), ("ground",)),
    EventKind.EXTENDED: Shape(("step", "by", "due_at?", "working_minutes?", "part?", "announce"), ("ground",)),
    EventKind.AUTHOR_TOLD: Shape(("step", "url?"), ("text",)),
    EventKind.WARNED: Shape((*_COUNT, "role")),
    EventKind.VERDICT: Shape(
        (*_COUNT, "state", "due_at?", "ended_at?", "clause", "calendar_version", "recommended?"),
    ),
    EventKind.VERDICT_CORRECTED: Shape((*_COUNT, "state", "was"), ("ground",)),
    EventKind.REDATED: Shape((*_COUNT, "old_due_at", "new_due_at", "calendar_version")),
    EventKind.TAKEN: Shape(("role", "person")),
    EventKind.ASSIGNED: Shape(("role", "person", "by")),
    EventKind.HANDED_OVER: Shape(("role", "from?", "to", "why"), ("note",)),
    EventKind.TAGGED: Shape(("tags", "source")),
    EventKind.NOTE_ADDED: Shape(("by",), ("note",)),
    EventKind.REMINDED: Shape(("step", "part?", "role", "unit?", "person?", "by")),
    EventKind.LINKED: Shape(("incident", "relation", "organisation?")),
    EventKind.UNLINKED: Shape(("incident",)),
}
