"""All writes of background work. Each change of a job's state is one compare-and-set, which holds on both databases."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, connection, transaction
from django.db.models import Case, DateTimeField, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, Least

from otklik.jobs import registry
from otklik.jobs.models import Heartbeat, Job, JobState, Tick
from otklik.project.transactions import EVERYTHING, read, write

FIRST_WAIT = dt.timedelta(seconds=10)
LONGEST_WAIT = dt.timedelta(hours=1)
DONE_KEPT = dt.timedelta(days=1)
LONGEST_PROBLEM = 2000


class NotInTransaction(Exception):
    """A job is enqueued in the transaction of the change that wants it: else it could run before it, or without it."""


class LeaseLost(Exception):
    """Somebody else has taken the job over: what was done must be rolled back."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A job that is ours until `lease_until`. `attempt` counts from 1."""

    job_id: int
    organisation_id: int | None
    kind: str
    key: str
    payload: Mapping[str, Any]
    attempt: int
    token: UUID
    lease_until: dt.datetime


def enqueue(
    kind: str,
    key: str = "",
    payload: Mapping[str, Any] | None = None,
    *,
    run_at: dt.datetime,
    organisation: int | None,
) -> None:
    """Ask for work at `run_at` (UTC-aware), within the caller's `write()`.

    With a `key`, at most one unfinished job of this kind and key exists: if one waits, it keeps the earlier of both
    times and takes the new payload; if one is running, it runs once more after that.

    :raises NotInTransaction: outside a transaction.
    :raises registry.UnknownKind: if no app does this kind.
    """
    if not connection.in_atomic_block:
        raise NotInTransaction(
            "Enqueue inside `project.transactions.write()`, together with the change that wants the work."
        )
    registry.handler(kind)
    job = Job(kind=kind, key=key, payload=dict(payload or {}), run_at=run_at, organisation_id=organisation)
    while not (key and _merge(job)):
        try:
            with transaction.atomic():
                job.save(force_insert=True)
        except IntegrityError:
            job.pk = None  # a parallel transaction was first: merge into its row
        else:
            return


def reschedule(
    kind: str, key: str, payload: Mapping[str, Any] | None = None, *, run_at: dt.datetime, organisation: int | None
) -> None:
    """Like `enqueue`, but a waiting job takes the new time even if it is later: for a timer that has moved."""
    same = _unfinished(kind, key)
    if not same.filter(state=JobState.WAITING).update(run_at=run_at):
        same.filter(state=JobState.RUNNING).update(again_at=run_at, again_payload=dict(payload or {}))
    enqueue(kind, key, payload, run_at=run_at, organisation=organisation)


def reschedule_many(kind: str, run_at: Mapping[str, dt.datetime | None], *, organisation: int | None) -> None:
    """`reschedule` for each key with a time, `cancel` for each without one: one look, and few statements where many
    timers move at once. Jobs without payload."""
    unfinished = Job.objects.filter(kind=kind, key__in=run_at, state__in=(JobState.WAITING, JobState.RUNNING))
    there = {job.key: job for job in unfinished}
    wanted = {key: at for key, at in run_at.items() if at is not None}
    moved = {
        there[key].pk: at
        for key, at in wanted.items()
        if key in there and there[key].state == JobState.WAITING and there[key].run_at != at
    }
    new = {key: at for key, at in wanted.items() if key not in there}
    if not (_move(moved) and _add(kind, new, organisation)):
        for key, at in wanted.items():
            reschedule(kind, key, run_at=at, organisation=organisation)
    for key, at in wanted.items():
        if key in there and there[key].state == JobState.RUNNING:
            reschedule(kind, key, run_at=at, organisation=organisation)
    for key in there.keys() - wanted.keys():
        cancel(kind, key)


def forget(kind: str) -> int:
    """Take back every waiting job of a kind, of the organisations in force; how many there were."""
    deleted, _ = Job.objects.filter(kind=kind, state=JobState.WAITING).delete()
    return deleted


def cancel(kind: str, key: str) -> bool:
    """Take back a waiting job, and a second run of a running one; whether there was anything to take back."""
    again = _unfinished(kind, key).filter(state=JobState.RUNNING, again_at__isnull=False)
    taken = again.update(again_at=None, again_payload=None)
    deleted, _ = _unfinished(kind, key).filter(state=JobState.WAITING).delete()
    return bool(taken or deleted)


