"""`otklik act test [ACT|PATH]`: runs the cases of acts and shows what is not as expected, with the reason."""

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

from otklik.process.cases import Outcome, run_cases
from otklik.regulation.parse import SHIPPED, shipped_acts
from otklik.regulation.problems import ActProblems

_KEYS = {
    "absent": "строка",
    "step": "шаг",
    "clause": "пункт",
    "state": "состояние",
    "starts": "начало",
    "due": "срок",
    "warn": "предупреждение",
    "aim": "ориентир",
    "ended": "окончание",
    "who": "кто",
    "no_time_left": "времени не остаётся",
    "provisional": "предварительный",
    "recommended": "рекомендация",
}


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `otklik act test`."""
    parser = subparsers.add_parser("test", help="прогнать примеры актов (cases/*.yaml)")
    parser.add_argument("act", metavar="АКТ", nargs="*", help="название или путь к папке; без него — все из поставки")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """0 where all cases pass, 1 where one does not or there is none, 2 where an act or its cases cannot be read."""
    failed = total = 0
    for name in options.act or shipped_acts():
        try:
            outcomes = run_cases(_folder(name))
        except ActProblems as error:
            print("\n".join(problem.in_russian() for problem in error.problems), file=sys.stderr)
            return 2
        bad = [outcome for outcome in outcomes if not outcome.passed]
        print(f"{name}: примеров {len(outcomes)}, не сошлось {len(bad)}" if outcomes else f"{name}: примеров нет")
        print("".join(f"\n{line}" for line in _told(bad)), end="\n" if bad else "")
        failed, total = failed + len(bad), total + len(outcomes)
    return 1 if failed or not total else 0


def _folder(name: str) -> Path:
    if name in shipped_acts():
        return SHIPPED / name
    path = Path(name)
    return path.parent if path.is_file() else path


def _told(outcomes: Iterable[Outcome]) -> Iterable[str]:
    for outcome in outcomes:
        yield f"  ✗ {outcome.case.name} ({outcome.where})"
        yield f"    {outcome.case.why}"
        for one in outcome.differences:
            step = one.expected.step if one.expected.part is None else f"{one.expected.step} {one.expected.part}"
            yield f"    {step}, {_KEYS[one.key]}: ожидалось {one.wanted}, вышло {one.got}"
        for step, lines in outcome.explanations:
            yield f"    {step}, почему так:"
            yield from (f"      {line}" for line in lines)
