"""What moves a due time while it runs: a term set by a person, an extension, a pause, another body, another term.

A due time that has passed is never moved: what comes later is kept as an ignored change, because a breach is not
rewritten.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from otklik.process import reckoning
from otklik.process.deadline import Change
from otklik.process.facts import TermSet
from otklik.process.timing import Timed, Timer
from otklik.regulation.model import MomentKind
from otklik.regulation.model.steps import Extension, Hours
from otklik.regulation.model.terms import Term, Unit
from otklik.worktime import add

_INSTANT = dt.timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Move:
    """Something that may move a due time, when it takes effect, and what it needs."""

    kind: str
    at: dt.datetime
    term_set: TermSet | None = None
    resumed_at: dt.datetime | None = None
    body: str | None = None
    of_due: dt.datetime | None = None
    not_told: bool = False


def apply_moves(timer: Timer, timed: Timed, siblings: list[Timed]) -> None:
    """Move the due time by everything that happened while the count was open; `siblings`: all counts of its step."""
    step = timed.count.step.step
    if timed.count.pauses or timed.of or step.extension or timer.facts.terms_set or step.hours is Hours.BODY:
        over = timed.count.over
        until = None if over is None else timer.moments[over].at
        for move in sorted(_moves(timer, timed, siblings), key=lambda move: move.at):
            if until is None or move.at <= until:
                timed.changes.append(_apply(timer, timed, move))
    due = timed.due_at
    if due is None:
        return
    if timed.of is not None and timed.facts is not None:
        timed.facts["of_due_at"] = timed.of.due_at
        if due < timed.start_at:
            timed.facts["no_time_left"] = True
    if step.warning is not None:
        before = step.warning.before
        warn_at = reckoning.before(timed.schedule, due, before.amount or 0, before.unit or Unit.HOUR, before.counted)
        timed.warn_at = max(warn_at, timed.start_at)


def _moves(timer: Timer, timed: Timed, siblings: list[Timed]) -> Iterator[Move]:
    step = timed.count.step.step
    for stopped, ran in timed.count.pauses:
        resumed_at = None if ran is None else timer.moments[ran].at
        yield Move("paused", timer.moments[stopped].at, resumed_at=resumed_at)
    if timer.facts.terms_set and (step.term.set_by is not None or step.extension is not None):
        yield from _sets(timer, timed, siblings)
    if step.extension is not None:
        yield from _grants(timer, timed, step.extension)
    if step.hours is Hours.BODY and timed.count.part is None:
        yield from _bodies(timer, timed)
    if timed.of is not None:
        for change in timed.of.changes:
            if change.due_at is not None:
                yield Move("of", change.at, of_due=change.due_at)


def _sets(timer: Timer, timed: Timed, siblings: list[Timed]) -> Iterator[Move]:
    """Terms set by a person belong to the count that is open then, or else to the next one."""
    extends = timed.count.step.step.term.set_by is None
    granted = {moment.at for moment in timer.moments if moment.kind is MomentKind.EXTENDED}
    for term_set in timer.facts.terms_set:
        if term_set.step != timed.count.step.step.step or (
            term_set.set_at in granted and timed.count.step.step.extension
        ):
            continue
        if term_set.part in (None, timed.count.part) and _owner(timer, timed, siblings, term_set.set_at) is timed:
            at = max(term_set.set_at, timer.moments[timed.count.opened].at)
            yield _granted(timer, timed, at, term_set) if extends else Move("set", at, term_set)


def _owner(timer: Timer, timed: Timed, siblings: list[Timed], at: dt.datetime) -> Timed | None:
    same = (other for other in siblings if other.count.part == timed.count.part)
    return next((one for one in same if one.count.over is None or timer.moments[one.count.over].at > at), None)


def _grants(timer: Timer, timed: Timed, extension: Extension) -> Iterator[Move]:
    """One for each `extended` while the count is open; a term set in that instant says for which step and till when."""
    step = timed.count.step.step.step
    for place, moment in enumerate(timer.moments):
        if moment.kind is not MomentKind.EXTENDED or place <= timed.count.opened:
            continue
        named = [term_set for term_set in timer.facts.terms_set if term_set.set_at == moment.at]
        mine = next((term_set for term_set in named if term_set.step == step), None)
        if moment.part in (None, timed.count.part) and (mine is not None or not named):
            yield _granted(timer, timed, moment.at, mine, announce=extension.announce_to_author)


def _granted(
    timer: Timer, timed: Timed, at: dt.datetime, term_set: TermSet | None, *, announce: bool | None = None
) -> Move:
    extension = timed.count.step.step.extension
    if announce is None:
        announce = extension is not None and extension.announce_to_author
    if not announce:
        return Move("extended", at, term_set)
    told = (moment.at for moment in timer.moments if moment.kind is MomentKind.AUTHOR_TOLD and moment.at >= at)
    told_at = next(told, None)
    return Move("extended", told_at or at, term_set, not_told=told_at is None)


def _bodies(timer: Timer, timed: Timed) -> Iterator[Move]:
    over = len(timer.moments) if timed.count.over is None else timed.count.over
    for moment in timer.moments[timed.count.opened + 1 : over]:
        if moment.body is not None and moment.part is None:
            yield Move("body", moment.at, body=moment.body)


def _apply(timer: Timer, timed: Timed, move: Move) -> Change:
    """Move the due time, or say why it stays."""
    by = move.term_set.by if move.term_set else None
    ground = move.term_set.ground if move.term_set else ""
    ignored = _why_not(timed, move)
    if ignored is not None:
        return Change(move.kind, move.at, None, move.resumed_at, by, ground, ignored)
    if move.kind == "paused":
        _pause(timed, move)
    elif move.kind == "set" and move.term_set is not None:
        timed.due_at = _wanted(timed, move.term_set, timed.start_at)
    elif move.kind == "extended":
        timed.due_at = _extended(timed, move.term_set)
    elif move.kind == "body":
        timed.body, timed.schedule = move.body, timer.schedule(Hours.BODY, move.body)
        timed.start_at = timed.start_at.astimezone(timed.schedule.tzinfo)
        timed.due_at = timer.due_from(timed, timed.of.due_at if timed.of else None)
    else:
        timed.due_at = timer.due_from(timed, move.of_due)
    return Change(move.kind, move.at, timed.due_at, move.resumed_at, by, ground)


def _why_not(timed: Timed, move: Move) -> str | None:
    done = [change.kind for change in timed.changes if change.ignored is None]
    if move.not_told:
        return "not_told"
    if timed.due_at is not None and move.at > timed.due_at:
        return "after_due"
    if move.kind in ("body", "of") and ("set" in done or "extended" in done):
        return "set_by_person"
    extension = timed.count.step.step.extension
    if move.kind == "extended" and extension is not None and done.count("extended") >= extension.times:
        return "times"
    return "no_term" if timed.due_at is None and move.kind != "set" else None


def _pause(timed: Timed, move: Move) -> None:
    term = timed.count.step.term
    if move.resumed_at is None:
        timed.paused = True
        return
    stand = reckoning.Stand(timed.start_at, move.at, move.resumed_at)
    for name in ("due_at", "aim_at"):
        due = getattr(timed, name)
        if due is not None and due >= move.at:
            setattr(timed, name, reckoning.resumed(timed.schedule, due, stand, term))


def _extended(timed: Timed, term_set: TermSet | None) -> dt.datetime | None:
    """As far as the person said, at most as far as the act allows."""
    extension, due = timed.count.step.step.extension, timed.due_at
    if extension is None or due is None:
        return due
    furthest = _longer(timed, extension.at_most, due)
    return furthest if term_set is None else min(_wanted(timed, term_set, due) or furthest, furthest)


def _longer(timed: Timed, term: Term, due: dt.datetime) -> dt.datetime:
    if term.amount is None or term.unit is None:
        return due
    # A day that ends at midnight is still the day before.
    start = due - _INSTANT if term.unit in (Unit.DAY, Unit.MONTH) else due
    return reckoning.after(timed.schedule, start, term.amount, term.unit, term.counted)


def _wanted(timed: Timed, term_set: TermSet, start: dt.datetime) -> dt.datetime | None:
    if term_set.due_at is not None:
        return term_set.due_at.astimezone(timed.schedule.tzinfo)
    if term_set.working_time is not None:
        return add(timed.schedule, start, term_set.working_time)
    return timed.due_at
