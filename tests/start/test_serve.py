"""`otklik serve`: what a second start may leave out, and how the two processes are kept alive."""

import fcntl
import json
import os
import signal
import socket
import sqlite3
from pathlib import Path

import pytest

from otklik.cli import prepared, serve
from otklik.cli.serve import Refusal, Serving
from otklik.cli.supervisor import RESTARTS, Child, Supervisor

SERVING = Serving("127.0.0.1", 8000, demo=True, language="ru")


class FakeChild(Child):
    """A process that ends when the test says so."""

    starts = 0
    dead: int | None = None

    def start(self) -> None:
        self.restart_at = None
        self.starts += 1
        self.dead = None

    @property
    def exit_code(self) -> int | None:
        return self.dead

    def kill_group(self) -> None:
        """Nothing is left."""


class Clock:
    """Seconds that pass only while somebody waits; ``events`` happen on the way."""

    def __init__(self) -> None:
        self.now = 0.0
        self.events: list[tuple[float, FakeChild | Supervisor]] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now = round(self.now + seconds, 3)
        while self.events and self.events[0][0] <= self.now:
            _, whom = self.events.pop(0)
            if isinstance(whom, Supervisor):
                whom.stopped_by = signal.SIGTERM
            else:
                whom.dead = 3


class Watched:
    """A supervisor of `web` and `work` over a clock of ours."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.told: list[tuple[str, dict[str, object]]] = []
        self.web, self.work = FakeChild("web", []), FakeChild("work", [])
        self.supervisor = Supervisor([self.web, self.work], self._tell, clock=self.clock, sleep=self.clock.sleep)
        self.supervisor.start("web", "work")

    def _tell(self, code: str, **facts: object) -> None:
        self.told.append((code, facts))

    def deaths_of_work_at(self, *times: float, stop_at: float) -> int:
        self.clock.events = [(time, self.work) for time in times] + [(stop_at, self.supervisor)]
        return self.supervisor.watch()


def test_asked_to_stop_it_stops() -> None:
    watched = Watched()
    assert watched.deaths_of_work_at(stop_at=5) == 0
    assert (watched.web.starts, watched.work.starts, watched.told) == (1, 1, [])


def test_a_process_that_dies_is_started_again_a_second_later() -> None:
    watched = Watched()
    assert watched.deaths_of_work_at(10, stop_at=10.8) == 0
    assert watched.work.starts == 1
    watched = Watched()
    assert watched.deaths_of_work_at(10, stop_at=11.5) == 0
    assert (watched.web.starts, watched.work.starts) == (1, 2)
    assert watched.told == [("child_ended", {"name": "work", "status": 3, "attempt": 1, "limit": RESTARTS})]


def test_one_that_keeps_dying_within_a_minute_ends_it_all() -> None:
    watched = Watched()
    assert watched.deaths_of_work_at(10, 20, 30, 40, stop_at=100) == 1
    assert watched.told[-1] == ("child_given_up", {"name": "work", "status": 3, "times": RESTARTS + 1})
    assert watched.clock.now < 41


def test_deaths_that_lie_apart_are_forgiven() -> None:
    watched = Watched()
    assert watched.deaths_of_work_at(10, 20, 30, 75, 140, stop_at=150) == 0
    assert watched.work.starts == 6


def test_every_word_has_both_languages_and_the_supervisor_says_nothing_else() -> None:
    for code in ("child_ended", "child_given_up", "stopping", "killing"):
        assert code in serve.WORDS
    for code in serve.WORDS:
        facts = dict.fromkeys(("host", "port", "other", "reason", "path", "step", "status", "address"), "x")
        facts |= dict.fromkeys(("seconds", "name", "attempt", "limit", "times"), "x")
        assert SERVING.say(code, **facts) != Serving("h", 1, demo=False, language="en").say(code, **facts)


def test_demo_passwords_stay_on_this_machine() -> None:
    with pytest.raises(Refusal) as raised:
        serve.serve(Serving("0.0.0.0", 8000, demo=True, language="ru"))  # noqa: S104
    assert raised.value.code == "demo_beyond_loopback"


def test_a_taken_port_is_refused() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        with pytest.raises(Refusal) as raised:
            serve.refuse_used_port("127.0.0.1", other.getsockname()[1])
    assert raised.value.code == "port_used"
    with pytest.raises(Refusal) as raised:
        serve.refuse_used_port("127.0.0.1", 70000)
    assert raised.value.code == "port_refused"


def test_one_otklik_a_data_folder(tmp_path: Path) -> None:
    data = tmp_path / "var"
    with serve.only_one(data), pytest.raises(Refusal) as raised, serve.only_one(data):
        pass
    assert raised.value.code == "data_in_use"
    with serve.only_one(data), (data / serve.LOCK).open() as lock, pytest.raises(BlockingIOError):
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_waiting_ends_when_the_web_process_answers_dies_or_is_told_to_stop() -> None:
    watched = Watched()
    assert serve.wait_until_ready(SERVING, watched.supervisor, answers=lambda _host, _port: True)
    watched.web.dead = 1
    assert not serve.wait_until_ready(SERVING, watched.supervisor, answers=lambda _host, _port: False)
    watched = Watched()
    watched.supervisor.stopped_by = signal.SIGINT
    assert not serve.wait_until_ready(SERVING, watched.supervisor, answers=lambda _host, _port: False)


@pytest.mark.parametrize(
    ("host", "address"),
    [("127.0.0.1", "http://127.0.0.1:8000"), ("0.0.0.0", "http://127.0.0.1:8000"), ("::1", "http://[::1]:8000")],  # noqa: S104
)
def test_the_address_can_be_opened(host: str, address: str) -> None:
    assert Serving(host, 8000, demo=False, language="ru").address == address


class Installation:
    """A data folder with an SQLite database."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.database = data / "otklik.sqlite3"
        self.url = f"sqlite:///{self.database}"

    def migrate(self, *names: str) -> None:
        connection = sqlite3.connect(self.database)
        connection.execute("CREATE TABLE IF NOT EXISTS django_migrations (app, name)")
        connection.executemany("INSERT INTO django_migrations VALUES ('orgs', ?)", [(name,) for name in names])
        connection.commit()
        connection.close()

    def remember(self, *, demo: bool = True) -> None:
        prepared.remember(self.data, self.url, demo=demo, people="ivanova")

    def recall(self, *, demo: bool = True) -> str | None:
        kept = prepared.recall(self.data, self.url, demo=demo)
        return kept.people if kept else None


