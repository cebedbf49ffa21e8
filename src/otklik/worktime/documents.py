"""Reading a YAML or JSON document so that a problem in it can be given its line.

The loader is stricter than YAML usually is: a key written twice is refused instead of one value silently winning, and
only ``true`` and ``false`` are booleans, so that the region ``NO`` stays a word.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from otklik.worktime.errors import Problem, ScheduleError

DEEPEST = 20
"""Brackets within brackets; the formats need four."""
TOO_DEEP = "слишком глубокая вложенность"
NO_ALIASES = "ссылки на другое место файла (*) здесь не принимаются: впишите значение"


@dataclass(frozen=True)
class Document:
    """Plain data and the line on which each path of it (``week.mon``) begins."""

    data: Any
    lines: dict[str, int] = field(default_factory=dict)

    @contextmanager
    def locating(self) -> Iterator[None]:
        """Problems raised inside are given the lines of their paths."""
        try:
            yield
        except ScheduleError as error:
            found = [replace(problem, line=problem.line or self._line(problem.where)) for problem in error.problems]
            raise ScheduleError.of(found) from error

    def _line(self, where: str) -> int | None:
        while where and where not in self.lines:
            where = where.rpartition("[" if where.endswith("]") else ".")[0]
        return self.lines.get(where)


def read_document(path: str | Path) -> Document:
    """Raises ScheduleError: ``unreadable``, ``bad_syntax``, ``duplicate_key``."""
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ScheduleError("unreadable", path=str(path), reason="not UTF-8") from error
    except OSError as error:
        raise ScheduleError("unreadable", path=str(path), reason=error.strerror or str(error)) from error
    return _read_json(text) if Path(path).suffix.lower() == ".json" else _read_yaml(text)


def _read_json(text: str) -> Document:
    try:
        return Document(json.loads(text, object_pairs_hook=_unique_pairs))
    except json.JSONDecodeError as error:
        raise _syntax(error.lineno, error.msg) from error
    except RecursionError:
        raise _syntax(None, TOO_DEEP) from None
    except ValueError as error:  # a number of thousands of digits
        raise _syntax(None, str(error)) from error


def _unique_pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = [key for key, _ in pairs]
    repeated = [Problem("duplicate_key", key, {"key": key}) for key in dict.fromkeys(keys) if keys.count(key) > 1]
    if repeated:
        raise ScheduleError.of(repeated)
    return dict(pairs)


def _read_yaml(text: str) -> Document:
    import yaml  # here, so that the arithmetic does not need it

    kind = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    loader = kind(text)
    try:
        _refuse_hostile(yaml.parse(text, Loader=kind))
        node = loader.get_single_node()
        builder = _YamlBuilder(loader)
        data = None if node is None else builder.build(node, "")
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise _syntax(mark.line + 1 if mark else None, error.problem or "") from error
    except (yaml.YAMLError, ValueError) as error:  # ValueError: 2026-02-30, a number of thousands of digits
        if isinstance(error, ScheduleError):
            raise
        raise _syntax(None, str(error)) from error
    finally:
        loader.dispose()
    if builder.problems:
        raise ScheduleError.of(builder.problems)
    return Document(data, builder.lines)


def _refuse_hostile(events: Iterator[Any]) -> None:
    """Before anything is built: nesting that would end the process, and aliases, which can multiply without end."""
    depth = 0
    for event in events:
        opens = type(event).__name__ in {"MappingStartEvent", "SequenceStartEvent"}
        closes = type(event).__name__ in {"MappingEndEvent", "SequenceEndEvent"}
        depth += opens - closes
        if depth > DEEPEST:
            raise _syntax(event.start_mark.line + 1, TOO_DEEP)
        if type(event).__name__ == "AliasEvent":
            raise _syntax(event.start_mark.line + 1, NO_ALIASES)


def _syntax(line: int | None, reason: str) -> ScheduleError:
    return ScheduleError.of([Problem("bad_syntax", facts={"reason": reason}, line=line)])


class _YamlBuilder:
    """Plain data from YAML nodes, remembering lines and repeated keys."""

    def __init__(self, loader: Any) -> None:
        self._loader = loader
        self.lines: dict[str, int] = {}
        self.problems: list[Problem] = []

    def build(self, node: Any, where: str) -> Any:
        self.lines.setdefault(where, node.start_mark.line + 1)
        if node.id == "mapping":
            return self._mapping(node, where)
        if node.id == "sequence":
            return [self.build(item, f"{where}[{number}]") for number, item in enumerate(node.value)]
        if node.tag == "tag:yaml.org,2002:bool" and node.value.lower() not in ("true", "false"):
            return node.value
        return self._loader.construct_object(node)

    def _mapping(self, node: Any, where: str) -> dict[Any, Any]:
        built: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            key = self.build(key_node, f"{where}.<key>")
            path = f"{where}.{key_text(key)}".lstrip(".")
            line = key_node.start_mark.line + 1
            if key in built:
                self.problems.append(Problem("duplicate_key", path, {"key": key_text(key)}, line))
            self.lines[path] = line
            built[key] = self.build(value_node, path)
        return built


def key_text(key: Any) -> str:
    """A key as it is written in a path: YAML reads ``2026-01-09`` as a date."""
    return key.isoformat() if isinstance(key, date) else str(key)
