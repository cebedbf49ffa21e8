"""A job's way: asked for with the change, claimed by lease, done once, tried again, given up."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.db import connection, transaction

from otklik.jobs import actions, execution, queries, registry
from otklik.jobs.execution import Ended, Run
from otklik.jobs.models import Job, JobState
from otklik.jobs.registry import job
from otklik.project.transactions import EVERYTHING, write
from tests.jobs.hands import MINUTE, NOW, SECOND, Clock, claim, enqueue, the_job, work

pytestmark = pytest.mark.django_db
DONE: list[dict[str, object]] = []


@pytest.fixture(autouse=True)
def note() -> Iterator[None]:
    """A kind of job that notes its payload."""

    @job("test.note")
    def note(run: Run) -> None:
        DONE.append(dict(run.payload))

    yield
    DONE.clear()


def test_a_job_is_done_once_at_its_time() -> None:
    enqueue("test.note", payload={"n": 1}, run_at=NOW + SECOND)
    assert work(Clock(NOW + SECOND - dt.timedelta(microseconds=1))) == []
    assert work(Clock(NOW + SECOND)) == [Ended.DONE]
    assert DONE == [{"n": 1}]
    assert work(Clock(NOW + dt.timedelta(days=1))) == []
    assert (the_job().state, the_job().finished_at, the_job().attempts) == (JobState.DONE, NOW + SECOND, 1)


def test_due_ones_come_in_order_and_no_more_than_asked_for() -> None:
    for n, run_at in enumerate((NOW, NOW - MINUTE, NOW)):
        enqueue("test.note", payload={"n": n}, run_at=run_at)
    assert [taken.payload["n"] for taken in claim(limit=2)] == [1, 0]
    assert [taken.payload["n"] for taken in claim()] == [2]


def test_an_unknown_kind_is_refused_when_asked_for() -> None:
    with pytest.raises(registry.UnknownKind, match=r"'test\.other'.*known: test\.note"):
        enqueue("test.other")


def test_an_unknown_kind_in_the_table_is_dead_with_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    enqueue("test.note")
    monkeypatch.setattr(registry, "_handlers", {})
    assert claim() == []
    assert the_job().state == JobState.DEAD
    assert "No handler for jobs of kind 'test.note'" in the_job().problem


def test_two_handlers_of_one_kind_are_refused() -> None:
    with pytest.raises(ValueError, match=r"Two handlers for jobs of kind 'test\.note'"):

        @job("test.note")
        def other(run: Run) -> None:
            """Never called."""


@pytest.mark.django_db(transaction=True)
def test_a_job_is_asked_for_together_with_the_change() -> None:
    with pytest.raises(actions.NotInTransaction):
        actions.enqueue("test.note", run_at=NOW, organisation=7)
    with write(tenant=EVERYTHING):
        actions.enqueue("test.note", run_at=NOW, organisation=7)
        transaction.set_rollback(True)
    assert not Job.objects.exists()


class TestKeys:
    def test_a_waiting_job_takes_the_earlier_time_and_the_new_payload(self) -> None:
        enqueue("test.note", "k", {"n": 1}, NOW + MINUTE)
        enqueue("test.note", "k", {"n": 2}, NOW + SECOND)
        enqueue("test.note", "k", {"n": 3}, NOW + 2 * MINUTE)
        assert (the_job().run_at, the_job().payload) == (NOW + SECOND, {"n": 3})

    def test_other_keys_and_kinds_are_other_jobs(self) -> None:
        job("test.second")(lambda run: None)  # noqa: ARG005
        enqueue("test.note", "k")
        enqueue("test.note", "l")
        enqueue("test.second", "k")
        enqueue("test.note")
        enqueue("test.note")
        assert Job.objects.count() == 5

    def test_a_running_job_runs_once_more(self) -> None:
        enqueue("test.note", "k", {"n": 1})
        (taken,) = claim()
        enqueue("test.note", "k", {"n": 2}, NOW + MINUTE)
        assert execution.execute(taken, Clock()) == Ended.DONE
        assert (the_job().state, the_job().run_at, the_job().attempts) == (JobState.WAITING, NOW + MINUTE, 0)
        assert work(Clock(NOW + MINUTE)) == [Ended.DONE]
        assert DONE == [{"n": 1}, {"n": 2}]
        assert the_job().state == JobState.DONE

    def test_after_the_end_a_new_one_is_made(self) -> None:
        for _ in range(2):
            enqueue("test.note", "k")
            assert work(Clock()) == [Ended.DONE]
        assert Job.objects.count() == 2

    def test_a_timer_that_has_moved(self) -> None:
        for run_at in (NOW + MINUTE, NOW + 2 * MINUTE, NOW + SECOND):
            with write(tenant=EVERYTHING):
                actions.reschedule("test.note", "k", run_at=run_at, organisation=7)
            assert the_job().run_at == run_at

    def test_a_timer_that_has_moved_while_it_runs(self) -> None:
        enqueue("test.note", "k")
        (taken,) = claim()
        for run_at in (NOW + MINUTE, NOW + 2 * MINUTE):
            with write(tenant=EVERYTHING):
                actions.reschedule("test.note", "k", run_at=run_at, organisation=7)
        enqueue("test.note", "k", run_at=NOW + 3 * MINUTE)
        assert execution.execute(taken, Clock()) == Ended.DONE
        assert (the_job().state, the_job().run_at) == (JobState.WAITING, NOW + 2 * MINUTE)

    def test_many_timers_at_once(self) -> None:
        for key in ("running", "moved", "same", "gone"):
            enqueue("test.note", key, run_at=NOW if key == "running" else NOW + MINUTE)
        (taken,) = claim()
        later = NOW + 5 * MINUTE
        times = {"running": later, "moved": later, "same": NOW + MINUTE, "gone": None, "new": later, "never": None}
        for _ in range(2):
            with write(tenant=EVERYTHING):
                actions.reschedule_many("test.note", times, organisation=7)
        execution.execute(taken, Clock())
        found = {job.key: job.run_at for job in Job.objects.filter(state=JobState.WAITING)}
        assert found == {"running": later, "moved": later, "same": NOW + MINUTE, "new": later}
        with write(tenant=EVERYTHING):
            assert actions.forget("test.note") == 4

    def test_taken_back(self) -> None:
        assert not actions.cancel("test.note", "k")
        enqueue("test.note", "k")
        assert actions.cancel("test.note", "k")
        assert not Job.objects.exists()
        enqueue("test.note", "k")
        (taken,) = claim()
        assert not actions.cancel("test.note", "k")
        enqueue("test.note", "k")
        assert actions.cancel("test.note", "k")
        execution.execute(taken, Clock())
        assert the_job().state == JobState.DONE


class TestLease:
    @pytest.fixture(autouse=True)
    def slow(self) -> None:
        @job("test.slow", lease=MINUTE, attempts=2)
        def slow(run: Run) -> None:
            DONE.append(dict(run.payload))

    def test_a_claimed_job_is_nobody_elses_until_its_lease_has_run_out(self) -> None:
        enqueue("test.slow")
        (first,) = claim()
        assert claim(NOW + MINUTE) == []
        (second,) = claim(NOW + MINUTE + dt.timedelta(microseconds=1))
        assert (second.job_id, second.attempt) == (first.job_id, 2)
        assert second.token != first.token

    def test_who_has_lost_the_job_leaves_no_effect(self) -> None:
        @job("test.write", lease=MINUTE)
        def write_one(run: Run) -> None:
            actions.enqueue("test.note", payload={"by": run.claim.attempt}, run_at=NOW, organisation=7)

        enqueue("test.write")
        (first,) = claim()
        (second,) = claim(NOW + 2 * MINUTE)
        assert execution.execute(first, Clock(NOW + 2 * MINUTE)) == Ended.LOST
        assert execution.execute(second, Clock(NOW + 2 * MINUTE)) == Ended.DONE
        assert execution.execute(second, Clock(NOW + 2 * MINUTE)) == Ended.LOST
        assert [row.payload for row in Job.objects.filter(kind="test.note")] == [{"by": 2}]

    def test_who_has_lost_the_job_cannot_spoil_it(self) -> None:
        enqueue("test.slow")
        (first,) = claim()
        (second,) = claim(NOW + 2 * MINUTE)
        actions.fail(first, "late", now=NOW + 2 * MINUTE, attempts=2)
        actions.give_up(first, "late", now=NOW + 2 * MINUTE)
        with pytest.raises(actions.LeaseLost):
            actions.extend(first, MINUTE, now=NOW + 2 * MINUTE)
        assert (the_job().state, the_job().token, the_job().problem) == (JobState.RUNNING, second.token, "")

    def test_a_long_job_keeps_itself(self) -> None:
        clock = Clock()

        @job("test.long", lease=MINUTE, atomic=False)
        def long(run: Run) -> None:
            for _ in range(3):
                clock.now += MINUTE
                run.extend()
                assert claim(clock.now) == []

        enqueue("test.long")
        assert work(clock) == [Ended.DONE]

    def test_a_job_that_kills_its_workers_is_dead(self) -> None:
        enqueue("test.slow")
        assert claim(NOW)
        assert claim(NOW + 2 * MINUTE)
        assert claim(NOW + 4 * MINUTE) == []
        assert (the_job().state, the_job().problem) == (JobState.DEAD, "The work process died at each of 2 attempts.")


class TestFailure:
    @pytest.fixture(autouse=True)
    def failing(self) -> None:
        @job("test.fail", attempts=3)
        def fail(run: Run) -> None:
            actions.enqueue("test.note", run_at=NOW, organisation=7)
            raise ValueError(f"attempt {run.claim.attempt}")

    def test_waits_twice_as_long_each_time_and_gives_up(self) -> None:
        enqueue("test.fail")
        clock = Clock()
        for wait in (10, 20):
            assert work(clock) == [Ended.RETRIED]
            assert the_job().run_at == clock.now + wait * SECOND
            clock.now += wait * SECOND
        assert work(clock) == [Ended.DEAD]
        assert (the_job().state, the_job().problem) == (JobState.DEAD, "3 attempts; the last: ValueError: attempt 3")
        assert the_job().finished_at == clock.now  # and no job of the rolled back attempts is there

    def test_the_wait_grows_to_an_hour(self) -> None:
        assert [actions.wait_after(n) / SECOND for n in (1, 2, 9, 10, 1000)] == [10, 20, 2560, 3600, 3600]

    def test_a_person_puts_a_dead_one_back(self) -> None:
        enqueue("test.fail", "k")
        assert not actions.retry(the_job().pk, now=NOW)
        actions.give_up(claim()[0], "because", now=NOW)
        dead = queries.dead_of(7)
        assert [(row.kind, row.problem) for row in dead] == [("test.fail", "because")]
        enqueue("test.fail", "k")
        assert not actions.retry(dead[0].pk, now=NOW)  # a new one of the same key waits
        assert actions.cancel("test.fail", "k")
        assert actions.retry(dead[0].pk, now=NOW + MINUTE)
        assert (the_job().state, the_job().run_at, the_job().attempts) == (JobState.WAITING, NOW + MINUTE, 0)

    def test_the_other_side_asks_to_wait(self) -> None:
        @job("test.asked", attempts=1)
        def asked(run: Run) -> None:  # noqa: ARG001
            raise execution.RetryAfter(3 * MINUTE, "429 Too Many Requests")

        enqueue("test.asked")
        clock = Clock()
        for _ in range(4):  # more often than `attempts`: these do not count
            assert work(clock) == [Ended.RETRIED]
            assert the_job().run_at == clock.now + 3 * MINUTE
            clock.now += 3 * MINUTE
        assert the_job().problem == "429 Too Many Requests"

    def test_no_attempt_can_help(self) -> None:
        @job("test.hopeless")
        def hopeless(run: Run) -> None:  # noqa: ARG001
            raise execution.GiveUp("The page was deleted.")

        enqueue("test.hopeless")
        assert work(Clock()) == [Ended.DEAD]
        assert the_job().problem == "The page was deleted."

    def test_a_failure_of_a_job_that_was_asked_for_again(self) -> None:
        enqueue("test.fail", "k", {"n": 1})
        (taken,) = claim()
        enqueue("test.fail", "k", {"n": 2}, NOW)
        assert execution.execute(taken, Clock()) == Ended.RETRIED
        assert the_job().state == JobState.WAITING


class TestOwnTransactions:
    """Work with a network keeps its own transactions; the last of them is the job's completion."""

    def test_the_last_transaction_finishes_the_job(self) -> None:
        @job("test.send", atomic=False)
        def send(run: Run) -> None:
            with run.finishing():
                actions.enqueue("test.note", run_at=NOW, organisation=7)

        enqueue("test.send")
        assert work(Clock()) == [Ended.DONE]
        assert {row.kind: row.state for row in Job.objects.all()} == {"test.send": "done", "test.note": "waiting"}

    def test_a_failure_after_it_changes_nothing(self) -> None:
        @job("test.send", atomic=False)
        def send(run: Run) -> None:
            with run.finishing():
                pass
            raise ValueError

        enqueue("test.send")
        assert work(Clock()) == [Ended.DONE]
        assert the_job().state == JobState.DONE

    def test_a_handler_that_does_not_finish_is_finished(self) -> None:
        @job("test.send", atomic=False)
        def send(run: Run) -> None:
            """Nothing to write."""

        enqueue("test.send")
        assert work(Clock()) == [Ended.DONE]
        assert the_job().state == JobState.DONE


