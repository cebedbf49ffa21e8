"""The watcher of a process: looks what was sealed, remembers the last of it, and tells whoever listens.

It works while anybody listens and for a while after; an idle server asks the database nothing.
"""

import asyncio
import contextlib
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import structlog
from django.db import DatabaseError, connection

from otklik.incidents import changes
from otklik.incidents.changes import Change
from otklik.project.transactions import EVERYTHING, read

log = structlog.get_logger(__name__)

LOOK_SECONDS = 0.5
"""Between two looks. Sealing takes half a second, too: what is done here is seen elsewhere within two."""
LINGER_SECONDS = 30.0
REMEMBERED = 2_000
"""Changes kept for a browser whose connection broke."""

Heads = Mapping[int, int]
Looking = Callable[[Heads | None], tuple[dict[int, int], Sequence[Change]]]


@dataclass(eq=False)
class Inbox:
    """What one stream has yet to tell. Filled by the watcher's thread, emptied in the stream's event loop."""

    loop: asyncio.AbstractEventLoop
    waiting: "asyncio.Queue[Sequence[Change]]" = field(default_factory=asyncio.Queue)

    def put(self, found: Sequence[Change]) -> None:
        with contextlib.suppress(RuntimeError):  # the loop has closed: the server stops
            self.loop.call_soon_threadsafe(self.waiting.put_nowait, found)


def look(known: Heads | None) -> tuple[dict[int, int], Sequence[Change]]:
    """The heads of all organisations now, and what was sealed since `known` (None: nobody has looked yet)."""
    with read(EVERYTHING):
        now = changes.heads()
        return now, changes.since(known, now) if known is not None and known != now else ()


class Hub:
    """One in a process. `looking` is what a watcher does; `is_watching` False: nobody looks but by `tick`."""

    def __init__(self, looking: Looking = look, *, is_watching: bool = True) -> None:
        self._looking = looking
        self._is_watching = is_watching
        self._lock = threading.Lock()
        self._one_look = threading.Lock()
        self._inboxes: set[Inbox] = set()
        self._heads: dict[int, int] | None = None
        self._recent: deque[Change] = deque(maxlen=REMEMBERED)
        self._forgotten: dict[int, int] = {}
        """Organisation → the last number that is remembered no more, or was never told."""
        self._watcher: threading.Thread | None = None

    @contextlib.contextmanager
    def listening(self) -> Iterator[Inbox]:
        """An inbox for the stream that runs in this event loop."""
        inbox = Inbox(asyncio.get_running_loop())
        with self._lock:
            self._inboxes.add(inbox)
            if self._is_watching and self._watcher is None:
                self._watcher = threading.Thread(target=self._watch, name="live", daemon=True)
                self._watcher.start()
        try:
            yield inbox
        finally:
            with self._lock:
                self._inboxes.discard(inbox)

    def since(self, known: Heads) -> list[Change] | None:
        """What came after `known` of its organisations; None where that is not remembered any more."""
        with self._lock:
            if self._heads is None or any(self._forgotten.get(one, 0) > number for one, number in known.items()):
                return None
            return [change for change in self._recent if change.number > known.get(change.organisation_id, 0)]

    def wake(self) -> None:
        """The first look, by whoever first wants to listen: from it on, what is missed is known to be missed."""
        if self._heads is None:
            self.tick()

    def tick(self) -> None:
        """One look; what it finds is told."""
        with self._one_look:
            self._look()

    def _look(self) -> None:
        heads, found = self._looking(self._heads)
        with self._lock:
            if self._heads is None:
                self._forgotten = dict(heads)
            self._heads = heads
            for change in found:
                if len(self._recent) == REMEMBERED:
                    oldest = self._recent[0]
                    self._forgotten[oldest.organisation_id] = oldest.number
                self._recent.append(change)
            told = tuple(self._inboxes) if found else ()
        for inbox in told:
            inbox.put(found)

    def _watch(self) -> None:
        idle_since = time.monotonic()
        while True:
            try:
                self.tick()
            except DatabaseError:
                log.warning("live changes cannot be read", exc_info=True)
                connection.close()
            with self._lock:
                if self._inboxes:
                    idle_since = time.monotonic()
                elif time.monotonic() - idle_since > LINGER_SECONDS:
                    self._watcher = None
                    break
            time.sleep(LOOK_SECONDS)
        connection.close()


hub = Hub()
"""This process's own."""
