"""Who is told what became of a publication: called in the transaction that records it, once for each change.

There is one order in which rows are locked: incident, publication, job. Recording a result therefore begins with
`lock`, before the outbox locks its own row: a person who publishes by hand comes the same way.
"""

import datetime as dt
from collections.abc import Callable

from otklik.channels.models import Publication

_on_result: list[Callable[[Publication, dt.datetime], None]] = []
_on_lock: list[Callable[[int], None]] = []


def on_result(listener: Callable[[Publication, dt.datetime], None]) -> None:
    """Register a listener for publications that become published, failed, unknown or a person's task."""
    if listener not in _on_result:
        _on_result.append(listener)


def on_lock(listener: Callable[[int], None]) -> None:
    """Register what locks an incident, given its id."""
    if listener not in _on_lock:
        _on_lock.append(listener)


def result(publication: Publication, now: dt.datetime) -> None:
    for listener in _on_result:
        listener(publication, now)


def lock(incident_id: int) -> None:
    """Within a `write()`, before the publication's row is locked there."""
    for listener in _on_lock:
        listener(incident_id)
