"""Makes a backup while the program runs: first the database of one moment, then the bytes that it names."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

from otklik.backup import archive, snapshot, tables
from otklik.backup.archive import Manifest, Table, Writer
from otklik.files import blobs
from otklik.journal import anchors


@dataclass(frozen=True, slots=True)
class Made:
    """A finished backup. `sha256` is its manifest's: written down elsewhere, it shows that nobody has changed the file.

    `damaged` and `missing` name blobs that are on disk with other bytes than their name says, or not at all.
    """

    path: Path
    size: int
    rows: int
    files: int
    sha256: str
    damaged: tuple[str, ...]
    missing: tuple[str, ...]


def make(path: Path, *, now: dt.datetime) -> Made:
    """Write a backup to `path` (a folder: to a file named after the time in it).

    :raises BackupError: `exists`, `unwritable`, `database_damaged`.
    """
    target = path / f"otklik-{now.astimezone(dt.UTC):%Y%m%d-%H%M%S}.zip" if path.is_dir() else path
    with archive.writing(target) as writer:
        with snapshot.held(target.absolute().parent) as using:
            manifest = _manifest(using, now)
            manifest = replace(manifest, tables=tuple(_tables(writer, using)), heads=_heads(using))
            named = set(_named_blobs(using))
        there, damaged = _files(writer)
        _anchors(writer)
        _calendars(writer)
        sha256 = writer.finish(replace(manifest, members=tuple(writer.members)))
    rows = sum(table.rows for table in manifest.tables)
    missing = tuple(sorted(named - there))
    return Made(target, target.stat().st_size, rows, len(there), sha256, tuple(damaged), missing)


def _manifest(using: str, now: dt.datetime) -> Manifest:
    applied = sorted(MigrationRecorder(connections[using]).applied_migrations())
    return Manifest(archive.now_text(now), version("otklik"), connections[using].vendor, tuple(applied))


def _tables(writer: Writer, using: str) -> Iterator[Table]:
    for model in tables.models_in():
        table = tables.describe(model)
        rows = writer.add_lines(f"tables/{table.table}.jsonl", tables.dump(model, using))
        yield replace(table, rows=rows)


def _heads(using: str) -> dict[str, tuple[int, str]]:
    heads = apps.get_model("journal.Head")._base_manager.using(using).order_by("organisation_id")
    return {str(number): (last, link) for number, last, link in heads.values_list("organisation_id", "number", "hash")}


def _named_blobs(using: str) -> Iterator[str]:
    records = apps.get_model("files.FileRecord")._base_manager.using(using)
    for organisation_id, *hashes in records.values_list("organisation_id", "original_sha256", "safe_sha256"):
        yield from (f"{organisation_id}/{sha256}" for sha256 in hashes)


def _files(writer: Writer) -> tuple[set[str], list[str]]:
    """Every blob on disk: those there are, and those that are not what their name says."""
    there: set[str] = set()
    damaged: list[str] = []
    for organisation_id, sha256, path in blobs.every():
        try:
            member = writer.add_file(f"files/{organisation_id}/{sha256[:2]}/{sha256}", path)
        except FileNotFoundError:
            continue  # swept meanwhile: nothing names it
        there.add(f"{organisation_id}/{sha256}")
        if member.sha256 != sha256:
            damaged.append(f"{organisation_id}/{sha256}")
    return there, damaged


def _calendars(writer: Writer) -> None:
    folder = Path(settings.DATA) / archive.CALENDARS
    for path in sorted(folder.rglob("*.yaml")):
        writer.add_file(f"{archive.CALENDARS}/{path.relative_to(folder).as_posix()}", path)


def _anchors(writer: Writer) -> None:
    folder = anchors.folders()[0]
    for path in sorted(folder.glob("[0-9][0-9][0-9][0-9].jsonl")):
        writer.add_file(f"anchors/{path.name}", path)
