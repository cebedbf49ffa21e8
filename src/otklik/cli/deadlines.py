"""`otklik deadlines ACT --event KIND=TIME …`: the terms of one incident under an act, computed and explained."""

import argparse
import datetime as dt
import difflib
import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any

from otklik.process import words
from otklik.process.deadline import Deadline, Rule
from otklik.process.deadlines import deadlines, walk
from otklik.process.explained import explained
from otklik.process.facts import Facts, Moment
from otklik.process.localtime import read_time
from otklik.process.schedules import ScheduleSet
from otklik.regulation.editions import editions, resolve
from otklik.regulation.model import Act, MomentKind
from otklik.regulation.parse import LoadedAct, shipped_acts
from otklik.regulation.problems import ActProblems, Code
from otklik.worktime import Schedule, ScheduleError, describe, load_schedule

_KINDS = ("incident", "publication")
"""Kinds that may be asked for under any act: one that knows a single kind means that one."""


class BadQuestionError(Exception):
    """A question that cannot be answered: one sentence for the person who asked."""


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `otklik deadlines`."""
    parser = subparsers.add_parser("deadlines", help="сроки по акту с объяснением: otklik deadlines АКТ --event …")
    parser.add_argument("act", metavar="АКТ", help="название акта из поставки или путь к его папке")
    parser.add_argument(
        "--event",
        action="append",
        default=[],
        metavar="СОБЫТИЕ=ВРЕМЯ",
        help="например detected=2026-11-27T16:40; время без смещения — местное; можно повторять в любом порядке",
    )
    parser.add_argument("--kind", metavar="ВИД", help="вид сообщения: incident, publication или как в акте")
    parser.add_argument(
        "--importance", metavar="КЛАСС", default="normal", help="normal, high (сокращённый срок) или как в акте"
    )
    parser.add_argument("--repeat", action="store_true", help="сообщение повторное")
    parser.add_argument("--schedule", metavar="ФАЙЛ", help="режим работы (YAML или JSON, docs/worktime.md)")
    parser.add_argument("--now", metavar="ВРЕМЯ", help="на какой момент; по умолчанию сейчас")
    parser.add_argument("--json", action="store_true", help="вывести JSON")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Prints the deadlines; 0, or 2 with one sentence where the question is wrong."""
    try:
        print(_answer(options))
    except BadQuestionError as error:
        print(error, file=sys.stderr)
        return 2
    except ScheduleError as error:
        print(f"Срок посчитать нельзя: {describe(error.problems[0])}.", file=sys.stderr)
        return 2
    return 0


def _answer(options: argparse.Namespace) -> str:
    found = find_editions(options.act)
    schedules = ScheduleSet(_schedule(options.schedule, found[-1].act))
    moments = _moments(options.event, schedules.own)
    act = _in_force(found, moments[0].at.astimezone(schedules.own.tzinfo).date())
    facts = Facts(
        kind=_kind(options.kind, act),
        importance=_importance(options.importance, act),
        moments=moments,
        repeat=options.repeat,
    )
    clock = dt.datetime.now(dt.UTC)  # noqa: TID251 (the door has the clock)
    now = _time(options.now, schedules.own) if options.now else clock
    rows = deadlines(facts, act, schedules, now)
    return _as_json(rows, schedules) if options.json else _as_text(rows, schedules, act, now)


def find_editions(name: str) -> list[LoadedAct]:
    """The editions of a shipped act or of one at a path; of `ACT@2026-01-31` the one in force then.

    Raises BadQuestionError with one sentence.
    """
    try:
        return [resolve(name)] if "@" in name else editions(name)
    except ActProblems as error:
        first = error.problems[0]
        if first.code is Code.NO_SUCH_ACT:
            raise BadQuestionError(_unknown("Акта", name, shipped_acts(), "Есть акты")) from error
        more = len(error.problems) - 1
        rest = f" И ещё замечаний: {more}; все покажет otklik act check {name}." if more else ""
        raise BadQuestionError(f"Акт {name} прочитать нельзя: {first.in_russian()}{rest}") from error


def _in_force(found: Sequence[LoadedAct], day: dt.date) -> Act:
    """An incident keeps the edition of its first day; before the first edition, that one."""
    chosen = [edition for edition in found if edition.since is None or edition.since <= day]
    return (chosen or found[:1])[-1].act


def _schedule(path: str | None, act: Act) -> Schedule:
    if path is None:
        return Schedule.from_document(act.place.schedule)
    try:
        return load_schedule(path)
    except ScheduleError as error:
        raise BadQuestionError(f"Режим работы {path} не годится: {describe(error.problems[0])}.") from error


def _moments(events: Sequence[str], schedule: Schedule) -> tuple[Moment, ...]:
    if not events:
        raise BadQuestionError("Не названо ни одного события. Добавьте, например, --event detected=2026-11-27T16:40.")
    return tuple(sorted((_event(text, schedule) for text in events), key=lambda moment: moment.at))


