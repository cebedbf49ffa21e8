"""The mapping of columns: what was chosen in the form, and the profile that it makes."""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict

from otklik.messages.models import ImportRun
from otklik.messages.reading import places
from otklik.messages.reading.dates import DateOrder
from otklik.messages.reading.guessing import guessed
from otklik.messages.reading.headers import (
    HEADER_WITHIN,
    Header,
    beginning,
    header_at,
    headings_of,
    likely_header,
    numbered_headings,
)
from otklik.messages.reading.profiles import JOINED, Field, own_profile
from otklik.messages.reading.source import Kind, Source
from otklik.messages.reading.table import Row
from otklik.regulation.networks import NETWORKS
from otklik.web.imports.words import FIELDS, PROBLEMS, ZONES

FARTHEST_HEADER = 1000
SEEN = 40
"""Rows below the header that the page looks at."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the form says, made a profile and a header; `problems`: (name of a field or nothing, sentence)."""

    table_number: int
    header_row: int | None
    """0: there is no row of headings; None: the file needs none (JSON)."""
    header: Header
    meanings: Mapping[int, Field]
    """Number of a column → what it means."""
    rows: tuple[Row, ...]
    """The first rows below the header."""
    zone: str
    network: str
    name: str
    problems: tuple[tuple[str, str], ...]

    @property
    def has_text(self) -> bool:
        return bool({Field.TEXT, Field.TITLE} & set(self.meanings.values()))

    @property
    def shown(self) -> str:
        """Which table under which header the form is about: with another, its columns mean nothing."""
        return f"{self.table_number}:{self.header.number}"


def chosen(run: ImportRun, source: Source, post: Mapping[str, str]) -> Chosen:
    """The choice in the form; a guess where nothing was chosen, or for another table than the form showed."""
    number = _number(post, "table", most=len(source.tables) - 1)
    if number is None:
        number = _likely_table(source)
    table = source.tables[number]
    asked = None if source.kind is Kind.JSON else _number(post, "header_row", most=FARTHEST_HEADER)
    rows = list(beginning(table, asked or 0))
    row = _header_row(rows, asked)
    headings = headings_of(row.cells, is_even=table.is_even) if row else numbered_headings(rows)
    is_shown = post.get("shown") == f"{number}:{row.number if row else 0}"
    meanings = _meanings(post, len(headings)) if is_shown else guessed(headings)
    zone = post.get("zone", "") if post.get("zone") in zones(run) else run.organisation.zone
    profile = own_profile(
        _columns(meanings, headings),
        recognised_by=(headings,),
        zone="" if zone == run.organisation.zone else zone,
        dates=DateOrder(post["dates"]) if post.get("dates") in set(DateOrder) else DateOrder.AUTO,
        sheet=table.name,
        header_row=_kept_row(source, row),
    )
    header = header_at(table, row, profile, rows)
    return Chosen(
        table_number=number,
        header_row=None if source.kind is Kind.JSON else header.number,
        header=header,
        meanings=meanings,
        rows=tuple(itertools.islice((one for one in rows if one.number > header.number), SEEN)),
        zone=zone,
        network=post.get("network", "") if post.get("network") in NETWORKS else places.UNSAID,
        name=post.get("name", "").strip()[:100],
        problems=tuple(_problems(post, asked, row, meanings)),
    )


def zones(run: ImportRun) -> dict[str, str]:
    """Zones to choose from: Russia's, and whatever the organisation's own is."""
    return {run.organisation.zone: run.organisation.zone, **ZONES}


def fields_of(post: QueryDict | None) -> dict[str, str]:
    """The form as it came; nothing before it was sent."""
    return {name: str(value) for name, value in post.items()} if post is not None else {}


def _problems(
    post: Mapping[str, str], asked: int | None, row: Row | None, meanings: Mapping[int, Field]
) -> Iterator[tuple[str, str]]:
    if (post.get("header_row") and asked is None) or (asked and row is None):
        yield "header_row", PROBLEMS["header_row"].format(limit=FARTHEST_HEADER)
    said = list(meanings.values())
    for field in sorted({one for one in said if said.count(one) > 1} - JOINED):
        yield "", PROBLEMS["field_twice"].format(field=FIELDS[field])


def _likely_table(source: Source) -> int:
    likely = likely_header(source)
    return source.tables.index(likely[0]) if likely else 0


def _header_row(rows: Sequence[Row], asked: int | None) -> Row | None:
    """The row that was asked for, else the first of the widest; of 0, none."""
    if asked == 0:
        return None
    if asked is not None:
        return next((row for row in rows if row.number == asked and row.cells), None)
    whole = [row for row in rows[:HEADER_WITHIN] if row.cells]
    return max(whole, key=lambda row: sum(bool(cell.strip()) for cell in row.cells), default=None)


def _kept_row(source: Source, row: Row | None) -> int | None:
    """What the profile must know of the header's place; None: it is found by its words."""
    if source.kind is Kind.JSON:
        return None
    if row is None:
        return 0
    return row.number if row.number > HEADER_WITHIN else None


def _meanings(post: Mapping[str, str], columns: int) -> dict[int, Field]:
    said = {number: post.get(f"column-{number + 1}", "") for number in range(columns)}
    return {number: Field(one) for number, one in said.items() if one in set(Field)}


def _columns(meanings: Mapping[int, Field], headings: Sequence[str]) -> dict[Field, str | tuple[str, ...]]:
    found: dict[Field, tuple[str, ...]] = {}
    for number, field in sorted(meanings.items()):
        found[field] = (*found.get(field, ()), headings[number])
    return dict(found)


def _number(post: Mapping[str, str], name: str, *, most: int) -> int | None:
    """A whole number from 0 to `most`; None for anything else."""
    said = post.get(name, "").strip()
    if not (said.isascii() and said.isdecimal()) or len(said) > 6 or int(said) > most:
        return None
    return int(said)
