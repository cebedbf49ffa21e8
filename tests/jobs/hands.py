"""Hands for the tests of background work: a clock that is set, and jobs asked for with little writing."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from otklik.jobs import actions, execution
from otklik.jobs.models import Job
from otklik.project.transactions import EVERYTHING, write

NOW = dt.datetime(2026, 11, 27, 13, 40, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)
MINUTE = dt.timedelta(minutes=1)


@dataclass
class Clock:
    now: dt.datetime = NOW

    def __call__(self) -> dt.datetime:
        return self.now


def enqueue(
    kind: str,
    key: str = "",
    payload: dict[str, Any] | None = None,
    run_at: dt.datetime = NOW,
    organisation: int | None = 7,
) -> None:
    with write(tenant=EVERYTHING):
        actions.enqueue(kind, key, payload, run_at=run_at, organisation=organisation)


def claim(now: dt.datetime = NOW, limit: int = 10) -> list[actions.Claim]:
    return actions.claim(limit=limit, now=now)


def work(clock: Clock) -> list[execution.Ended]:
    """Do everything that is due by this clock."""
    return [execution.execute(taken, clock) for taken in claim(clock.now)]


def the_job() -> Job:
    return Job.objects.get()
