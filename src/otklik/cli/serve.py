"""`otklik serve`: prepare the database if needed, run the web and the work process, say where to look, end both.

`./run` ends up here. Nothing of Django is imported, so that a second start waits for the web process alone.
"""

import argparse
import contextlib
import errno
import fcntl
import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from otklik.cli import prepared
from otklik.cli.supervisor import Child, Supervisor, die_with_parent
from otklik.project import env

TROUBLE = 2
INTERRUPTED = 130
LOCK = "serve.lock"
READY_S = 60.0
TICK_S = 0.02
PROGRAM = (sys.executable, "-m", "otklik.cli.main")
ANYWHERE = ("0.0.0.0", "::")  # noqa: S104 - compared with, never bound by default

WORDS: dict[str, tuple[str, str]] = {
    "port_used": (
        "Порт {port} на {host} занят.\nЧто сделать: укажите другой, например --port {other}.",
        "Port {port} on {host} is taken.\nWhat to do: name another, for instance --port {other}.",
    ),
    "port_refused": (
        "Адрес {host}:{port} открыть нельзя: {reason}.\nЧто сделать: укажите другие --host и --port (порт выше 1024).",
        "Address {host}:{port} cannot be opened: {reason}.\nWhat to do: name another --host or --port (above 1024).",
    ),
    "data_refused": (
        "В папку данных {path} нельзя записывать: {reason}.\nЧто сделать: укажите другую в OTKLIK_DATA.",
        "Data folder {path} cannot be written to: {reason}.\nWhat to do: name another in OTKLIK_DATA.",
    ),
    "data_in_use": (
        "С папкой данных {path} уже работает другой запуск Отклика.\n"
        "Что сделать: остановите его (Ctrl-C в его окне) или укажите другую папку: OTKLIK_DATA=…",
        "Another Otklik works with data folder {path} already.\n"
        "What to do: stop it (Ctrl-C in its window) or name another folder: OTKLIK_DATA=…",
    ),
    "demo_beyond_loopback": (
        "Демонстрационные пароли известны всем, поэтому с --demo программа слушает только 127.0.0.1, а не {host}.\n"
        "Что сделать: уберите --demo (пустую установку готовит «otklik init») или --host.",
        "Everyone knows the demo passwords, so with --demo the program listens on 127.0.0.1 only, not on {host}.\n"
        "What to do: leave out --demo (`otklik init` prepares an empty installation) or --host.",
    ),
    "migrating": ("Готовлю базу данных…", "Preparing the database…"),
    "seeding": ("Загружаю демонстрационные данные…", "Loading demo data…"),
    "step_failed": (
        "Подготовка остановилась на шаге «{step}» (код {status}); причина названа выше.\n"
        "Что сделать: устраните её и запустите снова. Демонстрационные данные можно начать заново: ./run reset",
        "The preparation stopped at `{step}` (code {status}); the reason stands above.\n"
        "What to do: mend it and start again. Demo data can be begun anew: ./run reset",
    ),
    "ready": ("\nОтклик работает: {address}\n", "\nOtklik runs: {address}\n"),
    "how_to_stop": ("Остановить: Ctrl-C\n", "To stop: Ctrl-C\n"),
    "not_ready": (
        "Веб-процесс не ответил за {seconds} с; причина названа выше.",
        "The web process did not answer within {seconds} s; the reason stands above.",
    ),
    "child_ended": (
        "Процесс «{name}» завершился (код {status}). Запускаю снова: попытка {attempt} из {limit}.",
        "Process `{name}` ended (code {status}). Starting it again: attempt {attempt} of {limit}.",
    ),
    "child_given_up": (
        "Процесс «{name}» завершился {times} раза за минуту (код {status}), причина названа выше. Останавливаю всё.",
        "Process `{name}` ended {times} times in a minute (code {status}); the reason stands above. Stopping it all.",
    ),
    "web_ended": (
        "Веб-процесс не запустился (код {status}); причина названа выше.",
        "The web process did not start (code {status}); the reason stands above.",
    ),
    "stopping": ("Останавливаю…", "Stopping…"),
    "killing": ("Процесс «{name}» не остановился сам, прерываю.", "Process `{name}` did not stop by itself: killed."),
}


