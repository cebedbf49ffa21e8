"""Brings a backup back into an empty installation.

Everything is checked before anything is written; all tables come back in one transaction, or none. A backup of an older
version is loaded into the tables of that version, which are then migrated.
"""

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from django.apps import apps as installed
from django.apps.registry import Apps
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from otklik.backup import archive, tables
from otklik.backup.archive import BackupError, Manifest, Reader
from otklik.files import blobs
from otklik.journal import actions, anchors, verify
from otklik.project.tenancy import EVERYTHING, tenant
from otklik.project.transactions import write

MUST_BE_EMPTY = ("orgs_organisation", "orgs_person", "journal_event", "files_record")

Node = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back. `findings`: where the journal that came back does not agree with itself or its anchors."""

    manifest: Manifest
    rows: int
    files: int
    findings: list[verify.Finding] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Happened:
    happened_at: dt.datetime
    payload: dict[str, object]
    kind: str = verify.RESTORED
    version: int = 1
    texts: dict[str, str] = field(default_factory=dict)


def check(path: Path) -> Manifest:
    """Read a backup to its end and compare every part with its hash; what it says of itself.

    :raises BackupError: `unreadable`, `no_backup`, `damaged`, `other_format`.
    """
    with archive.reading(path) as reader:
        reader.check()
        return reader.manifest


def restore(path: Path, *, now: dt.datetime, migrate: Callable[[], None]) -> Restored:
    """Bring the backup at `path` back. `migrate` brings the tables up to date; on PostgreSQL all this is the owner's.

    The journal then records that it was restored (anchors made after the backup are known to be lost), and is verified;
    what does not agree is told, and stays.

    :raises BackupError: as `check`; `not_empty`, `newer`, `other_tables`: nothing was changed.
    """
    with archive.reading(path) as reader:
        reader.check()
        with tenant(EVERYTHING):
            _refuse_full()
        apps = _prepare(reader.manifest, migrate)
        is_older = apps is not installed
        with tenant(EVERYTHING):
            with transaction.atomic():
                rows = _load(reader, apps)
            files = _files(reader)
            _anchors(reader)
            _calendars(reader)
        manifest = reader.manifest
    if is_older:
        migrate()
    _record(manifest, now)
    return Restored(manifest, rows, files, _findings())


def _refuse_full() -> None:
    """An installation is empty if nobody works in it yet. Anchors and blobs in the data folder may stay: they agree."""
    there = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in MUST_BE_EMPTY:
            if table not in there:
                continue
            cursor.execute(f"SELECT 1 FROM {table} LIMIT 1")  # noqa: S608  # a name from the list above
            if cursor.fetchone():
                raise BackupError("not_empty", table=table)


def _prepare(manifest: Manifest, migrate: Callable[[], None]) -> Apps:
    """Tables of the backup's version; the models that fit them."""
    executor = MigrationExecutor(connection)
    wanted: set[Node] = set(manifest.migrations)
    known = set(executor.loader.graph.nodes)
    if wanted - known:
        raise BackupError("newer", version=manifest.version, migration=".".join(min(wanted - known)))
    if wanted == known:
        migrate()
        return installed
    if set(MigrationRecorder(connection).applied_migrations()) - wanted:
        raise BackupError("other_tables", version=manifest.version)
    node_map = executor.loader.graph.node_map
    leaves = [node for node in wanted if not wanted & {child.key for child in node_map[node].children}]
    state = executor.migrate(sorted(leaves))
    return state.apps


def _load(reader: Reader, apps: Apps) -> int:
    found = [(table, apps.get_model(table.model)) for table in reader.manifest.tables]
    tables.empty(DEFAULT_DB_ALIAS, [model for _, model in found])
    count = 0
    for table, model in found:
        try:
            rows = tables.load(model, table.columns, reader.lines(f"tables/{table.table}.jsonl"), DEFAULT_DB_ALIAS)
        except LookupError as error:
            raise BackupError("damaged", path=table.table, member=str(error)) from error
        if rows != table.rows:
            raise BackupError("damaged", path=table.table, member=f"{rows} rows in place of {table.rows}")
        count += rows
    tables.reset_sequences(DEFAULT_DB_ALIAS, [model for _, model in found])
    return count


def _files(reader: Reader) -> int:
    """Blobs are written aside and renamed, like every blob; those that are there already are the same."""
    count = 0
    for member in reader.manifest.of("files"):
        _, organisation, _, sha256 = member.name.split("/")
        target = blobs.path_of(int(organisation), sha256)
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            draft = target.with_suffix(".part")
            with draft.open("wb") as file:
                file.writelines(reader.chunks(member.name))
            draft.replace(target)
        count += 1
    return count


def _anchors(reader: Reader) -> None:
    """The backup's anchors join those that are here: what was anchored since the backup must not be forgotten."""
    folder = Path(settings.DATA) / anchors.FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for member in reader.manifest.of("anchors"):
        target = folder / member.name.rpartition("/")[2]
        here = target.read_bytes().splitlines(keepends=True) if target.exists() else []
        missing = [line for line in reader.lines(member.name) if line not in here]
        with target.open("ab") as file:
            file.writelines(missing)


def _calendars(reader: Reader) -> None:
    for member in reader.manifest.of(archive.CALENDARS):
        target = Path(settings.DATA) / member.name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(b"".join(reader.chunks(member.name)))


def _record(manifest: Manifest, now: dt.datetime) -> None:
    for organisation, (number, link) in manifest.heads.items():
        payload: dict[str, object] = {"number": number, "hash": link, "backup_at": manifest.made_at}
        command = actions.Command(id=uuid.uuid4(), organisation_id=int(organisation), actor_id=None)
        with write(tenant=(int(organisation),)):
            actions.append(command, incident_id=None, events=[_Happened(now, payload)], now=now)


def _findings() -> list[verify.Finding]:
    known = anchors.read_all()
    found = verify.missing_guards()
    for organisation_id in verify.organisations(known):
        found += verify.verify(organisation_id, anchors.of(organisation_id, known)).findings
    return found
