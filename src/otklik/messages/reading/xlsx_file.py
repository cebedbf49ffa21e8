"""XLSX as a stream of rows: every sheet, addresses of links, dates as words, whatever its styles are like.

Own, because what there is either loads a whole workbook, or stops at a broken `styles.xml`, or drops the addresses of
`=HYPERLINK`; and none of it counts what a small file unpacks to.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from contextlib import closing
from decimal import Decimal, InvalidOperation
from functools import partial
from pathlib import Path

from otklik.messages.reading import xlsx_parts
from otklik.messages.reading.refusals import FileRefused, sentence
from otklik.messages.reading.table import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS, Row, Table
from otklik.messages.reading.xlsx_parts import Attributes, Package, SharedWords, Xml, local

_ROW = re.compile(rb"<(?:\w+:)?row[\s>/]")
_LINKS = re.compile(rb"<(?:\w+:)?hyperlink\s([^>]*)>")
_ATTRIBUTE = re.compile(r'(?:\w+:)?(\w+)\s*=\s*"([^"]*)"')
_LINK_FORMULA = re.compile(r'\s*=?\s*HYPERLINK\s*\(\s*"((?:[^"]|"")*)"', re.IGNORECASE)
MOST_LINK_BYTES = 32 << 20
LONGEST_ROW = 16 * LONGEST_CELL
DAY = dt.timedelta(days=1)
SYSTEM_1900, SYSTEM_1904 = dt.datetime(1899, 12, 30), dt.datetime(1904, 1, 1)  # noqa: DTZ001  # wall time of the sheet


def tables(path: Path, name: str) -> tuple[Table, ...]:
    """The sheets with anything in them, in the order of the workbook.

    :raises FileRefused: it is another kind of ZIP, is broken, or unpacks to more than is allowed.
    """
    with xlsx_parts.opened(path, name) as package:
        _require_workbook(package)
        book = _Book.of(package)
        found = []
        for sheet, part in book.sheets:
            if not package.has(part):
                continue
            lines, links = _counted(package, part)
            if lines:
                found.append(Table(partial(_rows, path, book, part, links), lines, sheet))
    if not found:
        raise FileRefused("no_sheets", file=name)
    return tuple(found)


def _require_workbook(package: Package) -> None:
    """
    :raises FileRefused: `word`, `binary_excel`, `libre_office`, `archive`.
    """
    if package.has("xl/workbook.xml") or _named_workbook(package):
        return
    for part, code in (
        ("word/document.xml", "word"),
        ("xl/workbook.bin", "binary_excel"),
        ("content.xml", "libre_office"),
    ):
        if package.has(part):
            raise FileRefused(code, file=package.name)
    raise FileRefused("archive", file=package.name)


def _named_workbook(package: Package) -> str:
    """The part that the package names as its workbook; empty if it names none."""
    if not package.has("_rels/.rels"):
        return ""
    for tag, given in xlsx_parts.elements(package, "_rels/.rels"):
        target = given.get("Target", "").lstrip("/")
        if tag == "Relationship" and given.get("Type", "").endswith("/officeDocument") and target.endswith(".xml"):
            return target if "/workbook" in f"/{target}" and package.has(target) else ""
    return ""


class _Book:
    """What the sheets of one workbook share."""

    def __init__(
        self, name: str, sheets: tuple[tuple[str, str], ...], related: Mapping[str, str], start: dt.datetime
    ) -> None:
        self.name = name
        self.sheets = sheets
        self.words_part = next((one for one in related.values() if one.lower().endswith("sharedstrings.xml")), "")
        self.styles_part = next((one for one in related.values() if one.lower().endswith("styles.xml")), "")
        self.start = start

    @classmethod
    def of(cls, package: Package) -> "_Book":
        part = _named_workbook(package) or "xl/workbook.xml"
        related = xlsx_parts.relations(package, part)
        sheets, start = [], SYSTEM_1900
        for tag, given in xlsx_parts.elements(package, part):
            if tag == "workbookPr" and given.get("date1904") in {"1", "true", "on"}:
                start = SYSTEM_1904
            if tag == "sheet" and given.get("id", "") in related:
                sheets.append((given.get("name", ""), related[given["id"]]))
        return cls(package.name, tuple(sheets), related, start)


def _counted(package: Package, part: str) -> tuple[int, dict[str, str]]:
    """How many rows the sheet has, and cell → address of its links, which stand behind the cells.

    :raises FileRefused: `too_many_rows` and whatever `Package.chunks` refuses.
    """
    rows, before, tail = 0, b"", bytearray()
    for chunk in package.chunks(part):
        together = before + chunk
        rows += len(_ROW.findall(together)) - len(_ROW.findall(before))
        if rows > MOST_ROWS:
            raise FileRefused("too_many_rows", file=package.name, limit=MOST_ROWS)
        place = together.find(b"hyperlinks") if not tail else 0
        if place >= 0 and len(tail) < MOST_LINK_BYTES:
            tail += together[place:] if not tail else chunk
        before = together[-64:]
    related = xlsx_parts.relations(package, part) if tail else {}
    links = {}
    for found in _LINKS.finditer(bytes(tail)):
        given = dict(_ATTRIBUTE.findall(found[1].decode("utf-8", "replace")))
        if related.get(given.get("id", "")):
            links[given.get("ref", "").partition(":")[0]] = related[given["id"]]
    return rows, links


def _rows(path: Path, book: _Book, part: str, links: Mapping[str, str]) -> Iterator[Row]:
    with xlsx_parts.opened(path, book.name) as package, closing(SharedWords()) as words:
        if package.has(book.words_part):
            xlsx_parts.read_shared_words(package, book.words_part, words)
        dates = xlsx_parts.date_styles(package, book.styles_part) if package.has(book.styles_part) else frozenset()
        sheet = _Sheet(package.name, words, dates, book.start, links)
        for chunk in package.chunks(part):
            sheet.xml.feed(chunk)
            yield from sheet.found
            sheet.found.clear()
        sheet.xml.feed(b"", is_last=True)
        yield from sheet.found


class _Sheet:
    """Rows out of a sheet's XML, as they are fed."""

    def __init__(
        self,
        name: str,
        words: SharedWords,
        dates: frozenset[int],
        start: dt.datetime,
        links: Mapping[str, str],
    ) -> None:
        self.xml = Xml(name)
        self.found: list[Row] = []
        self._words, self._dates, self._start, self._links = words, dates, start, links
        self._columns: dict[str, int] = {}
        self._names: dict[str, str] = {}
        self._number = 0
        self._size = 0
        self._cells: list[str] = []
        self._row_links: dict[int, str] = {}
        self._cell: Attributes = {}
        self._value: list[str] = []
        self._formula: list[str] = []
        self._silent = False
        self.xml.parser.StartElementHandler = self._begin
        self.xml.parser.EndElementHandler = self._end

    def _begin(self, tag: str, given: Attributes) -> None:
        name = self._names.get(tag) or self._names.setdefault(tag, local(tag))
        if name == "c":
            self._cell = given
            self._value, self._formula = [], []
        elif name in {"v", "t"}:
            self.xml.parser.CharacterDataHandler = None if self._silent else self._value.append
        elif name == "f":
            self.xml.parser.CharacterDataHandler = self._formula.append
        elif name == "row":
            said = given.get("r", "")
            given_number = int(said) if said.isdecimal() and len(said) < 8 else 0
            self._number = max(given_number, self._number + 1)  # numbers that go back are a broken file's
            self._cells, self._row_links, self._size = [], {}, 0
        elif name == "rPh":
            self._silent = True

    def _end(self, tag: str) -> None:
        name = self._names[tag]
        if name == "c":
            self._keep_cell()
        elif name == "row":
            self._keep_row()
        elif name == "rPh":
            self._silent = False
        else:
            self.xml.parser.CharacterDataHandler = None

    def _keep_cell(self) -> None:
        self.xml.stretch = 0
        reference = self._cell.get("r", "")
        place = self._column(reference.rstrip("0123456789")) if reference else len(self._cells)
        if place >= MOST_COLUMNS:
            return
        text = self._text()
        link = self._link(reference)
        if link:
            text = text or link
            self._row_links[place] = link
        self._size += len(text)
        if self._size > LONGEST_ROW:
            raise FileRefused("broken_xlsx", file=self.xml.name)
        if text:
            cells = self._cells
            if len(cells) <= place:
                cells.extend([""] * (place - len(cells)))
                cells.append(text)
            else:
                cells[place] = text

    def _column(self, letters: str) -> int:
        known = self._columns.get(letters)
        if known is None:
            known = -1
            for letter in letters[:4].upper():
                known = (known + 1) * 26 + (ord(letter) - ord("A")) % 26
            self._columns[letters] = known = max(known, 0)
        return known

    def _link(self, reference: str) -> str:
        if self._formula:
            said = _LINK_FORMULA.match("".join(self._formula))
            if said:
                return said[1].replace('""', '"')
        return self._links.get(reference, "") if self._links else ""

    def _text(self) -> str:
        value = "".join(self._value)
        kind = self._cell.get("t", "n")
        if kind == "s":
            try:
                return self._words[int(value)] if value else ""
            except (ValueError, IndexError):
                return ""
        if kind != "n" or not value:
            return value
        style = self._cell.get("s", "")
        if style and style.isdecimal() and int(style) in self._dates:
            return moment(value, self._start) or value
        return plain_number(value)

    def _keep_row(self) -> None:
        if not any(cell.strip() for cell in self._cells):
            return
        if any(len(cell) > LONGEST_CELL for cell in self._cells):
            raw = " ".join(cell[:200] for cell in self._cells if cell)[:1000]
            self.found.append(Row(self._number, (), problem=sentence("too_long", {"limit": LONGEST_CELL}), raw=raw))
            return
        self.found.append(Row(self._number, tuple(self._cells), links=self._row_links))


def moment(value: str, start: dt.datetime = SYSTEM_1900) -> str:
    """A date as sheets keep it (days since their beginning), as people write it; empty if it can be none.

    >>> moment("46142.291666666664"), moment("46142"), moment("0.5")
    ('30.04.2026 07:00:00', '30.04.2026', '12:00:00')
    """
    try:
        days = float(value)
        if not 0 <= days < 200_000:
            return ""
        at = start + dt.timedelta(seconds=round(days * DAY.total_seconds()))
    except (ValueError, OverflowError):
        return ""
    if days < 1:
        return f"{at:%H:%M:%S}"
    return f"{at:%d.%m.%Y}" if days.is_integer() else f"{at:%d.%m.%Y %H:%M:%S}"


def plain_number(value: str) -> str:
    """A number without the marks of its kind: «1364», not «1364.0» or «1.364E3».

    >>> plain_number("1.364E3"), plain_number("0.5"), plain_number("12.0")
    ('1364', '0.5', '12')
    """
    if value.isdecimal():
        return value
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    if not number.is_finite() or abs(number.adjusted()) > 30:
        return value
    return str(int(number)) if number == number.to_integral_value() else format(number.normalize(), "f")
