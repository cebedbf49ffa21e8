"""A production calendar as a CSV table, the form in which such calendars are passed around.

Columns ``date, kind, moved_from, worked_weekend, title`` and optionally ``source``: a row for each day that differs
from a plain Monday-to-Friday week. ``moved_from`` is ``MM.DD`` of the same year, ``worked_weekend`` says ``yes`` on a
working Saturday. Comma or semicolon; the result is documents for ``parse_year``.
"""

import csv
from collections.abc import Mapping
from typing import Any

from otklik.worktime.errors import Problem, ScheduleError

COLUMNS = ("date", "kind", "moved_from", "worked_weekend", "title", "source")
_REQUIRED = ("date", "kind")


def year_documents(text: str, *, source: str | None = None) -> dict[int, dict[str, Any]]:
    """Documents by year. Raises ScheduleError with every row that is not understood, each with its line."""
    lines = text.lstrip("\ufeff").splitlines()
    separator = ";" if lines and lines[0].count(";") > lines[0].count(",") else ","
    reader = csv.DictReader(lines, delimiter=separator)
    header = tuple(reader.fieldnames or ())
    missing = [name for name in _REQUIRED if name not in header]
    unknown = [name for name in header if name not in COLUMNS]
    if missing or unknown:
        raise ScheduleError("bad_columns", missing=missing, unknown=unknown, known=list(COLUMNS))
    documents: dict[int, dict[str, Any]] = {}
    problems: list[Problem] = []
    for row in reader:
        _take(row, reader.line_num, documents, problems, source)
    if source and len(documents) > 1:
        problems.append(Problem("source_for_many_years", facts={"years": sorted(documents)}))
    if problems:
        raise ScheduleError.of(problems)
    return documents


def _take(
    row: Mapping[str | None, Any],
    line: int,
    documents: dict[int, dict[str, Any]],
    problems: list[Problem],
    source: str | None,
) -> None:
    on = (row["date"] or "").strip()
    year = int(on[:4]) if on[:4].isdigit() else None
    if year is None or None in row:
        problems.append(Problem("bad_row", on, {"found": on}, line))
        return
    document = documents.setdefault(year, {"year": year, "source": source, "days": {}})
    if on in document["days"]:
        problems.append(Problem("duplicate_key", f"days.{on}", {"key": on}, line))
    document["days"][on] = _day(row, year)


def _day(row: Mapping[str | None, Any], year: int) -> dict[str, Any]:
    day: dict[str, Any] = {"kind": row["kind"].strip()}
    if (row.get("worked_weekend") or "").strip():
        if day["kind"] == "short":
            day["short"] = True
        day["kind"] = "work_weekend"
    if row.get("moved_from"):
        day["moved_from"] = f"{year}-{row['moved_from'].strip().replace('.', '-')}"
    for name in ("title", "source"):
        if row.get(name):
            day[name] = row[name].strip()
    return day
