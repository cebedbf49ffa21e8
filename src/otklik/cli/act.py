"""`otklik act …`: acts as data. Here `list`, `show`, `diff`, `schema`; `check` and `test` are modules of their own."""

import argparse
import dataclasses
import importlib
import importlib.util
import json
import sys
import textwrap
from collections.abc import Callable, Iterable
from itertools import groupby

from otklik.regulation.difference import Change, difference
from otklik.regulation.editions import editions, resolve
from otklik.regulation.parse import LoadedAct, shipped_acts
from otklik.regulation.problems import ActProblems
from otklik.regulation.russian import clause_words
from otklik.regulation.schema import PARTS, schema
from otklik.regulation.show import ShownAct, ShownRule, show

NOT_UNDERSTOOD = 2
_WIDTH = 110
_OF_COLLEAGUES = ("otklik.cli.act_check", "otklik.cli.act_test")


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `otklik act` with all that stands under it."""
    parser = subparsers.add_parser("act", help="постановление как данные: показать, сравнить, проверить")
    under = parser.add_subparsers(metavar="ДЕЙСТВИЕ", required=True)

    listing = under.add_parser("list", help="акты из поставки и их редакции")
    listing.set_defaults(run=_guarded(_list))

    shown = under.add_parser("show", help="акт, как его читает программа: правило, пункт, цитата, прочтение")
    shown.add_argument("act", metavar="АКТ", help="название, путь к папке или файлу; редакция: АКТ@2026-01-31")
    shown.add_argument("--json", action="store_true", help="вывести JSON")
    shown.set_defaults(run=_guarded(_show))

    compared = under.add_parser("diff", help="что для кого меняется от одного акта (редакции) к другому")
    compared.add_argument("old", metavar="БЫЛО", help="название, путь или АКТ@ДАТА")
    compared.add_argument("new", metavar="СТАЛО", help="название, путь или АКТ@ДАТА")
    compared.add_argument("--json", action="store_true", help="вывести JSON")
    compared.set_defaults(run=_guarded(_diff))

    schemed = under.add_parser("schema", help="JSON Schema для редактора, в котором пишут акт")
    schemed.add_argument("--part", choices=tuple(PARTS), default="act", help="act.yaml, clauses.yaml или изменение")
    schemed.set_defaults(run=_schema)

    for module in _OF_COLLEAGUES:
        if importlib.util.find_spec(module) is not None:
            importlib.import_module(module).add_parser(under)


def _guarded(run: Callable[[argparse.Namespace], int]) -> Callable[[argparse.Namespace], int]:
    """A command whose act has problems prints all of them and ends with 2."""

    def guarded(options: argparse.Namespace) -> int:
        try:
            return run(options)
        except ActProblems as error:
            for problem in error.problems:
                print(problem.in_russian(), file=sys.stderr)
            return NOT_UNDERSTOOD

    return guarded


def _list(options: argparse.Namespace) -> int:
    del options
    for act in shipped_acts():
        for edition in editions(act):
            print(f"{act:<28} {edition.act.short_title:<24} {_since(edition)}  {edition.hash[:12]}")
    return 0


def _since(edition: LoadedAct) -> str:
    since = f"с {edition.since:%d.%m.%Y}" if edition.since else "день вступления не назван"
    return f"{since}, изменение «{edition.amendments[-1]}»" if edition.amendments else since


def _show(options: argparse.Namespace) -> int:
    shown = show(resolve(options.act))
    if options.json:
        print(json.dumps(dataclasses.asdict(shown), ensure_ascii=False, indent=2))
    else:
        print("\n".join(_shown(shown)))
    return 0


def _shown(shown: ShownAct) -> Iterable[str]:
    number = f" № {shown.number}" if shown.number else ""
    yield from (shown.title, f"{shown.issued_by}{number}{f', {shown.adopted_on}' if shown.adopted_on else ''}")
    yield f"Редакция {shown.hash[:12]}" + (f" с {shown.since}" if shown.since else "")
    yield from textwrap.wrap(f"Место: {shown.place}, {shown.zone}. {shown.hours}", _WIDTH)
    for section in shown.sections:
        yield f"\n{section.title.upper()}"
        for rule in section.rules:
            yield from _rule(rule)
    if shown.without_rule:
        yield "\nПУНКТЫ БЕЗ ПРАВИЛА"
        yield from (f"  {clause_words(item.clause)}: {item.why}" for item in shown.without_rule)


def _rule(rule: ShownRule) -> Iterable[str]:
    clauses = ", ".join(clause_words(clause) for clause in (rule.clause, *rule.see_also))
    yield from _wrapped(f"{rule.name} ({clauses}) — {rule.says}" if rule.says else f"{rule.name} ({clauses})", "  ")
    yield from _wrapped(f"«{rule.quote}»", "      ")
    if rule.literal:
        yield from _wrapped(f"срок в акте: «{rule.literal}»", "      ")
    if rule.reading:
        yield from _wrapped(f"читаем так: {rule.reading}", "      ")
    if rule.reason:
        yield from _wrapped(f"почему: {rule.reason}", "      ")


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent=indent, subsequent_indent=f"{indent}  ", break_long_words=False)


def _diff(options: argparse.Namespace) -> int:
    old, new = resolve(options.old), resolve(options.new)
    changes = difference(old.act, new.act)
    if options.json:
        rows = [{**dataclasses.asdict(change), "words": change.in_russian()} for change in changes]
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return 0
    print(f"Было: {old.act.short_title} ({_since(old)}). Станет: {new.act.short_title} ({_since(new)}).")
    if not changes:
        print("Ничего не меняется.")
    for who, group in groupby(sorted(changes, key=_whom), key=_whom):
        print(f"\n{who[1].upper()}")
        for change in group:
            print("\n".join(_wrapped(change.in_russian(), "  ")))
    return 0


def _whom(change: Change) -> tuple[bool, str]:
    """What concerns everybody comes last."""
    return (change.who is None, change.who or "Для всех")


def _schema(options: argparse.Namespace) -> int:
    print(json.dumps(schema(options.part), ensure_ascii=False, indent=2))
    return 0