def claim(*, limit: int, now: dt.datetime) -> list[Claim]:
    """Take up to `limit` due jobs: those whose time has come, and those whose worker has been silent too long.

    A job whose workers died as often as it may be tried is dead: it may be what kills them.
    """
    expired = Job.objects.filter(state=JobState.RUNNING, lease_until__lt=now).order_by("lease_until")
    due = Job.objects.filter(state=JobState.WAITING, run_at__lte=now).order_by("run_at", "id")
    with read(EVERYTHING):  # looks first: on SQLite even an update of no rows waits for the writer
        found = list(expired[:limit])
        found += due[: limit - len(found)]
    if not found:
        return []
    with write(tenant=EVERYTHING):
        return [taken for job in found if (taken := _take(job, now)) is not None]


def finish(taken: Claim, *, now: dt.datetime) -> None:
    """The job is done; to be called in the transaction of its effects.

    :raises LeaseLost: if the job is no longer ours: let it out, so that the effects are rolled back.
    """
    held = _held(taken)
    if held.filter(again_at__isnull=True).update(
        state=JobState.DONE, finished_at=now, token=None, lease_until=None, problem=""
    ):
        return
    again = held.filter(again_at__isnull=False).update(
        state=JobState.WAITING, run_at=F("again_at"), payload=F("again_payload"), again_at=None, again_payload=None,
        attempts=0, token=None, lease_until=None, problem="",
    )  # fmt: skip
    if not again:
        raise LeaseLost(f"Job {taken.job_id} ({taken.kind}) was taken over by another worker.")


def extend(taken: Claim, lease: dt.timedelta, *, now: dt.datetime) -> None:
    """Keep a long job: the lease runs anew from `now`.

    :raises LeaseLost: if the job is no longer ours.
    """
    with write(tenant=EVERYTHING):
        if not _held(taken).update(lease_until=now + lease):
            raise LeaseLost(f"Job {taken.job_id} ({taken.kind}) was taken over by another worker.")


def fail(taken: Claim, problem: str, *, now: dt.datetime, attempts: int) -> bool:
    """The attempt failed: wait twice as long as last time, or give up after `attempts`. Whether the job is dead now."""
    if taken.attempt >= attempts:
        give_up(taken, f"{taken.attempt} attempts; the last: {problem}", now=now)
        return True
    _put_back(taken, problem, run_at=now + wait_after(taken.attempt))
    return False


def postpone(taken: Claim, problem: str, *, run_at: dt.datetime) -> None:
    """Try again at `run_at`, without counting the attempt: the other side has asked for it."""
    _put_back(taken, problem, run_at=run_at, attempts=F("attempts") - 1)


def give_up(taken: Claim, reason: str, *, now: dt.datetime) -> None:
    """No attempt can help: the job is dead, with the reason, until a person retries it."""
    with write(tenant=EVERYTHING):
        _held(taken).update(
            state=JobState.DEAD, finished_at=now, token=None, lease_until=None, problem=reason[:LONGEST_PROBLEM]
        )


def wait_after(attempt: int) -> dt.timedelta:
    """How long to wait after failed attempt number `attempt`: 10 s, 20 s, 40 s … at most an hour."""
    doubled: int = 2 ** min(attempt - 1, 20)
    return min(FIRST_WAIT * doubled, LONGEST_WAIT)


def retry(job_id: int, *, now: dt.datetime) -> bool:
    """A person puts a dead job back; False if it is not dead, or if a new job of its key waits already."""
    try:
        with write(tenant=EVERYTHING):
            dead = Job.objects.filter(pk=job_id, state=JobState.DEAD)
            return bool(dead.update(state=JobState.WAITING, run_at=now, attempts=0, finished_at=None))
    except IntegrityError:
        return False


def sweep(*, now: dt.datetime) -> int:
    """Forget what was done more than a day ago; returns how many rows. Dead jobs stay until a person decides."""
    with write(tenant=EVERYTHING):
        deleted, _ = Job.objects.filter(state=JobState.DONE, finished_at__lt=now - DONE_KEPT).delete()
        Heartbeat.objects.filter(beat_at__lt=now - DONE_KEPT).delete()
    return deleted


