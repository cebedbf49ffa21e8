"""The parts of an XLSX around its sheets: where they are, words they share, which numbers are dates. And the guards.

A workbook is a ZIP of XML. It is read by parts, as a stream; nothing is trusted that the file says of itself: bytes are
counted as they come out, and XML with a declaration of its own entities is refused.
"""

import mmap
import re
import tempfile
import zipfile
from array import array
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import PurePosixPath
from xml.parsers import expat
from zlib import error as zlib_error

from otklik.messages.reading.refusals import FileRefused
from otklik.messages.reading.table import LONGEST_CELL

MOST_BYTES = 2 << 30
"""Of one part, unpacked. 100,000 rows of 40 columns are about 200 MB."""
SMALL_PART = 64 << 20
"""Of a part that is not a sheet and not the shared words."""
MOST_PARTS = 10_000
LONGEST_TOKEN = 8 << 20
"""Bytes that one tag may take."""
LONGEST_STRETCH = 16 << 20
"""Bytes that one cell, or one of the shared words, may take."""
CHUNK = 1 << 18
Attributes = Mapping[str, str]


class Package:
    """The ZIP. Use as `with opened(path) as package`."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self._archive = archive
        self.name = name
        self.parts = {info.filename.lstrip("/").lower(): info for info in archive.infolist()}

    def has(self, part: str) -> bool:
        return part.lower() in self.parts

    def chunks(self, part: str, limit: int = MOST_BYTES) -> Iterator[bytes]:
        """The bytes of a part.

        :raises FileRefused: `too_large_inside`, `broken_xlsx`, `protected`.
        """
        info = self.parts.get(part.lower())
        if info is None:
            raise FileRefused("broken_xlsx", file=self.name)
        if info.flag_bits & 1:
            raise FileRefused("protected", file=self.name)
        read = 0
        try:
            with self._archive.open(info) as file:
                while chunk := file.read(CHUNK):
                    read += len(chunk)
                    if read > limit:
                        raise FileRefused("too_large_inside", file=self.name, limit_mb=limit >> 20)
                    yield chunk
        except (zipfile.BadZipFile, zlib_error, EOFError, NotImplementedError, OSError, ValueError, RuntimeError):
            raise FileRefused("broken_xlsx", file=self.name) from None


@contextmanager
def opened(path: object, name: str) -> Iterator[Package]:
    """
    :raises FileRefused: `broken_xlsx`: no ZIP, or one of very many parts.
    """
    try:
        archive = zipfile.ZipFile(str(path))
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError):
        raise FileRefused("broken_xlsx", file=name) from None
    with archive:
        if len(archive.infolist()) > MOST_PARTS:
            raise FileRefused("too_large_inside", file=name, limit_mb=MOST_BYTES >> 20)
        yield Package(archive, name)


def local(tag: str) -> str:
    """The name of a tag without its prefix."""
    return tag.rpartition(":")[2]


class Xml:
    """A parser that is fed by chunks and refuses what no workbook has."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.buffer_size = 1 << 16
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse
        self.stretch = 0
        """Bytes since the last thing that was whole; whoever takes things out sets it back."""
        self._fed = 0

    def feed(self, chunk: bytes, *, is_last: bool = False) -> None:
        """
        :raises FileRefused: `broken_xlsx`.
        """
        self._fed += len(chunk)
        self.stretch += len(chunk)
        try:
            self.parser.Parse(chunk, is_last)
        except (expat.ExpatError, ValueError, LookupError, OverflowError):
            raise FileRefused("broken_xlsx", file=self.name) from None
        if self._fed - self.parser.CurrentByteIndex > LONGEST_TOKEN or self.stretch > LONGEST_STRETCH:
            raise FileRefused("broken_xlsx", file=self.name)

    def _refuse(self, *_given: object) -> None:
        raise FileRefused("broken_xlsx", file=self.name)


def elements(package: Package, part: str) -> Iterator[tuple[str, Attributes]]:
    """Tags of a small part with their attributes (both without prefixes), in order."""
    found: list[tuple[str, Attributes]] = []
    xml = Xml(package.name)
    xml.parser.StartElementHandler = lambda tag, given: found.append(
        (local(tag), {local(key): value for key, value in given.items()})
    )
    for chunk in package.chunks(part, SMALL_PART):
        xml.feed(chunk)
        xml.stretch = 0
        yield from found
        found.clear()
    xml.feed(b"", is_last=True)
    yield from found


