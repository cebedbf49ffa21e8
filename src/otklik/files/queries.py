"""All reads of attachments but access: for lists on a card and for connectors that publish them."""

from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

from otklik.files import blobs
from otklik.files.models import FileRecord


def of(owner_kind: str, owner_id: int | str) -> list[FileRecord]:
    """The files of one object, in the order in which they were uploaded. Whoever may see the object may see them."""
    rows = FileRecord.objects.filter(uses__owner_kind=owner_kind, uses__owner_id=str(owner_id))
    return list(rows.order_by("uploaded_at", "id"))


def named(file_ids: Iterable[UUID]) -> dict[UUID, FileRecord]:
    """File id → record, for those there are."""
    return FileRecord.objects.in_bulk(list(file_ids))


def safe_path(record: FileRecord) -> Path:
    """Where the bytes lie that may be shown and published."""
    return blobs.path_of(record.organisation_id, record.safe_sha256)


def original_path(record: FileRecord) -> Path:
    """Where the untouched original lies: evidence, never published."""
    return blobs.path_of(record.organisation_id, record.original_sha256)
