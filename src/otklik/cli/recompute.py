"""`otklik recompute`: rebuild from the journal what the screens show, or check that it agrees with the journal."""

import argparse
import sys
from typing import TYPE_CHECKING

from otklik.cli.started import say, with_django

if TYPE_CHECKING:
    from otklik.incidents.recompute import Checked, Difference
    from otklik.orgs.models import Organisation

WRONG = 1


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `recompute`."""
    parser = subparsers.add_parser(
        "recompute",
        help="пересчитать состояния и сроки по журналу",
        description="Пересчитывает по журналу всё, что из него выведено: состояния, сроки, что кого ждёт, участников.",
        epilog="Код завершения: 0 - готово (с --check: расхождений нет), 1 - расхождения есть, 2 - выполнить нельзя.",
    )
    parser.add_argument("--check", action="store_true", help="ничего не записывать, назвать каждое расхождение")
    parser.add_argument(
        "--organisation", metavar="КЛЮЧ", default="", help="краткое имя организации; без него берутся все"
    )
    parser.set_defaults(run=with_django(run))


def run(options: argparse.Namespace) -> int:
    """0; 1: `--check` found a difference; 2: no such organisation, or its hours cannot be obeyed."""
    from django.utils import timezone

    from otklik.incidents import recompute
    from otklik.orgs import commands
    from otklik.orgs.schedules import ScheduleError
    from otklik.worktime import describe

    try:
        key = commands.organisation_named(options.organisation).key if options.organisation else ""
    except commands.NotFound as error:
        return say(str(error))
    status = 0
    for organisation in recompute.organisations(key):
        try:
            if options.check:
                status = max(status, _check(organisation))
            else:
                count = recompute.rebuild(organisation, timezone.now())
                print(f"{organisation.key}: пересчитано инцидентов: {count}.")
        except ScheduleError as error:
            reason = "; ".join(describe(problem, "ru") for problem in error.problems)
            status = say(f"{organisation.key}: график работы не читается: {reason}. Исправьте его в настройках.")
    return status


def _check(organisation: "Organisation") -> int:
    from django.utils import timezone

    from otklik.incidents import recompute

    checked, wrong = recompute.Checked(), 0
    for difference in recompute.check(organisation, checked, timezone.now()):
        print(_words(difference), file=sys.stderr)
        wrong += 1
    print(f"{organisation.key}: {_summary(checked, wrong)}")
    return WRONG if wrong else 0


def _words(one: "Difference") -> str:
    place = f"{one.organisation}, инцидент {one.incident}: {one.where}"
    if one.column == "*":
        stored = "строки нет" if one.stored is None else f"лишняя строка {one.stored}"
        return f"{place}: {stored}" + ("" if one.computed is None else f", по журналу она есть: {one.computed}")
    return f"{place}.{one.column}: записано {one.stored!r}, по журналу {one.computed!r}"


def _summary(checked: "Checked", wrong: int) -> str:
    found = f"расхождений: {wrong}. Исправит otklik recompute без --check." if wrong else "расхождений с журналом нет."
    behind = (
        f" Ждут пересчёта сроков по новым часам или календарю: {checked.behind}; это делает рабочий процесс."
        if checked.behind
        else ""
    )
    return f"проверено инцидентов: {checked.incidents}, {found}{behind}"