def _event(text: str, schedule: Schedule) -> Moment:
    name, equals, time = text.partition("=")
    if not equals:
        raise BadQuestionError(f"Событие «{text}» не понято: нужно СОБЫТИЕ=ВРЕМЯ, например detected=2026-11-27T16:40.")
    known = [kind.value for kind in MomentKind]
    if name not in known:
        raise BadQuestionError(_unknown("События", name, known, "Есть события"))
    return Moment(MomentKind(name), _time(time, schedule))


def _time(text: str, schedule: Schedule) -> dt.datetime:
    try:
        return read_time(text, schedule.tzinfo)
    except ValueError as error:
        sentence = f"Время «{text}» не понято: нужно ГГГГ-ММ-ДДTчч:мм, например 2026-11-27T16:40."
        raise BadQuestionError(sentence) from error


def _kind(asked: str | None, act: Act) -> str:
    known = [kind.kind for kind in act.policies.message_kinds]
    if asked is None or asked in known:
        return asked or known[0]
    if asked in _KINDS:
        return known[0]
    raise BadQuestionError(_unknown("Вида сообщений", asked, [*known, *_KINDS], "Есть виды"))


def _importance(asked: str, act: Act) -> str:
    """`high` is the class that gives the act's shortened term; an act without one keeps the tag, and the terms stay."""
    classes = act.policies.importance
    known = [one.importance for one in classes]
    shortened = next((one.importance for one in classes if one.shortened), None)
    if asked == "high":
        return shortened or ("high" if "high" in known else known[0])
    if asked == "normal":
        return known[0]
    if asked in known:
        return asked
    raise BadQuestionError(_unknown("Класса важности", asked, dict.fromkeys(["normal", "high", *known]), "Есть классы"))


def _unknown(what: str, name: str, known: Iterable[str], there_are: str) -> str:
    names = list(known)
    close = difflib.get_close_matches(name.lower(), names, n=1, cutoff=0.5)
    hint = f" Возможно, «{close[0]}»." if close else ""
    return f"{what} «{name}» нет.{hint} {there_are}: {', '.join(names)}."


def _as_json(found: Sequence[Deadline], schedules: ScheduleSet) -> str:
    return json.dumps([_row_data(row, schedules) for row in found], ensure_ascii=False, indent=2)


def _row_data(row: Deadline, schedules: ScheduleSet) -> dict[str, Any]:
    way = walk(row, schedules)
    return {
        "step": row.step,
        "clause": row.clause,
        "quote": row.quote,
        "who": row.who,
        "starts_on": row.starts_on.value if row.starts_on else None,
        "ends_on": "|".join(kind.value for kind in row.ends_on),
        "starts_at": _iso(row.starts_at),
        "due_at": _iso(row.due_at),
        "state": row.state.value,
        "explanation": "\n".join(explained(row, schedules)),
        "title": row.title,
        "role": row.role,
        "count": row.count,
        "part": row.part,
        "ended_at": _iso(row.ended_at),
        "aim_at": _iso(row.aim_at),
        "warn_at": _iso(row.warn_at),
        "recommended": row.recommended,
        "optional": row.optional,
        "provisional": row.provisional,
        "calendar_version": row.calendar_version,
        "rule": row.explanation.as_data(),
        "walk": way.as_data() if way else None,
    }


def _iso(at: dt.datetime | None) -> str | None:
    return at.isoformat() if at else None


def _as_text(found: Sequence[Deadline], schedules: ScheduleSet, act: Act, now: dt.datetime) -> str:
    """A table for people: the rows, and under each its quote and why."""
    zone = schedules.own.tzinfo
    head = [f"{act.short_title}. Время места: {zone}. На {words.instant(now.astimezone(zone))}."]
    if schedules.own == Schedule.from_document(act.place.schedule):
        head.append(f"Часы работы: {act.place.assumption}")
    if not found:
        return "\n".join([*head, "", "Для таких сообщений акт сроков не назначает."])
    table = [("Шаг", "Пункт", "Кто", "Начало", "Срок", "Состояние"), *map(_cells, found)]
    widths = [max(len(line[column]) for line in table) for column in range(len(table[0]))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip() for cells in table
    ]
    body = ["", lines[0], "─" * len(lines[0])]
    for line, row in zip(lines[1:], found, strict=True):
        body += [line, f"    {row.title}: «{row.quote}»", *_why(row, schedules)]
    return "\n".join(head + body)


def _why(row: Deadline, schedules: ScheduleSet) -> list[str]:
    """Of a step that has not begun only what it waits for: the rest is in the act and in --json."""
    said = explained(row, schedules)
    first, *rest = said[:1] if row.starts_at is None else said
    return [f"    почему: {first}", *(f"            {line}" for line in rest)]


def _cells(row: Deadline) -> tuple[str, ...]:
    name = row.step if row.part is None else f"{row.step} {row.part}"
    ends_day = row.explanation.rule in (Rule.CALENDAR_DAYS, Rule.CALENDAR_MONTHS)
    start = words.instant(row.starts_at) if row.starts_at else "—"
    due = words.instant(row.due_at, ends_day=ends_day) if row.due_at else "—"
    return name, row.clause, _short(row.who), start, due, words.state_name(row.state)


def _short(text: str, length: int = 28) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"
