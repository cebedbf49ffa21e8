"""Housekeeping of background work itself."""

import datetime as dt

from otklik.jobs import actions
from otklik.jobs.registry import periodic


@periodic(seconds=3600)
def forget_what_is_done(now: dt.datetime) -> None:
    """Done jobs are kept a day, for whoever looks into what has happened."""
    actions.sweep(now=now)
