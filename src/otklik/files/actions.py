"""All writes of attachments: store, attach, detach, sweep."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from otklik.files import access, blobs, hooks, kinds, names
from otklik.files.kinds import Kind, Refused
from otklik.files.models import FileKind, FileRecord, FileUse
from otklik.project.transactions import EVERYTHING, read, write

__all__ = ["Refused", "attach", "detach", "store", "sweep"]

ORPHAN_AFTER = dt.timedelta(days=1)
"""An upload that nothing was done with, and a blob that no record names, are kept so long."""

ENCRYPTED_PDF = b"/Encrypt"


@dataclass(frozen=True, slots=True)
class _Safe:
    sha256: str
    size: int
    kind: Kind
    width: int | None = None
    height: int | None = None


def store(
    organisation_id: int, source: BinaryIO, *, name: str, uploaded_by: int | None, now: dt.datetime
) -> FileRecord:
    """Keep an upload: original and safe copy on disk, then its record. Not within a `write()`: decoding takes its time.

    :raises Refused: with code and facts (`kinds.REFUSALS`); nothing is kept.
    """
    limit = settings.UPLOAD_LIMIT_BYTES
    try:
        with blobs.written_aside(organisation_id, source, limit=limit) as written:
            kind = _recognise(written)
            safe = _safe_copy(organisation_id, written, kind)
            blobs.keep(organisation_id, written)
    except blobs.TooBig:
        raise Refused("too_big", limit_mb=limit // (1024 * 1024)) from None
    with write(tenant=(organisation_id,)):
        return FileRecord.objects.create(
            organisation_id=organisation_id,
            kind=kind.kind,
            name=names.clean(name, kind.extension),
            original_sha256=written.sha256,
            original_size=written.size,
            original_type=kind.media_type,
            safe_sha256=safe.sha256,
            safe_size=safe.size,
            safe_type=safe.kind.media_type,
            width=safe.width,
            height=safe.height,
            uploaded_by_id=uploaded_by,
            uploaded_at=now,
        )


def attach(organisation_id: int, files: Iterable[UUID], *, owner_kind: str, owner_id: int | str) -> None:
    """The object owns these files from now on: they stay, and who sees it sees them. Within the caller's `write()`.

    :raises access.Absent: for a file that this organisation does not have.
    :raises ValueError: if no app has registered `owner_kind` with `access.owner`: nobody could ever see the file.
    """
    if not access.is_owner(owner_kind):
        raise ValueError(
            f"Nobody has said who sees the files of a {owner_kind!r}: register it with files.access.owner."
        )
    wanted = set(files)
    there = set(FileRecord.objects.filter(organisation_id=organisation_id, pk__in=wanted).values_list("pk", flat=True))
    if wanted - there:
        raise access.Absent(
            f"Organisation {organisation_id} has no file {', '.join(map(str, sorted(wanted - there)))}."
        )
    FileUse.objects.bulk_create(
        (
            FileUse(organisation_id=organisation_id, file_id=file_id, owner_kind=owner_kind, owner_id=str(owner_id))
            for file_id in sorted(there)
        ),
        ignore_conflicts=True,
    )


def detach(organisation_id: int, file_id: UUID, *, owner_kind: str, owner_id: int | str) -> bool:
    """The object no longer owns the file; whether it did. A file with no owner left is swept when it is a day old."""
    uses = FileUse.objects.filter(organisation_id=organisation_id, file_id=file_id)
    deleted, _ = uses.filter(owner_kind=owner_kind, owner_id=str(owner_id)).delete()
    return bool(deleted)


def sweep(*, now: dt.datetime) -> int:
    """Take away records that nothing uses, blobs that no record names, and what was left half written, all older than a
    day; returns how many blobs went."""
    before = now - ORPHAN_AFTER
    with write(tenant=EVERYTHING):
        FileRecord.objects.filter(uses__isnull=True, uploaded_at__lt=before).delete()
    for path in list(blobs.left_aside(before)):
        path.unlink(missing_ok=True)
    old = [
        (organisation_id, sha256) for organisation_id, sha256, path in blobs.every() if blobs.older_than(path, before)
    ]
    return sum(
        blobs.remove_if_older(organisation_id, sha256, before)
        for organisation_id, sha256 in old
        if not _is_named(organisation_id, sha256)
    )


def _is_named(organisation_id: int, sha256: str) -> bool:
    with read(EVERYTHING):
        named = Q(original_sha256=sha256) | Q(safe_sha256=sha256)
        is_recorded = FileRecord.objects.filter(named, organisation_id=organisation_id).exists()
    return is_recorded or hooks.is_kept(organisation_id, sha256)


def _recognise(written: blobs.Written) -> Kind:
    with written.path.open("rb") as file:
        kind = kinds.recognise(file.read(kinds.HEAD_BYTES))
    if kind is kinds.PDF and _is_encrypted(written):
        raise Refused("protected")
    return kind


def _is_encrypted(written: blobs.Written) -> bool:
    """Whether a PDF's trailer, at its end, names an encryption dictionary (ISO 32000-1, 7.6.1)."""
    with written.path.open("rb") as file:
        file.seek(max(written.size - kinds.HEAD_BYTES, 0))
        return ENCRYPTED_PDF in file.read()


def _safe_copy(organisation_id: int, written: blobs.Written, kind: Kind) -> _Safe:
    if kind.kind != FileKind.PICTURE:
        return _Safe(written.sha256, written.size, kind)
    from otklik.files import pictures  # decoders of pictures: for an upload, not for every start

    copy = pictures.safe_copy(written.path)
    sha256 = blobs.keep_bytes(organisation_id, copy.content)
    return _Safe(sha256, len(copy.content), copy.kind, copy.width, copy.height)
