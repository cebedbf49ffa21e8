"""Publication, correction, withdrawal."""

from dataclasses import dataclass
from typing import ClassVar

from otklik.process.commands.base import Command, CommandName
from otklik.process.state import PublicationPlace, ReplyKind, Slot


@dataclass(frozen=True, slots=True)
class RequestPublication(Command):
    """Hand it to the outbox. For the body's own account: why the place is impossible, and the link to the author."""

    name: ClassVar = CommandName.REQUEST_PUBLICATION
    kind: ReplyKind = ReplyKind.FINAL
    place: PublicationPlace = PublicationPlace.AT_SOURCE
    why_impossible: str = ""
    author_link: str = ""


@dataclass(frozen=True, slots=True)
class ConfirmPublished(Command):
    """It stands there. By the connector, or by a person who published by hand (`url` obligatory)."""

    name: ClassVar = CommandName.CONFIRM_PUBLISHED
    kind: ReplyKind = ReplyKind.FINAL
    url: str = ""
    external_id: str = ""
    slot: Slot | None = None
    """The connector names the slot it was given; None: the current one of `kind`."""
    place: PublicationPlace = PublicationPlace.AT_SOURCE
    why_impossible: str = ""
    author_link: str = ""


@dataclass(frozen=True, slots=True)
class PublicationFailed(Command):
    """It does not stand there, and sending it again cannot make two. `permanent`: mend it before another attempt."""

    name: ClassVar = CommandName.PUBLICATION_FAILED
    problem: str
    kind: ReplyKind = ReplyKind.FINAL
    slot: Slot | None = None
    permanent: bool = False


@dataclass(frozen=True, slots=True)
class PublicationUnknown(Command):
    """Sent, and the platform did not say: it may stand there."""

    name: ClassVar = CommandName.PUBLICATION_UNKNOWN
    problem: str
    kind: ReplyKind = ReplyKind.FINAL
    slot: Slot | None = None


@dataclass(frozen=True, slots=True)
class Correct(Command):
    """Open a correction of a published reply; it goes through the same approval. `of` None: the last published."""

    name: ClassVar = CommandName.CORRECT
    reason: str
    of: Slot | None = None


@dataclass(frozen=True, slots=True)
class Withdraw(Command):
    """Propose to take a published reply down; it goes through the same approval. `of` None: the last published."""

    name: ClassVar = CommandName.WITHDRAW
    reason: str
    of: Slot | None = None
