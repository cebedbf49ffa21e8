"""Several at once, for real: threads with connections of their own. SQLite has one writer: there they wait in turn."""

import threading
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import connection

from otklik.journal import actions, queries, sealing
from otklik.journal.models import Event
from otklik.project.transactions import write
from tests.journal.hands import NOW, ORGANISATION, Fact, append, codes, command, seal

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE_SECONDS = 30


class Slow(threading.Thread):
    """Appends to incident 1, and commits when told to."""

    def __init__(self, cmd: actions.Command) -> None:
        super().__init__()
        self.cmd = cmd
        self.has_written, self.may_commit = threading.Event(), threading.Event()

    def run(self) -> None:
        with write(tenant=(ORGANISATION,)):
            actions.append(self.cmd, incident_id=1, events=[Fact()], now=NOW)
            self.has_written.set()
            self.may_commit.wait(PATIENCE_SECONDS)
        connection.close()


def in_thread(work: Callable[[], None]) -> threading.Thread:
    def closing() -> None:
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=closing)
    thread.start()
    return thread


def test_commit_order_is_not_number_order() -> None:
    """Who wrote first commits last: a reader of sealed events misses nothing, whatever it has read before."""
    slow = Slow(command())
    slow.start()
    assert slow.has_written.wait(PATIENCE_SECONDS)
    if connection.vendor == "sqlite":
        slow.may_commit.set()
    append(Fact("posted"), incident=2)
    seal()
    read = [event.incident_id for event in queries.sealed_after(ORGANISATION, 0)]
    slow.may_commit.set()
    slow.join(PATIENCE_SECONDS)
    seal()
    read += [event.incident_id for event in queries.sealed_after(ORGANISATION, len(read))]
    assert read == ([1, 2] if connection.vendor == "sqlite" else [2, 1])
    ids = {event.incident_id: event.pk for event in Event.objects.all()}
    assert ids[1] < ids[2]
    assert codes() == []


def test_the_same_command_at_the_same_time_is_recorded_once() -> None:
    cmd = command(command_id=uuid4())
    slow = Slow(cmd)
    slow.start()
    assert slow.has_written.wait(PATIENCE_SECONDS)
    ends: list[str] = []

    def again() -> None:
        try:
            append(Fact("selected"), incident=2, command_id=cmd.id)
        except actions.AlreadyRecorded:
            ends.append("already recorded")

    thread = in_thread(again)
    slow.may_commit.set()
    slow.join(PATIENCE_SECONDS)
    thread.join(PATIENCE_SECONDS)
    assert ends == ["already recorded"]
    assert [event.kind for event in actions.first_result(ORGANISATION, cmd.id)] == ["detected"]


def test_two_sealers_at_once_number_densely(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "BATCH", 3)
    append(*[Fact()] * 20)
    start = threading.Barrier(2)

    def sealer() -> None:
        start.wait(PATIENCE_SECONDS)
        seal()

    threads = [in_thread(sealer) for _ in range(2)]
    for thread in threads:
        thread.join(PATIENCE_SECONDS)
    assert queries.sealed_number(ORGANISATION) == 20
    assert codes() == []
