"""`otklik web`: the web process, granian over ASGI. Static files come out of it too."""

import argparse
import sys

from otklik.cli.started import say, with_django
from otklik.project import env

BACKPRESSURE = 4096
"""Requests in one worker before new connections wait. Above the number of open live streams: they count as requests."""
ANYWHERE = ("0.0.0.0", "::")  # noqa: S104  # compared with, never bound by default
FIRST_RUN = """
Установка пуста. Настройте её в браузере: http://{host}:{port}/setup/
Код первой настройки (действует один раз): {code}
"""


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `web`."""
    parser = subparsers.add_parser("web", help="веб-процесс")
    parser.add_argument("--host", default="127.0.0.1", help="адрес, на котором слушать (127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="порт (8000)")
    parser.add_argument("--workers", type=int, default=1, help="процессов; больше одного только с PostgreSQL (1)")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Serve until a signal comes. 2: it could not start."""
    env.remember_bind(options.host)
    return with_django(_serve)(options)


def _announce_first_run(options: argparse.Namespace) -> None:
    """Where an installation is empty, the code that its set-up in the browser asks for: it is said here only."""
    from otklik.orgs import first_run

    if first_run.is_empty():
        host = "127.0.0.1" if options.host in ANYWHERE else options.host
        print(FIRST_RUN.format(host=host, port=options.port, code=first_run.code()), file=sys.stderr, flush=True)


def _serve(options: argparse.Namespace) -> int:
    from django.db import connection
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    from otklik.cli.ready import refuse_unready

    if connection.vendor == "sqlite" and options.workers != 1:
        return say("С SQLite веб-процесс один. Уберите --workers или перейдите на PostgreSQL (OTKLIK_DATABASE_URL).")
    unready = refuse_unready()
    if unready:
        return unready
    _announce_first_run(options)
    connection.close()
    if connection.vendor == "postgresql":
        connection.close_pool()  # type: ignore[attr-defined]  # of PostgreSQL alone; each worker opens its own
    server = Server(
        "otklik.project.asgi:application",
        address=options.host,
        port=options.port,
        interface=Interfaces.ASGINL,
        workers=options.workers,
        backpressure=BACKPRESSURE,
        websockets=False,
        log_level=LogLevels.warning,
    )
    server.serve()
    return 0
