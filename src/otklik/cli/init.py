"""`otklik init`: an empty installation: the organisation, its act, hours and zone, the first administrator.

Whatever is not given as an option is asked for. The password never stands in the arguments: it is asked for, or read
from standard input.
"""

import argparse
import getpass
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from otklik.cli.started import NOT_UNDERSTOOD, say, with_django

if TYPE_CHECKING:
    from otklik.orgs.actions import OrganisationFacts, PersonFacts
    from otklik.regulation.parse import LoadedAct

WELCOME = "Первая настройка. Enter оставляет ответ в скобках."
HOURS_ASSUMED = (
    "Часы работы постановление не называет. Взяты по умолчанию: {hours}. Другие: --schedule ФАЙЛ (docs/worktime.md)."
)
NOT_EMPTY = "Установка уже настроена. Ещё одну организацию добавит: otklik init --add"
CODE = """Код первой настройки (действует один раз): {code}
Запустите программу (otklik serve) и откройте в браузере /setup/"""
DONE = """
Готово: {name}, {act}.
Дальше: загрузите людей: otklik people import ФАЙЛ.csv
и запустите программу:   otklik serve"""


class Stopped(Exception):
    """The set-up cannot go on; the message is a sentence."""


@dataclass(frozen=True, slots=True)
class Question:
    """An option that is asked for when it is not given."""

    option: str
    words: str
    help: str


QUESTIONS = (
    Question("act", "Постановление", "имя постановления; список: otklik act list"),
    Question("name", "Полное название организации", "полное название организации"),
    Question("short-name", "Краткое название", "краткое название, для экрана"),
    Question("key", "Краткое имя латиницей", "краткое имя латиницей, для командной строки"),
    Question("zone", "Часовой пояс", "часовой пояс по базе IANA: Europe/Moscow"),
    Question("admin-name", "ФИО администратора", "ФИО первого администратора"),
    Question("admin-username", "Имя администратора для входа", "его имя для входа"),
)


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `init`."""
    parser = subparsers.add_parser("init", help="первая настройка пустой установки")
    for question in QUESTIONS:
        parser.add_argument(f"--{question.option}", default="", help=question.help)
    parser.add_argument("--schedule", type=Path, help="файл расписания; иначе часы по умолчанию из файла постановления")
    parser.add_argument("--region", default="", help="региональный календарь: RU-KO; включает региональные выходные")
    parser.add_argument("--password-stdin", action="store_true", help="взять пароль из первой строки ввода")
    parser.add_argument("--code", action="store_true", help="показать код для настройки в браузере и ничего не менять")
    parser.add_argument("--add", action="store_true", help="добавить ещё одну организацию")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """0: set up; 2: refused, with the reason."""
    return with_django(_set_up)(options)


def _set_up(options: argparse.Namespace) -> int:
    from otklik.orgs import commands, first_run

    if _migrate():
        return NOT_UNDERSTOOD
    if not commands.is_empty() and not options.add:
        return say(NOT_EMPTY)
    if options.code:
        print(CODE.format(code=first_run.code()))
        return 0
    try:
        answers = _answers(options)
        organisation = commands.set_up(*answers)
    except Stopped as error:
        return say(str(error))
    except commands.Refused as error:
        return say(commands.sentence(error.code, error.facts))
    except (KeyboardInterrupt, EOFError):
        return say("\nНастройка прервана, ничего не записано.")
    print(DONE.format(name=organisation.name, act=organisation.act))
    return 0


def _migrate() -> int:
    """The exit code of `otklik migrate`; a process of its own on PostgreSQL, where it works as the owner."""
    from django.core.management import call_command
    from django.db import connection

    if connection.vendor == "postgresql":
        return subprocess.call([sys.executable, "-m", "otklik.cli.main", "migrate"])
    call_command("migrate", verbosity=0, interactive=False)
    return 0


def _answers(options: argparse.Namespace) -> "tuple[OrganisationFacts, PersonFacts, str]":
    """The organisation, its first administrator, their password.

    :raises Stopped: an answer that is missing or cannot be.
    """
    from otklik.orgs.actions import OrganisationFacts, PersonFacts

    ask = _asker(options)
    if sys.stdin.isatty():
        print(WELCOME)
    act = _act(ask)
    schedule = _schedule(options.schedule)
    if schedule is None:
        print(HOURS_ASSUMED.format(hours=_hours(act.act.place.schedule)))
    name = ask("name", "")
    facts = OrganisationFacts(
        act=act.act.act,
        act_hash=act.hash,
        name=name,
        short_name=ask("short-name", name[:100]),
        key=ask("key", act.act.act),
        zone=ask("zone", act.act.place.zone),
        schedule=schedule,
        region=options.region,
        regional_days=bool(options.region),
    )
    administrator = PersonFacts(full_name=ask("admin-name", ""), username=ask("admin-username", "admin"))
    return facts, administrator, _password(options)


Ask = Callable[[str, str], str]


def _asker(options: argparse.Namespace) -> Ask:
    """`ask(option, usual)`: what was given as an option, or is answered on the terminal."""
    words = {question.option: question.words for question in QUESTIONS}

    def ask(option: str, usual: str) -> str:
        given: str = getattr(options, option.replace("-", "_"))
        if given:
            return given
        if not sys.stdin.isatty():
            if usual:
                return usual
            raise Stopped(f"Не задано: {words[option].lower()}. Добавьте --{option}.")
        answer = input(f"{words[option]} [{usual}]: " if usual else f"{words[option]}: ").strip() or usual
        return answer or ask(option, usual)

    return ask


def _act(ask: Ask) -> "LoadedAct":
    """
    :raises Stopped: no such act, or one with errors.
    """
    from otklik.regulation.parse import load_act, shipped_acts
    from otklik.regulation.problems import ActProblems

    there = shipped_acts()
    if sys.stdin.isatty():
        print("Постановления:", ", ".join(there))
    name = ask("act", "")
    if name not in there:
        raise Stopped(f"Постановления «{name}» нет. Есть: {', '.join(there)}.")
    try:
        return load_act(name)
    except ActProblems as error:
        raise Stopped(f"Файл постановления «{name}» с ошибками. Проверьте: otklik act check {name}") from error


def _schedule(path: Path | None) -> dict[str, Any] | None:
    """The document of a schedule file.

    :raises Stopped: with every problem of the file.
    """
    if path is None:
        return None
    from otklik.worktime import ScheduleError, describe, load_schedule

    try:
        return load_schedule(path).as_document()
    except ScheduleError as error:
        raise Stopped("\n".join(f"{path}: {describe(problem, 'ru')}" for problem in error.problems)) from error


def _hours(document: dict[str, Any]) -> str:
    names = {"mon": "пн", "tue": "вт", "wed": "ср", "thu": "чт", "fri": "пт", "sat": "сб", "sun": "вс"}
    week = document.get("week", {})
    return "; ".join(f"{names[day]} {', '.join(spans)}" for day, spans in week.items() if spans)


def _password(options: argparse.Namespace) -> str:
    if options.password_stdin:
        return sys.stdin.readline().rstrip("\n")
    if not sys.stdin.isatty():
        raise Stopped("Не задан пароль администратора. Добавьте --password-stdin и передайте его первой строкой ввода.")
    first = getpass.getpass("Пароль администратора: ")
    if first != getpass.getpass("Ещё раз: "):
        raise Stopped("Пароли не совпали, ничего не записано.")
    return first
