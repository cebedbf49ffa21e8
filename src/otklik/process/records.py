"""What an incident keeps besides its reply: parts asked for, a repeat, an exclusion, verdicts, extensions, links."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class PartStatus(StrEnum):
    PLANNED = "planned"
    """Its turn has not come."""
    ASKED = "asked"
    IN = "in"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Part:
    """What a competent body was asked for. `order`: bodies of a higher order are asked when the lower are in."""

    number: int
    body: str
    order: int = 1
    status: PartStatus = PartStatus.PLANNED
    asked_at: dt.datetime | None = None
    in_at: dt.datetime | None = None
    working_minutes: int | None = None
    """The term set for it by the curator, where the act allows another than its own."""
    due_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class RepeatOf:
    """The message repeats an earlier one. `earlier` is the key of the earlier incident."""

    earlier: str
    new_facts: bool = False


@dataclass(frozen=True, slots=True)
class Exclusion:
    ground: str
    effect: str
    may_block_author: bool = False
    author_blocked: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of one count of a term: fixed, and only corrected by a person with a ground."""

    step: str
    starts_at: dt.datetime
    state: str
    due_at: dt.datetime | None
    clause: str
    calendar_version: str
    ended_at: dt.datetime | None = None
    part: int | None = None
    recommended: bool = False
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class ExtensionGranted:
    step: str
    announce: bool
    told: bool = False


@dataclass(frozen=True, slots=True)
class LinkTo:
    incident: str
    relation: str
    organisation: str | None = None
