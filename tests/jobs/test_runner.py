"""The work process: the clock of the periodics, the sign of life, a worker that is killed, a stop in good order."""

import datetime as dt
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from otklik.jobs import actions, queries, registry, runner
from otklik.jobs.execution import Ended, Run
from otklik.jobs.models import Heartbeat, Job, JobState, Tick
from otklik.jobs.registry import job, periodic
from tests.jobs.hands import MINUTE, NOW, SECOND, Clock, enqueue, the_job, work

PATIENCE_SECONDS = 30
"""Only a hanging test waits so long."""


class TestClock:
    pytestmark = pytest.mark.django_db

    def test_a_periodic_is_done_when_due_and_by_one_process_alone(self) -> None:
        calls: list[dt.datetime] = []
        periodic(seconds=60)(calls.append)
        (each,) = registry.periodics().values()
        times = [NOW, NOW, NOW + MINUTE - SECOND, NOW + MINUTE, NOW + 10 * MINUTE, NOW + 11 * MINUTE - SECOND]
        assert [runner.tick(each, now, Clock(now)) for now in times] == [True, False, False, True, True, False]
        assert calls == [NOW, NOW + MINUTE, NOW + 10 * MINUTE]

    def test_another_process_that_read_the_same_row_comes_second(self, monkeypatch: pytest.MonkeyPatch) -> None:
        actions.take_tick("x", MINUTE, now=NOW)
        stale = Tick(name="x", due_at=NOW + MINUTE)
        assert actions.take_tick("x", MINUTE, now=NOW + MINUTE)
        monkeypatch.setattr(Tick.objects, "get_or_create", lambda **_: (stale, False))
        assert not actions.take_tick("x", MINUTE, now=NOW + MINUTE)

    def test_some_are_done_by_every_process(self) -> None:
        calls: list[dt.datetime] = []
        periodic(seconds=1, every_process=True)(calls.append)
        (each,) = registry.periodics().values()
        assert [runner.tick(each, NOW, Clock()) for _ in range(2)] == [True, True]
        assert not Tick.objects.exists()

    @pytest.mark.django_db(transaction=True)
    def test_a_failure_is_noted_and_comes_again_in_time(self) -> None:
        @periodic(seconds=60)
        def fails(now: dt.datetime) -> None:
            if now == NOW:
                raise ValueError("the disk is full")

        (each,) = registry.periodics().values()
        assert runner.tick(each, NOW, Clock())
        (failing,) = queries.failing_ticks()
        assert (failing.problem, failing.due_at) == ("ValueError: the disk is full", NOW + MINUTE)
        assert runner.tick(each, NOW + MINUTE, Clock())
        assert queries.failing_ticks() == []


@pytest.mark.django_db
def test_silence_is_noticed_after_a_minute() -> None:
    assert queries.is_silent(NOW)
    actions.beat("a", now=NOW - MINUTE)
    actions.beat("b", now=NOW)
    actions.leave("b")
    assert queries.last_beat_at() == NOW - MINUTE
    assert queries.is_silent(NOW)
    assert not queries.is_silent(NOW - SECOND)
    actions.beat("a", now=NOW)
    assert Heartbeat.objects.get().started_at == NOW - MINUTE
    assert not queries.is_silent(NOW)


@pytest.mark.django_db(transaction=True)
def test_the_loop_works_until_told_to_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    """For real: threads, their own connections; nothing sleeps but on events."""
    monkeypatch.setattr(runner, "POLL_SECONDS", 0.01)
    stop, ticked = threading.Event(), threading.Event()
    done: set[int] = set()
    all_done = threading.Event()

    @periodic(seconds=0.01, every_process=True)
    def tick(now: dt.datetime) -> None:  # noqa: ARG001
        ticked.set()

    @job("test.note")
    def note(run: Run) -> None:
        done.add(run.payload["n"])
        if len(done) == 5:
            all_done.set()

    for n in range(5):
        enqueue("test.note", payload={"n": n})
    lived: list[bool] = []

    def process() -> None:
        lived.append(runner.run(stop, clock=Clock()))
        connection.close()

    thread = threading.Thread(target=process)
    thread.start()
    try:
        assert all_done.wait(PATIENCE_SECONDS)
        assert ticked.wait(PATIENCE_SECONDS)
        assert not queries.is_silent(NOW)
    finally:
        stop.set()
        thread.join(PATIENCE_SECONDS)
    assert lived == [True]
    assert done == set(range(5))
    assert queries.counts() == queries.Counts(waiting=0, running=0, done=5, dead=0)
    assert queries.last_beat_at() is None


