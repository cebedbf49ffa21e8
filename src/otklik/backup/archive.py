"""The backup file: a ZIP whose manifest names every member with its hash: damage is found before a restore."""

import datetime as dt
import hashlib
import json
import os
import re
import secrets
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

FORMAT = 1
MANIFEST = "manifest.json"
CHUNK_BYTES = 1024 * 1024
OWNER_ONLY = 0o600
CALENDARS = "calendars"
"""The folder of imported calendars, in the data folder and in the archive: each deadline rests on them."""
MEMBER = re.compile(
    r"tables/[a-z0-9_]+\.jsonl|files/\d+/[0-9a-f]{2}/[0-9a-f]{64}|anchors/\d{4}\.jsonl|calendars/([A-Za-z0-9_-]+/)*[A-Za-z0-9_-]+\.yaml"
)


class BackupError(Exception):
    """A backup cannot be made or brought back. `code` and `facts` are worded at the door; the message is for logs."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(f"{code}: {facts}")
        self.code = code
        self.facts = facts


@dataclass(frozen=True, slots=True)
class Member:
    """One member of the archive."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table in the archive: `columns` in the order of each row's values; `model` is «app.Model»."""

    table: str
    model: str
    columns: tuple[str, ...]
    rows: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds. `heads`: organisation → the number and hash at which its journal ended."""

    made_at: str
    version: str
    vendor: str
    migrations: tuple[tuple[str, str], ...]
    tables: tuple[Table, ...] = ()
    members: tuple[Member, ...] = ()
    heads: dict[str, tuple[int, str]] = field(default_factory=dict)
    format: int = FORMAT

    def member(self, name: str) -> Member:
        """The member of this name."""
        return next(member for member in self.members if member.name == name)

    def of(self, folder: str) -> Iterator[Member]:
        """The members of one folder: `files`, `anchors`, `calendars`."""
        return (member for member in self.members if member.name.startswith(folder + "/"))


class Writer:
    """Adds members and remembers their hashes."""

    def __init__(self, container: zipfile.ZipFile) -> None:
        self._container = container
        self.members: list[Member] = []

    def add_lines(self, name: str, lines: Iterable[bytes]) -> int:
        """A member of lines, compressed; how many lines."""
        digest, size, count = hashlib.sha256(), 0, 0
        with self._open(name, zipfile.ZIP_DEFLATED) as target:
            for line in lines:
                target.write(line)
                digest.update(line)
                size += len(line)
                count += 1
        self.members.append(Member(name, digest.hexdigest(), size))
        return count

    def add_file(self, name: str, path: Path) -> Member:
        """A file as it is: pictures and videos do not get smaller.

        :raises FileNotFoundError: it is gone.
        """
        digest, size = hashlib.sha256(), 0
        with path.open("rb") as source, self._open(name, zipfile.ZIP_STORED) as target:
            while chunk := source.read(CHUNK_BYTES):
                target.write(chunk)
                digest.update(chunk)
                size += len(chunk)
        member = Member(name, digest.hexdigest(), size)
        self.members.append(member)
        return member

    def finish(self, manifest: Manifest) -> str:
        """Add the manifest; its own hash, to be written down elsewhere."""
        content = json.dumps(asdict(manifest), ensure_ascii=False, indent=1).encode()
        self._container.writestr(MANIFEST, content, compress_type=zipfile.ZIP_DEFLATED)
        return hashlib.sha256(content).hexdigest()

    def _open(self, name: str, compression: int) -> IO[bytes]:
        entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
        entry.compress_type = compression
        return self._container.open(entry, "w", force_zip64=True)


@contextmanager
def writing(path: Path) -> Iterator[Writer]:
    """A new backup file, readable by its owner alone; it gets its name when it is whole and on disk.

    :raises BackupError: `exists`, `unwritable`.
    """
    if path.exists():
        raise BackupError("exists", path=path)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        descriptor = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
        try:
            with os.fdopen(descriptor, "w+b") as file:
                with zipfile.ZipFile(file, "w", allowZip64=True) as container:
                    yield Writer(container)
                file.flush()
                os.fsync(file.fileno())
            os.link(draft, path)
        finally:
            draft.unlink(missing_ok=True)
    except FileExistsError:
        raise BackupError("exists", path=path) from None
    except OSError as error:
        raise BackupError("unwritable", path=path, reason=error.strerror or str(error)) from error


class Reader:
    """An archive whose members are read one by one."""

    def __init__(self, container: zipfile.ZipFile, path: Path) -> None:
        self._container = container
        self._path = path
        self.manifest = self._read_manifest()

    def check(self) -> None:
        """Compare every member with the manifest.

        :raises BackupError: `damaged`, naming the first member that differs, is missing or should not be there.
        """
        there = set(self._container.namelist())
        listed = {member.name for member in self.manifest.members} | {MANIFEST}
        if there != listed:
            raise BackupError("damaged", path=self._path, member=min(there ^ listed))
        for member in self.manifest.members:
            digest, size = hashlib.sha256(), 0
            for chunk in self.chunks(member.name):
                digest.update(chunk)
                size += len(chunk)
            if (digest.hexdigest(), size) != (member.sha256, member.size):
                raise BackupError("damaged", path=self._path, member=member.name)

    def chunks(self, name: str) -> Iterator[bytes]:
        """What a member holds.

        :raises BackupError: `damaged`.
        """
        try:
            with self._container.open(name) as source:
                while chunk := source.read(CHUNK_BYTES):
                    yield chunk
        except (zipfile.BadZipFile, KeyError, OSError, EOFError, ValueError) as error:
            raise BackupError("damaged", path=self._path, member=name) from error

    def lines(self, name: str) -> Iterator[bytes]:
        """The lines of a member."""
        with self._container.open(name) as source:
            yield from source

    def _read_manifest(self) -> Manifest:
        try:
            written: dict[str, Any] = json.loads(self._container.read(MANIFEST))
            found = written.get("format")
            if found == FORMAT:
                return _manifest(written)
        except (zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError) as error:
            raise BackupError("damaged", path=self._path, member=MANIFEST) from error
        raise BackupError("other_format", path=self._path, found=found, known=FORMAT)


@contextmanager
def reading(path: Path) -> Iterator[Reader]:
    """A backup file.

    :raises BackupError: `unreadable`, `no_backup` (not one of ours), `damaged`, `other_format`.
    """
    try:
        container = zipfile.ZipFile(path)
    except OSError as error:
        raise BackupError("unreadable", path=path, reason=error.strerror or str(error)) from error
    except zipfile.BadZipFile as error:
        raise BackupError("no_backup", path=path) from error
    with container:
        yield Reader(container, path)


def now_text(now: dt.datetime) -> str:
    """An instant as the manifest writes it: UTC, ISO 8601."""
    return now.astimezone(dt.UTC).isoformat(timespec="seconds")


def _manifest(written: dict[str, Any]) -> Manifest:
    members = tuple(Member(**member) for member in written.pop("members"))
    for member in members:
        if not MEMBER.fullmatch(member.name):
            raise ValueError(f"{member.name!r} is no name of a member")
    return Manifest(
        **{
            **written,
            "members": members,
            "tables": tuple(Table(**{**table, "columns": tuple(table["columns"])}) for table in written["tables"]),
            "migrations": tuple((app, name) for app, name in written["migrations"]),
            "heads": {key: (number, hash_) for key, (number, hash_) in written["heads"].items()},
        }
    )
