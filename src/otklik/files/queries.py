"""All reads of attachments but access: for lists on a card and for connectors that publish them."""

from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

from otklik.files import blobs
from otklik.files.models import FileRecord, FileUse


def of(owner_kind: str, owner_id: int | str) -> list[FileRecord]:
    """The files of one object, in the order in which they were uploaded. Whoever may see the object may see them."""
    rows = FileRecord.objects.filter(uses__owner_kind=owner_kind, uses__owner_id=str(owner_id))
    return list(rows.order_by("uploaded_at", "id"))


def of_many(owner_kind: str, owner_ids: Iterable[int | str]) -> dict[str, list[FileRecord]]:
    """Owner → its files, as in `of`: one query for all."""
    ids = [str(one) for one in owner_ids]
    uses = FileUse.objects.filter(owner_kind=owner_kind, owner_id__in=ids).select_related("file")
    found: dict[str, list[FileRecord]] = {one: [] for one in ids}
    for use in uses.order_by("file__uploaded_at", "file_id"):
        found[use.owner_id].append(use.file)
    return found


def named(file_ids: Iterable[UUID]) -> dict[UUID, FileRecord]:
    """File id → record, for those there are."""
    return FileRecord.objects.in_bulk(list(file_ids))


def safe_path(record: FileRecord) -> Path:
    """Where the bytes lie that may be shown and published."""
    return blobs.path_of(record.organisation_id, record.safe_sha256)


def original_path(record: FileRecord) -> Path:
    """Where the untouched original lies: evidence, never published."""
    return blobs.path_of(record.organisation_id, record.original_sha256)
