"""What the manager's pages show, as plain data. Templates `manager/*.html`."""

import datetime as dt
from dataclasses import dataclass

from otklik.web.chronometer import Chronometer
from otklik.web.view import EmptyState, Field, Form, Link, Notice, Pager


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number that opens the list it counts. `alarm`: above nought it is worth a second look."""

    count: int
    url: str
    label: str = ""
    note: str = ""
    alarm: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """The button «Напомнить»: `about` says of whom or what, for readers; `fields` are hidden names and values.

    `last_at`: when the last one was sent; None: never.
    """

    about: str
    fields: tuple[tuple[str, str], ...]
    last_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRow:
    """A step of an incident that waits for somebody. `key` opens the card; `work` is unique on the page."""

    key: int
    work: str
    number: str
    excerpt: str
    step: str
    """In the act's own words."""
    whose: str
    """The body, or the role whose turn it is."""
    person: str
    """Who is at it; empty: nobody."""
    clause: str
    chronometer: Chronometer
    untaken: bool
    reminder: Reminder


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyRow:
    """How a body is doing. `oldest_at`: since when the oldest task that nobody has taken lies there."""

    name: str
    open: Number
    late: Number
    at_risk: Number
    taken: Number
    untaken: Number
    oldest_at: dt.datetime | None
    reminder: Reminder | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """How a person is doing. `note`: «болеет до 30 ноября, замещает Орлова А. П.»."""

    name: str
    note: str
    open: Number
    late: Number
    at_risk: Number
    hand_over_url: str
    reminder: Reminder | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """The first rows of a list, and where the whole of it is."""

    title: str
    rows: tuple[TaskRow, ...]
    total: Number
    empty: EmptyState


@dataclass(frozen=True, slots=True, kw_only=True)
class ManagerPage:
    """The page. `others`: organisations that the viewer manages besides; `scope`: the bodies it is narrowed to."""

    key: int
    organisation: str
    scope: str
    now: dt.datetime
    numbers: tuple[Number, ...]
    late: Section
    at_risk: Section
    bodies: tuple[BodyRow, ...]
    people: tuple[PersonRow, ...]
    roles: tuple[BodyRow, ...]
    """What waits for a role and lies in no body."""
    others: tuple[Link, ...]

    @property
    def sections(self) -> tuple[Section, ...]:
        """The two lists at the top."""
        return self.late, self.at_risk


@dataclass(frozen=True, slots=True, kw_only=True)
class TasksPage:
    """A list of tasks. `narrowed`: what it is narrowed to; the address of each takes it off."""

    key: int
    title: str
    now: dt.datetime
    rows: tuple[TaskRow, ...]
    empty: EmptyState
    pager: Pager | None
    narrowed: tuple[Link, ...]
    reminder: Reminder | None
    """Of all in the list at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of one of several: `done`, or `why` not."""

    number: str
    url: str
    about: str
    done: bool
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultsPage:
    """What came of doing the same to several: those that could not be done first. `undo`: the button that takes it
    back, to `undo_url`."""

    key: int
    title: str
    lead: str
    results: tuple[Result, ...]
    back: Link
    notices: tuple[Notice, ...] = ()
    undo: Form | None = None
    undo_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HolderRow:
    """Somebody whose work may be handed over. `note`: their roles, and whether they are away."""

    name: str
    note: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldersPage:
    """Whose work is to be handed over: the people of the realm."""

    key: int
    rows: tuple[HolderRow, ...]
    empty: EmptyState


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldRow:
    """One thing a person holds. `state` in words."""

    key: int
    number: str
    excerpt: str
    state: str
    chronometer: Chronometer


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldGroup:
    """What goes to one receiver: things of one role and body. `field` asks to whom; None: there is nobody (`nobody`
    says what to do)."""

    title: str
    rows: tuple[HeldRow, ...]
    field: Field | None
    nobody: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverPage:
    """Everything a person holds, and to whom it goes."""

    key: int
    holder: int
    name: str
    note: str
    groups: tuple[HeldGroup, ...]
    form: Form
    """Why, absence and substitution; its `errors` are of the whole."""
    empty: EmptyState


@dataclass(frozen=True, slots=True, kw_only=True)
class RotaEntry:
    """Somebody on duty on a day. `times`: «весь день», «с 18:00», «9:00–15:00»; `key` takes them off; None: it cannot
    be taken off here, or is over."""

    key: int | None
    name: str
    line: str
    """The role, and the body if it is for one."""
    times: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RotaDay:
    """A day of the rota. `hours`: the working time, or why there is none; `troubles`: gaps and overlaps."""

    on: dt.date
    is_today: bool
    is_off: bool
    hours: str
    entries: tuple[RotaEntry, ...]
    troubles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RotaPage:
    """The rota of a week or of five. `lead`: how many days off to come nobody covers; empty: none."""

    key: int
    title: str
    lead: str
    now: dt.datetime
    days: tuple[RotaDay, ...]
    previous_url: str
    next_url: str
    other: Link
    form: Form
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovalPage:
    """Somebody is about to be taken off duty. `back`: the rota they came from."""

    name: str
    line: str
    times: str
    has_begun: bool
    back: str
    form: Form
