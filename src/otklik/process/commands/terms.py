"""Reports and terms."""

import datetime as dt
from dataclasses import dataclass, field
from typing import ClassVar

from otklik.process.commands.base import Command, CommandName


@dataclass(frozen=True, slots=True)
class ConfirmSignificance(Command):
    name: ClassVar = CommandName.CONFIRM_SIGNIFICANCE
    ground: str = ""


@dataclass(frozen=True, slots=True)
class ConfirmSurge(Command):
    name: ClassVar = CommandName.CONFIRM_SURGE
    ground: str = ""


@dataclass(frozen=True, slots=True)
class Report(Command):
    """Reported to the head. `report`: what was reported."""

    name: ClassVar = CommandName.REPORT
    report: str = ""


@dataclass(frozen=True, slots=True)
class SetTerm(Command):
    """Set a term on this one incident, where the act allows it: an instant, or so many working minutes."""

    name: ClassVar = CommandName.SET_TERM
    step: str
    due_at: dt.datetime | None = None
    working_minutes: int | None = None
    part: int | None = None
    ground: str = ""


@dataclass(frozen=True, slots=True)
class Extend(Command):
    """Extend a term, where the act allows it: the new due time, or so many working minutes more."""

    name: ClassVar = CommandName.EXTEND
    step: str
    ground: str
    due_at: dt.datetime | None = None
    working_minutes: int | None = None


@dataclass(frozen=True, slots=True)
class TellAuthor(Command):
    """The author was told of the extension."""

    name: ClassVar = CommandName.TELL_AUTHOR
    step: str
    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Count(Command):
    """Common to commands about one count of a term: it is known by step, start and part."""

    step: str
    starts_at: dt.datetime
    part: int | None = field(default=None, kw_only=True)


@dataclass(frozen=True, slots=True)
class Warn(Count):
    """The role the act names was warned before expiry. By the program."""

    name: ClassVar = CommandName.WARN
    role: str


@dataclass(frozen=True, slots=True)
class RecordVerdict(Count):
    """A term was met or passed. By the program; `state` of `DeadlineState`."""

    name: ClassVar = CommandName.RECORD_VERDICT
    state: str
    due_at: dt.datetime | None
    clause: str
    calendar_version: str
    ended_at: dt.datetime | None = None
    recommended: bool = False


@dataclass(frozen=True, slots=True)
class CorrectVerdict(Count):
    """A person corrects a verdict, with a ground."""

    name: ClassVar = CommandName.CORRECT_VERDICT
    state: str
    ground: str


@dataclass(frozen=True, slots=True)
class Redate(Count):
    """A calendar change moved what still runs. By the program; never of a term with a verdict."""

    name: ClassVar = CommandName.REDATE
    old_due_at: dt.datetime
    new_due_at: dt.datetime
    calendar_version: str
