"""What is made of the message."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from otklik.process.commands.base import Command, CommandName


@dataclass(frozen=True, slots=True)
class Detect(Command):
    """The message lies before the curator. `found_by`: `monitoring`, or the act's role that found it by itself."""

    name: ClassVar = CommandName.DETECT
    message: str
    network: str
    posted_at: dt.datetime | None = None
    kind: str | None = None
    """None: the first kind of the act."""
    found_by: str = "monitoring"
    repeat_of: str | None = None
    """The earlier incident, where the program found a likely one: a suggestion until `Select`."""
    tags: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Select(Command):
    """A reaction is needed. `kind` and `importance` None: as detected; `critical`: of a critical nature (A 1)."""

    name: ClassVar = CommandName.SELECT
    kind: str | None = None
    importance: str | None = None
    critical: bool = False
    repeat_of: str | None = None
    new_facts: bool = False
    ground: str = ""


@dataclass(frozen=True, slots=True)
class LeaveOut(Command):
    """No reaction is needed: outside the act's scope, or nothing is asked."""

    name: ClassVar = CommandName.LEAVE_OUT
    reason: str


@dataclass(frozen=True, slots=True)
class Exclude(Command):
    """Not answered, on one of the act's grounds."""

    name: ClassVar = CommandName.EXCLUDE
    ground: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class ProcessExcluded(Command):
    """K 19: excluded from answering, yet processed and counted. `done`: what was done about it."""

    name: ClassVar = CommandName.PROCESS_EXCLUDED
    done: str


@dataclass(frozen=True, slots=True)
class SendElsewhere(Command):
    """Not this procedure (U 21): it goes its own way."""

    name: ClassVar = CommandName.SEND_ELSEWHERE
    procedure: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class BlockAuthor(Command):
    """L 17: the author of an excluded message is put on the network's block list."""

    name: ClassVar = CommandName.BLOCK_AUTHOR
    reason: str


@dataclass(frozen=True, slots=True)
class Shorten(Command):
    """N 10: this incident is answered in the shortened term. `importance` None: the act's shortened class."""

    name: ClassVar = CommandName.SHORTEN
    ground: str = ""
    importance: str | None = None


@dataclass(frozen=True, slots=True)
class RaiseImportance(Command):
    name: ClassVar = CommandName.RAISE_IMPORTANCE
    importance: str
    ground: str = ""


@dataclass(frozen=True, slots=True)
class JoinRepeat(Command):
    """Recognise it, after selection, as a repeat of an earlier incident."""

    name: ClassVar = CommandName.JOIN_REPEAT
    repeat_of: str
    new_facts: bool = False


class RepeatWay(StrEnum):
    LINK = "link"
    BASE_OF_REPLIES = "base_of_replies"


@dataclass(frozen=True, slots=True)
class LinkRepeat(Command):
    """Answer a repeat without a new review, where the act allows it: by a link, or from the base of replies.

    `url`: of the earlier reply, http or https, obligatory for a link. `states`: as in `SaveDraft`.
    """

    name: ClassVar = CommandName.LINK_REPEAT
    text: str
    way: RepeatWay = RepeatWay.LINK
    url: str | None = None
