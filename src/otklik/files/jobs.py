"""The sweeper's clock."""

import datetime as dt

from otklik.files import actions
from otklik.jobs.registry import periodic


@periodic(seconds=3600)
def sweep(now: dt.datetime) -> None:
    """Uploads that came to nothing go after a day."""
    actions.sweep(now=now)
