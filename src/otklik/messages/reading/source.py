"""A file of text: its encoding, its digest, its lines. Read as a stream: an export may be larger than memory."""

import codecs
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from otklik.messages.reading.refusals import FileRefused

ZIP = b"PK\x03\x04"
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
CHUNK = 1 << 20
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = frozenset(range(32)) - {0, 9, 10, 11, 12, 13, 26, 27, 28, 29, 30, 31}
"""Bytes that no text has; NUL and the separators do turn up in real exports."""
_STRAY_A_THOUSAND = 2
"""As many bytes a thousand may be broken in a file that is UTF-8 all the same; Windows-1251 has hundreds."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file that can be read. `lines` counts its line ends, for progress."""

    path: Path
    digest: str
    encoding: str
    lines: int

    def read(self) -> Iterator[str]:
        """Its lines with their ends, as they stand. A byte that is not in the encoding comes as a lone surrogate."""
        with self.path.open(encoding=self.encoding, errors="surrogateescape", newline="") as file:
            yield from file


def inspect(path: Path) -> Source:
    """Look through the whole file once.

    :raises FileRefused: `missing_file`, `not_a_file`, `unreadable_file`, `empty_file`, `spreadsheet`, `encoding`.
    """
    try:
        with path.open("rb") as file:
            head = file.read(CHUNK)
            digest, lines, is_utf8 = hashlib.sha256(), 0, True
            decoder = codecs.getincrementaldecoder("utf-8")()
            chunk = head
            while chunk:
                digest.update(chunk)
                lines += chunk.count(b"\n")
                is_utf8 = is_utf8 and _decodes(decoder, chunk)
                chunk = file.read(CHUNK)
    except FileNotFoundError:
        raise FileRefused("missing_file", path=path) from None
    except IsADirectoryError:
        raise FileRefused("not_a_file", path=path) from None
    except OSError as error:
        raise FileRefused("unreadable_file", path=path, reason=error.strerror or error) from None
    encoding = _encoding(path, head, is_utf8=is_utf8)
    return Source(path, digest.hexdigest(), encoding, lines)


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes) -> bool:
    try:
        decoder.decode(chunk)
    except UnicodeDecodeError:
        return False
    return True


def _encoding(path: Path, head: bytes, *, is_utf8: bool) -> str:
    if not head.strip():
        raise FileRefused("empty_file", path=path)
    if head.startswith((ZIP, OLD_EXCEL)):
        raise FileRefused("spreadsheet", path=path)
    marked = next((encoding for mark, encoding in _MARKS if head.startswith(mark)), None)
    if marked is not None:
        return marked
    if _CONTROLS & set(head):
        raise FileRefused("encoding", path=path)
    if is_utf8:
        return "utf-8"
    stray = sum("\udc80" <= sign <= "\udcff" for sign in head.decode("utf-8", errors="surrogateescape"))
    if stray * 1000 < len(head) * _STRAY_A_THOUSAND:
        return "utf-8"
    if not _is_russian(head):
        raise FileRefused("encoding", path=path)
    return "cp1251"


def _is_russian(head: bytes) -> bool:
    """Whether most of what is not ASCII reads as Russian letters in Windows-1251; «Ђ», «ў» and the like do not."""
    above = [sign for sign in head.decode("cp1251", errors="replace") if sign > "\x7f"]
    letters = sum("а" <= sign.lower() <= "я" or sign in "ёЁ" for sign in above)
    small = sum("а" <= sign <= "я" for sign in above)
    return letters >= 0.7 * len(above) and small * 2 > letters  # CP866 and KOI8-R read as capitals and rarities
