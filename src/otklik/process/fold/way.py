"""Events of the way to those who answer: receipt, routing, returns, parts."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from otklik.process.events import Event, EventKind
from otklik.process.facts import Moment
from otklik.process.fold.reading import maybe_text, moment, number, rows, text
from otklik.process.records import Part, PartStatus
from otklik.process.state import Phase, State
from otklik.regulation.model import MomentKind


def _received(state: State, event: Event) -> State:
    """Received before selection (U, N), it still has to be selected."""
    phase = Phase.RECEIVED if state.selected_at else Phase.DETECTED
    return replace(state, phase=phase, received_at=event.happened_at)


def _routed(state: State, event: Event) -> State:
    return replace(state, phase=Phase.WORK, unit=maybe_text(event, "unit"), past_units=_past(state))


def _past(state: State) -> tuple[str, ...]:
    return (*state.past_units, state.unit) if state.unit else state.past_units


def _returned(state: State, _event: Event) -> State:
    return replace(state, phase=Phase.RETURNED, unit=None, past_units=_past(state), received_at=None)


def _planned(state: State, event: Event) -> State:
    parts = tuple(_part(row) for row in rows(event, "parts"))
    consolidator = maybe_text(event, "consolidator") or state.consolidator
    return replace(state, parts=(*state.parts, *parts), consolidator=consolidator)


def _part(row: Mapping[str, Any]) -> Part:
    due_at = row.get("due_at")
    return Part(
        number=int(row["number"]),
        body=str(row["body"]),
        order=int(row["order"]),
        working_minutes=row.get("working_minutes"),
        due_at=None if due_at is None else moment(due_at),
    )


def _changed(change: Callable[[Part, Event], Part]) -> Callable[[State, Event], State]:
    """A fold of the one part that the event is about."""

    def fold(state: State, event: Event) -> State:
        about = number(event, "part")
        return replace(
            state, parts=tuple(change(part, event) if part.number == about else part for part in state.parts)
        )

    return fold


def _withdrawn(state: State, event: Event) -> State:
    """What was withdrawn was never owed: its term goes; a verdict that stands already stays."""
    about = number(event, "part")
    kept = tuple(
        item for item in state.facts.moments if not (item.kind is MomentKind.PART_REQUESTED and item.part == about)
    )
    changed = _changed(lambda part, _event: replace(part, status=PartStatus.WITHDRAWN))(state, event)
    return replace(changed, facts=replace(state.facts, moments=kept))


def _part_returned(state: State, event: Event) -> State:
    """A part sent back is settled for the others: the common reply does not wait for it."""
    changed = _changed(lambda part, _event: replace(part, status=PartStatus.RETURNED))(state, event)
    moments = (*state.facts.moments, Moment(MomentKind.RETURNED, event.happened_at, part=number(event, "part")))
    return replace(changed, facts=replace(state.facts, moments=moments))


def _named(state: State, event: Event) -> State:
    return replace(state, consolidator=text(event, "unit"))


FOLDS = {
    EventKind.RECEIVED: _received,
    EventKind.ROUTED: _routed,
    EventKind.RETURNED: _returned,
    EventKind.PARTS_PLANNED: _planned,
    EventKind.PART_REQUESTED: _changed(
        lambda part, event: replace(part, status=PartStatus.ASKED, asked_at=event.happened_at)
    ),
    EventKind.PART_IN: _changed(lambda part, event: replace(part, status=PartStatus.IN, in_at=event.happened_at)),
    EventKind.PART_RETURNED: _part_returned,
    EventKind.PART_WITHDRAWN: _withdrawn,
    EventKind.CONSOLIDATOR_NAMED: _named,
}
