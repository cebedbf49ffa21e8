"""Every event that `decide` makes carries what `events.PAYLOADS` promises: no key more, none less, all of it JSON."""

import datetime as dt
from fnmatch import fnmatchcase

from otklik.journal.canonical import plain
from otklik.process.events import COMMON_KEYS, COMMON_TEXTS, PAYLOADS, Event


def check_shape(event: Event) -> None:
    shape = PAYLOADS[event.kind]
    keys = {key.rstrip("?") for key in (*shape.keys, *COMMON_KEYS)}
    needed = {key for key in shape.keys if not key.endswith("?")}
    there = set(event.payload)
    assert needed <= there, f"{event.kind} lacks {needed - there}"
    assert there <= keys, f"{event.kind} has unknown {there - keys}"
    allowed = (*shape.texts, *COMMON_TEXTS)
    strange = [name for name in event.texts if not any(fnmatchcase(name, pattern) for pattern in allowed)]
    assert not strange, f"{event.kind} has unknown texts {strange}"
    assert event.version == shape.version
    assert isinstance(event.happened_at, dt.datetime)
    assert event.happened_at.tzinfo is not None
    plain(dict(event.payload))