@pytest.mark.django_db
def test_a_loop_that_ends_by_itself_ends_the_process() -> None:
    loop = threading.Thread(target=lambda: None, name="sealer")
    loop.start()
    loop.join()
    assert not runner.beat_while_alive("me", [loop], threading.Event(), Clock())
    assert not Heartbeat.objects.exists()


WORKER = """
import signal, time
signal.alarm(30)
import django
django.setup()
from otklik.jobs import actions, execution
from otklik.jobs.registry import job
from tests.jobs.hands import NOW

@job("test.effect")
def effect(run):
    actions.enqueue("test.effect", payload={"effect": True}, run_at=run.now, organisation=7)
    print("in the middle", flush=True)
    time.sleep(60)

for claim in actions.claim(limit=1, now=NOW):
    execution.execute(claim, lambda: NOW)
"""


@pytest.mark.django_db(transaction=True)
def test_a_killed_worker_leaves_nothing_and_the_job_is_done_once() -> None:
    """`kill -9` in the middle of the transaction; when the lease has run out, another worker does the job, once."""

    @job("test.effect")
    def effect(run: Run) -> None:
        actions.enqueue("test.effect", payload={"effect": True}, run_at=run.now + MINUTE, organisation=7)

    enqueue("test.effect")
    with start_worker(WORKER) as worker:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "in the middle\n"
        worker.send_signal(signal.SIGKILL)
        assert worker.wait() == -signal.SIGKILL
    left = the_job()
    assert (left.state, left.attempts) == (JobState.RUNNING, 1)
    assert left.lease_until is not None
    assert work(Clock(left.lease_until)) == []
    assert work(Clock(left.lease_until + SECOND)) == [Ended.DONE]
    left.refresh_from_db()
    assert (left.state, left.attempts) == (JobState.DONE, 2)
    assert Job.objects.exclude(pk=left.pk).count() == 1


STOPPED = """
import signal, time
signal.alarm(30)
import django
django.setup()
from otklik.jobs import actions, registry, runner
from otklik.jobs.registry import job
from otklik.project.transactions import EVERYTHING, write
from django.utils import timezone

@job("test.last")
def last(run):
    print("at work", flush=True)
    time.sleep(0.3)

registry.load = lambda: None
with write(tenant=EVERYTHING):
    actions.enqueue("test.last", run_at=timezone.now(), organisation=None)
raise SystemExit(runner.run_until_signal())
"""


@pytest.mark.django_db(transaction=True)
def test_sigterm_lets_what_runs_come_to_its_end() -> None:
    with start_worker(STOPPED) as worker:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "at work\n"
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(PATIENCE_SECONDS) == 0
    assert the_job().state == JobState.DONE
    assert not Heartbeat.objects.exists()


def start_worker(script: str) -> "subprocess.Popen[str]":
    """A process of its own on the test's database."""
    database = connection.settings_dict
    url = f"sqlite:///{database['NAME']}"
    if connection.vendor == "postgresql":
        host, port = database["HOST"] or "127.0.0.1", database["PORT"] or "5432"
        password = f":{database['PASSWORD']}" if database["PASSWORD"] else ""
        url = f"postgresql://{database['USER']}{password}@{host}:{port}/{database['NAME']}"
    variables = {
        **os.environ,
        "OTKLIK_DATABASE_URL": url,
        "OTKLIK_DATA": str(settings.DATA),
        "DJANGO_SETTINGS_MODULE": "otklik.project.settings",
    }
    return subprocess.Popen(
        [sys.executable, "-c", script], env=variables, stdout=subprocess.PIPE, text=True, cwd=Path.cwd()
    )
