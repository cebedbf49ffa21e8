"""What every reader gives: tables of numbered rows, whatever the file they stand in."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

MOST_ROWS = 1_048_576
"""As many as a sheet of Excel holds; more come in several files."""
MOST_COLUMNS = 1_000
LONGEST_CELL = 1_000_000
"""Characters. No export has a longer message; a quote that is never closed does."""

NO_LINKS: Mapping[int, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table. `number`: where a person finds it (line, row of the sheet, number of the object, from 1);
    `problem`: why it has no cells."""

    number: int
    cells: tuple[str, ...]
    problem: str = ""
    raw: str = ""
    """For a row with a problem: what stands there."""
    links: Mapping[int, str] = field(default_factory=lambda: NO_LINKS)
    """Place of a cell → the address it leads to, where a sheet shows other words."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a file: a sheet, a list of objects, or lines parted in one way.

    `name`: of the sheet, or the delimiter. `lines`: number of the last row, for progress. `is_even`: a row has as many
    cells as the header (CSV); elsewhere empty cells at its end are left out. `rows()` reads anew each time, as
    a stream.
    """

    rows: Callable[[], Iterator[Row]] = field(repr=False)
    lines: int
    name: str = ""
    is_even: bool = False
