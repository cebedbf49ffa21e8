"""Puts an amendment into the raw data of an act, keeping the file and line of every part."""

import copy
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from otklik.regulation.context import Found
from otklik.regulation.model.amendment import Amendment
from otklik.regulation.problems import Code, Mark, Path

_LISTS: dict[str, tuple[Path, str]] = {
    "clauses": (("clauses",), "clause"),
    "roles": (("people", "roles"), "role"),
    "moments": (("moments",), "moment"),
    "steps": (("steps",), "step"),
}
"""What an amendment may name one by one: where it stands in the act, and the key that names it."""


@dataclass(slots=True)
class _Entry:
    """An entry of a list with its marks, relative to itself: it keeps its lines wherever it is moved."""

    data: Any
    marks: dict[Path, Mark]

    def name(self, key: str) -> str:
        return str(self.data.get(key, "")).strip() if isinstance(self.data, dict) else ""


def amend(base: Found, amendment: Amendment, written: Found) -> Found:
    """The act after the amendment; `written` is the amendment as read. Its problems are in the result's."""
    after = Found(base.name, copy.deepcopy(base.data), dict(base.marks))
    if not any(written.at((part,)) for part in ("replaces", "adds", "removes")):
        _problem(after, written, Code.AMENDS_NOTHING, ())
    for what, (place, key) in _LISTS.items():
        entries = _taken_out(after, place)
        entries = _removed(after, written, entries, what, key)
        entries = _replaced(after, written, entries, what, key)
        entries = _added(after, written, entries, what, key)
        _put_back(after, place, entries)
    _policies(after, amendment, written)
    return after


def _removed(after: Found, written: Found, entries: list[_Entry], what: str, key: str) -> list[_Entry]:
    names = written.at(("removes", what))
    for index, name in enumerate(names if isinstance(names, list) else ()):
        if not any(entry.name(key) == name for entry in entries):
            _missing(after, written, what, key, str(name), ("removes", what, index))
        entries = [entry for entry in entries if entry.name(key) != name]
    return entries


def _replaced(after: Found, written: Found, entries: list[_Entry], what: str, key: str) -> list[_Entry]:
    """A replaced entry stands where the first of its name stood; further entries of that name go."""
    new = _taken_out(written, ("replaces", what))
    names = list(dict.fromkeys(entry.name(key) for entry in new))
    for name in names:
        places = [index for index, entry in enumerate(entries) if entry.name(key) == name]
        if not places:
            index = next(index for index, entry in enumerate(new) if entry.name(key) == name)
            _missing(after, written, what, key, name, ("replaces", what, index))
            continue
        kept = [entry for entry in entries if entry.name(key) != name]
        kept[places[0] : places[0]] = [entry for entry in new if entry.name(key) == name]
        entries = kept
    return entries


def _added(after: Found, written: Found, entries: list[_Entry], what: str, key: str) -> list[_Entry]:
    known = {entry.name(key) for entry in entries}
    for index, entry in enumerate(_taken_out(written, ("adds", what))):
        if entry.name(key) in known:
            path: Path = ("adds", what, index)
            _problem(after, written, Code.AMENDMENT_ADDS_EXISTING, path, key=key, value=entry.name(key))
        entries = [*entries, entry]
    return entries


def _policies(after: Found, amendment: Amendment, written: Found) -> None:
    policies = after.data.setdefault("policies", {})
    if not isinstance(policies, dict):
        return
    for index, name in enumerate(amendment.removes.policies):
        if name not in policies:
            _missing(after, written, "policies", "policy", name, ("removes", "policies", index))
        policies.pop(name, None)
        _forget(after, ("policies", name))
    for where, changes in (("replaces", amendment.replaces), ("adds", amendment.adds)):
        for name in changes.policies:
            path: Path = (where, "policies", name)
            if where == "replaces" and name not in policies:
                _missing(after, written, "policies", "policy", name, path)
            if where == "adds" and name in policies:
                _problem(after, written, Code.AMENDMENT_ADDS_EXISTING, path, key="policy", value=name)
            policies[name] = written.at(path)
            _forget(after, ("policies", name))
            _rebase(after, written, path, ("policies", name))


def _missing(after: Found, written: Found, what: str, key: str, name: str, path: Path) -> None:
    code = Code.AMENDS_MISSING_CLAUSE if what == "clauses" else Code.AMENDS_MISSING_RULE
    _problem(after, written, code, path, key=key, value=name)


def _problem(after: Found, written: Found, code: Code, path: Path, **facts: object) -> None:
    """A problem of the amendment's own, at its own line."""
    written_only = Found(written.name, written.data, written.marks)
    written_only.add(code, path, **facts)
    after.problems += written_only.problems


def _taken_out(found: Found, place: Path) -> list[_Entry]:
    listed = found.at(place)
    entries = []
    for index, data in enumerate(listed if isinstance(listed, list) else ()):
        under = (*place, index)
        marks = {path[len(under) :]: mark for path, mark in found.marks.items() if path[: len(under)] == under}
        entries.append(_Entry(data, marks))
    return entries


def _put_back(found: Found, place: Path, entries: Iterable[_Entry]) -> None:
    above = found.at(place[:-1])
    if not isinstance(above, dict) or place[-1] not in above:
        return
    own = found.marks.get(place)
    _forget(found, place)
    if own is not None:
        found.marks[place] = own
    data = []
    for index, entry in enumerate(entries):
        data.append(entry.data)
        found.marks.update({(*place, index, *path): mark for path, mark in entry.marks.items()})
    above[place[-1]] = data


def _rebase(after: Found, written: Found, path: Path, to: Path) -> None:
    after.marks.update({(*to, *at[len(path) :]): mark for at, mark in written.marks.items() if at[: len(path)] == path})


def _forget(found: Found, place: Path) -> None:
    for path in [path for path in found.marks if path[: len(place)] == place]:
        del found.marks[path]
