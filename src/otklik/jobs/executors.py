"""Who runs claimed jobs. The loop in `runner.py` claims as many as the executor has hands free for.

The port is this narrow so that a cluster can bring another one: an executor that sends `Claim`s to workers elsewhere
(Celery on RabbitMQ, about 25 a message), each of which calls `execution.execute`. Leases, completion and retries stay
in the rows, so nothing else changes.
"""

import queue
import threading
import time
from typing import Protocol

import structlog
from django.db import connection

from otklik.jobs import execution
from otklik.jobs.actions import Claim
from otklik.jobs.execution import Clock

log = structlog.get_logger(__name__)


class Executor(Protocol):
    """Runs claimed jobs, each once, in whatever order."""

    def free(self) -> int:
        """How many more jobs it could start now."""
        ...

    def submit(self, claim: Claim) -> None:
        """Start a job, without waiting for it. What happens to it is written in its row."""
        ...

    def close(self, *, grace_seconds: float) -> None:
        """Take no more, and wait at most so long for what runs; the leases of what is left run out."""
        ...


class Threads:
    """The embedded executor: threads of this process, each with its own connection to the database.

    `wake` is set whenever a hand becomes free. The threads are daemons: a job that hangs does not keep the process.
    """

    def __init__(self, count: int, clock: Clock, wake: threading.Event) -> None:
        self._clock = clock
        self._wake = wake
        self._claims: queue.SimpleQueue[Claim | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._free = count
        self._threads = [threading.Thread(target=self._work, name=f"job-{n}", daemon=True) for n in range(count)]
        for thread in self._threads:
            thread.start()

    def free(self) -> int:
        with self._lock:
            return self._free

    def submit(self, claim: Claim) -> None:
        with self._lock:
            self._free -= 1
        self._claims.put(claim)

    def close(self, *, grace_seconds: float) -> None:
        for _ in self._threads:
            self._claims.put(None)
        until = time.monotonic() + grace_seconds
        for thread in self._threads:
            thread.join(timeout=max(until - time.monotonic(), 0))
        if any(thread.is_alive() for thread in self._threads):
            log.warning("work process stops while a job runs; its lease will run out")

    def _work(self) -> None:
        try:
            while (claim := self._claims.get()) is not None:
                self._execute(claim)
                with self._lock:
                    self._free += 1
                self._wake.set()
        finally:
            connection.close()

    def _execute(self, claim: Claim) -> None:
        try:
            execution.execute(claim, self._clock)
        except Exception:  # the lease runs out, and the job is done again
            log.exception("job end not written", kind=claim.kind, job=claim.job_id)
            connection.close()
