"""What the pages of duty show. Templates `duty/page.html`, `duty/training.html`."""

import datetime as dt
from dataclasses import dataclass

from otklik.web.chronometer import Chronometer
from otklik.web.view import EmptyState, Link


@dataclass(frozen=True, slots=True, kw_only=True)
class OnDuty:
    """Somebody on duty, now or soon. `phone` as people write it, `tel` for the link; `times`: «до 09:00 завтра».

    `substitute`: who acts for them, where they are away.
    """

    name: str
    role: str
    unit: str
    times: str
    phone: str
    tel: str
    substitute: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A task of the viewer's whose clock stands or runs. `due`: «до 15:30»."""

    key: int
    number: str
    excerpt: str
    due: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyDesk:
    """One organisation in which the viewer works. `clock`: the sentences on the working clock; `starts`: what goes on
    when it does."""

    name: str
    clock: str
    is_open: bool
    starts: str
    waiting: tuple[Waiting, ...]
    now: tuple[OnDuty, ...]
    contacts: tuple[OnDuty, ...]
    """Whom to ask while nobody is on duty."""
    soon: tuple[OnDuty, ...]
    away: tuple[tuple[str, str], ...]
    """Who is away: name, and until when and who acts for them."""
    rota_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyPage:
    desks: tuple[DutyDesk, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """One stage of the invented message. `title`: what has happened; `clock`: the sentences on the working clock;
    `todo`, `who`, `clause`: what is next; `now`: the moment of the stage."""

    title: str
    now: dt.datetime
    clock: str
    due: str
    todo: str
    who: str
    clause: str
    terms: tuple[Chronometer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingPage:
    """The lesson. `starts`: other moments at which the message may come; the current one has no address."""

    organisation: str
    act_title: str
    at: str
    """For the form: `YYYY-MM-DDTHH:MM`."""
    message: str
    stages: tuple[Lesson, ...]
    starts: tuple[Link, ...]
    empty: EmptyState
