"""100,000 rows of a Brand Analytics export, imported with everything that follows from a message (its incident, terms,
work items): `python benchmarks/import_rows.py [ROWS]`. The limit is 5 minutes on SQLite.

The file and the database are made in a temporary folder. Printed are the wall clock and the processor time, by which
the limit is judged: one thread works, and a busy machine makes it wait.
"""

import csv
import os
import random
import sys
import tempfile
import time
from pathlib import Path

ROWS = 100_000
LIMIT_MINUTES = 5
COPIES = 0.05
WORDS = (
    *("яма", "дорога", "двор", "мусор", "вода", "отопление", "автобус", "школа", "очередь", "поликлиника", "фонарь"),
    *("починят", "обещали", "вторую", "неделю", "никто", "не", "едет", "когда", "уже", "сколько", "можно", "ждать"),
)


def write_export(path: Path, count: int) -> None:
    """An export with the quirks of real ones: preamble, quotes, line ends in texts, copies."""
    from otklik.messages.reading.profiles import BRAND_ANALYTICS

    dice = random.Random(2026)  # noqa: S311  # no secret
    headings = [*BRAND_ANALYTICS.system_columns, "ЖКХ", "Дороги"]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        file.write('"Система Brand Analytics"\n"Тема: Город"\n"Период: 01.10.26 - 31.10.26"\n\n')
        writer = csv.writer(file, delimiter=";", lineterminator="\n")
        writer.writerow(headings)
        hashes = []
        for number in range(count):
            hashes.append(dice.choice(hashes) if hashes and dice.random() < COPIES else f"{dice.getrandbits(128):032x}")
            text = "\n".join(
                " ".join(dice.choices(WORDS, k=dice.randrange(5, 40))) for _ in range(dice.randrange(1, 4))
            )
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
            writer.writerow([cells.get(heading, "") for heading in headings])


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with tempfile.TemporaryDirectory(prefix="otklik-bench-") as folder:
        os.environ["OTKLIK_DATA"] = folder
        os.environ["OTKLIK_DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite3"
        os.environ["DJANGO_SETTINGS_MODULE"] = "otklik.project.settings"
        import django

        django.setup()
        return measure(Path(folder), count)


def measure(folder: Path, count: int) -> int:
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
    export = folder / "export.csv"
    write_export(export, count)
    wall, cpu = time.perf_counter(), time.process_time()
    imported = import_file(
        organisation, Wanted(path=export), person=None, clock=timezone.now, progress=lambda tally: show(tally.read, cpu)
    )
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    tally, limit = imported.tally, 60 * LIMIT_MINUTES * count / ROWS
    print(f"{tally.read} rows: {tally.new} new, {tally.known} copies, {len(tally.bad)} bad")
    print(f"{wall:.1f} s ({cpu:.1f} s of processor time), {1000 * cpu / count:.2f} ms a row; limit {limit:.0f} s")
    return 0 if cpu <= limit else 1


def show(rows: int, since: float) -> None:
    """How far it has come, and at what price: whether it slows down as the tables grow."""
    if rows % 10_000 == 0:
        print(f"  {rows} rows, {time.process_time() - since:.1f} s of processor time", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
