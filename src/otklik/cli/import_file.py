"""`otklik import FILE`: messages from a file of a monitoring system, or from any table by a mapping of columns."""

import argparse
import csv
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from otklik.cli.started import say, with_django

if TYPE_CHECKING:
    from otklik.messages.reading.importing import Imported
    from otklik.messages.reading.profiles import Field, Profile
    from otklik.messages.reading.tally import Tally

SHOWN_BAD = 50
"""Bad rows printed; all of them are kept with the import."""

EPILOG = """примеры:
  otklik import выгрузка.xlsx                      файл известной системы узнаётся по столбцам сам
  otklik import жители.csv --map text=Текст,topic=Тема,posted_at=Дата --network vk

поля для --map: text (обязательно), title, id, hash, url, network, place_kind, author, author_url, posted_at,
posted_time, detected_at, closed_at, topic, place, rating, audience. Столбцы темы и места можно назвать через «+»:
place=Улица+Дом. Подробности: docs/import.md

Код завершения: 0; 1 - загружено, но какие-то строки не прочитаны; 2 - не загружено ничего, сказано почему."""


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `import`."""
    parser = subparsers.add_parser(
        "import",
        help="загрузить сообщения из файла",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", type=Path, help="файл CSV, XLSX или JSON")
    parser.add_argument("--organisation", default="", help="краткое имя организации; можно не указывать, если она одна")
    how = parser.add_mutually_exclusive_group()
    how.add_argument(
        "--profile",
        default="",
        help="чей это файл: brand-analytics, medialogia, incident-management или соответствие, сохранённое "
        "организацией; если не указать, узнаётся по столбцам",
    )
    how.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="ПОЛЕ=СТОЛБЕЦ",
        help="какой столбец что значит, через запятую; можно повторять",
    )
    parser.add_argument("--network", default="", help="сеть сообщений, о которых файл её не говорит: vk, ok, forum …")
    parser.add_argument(
        "--by", default="", metavar="ИМЯ", help="имя для входа того, кто загружает: останется в журнале"
    )
    parser.add_argument("--dry-run", action="store_true", help="только проверить, ничего не записывать")
    parser.set_defaults(run=with_django(bring_in))


def bring_in(options: argparse.Namespace) -> int:
    """0: all rows are in, or were before; 1: some could not be read; 2: nothing came in."""
    from django.utils import timezone

    from otklik.messages.reading import places
    from otklik.messages.reading.importing import Stopped, Wanted, import_file
    from otklik.messages.reading.refusals import FileRefused
    from otklik.orgs import commands

    try:
        organisation = commands.organisation_named(options.organisation)
        wanted = Wanted(
            path=options.file,
            profile=_profile(options, organisation.pk),
            network=options.network or places.UNSAID,
            is_dry_run=options.dry_run,
        )
        person = commands.person_named(options.by, organisation) if options.by else None
        imported = import_file(
            organisation, wanted, person=person, clock=timezone.now, progress=_show if sys.stderr.isatty() else _note
        )
    except (FileRefused, commands.NotFound) as error:
        return say(str(error))
    except Stopped:
        say("\nЗагрузку остановили на экране. Загруженное осталось; запустите ту же команду, чтобы продолжить.")
        return 1
    except KeyboardInterrupt:
        return say("\nПрервано. Загруженное осталось; запустите ту же команду, чтобы продолжить.")
    return _report(imported, organisation.zone, is_dry_run=options.dry_run)


def _profile(options: argparse.Namespace, organisation_id: int) -> "Profile | None":
    from otklik.messages.imports import chosen
    from otklik.messages.queries import import_profiles
    from otklik.messages.reading import profiles

    if options.map:
        return profiles.own_profile(_mapping(options.map))
    return chosen(options.profile, import_profiles(organisation_id)) if options.profile else None


def _mapping(given: Sequence[str]) -> "dict[Field, str | tuple[str, ...]]":
    """`text=Текст,"topic=Тема, группа"` → field → column; quotes as in CSV. Of topic and place, several: `place=а+б`.

    :raises FileRefused: not understood, an unknown field, a field named twice.
    """
    from otklik.messages.reading.profiles import JOINED, Field
    from otklik.messages.reading.refusals import FileRefused

    known = ", ".join(Field)
    found: dict[Field, str | tuple[str, ...]] = {}
    for pair in (pair for one in given for pair in next(csv.reader([one]), [])):
        name, equals, column = (part.strip() for part in pair.partition("="))
        if not equals or not name or not column:
            raise FileRefused("bad_mapping", given=pair)
        if name not in set(Field):
            raise FileRefused("unknown_field", field=name, known=known)
        if Field(name) in found:
            raise FileRefused("field_twice", field=name)
        several = tuple(part.strip() for part in column.split("+") if part.strip())
        found[Field(name)] = several if Field(name) in JOINED and len(several) > 1 else column
    if not found.keys() & {Field.TEXT, Field.TITLE}:
        raise FileRefused("text_not_mapped")
    return found


def _show(tally: "Tally") -> None:
    """One line that renews itself."""
    percent = 100 * tally.line // tally.lines if tally.lines else 100
    print(f"\r{_progress(tally, percent)}", end="", file=sys.stderr, flush=True)


def _note(tally: "Tally") -> None:
    """For a log: a line every ten thousand rows."""
    if tally.read % 10_000 == 0:
        print(_progress(tally, 100 * tally.line // tally.lines if tally.lines else 100), file=sys.stderr, flush=True)


def _progress(tally: "Tally", percent: int) -> str:
    return f"{min(percent, 100)} %, строк: {tally.read}, новых: {tally.new}, не прочитано: {tally.bad}"


def _report(imported: "Imported", zone: str, *, is_dry_run: bool) -> int:
    tally, run = imported.tally, imported.run
    if sys.stderr.isatty() and tally.read:
        print(file=sys.stderr)
    if imported.same_file is not None and run is not None:
        at = imported.same_file.astimezone(ZoneInfo(zone))
        print(f"Этот файл уже загружен {at:%d.%m.%Y в %H:%M} (новых тогда: {run.rows_new}). Ничего не изменено.")
        return 0
    for bad in tally.told[:SHOWN_BAD]:
        print(f"строка {bad.number}: {bad.reason}", file=sys.stderr)
    if tally.bad > SHOWN_BAD:
        print(f"… и ещё {tally.bad - SHOWN_BAD}", file=sys.stderr)
    done = "Проверено, ничего не записано" if is_dry_run else "Загружено"
    print(
        f"{done} ({imported.profile.title}). Строк: {tally.read}, новых сообщений: {tally.new}, "
        f"уже были: {tally.known}, не прочитано: {tally.bad}."
    )
    return 1 if tally.bad else 0
