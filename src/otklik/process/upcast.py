"""Events of every released version still fold: older payloads are brought up to date at reading.

An upcaster turns the payload of one kind from one version into the next; several run one after another. The first
release has version 1 of every kind, so its table is empty. To change the payload of a kind: raise its `Shape.version`
in `events.PAYLOADS`, register the upcaster here, and keep the old sample in `tests/process/samples/`.
"""

import datetime as dt
from collections.abc import Callable, Mapping

from otklik.process.events import PAYLOADS, Event, EventKind, Shape
from otklik.process.evolve import UnknownEvent

Upcaster = Callable[[Mapping[str, object]], Mapping[str, object]]
"""From the payload of one version to that of the next. Pure."""

UPCASTERS: Mapping[tuple[EventKind, int], Upcaster] = {}
"""By kind and the version that the upcaster reads."""


def upcast(
    kind: str,
    version: int,
    happened_at: dt.datetime,
    payload: Mapping[str, object],
    texts: Mapping[str, str] | None = None,
    *,
    upcasters: Mapping[tuple[EventKind, int], Upcaster] = UPCASTERS,
    shapes: Mapping[EventKind, Shape] = PAYLOADS,
) -> Event:
    """The stored event in the current version of its kind.

    :raises UnknownEvent: for a kind or version that this release does not know (data of a newer release).
    """
    try:
        known = EventKind(kind)
    except ValueError:
        raise UnknownEvent(f"Unknown event kind {kind!r}. Is the data of a newer release than the program?") from None
    current = shapes[known].version
    if not 1 <= version <= current:
        raise UnknownEvent(f"Event {kind} has version {version}; this release knows 1 to {current}.")
    for step in range(version, current):
        upcaster = upcasters.get((known, step))
        if upcaster is None:
            raise UnknownEvent(
                f"No upcaster from version {step} of event {kind}. Register it in otklik.process.upcast."
            )
        payload = upcaster(payload)
    return Event(known, current, happened_at, payload, dict(texts or {}))
