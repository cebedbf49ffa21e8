"""Its way to those who answer."""

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from otklik.process.commands.base import Command, CommandName
from otklik.process.state import Attachment


@dataclass(frozen=True, slots=True)
class Receive(Command):
    """The incident came from the curator to the executor (N 8, 10)."""

    name: ClassVar = CommandName.RECEIVE


@dataclass(frozen=True, slots=True)
class Route(Command):
    """To the competent unit; again, to another."""

    name: ClassVar = CommandName.ROUTE
    unit: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Return(Command):
    """Not competent: back to whoever sent it."""

    name: ClassVar = CommandName.RETURN
    reason: str


@dataclass(frozen=True, slots=True)
class PartRequest:
    """What one body is asked for. A term of its own only where the act allows it; one of the two at most."""

    body: str
    order: int = 1
    question: str = ""
    working_minutes: int | None = None
    due_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class RequestParts(Command):
    """Several competent bodies. `consolidator`: the unit that writes the common reply, where the act has one named."""

    name: ClassVar = CommandName.REQUEST_PARTS
    parts: tuple[PartRequest, ...]
    consolidator: str | None = None


@dataclass(frozen=True, slots=True)
class SubmitPart(Command):
    name: ClassVar = CommandName.SUBMIT_PART
    part: int
    text: str
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class ReturnPart(Command):
    """The body asked is not competent for its part."""

    name: ClassVar = CommandName.RETURN_PART
    part: int
    reason: str


@dataclass(frozen=True, slots=True)
class WithdrawPart(Command):
    """The part is not needed any more."""

    name: ClassVar = CommandName.WITHDRAW_PART
    part: int
    reason: str


@dataclass(frozen=True, slots=True)
class AssignConsolidator(Command):
    name: ClassVar = CommandName.ASSIGN_CONSOLIDATOR
    unit: str
