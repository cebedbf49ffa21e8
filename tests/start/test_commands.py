"""Ports, reset, the database of a test run."""

import fcntl
import http.server
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from start import commands, postgres
from start.commands import Context
from start.places import Places
from start.ports import refuse_used_port
from start.words import Trouble

HOST = "127.0.0.1"


class _Healthy(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"ok" if self.path == "/healthz" else b"?")

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def otklik_port() -> Iterator[int]:
    with http.server.ThreadingHTTPServer((HOST, 0), _Healthy) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


def refusal(port: int) -> str:
    with pytest.raises(Trouble) as raised:
        refuse_used_port(HOST, port)
    return raised.value.code


def test_a_free_port_is_fine_and_stays_free() -> None:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
    refuse_used_port(HOST, port)
    refuse_used_port(HOST, port)


def test_a_port_in_other_hands_is_refused() -> None:
    with socket.socket() as other:
        other.bind((HOST, 0))  # bound, not listening: whoever is asked there does not answer
        assert refusal(other.getsockname()[1]) == "port_used"


def test_a_running_otklik_is_recognised(otklik_port: int) -> None:
    assert refusal(otklik_port) == "port_ours"


@pytest.fixture
def context(tmp_path: Path) -> Context:
    data = tmp_path / "var"
    data.mkdir()
    return Context(Places(tmp_path, tmp_path / ".venv", tmp_path / ".otklik", data), {}, "ru")


def test_reset_deletes_the_data_and_says_so(context: Context, capsys: pytest.CaptureFixture[str]) -> None:
    data = context.places.data
    (data / "otklik.sqlite3").touch()
    (data / "files").mkdir()
    assert commands.reset(context, yes=True) == 0
    assert not data.exists()
    assert str(data) in capsys.readouterr().err


def test_reset_asks_and_keeps_without_a_yes(context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    (context.places.data / "otklik.sqlite3").touch()
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    for answer, kept in (("нет", True), ("", True), ("Да", False)):
        monkeypatch.setattr("builtins.input", lambda _question, answer=answer: answer)
        assert commands.reset(context, yes=False) == 0
        assert context.places.data.exists() is kept


def test_reset_without_anybody_to_ask_wants_yes(context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    (context.places.data / "otklik.sqlite3").touch()
    monkeypatch.setattr("sys.stdin", None)
    with pytest.raises(Trouble) as raised:
        commands.reset(context, yes=False)
    assert raised.value.code == "reset_unasked"
    assert context.places.data.exists()


def test_reset_leaves_somebodys_documents_alone(context: Context) -> None:
    (context.places.data / "thesis.odt").touch()
    with pytest.raises(Trouble) as raised:
        commands.reset(context, yes=True)
    assert raised.value.code == "reset_foreign"


def test_reset_leaves_a_running_otklik_alone(context: Context) -> None:
    (context.places.data / "otklik.sqlite3").touch()
    with (context.places.data / commands.SERVE_LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(Trouble) as raised:
            commands.reset(context, yes=True)
    assert raised.value.code == "data_in_use"
    assert commands.reset(context, yes=True) == 0


def test_nothing_to_reset_is_no_trouble(context: Context) -> None:
    assert commands.reset(context, yes=True) == 0


@pytest.mark.parametrize(
    ("environ", "url"),
    [
        ({}, None),
        ({"OTKLIK_DATABASE_URL": "sqlite:////x"}, None),
        ({"OTKLIK_DATABASE_URL": "postgresql://u:p@h/b", "PGHOST": "x"}, "postgresql://u:p@h/b"),
        ({"OTKLIK_TEST_DATABASE_URL": "postgres://t/b", "OTKLIK_DATABASE_URL": "postgresql://u@h/b"}, "postgres://t/b"),
        ({"PGHOST": "db"}, "postgresql://otklik@db:5432/otklik"),
        (
            {"PGHOST": "db", "PGPORT": "6432", "PGUSER": "и", "PGPASSWORD": "p@ss", "PGDATABASE": "b"},
            "postgresql://%D0%B8:p%40ss@db:6432/b",
        ),
        ({"PGHOST": "/run/pg"}, "postgresql://otklik@/otklik?host=%2Frun%2Fpg&port=5432"),
    ],
)
def test_the_environment_may_name_a_postgresql(environ: dict[str, str], url: str | None) -> None:
    assert postgres.url_from(environ) == url


def test_a_named_server_that_does_not_answer_is_a_sentence_without_the_password() -> None:
    with pytest.raises(Trouble) as raised:
        postgres.check_reachable("postgresql://u:secret@127.0.0.1:9/b")
    assert raised.value.code == "postgres_unreachable"
    assert "secret" not in str(raised.value.facts)


def test_an_unknown_version_of_postgresql_is_a_sentence(context: Context) -> None:
    with pytest.raises(Trouble) as raised, postgres.own_server(context.places, "15"):
        pass
    assert raised.value.code == "postgres_failed"


def test_a_server_that_happens_to_be_configured_is_not_used_for_sqlite(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[dict[str, str]] = []

    class Pytest:
        def __init__(self, _command: list[str], *, env: dict[str, str], **_others: object) -> None:
            started.append(env)

        def wait(self) -> int:
            return 0

        def poll(self) -> int:
            return 0

    monkeypatch.setattr(commands, "prepare", lambda *_: None)
    monkeypatch.setattr(commands.subprocess, "Popen", Pytest)  # type: ignore[attr-defined]
    environ = {"OTKLIK_DATABASE_URL": "postgresql://h/b", "OTKLIK_DATABASE_OWNER_URL": "postgresql://o/b"}
    assert commands.test(Context(context.places, environ, "ru"), [], postgresql=None) == 0
    assert not any("DATABASE" in name for name in started[0])
    assert started[0]["OTKLIK_DATA"] != str(context.places.data)
