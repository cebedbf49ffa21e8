"""From a deadline of the process to the clock on the screen, with the «почему этот срок» behind it."""

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from otklik import worktime
from otklik.process.deadline import Deadline, DeadlineState, Rule, Schedules
from otklik.process.deadlines import walk
from otklik.process.explained import explained
from otklik.process.words import since_moment
from otklik.web.chronometer import Chronometer, ClockState, WalkKind, WalkLine, Why
from otklik.worktime import Schedule
from otklik.worktime.explain import Walk, WalkDay

_WALL = frozenset({Rule.WALL_TIME, Rule.CALENDAR_DAYS, Rule.CALENDAR_MONTHS})
_IN_DAYS = frozenset({Rule.WORKING_DAYS, Rule.CALENDAR_DAYS})
_ONE_DAY = dt.timedelta(days=1)


def clock_of(deadline: Deadline, schedules: Schedules, now: dt.datetime, *, key: str, why: bool = True) -> Chronometer:
    """The clock of one count of one step. `now` is aware; the clock is in the zone of the schedule that counts."""
    schedule = schedules.of(deadline.hours, body=deadline.body)
    local = now.astimezone(ZoneInfo(schedule.zone))
    is_working = deadline.explanation.rule not in _WALL
    start, due = deadline.starts_at, deadline.due_at
    return Chronometer(
        key=key,
        title=deadline.title,
        state=ClockState(deadline.state.value),
        now=local,
        starts_at=start,
        due_at=due,
        ended_at=deadline.ended_at,
        left=_between(schedule, local, due, working=is_working) if due else None,
        total=_between(schedule, start, due, working=is_working) if start and due else None,
        left_days=_days_left(schedule, local, due) if due and deadline.explanation.rule in _IN_DAYS else None,
        working=is_working,
        stands_until=_stands_until(schedule, local) if deadline.state is DeadlineState.RUNNING and is_working else None,
        notes=_notes(schedule, local, due),
        recommended=deadline.recommended,
        why=_why(deadline, schedules, schedule) if why else None,
    )


def row_clock(
    schedule: Schedule, now: dt.datetime, *, key: str, title: str, starts_at: dt.datetime | None, due_at: dt.datetime
) -> Chronometer:
    """The clock of a queue row: from stored instants, without the walk."""
    zone = ZoneInfo(schedule.zone)
    local, due = now.astimezone(zone), due_at.astimezone(zone)
    start = starts_at.astimezone(zone) if starts_at else None
    return Chronometer(
        key=key,
        title=title,
        state=ClockState.LATE if local > due else ClockState.RUNNING,
        now=local,
        starts_at=start,
        due_at=due,
        left=_between(schedule, local, due, working=True),
        total=_between(schedule, start, due, working=True) if start else None,
        stands_until=_stands_until(schedule, local) if local <= due else None,
        notes=_notes(schedule, local, due),
    )


def no_clock(key: str, title: str, now: dt.datetime) -> Chronometer:
    """A step to which the act sets no term."""
    return Chronometer(key=key, title=title, state=ClockState.NONE, now=now)


def _between(schedule: Schedule, start: dt.datetime, end: dt.datetime, *, working: bool) -> dt.timedelta:
    if not working:
        return end - start
    return worktime.between(schedule, start, end) if end >= start else -worktime.between(schedule, end, start)


def _days_left(schedule: Schedule, now: dt.datetime, due: dt.datetime) -> int:
    day, last = now.date() + _ONE_DAY, due.date()
    count = 0
    while day <= last:
        count += worktime.is_working_day(schedule, day)
        day += _ONE_DAY
    return count


def _stands_until(schedule: Schedule, now: dt.datetime) -> dt.datetime | None:
    """When the working clock runs again, if it stands now."""
    return None if worktime.is_open(schedule, now) else worktime.next_opening(schedule, now)


def _notes(schedule: Schedule, now: dt.datetime, due: dt.datetime | None) -> tuple[str, ...]:
    if due is None or due.date() < now.date():
        return ()
    return ("сегодня рабочий день короче на час",) if schedule.day(now.date()).short else ()


def _why(deadline: Deadline, schedules: Schedules, schedule: Schedule) -> Why:
    facts = deadline.explanation.facts
    path = walk(deadline, schedules)
    return Why(
        clause=deadline.clause,
        quote=deadline.quote,
        literal=str(facts.get("literal") or ""),
        reading=str(facts.get("reading") or ""),
        reason=str(facts.get("reason") or ""),
        starts=since_moment(deadline.starts_on) if deadline.starts_on else "",
        sums=_sums(deadline, schedules),
        walk=tuple(_walk_lines(path)) if path else (),
        hours_of=f"часы {schedule.zone}",
        calendar=deadline.calendar_version[:12],
        provisional="год без утверждённого производственного календаря: дата может сдвинуться"
        if deadline.provisional
        else "",
    )


def _sums(deadline: Deadline, schedules: Schedules) -> str:
    """The first sentence of the explanation: how the due time came about."""
    if deadline.due_at is None:
        return ""
    return next(iter(explained(deadline, schedules)), "")


def _walk_lines(path: Walk) -> Iterator[WalkLine]:
    """A line a stretch; days off in a row are one line."""
    off: list[WalkDay] = []
    for day in path.days:
        if not day.is_working:
            off.append(day)
            continue
        yield from _off_line(off)
        off = []
        for stretch in day.counted:
            yield WalkLine(
                kind=WalkKind.SHORT if day.short else WalkKind.COUNTED,
                on=day.on,
                from_at=stretch.from_at,
                until_at=stretch.to_at,
                counted=stretch.length,
                note=_day_note(day),
            )
    yield from _off_line(off)


def _off_line(days: list[WalkDay]) -> Iterator[WalkLine]:
    if days:
        titles = dict.fromkeys(day.title for day in days if day.title)
        note = "; ".join(titles) or "выходные"
        yield WalkLine(kind=WalkKind.SKIPPED, on=days[0].on, until_on=days[-1].on, note=note)


def _day_note(day: WalkDay) -> str:
    notes = []
    if day.short:
        notes.append("короче на час")
    if day.moved_from is not None:
        notes.append(f"рабочий день вместо {day.moved_from:%d.%m.%Y}")
    return ", ".join(notes)
