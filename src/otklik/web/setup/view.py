"""What the templates of the set-up get."""

from dataclasses import dataclass

from otklik.web.admin.view import Group, Password, WeekDay
from otklik.web.view import Field, Form, Link


@dataclass(frozen=True, slots=True, kw_only=True)
class ActCard:
    """An act to choose, in plain words: who takes part, and how long each step may take."""

    value: str
    title: str
    place: str
    roles: str
    terms: tuple[str, ...]
    checked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SetupPage:
    """One step. `number` from 1, of `total`; the other fields are those of the step."""

    number: int
    total: int
    title: str
    lead: str
    form: Form
    back_url: str = ""
    groups: tuple[Group, ...] = ()
    acts: tuple[ActCard, ...] = ()
    source: Field | None = None
    week: tuple[WeekDay, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SetupDonePage:
    """The end: passwords shown once, and where to go."""

    organisation: str
    passwords: tuple[Password, ...]
    next_steps: tuple[Link, ...]
