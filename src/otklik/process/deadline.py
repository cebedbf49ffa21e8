"""A deadline: the due time of one step, with the clause that sets it and what is needed to explain it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Protocol

from otklik.regulation.model import MomentKind, StepKind
from otklik.regulation.model.steps import Hours
from otklik.worktime import Schedule


class DeadlineState(StrEnum):
    WAITING = "waiting"
    """The start has not come, or a person has not set the term yet; `due_at` is None."""
    RUNNING = "running"
    PAUSED = "paused"
    """The clock stands still; `due_at` is what it was when it stopped, and moves on when it runs again."""
    MET = "met"
    MET_LATE = "met_late"
    LATE = "late"
    DROPPED = "dropped"
    """Given up without a breach: superseded by another term, a right not used, or the incident closed."""


class Schedules(Protocol):
    """Whose working time counts for a step. `otklik.process.schedules.ScheduleSet` is one."""

    def of(self, hours: Hours, *, body: str | None = None) -> Schedule:
        """The schedule for `hours`; `body` is the key of the body that holds the step, for `Hours.BODY`."""
        ...


class Rule(StrEnum):
    """How a due time came about."""

    WAITING = "waiting"
    WORKING_TIME = "working_time"
    """So many working hours or minutes after the start."""
    WALL_TIME = "wall_time"
    """So many hours or minutes of the wall clock after the start."""
    WORKING_DAYS = "working_days"
    """The closing of the Nth working day after the day of the start."""
    CALENDAR_DAYS = "calendar_days"
    """The end of the Nth calendar day after the day of the start."""
    CALENDAR_MONTHS = "calendar_months"
    """The end of the same day of a later month."""
    BEFORE = "before"
    SHARE = "share"
    BY_DAY_OF_MONTH = "by_day_of_month"
    BY_WEEKDAY = "by_weekday"
    SET_BY_PERSON = "set_by_person"


@dataclass(frozen=True, slots=True)
class Change:
    """Something that moved a due time while it ran, or failed to: `kind` is `set`, `extended`, `paused`, `body`, `of`.

    `at` is when it took effect; `due_at` what the due time became. `ignored` says why it had no effect
    (`after_due`: a term that has passed is not revived; `not_told`: the author was not told of the extension).
    """

    kind: str
    at: dt.datetime
    due_at: dt.datetime | None
    until_at: dt.datetime | None = None
    by: str | None = None
    ground: str = ""
    ignored: str | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why this instant: a rule with facts. Words are made of it in `otklik.process.explained`.

    `facts` come from the act (`literal`, `amount`, `unit`, `counted`, `percent`, `day`, `weekday`, `reading`, `reason`,
    `step_reading` and `step_reason`) and from the incident: `of_step`, `of_title`, `of_clause`, `of_starts_at` and
    `of_due_at` for a term that hangs on another; `named_on` for a day the act names;
    `no_time_left` where the due time lies before the start; `period` (the reported month or week, its first day);
    `superseded_by`, the moment at which the count was given up. `changes` are in the order of their taking effect.
    The walk through working time is not stored: `otklik.process.deadlines.walk` makes it on demand.
    """

    rule: Rule
    facts: Mapping[str, object]
    changes: tuple[Change, ...] = ()

    def as_data(self) -> dict[str, object]:
        """JSON-able: instants in ISO 8601."""
        data: dict[str, object] = {"rule": self.rule.value}
        data |= {name: _plain(value) for name, value in self.facts.items() if value is not None}
        if self.changes:
            data["changes"] = [_change_data(change) for change in self.changes]
        return data


@dataclass(frozen=True, slots=True)
class About:
    """What the act says of a step: the same for all its counts, in every incident."""

    step: str
    kind: StepKind
    title: str
    clause: str
    quote: str
    role: str
    who: str
    ends_on: tuple[MomentKind, ...]
    recommended: bool = False
    optional: bool = False
    hours: Hours = Hours.OWN


@dataclass(frozen=True, slots=True)
class Deadline:
    """One count of one step. All instants are aware and in the zone of the schedule that counted them."""

    about: About
    starts_on: MomentKind | None
    """The moment that started this count; while waiting, the first that the act names."""
    starts_at: dt.datetime | None
    due_at: dt.datetime | None
    """The last instant that is still in time: done at `due_at` is met, anything after it is late."""
    state: DeadlineState
    explanation: Explanation
    ended_at: dt.datetime | None = None
    """When it was met, or given up; None while it runs, and for a breach that nothing ended."""
    aim_at: dt.datetime | None = None
    """The near end of a range («1–3 часа»)."""
    warn_at: dt.datetime | None = None
    warn_role: str | None = None
    part: int | None = None
    body: str | None = None
    provisional: bool = False
    """Rests on a year whose calendar no decree has fixed yet."""
    calendar_version: str = ""
    count: int = 1
    """The number of this count among those of the same step and part, in the order of their opening."""
    ended_by: MomentKind | None = None

    @property
    def step(self) -> str:
        return self.about.step

    @property
    def kind(self) -> StepKind:
        return self.about.kind

    @property
    def title(self) -> str:
        return self.about.title

    @property
    def clause(self) -> str:
        return self.about.clause

    @property
    def quote(self) -> str:
        return self.about.quote

    @property
    def role(self) -> str:
        return self.about.role

    @property
    def who(self) -> str:
        """The role in the act's own words."""
        return self.about.who

    @property
    def ends_on(self) -> tuple[MomentKind, ...]:
        return self.about.ends_on

    @property
    def recommended(self) -> bool:
        return self.about.recommended

    @property
    def optional(self) -> bool:
        return self.about.optional

    @property
    def hours(self) -> Hours:
        """Whose working time counts."""
        return self.about.hours

    def having(self, values: Mapping[str, Any]) -> "Deadline":
        """A copy with these fields changed. Raises `TypeError` for a name that is no field."""
        return replace(self, **values)

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to act: it waits, runs, stands still, or is late and not yet done."""
        return self.ended_at is None and self.state in _OPEN and not (self.state is _LATE and self.is_superseded)

    @property
    def is_superseded(self) -> bool:
        """Whether another count took its place or the incident closed; a breach stays a breach all the same."""
        return "superseded_by" in self.explanation.facts


_LATE = DeadlineState.LATE
_OPEN = frozenset({DeadlineState.WAITING, DeadlineState.RUNNING, DeadlineState.PAUSED, DeadlineState.LATE})


def _plain(value: object) -> object:
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value.value if isinstance(value, StrEnum) else value


def _change_data(change: Change) -> dict[str, object]:
    values = {name: getattr(change, name) for name in Change.__slots__}
    return {name: _plain(value) for name, value in values.items() if value not in (None, "")}
