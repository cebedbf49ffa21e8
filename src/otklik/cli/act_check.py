"""`otklik act check ACT|PATH`: everything that is wrong with an act, and what it leaves no time or no word for."""

import argparse
import json
import sys
import textwrap
from collections.abc import Iterable, Iterator
from typing import Any

from otklik.process.checker import Checked, Finding, Path, Severity, check, words
from otklik.process.words import clause_name
from otklik.regulation.cases import read_cases
from otklik.regulation.editions import resolve
from otklik.regulation.parse import LoadedAct
from otklik.regulation.problems import ActProblems, Code, Problem

_WIDTH = 110
_UNREADABLE = frozenset({Code.NO_FILE, Code.NO_SUCH_ACT, Code.NO_SUCH_EDITION})


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `otklik act check`."""
    parser = subparsers.add_parser("check", help="проверить акт: ошибки, нехватка времени, умолчания, ссылки")
    parser.add_argument("act", metavar="АКТ", help="название, путь к папке или файлу; редакция: АКТ@2026-01-31")
    parser.add_argument("--json", action="store_true", help="вывести JSON")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """0; 1 where there are errors (warnings and findings are none); 2 where there is no such act."""
    try:
        loaded = resolve(options.act)
        if loaded.folder is not None:
            read_cases(loaded.folder)
    except ActProblems as error:
        return _refused(error.problems, as_json=options.json)
    checked = check(loaded)
    print(_as_json(loaded, checked) if options.json else "\n".join(_as_text(loaded, checked)))
    return 1 if checked.has_errors else 0


def _refused(problems: Iterable[Problem], *, as_json: bool) -> int:
    """An act that cannot be used: every problem of its structure; the rest of the checks must wait."""
    found = list(problems)
    if any(problem.code in _UNREADABLE for problem in found):
        print("\n".join(problem.in_russian() for problem in found), file=sys.stderr)
        return 2
    if as_json:
        data = {"errors": len(found), "findings": [_problem_data(problem) for problem in found], "paths": []}
        print(json.dumps(data, ensure_ascii=False, indent=2))
        return 1
    for problem in found:
        print(f"{words.severity_name(Severity.ERROR)}: {problem.in_russian()}")
    print(f"\nОшибок: {len(found)}. Остальное проверяется, когда их не будет.")
    return 1


def _as_text(loaded: LoadedAct, checked: Checked) -> Iterator[str]:
    act = loaded.act
    yield f"{act.title}"
    for finding in checked.findings:
        yield ""
        head = f"{words.severity_name(finding.severity)}: {finding.mark}, {clause_name(finding.clauses[0])}. "
        yield from textwrap.wrap(head + words.said(finding, act), _WIDTH, subsequent_indent="  ")
        quote = finding.facts.get("quote")
        if quote and finding.path is None:
            yield from textwrap.wrap(f"«{quote}»", _WIDTH, initial_indent="  ", subsequent_indent="  ")
        if finding.path is not None:
            yield from (f"    {line}" for line in words.sums(finding.path))
        yield from textwrap.wrap(f"→ {words.todo(finding)}", _WIDTH, initial_indent="  ", subsequent_indent="    ")
    yield from _tables(loaded, checked.paths)
    counts = {severity: sum(one.severity is severity for one in checked.findings) for severity in Severity}
    yield (
        f"\nОшибок: {counts[Severity.ERROR]}, предупреждений: {counts[Severity.WARNING]}, "
        f"замечаний: {counts[Severity.FINDING]}."
    )


def _tables(loaded: LoadedAct, paths: Iterable[Path]) -> Iterator[str]:
    """How much is left of the reply's term (and for the draft) by reworks and bodies, as the act is read."""
    groups: dict[str, list[Path]] = {}
    for path in paths:
        if path.reading == "as_read" and not path.scenario.returned:
            name = words.case_name(path, loaded.act).split(", доработок")[0]
            groups.setdefault(name, []).append(path)
    if groups:
        yield "\nСколько остаётся до срока ответа (и на проект), если каждый действует в последний миг:"
    for name, group in groups.items():
        yield f"\n  {name}, {words.length(group[0].allowed)}"
        bodies = sorted({path.scenario.bodies for path in group})
        yield "  " + "".ljust(14) + "".join(f"{f'органов {number}':<29}" for number in bodies).rstrip()
        for reworks in sorted({path.scenario.reworks for path in group}):
            row = [path for path in group if path.scenario.reworks == reworks]
            cells = "".join(f"{_cell(path):<29}" for path in sorted(row, key=lambda path: path.scenario.bodies))
            yield f"  {f'доработок {reworks}':<14}{cells}".rstrip()


def _cell(path: Path) -> str:
    draft = "" if path.draft_left is None else f" ({words.length(path.draft_left)})"
    return f"{'' if path.fits else '! '}{words.length(path.left)}{draft}"


def _as_json(loaded: LoadedAct, checked: Checked) -> str:
    data = {
        "act": loaded.act.act,
        "hash": loaded.hash,
        "errors": sum(one.severity is Severity.ERROR for one in checked.findings),
        "findings": [_finding_data(finding, loaded) for finding in checked.findings],
        "paths": [_path_data(path, loaded) for path in checked.paths],
    }
    return json.dumps(data, ensure_ascii=False, indent=2)


def _finding_data(finding: Finding, loaded: LoadedAct) -> dict[str, Any]:
    return {
        "severity": finding.severity.value,
        "code": finding.code,
        "file": finding.mark.file,
        "line": finding.mark.line,
        "clause": finding.clauses[0],
        "clauses": list(finding.clauses),
        "said": words.said(finding, loaded.act),
        "todo": words.todo(finding),
        "quote": finding.facts.get("quote"),
        "sums": words.sums(finding.path) if finding.path else [],
    }


def _problem_data(problem: Problem) -> dict[str, Any]:
    return {
        "severity": Severity.ERROR.value,
        "code": problem.code.value,
        "file": problem.mark.file,
        "line": problem.mark.line,
        "clause": problem.clause,
        "said": problem.in_russian(),
    }


def _path_data(path: Path, loaded: LoadedAct) -> dict[str, Any]:
    scenario = path.scenario
    return {
        "case": words.case_name(path, loaded.act),
        "kind": scenario.kind,
        "importance": scenario.importance,
        "reading": path.reading,
        "reworks": scenario.reworks,
        "bodies": scenario.bodies,
        "returned": scenario.returned,
        "allowed_minutes": _minutes(path.allowed.total_seconds()),
        "left_minutes": _minutes(path.left.total_seconds()),
        "draft_left_minutes": None if path.draft_left is None else _minutes(path.draft_left.total_seconds()),
        "fits": path.fits,
        "short_of": sorted(path.short_of),
        "sums": words.sums(path),
    }


def _minutes(seconds: float) -> float:
    return round(seconds / 60, 2)
