"""The demo's messages are played by the work process, a few at a time: the desk is open meanwhile."""

import datetime as dt
from collections.abc import Sequence

from otklik.demo import organisations
from otklik.demo.content import load
from otklik.demo.playing import play
from otklik.jobs import actions as jobs
from otklik.jobs.execution import Run
from otklik.jobs.registry import job
from otklik.project.transactions import EVERYTHING, write

PLAY = "demo.play"
AT_ONCE = 3
"""Messages in one job, which is one transaction: whoever else writes waits for it a second at most."""

PAUSE = dt.timedelta(milliseconds=400)
"""Between two jobs, so that whoever else waits to write gets its turn: SQLite knows no queue."""

Left = Sequence[tuple[str, int]]
"""Organisation by key, and the number of its first message that has not been played; whose turn it is stands first."""


def enqueue(left: Left, *, made_at: dt.datetime, now: dt.datetime) -> None:
    """Ask for the messages that are left, within the caller's `write()`.

    One job follows another, each for the next organisation, so that all queues fill alike and nobody else waits long.
    """
    key, first = left[0]
    payload = {"left": [list(one) for one in left], "made_at": made_at.isoformat()}
    jobs.enqueue(PLAY, f"{key}/{first}", payload, run_at=now, organisation=None)


@job(PLAY, lease=dt.timedelta(minutes=5))
def play_some(run: Run) -> None:
    """Play a few messages of the organisation whose turn it is, and ask for the rest."""
    (key, first), *rest = [(str(key), int(first)) for key, first in run.payload["left"]]
    made_at = dt.datetime.fromisoformat(str(run.payload["made_at"]))
    messages = load(key)
    with write(EVERYTHING):
        play(organisations.found(key), messages[first : first + AT_ONCE], made_at)
        if first + AT_ONCE < len(messages):
            rest.append((key, first + AT_ONCE))
        if rest:
            enqueue(rest, made_at=made_at, now=run.now + PAUSE)
