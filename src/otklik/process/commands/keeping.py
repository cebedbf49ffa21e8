"""Keeping the incident."""

from dataclasses import dataclass
from typing import ClassVar

from otklik.process.commands.base import Command, CommandName


@dataclass(frozen=True, slots=True)
class Take(Command):
    """Take it upon oneself. `role` None: the first role of the actor that takes part now."""

    name: ClassVar = CommandName.TAKE
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Assign(Command):
    name: ClassVar = CommandName.ASSIGN
    role: str
    person: str


@dataclass(frozen=True, slots=True)
class HandOver(Command):
    """From whoever holds it to another. `why`: `duty`, `substitution` or `other`."""

    name: ClassVar = CommandName.HAND_OVER
    role: str
    to: str
    why: str = "other"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Tag(Command):
    """Set tags; an empty value takes one off. `source`: `person`, or the model that a person confirmed."""

    name: ClassVar = CommandName.TAG
    tags: tuple[tuple[str, str], ...]
    source: str = "person"


@dataclass(frozen=True, slots=True)
class AddNote(Command):
    name: ClassVar = CommandName.ADD_NOTE
    note: str


@dataclass(frozen=True, slots=True)
class Remind(Command):
    """Remind those for whom something waits: of one step (and part), or, with `step` None, of all that wait now."""

    name: ClassVar = CommandName.REMIND
    step: str | None = None
    part: int | None = None


@dataclass(frozen=True, slots=True)
class Link(Command):
    """Show another incident beside this one: of the same event or place, or elsewhere under another body's own act."""

    name: ClassVar = CommandName.LINK
    incident: str
    relation: str = "handed_over"
    organisation: str | None = None


@dataclass(frozen=True, slots=True)
class Unlink(Command):
    """The two have nothing to do with each other after all."""

    name: ClassVar = CommandName.UNLINK
    incident: str
