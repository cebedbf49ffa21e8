"""Who is told what became of a publication: called in the transaction that records it, once for each change."""

import datetime as dt
from collections.abc import Callable

from otklik.channels.models import Publication

_on_result: list[Callable[[Publication, dt.datetime], None]] = []


def on_result(listener: Callable[[Publication, dt.datetime], None]) -> None:
    """Register a listener for publications that become published, failed, unknown or a person's task."""
    if listener not in _on_result:
        _on_result.append(listener)


def result(publication: Publication, now: dt.datetime) -> None:
    for listener in _on_result:
        listener(publication, now)
