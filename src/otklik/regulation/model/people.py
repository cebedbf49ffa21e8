"""The roles of an act in its own words, mapped to ours, and who must be appointed."""

from enum import StrEnum

from pydantic import Field

from otklik.regulation.model.source import KindName, RoleName, Source, Strict, Words


class OurRole(StrEnum):
    """The roles the program knows. People are resolved to them at the door; the core knows only roles."""

    OPERATOR = "operator"
    CURATOR = "curator"
    EXECUTOR = "executor"
    SPECIALIST = "specialist"
    PUBLISHER = "publisher"
    RESPONSIBLE = "responsible"
    """The responsible official, usually a deputy head."""
    HEAD = "head"
    ADMINISTRATOR = "administrator"


class Rank(StrEnum):
    """An official's rank, low to high, as far as acts ask for it."""

    EMPLOYEE = "employee"
    UNIT_HEAD = "unit_head"
    DEPUTY_HEAD = "deputy_head"
    HEAD = "head"


class Role(Source):
    """A role of the act. `role` is the name its steps use; `is_` says which of ours it is."""

    role: Words
    is_: OurRole = Field(alias="is")
    words: Words
    """The act's own word: «куратор», «профильный Исполнитель»."""
    external: bool = False
    """Held by another institution (an outside curator, a regional centre), perhaps by someone without an account."""
    hours_owner: str | None = None
    """For an external role: the institution whose working time counts."""
    several: bool = False
    """More than one may hold it on one incident at once."""
    for_kinds: tuple[KindName, ...] = ()
    """The kinds of message this holder serves, where curators differ by kind; empty: all."""
    not_below: Rank | None = None
    substitutes: bool = False
    """The act asks for a substitute for the time of absence."""


class OneHand(Source):
    """Two roles that the act itself puts in one hand: steps between them collapse, and self-review is allowed."""

    roles: tuple[RoleName, ...] = Field(min_length=2)


class People(Strict):
    """Who takes part."""

    roles: tuple[Role, ...] = Field(min_length=1)
    one_hand: tuple[OneHand, ...] = ()
