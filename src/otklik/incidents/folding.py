"""From journal rows to the state of an incident, and to who took part in it and when. Pure."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from otklik.journal.queries import Recorded
from otklik.process.evolve import evolve
from otklik.process.state import State
from otklik.process.upcast import upcast


@dataclass(frozen=True, slots=True)
class Span:
    """A unit takes part from `since` until `until` (None: still)."""

    unit: str
    since: dt.datetime
    until: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Folded:
    """The state after the last event, and the spans of participation on the way there."""

    state: State = field(default_factory=State)
    spans: tuple[Span, ...] = ()


def fold(recorded: Iterable[Recorded], earlier: Folded | None = None) -> Folded:
    """Fold the events of one incident, in order, from nothing or from `earlier`; events of every released version are
    brought up to date first."""
    folded = earlier or Folded()
    state, spans = folded.state, folded.spans
    for event in recorded:
        state = evolve(state, upcast(event.kind, event.version, event.happened_at, event.payload, event.texts))
        spans = _followed(spans, state.units, event.happened_at)
    return Folded(state, spans)


def _followed(spans: tuple[Span, ...], now_in: frozenset[str], at: dt.datetime) -> tuple[Span, ...]:
    """Open a span for a unit that has come in, close it for one that has left."""
    open_in = {span.unit for span in spans if span.until is None}
    if now_in == open_in:
        return spans
    kept = (
        Span(span.unit, span.since, at) if span.until is None and span.unit not in now_in else span for span in spans
    )
    return (*kept, *(Span(unit, at) for unit in sorted(now_in - open_in)))
