"""Deadlines: a pure fold of what happened to an incident over the act's terms.

A map of the fold:

- `compiled.py`: the act made ready, once;
- `counting.py`: which counts each step has had (moments only);
- `reckoning.py`: the conventions of terms on a schedule (arithmetic only);
- `timing.py`, `moves.py`: when each count starts and is due, and what moved it;
- here: the rows, their states, and the walk that explains one.

docs/deadlines.md tells the rules in words.
"""

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache

from otklik.process.compiled import compiled
from otklik.process.counting import counts_of, story_of
from otklik.process.deadline import Deadline, DeadlineState, Explanation, Rule, Schedules
from otklik.process.facts import Facts, Moment
from otklik.process.moves import apply_moves
from otklik.process.timing import Timed, Timer
from otklik.regulation.model import Act
from otklik.worktime import Schedule, Walk, explain

_DAYS = frozenset({Rule.CALENDAR_DAYS, Rule.CALENDAR_MONTHS, Rule.WALL_TIME})


def deadlines(facts: Facts, act: Act, schedules: Schedules, now: dt.datetime) -> list[Deadline]:
    """Every count of every step that applies, by step in the order of the act, then in the order of opening.

    The last row of a step (and part) is the current one. `now` is an aware instant: it decides what is late.
    Raises `worktime.ScheduleError` for naive instants and for years no calendar can reach.
    """
    ready = compiled(act)
    plan = ready.plan(facts.kind, repeat=facts.repeat)
    story = story_of(ready, facts)
    timer = Timer(facts, story.moments, schedules)
    found: dict[str, list[Timed]] = {name: [] for name in plan.names}
    waiting: dict[str, Deadline] = {}
    for step in plan.in_order:
        counts, waits = counts_of(step, story)
        if counts:
            timed = timer.time(step, counts)
            for one in timed:
                apply_moves(timer, one, timed)
            found[step.step.step] += timed
            waits = waits or not timed  # the term it hangs on has not begun
        if waits and facts.closed_at is None:
            waiting[step.step.step] = step.waiting
    rows: list[Deadline] = []
    for name, timed in found.items():
        if len(timed) == 1:  # nearly always
            rows.append(_row(timed[0], 1, facts, story.moments, now))
        elif timed:
            rows += [_row(one, number, facts, story.moments, now) for one, number in _numbered(timed)]
        if name in waiting:
            rows.append(waiting[name])
    return rows


def current(found: Sequence[Deadline]) -> list[Deadline]:
    """The current row of each step and part: what a ladder shows when it shows one line a step."""
    last = {(row.step, row.part): row for row in found}
    return list(last.values())


def walk(deadline: Deadline, schedules: Schedules) -> Walk | None:
    """The walk through working time from the start to the due time; from the due time on for a term «before».

    None where no working time passes: no due time yet, wall time, or a due time that a person set.
    """
    start, due, rule = deadline.starts_at, deadline.due_at, deadline.explanation.rule
    if start is None or due is None or rule in _DAYS or rule is Rule.SET_BY_PERSON:
        return None
    schedule = schedules.of(deadline.hours, body=deadline.body)
    if rule is Rule.BEFORE:
        of_due = deadline.explanation.facts.get("of_due_at")
        return explain(schedule, due, of_due) if isinstance(of_due, dt.datetime) and due <= of_due else None
    return explain(schedule, start, due) if start <= due else None


def _numbered(timed: list[Timed]) -> list[tuple[Timed, int]]:
    """In the order of opening, each count with its number among those of the same part."""
    timed.sort(key=lambda one: one.count.opened)
    seen: dict[int | None, int] = {}
    numbered = []
    for one in timed:
        number = seen[one.count.part] = seen.get(one.count.part, 0) + 1
        numbered.append((one, number))
    return numbered


@lru_cache(maxsize=4096)
def _is_provisional(schedule: Schedule, first: int, last: int) -> bool:
    """Whether one of the years waits for its decree (years are few, incidents many)."""
    return any(schedule.calendar.is_provisional(year) for year in range(min(first, last), max(first, last) + 1))


def _row(timed: Timed, number: int, facts: Facts, moments: Sequence[Moment], now: dt.datetime) -> Deadline:
    count, step, schedule = timed.count, timed.count.step, timed.schedule
    state, ended_at, given_up = _state(timed, facts, moments, now)
    words = step.facts
    if timed.facts is not None or given_up is not None:
        words = {**words, **(timed.facts or {})}
        if given_up is not None:
            words["superseded_by"] = given_up
    due, warning = timed.due_at, step.step.warning
    return Deadline(
        about=step.waiting.about,
        starts_on=count.starts_on,
        starts_at=timed.start_at,
        due_at=due,
        state=state,
        explanation=Explanation(step.rule, words, tuple(timed.changes)),
        ended_at=None if ended_at is None else ended_at.astimezone(schedule.tzinfo),
        aim_at=timed.aim_at,
        warn_at=timed.warn_at,
        warn_role=warning.to if warning else None,
        part=count.part,
        body=timed.body,
        provisional=due is not None and _is_provisional(schedule, timed.start_at.year, due.year),
        calendar_version=schedule.calendar_version,
        count=number,
        ended_by=None if count.ended is None else moments[count.ended].kind,
    )


def _state(
    timed: Timed, facts: Facts, moments: Sequence[Moment], now: dt.datetime
) -> tuple[DeadlineState, dt.datetime | None, str | None]:
    """The state, when it was ended, and what put it aside. A breach stays a breach, whatever comes after."""
    count, due = timed.count, timed.due_at
    if count.ended is not None:
        return _ended(moments[count.ended].at, due, paused=timed.paused)
    given_up, at = (
        (None, now) if count.dropped is None else (moments[count.dropped].kind.value, moments[count.dropped].at)
    )
    if given_up is None and facts.closed_at is not None:
        given_up, at = "closed", facts.closed_at
    if due is not None and due < at and not timed.paused:
        if timed.count.step.step.optional:
            return DeadlineState.DROPPED, due, given_up
        return DeadlineState.LATE, None, given_up
    if given_up is not None:
        return DeadlineState.DROPPED, at, given_up
    if due is None:
        return DeadlineState.WAITING, None, None
    return (DeadlineState.PAUSED if timed.paused else DeadlineState.RUNNING), None, None


def _ended(
    at: dt.datetime, due: dt.datetime | None, *, paused: bool
) -> tuple[DeadlineState, dt.datetime | None, str | None]:
    if due is None:  # done before anybody set a term: there was no clock
        return DeadlineState.DROPPED, at, None
    return (DeadlineState.MET if paused or at <= due else DeadlineState.MET_LATE), at, None
