"""Reading fields of a document one by one while collecting every problem, so that all are told at once."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from otklik.worktime.documents import key_text
from otklik.worktime.errors import Problem, ScheduleError
from otklik.worktime.spans import Spans, format_span, join, overlapping, parse_span


class Fields:
    """A mapping being read, and the problems found in it so far.

    Each ``read`` method returns a usable value in any case, so that reading goes on; ``finish`` raises if anything was
    wrong.
    """

    def __init__(self, document: Any) -> None:
        self.problems: list[Problem] = []
        if not isinstance(document, Mapping):
            raise ScheduleError("not_a_mapping", found=type(document).__name__)
        self.document: Mapping[Any, Any] = document

    def problem(self, code: str, where: str, **facts: Any) -> None:
        self.problems.append(Problem(code, where, facts))

    def finish(self) -> None:
        """Raises ScheduleError with every problem, if there is one."""
        if self.problems:
            raise ScheduleError.of(self.problems)

    def refuse_unknown(self, mapping: Mapping[Any, Any], known: Collection[str], where: str = "") -> None:
        """A key that would not be obeyed is refused, never ignored."""
        for key in mapping:
            if key not in known:
                path = f"{where}.{key_text(key)}".lstrip(".")
                self.problem("unknown_key", path, key=key_text(key), known=sorted(known))

    def mapping(self, key: str) -> Mapping[Any, Any]:
        value = self.document.get(key)
        if value is None:
            return {}
        if not isinstance(value, Mapping):
            self.problem("bad_type", key, expected="mapping", found=repr(value))
            return {}
        return value

    def text(self, value: Any, where: str) -> str | None:
        if value is None or isinstance(value, str):
            return value or None
        self.problem("bad_type", where, expected="text", found=repr(value))
        return None

    def flag(self, value: Any, where: str) -> bool:
        if value is None or isinstance(value, bool):
            return bool(value)
        self.problem("bad_type", where, expected="true or false", found=repr(value))
        return False

    def day(self, value: Any, where: str) -> date | None:
        if isinstance(value, datetime):
            value = value.isoformat()
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            self.problem("bad_date", where, found=str(value))
            return None

    def spans(self, value: Any, where: str) -> Spans:
        """A list of ``HH:MM-HH:MM``; an empty list or nothing means closed."""
        if value is None:
            return ()
        if not isinstance(value, list | tuple):
            self.problem("bad_type", where, expected="list of HH:MM-HH:MM", found=repr(value))
            return ()
        spans = []
        for number, text in enumerate(value):
            try:
                spans.append(parse_span(str(text)))
            except ValueError as error:
                self.problem("bad_span", f"{where}[{number}]", found=str(text), reason=str(error))
        both = overlapping(spans)
        if both:
            self.problem("overlapping_spans", where, first=format_span(both[0]), second=format_span(both[1]))
        return join(spans)

    def dated(self, key: str) -> Iterator[tuple[date, Any, str]]:
        """The entries of a mapping by date, with their paths."""
        seen: set[date] = set()
        for name, value in self.mapping(key).items():
            where = f"{key}.{key_text(name)}"
            on = self.day(name, where)
            if on in seen:
                self.problem("duplicate_key", where, key=key_text(name))
            elif on is not None:
                seen.add(on)
                yield on, value, where
