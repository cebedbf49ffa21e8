"""Keeps the web and the work process running: starts them, restarts one that dies (within a limit), stops both.

Each child leads a process group of its own, so that Ctrl-C in the terminal reaches the supervisor alone, which
then stops them. On Linux the kernel ends them if the supervisor itself is killed.
"""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from types import FrameType

TICK_S = 0.1
STOP_S = 10.0
RESTARTS = 3
RESTART_WINDOW_S = 60.0
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PR_SET_PDEATHSIG = 1

Tell = Callable[..., None]


@dataclass
class Child:
    """One supervised process. ``ended`` are the monotonic times (s) of its recent deaths."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    restart_at: float | None = None
    ended: deque[float] = field(default_factory=deque)

    def start(self) -> None:
        self.restart_at = None
        self.process = subprocess.Popen(
            self.command,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=die_with_parent(),  # noqa: PLW1509 - this process has one thread
        )

    @property
    def exit_code(self) -> int | None:
        """None while it runs or waits for its restart."""
        return self.process.poll() if self.process else None

    def kill_group(self) -> None:
        """Kill what is left of it, also the workers that a dead web server left behind."""
        if self.process:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)


def die_with_parent() -> Callable[[], None] | None:
    """On Linux: what a child calls before it becomes its program, to be told when the supervisor is gone."""
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None)
    supervisor = os.getpid()

    def tie() -> None:
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != supervisor:
            os._exit(1)

    return tie


class Supervisor:
    """Starts ``children``, watches them until a signal comes or one cannot be kept alive.

    ``tell(code, **facts)`` hears: ``child_ended``, ``child_given_up``, ``stopping``, ``killing``. ``clock`` counts
    seconds, ``sleep`` waits for some.
    """

    def __init__(
        self,
        children: Iterable[Child],
        tell: Tell,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.children = list(children)
        self.tell = tell
        self.clock = clock
        self.sleep = sleep
        self.stopped_by: int | None = None

    def start(self, *names: str) -> None:
        """Start the children of these names."""
        for child in self.children:
            if child.name in names:
                child.start()

    @contextlib.contextmanager
    def obeying_signals(self) -> Iterator[None]:
        """SIGINT, SIGTERM and SIGHUP ask for an orderly end; whatever happens, no child is left behind."""
        before = {number: signal.signal(number, self._asked_to_stop) for number in SIGNALS}
        try:
            yield
        finally:
            self.stop()
            for number, handler in before.items():
                signal.signal(number, handler)

    def _asked_to_stop(self, number: int, _frame: FrameType | None) -> None:
        if self.stopped_by is not None:
            for child in self.children:
                child.kill_group()  # asked twice: at once
        self.stopped_by = number

    def watch(self) -> int:
        """Return 0 once asked to stop, 1 when a child keeps dying."""
        while self.stopped_by is None:
            for child in self.children:
                if not self._look_after(child):
                    return 1
            self.sleep(TICK_S)
        return 0

    def _look_after(self, child: Child) -> bool:
        """Restart ``child`` if it died; False if it died too often."""
        now = self.clock()
        if child.restart_at is not None:
            if now >= child.restart_at:
                child.start()
            return True
        if child.exit_code is None:
            return True
        child.ended.append(now)
        while child.ended and now - child.ended[0] > RESTART_WINDOW_S:
            child.ended.popleft()
        deaths = len(child.ended)
        if deaths > RESTARTS:
            self.tell("child_given_up", name=child.name, status=child.exit_code, times=deaths)
            return False
        self.tell("child_ended", name=child.name, status=child.exit_code, attempt=deaths, limit=RESTARTS)
        child.kill_group()
        child.restart_at = now + 2.0 ** (deaths - 1)
        return True

    def stop(self) -> None:
        """Ask every child to end, wait up to ``STOP_S``, then kill what is left with its group."""
        running = [child for child in self.children if child.process and child.exit_code is None]
        if not running:
            return
        self.tell("stopping")
        for child in running:
            if child.process:
                child.process.terminate()
        until = self.clock() + STOP_S
        while self.clock() < until and any(child.exit_code is None for child in running):
            self.sleep(TICK_S / 2)
        for child in running:
            if child.exit_code is None:
                self.tell("killing", name=child.name)
                child.kill_group()
                if child.process:
                    child.process.wait()
