"""An act from its files: `load_act`, `parse_text`, `shipped_acts`.

An act is a folder: `act.yaml`, and beside it `clauses.yaml` (the text, under the one key `clauses`) where the two are
kept apart. `amendments/*.yaml` are read by `otklik.regulation.editions`, `cases/*.yaml` by `otklik.process.cases`.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path as FilePath
from typing import Any

from otklik.regulation import flow, references, schedules
from otklik.regulation.context import Found
from otklik.regulation.model import Act
from otklik.regulation.problems import ActProblems, Code, Mark, Path, Problem
from otklik.regulation.structure import validate
from otklik.regulation.yamldoc import Document, read, typed

SHIPPED = FilePath(__file__).resolve().parent.parent / "acts"
MAIN = "act.yaml"
TEXT = "clauses.yaml"


@dataclass(frozen=True)
class LoadedAct:
    """One edition of an act, checked for structure and references.

    `hash` is SHA-256 of the content, whatever the comments, the order of keys and the split into files; `lines` says
    where each part stands; `folder` is None for an uploaded text. `since` is the first day of this edition (None: the
    base edition of an undated act), `amendments` the names of those already in it.
    """

    act: Act
    hash: str
    lines: Mapping[Path, Mark]
    folder: FilePath | None = None
    since: dt.date | None = None
    amendments: tuple[str, ...] = ()
    raw: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)

    def mark(self, path: Path) -> Mark:
        """File and line of `path`, or of the nearest part above it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, Mark(MAIN, 1))


def shipped_acts() -> list[str]:
    """The ids of the acts that come with the program, in the order of the alphabet."""
    return sorted(folder.parent.name for folder in SHIPPED.glob("*/" + MAIN) if not folder.parent.name.startswith("_"))


def load_act(source: str | FilePath) -> LoadedAct:
    """The act named by the id of a shipped act, or by the path of its folder or its `act.yaml`, without amendments.

    Raises ActProblems with everything that is wrong.
    """
    folder_or_file = find_source(source)
    if folder_or_file.parent == SHIPPED:
        return _shipped(folder_or_file.name)
    return finish(read_found(folder_or_file), folder=folder_of(folder_or_file))


@cache
def _shipped(act: str) -> LoadedAct:
    return finish(read_found(SHIPPED / act), folder=SHIPPED / act)


def parse_text(text: bytes | str, name: str) -> LoadedAct:
    """The act in one uploaded file that carries its clauses; `name` is its name for problems. Raises ActProblems."""
    return finish(_found(name, read(text, name)))


def finish(
    found: Found,
    *,
    folder: FilePath | None = None,
    since: dt.date | None = None,
    amendments: tuple[str, ...] = (),
) -> LoadedAct:
    """Checks what was read, and makes the edition of it. Raises ActProblems."""
    act = validate(Act, found)
    if found.data:
        references.find(found)
        flow.find(found)
        schedules.find(found)
    _folder_has_its_name(found, folder)
    if found.problems or act is None:
        raise ActProblems(found.problems)
    return LoadedAct(
        act=act,
        hash=content_hash(act),
        lines=found.marks,
        folder=folder,
        since=since or act.in_force.since,
        amendments=amendments,
        raw=found.data,
    )


def content_hash(act: Act) -> str:
    """SHA-256 of what the act says. A key left at its default is not counted, so a new optional key changes no hash."""
    content = act.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def read_found(folder_or_file: FilePath) -> Found:
    """The raw data of `act.yaml` and `clauses.yaml`, with the problems of reading them."""
    main = folder_or_file / MAIN if folder_or_file.is_dir() else folder_or_file
    found = _found(main.name, read_file(main))
    text = main.with_name(TEXT)
    if text.is_file():
        _join_text(found, read_file(text))
    return found


def read_file(path: FilePath, name: str | None = None) -> Document:
    """The document of one file, called `name` in problems; a file that cannot be read is a problem of it."""
    name = name or path.name
    try:
        content = path.read_bytes()
    except OSError:
        return Document(problems=[Problem(Code.NO_FILE, Mark(name, 0))])
    return read(content, name)


def find_source(source: str | FilePath) -> FilePath:
    """The folder of a shipped act, or the path that was named. Raises ActProblems where there is nothing."""
    path = FilePath(source)
    if isinstance(source, str) and source in shipped_acts():
        return SHIPPED / source
    if path.exists():
        return path.resolve()
    code = Code.NO_FILE if isinstance(source, FilePath) or path.suffix or len(path.parts) > 1 else Code.NO_SUCH_ACT
    raise ActProblems([Problem(code, Mark(str(source), 0), facts={"act": str(source), "known": shipped_acts()})])


def folder_of(folder_or_file: FilePath) -> FilePath:
    """The folder that an act lies in."""
    return folder_or_file if folder_or_file.is_dir() else folder_or_file.parent


def _found(name: str, document: Document) -> Found:
    data = document.data
    found = Found(name, data if isinstance(data, dict) else {}, document.marks, list(document.problems))
    if data is not None and not isinstance(data, dict):
        found.add(Code.NOT_A_MAPPING, ())
    place = found.data.get("place")
    if isinstance(place, dict) and "schedule" in place:
        place["schedule"] = typed(place["schedule"])  # the one part that has no model here
    if not found.data and found.problems:
        raise ActProblems(found.problems)
    return found


def _join_text(found: Found, text: Document) -> None:
    """The clauses of `clauses.yaml` into the act."""
    found.problems.extend(text.problems)
    if not isinstance(text.data, dict):
        return
    for key in text.data:
        mark = text.marks[(key,)]
        if key != "clauses":
            found.problems.append(Problem(Code.FOREIGN_KEY, mark, facts={"key": key, "allowed": "clauses"}))
        elif key in found.data:
            found.problems.append(Problem(Code.SET_TWICE, mark, facts={"key": key}))
        else:
            found.data[key] = text.data[key]
            found.marks.update({path: mark for path, mark in text.marks.items() if path[:1] == ("clauses",)})


def _folder_has_its_name(found: Found, folder: FilePath | None) -> None:
    act = found.data.get("act")
    if folder is not None and isinstance(act, str) and act != folder.name and not folder.name.startswith("_"):
        found.add(Code.FOLDER_NAME, ("act",), act=act, folder=folder.name)