def relations(package: Package, part: str) -> dict[str, str]:
    """Id of a relation → its target: the path of a part, or an address outside."""
    folder, _, name = part.rpartition("/")
    where = f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"
    if not package.has(where):
        return {}
    found = {}
    for tag, given in elements(package, where):
        if tag == "Relationship":
            target = given.get("Target", "")
            inside = given.get("TargetMode") != "External"
            found[given.get("Id", "")] = _resolved(folder, target) if inside else target
    return found


def _resolved(folder: str, target: str) -> str:
    if target.startswith("/"):
        return target.lstrip("/")
    parts: list[str] = []
    for part in PurePosixPath(folder, target).parts:
        if part == "..":
            parts = parts[:-1]
        else:
            parts.append(part)
    return "/".join(parts)


class SharedWords:
    """The words that cells name by number, kept in a file beside memory."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115  # lives as long as its reader
        self._ends = array("Q", [0])
        self._map: mmap.mmap | None = None

    def add(self, words: str) -> None:
        content = words[: LONGEST_CELL + 1].encode("utf-8", "surrogatepass")
        self._file.write(content)
        self._ends.append(self._ends[-1] + len(content))

    def seal(self) -> None:
        """All are there: they may be asked for."""
        self._file.flush()
        if self._ends[-1]:
            self._map = mmap.mmap(self._file.fileno(), 0, access=mmap.ACCESS_READ)

    def __getitem__(self, number: int) -> str:
        """
        :raises IndexError: there is no such number.
        """
        if number < 0:
            raise IndexError(number)
        start, end = self._ends[number], self._ends[number + 1]
        return self._map[start:end].decode("utf-8", "surrogatepass") if self._map and start < end else ""

    def close(self) -> None:
        if self._map is not None:
            self._map.close()
        self._file.close()


def read_shared_words(package: Package, part: str, words: SharedWords) -> None:
    """Fill `words`; what is read aloud beside them (`rPh`) is left out."""
    xml, pieces, silent = Xml(package.name), list[str](), 0

    def start(tag: str, _given: Attributes) -> None:
        nonlocal silent
        name = local(tag)
        if name == "si":
            pieces.clear()
        elif name == "rPh":
            silent += 1
        xml.parser.CharacterDataHandler = pieces.append if name == "t" and not silent else None

    def end(tag: str) -> None:
        nonlocal silent
        name = local(tag)
        xml.parser.CharacterDataHandler = None
        if name == "rPh":
            silent -= 1
        elif name == "si":
            words.add("".join(pieces))
            xml.stretch = 0

    xml.parser.StartElementHandler, xml.parser.EndElementHandler = start, end
    for chunk in package.chunks(part):
        xml.feed(chunk)
    xml.feed(b"", is_last=True)
    words.seal()


_DATE_IDS = frozenset(str(one) for one in (*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
"""Built-in formats that are dates or times (ECMA-376, 18.8.30)."""
_NOT_SIGNS = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')


def date_styles(package: Package, part: str) -> frozenset[int]:
    """Numbers of the cell styles that show a date or time. A broken part of styles says nothing."""
    codes: dict[str, str] = {}
    formats: list[str] = []
    within = ""
    try:
        for tag, given in elements(package, part):
            if tag == "numFmt":
                codes[given.get("numFmtId", "")] = given.get("formatCode", "")
            elif tag in {"cellXfs", "cellStyleXfs", "dxfs", "cellStyles"}:
                within = tag
            elif tag == "xf" and within == "cellXfs":
                formats.append(given.get("numFmtId", ""))
    except FileRefused:
        return frozenset()
    return frozenset(number for number, one in enumerate(formats) if _is_date(one, codes))


def _is_date(number: str, codes: Mapping[str, str]) -> bool:
    return _shows_date(codes[number]) if number in codes else number in _DATE_IDS


def _shows_date(code: str) -> bool:
    if re.search(r"\[(?:h+|m+|s+)\]", code, re.IGNORECASE):  # a span: hours beyond 24
        return False
    signs = _NOT_SIGNS.sub("", code).casefold()
    return "general" not in signs and any(sign in signs for sign in "dmyhsдмгчс")
