"""What problem finders share: the raw data of an act, where each part stands, and how to speak of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from otklik.regulation.problems import Code, Mark, Path, Problem, Subject

_NAMING = {"steps": ("step", "step"), "clauses": ("clause", "clause"), "moments": ("moment", "moment")}


@dataclass(slots=True)
class Found:
    """An act as read from its files, and the problems found so far."""

    name: str
    data: dict[str, Any]
    marks: dict[Path, Mark]
    problems: list[Problem] = field(default_factory=list)

    def mark(self, path: Path) -> Mark:
        """Where `path` stands, or the nearest part above it that is written in a file."""
        while path and path not in self.marks:
            path = path[:-1]
        return self.marks.get(path, Mark(self.name, 1))

    def at(self, path: Path) -> Any:
        """The raw data at `path`, or None."""
        here: Any = self.data
        for key in path:
            if isinstance(here, dict) and isinstance(key, str):
                here = here.get(key)
            elif isinstance(here, list) and isinstance(key, int) and key < len(here):
                here = here[key]
            else:
                return None
        return here

    def entries(self, *path: str) -> list[tuple[Path, dict[str, Any]]]:
        """The mappings of the list at `path`, each with its own path; anything else in it is another's problem."""
        found = self.at(path)
        items = found if isinstance(found, list) else []
        return [((*path, index), item) for index, item in enumerate(items) if isinstance(item, dict)]

    def add(self, code: Code, path: Path, **facts: object) -> None:
        self.problems.append(
            Problem(code, self.mark(path), path, facts, subject=self.subject(path), clause=self.clause_of(path))
        )

    def subject(self, path: Path) -> Subject | None:
        """The step, clause, role, moment or policy that `path` lies in."""
        if not path:
            return None
        head = str(path[0])
        if head in _NAMING and len(path) > 1:
            noun, key = _NAMING[head]
            return self._named(noun, path[:2], key)
        if head == "people" and len(path) > 2 and path[1] == "roles":
            return self._named("role", path[:3], "role")
        if head == "policies" and len(path) > 1:
            return Subject("policy", str(path[1]))
        return Subject("key", head)

    def _named(self, noun: str, path: Path, key: str) -> Subject:
        entry = self.at(path)
        name = entry.get(key) if isinstance(entry, dict) else None
        return Subject(noun, name if isinstance(name, str) else f"№ {int(path[-1]) + 1}")

    def clause_of(self, path: Path) -> str | None:
        """The clause of the nearest rule that `path` lies in."""
        while path:
            part = self.at(path)
            if isinstance(part, dict) and isinstance(part.get("clause"), str):
                return str(part["clause"])
            path = path[:-1]
        return None


def hint(value: str, known: Iterable[str]) -> tuple[str, str] | str:
    """« Может быть, role?» and its English twin, where one of `known` is near; else nothing."""
    near = get_close_matches(value, list(known), n=1)
    return (f" Может быть, {near[0]}?", f" Did you mean {near[0]}?") if near else ""
