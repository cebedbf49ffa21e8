"""YAML with the line of every key, and without the parts of YAML that hurt.

- Every plain scalar stays the text that was written; the model gives it its type. So `clause: 2.10` is not 2.1, `no`
  is not false and `12:30` is not 750. (`typed` is for the one part that has no model: the schedule document.)
- A key that stands twice, a tag, and text that is not UTF-8 are problems; anchors, aliases and `<<` are allowed.
- A hostile file is refused before it costs anything: `LIMIT_BYTES`, `LIMIT_DEPTH`, `LIMIT_NODES` (aliases expanded).
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from otklik.regulation.problems import Code, Mark, Path, Problem

LIMIT_BYTES = 2_000_000
"""The longest of the five acts takes 60 kB with its text."""
LIMIT_DEPTH = 40
LIMIT_NODES = 30_000

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULL = {"", "~", "null", "Null", "NULL"}
_INT = re.compile(r"[-+]?\d+")
_FLOAT = re.compile(r"[-+]?\d+\.\d+")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MERGE = "<<"


@dataclass(slots=True)
class Document:
    """The data of one file (`str`, `None`, `list`, `dict`), where each part of it stands, and what is wrong so far."""

    data: Any = None
    marks: dict[Path, Mark] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read(content: bytes | str, name: str) -> Document:
    """The document in `content`; `name` is the file as problems call it. Raises nothing: see `Document.problems`."""
    document = Document()
    try:
        root = _compose(_checked_text(content, name), name)
        document.data = _Builder(name, document).build(root, ())
    except _Refused as refused:
        document.data = None
        document.problems.append(refused.problem)
    return document


def typed(data: Any) -> Any:
    """The same data with whole numbers, decimals, truth values and days made of the words that look like them."""
    if isinstance(data, dict):
        return {key: typed(value) for key, value in data.items()}
    if isinstance(data, list):
        return [typed(value) for value in data]
    if not isinstance(data, str):
        return data
    if data in ("true", "false"):
        return data == "true"
    if _INT.fullmatch(data):
        return int(data)
    if _FLOAT.fullmatch(data):
        return float(data)
    return _day(data)


def _day(text: str) -> Any:
    if _DAY.fullmatch(text):
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            return text
    return text


class _Refused(Exception):
    """The file cannot be read any further."""

    def __init__(self, code: Code, mark: Mark, **facts: object) -> None:
        super().__init__(code)
        self.problem = Problem(code, mark, facts=facts)


@dataclass(slots=True)
class _Node:
    """A node of the file: `text` of a scalar, or `items` of a sequence (with None as key) or a mapping."""

    line: int
    text: str | None = None
    plain: bool = False
    items: list[tuple["_Node | None", "_Node"]] | None = None
    is_mapping: bool = False


def _checked_text(content: bytes | str, name: str) -> str:
    start = Mark(name, 1)
    size = len(content) if isinstance(content, bytes) else len(content.encode("utf-8", "surrogatepass"))
    if size > LIMIT_BYTES:
        raise _Refused(Code.TOO_LARGE, start, size=size, limit=LIMIT_BYTES)
    text = content if isinstance(content, str) else _decoded(content, name)
    for number, line in enumerate(text.splitlines(), 1):
        if "\t" in line[: len(line) - len(line.lstrip())]:
            raise _Refused(Code.TAB, Mark(name, number))
    return text


def _decoded(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _Refused(Code.NOT_UTF8, Mark(name, content[: error.start].count(b"\n") + 1)) from None


def _compose(text: str, name: str) -> _Node:
    try:
        return _Composer(name).compose(yaml.parse(text, Loader=_LOADER))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise _Refused(Code.NOT_YAML, Mark(name, line), said=error.problem or str(error)) from None
    except yaml.YAMLError as error:
        raise _Refused(Code.NOT_YAML, Mark(name, 1), said=str(error).splitlines()[0]) from None


class _Composer:
    """Nodes from YAML events with a stack of its own: a file of a million brackets must not exhaust Python's."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.anchors: dict[str, _Node] = {}
        self.open: list[tuple[_Node, _Node | None]] = []
        self.root: _Node | None = None

    def compose(self, events: Iterator[Any]) -> _Node:
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
                raise _Refused(Code.SEVERAL_DOCUMENTS, self._mark(event))
            if isinstance(event, yaml.AliasEvent):
                self._place(self._of_alias(event), is_open=False)
            elif isinstance(event, yaml.NodeEvent):
                self._start(event)
            elif isinstance(event, yaml.CollectionEndEvent):
                self.open.pop()
        if self.root is None:
            raise _Refused(Code.EMPTY, Mark(self.name, 1))
        return self.root

    def _mark(self, event: Any) -> Mark:
        return Mark(self.name, event.start_mark.line + 1)

    def _of_alias(self, event: Any) -> _Node:
        node = self.anchors.get(event.anchor)
        if node is None or any(node is parent for parent, _ in self.open):
            raise _Refused(Code.BAD_ALIAS, self._mark(event), anchor=event.anchor)
        return node

    def _start(self, event: Any) -> None:
        mark = self._mark(event)
        if event.tag is not None and event.tag != "!":
            raise _Refused(Code.TAG, mark, tag=event.tag)
        is_scalar = isinstance(event, yaml.ScalarEvent)
        node = _Node(mark.line)
        if is_scalar:
            node.text, node.plain = event.value, not event.style  # libyaml says "", the Python parser None
        else:
            node.items, node.is_mapping = [], isinstance(event, yaml.MappingStartEvent)
        if event.anchor:
            self.anchors[event.anchor] = node
        self._place(node, is_open=not is_scalar)

    def _place(self, node: _Node, *, is_open: bool) -> None:
        if not self.open:
            self.root = node
        else:
            parent, key = self.open[-1]
            if parent.is_mapping and key is None:
                self.open[-1] = (parent, node)
            else:
                assert parent.items is not None  # noqa: S101 (a scalar is never open)
                parent.items.append((key, node))
                self.open[-1] = (parent, None)
        if is_open:
            if len(self.open) >= LIMIT_DEPTH:
                raise _Refused(Code.TOO_DEEP, Mark(self.name, node.line), limit=LIMIT_DEPTH)
            self.open.append((node, None))