def beat(worker: str, *, now: dt.datetime) -> None:
    """The work process `worker` lives."""
    Heartbeat.objects.update_or_create(
        worker=worker, defaults={"beat_at": now}, create_defaults={"beat_at": now, "started_at": now}
    )


def leave(worker: str) -> None:
    """The work process `worker` stops in good order."""
    Heartbeat.objects.filter(worker=worker).delete()


def take_tick(name: str, interval: dt.timedelta, *, now: dt.datetime) -> bool:
    """Whether the periodic is due and ours: of several processes one alone gets True.

    A time further off than two intervals was set by a clock that has been put back since: it is not waited for.
    """
    tick, _ = Tick.objects.get_or_create(name=name, defaults={"due_at": now})
    far = now + 2 * interval
    if now < tick.due_at <= far:
        return False
    due = Tick.objects.filter(Q(due_at__lte=now) | Q(due_at__gt=far), name=name)
    return bool(due.update(due_at=now + interval, started_at=now))


def end_tick(name: str, problem: str, *, now: dt.datetime) -> None:
    """The periodic has been done, or has failed with `problem`."""
    Tick.objects.filter(name=name).update(finished_at=now, problem=problem[:LONGEST_PROBLEM])


def _move(run_at: Mapping[int, dt.datetime]) -> bool:
    """Give waiting jobs their new times; False if one of them has been claimed since we looked."""
    if not run_at:
        return True
    times = [When(pk=pk, then=Value(at, output_field=DateTimeField())) for pk, at in run_at.items()]
    return Job.objects.filter(pk__in=run_at, state=JobState.WAITING).update(run_at=Case(*times)) == len(run_at)


def _add(kind: str, run_at: Mapping[str, dt.datetime], organisation: int | None) -> bool:
    """New jobs; False if a parallel transaction was first with one of them."""
    if not run_at:
        return True
    registry.handler(kind)
    jobs = [Job(kind=kind, key=key, run_at=at, organisation_id=organisation) for key, at in run_at.items()]
    try:
        with transaction.atomic():
            Job.objects.bulk_create(jobs)
    except IntegrityError:
        return False
    return True


def _unfinished(kind: str, key: str) -> QuerySet[Job]:
    return Job.objects.filter(kind=kind, key=key, state__in=(JobState.WAITING, JobState.RUNNING))


def _merge(job: Job) -> bool:
    """Join the unfinished job of the same key, if there is one."""
    same = _unfinished(job.kind, job.key)
    if same.filter(state=JobState.WAITING).update(run_at=Least(F("run_at"), job.run_at), payload=job.payload):
        return True
    sooner = Least(Coalesce(F("again_at"), job.run_at), job.run_at)  # on SQLite the least of a null is null
    return bool(same.filter(state=JobState.RUNNING).update(again_at=sooner, again_payload=job.payload))


def _take(job: Job, now: dt.datetime) -> Claim | None:
    """Compare-and-set on what was read: whoever comes second changes no row."""
    same = Job.objects.filter(pk=job.pk, state=job.state, token=job.token, attempts=job.attempts)
    try:
        handler = registry.handler(job.kind)
    except registry.UnknownKind as error:
        same.update(state=JobState.DEAD, finished_at=now, token=None, lease_until=None, problem=str(error))
        return None
    if job.state == JobState.RUNNING and job.attempts >= handler.attempts:
        problem = f"The work process died at each of {job.attempts} attempts."
        same.update(state=JobState.DEAD, finished_at=now, token=None, lease_until=None, problem=problem)
        return None
    token, until = uuid4(), now + handler.lease
    if not same.update(state=JobState.RUNNING, token=token, lease_until=until, attempts=job.attempts + 1):
        return None
    return Claim(job.pk, job.organisation_id, job.kind, job.key, job.payload, job.attempts + 1, token, until)


def _held(taken: Claim) -> QuerySet[Job]:
    return Job.objects.filter(pk=taken.job_id, state=JobState.RUNNING, token=taken.token)


def _put_back(taken: Claim, problem: str, *, run_at: dt.datetime, **more: object) -> None:
    """A lost lease changes nothing: the job is in other hands."""
    with write(tenant=EVERYTHING):
        _held(taken).update(
            state=JobState.WAITING,
            run_at=run_at,
            token=None,
            lease_until=None,
            problem=problem[:LONGEST_PROBLEM],
            **more,
        )
