"""Bytes on disk under their own SHA-256, apart for each organisation: the same photo twice is kept once.

A blob appears whole or not at all (written aside, flushed to disk, renamed) and never changes. Paths are made of a
number and a hash: nothing that anybody typed is ever part of one.
"""

import datetime as dt
import hashlib
import io
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

FOLDER = "files"
ASIDE = ".incoming"
CHUNK_BYTES = 1024 * 1024
HASH = re.compile(r"[0-9a-f]{64}")


class TooBig(Exception):
    """The source holds more bytes than were allowed; nothing is kept."""


@dataclass(frozen=True, slots=True)
class Written:
    """Bytes that lie aside, not yet a blob."""

    path: Path
    sha256: str
    size: int


def folder() -> Path:
    """Where all blobs lie."""
    return Path(settings.DATA) / FOLDER


def path_of(organisation_id: int, sha256: str) -> Path:
    """Where a blob lies, or would.

    :raises ValueError: if `sha256` is not a hash in small hexadecimal letters.
    """
    if not HASH.fullmatch(sha256):
        raise ValueError(f"{sha256!r} is no SHA-256 in hexadecimal.")
    return folder() / str(int(organisation_id)) / sha256[:2] / sha256


@contextmanager
def written_aside(organisation_id: int, source: BinaryIO, *, limit: int) -> Iterator[Written]:
    """Copy `source` to disk and hash it; within the block it may be looked at and kept. After it, it is gone.

    :raises TooBig: as soon as more than `limit` bytes have come.
    """
    aside = folder() / str(int(organisation_id)) / ASIDE
    aside.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=aside)
    path = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as target:
            sha256, size = _copy(source, target, limit)
        yield Written(path, sha256, size)
    finally:
        path.unlink(missing_ok=True)


def keep(organisation_id: int, written: Written) -> None:
    """Make a blob of what lies aside. One that is there already is only touched, so that no sweeper takes it now."""
    target = path_of(organisation_id, written.sha256)
    try:
        os.utime(target)
    except FileNotFoundError:
        target.parent.mkdir(parents=True, exist_ok=True)
        written.path.replace(target)
        _flush_folder(target.parent)


def keep_bytes(organisation_id: int, content: bytes) -> str:
    """Make a blob of `content`; its hash."""
    with written_aside(organisation_id, io.BytesIO(content), limit=len(content)) as written:
        keep(organisation_id, written)
    return written.sha256


def remove_if_older(organisation_id: int, sha256: str, moment: dt.datetime) -> bool:
    """Take a blob away for good, unless it was kept again since `moment`; whether it was taken.

    It is looked at only after it was moved away: whoever keeps the same bytes meanwhile finds none and writes his own.
    """
    target = path_of(organisation_id, sha256)
    away = target.parents[1] / ASIDE / f"{sha256}.going"
    away.parent.mkdir(exist_ok=True)
    try:
        target.rename(away)
    except FileNotFoundError:
        return False
    if older_than(away, moment):
        away.unlink()
        return True
    away.rename(target)
    return False


def every() -> Iterator[tuple[int, str, Path]]:
    """Organisation, hash and path of every blob there is."""
    for path in sorted(folder().glob("[0-9]*/[0-9a-f][0-9a-f]/*")):
        if HASH.fullmatch(path.name):
            yield int(path.parts[-3]), path.name, path


def older_than(path: Path, moment: dt.datetime) -> bool:
    """Whether a file was last written or kept before `moment`; False if it is gone."""
    try:
        return path.stat().st_mtime < moment.timestamp()
    except FileNotFoundError:
        return False


def left_aside(moment: dt.datetime) -> Iterator[Path]:
    """What a killed process left half written before `moment`."""
    return (path for path in folder().glob(f"[0-9]*/{ASIDE}/*") if older_than(path, moment))


def sha256_of(path: Path) -> str:
    """The hash of what a file holds."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _copy(source: BinaryIO, target: BinaryIO, limit: int) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    while chunk := source.read(CHUNK_BYTES):
        size += len(chunk)
        if size > limit:
            raise TooBig
        digest.update(chunk)
        target.write(chunk)
    target.flush()
    os.fsync(target.fileno())
    return digest.hexdigest(), size


def _flush_folder(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
