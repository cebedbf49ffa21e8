"""JSON of exports: a list of objects, one object a line, or an object in which such a list stands. Read as a stream.

Objects become rows: a key within a key is a column «authorObject.fullname»; a list of words is one cell.
"""

import itertools
import json
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from otklik.messages.reading.refusals import FileRefused, sentence
from otklik.messages.reading.table import LONGEST_CELL, MOST_COLUMNS, Row, Table
from otklik.messages.reading.text_file import TextFile

PART = 1 << 18
"""Characters read at a time."""
LONGEST_OBJECT = 16 * LONGEST_CELL
DEEPEST = 4
"""Keys within keys; what lies deeper stands in its cell as JSON."""
_DECODER = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)
"""Numbers stay as they stand: no number of a message loses its last digits."""
_BLANK = " \t\r\n\ufeff"


class _Broken(Exception):
    """What stands here is no JSON, or is larger than an object of an export."""


class _Text:
    """A text that is read on when more of it is needed."""

    def __init__(self, file: TextFile) -> None:
        self._parts = file.read_parts(PART)
        self.held = ""
        self.at = 0
        self.is_all = False

    def more(self) -> bool:
        """Read on; False at the end."""
        part = next(self._parts, None)
        if part is None:
            self.is_all = True
            return False
        self.held, self.at = self.held[self.at :] + part, 0
        return True

    def peek(self) -> str:
        """The next sign that is not blank; empty at the end."""
        while True:
            while self.at < len(self.held):
                if self.held[self.at] not in _BLANK:
                    return self.held[self.at]
                self.at += 1
            if not self.more():
                return ""

    def value(self) -> Any:
        """The next whole value.

        :raises _Broken: there is none.
        """
        self.peek()
        while True:
            try:
                found, end = _DECODER.raw_decode(self.held, self.at)
            except (ValueError, RecursionError) as error:
                if isinstance(error, RecursionError) or len(self.held) - self.at > LONGEST_OBJECT or not self.more():
                    raise _Broken from None
                continue
            if end < len(self.held) or not self.more():
                self.at = end
                return found

    def rest_of_line(self) -> str:
        """What stands up to the end of the line, which is left behind."""
        while (end := self.held.find("\n", self.at)) < 0 and len(self.held) - self.at < LONGEST_OBJECT and self.more():
            pass
        line = self.held[self.at :] if end < 0 else self.held[self.at : end]
        self.at = len(self.held) if end < 0 else end + 1
        return line


def tables(file: TextFile) -> tuple[Table, ...]:
    """The one table of the file. Its header is the keys of all objects, in the order in which they first stand.

    :raises FileRefused: `no_objects`, `too_many_columns`.
    """
    headings: dict[str, None] = {}
    count = 0
    for found in _objects(file):
        count += 1  # a file without objects has counted none
        if isinstance(found, dict):
            headings.update(dict.fromkeys(_flat(found)))
        if len(headings) > MOST_COLUMNS:
            raise FileRefused("too_many_columns", file=file.name, limit=MOST_COLUMNS)
    if not headings:
        raise FileRefused("no_objects", file=file.name)
    return (Table(partial(_rows, file, tuple(headings)), count),)


def _rows(file: TextFile, headings: tuple[str, ...]) -> Iterator[Row]:
    yield Row(0, headings)
    for number, found in enumerate(_objects(file), 1):
        if not isinstance(found, dict):
            yield Row(number, (), problem=sentence("no_object", {}), raw=str(found)[:1000])
            continue
        flat = _flat(found)
        if any(len(cell) > LONGEST_CELL for cell in flat.values()):
            yield Row(number, (), problem=sentence("too_long", {"limit": LONGEST_CELL}), raw=str(found)[:1000])
            continue
        yield Row(number, tuple(flat.get(heading, "") for heading in headings))


def _objects(file: TextFile) -> Iterator[Any]:
    """The objects of the file; what cannot be read comes as the text that stands there."""
    text = _Text(file)
    if text.peek() == "[":
        text.at += 1
        yield from _of_list(text)
        return
    listed = None if _is_lines(file) else _leading_list(text)
    yield from _of_lines(_Text(file)) if listed is None else listed


def _is_lines(file: TextFile) -> bool:
    """Whether the first line is a whole object and another one follows."""
    text = _Text(file)
    text.peek()
    line = text.rest_of_line()
    try:
        _, end = _DECODER.raw_decode(line)
    except (ValueError, RecursionError):
        return False
    return not line[end:].strip() and text.peek() == "{"


def _of_list(text: _Text) -> Iterator[Any]:
    while (sign := text.peek()) not in {"]", ""}:
        if sign == ",":
            text.at += 1
            continue
        try:
            yield text.value()
        except _Broken:  # nobody knows where the next object begins: the rest is told as one
            yield text.held[text.at : text.at + 1000]
            return


def _leading_list(text: _Text) -> Iterator[Any] | None:
    """The first list of objects within the object that the file is; None if there is none."""
    text.at += 1
    while text.peek() == '"':
        try:
            text.value()
            if text.peek() != ":":
                return None
            text.at += 1
            if text.peek() == "[":
                text.at += 1
                if text.peek() == "{":
                    return _of_list(text)
                for _ in _of_list(text):
                    pass
                text.at += 1
            else:
                text.value()
        except _Broken:
            return None
        if text.peek() == ",":
            text.at += 1
    return None


def _of_lines(text: _Text) -> Iterator[Any]:
    while text.peek():
        line = text.rest_of_line()
        try:
            found, end = _DECODER.raw_decode(line)
        except (ValueError, RecursionError):
            yield line[:1000]
            continue
        yield found if not line[end:].strip() else line[:1000]


def _flat(found: Mapping[str, Any], before: str = "", depth: int = 1) -> dict[str, str]:
    cells: dict[str, str] = {}
    for key, value in itertools.islice(found.items(), MOST_COLUMNS + 1):
        name = f"{before}{key}"
        if isinstance(value, dict) and depth < DEEPEST:
            cells |= _flat(value, f"{name}.", depth + 1)
        else:
            cells[name] = _cell(value)
    return cells


def _cell(value: Any) -> str:
    if value is None or value == [] or value == {}:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return ", ".join(value)
    try:
        return json.dumps(value, ensure_ascii=False)
    except (ValueError, RecursionError):
        return "…"
