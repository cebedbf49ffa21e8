"""A file, whatever it is called: what it is by its content, its digest, the tables in it."""

import codecs
import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from otklik.messages.reading import csv_file, json_file, xlsx_file
from otklik.messages.reading.refusals import FileRefused
from otklik.messages.reading.table import Table
from otklik.messages.reading.text_file import TextFile, encoding_of

CHUNK = 1 << 20
ZIP = b"PK\x03\x04"
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_WEB_PAGE = re.compile(rb"\s*<(?:!doctype|html|head|meta|table|\?xml)", re.IGNORECASE)
_JSON = re.compile(r'\s*(?:\[\s*[{\]]|\{\s*["}])')
_WRONG = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"{\\rtf", b"PK\x05\x06")


class Kind(StrEnum):
    """What a file is."""

    CSV = "CSV"
    XLSX = "XLSX"
    JSON = "JSON"


@dataclass(frozen=True, slots=True)
class Source:
    """A file that can be read. Of a CSV there are as many tables as delimiters to try."""

    path: Path
    name: str
    """As people call it."""
    digest: str
    kind: Kind
    tables: tuple[Table, ...]
    encoding: str = ""
    """Of text; empty for XLSX."""


def inspect(path: Path, name: str = "") -> Source:
    """Look through the whole file once (JSON and XLSX: twice). `name`: as people call it, if not as the path does.

    :raises FileRefused: it is not there, cannot be read, is of another kind, or is larger than its form allows.
    """
    name = name or path.name
    try:
        head, digest, lines, is_utf8 = _looked_through(path)
    except FileNotFoundError:
        raise FileRefused("missing_file", path=path) from None
    except IsADirectoryError:
        raise FileRefused("not_a_file", path=path) from None
    except OSError as error:
        raise FileRefused("unreadable_file", file=name, reason=error.strerror or error) from None
    if not head.strip():
        raise FileRefused("empty_file", file=name)
    if head.startswith(ZIP):
        return Source(path, name, digest, Kind.XLSX, xlsx_file.tables(path, name))
    _refuse_others(name, head)
    encoding = encoding_of(name, head, is_utf8=is_utf8)
    text = TextFile(path, encoding, lines, name)
    if _JSON.match(head[:4096].decode(encoding, errors="ignore").lstrip("\ufeff")):
        return Source(path, name, digest, Kind.JSON, json_file.tables(text), encoding)
    return Source(path, name, digest, Kind.CSV, csv_file.tables(text), encoding)


def _looked_through(path: Path) -> tuple[bytes, str, int, bool]:
    """The beginning, the digest, how many line ends there are, whether all of it is UTF-8."""
    with path.open("rb") as file:
        head = chunk = file.read(CHUNK)
        digest, lines, is_utf8 = hashlib.sha256(), 0, True
        decoder = codecs.getincrementaldecoder("utf-8")()
        while chunk:
            digest.update(chunk)
            lines += chunk.count(b"\n")
            is_utf8 = is_utf8 and _decodes(decoder, chunk)
            chunk = file.read(CHUNK)
    return head, digest.hexdigest(), lines, is_utf8


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes) -> bool:
    try:
        decoder.decode(chunk)
    except UnicodeDecodeError:
        return False
    return True


def _refuse_others(name: str, head: bytes) -> None:
    """
    :raises FileRefused: `old_excel`, `web_page`, `wrong_type`.
    """
    if head.startswith(OLD_EXCEL):
        raise FileRefused("old_excel", file=name)
    if head.startswith(_WRONG):
        raise FileRefused("wrong_type", file=name)
    if _WEB_PAGE.match(head.removeprefix(codecs.BOM_UTF8)):
        raise FileRefused("web_page", file=name)
