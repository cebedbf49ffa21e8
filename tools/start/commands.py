"""What the commands of `./run` do, once their arguments are read."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import NoReturn

from start.environment import Wanted, prepare
from start.places import Places, make_folder, trouble_of
from start.ports import refuse_used_port
from start.settings import without_password
from start.words import Trouble, say

HOST = "127.0.0.1"  # demo passwords are known to everyone: loopback only
DATA_SIGN = "otklik.sqlite3"  # what tells a data folder of ours from somebody's documents
SERVE_LOCK = "serve.lock"  # held by `otklik serve` while it runs
MOST_WORKERS = 4
PATIENCE_S = 5
NO_SKIPS = "OTKLIK_NO_SKIPS"  # set by .ci/run: a skipped test is a failed one
DATABASES = ("OTKLIK_TEST_DATABASE_URL", "OTKLIK_DATABASE_URL", "OTKLIK_DATABASE_OWNER_URL")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHECKS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("ruff", ("ruff", "check", ".")),
    ("ruff format", ("ruff", "format", "--check", ".")),
    ("mypy", ("mypy",)),
    ("import-linter", ("lint-imports",)),
)


@dataclass(frozen=True)
class Context:
    """Where we are, what the machine says, and in which language we answer."""

    places: Places
    environ: Mapping[str, str]
    language: str
    offline: Path | None = None

    def tell(self, code: str, **facts: object) -> None:
        """Progress, on standard error: standard output belongs to the program."""
        print(say(code, self.language, **facts), file=sys.stderr, flush=True)

    def program_environment(self) -> dict[str, str]:
        """What the program is started with. It refuses variables it does not know, so ours stay here."""
        environ = {**self.environ, "OTKLIK_DATA": str(self.places.data), "PYTHONUNBUFFERED": "1"}
        environ.pop(NO_SKIPS, None)
        if environ.pop("PYTHONDONTWRITEBYTECODE", None):
            # whoever set it wants no litter among the sources; compiling everything at each start costs three seconds
            environ["PYTHONPYCACHEPREFIX"] = str(self.places.tools / "pycache")
        return environ


def start(context: Context, port: int) -> NoReturn:
    """Set everything up and become `otklik serve` with demo data."""
    refuse_used_port(HOST, port)
    prepare(context.places, Wanted(offline=context.offline), context.environ, context.tell)
    make_folder(context.places.data)
    _become(context, ["serve", "--host", HOST, "--port", str(port), "--demo", "--lang", context.language])


def otklik(context: Context, arguments: Sequence[str]) -> NoReturn:
    """Set everything up and become `otklik ARGUMENTS`."""
    prepare(context.places, Wanted(offline=context.offline), context.environ, context.tell)
    _become(context, arguments)


def _become(context: Context, arguments: Sequence[str]) -> NoReturn:
    python = str(context.places.python)
    os.execve(python, [python, "-m", "otklik.cli.main", *arguments], context.program_environment())


def test(context: Context, arguments: Sequence[str], *, postgresql: str | None) -> int:
    """Set everything up and run pytest; its exit code. SQLite unless ``postgresql`` names a version."""
    prepare(context.places, Wanted(dev=True, offline=context.offline), context.environ, context.tell)
    if not any(shutil.which(name) for name in BROWSERS):
        context.tell("no_chromium")
    with contextlib.ExitStack() as stack:
        stack.enter_context(_ended_by_signal())
        data = stack.enter_context(tempfile.TemporaryDirectory(prefix="otklik-test-", ignore_cleanup_errors=True))
        environ = {**context.program_environment(), "OTKLIK_DATA": data}
        for name in DATABASES:
            environ.pop(name, None)  # a server is used when asked for, never because it happens to be configured
        if postgresql:
            environ["OTKLIK_TEST_DATABASE_URL"] = stack.enter_context(_database(context, postgresql))
        options = [*workers(arguments, os.cpu_count() or 1), *no_skips(context.environ)]
        command = [str(context.places.python), "-m", "pytest", *options, *arguments]
        return _wait(subprocess.Popen(command, cwd=context.places.root, env=environ))


def workers(arguments: Sequence[str], processors: int) -> list[str]:
    """The whole suite runs on every processor; a named part, or a run that says how, as pytest does by itself."""
    if arguments or processors == 1:
        return []
    return ["-n", str(min(processors, MOST_WORKERS))]


def no_skips(environ: Mapping[str, str]) -> list[str]:
    """OTKLIK_NO_SKIPS=1 as tests/plugins/no_skips.py reads it."""
    return ["-p", "tests.plugins.no_skips", "--no-skips"] if environ.get(NO_SKIPS) == "1" else []


@contextlib.contextmanager
def _database(context: Context, version: str) -> Iterator[str]:
    from start import postgres

    given = postgres.url_from(context.environ)
    if given:
        postgres.check_reachable(given)
        context.tell("postgres_given", where=without_password(given))
        yield given
        return
    with postgres.own_server(context.places, version) as url:
        context.tell("postgres_own", version=version)
        yield url


def check(context: Context) -> int:
    """Style, types, direction of imports: all of them, even after one found something. 0 or 1."""
    prepare(context.places, Wanted(dev=True, offline=context.offline), context.environ, context.tell)
    failed = 0
    for name, command in CHECKS:
        program = context.places.env / "bin" / command[0]
        done = subprocess.run([program, *command[1:]], cwd=context.places.root, check=False, env=dict(context.environ))
        context.tell("check_bad" if done.returncode else "check_ok", name=name)
        failed |= done.returncode != 0
    return int(failed)


def bundle(context: Context, folder: Path, *, dev: bool) -> int:
    """Make the folder that ``--offline`` reads."""
    from start.bundle import make_bundle

    make_bundle(context.places, folder, dev=dev, environ=context.environ, tell=context.tell)
    return 0


def reset(context: Context, *, yes: bool) -> int:
    """Delete the data folder after asking. Raises Trouble if it is in use or does not look like ours."""
    data = context.places.data
    if not data.exists() or not any(data.iterdir()):
        context.tell("reset_nothing", path=data)
        return 0
    if not (data / DATA_SIGN).exists() and not (data / SERVE_LOCK).exists():
        raise Trouble("reset_foreign", path=data, file=DATA_SIGN)
    refuse_data_in_use(data)
    if not yes and not _agreed(context):
        context.tell("reset_kept")
        return 0
    try:
        shutil.rmtree(data)
    except OSError as error:
        raise trouble_of(error, data) from error
    context.tell("reset_done", path=data)
    return 0


def refuse_data_in_use(data: Path) -> None:
    """Raise Trouble ``data_in_use`` while `otklik serve` holds its lock there."""
    import fcntl

    with contextlib.suppress(FileNotFoundError), (data / SERVE_LOCK).open("r") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Trouble("data_in_use", path=data) from error


def _agreed(context: Context) -> bool:
    if not sys.stdin or not sys.stdin.isatty():
        raise Trouble("reset_unasked")
    answer = input(say("reset_question", context.language, path=context.places.data))
    return answer.strip().lower() in ("да", "yes")


@contextlib.contextmanager
def _ended_by_signal() -> Iterator[None]:
    """SIGTERM unwinds as Ctrl-C does, so that temporary folders and servers go away."""

    def stop(_signal: int, _frame: FrameType | None) -> NoReturn:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _wait(process: subprocess.Popen[bytes]) -> int:
    """Exit code of ``process``; when we are interrupted it is asked to end, twice, and then killed."""
    try:
        return process.wait()
    except KeyboardInterrupt:
        for number in (signal.SIGINT, signal.SIGTERM):  # started in the background, it may be deaf to the first
            process.send_signal(number)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(PATIENCE_S)
                break
        raise
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
