"""What the work process does for incidents: write down that a term has passed, date anew what runs, tell people."""

import datetime as dt

import structlog

from otklik.incidents import actions, queries, recompute, telling
from otklik.incidents.timers import PASSING
from otklik.jobs import actions as jobs
from otklik.jobs.execution import Run
from otklik.jobs.registry import job, periodic
from otklik.orgs.models import Organisation
from otklik.orgs.schedules import ScheduleError, schedules_for
from otklik.project.transactions import read, step_aside, write

log = structlog.get_logger(__name__)

REDATE = "incidents.redate"
CHUNK = 100
"""Incidents dated anew in one transaction: on SQLite nobody else writes meanwhile."""


@job(PASSING)
def passing(run: Run) -> None:
    """A term of this incident has run out, or a warning is due: record it. Early or twice, it changes nothing."""
    actions.record_passing(int(run.claim.key), now=run.now)


@periodic(seconds=30)
def find_behind(now: dt.datetime) -> None:
    """Hours, single days, calendars or the curator's institution have changed: have what runs dated anew."""
    for organisation in recompute.organisations():
        with read([organisation.pk]):
            is_behind = bool(_behind(organisation, now, limit=1))
        if is_behind:
            with write([organisation.pk]):
                jobs.enqueue(REDATE, str(organisation.pk), run_at=now, organisation=organisation.pk)


@job(REDATE, atomic=False, lease=dt.timedelta(minutes=5))
def redate(run: Run) -> None:
    """All incidents of one organisation, chunk by chunk, each in a transaction of its own."""
    pk = int(run.claim.key)
    while True:
        with read([pk]):
            chunk = _behind(Organisation.objects.get(pk=pk), run.now, limit=CHUNK)
        if not chunk:
            return
        actions.redate(pk, chunk, now=run.now)
        run.extend()
        step_aside()


def _behind(organisation: Organisation, now: dt.datetime, *, limit: int) -> list[int]:
    try:
        version = schedules_for(organisation, now).version
    except ScheduleError as error:
        log.error("hours cannot be obeyed", organisation=organisation.key, problem=str(error))  # noqa: TRY400
        return []
    return queries.behind(organisation.pk, version, limit=limit)


@job(telling.REMIND, atomic=False, lease=dt.timedelta(minutes=2))
def remind(run: Run) -> None:
    """One letter to each of those for whom the reminded steps wait."""
    telling.send_reminder(
        telling.Addressee.read(run.payload), organisation_id=run.organisation_id or 0, sent_at=run.now
    )


@job(telling.TELL, atomic=False, lease=dt.timedelta(minutes=2))
def tell(run: Run) -> None:
    """An e-mail on arrival (A 6)."""
    telling.send(
        int(run.payload["incident"]),
        str(run.payload["unit"]),
        organisation_id=run.organisation_id or 0,
        now=run.now,
    )