class Refusal(Exception):
    """The start cannot go on. ``code`` names the sentence in ``WORDS``."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


@dataclass(frozen=True)
class Serving:
    """What was asked for."""

    host: str
    port: int
    demo: bool
    language: str

    @property
    def address(self) -> str:
        """What to open in a browser on this machine."""
        host = "127.0.0.1" if self.host in ANYWHERE else self.host
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"

    def say(self, code: str, **facts: object) -> str:
        russian, english = WORDS[code]
        return (english if self.language == "en" else russian).format(**facts)

    def tell(self, code: str, **facts: object) -> None:
        print(self.say(code, **facts), file=sys.stderr, flush=True)


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `serve` to the program's commands; the parsed options carry ``run(options) -> exit code``."""
    parser = subparsers.add_parser("serve", help="веб-процесс и рабочий процесс вместе, под присмотром")
    parser.add_argument("--host", default="127.0.0.1", help="адрес, на котором слушать (127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="порт (8000)")
    parser.add_argument("--demo", action="store_true", help="в пустую базу загрузить демонстрационные данные")
    parser.add_argument("--lang", choices=("ru", "en"), default="ru", help="язык сообщений о запуске")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Serve until asked to stop. 0: asked to; 1: a process could not be kept alive; 2: could not start."""
    serving = Serving(options.host, options.port, options.demo, options.lang)
    try:
        return serve(serving)
    except Refusal as refusal:
        print(serving.say(refusal.code, **refusal.facts), file=sys.stderr)
    except env.SettingError as error:
        print(error, file=sys.stderr)
    except KeyboardInterrupt:
        return INTERRUPTED  # while preparing: the step that ran got the same Ctrl-C
    return TROUBLE


def serve(serving: Serving) -> int:
    """Prepare, run both processes, watch them. Raises Refusal, SettingError."""
    if serving.demo and not env.is_loopback(serving.host):
        raise Refusal("demo_beyond_loopback", host=serving.host)
    settings = env.read()
    refuse_used_port(serving.host, serving.port)
    with only_one(settings.data):
        children = [
            Child("web", [*PROGRAM, "web", "--host", serving.host, "--port", str(serving.port)]),
            Child("work", [*PROGRAM, "work"]),
        ]
        supervisor = Supervisor(children, serving.tell)
        kept = prepared.recall(settings.data, settings.database_url, demo=serving.demo)
        if not kept:
            prepare(serving)
        with supervisor.obeying_signals():
            supervisor.start("web")  # the processor is its own until it answers: people wait for it, not for the other
            if not wait_until_ready(serving, supervisor):
                return 0 if supervisor.stopped_by else 1
            supervisor.start("work")
            print(serving.say("ready", address=serving.address), flush=True)
            people = kept.people if kept else _people(serving)
            print(people.rstrip(), serving.say("how_to_stop"), sep="\n", flush=True)
            if not kept:
                prepared.remember(settings.data, settings.database_url, demo=serving.demo, people=people)
            return supervisor.watch()


def prepare(serving: Serving) -> None:
    """Migrate and, with ``--demo``, seed; both do nothing where nothing is to be done. Raises Refusal."""
    serving.tell("migrating")
    _step("migrate")
    if serving.demo:
        serving.tell("seeding")
        _step("demo", "load", "--if-empty")


def _step(*arguments: str) -> None:
    status = subprocess.call(
        [*PROGRAM, *arguments],
        stdin=subprocess.DEVNULL,
        preexec_fn=die_with_parent(),
    )
    if status:
        raise Refusal("step_failed", step=f"otklik {' '.join(arguments)}", status=status)


def _people(serving: Serving) -> str:
    """The sign-in table of the demo, as the program prints it; empty without demo data."""
    if not serving.demo:
        return ""
    command = [*PROGRAM, "demo", "people"]
    return subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, check=False).stdout


def refuse_used_port(host: str, port: int) -> None:
    """Raise Refusal unless ``host:port`` can be listened on."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OverflowError as error:
            raise Refusal("port_refused", host=host, port=port, reason="1–65535") from error
        except OSError as error:
            code = "port_used" if error.errno == errno.EADDRINUSE else "port_refused"
            raise Refusal(code, host=host, port=port, other=port + 1, reason=error.strerror) from error


@contextlib.contextmanager
def only_one(data: Path) -> Iterator[None]:
    """Hold the data folder: SQLite bears one web process. Raises Refusal ``data_in_use``, ``data_refused``."""
    try:
        data.mkdir(parents=True, exist_ok=True)
        lock = (data / LOCK).open("w")
    except OSError as error:
        raise Refusal("data_refused", path=data, reason=error.strerror) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Refusal("data_in_use", path=data) from error
        os.set_inheritable(lock.fileno(), False)
        yield


def wait_until_ready(
    serving: Serving, supervisor: Supervisor, answers: Callable[[str, int], bool] | None = None
) -> bool:
    """Wait until the web process answers; False if it ends before, is asked to stop, or ``READY_S`` pass."""
    answers = answers or is_healthy
    host = "127.0.0.1" if serving.host in ANYWHERE else serving.host
    until = time.monotonic() + READY_S
    while time.monotonic() < until and supervisor.stopped_by is None:
        if supervisor.children[0].exit_code is not None:
            serving.tell("web_ended", status=supervisor.children[0].exit_code)
            return False
        if answers(host, serving.port):
            return True
        time.sleep(TICK_S)
    if supervisor.stopped_by is None:
        serving.tell("not_ready", seconds=int(READY_S))
    return False


def is_healthy(host: str, port: int) -> bool:
    """Whether GET /healthz answers 200."""
    connection = http.client.HTTPConnection(host, port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
