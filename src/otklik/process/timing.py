"""When each count starts and is due. What moves a due time while it runs is in `moves.py`."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from otklik.process import reckoning
from otklik.process.compiled import HANGING, CompiledStep
from otklik.process.counting import Count
from otklik.process.deadline import Change, Schedules
from otklik.process.facts import Facts, Moment
from otklik.regulation.model import TermKind
from otklik.regulation.model.steps import Hours
from otklik.regulation.model.terms import Term, Unit
from otklik.worktime import Schedule


@dataclass(slots=True, eq=False)
class Timed:
    """A count with its instants, in the zone of the schedule that counts."""

    count: Count
    schedule: Schedule
    start_at: dt.datetime
    body: str | None = None
    of: "Timed | None" = None
    """The count it hangs on."""
    first_due: dt.datetime | None = None
    """Before anything moved it."""
    due_at: dt.datetime | None = None
    aim_at: dt.datetime | None = None
    warn_at: dt.datetime | None = None
    paused: bool = False
    changes: list[Change] = field(default_factory=list)
    facts: dict[str, object] | None = None
    """What the explanation says beyond the words of the term."""


class Timer:
    """Times the counts of one incident, step by step; a step must come after the one its term hangs on."""

    def __init__(self, facts: Facts, moments: Sequence[Moment], schedules: Schedules) -> None:
        self.facts = facts
        self.moments = moments
        self.schedules = schedules
        self._by_name: dict[str, list[Timed]] = {}
        self._own: Schedule | None = None

    def time(self, step: CompiledStep, counts: Sequence[Count]) -> list[Timed]:
        """The counts of one step with their first due times."""
        timed = self._hanging(counts) if step.term.kind in HANGING else [self._free(count) for count in counts]
        known = self._by_name.get(step.step.step)
        self._by_name[step.step.step] = timed if known is None else known + timed
        return timed

    def schedule(self, hours: Hours, body: str | None) -> Schedule:
        """Whose working time counts."""
        if hours is not Hours.OWN:
            return self.schedules.of(hours, body=body)
        if self._own is None:
            self._own = self.schedules.of(Hours.OWN)
        return self._own

    def due_from(self, timed: Timed, of_due: dt.datetime | None) -> dt.datetime | None:
        """The due time as the act has it, from the start, or from the due time of the term it hangs on."""
        term, schedule = timed.count.step.term, timed.schedule
        if timed.of is not None:
            return None if of_due is None else _from_other(timed, timed.of, of_due)
        if term.amount is None or term.unit is None:
            return None
        return reckoning.after(schedule, timed.start_at, term.amount, term.unit, term.counted)

    def _free(self, count: Count) -> Timed:
        timed = self._started(count, self.moments[count.started].at)
        term = count.step.term
        if term.kind is TermKind.WITHIN:
            timed.first_due = self.due_from(timed, None)
            if term.amount_from is not None and term.unit is not None:
                timed.aim_at = reckoning.after(
                    timed.schedule, timed.start_at, term.amount_from, term.unit, term.counted
                )
        elif term.kind is not TermKind.SET_BY_PERSON:
            _by_named_day(timed, term)
        timed.due_at = timed.first_due
        return timed

    def _started(self, count: Count, at: dt.datetime, of: Timed | None = None) -> Timed:
        hours = count.step.step.hours
        body = self._holder(count) if hours is Hours.BODY else count.body
        schedule = self.schedule(hours, body)
        return Timed(count, schedule, at.astimezone(schedule.tzinfo), body, of)

    def _holder(self, count: Count) -> str | None:
        """The body that held the step when the count was opened."""
        if count.body is not None:
            return count.body
        named = (moment.body for moment in reversed(self.moments[: count.opened + 1]) if moment.part is None)
        return next((body for body in named if body is not None), None)

    def _hanging(self, counts: Sequence[Count]) -> list[Timed]:
        """A count hangs on the current count of the other step; when another takes its place, so does ours."""
        found: list[Timed] = []
        for count in counts:
            for hung, of in self._links(count):
                timed = self._started(hung, of.start_at, of)
                timed.first_due = timed.due_at = self.due_from(timed, of.first_due)
                timed.facts = {
                    "of_clause": of.count.step.step.clause,
                    "of_title": of.count.step.step.title,
                    "of_starts_at": of.start_at,
                }
                found.append(timed)
        return found

    def _links(self, count: Count) -> list[tuple[Count, Timed]]:
        candidates = self._by_name.get(count.step.term.of or "", ())
        if count.part is not None and any(of.count.part is not None for of in candidates):
            candidates = [of for of in candidates if of.count.part == count.part]
        before = [of for of in candidates if of.count.opened <= count.opened]
        over = len(self.moments) if count.over is None else count.over
        later = [of for of in candidates if count.opened < of.count.opened < over]
        if not later:  # nearly always
            return [(count, max(before, key=_opened))] if before else []
        chain = [max(before, key=_opened)] if before else []
        chain += sorted(later, key=_opened)
        return [(_stretch(count, place, chain), of) for place, of in enumerate(chain)]


def _stretch(count: Count, place: int, chain: Sequence[Timed]) -> Count:
    """The stretch of a count in which it hung on one of several counts."""
    opened = max(count.opened, chain[place].count.opened)
    if place + 1 == len(chain):
        return replace(count, opened=opened)
    return replace(count, opened=opened, ended=None, dropped=chain[place + 1].count.opened)


def _opened(timed: Timed) -> int:
    return timed.count.opened


def _from_other(timed: Timed, of: Timed, of_due: dt.datetime) -> dt.datetime:
    term, schedule = timed.count.step.term, timed.schedule
    if term.percent is not None:
        return reckoning.share(schedule, of.start_at, of_due, term.percent, of.count.step.term.counted)
    return reckoning.before(schedule, of_due, term.amount or 0, term.unit or Unit.HOUR, term.counted)


def _by_named_day(timed: Timed, term: Term) -> None:
    schedule, ended = timed.schedule, timed.start_at
    if term.day is not None:
        named = reckoning.by_day_of_month(schedule, ended, term.day, term.counted)
    else:
        named = reckoning.by_weekday(schedule, ended, term.weekday or 1, term.counted)
    timed.first_due, timed.warn_at = named.due_at, named.warn_at
    timed.facts = {"named_on": named.on, "period": named.period}