class _Builder:
    """Data and marks from nodes, counting what aliases expand to."""

    def __init__(self, name: str, document: Document) -> None:
        self.name = name
        self.document = document
        self.nodes = 0

    def build(self, node: _Node, path: Path) -> Any:
        self.nodes += 1
        mark = Mark(self.name, node.line)
        if self.nodes > LIMIT_NODES:
            raise _Refused(Code.TOO_MANY_NODES, mark, limit=LIMIT_NODES)
        if len(path) > LIMIT_DEPTH:  # aliases inside aliases go deeper than the brackets of the file
            raise _Refused(Code.TOO_DEEP, mark, limit=LIMIT_DEPTH)
        self.document.marks.setdefault(path, mark)
        if node.items is None:
            return None if node.plain and node.text in _NULL else node.text
        if not node.is_mapping:
            return [self.build(item, (*path, index)) for index, (_, item) in enumerate(node.items)]
        return self._mapping(node, path)

    def _mapping(self, node: _Node, path: Path) -> dict[str, Any]:
        built: dict[str, Any] = {}
        merged: list[_Node] = []
        for key_node, value in node.items or ():
            if key_node is None or key_node.text is None:
                self._problem(Code.KEY_NOT_A_WORD, node.line, path)
            elif key_node.text == _MERGE and key_node.plain:
                merged.append(value)
            elif key_node.text in built:
                first = self.document.marks[(*path, key_node.text)].line
                self._problem(Code.DUPLICATE_KEY, key_node.line, path, key=key_node.text, first_line=first)
            else:
                self.document.marks[(*path, key_node.text)] = Mark(self.name, key_node.line)
                built[key_node.text] = self.build(value, (*path, key_node.text))
        for value in merged:
            self._merge(built, value, path)
        return built

    def _merge(self, built: dict[str, Any], node: _Node, path: Path) -> None:
        if not node.is_mapping:
            self._problem(Code.BAD_MERGE, node.line, path)
            return
        for key_node, value in node.items or ():
            if key_node is not None and key_node.text is not None and key_node.text not in built:
                self.document.marks[(*path, key_node.text)] = Mark(self.name, key_node.line)
                built[key_node.text] = self.build(value, (*path, key_node.text))

    def _problem(self, code: Code, line: int, path: Path, **facts: object) -> None:
        self.document.problems.append(Problem(code, Mark(self.name, line), path, facts))
