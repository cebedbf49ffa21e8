"""The bad rows of an import as a CSV that can be mended and uploaded again. Safe to open: no cell is a formula."""

import csv
import io

from otklik.messages.models import ImportRun
from otklik.messages.queries import every_bad_row

MOST_CHARACTERS = 20_000_000
LONGEST_CELL = 32_000
"""What a cell of Excel holds."""
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
OTHER = "не в столбцах"


def bad_rows_csv(run: ImportRun) -> bytes:
    """Number, reason and the row as it stood under its own headings; in UTF-8 with its mark, by semicolons."""
    headings = [str(one) for one in run.mapping.get("headings", ())]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([harmless(one) for one in ("Строка", "Что не так", *headings, OTHER)])
    for row in every_bad_row(run):
        others = [f"{name}: {cell}" for name, cell in row.content.items() if name not in headings]
        cells = [row.content.get(name, "") for name in headings]
        writer.writerow([row.number, *(harmless(one) for one in (row.reason, *cells, "\n".join(others)))])
        if out.tell() > MOST_CHARACTERS:
            writer.writerow(["", "Дальше не поместилось: исправьте эти строки и загрузите файл снова."])
            break
    return out.getvalue().encode("utf-8-sig", "replace")


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula.

    >>> harmless("=cmd|' /C calc'!A0"), harmless("яма")
    ("'=cmd|' /C calc'!A0", 'яма')
    """
    cut = cell[:LONGEST_CELL]
    return f"'{cut}" if cut.lstrip(" \xa0").startswith(FORMULA) else cut
