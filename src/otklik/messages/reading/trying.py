"""How rows would come in: read through a profile, nothing written."""

from dataclasses import dataclass

from otklik.messages.reading.records import Record, Records
from otklik.messages.reading.refusals import RowRefused
from otklik.messages.reading.table import Row


@dataclass(frozen=True, slots=True)
class Tried:
    """A row's number in the file, and the record it gives, or why it gives none (a sentence)."""

    number: int
    record: Record | None
    reason: str = ""


def try_row(records: Records, row: Row) -> Tried:
    """One row, read. `records` counts it: rows come in the order of the file."""
    if row.problem:
        return Tried(row.number, None, row.problem)
    try:
        return Tried(row.number, records.read(row))
    except RowRefused as refused:
        return Tried(row.number, None, str(refused))
