"""`otklik calendar`: bring in a production calendar without a release; show the one in force.

A year file replaces the packaged one of that year, for this installation only. Schedules made from then on use it.
"""

import argparse
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from otklik import calendars
from otklik.worktime import ScheduleError, default_source, describe
from otklik.worktime.calendar import CalendarDay, DayKind, Layer, YearCalendar, computed_year
from otklik.worktime.documents import read_document
from otklik.worktime.index import check_year
from otklik.worktime.walkwords import WEEKDAYS
from otklik.worktime.yearfile import missing_holidays, parse_region, parse_year, region_text, year_text
from otklik.worktime.yeartable import year_documents

DONE, FAULTY, NOT_UNDERSTOOD = 0, 1, 2

Calendar = YearCalendar | Layer

_KINDS = {
    DayKind.HOLIDAY: ("праздник", "holiday"),
    DayKind.TRANSFERRED_OFF: ("перенесённый выходной", "day off moved here"),
    DayKind.NONWORKING_DECREE: ("нерабочий день по указу", "non-working day by decree"),
    DayKind.SHORT: ("короткий день", "short day"),
    DayKind.WORK_WEEKEND: ("рабочий выходной", "working weekend"),
    DayKind.CLOSED: ("закрыто", "closed"),
    DayKind.OPEN: ("открыто", "open"),
}

