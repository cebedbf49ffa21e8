"""`otklik COMMAND …`: joins the commands. Only the module of the command asked for is imported, so the pure ones
(`act`, `deadlines`, `calendar`) never load Django.

A command is a module with `add_parser(subparsers)`, whose parser carries `run(options) -> exit code`. Those that need
Django start it in `run` (`otklik.cli.django`). Exit codes: 0 done; 1 done and something is wrong; 2 not understood.
"""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence

from otklik.project import env

COMMANDS: dict[str, tuple[str, str]] = {
    "act": ("otklik.cli.act", "постановление как данные: проверить, показать, сравнить, прогнать примеры"),
    "deadlines": ("otklik.cli.deadlines", "сроки по постановлению для заданных событий, с объяснением"),
    "calendar": ("otklik.cli.calendar", "производственный календарь: показать, загрузить новый год"),
    "serve": ("otklik.cli.serve", "веб-процесс и рабочий процесс вместе, под присмотром"),
    "web": ("otklik.cli.web", "веб-процесс"),
    "work": ("otklik.cli.work", "рабочий процесс: сроки, размещение ответов, печать журнала"),
    "migrate": ("otklik.cli.migrate", "подготовить или обновить базу данных"),
    "init": ("otklik.cli.init", "первая настройка пустой установки"),
    "people": ("otklik.cli.people", "люди: загрузить из CSV, показать"),
    "demo": ("otklik.cli.demo", "демонстрационные данные"),
    "import": ("otklik.cli.import_file", "загрузить сообщения из файла"),
    "recompute": ("otklik.cli.recompute", "пересчитать состояния и сроки по журналу"),
    "journal": ("otklik.cli.journal", "журнал: проверить цепочку, закрепить её конец вне базы"),
    "jobs": ("otklik.cli.jobs", "фоновая работа: что ждёт и что не удалось, повторить"),
    "keyring": ("otklik.cli.keyring", "связка ключей: создать, сменить ключ"),
    "backup": ("otklik.cli.backup", "резервная копия"),
    "restore": ("otklik.cli.restore", "восстановить из резервной копии"),
}
"""Name → module, what it does. A test finds modules of this folder that are missing, and names without a module."""

NOT_UNDERSTOOD = 2
PIPE_CLOSED = 141


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    env.share_data_folder()
    parser = argparse.ArgumentParser(prog="otklik", description="Отклик: ответы жителям в социальных сетях в срок.")
    subparsers = parser.add_subparsers(metavar="КОМАНДА", required=True)
    name = given[0] if given else ""
    if name in COMMANDS:
        importlib.import_module(COMMANDS[name][0]).add_parser(subparsers)
    elif name and not name.startswith("-"):
        return _unknown(name)
    else:
        for known, (_, summary) in COMMANDS.items():
            subparsers.add_parser(known, help=summary)
        parser.parse_args(given or ["--help"])
    options = parser.parse_args(given)
    try:
        status: int = options.run(options)
        sys.stdout.flush()
    except BrokenPipeError:  # `otklik … | head` has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    return status


def _unknown(name: str) -> int:
    print(f"Команды «{name}» нет. Есть: {', '.join(COMMANDS)}. Подробности: otklik --help", file=sys.stderr)
    return NOT_UNDERSTOOD


if __name__ == "__main__":
    sys.exit(main())
