"""The reply: drafts, visa, review, rework."""

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from otklik.process.commands.base import Command, CommandName
from otklik.process.state import Attachment, ReplyKind


@dataclass(frozen=True, slots=True)
class Promised:
    """A date that the reply promises, and what is promised by it."""

    due_on: dt.date
    what: str


@dataclass(frozen=True, slots=True)
class SaveDraft(Command):
    """Save a version. `base_version`: the one it was written on, 0 for the first; a stale one is refused.

    `states`: what it states, of `measures`, `concrete_measures`, `progress`, `refutation`.
    `impossibility`: why the question cannot be solved in the term, for an interim reply under an act that asks (K 16).
    """

    name: ClassVar = CommandName.SAVE_DRAFT
    text: str
    kind: ReplyKind = ReplyKind.FINAL
    base_version: int = 0
    states: frozenset[str] = frozenset()
    attachments: tuple[Attachment, ...] = ()
    impossibility: str = ""
    promises: tuple[Promised, ...] = ()


@dataclass(frozen=True, slots=True)
class SubmitDraft(Command):
    """To the visa inside the body, or straight to the reviewer.

    `approve`: approve it in the same step, where the act puts author and reviewer in one hand.
    """

    name: ClassVar = CommandName.SUBMIT_DRAFT
    version: int
    kind: ReplyKind = ReplyKind.FINAL
    approve: bool = False


@dataclass(frozen=True, slots=True)
class GiveVisa(Command):
    name: ClassVar = CommandName.GIVE_VISA
    version: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class RefuseVisa(Command):
    name: ClassVar = CommandName.REFUSE_VISA
    version: int
    reason: str


@dataclass(frozen=True, slots=True)
class Approve(Command):
    name: ClassVar = CommandName.APPROVE
    version: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class SendBack(Command):
    """Back for rework. `grounds`: names from the act's list; `reason`: in words."""

    name: ClassVar = CommandName.SEND_BACK
    version: int
    grounds: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ReworkJointly(Command):
    """U 11: the reviewer reworks it together with the executor, within the review term; it stays under review."""

    name: ClassVar = CommandName.REWORK_JOINTLY
    text: str
    base_version: int
    states: frozenset[str] = frozenset()
    attachments: tuple[Attachment, ...] = ()
    promises: tuple[Promised, ...] = ()
