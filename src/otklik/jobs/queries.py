"""All reads of background work."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count

from otklik.jobs.models import Heartbeat, Job, JobState, Tick

SILENT_AFTER = dt.timedelta(minutes=1)


def is_silent(now: dt.datetime) -> bool:
    """Whether no work process has shown a sign of life for a minute: screens then say «фоновая работа молчит»."""
    return not Heartbeat.objects.filter(beat_at__gt=now - SILENT_AFTER).exists()


def last_beat_at() -> dt.datetime | None:
    """When a work process was last heard of; None if none ever was, or the last one stopped in good order."""
    return Heartbeat.objects.order_by("-beat_at").values_list("beat_at", flat=True).first()


@dataclass(frozen=True, slots=True)
class Counts:
    """How many jobs there are in each state."""

    waiting: int
    running: int
    done: int
    dead: int


def counts() -> Counts:
    """Jobs by state, of the organisations in force."""
    found = dict(Job.objects.order_by().values_list("state").annotate(Count("id")))
    return Counts(
        *(found.get(state, 0) for state in (JobState.WAITING, JobState.RUNNING, JobState.DONE, JobState.DEAD))
    )


def jobs(*, state: JobState | None = None, kind: str = "", limit: int = 100) -> list[Job]:
    """Unfinished and dead jobs (or those of one state), the ones due first at the top."""
    rows = Job.objects.exclude(state=JobState.DONE) if state is None else Job.objects.filter(state=state)
    if kind:
        rows = rows.filter(kind=kind)
    return list(rows.order_by("run_at", "id")[:limit])


def dead_of(organisation_id: int) -> list[Job]:
    """What has failed for good in one organisation, the latest first: a person must decide."""
    rows = Job.objects.filter(organisation_id=organisation_id, state=JobState.DEAD)
    return list(rows.order_by("-id")[:100])


def failing_ticks() -> list[Tick]:
    """Periodics whose last run failed."""
    return list(Tick.objects.exclude(problem="").order_by("name"))
