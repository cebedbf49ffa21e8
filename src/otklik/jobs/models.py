"""The rows of background work. Payloads hold ids, never a citizen's words: this table is not part of an erasure."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class JobState(models.TextChoices):
    """`waiting` → `running` → `done`, back to `waiting` after a failure, or `dead` when it is given up."""

    WAITING = "waiting", "ждёт"
    RUNNING = "running", "выполняется"
    DONE = "done", "сделано"
    DEAD = "dead", "не удалось"


class Job(models.Model):
    """One piece of work, due at `run_at`.

    While running, `token` says who holds it: every later change compares it, so that a worker whose lease ran out
    cannot finish what another has taken over.
    """

    organisation_id = models.BigIntegerField(null=True)
    """Whose rows the work touches; null: the installation's own."""
    kind = models.CharField(max_length=64)
    key = models.CharField(max_length=200, blank=True)
    """At most one unfinished job of a kind and key; empty: as many as are asked for."""
    payload = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=JobState, default=JobState.WAITING)
    run_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    token = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    again_at = models.DateTimeField(null=True)
    """Asked for once more while it was running: what it is working on may have changed behind its back."""
    again_payload = models.JSONField(null=True)
    problem = models.TextField(blank=True)
    """Why the last attempt failed, or why the job is dead."""
    created_at = models.DateTimeField(db_default=Now())
    finished_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "jobs_job"
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "key"),
                condition=Q(state__in=("waiting", "running")) & ~Q(key=""),
                name="jobs_job_unfinished_key",
            ),
            models.CheckConstraint(
                condition=~Q(state="running") | Q(token__isnull=False, lease_until__isnull=False),
                name="jobs_job_running_is_leased",
            ),
        )
        indexes = (
            models.Index(fields=("run_at", "id"), condition=Q(state="waiting"), name="jobs_job_due"),
            models.Index(fields=("lease_until",), condition=Q(state="running"), name="jobs_job_leased"),
            models.Index(fields=("finished_at",), condition=Q(state="done"), name="jobs_job_done"),
            models.Index(fields=("organisation_id", "id"), condition=Q(state="dead"), name="jobs_job_dead"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.key or self.pk}"


class Tick(models.Model):
    """When a periodic is due next. A row, so that the day's anchor is not forgotten by a process restarted daily, and
    so that of several work processes one alone does it."""

    name = models.CharField(max_length=200, primary_key=True)
    due_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    problem = models.TextField(blank=True)

    class Meta:
        db_table = "jobs_tick"

    def __str__(self) -> str:
        return self.name


class Heartbeat(models.Model):
    """A work process says that it lives. Its row goes when it stops in good order."""

    worker = models.CharField(max_length=200, primary_key=True)
    """Host name, process id and a random part."""
    started_at = models.DateTimeField()
    beat_at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "jobs_heartbeat"

    def __str__(self) -> str:
        return self.worker