_SAYINGS = {
    "no_folder": (
        "Некуда записать: укажите папку данных в --to или в переменной OTKLIK_DATA.",
        "Nowhere to write: name a data folder by --to or in OTKLIK_DATA.",
    ),
    "faulty": ("Файл {file} не принят, ошибок: {count}.", "The file {file} is refused, problems: {count}."),
    "unknown_region": ("Региона {region} нет.", "There is no region {region}."),
    "exists": (
        "В {path} уже лежит другой календарь. Чтобы заменить его, добавьте --replace.",
        "{path} holds another calendar already. Add --replace to replace it.",
    ),
    "unwritable": ("В {path} нельзя записать: {reason}.", "Cannot write to {path}: {reason}."),
    "same": ("{name}: такой календарь уже загружен.", "{name}: this calendar is there already."),
    "written": (
        "{name}: записан в {path}. Изменилось дней: {count}.",
        "{name}: written to {path}. Days changed: {count}.",
    ),
    "year": ("{year} год", "{year}"),
    "source": ("Основание: {source}", "Source: {source}"),
    "no_source": ("Источник неизвестен", "Source unknown"),
    "provisional": (
        "Постановления ещё нет: год посчитан по статье 112 Трудового кодекса, сроки предварительные",
        "No decree yet: computed by article 112 of the Labour Code, terms are provisional",
    ),
    "unverified": ("{name}: по закону региона не проверено", "{name}: not verified against the region's law"),
    "plain": ("обычный день", "plain day"),
    "moved_from": ("с {on}", "from {on}"),
    "moved_to": ("выходной перенесён на {on}", "its day off is moved to {on}"),
    "short": ("короче на час", "an hour shorter"),
}


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `calendar import` and `calendar show`."""
    parser = subparsers.add_parser("calendar", help="производственный календарь: показать, загрузить новый год")
    actions = parser.add_subparsers(metavar="ДЕЙСТВИЕ", required=True)

    bring = actions.add_parser("import", help="загрузить календарь года или дни региона без обновления программы")
    bring.add_argument("file", type=Path, metavar="ФАЙЛ", help="YAML, JSON или CSV; формат - в docs/worktime.md")
    bring.add_argument("--to", type=Path, metavar="ПАПКА", help="папка календарей; иначе $OTKLIK_DATA/calendars")
    bring.add_argument("--source", metavar="ОСНОВАНИЕ", help="постановление, если оно не названо в файле CSV")
    bring.add_argument("--replace", action="store_true", help="заменить календарь, загруженный раньше")
    bring.add_argument("--holidays-changed", action="store_true", help="принять год без праздников статьи 112")
    _language(bring)
    bring.set_defaults(run=bring_in)

    show = actions.add_parser("show", help="показать дни года, отличные от обычной недели")
    show.add_argument("year", type=int, metavar="ГОД")
    show.add_argument("--region", metavar="КОД", help="с днями региона, например RU-KO")
    _language(show)
    show.set_defaults(run=show_year)


def bring_in(options: argparse.Namespace) -> int:
    """0: written, or there already; 1: the file is faulty, every problem told; 2: no file, or nowhere to write."""
    column = _column(options)
    folder = options.to or calendars.imported_folder()
    if folder is None:
        return _refuse("no_folder", column)
    try:
        found = _read(options.file, options.source)
        _check_holidays(found, options)
    except ScheduleError as error:
        for problem in error.problems:
            print(f"{options.file}: {describe(problem, options.lang)}", file=sys.stderr)
        if error.code == "unreadable":
            return NOT_UNDERSTOOD
        _refuse("faulty", column, file=options.file, count=len(error.problems))
        return FAULTY
    return max(_write(calendar, folder, options) for calendar in found)


def show_year(options: argparse.Namespace) -> int:
    """0; 2 where the year is out of range or the region unknown."""
    column = _column(options)
    try:
        check_year(options.year)
        calendar = default_source().calendar(options.region or "RU")
    except ScheduleError as error:
        print(describe(error.problems[0], options.lang), file=sys.stderr)
        return NOT_UNDERSTOOD
    year = calendar.year(options.year)
    if year is None:  # the code «none»
        return _refuse("unknown_region", column, region=options.region)
    print(_say("year", column, year=year.year))
    if year.provisional:
        print(_say("provisional", column))
    else:
        print(_say("source", column, source=year.source) if year.source else _say("no_source", column))
    for layer in calendar.layers:
        if layer.days and not layer.verified:
            print(_say("unverified", column, name=layer.title))
    listed = {on for days in (year.days, *(layer.days for layer in calendar.layers)) for on in days}
    for on in sorted(on for on in listed if on.year == year.year):
        print(_line(calendar.day(on), on, options.lang))
    return DONE


def _read(path: Path, source: str | None) -> list[Calendar]:
    """The calendars of a file. Raises ScheduleError with every problem."""
    if path.suffix.lower() == ".csv":
        return [parse_year(document) for document in year_documents(_text(path), source=source).values()]
    document = read_document(path)
    with document.locating():
        if isinstance(document.data, Mapping) and "region" in document.data:
            return [parse_region(document.data)]
        return [parse_year(document.data)]


def _check_holidays(found: list[Calendar], options: argparse.Namespace) -> None:
    years = [calendar for calendar in found if isinstance(calendar, YearCalendar)]
    missing = [problem for year in years for problem in missing_holidays(year)]
    if missing and not options.holidays_changed:
        raise ScheduleError.of(missing)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ScheduleError("unreadable", path=str(path), reason="UTF-8") from error
    except OSError as error:
        raise ScheduleError("unreadable", path=str(path), reason=error.strerror or str(error)) from error


def _write(calendar: Calendar, folder: Path, options: argparse.Namespace) -> int:
    column = _column(options)
    if isinstance(calendar, Layer) and calendar.name not in _region_codes():
        return _refuse("unknown_region", column, region=calendar.name)
    path, text, name = _target(calendar, folder)
    if path.exists() and path.read_text(encoding="utf-8") == text:
        print(_say("same", column, name=name))
        return DONE
    if path.exists() and not options.replace:
        return _refuse("exists", column, path=path)
    changes = list(_changes(calendar, options.lang))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(".new")
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)
    except OSError as error:
        return _refuse("unwritable", column, path=path, reason=error.strerror)
    print(_say("written", column, name=name, path=path, count=len(changes)))
    if calendar.source is None:
        print(f"  {_say('no_source', column)}")
    for change in changes:
        print(f"  {change}")
    return DONE


def _target(calendar: Calendar, folder: Path) -> tuple[Path, str, str]:
    if isinstance(calendar, Layer):
        path = folder / "ru" / "regions" / f"{calendar.name.removeprefix('RU-')}.yaml"
        return path, region_text(calendar), calendar.name
    return folder / "ru" / f"{calendar.year}.yaml", year_text(calendar), str(calendar.year)


def _region_codes() -> set[str]:
    return {f"RU-{code}" for code in default_source().regions.names}


def _changes(calendar: Calendar, lang: str) -> Iterator[str]:
    """A line for each day on which this calendar differs from the one in force."""
    before: Mapping[date, CalendarDay]
    if isinstance(calendar, Layer):
        before = default_source().region(calendar.name).days
    else:
        before = (default_source().federal().get(calendar.year) or computed_year(calendar.year)).days
    for on in sorted({*before, *calendar.days}):
        old, new = before.get(on), calendar.days.get(on)
        if _hours(old) != _hours(new):
            yield f"{_line(old, on, lang)} → {_describe(new, lang)}"


def _hours(day: CalendarDay | None) -> tuple[object, ...] | None:
    """What of a day decides its hours."""
    return None if day is None else (day.is_closed, day.short, day.hours_of, day.spans)


def _line(day: CalendarDay | None, on: date, lang: str) -> str:
    return f"{WEEKDAYS[lang][on.weekday()]} {on:%d.%m.%Y} {_describe(day, lang)}"


def _describe(day: CalendarDay | None, lang: str) -> str:
    column = 0 if lang == "ru" else 1
    if day is None:
        return _say("plain", column)
    notes = [_KINDS[day.kind][column]]
    if day.title:
        notes.append(f"«{day.title}»")
    if day.moved_from:
        notes.append(_say("moved_from", column, on=f"{day.moved_from:%d.%m.%Y}"))
    if day.moved_to:
        notes.append(_say("moved_to", column, on=f"{day.moved_to:%d.%m.%Y}"))
    if day.short and day.kind is not DayKind.SHORT:
        notes.append(_say("short", column))
    if day.source:
        notes.append(f"({day.source})")
    return ", ".join(notes)


def _language(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--lang", choices=("ru", "en"), default="ru", help="язык сообщений")


def _column(options: argparse.Namespace) -> int:
    return 0 if options.lang == "ru" else 1


def _say(key: str, column: int, **facts: object) -> str:
    return _SAYINGS[key][column].format(**facts)


def _refuse(key: str, column: int, **facts: object) -> int:
    print(_say(key, column, **facts), file=sys.stderr)
    return NOT_UNDERSTOOD