@pytest.fixture
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Installation:
    code = tmp_path / "otklik"
    code.mkdir()
    (code / "__init__.py").touch()
    monkeypatch.setattr(prepared.otklik, "__file__", str(code / "__init__.py"))  # type: ignore[attr-defined]
    (tmp_path / "var").mkdir()
    found = Installation(tmp_path / "var")
    found.migrate("0001")
    found.remember()
    return found


def test_a_second_start_remembers_that_all_is_ready(installation: Installation) -> None:
    assert installation.recall() == "ivanova"


def test_new_code_is_prepared_for(installation: Installation, tmp_path: Path) -> None:
    changed = tmp_path / "otklik" / "__init__.py"
    os.utime(changed, ns=(1, 1))
    assert installation.recall() is None
    installation.remember()
    (tmp_path / "otklik" / "0002.py").touch()
    assert installation.recall() is None


def test_another_database_in_its_place_is_prepared(installation: Installation) -> None:
    installation.migrate("0002")
    assert installation.recall() is None
    installation.remember()
    installation.database.unlink()
    assert installation.recall() is None


def test_demo_data_that_is_not_there_yet_is_loaded(installation: Installation) -> None:
    installation.remember(demo=False)
    assert installation.recall() is None
    assert installation.recall(demo=False) == "ivanova"


def test_postgresql_is_always_prepared_in_full(installation: Installation) -> None:
    installation.url = "postgresql://h/b"
    (installation.data / prepared.FILE).unlink()
    installation.remember()
    assert not (installation.data / prepared.FILE).exists()
    assert installation.recall() is None


@pytest.mark.parametrize("content", ["", "[]", json.dumps({"code": "x"})])
def test_a_broken_memory_counts_for_nothing(installation: Installation, content: str) -> None:
    (installation.data / prepared.FILE).write_text(content, "utf-8")
    assert installation.recall() is None
