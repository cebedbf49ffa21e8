"""CSV as it is really exported: a preamble, line ends within quotes, broken quotes. Lines in, numbered rows out."""

import csv
from collections import deque
from collections.abc import Iterable, Iterator
from functools import partial

from otklik.messages.reading.refusals import sentence
from otklik.messages.reading.table import LONGEST_CELL, Row, Table
from otklik.messages.reading.text_file import TextFile

DELIMITERS = (";", ",", "\t")


def tables(file: TextFile) -> tuple[Table, ...]:
    """The file read with each delimiter: only the header says which one it is."""
    return tuple(
        Table(partial(_rows_of, file, delimiter), file.lines, delimiter, is_even=True) for delimiter in DELIMITERS
    )


def _rows_of(file: TextFile, delimiter: str) -> Iterator[Row]:
    return rows(file.read(), delimiter)


class _Lines:
    """Gives lines, counts them, keeps those of the row that is being read, and can take them back."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self._again: deque[str] = deque()
        self.number = 0
        self._kept: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else next(self._lines)
        self.number += 1
        self._kept.append(line)
        return line

    def begin_row(self) -> int:
        """The number of the line at which a new row begins."""
        self._kept.clear()
        return self.number + 1

    def back_to_second(self) -> str:
        """The first line of the row; those after it will be given again."""
        first, *others = self._kept
        self._again.extendleft(reversed(others))
        self.number -= len(others)
        return first


def rows(lines: Iterable[str], delimiter: str) -> Iterator[Row]:
    """Rows with anything in them, in order.

    After a row that cannot be read, reading goes on with the line after its first: a quote that is never closed must
    not swallow the rows below it.
    """
    csv.field_size_limit(LONGEST_CELL)
    source = _Lines(lines)
    reader = csv.reader(source, delimiter=delimiter, strict=True)
    while True:
        first = source.begin_row()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Row(first, (), problem=_reason(error), raw=source.back_to_second())
            reader = csv.reader(source, delimiter=delimiter, strict=True)
            continue
        if any(cell.strip() for cell in cells):
            yield Row(first, tuple(cells))


def _reason(error: csv.Error) -> str:
    if "field larger" in str(error):
        return sentence("too_long", {"limit": LONGEST_CELL})
    return sentence("quotes", {})
