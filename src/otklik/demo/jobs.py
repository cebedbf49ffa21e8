"""The demo's messages are played by the work process, a few at a time: the desk is open meanwhile.

Each message is a transaction of its own, and the writer steps aside after each: SQLite knows no queue, so that whoever
waits gets the lock only if it looks while nobody holds it.
"""

import datetime as dt
from collections.abc import Sequence
from functools import cache

from otklik.demo import organisations
from otklik.demo.content import load
from otklik.demo.playing import play
from otklik.jobs import actions as jobs
from otklik.jobs.execution import Run
from otklik.jobs.registry import job
from otklik.project.transactions import EVERYTHING, read, step_aside, write

PLAY = "demo.play"
AT_ONCE = 3
"""Messages in one job."""

Left = Sequence[tuple[str, int]]
"""Organisation by key, and the number of its first message that has not been played; whose turn it is stands first."""

messages_of = cache(load)
"""Reading them takes longer than playing one."""


def enqueue(left: Left, *, made_at: dt.datetime, now: dt.datetime) -> None:
    """Ask for the messages that are left, within the caller's `write()`.

    One job follows another, each for the next organisation, so that all queues fill alike and nobody else waits long.
    """
    key, first = left[0]
    payload = {"left": [list(one) for one in left], "made_at": made_at.isoformat()}
    jobs.enqueue(PLAY, f"{key}/{first}", payload, run_at=now, organisation=None)


@job(PLAY, atomic=False, lease=dt.timedelta(minutes=5))
def play_some(run: Run) -> None:
    """Play a few messages of the organisation whose turn it is, and ask for the rest.

    A job that was broken off begins again: the messages it had played are left alone (`playing.play`).
    """
    (key, first), *rest = [(str(key), int(first)) for key, first in run.payload["left"]]
    made_at = dt.datetime.fromisoformat(str(run.payload["made_at"]))
    messages = messages_of(key)
    with read(EVERYTHING):
        place = organisations.found(key)
    for message in messages[first : first + AT_ONCE]:
        with write(EVERYTHING):
            play(place, [message], made_at)
        step_aside()
    if first + AT_ONCE < len(messages):
        rest.append((key, first + AT_ONCE))
    with run.finishing():
        if rest:
            enqueue(rest, made_at=made_at, now=run.now)