def test_a_job_works_under_its_organisation() -> None:
    seen: list[str] = []

    @job("test.tenant")
    def tenant(run: Run) -> None:
        assert run.tenant
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT current_setting('otklik.tenant')")
                seen.append(cursor.fetchone()[0])

    enqueue("test.tenant", organisation=8)
    enqueue("test.tenant", organisation=None)
    assert work(Clock()) == [Ended.DONE, Ended.DONE]
    assert seen == (["8", "*"] if connection.vendor == "postgresql" else [])


def test_lists_and_counts() -> None:
    for _ in range(2):
        enqueue("test.note")
    work(Clock())
    enqueue("test.note", "later", run_at=NOW + MINUTE)
    enqueue("test.note", "dead")
    actions.give_up(claim()[0], "because", now=NOW)
    assert queries.counts() == queries.Counts(waiting=1, running=0, done=2, dead=1)
    assert [row.key for row in queries.jobs()] == ["dead", "later"]
    assert [row.key for row in queries.jobs(state=JobState.DEAD)] == ["dead"]
    assert queries.jobs(kind="test.other") == []


def test_what_is_done_is_forgotten_after_a_day() -> None:
    enqueue("test.note")
    work(Clock())
    enqueue("test.note", "dead")
    actions.give_up(claim()[0], "because", now=NOW)
    day = dt.timedelta(days=1)
    assert actions.sweep(now=NOW + day) == 0
    assert actions.sweep(now=NOW + day + SECOND) == 1
    assert the_job().state == JobState.DEAD
