"""The header of a file: in which table and row it stands, and what a profile makes of it."""

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from otklik.messages.reading.profiles import OWN, Field, Profile, plain, presets
from otklik.messages.reading.refusals import FileRefused
from otklik.messages.reading.source import Source
from otklik.messages.reading.table import MOST_COLUMNS, Row, Table

HEADER_WITHIN = 50
"""Rows among which the header is looked for: exports begin with a few lines about themselves."""
SHOWN_COLUMNS = 40


@dataclass(frozen=True, slots=True)
class Header:
    """Where the table begins, and what its columns mean. `headings` are unique: a repeated one is numbered."""

    table: Table
    number: int
    headings: tuple[str, ...]
    profile: Profile
    places: Mapping[Field, tuple[int, ...]]
    """Field → numbers of its columns, in the order in which they are asked."""
    tags: tuple[int, ...]
    """Numbers of the columns that are tags."""
    stated_tags: tuple[int, ...] = ()
    """Numbers of the columns whose cells say the tag."""

    def below(self) -> Iterator[Row]:
        """The rows below the header."""
        return (row for row in self.table.rows() if row.number > self.number)


def find_header(source: Source, profile: Profile | None, known: Sequence[Profile] = ()) -> Header:
    """The header of the file, for this profile or, without one, for the first of `known` and the presets that knows it.

    :raises FileRefused: `no_header`, `no_header_of`, `unknown_column`, `no_sheet`.
    """
    wanted = [profile] if profile else [*known, *presets().values()]
    begun: dict[int, list[Row]] = {}
    for one in wanted:
        for number, table in enumerate(source.tables):
            if one.sheet and table.name and one.sheet != table.name:
                continue
            rows = begun.setdefault(number, list(beginning(table, one.header_row or 0)))
            found = _found(table, rows, one)
            if found is not None:
                return found
    raise _not_found(source, profile)


def beginning(table: Table, at_least: int = 0) -> Iterator[Row]:
    """The first rows of a table: those in which a header may stand."""
    return itertools.islice(table.rows(), max(HEADER_WITHIN, at_least + 1))


def likely_header(source: Source) -> tuple[Table, Row] | None:
    """Table and row that look most like a header: the first of the widest rows at the beginning."""
    found = [(table, row) for table in source.tables for row in beginning(table) if row.cells]
    return max(found, key=lambda one: sum(bool(cell.strip()) for cell in one[1].cells), default=None)


def headings_of(cells: Sequence[str], *, is_even: bool = False) -> tuple[str, ...]:
    """The names of the columns: an empty one is called by its number, a repeated one is numbered.

    Empty ones at the end count in an even table alone.
    """
    seen: dict[str, int] = {}
    found = []
    for number, cell in enumerate(cells[:MOST_COLUMNS] if is_even else _trimmed(list(cells)), 1):
        heading = " ".join(cell.lstrip("\ufeff").split()) or f"столбец {number}"
        seen[heading] = seen.get(heading, 0) + 1
        found.append(heading if seen[heading] == 1 else f"{heading} ({seen[heading]})")
    return tuple(found)


def numbered_headings(rows: Iterable[Row]) -> tuple[str, ...]:
    """The names of the columns of a table without a header."""
    return tuple(f"столбец {number}" for number in range(1, max((len(row.cells) for row in rows), default=0) + 1))


def header_at(table: Table, row: Row | None, profile: Profile, rows: Sequence[Row] = ()) -> Header:
    """What the profile makes of this row; of None, of a table without a header."""
    headings = headings_of(row.cells, is_even=table.is_even) if row else numbered_headings(rows)
    where: dict[str, int] = {}
    for number, heading in enumerate(headings):
        where.setdefault(plain(heading), number)
    places = {
        field: tuple(where[plain(column)] for column in columns if plain(column) in where)
        for field, columns in profile.columns.items()
    }
    ours = {plain(column) for column in profile.system_columns}
    begin = plain(profile.tags_begin)
    stated = tuple(at for at, one in enumerate(headings) if begin and plain(one).startswith(begin))
    tags = tuple(at for at, one in enumerate(headings) if ours and plain(one) not in ours and at not in stated)
    return Header(
        table=table,
        number=row.number if row else 0,
        headings=headings,
        profile=profile,
        places={field: found for field, found in places.items() if found},
        tags=tags,
        stated_tags=stated,
    )


def _found(table: Table, rows: Sequence[Row], profile: Profile) -> Header | None:
    if profile.header_row == 0:
        header = header_at(table, None, profile, rows)
        return header if profile.knows(header.headings) else None
    for row in rows:
        if row.cells and profile.knows(headings_of(row.cells)):
            return header_at(table, row, profile)
    return None


def _trimmed(cells: list[str]) -> list[str]:
    """Without the empty cells at the end, and no more than a table may have."""
    while cells and not cells[-1].strip():
        cells.pop()
    return cells[:MOST_COLUMNS]


def _not_found(source: Source, profile: Profile | None) -> FileRefused:
    file = source.name
    sheets = [table.name for table in source.tables if table.name]
    if profile and profile.sheet and sheets and profile.sheet not in sheets:
        return FileRefused("no_sheet", file=file, sheet=profile.sheet, sheets=quoted(sheets))
    likely = likely_header(source)
    headings = headings_of(likely[1].cells) if likely else ()
    columns = quoted(headings[:SHOWN_COLUMNS]) or "не видно"
    if profile is None:
        titles = ", ".join(one.title for one in presets().values())
        return FileRefused("no_header", file=file, known=titles, columns=columns)
    missing = quoted(profile.missing(headings))
    if profile.name == OWN:
        return FileRefused("unknown_column", missing=missing, columns=columns)
    return FileRefused("no_header_of", file=file, profile=profile.title, missing=missing, columns=columns)


def quoted(words: Iterable[str]) -> str:
    """«Текст», «Дата»."""
    return ", ".join(f"«{word}»" for word in words)
