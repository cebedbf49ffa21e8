"""A file of text: its encoding, its lines. Read as a stream: an export may be larger than memory."""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from otklik.messages.reading.refusals import FileRefused

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = frozenset(range(32)) - {0, 9, 10, 11, 12, 13, 26, 27, 28, 29, 30, 31}
"""Bytes that no text has; NUL and the separators do turn up in real exports."""
_STRAY_A_THOUSAND = 2
"""As many bytes a thousand may be broken in a file that is UTF-8 all the same; Windows-1251 has hundreds."""
_NULS_A_THOUSAND = 200
"""More NUL than this: UTF-16 without its mark; ASCII alone makes it half of the bytes."""


@dataclass(frozen=True, slots=True)
class TextFile:
    """A text that can be read. `lines` counts its line ends, for progress."""

    path: Path
    encoding: str
    lines: int
    name: str
    """As people call the file."""

    def read(self) -> Iterator[str]:
        """Its lines with their ends, as they stand. A byte that is not in the encoding comes as a lone surrogate."""
        errors = "replace" if self.encoding.startswith("utf-16") else "surrogateescape"
        with self.path.open(encoding=self.encoding, errors=errors, newline="") as file:
            yield from file

    def read_parts(self, size: int) -> Iterator[str]:
        """The same text in parts of `size` characters: for what is not made of lines."""
        errors = "replace" if self.encoding.startswith("utf-16") else "surrogateescape"
        with self.path.open(encoding=self.encoding, errors=errors, newline="") as file:
            while part := file.read(size):
                yield part


def encoding_of(name: str, head: bytes, *, is_utf8: bool) -> str:
    """
    :param head: the beginning of the file; `is_utf8`: whether all of it decodes.
    :raises FileRefused: `encoding`.
    """
    marked = next((encoding for mark, encoding in MARKS if head.startswith(mark)), None)
    if marked is not None:
        return marked
    if head.count(0) * 1000 > len(head) * _NULS_A_THOUSAND:
        return "utf-16-le" if head[1::2].count(0) >= head[::2].count(0) else "utf-16-be"
    if _CONTROLS & set(head):
        raise FileRefused("encoding", file=name)
    if is_utf8:
        return "utf-8"
    stray = sum("\udc80" <= sign <= "\udcff" for sign in head.decode("utf-8", errors="surrogateescape"))
    if stray * 1000 < len(head) * _STRAY_A_THOUSAND:
        return "utf-8"
    if not _is_russian(head):
        raise FileRefused("encoding", file=name)
    return "cp1251"


def _is_russian(head: bytes) -> bool:
    """Whether most of what is not ASCII reads as Russian letters in Windows-1251; «Ђ», «ў» and the like do not."""
    above = [sign for sign in head.decode("cp1251", errors="replace") if sign > "\x7f"]
    letters = sum("а" <= sign.lower() <= "я" or sign in "ёЁ" for sign in above)
    small = sum("а" <= sign <= "я" for sign in above)
    return letters >= 0.7 * len(above) and small * 2 > letters  # CP866 and KOI8-R read as capitals and rarities
