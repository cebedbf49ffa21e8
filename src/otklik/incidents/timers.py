"""The timer of an incident: a row that wakes the work process when time alone changes something."""

import datetime as dt
from collections.abc import Mapping

from otklik.jobs import actions as jobs

PASSING = "incidents.passing"

JUST_AFTER = dt.timedelta(seconds=1)
"""A due time is the last instant that is still in time."""


def set_timers(organisation_id: int, wakes_at: Mapping[int, dt.datetime | None]) -> None:
    """Incident id → when it is to be looked at next: a term passes, a warning is due. None: nothing runs, no timer.

    Within a `write()`.
    """
    run_at = {str(pk): None if at is None else at + JUST_AFTER for pk, at in wakes_at.items()}
    jobs.reschedule_many(PASSING, run_at, organisation=organisation_id)
