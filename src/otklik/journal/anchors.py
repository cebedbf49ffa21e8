"""Anchors: the head of each chain, written down outside the database once a day.

A hash chain shows a changed or missing middle, but not a missing tail, nor a chain that somebody recomputed from a
changed row to its end. A line in a file that the database cannot reach shows both. One file a year, lines are only ever
added; a copy in a second folder (another machine's share) guards against whoever can write to both database and data.
"""

import datetime as dt
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from otklik.journal import canonical
from otklik.journal.models import Head
from otklik.project.transactions import EVERYTHING, read, write

FOLDER = "anchors"


class AnchorError(Exception):
    """A folder that cannot be written to (`unwritable`), or a line that is no anchor (`broken`): it was edited.

    `code` and `facts` are for doors that say it in Russian.
    """

    def __init__(self, code: str, **facts: object) -> None:
        self.code = code
        self.facts = facts
        super().__init__(SENTENCES[code].format_map(facts))


SENTENCES = {
    "unwritable": "{folder}: anchors cannot be written ({reason}). Mend the folder or its rights.",
    "broken": "{where}: this line is no anchor: {line}. Take the file from its copy.",
}


@dataclass(frozen=True, slots=True)
class Anchor:
    """At `at` (UTC-aware) the chain of the organisation ended at `number` with `hash`."""

    organisation_id: int
    number: int
    hash: str
    at: dt.datetime


def folders() -> tuple[Path, ...]:
    """Where anchors are kept: the data folder's own, and the copy where the installation names one."""
    copy = settings.ANCHORS_COPY
    return (settings.DATA / FOLDER, *([copy] if copy else []))


def anchor_all(*, now: dt.datetime, at_once: bool = False) -> int:
    """Anchor every chain that has grown and was not anchored today (UTC), or `at_once`; returns how many.

    :raises AnchorError: if one of the folders cannot be written to. The chains stay due and are tried again.
    """
    with read(EVERYTHING):
        due = [head for head in Head.objects.order_by("organisation_id") if _is_due(head, now, at_once)]
    if not due:
        return 0
    anchors = [Anchor(head.organisation_id, head.number, head.hash, now) for head in due]
    for folder in folders():
        add(folder, anchors)
    with write(tenant=EVERYTHING):
        for anchor in anchors:
            heads = Head.objects.filter(organisation_id=anchor.organisation_id)
            heads.update(anchored_number=anchor.number, anchored_at=now)
    return len(anchors)


def add(folder: Path, anchors: Sequence[Anchor]) -> None:
    """Add lines to the files of their years, on disk when this returns.

    :raises AnchorError: if the folder cannot be written to.
    """
    by_year: dict[int, list[Anchor]] = {}
    for anchor in anchors:
        by_year.setdefault(anchor.at.year, []).append(anchor)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for year, lines in by_year.items():
            _add_lines(folder / f"{year}.jsonl", b"".join(_line(anchor) for anchor in lines))
    except OSError as error:
        raise AnchorError("unwritable", folder=folder, reason=error.strerror) from error


def read_all() -> list[Anchor]:
    """The anchors of all folders, each once, in the order of organisation and time.

    :raises AnchorError: for a line that is no anchor: somebody has edited the file.
    """
    found = {anchor for folder in folders() for anchor in load(folder)}
    return sorted(found, key=lambda anchor: (anchor.organisation_id, anchor.at, anchor.number))


def load(folder: Path) -> Iterator[Anchor]:
    """The anchors of one folder.

    :raises AnchorError: for a line that is no anchor.
    """
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            yield _parse(line, f"{path}:{number}")


def _is_due(head: Head, now: dt.datetime, at_once: bool) -> bool:
    if head.number <= head.anchored_number:
        return False
    return (
        at_once
        or head.anchored_at is None
        or head.anchored_at.astimezone(dt.UTC).date() < now.astimezone(dt.UTC).date()
    )


def _line(anchor: Anchor) -> bytes:
    written = {
        "organisation": anchor.organisation_id,
        "number": anchor.number,
        "hash": anchor.hash,
        "at": canonical.instant(anchor.at),
    }
    return canonical.write_json(written) + b"\n"


def _add_lines(path: Path, lines: bytes) -> None:
    """One write at the file's end: two processes never mix their lines."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o640)
    try:
        os.write(descriptor, lines)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _parse(line: str, where: str) -> Anchor:
    try:
        read_line = json.loads(line)
        at = dt.datetime.fromisoformat(read_line["at"])
        return Anchor(int(read_line["organisation"]), int(read_line["number"]), str(read_line["hash"]), at)
    except (ValueError, KeyError, TypeError):
        raise AnchorError("broken", where=where, line=repr(line[:80])) from None


def of(organisation_id: int, anchors: Iterable[Anchor]) -> list[Anchor]:
    """The anchors of one organisation, in the order given."""
    return [anchor for anchor in anchors if anchor.organisation_id == organisation_id]
