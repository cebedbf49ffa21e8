"""The work process: claims due jobs, keeps the clock of the periodics, and says that it lives, until told to stop.

`otklik work` calls `run_until_signal`. One loop claims jobs for the executor; each periodic has a thread of its own, so
that a slow one does not keep the sealer waiting. A loop that fails says so in the log and goes on; a loop that ends by
itself ends the process, and whoever supervises it starts it anew.
"""

import datetime as dt
import os
import secrets
import signal
import socket
import threading
from collections.abc import Callable
from types import FrameType
from typing import TypeVar

import structlog
from django.conf import settings
from django.db import connection
from django.utils import timezone

from otklik.jobs import actions, registry
from otklik.jobs.execution import Clock
from otklik.jobs.executors import Executor, Threads
from otklik.jobs.registry import Periodic

log = structlog.get_logger(__name__)
T = TypeVar("T")

POLL_SECONDS = 0.5
"""How long after its time a job starts at the latest, when a hand is free."""
LONGEST_NAP_SECONDS = 30.0
BEAT_SECONDS = 15.0
GRACE_SECONDS = 20.0
AFTER_FAILURE_SECONDS = 2.0


def run_until_signal() -> int:
    """Work until SIGTERM or SIGINT, then finish what runs and return the exit code."""
    stop = threading.Event()

    def obey(number: int, _frame: FrameType | None) -> None:
        log.info("work process stops", signal=signal.Signals(number).name)
        stop.set()

    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, obey)
    return 0 if run(stop) else 1


def run(stop: threading.Event, *, clock: Clock = timezone.now, executor: Executor | None = None) -> bool:
    """Work until `stop` is set; False if a loop ended by itself before that."""
    registry.load()
    worker = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(3)}"
    wake = threading.Event()
    hands = executor or Threads(settings.WORK_THREADS, clock, wake)
    loops = [_thread("claim", lambda: claim_loop(stop, wake, hands, clock))]
    loops += [_thread(each.name, _tick_loop(each, stop, clock)) for each in registry.periodics().values()]
    log.info("work process starts", worker=worker, periodics=len(loops) - 1)
    _try("beat", lambda: actions.beat(worker, now=clock()))
    for loop in loops:
        loop.start()
    all_lived = beat_while_alive(worker, loops, stop, clock)
    stop.set()
    wake.set()
    hands.close(grace_seconds=GRACE_SECONDS)
    for loop in loops:
        loop.join(timeout=GRACE_SECONDS)
    _try("leave", lambda: actions.leave(worker))
    return all_lived


def claim_loop(stop: threading.Event, wake: threading.Event, hands: Executor, clock: Clock) -> None:
    """Claim due jobs while there are hands for them; else wait for a hand or for the next look."""
    while not stop.is_set():
        wake.clear()
        claimed = _try("claim", lambda: claim_once(hands, clock))
        if claimed is None:
            stop.wait(AFTER_FAILURE_SECONDS)
        elif not claimed:
            wake.wait(POLL_SECONDS)


def claim_once(hands: Executor, clock: Clock) -> int:
    """Claim what the executor has hands for and hand it over; returns how many jobs that were."""
    free = hands.free()
    claims = actions.claim(limit=free, now=clock()) if free else []
    for claim in claims:
        hands.submit(claim)
    return len(claims)


def tick(periodic: Periodic, now: dt.datetime, clock: Clock) -> bool:
    """Do the periodic if it is due and ours; whether it was. A failure is logged and noted, and comes again in time."""
    if periodic.every_process:
        periodic.function(now)
        return True
    if not actions.take_tick(periodic.name, periodic.interval, now=now):
        return False
    problem = ""
    try:
        periodic.function(now)
    except Exception as error:
        log.exception("periodic failed", periodic=periodic.name)
        problem = f"{type(error).__name__}: {error}"
        connection.close()
    actions.end_tick(periodic.name, problem, now=clock())
    return True


def beat_while_alive(worker: str, loops: list[threading.Thread], stop: threading.Event, clock: Clock) -> bool:
    """Say every few seconds that this process lives, as long as all its loops do; whether they lived to the end."""
    while True:
        gone = [loop.name for loop in loops if not loop.is_alive()]
        if gone and not stop.is_set():
            log.error("work process ends: a loop ended by itself", loops=gone)
            return False
        if stop.wait(BEAT_SECONDS):
            return True
        _try("beat", lambda: actions.beat(worker, now=clock()))


def _tick_loop(periodic: Periodic, stop: threading.Event, clock: Clock) -> Callable[[], None]:
    nap = min(periodic.interval.total_seconds(), LONGEST_NAP_SECONDS)

    def loop() -> None:
        while not stop.is_set():
            _try(periodic.name, lambda: tick(periodic, clock(), clock))
            stop.wait(nap)

    return loop


def _thread(name: str, target: Callable[[], None]) -> threading.Thread:
    def loop() -> None:
        try:
            target()
        finally:
            connection.close()  # each thread has a connection of its own

    return threading.Thread(target=loop, name=name, daemon=True)


def _try(what: str, function: Callable[[], T]) -> T | None:
    """The result, or None after a failure that was logged: the database may be away for a while."""
    try:
        return function()
    except Exception:
        log.exception("background work failed", loop=what)
        connection.close()
        return None
