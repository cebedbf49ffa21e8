"""From the folded journal of an incident to what its rows must be. Pure: nothing is read or written here.

A step (`actions`), a passing term, a re-dating and `otklik recompute` all call `rows_of`; `writer` brings the stored
rows to what it returns, and `recompute --check` compares them with it.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from otklik.incidents.folding import Folded
from otklik.incidents.verdicts import current_deadlines, time_commands
from otklik.process.available import OpenStep, waiting_for
from otklik.process.deadline import Deadline, DeadlineState
from otklik.process.schedules import ScheduleSet
from otklik.process.state import Stage, State
from otklik.process.verdicts import next_change_at
from otklik.regulation.model import Act, StepKind

Values = tuple[object, ...]

DEADLINE_COLUMNS = (
    "position", "step", "clause", "role", "part", "starts_at", "due_at", "ended_at", "warn_at", "state",
    "is_recommended", "is_provisional", "calendar_version",
)  # fmt: skip
WORK_ITEM_COLUMNS = ("step", "role", "act_role", "unit_id", "person_id", "part", "starts_at", "due_at", "clause")
PARTICIPANT_COLUMNS = ("unit_id", "role", "since", "until")

EXCERPT_LENGTH = 200
CLOCKED = frozenset({DeadlineState.RUNNING, DeadlineState.LATE})
"""States in which a clock is shown: it runs, or has run out and the step is still to be done."""
_NEVER = dt.datetime.max.replace(tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class Words:
    """What the rows take from the message itself: it is no event, and its author may edit it."""

    text: str
    author_name: str
    network: str


@dataclass(frozen=True, slots=True)
class Rows:
    """What the rows of one incident must be: columns of `Incident` by name, the others in the order of `*_COLUMNS`.

    All instants are in UTC. `wakes_at`: when time alone will change something; None: never.
    """

    columns: Mapping[str, object]
    deadlines: tuple[Values, ...]
    work_items: tuple[Values, ...]
    participants: tuple[Values, ...]
    wakes_at: dt.datetime | None


def rows_of(
    folded: Folded, words: Words, act: Act, schedules: ScheduleSet, units: Mapping[str, int], now: dt.datetime
) -> Rows:
    """The rows of an incident at `now`, by its journal. `units`: key → id, of its organisation."""
    state = folded.state
    deadlines = current_deadlines(state, act, schedules, now)
    pressing = most_pressing(deadlines)
    steps = waiting_for(state, act)
    columns: dict[str, object] = {
        "last_number": state.events,
        "computed_at": _utc(now),
        "schedules_version": schedules.version,
        **_columns(state, steps, units),
        "is_open": _is_open(state, steps, pressing),
        **_words(state, words),
        **_clock(deadlines, pressing),
    }
    return Rows(
        columns,
        tuple(_deadline(position, deadline) for position, deadline in enumerate(deadlines)),
        tuple(_work_item(step, act, _term_of(step, deadlines) or pressing, units) for step in steps),
        tuple(
            (units[span.unit], "", _utc(span.since), _utc(span.until)) for span in folded.spans if span.unit in units
        ),
        now if time_commands(state, act, schedules, now) else _utc(next_change_at(deadlines, now)),
    )


def most_pressing(deadlines: Iterable[Deadline]) -> Deadline | None:
    """The deadline whose clock a row shows: of those still to be met, the one that runs out first."""
    clocked = [deadline for deadline in deadlines if _is_clocked(deadline)]
    return min(clocked, key=lambda deadline: deadline.due_at or _NEVER, default=None)


def _is_clocked(deadline: Deadline) -> bool:
    return (
        deadline.due_at is not None
        and deadline.is_open
        and not deadline.optional
        and not deadline.recommended
        and deadline.state in CLOCKED
    )


def _columns(state: State, steps: Sequence[OpenStep], units: Mapping[str, int]) -> dict[str, object]:
    taken_by = next((step.person for step in steps if step.person), None)
    return {
        "stage": state.stage.value,
        "kind": state.kind,
        "importance": state.importance,
        "is_repeat": state.repeat_of is not None,
        "unit_id": units.get(state.unit or ""),
        "person_id": int(taken_by) if taken_by else None,
        "detected_at": _utc(state.detected_at),
        "closed_at": _utc(state.line_at if state.is_ended else None),
        "next_promise_on": min((promise.due_on for promise in state.promises_open), default=None),
    }


def _is_open(state: State, steps: Sequence[OpenStep], pressing: Deadline | None) -> bool:
    """An answered one is back in work while something in it waits for somebody."""
    return not state.is_ended and (state.stage is not Stage.ANSWERED or bool(steps) or pressing is not None)


def _words(state: State, words: Words) -> dict[str, object]:
    tags = dict(state.tags)
    topic, place, author = tags.get("topic", "")[:200], tags.get("place", "")[:300], words.author_name[:200]
    return {
        "topic": topic,
        "place": place,
        "network": words.network,
        "author_name": author,
        "excerpt": _excerpt(words.text),
    }


def _clock(deadlines: Sequence[Deadline], pressing: Deadline | None) -> dict[str, object]:
    reply = [deadline.due_at for deadline in deadlines if deadline.kind is StepKind.REPLY and deadline.due_at]
    return {
        "next_step": pressing.step if pressing else "",
        "next_clause": pressing.clause if pressing else "",
        "next_starts_at": _utc(pressing.starts_at) if pressing else None,
        "next_due_at": _utc(pressing.due_at) if pressing else None,
        "reply_due_at": _utc(reply[-1]) if reply else None,
    }


def _deadline(position: int, deadline: Deadline) -> Values:
    return (
        position,
        deadline.step,
        deadline.clause,
        deadline.role,
        deadline.part,
        _utc(deadline.starts_at),
        _utc(deadline.due_at),
        _utc(deadline.ended_at),
        _utc(deadline.warn_at),
        deadline.state.value,
        deadline.recommended,
        deadline.provisional,
        deadline.calendar_version,
    )


def _work_item(step: OpenStep, act: Act, term: Deadline | None, units: Mapping[str, int]) -> Values:
    others = any(one.is_ is step.role and one.role not in step.act_roles for one in act.people.roles)
    return (
        step.step,
        step.role.value,
        step.act_roles[0] if others else "",
        units.get(step.unit or ""),
        int(step.person) if step.person else None,
        step.part,
        _utc(term.starts_at) if term else None,
        _utc(term.due_at) if term else None,
        term.clause if term else "",
    )


def _term_of(step: OpenStep, deadlines: Sequence[Deadline]) -> Deadline | None:
    """The step's own open term. None: it has none, and serves the most pressing of the incident."""
    own = (row for row in reversed(deadlines) if row.step == step.step and row.part == step.part)
    return next((row for row in own if row.due_at and row.is_open), None)


def _excerpt(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= EXCERPT_LENGTH else words[: EXCERPT_LENGTH - 1] + "…"


def _utc(at: dt.datetime | None) -> dt.datetime | None:
    """As the database gives it back: an hour that a zone has twice is equal to nothing outside its zone."""
    return None if at is None else at.astimezone(dt.UTC)
