"""Runs one claimed job. Its effects and its completion are one transaction: both happen, or neither."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import structlog

from otklik.jobs import actions, registry
from otklik.jobs.actions import Claim, LeaseLost
from otklik.project.transactions import EVERYTHING, Tenant, write

log = structlog.get_logger(__name__)
Clock = Callable[[], dt.datetime]


class RetryAfter(Exception):
    """Raised by a handler: try again after `wait`, which the other side asked for; the attempt does not count."""

    def __init__(self, wait: dt.timedelta, reason: str) -> None:
        super().__init__(reason)
        self.wait = wait


class GiveUp(Exception):
    """Raised by a handler: no further attempt can help; the message says why, and what a person could do."""


class Ended(StrEnum):
    """How an attempt ended."""

    DONE = "done"
    RETRIED = "retried"
    DEAD = "dead"
    LOST = "lost"
    """Another worker had taken the job over; nothing of this attempt remains."""


@dataclass(slots=True)
class Run:
    """What a handler is given."""

    claim: Claim
    clock: Clock
    lease: dt.timedelta
    is_finished: bool = False

    @property
    def payload(self) -> Mapping[str, Any]:
        return self.claim.payload

    @property
    def organisation_id(self) -> int | None:
        return self.claim.organisation_id

    @property
    def tenant(self) -> Tenant:
        """For `read` and `write`: the job's organisation, or everything for the installation's own jobs."""
        return EVERYTHING if self.claim.organisation_id is None else (self.claim.organisation_id,)

    @property
    def now(self) -> dt.datetime:
        return self.clock()

    @contextmanager
    def finishing(self) -> Iterator[None]:
        """The last transaction of the job: what is written in it and the job's completion are one.

        :raises LeaseLost: at its end, if another worker has taken the job over; what was written is rolled back.
        """
        with write(tenant=self.tenant):
            yield
            actions.finish(self.claim, now=self.now)
        self.is_finished = True

    def extend(self) -> None:
        """Keep a job that takes longer than its lease.

        :raises LeaseLost: if it is too late; let it out.
        """
        actions.extend(self.claim, self.lease, now=self.now)


def execute(claim: Claim, clock: Clock) -> Ended:
    """Do one claimed job, and write down how it ended. Nothing a handler raises comes out of here.

    :raises django.db.Error: when the end itself cannot be written; the lease then runs out and the job is done again.
    """
    handler = registry.handler(claim.kind)
    run = Run(claim, clock, handler.lease)
    try:
        _call(handler, run)
    except LeaseLost as error:
        log.warning("job lease lost", kind=claim.kind, job=claim.job_id, problem=str(error))
        return Ended.LOST
    except RetryAfter as error:
        actions.postpone(claim, str(error), run_at=clock() + error.wait)
        return Ended.RETRIED
    except GiveUp as error:
        actions.give_up(claim, str(error), now=clock())
        log.warning("job given up", kind=claim.kind, job=claim.job_id, problem=str(error))
        return Ended.DEAD
    except Exception as error:  # whatever a handler does, the job must not be lost
        if run.is_finished:
            log.exception("job failed after it was finished", kind=claim.kind, job=claim.job_id)
            return Ended.DONE
        return _failed(claim, handler, error, clock)
    return Ended.DONE


def _call(handler: registry.Handler, run: Run) -> None:
    if handler.atomic:
        with run.finishing():
            handler.function(run)
        return
    handler.function(run)
    if not run.is_finished:
        with run.finishing():
            pass


def _failed(claim: Claim, handler: registry.Handler, error: Exception, clock: Clock) -> Ended:
    problem = f"{type(error).__name__}: {error}"
    is_dead = actions.fail(claim, problem, now=clock(), attempts=handler.attempts)
    log.error("job failed", kind=claim.kind, job=claim.job_id, attempt=claim.attempt, dead=is_dead, exc_info=error)
    return Ended.DEAD if is_dead else Ended.RETRIED
