"""100,000 rows of a Brand Analytics export, imported with everything that follows from a message (its incident, terms,
work items), from CSV or XLSX: `python benchmarks/import_rows.py [ROWS] [csv|xlsx]`. The limit is 5 minutes on SQLite.

The file and the database are made in a temporary folder. Printed are the wall clock and the processor time, by which
the limit is judged (one thread works, and a busy machine makes it wait), and the most memory the process has taken.
"""

import csv
import os
import random
import resource
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

ROWS = 100_000
LIMIT_MINUTES = 5
COPIES = 0.05
WORDS = (
    *("яма", "дорога", "двор", "мусор", "вода", "отопление", "автобус", "школа", "очередь", "поликлиника", "фонарь"),
    *("починят", "обещали", "вторую", "неделю", "никто", "не", "едет", "когда", "уже", "сколько", "можно", "ждать"),
)


def export_rows(count: int) -> Iterator[list[str]]:
    """The header, and rows with the quirks of real ones: line ends in texts, spaces in numbers, copies, tags."""
    from otklik.messages.reading.profiles import presets

    dice = random.Random(2026)  # noqa: S311  # no secret
    headings = [*presets()["brand-analytics"].system_columns, "ЖКХ", "Дороги"]
    yield headings
    hashes: list[str] = []
    for number in range(count):
        hashes.append(dice.choice(hashes) if hashes and dice.random() < COPIES else f"{dice.getrandbits(128):032x}")
        text = "\n".join(" ".join(dice.choices(WORDS, k=dice.randrange(5, 40))) for _ in range(dice.randrange(1, 4)))
        cells = {
            "Дата": f"{dice.randrange(1, 31):02}.10.2026 {dice.randrange(24):02}:{dice.randrange(60):02}",
            "ID сообщения": str(number),
            "Hash сообщения": hashes[-1],
            "Текст": text,
            "Источник": "vk.com",
            "Url": f"https://vk.com/wall-1_{number}",
            "Тип источника": "Соцсети",
            "Тип сообщения": "Пост",
            "Автор": f"Житель {number % 9000}",
            "Url автора": f"https://vk.com/id{number % 9000}",
            "Аудитория": "12\xa0045",
            "ЖКХ": "ЖКХ" if number % 3 else "",
        }
        yield [cells.get(heading, "") for heading in headings]


def write_csv(path: Path, count: int) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        file.write('"Система Brand Analytics"\n"Тема: Город"\n"Период: 01.10.26 - 31.10.26"\n\n')
        csv.writer(file, delimiter=";", lineterminator="\n").writerows(export_rows(count))


def write_xlsx(path: Path, count: int) -> None:
    """The same as a workbook; addresses are formulas, as the system writes them."""
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    ids = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    related = "http://schemas.openxmlformats.org/package/2006/relationships"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook {main} xmlns:r="{ids}"><sheets><sheet name="Упоминания" sheetId="1" r:id="a"/></sheets>'
            "</workbook>",
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{related}"><Relationship Id="a" Target="worksheets/sheet1.xml"/></Relationships>',
        )
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(f"<worksheet {main}><sheetData>".encode())
            for cells in export_rows(count):
                sheet.write(f"<row>{''.join(map(_cell, cells))}</row>".encode())
            sheet.write(b"</sheetData></worksheet>")


def _cell(said: str) -> str:
    if said.startswith("https://vk.com/wall"):
        return f'<c><f>HYPERLINK("{said}")</f><v/></c>'
    return f'<c t="inlineStr"><is><t>{escape(said)}</t></is></c>'


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    form = sys.argv[2] if len(sys.argv) > 2 else "csv"
    with tempfile.TemporaryDirectory(prefix="otklik-bench-") as folder:
        os.environ["OTKLIK_DATA"] = folder
        os.environ["OTKLIK_DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite3"
        os.environ["DJANGO_SETTINGS_MODULE"] = "otklik.project.settings"
        import django

        django.setup()
        return measure(Path(folder), count, form)


def measure(folder: Path, count: int, form: str) -> int:
    from uuid import uuid4

    from django.core.management import call_command
    from django.utils import timezone

    from otklik.messages.reading.importing import Wanted, import_file
    from otklik.orgs.actions import By, OrganisationFacts, create_organisation

    call_command("migrate", verbosity=0)
    by = By(person_id=None, command_id=uuid4(), now=timezone.now())
    facts = OrganisationFacts(
        key="bench", name="Администрация", short_name="Адм.", zone="Europe/Moscow", act="altai-2020-132"
    )
    organisation = create_organisation(facts, by=by)
    export = folder / f"export.{form}"
    (write_xlsx if form == "xlsx" else write_csv)(export, count)
    print(f"{export.name}: {export.stat().st_size >> 20} MB", file=sys.stderr)
    wall, cpu = time.perf_counter(), time.process_time()
    imported = import_file(
        organisation, Wanted(path=export), person=None, clock=timezone.now, progress=lambda tally: show(tally.read, cpu)
    )
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    tally, limit = imported.tally, 60 * LIMIT_MINUTES * count / ROWS
    print(f"{tally.read} rows: {tally.new} new, {tally.known} copies, {tally.bad} bad")
    print(f"{wall:.1f} s ({cpu:.1f} s of processor time), {1000 * cpu / count:.2f} ms a row; limit {limit:.0f} s")
    print(f"at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10} MB of memory")
    return 0 if cpu <= limit else 1


def show(rows: int, since: float) -> None:
    """How far it has come, and at what price: whether it slows down as the tables grow."""
    if rows % 10_000 == 0:
        print(f"  {rows} rows, {time.process_time() - since:.1f} s of processor time", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
