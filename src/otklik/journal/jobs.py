"""The journal's clock: the sealer, every half second in each work process, and the daily anchor."""

import datetime as dt

from otklik.jobs.registry import periodic
from otklik.journal import anchors, sealing


@periodic(seconds=0.5, every_process=True)  # the head row lets one sealer an organisation work at a time
def seal(now: dt.datetime) -> None:
    """Whatever is committed is sealed within a second."""
    sealing.seal_all(now=now)


@periodic(seconds=600)
def anchor(now: dt.datetime) -> None:
    """The head of each chain once a day; a folder that cannot be written to is tried again in ten minutes."""
    anchors.anchor_all(now=now)
