"""The fold: `evolve(state, event) -> state`, `fold(events) -> state`. Total over every kind, and blind to texts."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from otklik.process.events import Event, EventKind
from otklik.process.facts import Moment
from otklik.process.fold import after, message, reply, way
from otklik.process.fold.reading import maybe_number, maybe_text
from otklik.process.state import ReplyKind, State
from otklik.regulation.model import MomentKind

_FOLDS = {**message.FOLDS, **way.FOLDS, **reply.FOLDS, **after.FOLDS}

_MOMENTS = {kind: MomentKind(kind.value) for kind in EventKind if kind.value in set(MomentKind)}
"""Events that start and end terms, by their common names."""
_OF_A_DRAFT = frozenset({EventKind.DRAFT_IN, EventKind.SENT_BACK, EventKind.APPROVED})
_BESIDE = frozenset({ReplyKind.CORRECTION, ReplyKind.WITHDRAWAL, ReplyKind.FIRST_RESPONSE})
_LINE = frozenset(
    {
        EventKind.DETECTED,
        EventKind.SELECTED,
        EventKind.MARKED_PUBLICATION,
        EventKind.LEFT_OUT,
        EventKind.EXCLUDED,
        EventKind.PROCESSED_WITHOUT_REPLY,
        EventKind.NOT_THIS_PROCEDURE,
        EventKind.RECEIVED,
        EventKind.ROUTED,
        EventKind.RETURNED,
        EventKind.PARTS_PLANNED,
        EventKind.PART_IN,
        EventKind.VISA_REQUESTED,
        EventKind.VISA_GIVEN,
        EventKind.VISA_REFUSED,
        EventKind.DRAFT_IN,
        EventKind.SENT_BACK,
        EventKind.APPROVED,
        EventKind.REPEAT_LINKED,
        EventKind.PUBLICATION_REQUESTED,
        EventKind.INTERIM_PUBLISHED,
        EventKind.CLARIFICATION_PUBLISHED,
        EventKind.PUBLISHED,
        EventKind.AUTHOR_ANSWERED,
        EventKind.AUTHOR_SILENT,
        EventKind.CLOSED,
        EventKind.REOPENED,
    }
)
"""The main line: what follows cannot have happened before it."""


class UnknownEvent(ValueError):
    """A stored event of a kind, or in a version, that this release does not know."""


def evolve(state: State, event: Event) -> State:
    """What the incident is after `event`.

    :raises UnknownEvent: for a kind that no release has written; older versions pass `otklik.process.upcast` first.
    :raises BadPayload: if the event does not carry what its kind promises.
    """
    step = _FOLDS.get(event.kind)
    if step is None:
        raise UnknownEvent(f"No fold for event kind {event.kind!r}. Is the data of a newer release than the program?")
    later = step(state, event)
    if _counts(event):
        later = replace(later, facts=replace(later.facts, moments=_with_moment(later, event)))
    return replace(later, events=state.events + 1, line_at=_line_at(state, event))


def fold(events: Iterable[Event], state: State | None = None) -> State:
    """The state after all `events`, from nothing or from `state`."""
    current = State() if state is None else state
    for event in events:
        current = evolve(current, event)
    return current


def _counts(event: Event) -> bool:
    """Whether the event starts or ends terms of the act.

    A correction, withdrawal or first response has no terms of its own in any act: their drafts move no clock.
    """
    if event.kind not in _MOMENTS:
        return False
    return event.kind not in _OF_A_DRAFT or ReplyKind(str(event.payload.get("reply"))) not in _BESIDE


def _with_moment(state: State, event: Event) -> tuple[Moment, ...]:
    """The moments with this one in its place in time; of one instant, the one recorded later comes later."""
    moments = state.facts.moments
    moment = Moment(
        kind=_MOMENTS[event.kind],
        at=event.happened_at,
        part=maybe_number(event, "part"),
        body=maybe_text(event, "body") or maybe_text(event, "unit"),
        importance=maybe_text(event, "importance") if event.kind in _CLASS_CHANGES else None,
        reply=maybe_text(event, "reply") if event.kind in _OF_A_DRAFT else None,
    )
    if not moments or moments[-1].at <= moment.at:
        return (*moments, moment)
    place = bisect_right(moments, moment.at, key=lambda item: item.at)
    return (*moments[:place], moment, *moments[place:])


_CLASS_CHANGES = frozenset({EventKind.SHORTENED, EventKind.IMPORTANCE_RAISED})


def _line_at(state: State, event: Event) -> datetime | None:
    if event.kind not in _LINE:
        return state.line_at
    return event.happened_at if state.line_at is None else max(state.line_at, event.happened_at)
