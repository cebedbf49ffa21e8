"""The one clock: a term as a clerk sees it. Free of Django; words are made of it in `words.py`."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

SOON_PERCENT = 40
"""From this share of the term left, in percent, the clock says «скоро»."""
NOW_PERCENT = 15
"""From this share left it says «срочно»."""


class ClockState(StrEnum):
    """As `process.DeadlineState`, and `NONE` for a step to which the act sets no term."""

    WAITING = "waiting"
    RUNNING = "running"
    PAUSED = "paused"
    MET = "met"
    MET_LATE = "met_late"
    LATE = "late"
    DROPPED = "dropped"
    NONE = "none"


class Urgency(StrEnum):
    """What colour, shape and word the clock takes."""

    IDLE = "idle"
    CALM = "calm"
    SOON = "soon"
    NOW = "now"
    LATE = "late"
    DONE = "done"
    DONE_LATE = "done-late"


class WalkKind(StrEnum):
    """What a line of the walk through working time says."""

    COUNTED = "counted"
    SKIPPED = "skipped"
    SHORT = "short"
    """Counted, on a day shortened by an hour."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WalkLine:
    """One line of the walk: a stretch of one day that counts, or one or more days that do not.

    `from_at` and `until_at` bound a counted stretch; a skipped line has only days. `counted` is working time.
    """

    kind: WalkKind
    on: dt.date
    until_on: dt.date | None = None
    from_at: dt.datetime | None = None
    until_at: dt.datetime | None = None
    counted: dt.timedelta | None = None
    note: str = ""
    """«выходные», «праздник: День народного единства», «обед 13:00–13:45», «короче на час»."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """Why a term is what it is: the clause, its literal words, how they are read, and the walk through the hours."""

    clause: str
    """As in the act: «13», «A2 2.2», «R 4»."""
    quote: str
    literal: str = ""
    """«30 минут», «8 рабочих часов»."""
    reading: str = ""
    reason: str = ""
    starts: str = ""
    """What started it, in words: «с момента выявления»."""
    sums: str = ""
    """The arithmetic in one sentence, for terms that hang on another («17:45 минус 4 рабочих часа»)."""
    walk: tuple[WalkLine, ...] = ()
    hours_of: str = ""
    """Whose working time counts, and its source: «режим работы администрации, предположение»."""
    calendar: str = ""
    """Version of the production calendar."""
    provisional: str = ""
    """Why the date may still move; empty: it rests on decrees."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chronometer:
    """A term at the moment `now`.

    `left` and `total` are working time where `working` is true, else wall time; `left` is negative after the due time.
    `left_days` is given for terms counted in working days: whole working days left.
    `stands_until`: the clock stands now (night, day off, lunch) and runs again from then.
    `key` is unique on the page and stays the same from page to page, so that a running page can renew its clocks.
    """

    key: str
    title: str
    """The step in the act's own words: «Направить проект ответа на согласование»."""
    state: ClockState
    now: dt.datetime
    starts_at: dt.datetime | None = None
    due_at: dt.datetime | None = None
    ended_at: dt.datetime | None = None
    left: dt.timedelta | None = None
    total: dt.timedelta | None = None
    left_days: int | None = None
    working: bool = True
    stands_until: dt.datetime | None = None
    notes: tuple[str, ...] = ()
    """Short remarks beside the time: «сегодня рабочий день короче на час»."""
    recommended: bool = False
    """«Рекомендуется»: a shortfall is shown, never a breach."""
    zone_note: str = ""
    """The zone, where it is not the viewer's."""
    why: Why | None = None

    @property
    def percent_left(self) -> int:
        """Share of the term left, 0 to 100; 100 before it starts, 0 when it is over."""
        if self.state in {ClockState.WAITING, ClockState.NONE}:
            return 100
        if self.left is None or not self.total or self.left <= dt.timedelta(0):
            return 0
        return min(100, round(100 * self.left / self.total))

    @property
    def percent_gone(self) -> int:
        """How much of the bar is filled."""
        return 100 - self.percent_left

    @property
    def urgency(self) -> Urgency:
        """Colour, shape and word: by state, and while it runs by the share of the term left."""
        fixed = {
            ClockState.MET: Urgency.DONE,
            ClockState.MET_LATE: Urgency.DONE_LATE,
            ClockState.LATE: Urgency.LATE,
        }
        if self.state in fixed:
            return fixed[self.state]
        if self.state is not ClockState.RUNNING or self.left is None:
            return Urgency.IDLE
        if self.left < dt.timedelta(0):
            return Urgency.LATE
        if self.percent_left <= NOW_PERCENT:
            return Urgency.NOW
        return Urgency.SOON if self.percent_left <= SOON_PERCENT else Urgency.CALM
