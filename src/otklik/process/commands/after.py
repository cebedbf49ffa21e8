"""After publication: the author, promises, closing."""

from dataclasses import dataclass
from typing import ClassVar

from otklik.process.commands.base import Command, CommandName


@dataclass(frozen=True, slots=True)
class AuthorAnswered(Command):
    """The author answered the request for clarification: a new message."""

    name: ClassVar = CommandName.AUTHOR_ANSWERED
    message: str


@dataclass(frozen=True, slots=True)
class AuthorSilent(Command):
    """The author is not waited for any longer."""

    name: ClassVar = CommandName.AUTHOR_SILENT
    note: str = ""


@dataclass(frozen=True, slots=True)
class KeepPromise(Command):
    name: ClassVar = CommandName.KEEP_PROMISE
    promise: int
    how: str = ""


@dataclass(frozen=True, slots=True)
class ReleasePromise(Command):
    """The promise is given up, with a ground."""

    name: ClassVar = CommandName.RELEASE_PROMISE
    promise: int
    ground: str


@dataclass(frozen=True, slots=True)
class Close(Command):
    """`outcome`: one of the act's outcomes; where the act has none: `answered` or `author_silent`."""

    name: ClassVar = CommandName.CLOSE
    outcome: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Reopen(Command):
    """`new_reply`: a second final reply is needed (of an answered incident)."""

    name: ClassVar = CommandName.REOPEN
    ground: str
    new_reply: bool = False
