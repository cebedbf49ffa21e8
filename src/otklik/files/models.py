"""A record for each upload, and what it is used for. The bytes lie in `blobs.py`'s folder, under their hashes."""

import uuid

from django.db import models


class FileKind(models.TextChoices):
    """What can be attached to a reply (U 10: photo, video or a scanned act)."""

    PICTURE = "picture", "Фотография"
    VIDEO = "video", "Видео"
    DOCUMENT = "document", "Документ"


class FileRecord(models.Model):
    """One upload. The original is evidence and stays untouched; the safe copy is what is shown and published.

    A picture's safe copy is another blob; a video's and a document's is the original itself.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation_id = models.BigIntegerField()
    kind = models.CharField(max_length=10, choices=FileKind)
    name = models.CharField(max_length=150)
    """As people see it: cleaned, with the ending of what it really is."""
    original_sha256 = models.CharField(max_length=64)
    original_size = models.BigIntegerField()
    """Bytes."""
    original_type = models.CharField(max_length=50)
    safe_sha256 = models.CharField(max_length=64)
    safe_size = models.BigIntegerField()
    safe_type = models.CharField(max_length=50)
    width = models.PositiveIntegerField(null=True)
    """Of a picture's safe copy, pixels."""
    height = models.PositiveIntegerField(null=True)
    uploaded_by_id = models.BigIntegerField(null=True)
    """The person; null for what a channel brought in."""
    uploaded_at = models.DateTimeField()

    class Meta:
        db_table = "files_record"
        indexes = (
            models.Index(fields=("organisation_id", "original_sha256"), name="files_record_original"),
            models.Index(fields=("organisation_id", "safe_sha256"), name="files_record_safe"),
            models.Index(fields=("uploaded_at",), name="files_record_uploaded"),
        )

    def __str__(self) -> str:
        return self.name


class FileUse(models.Model):
    """What a file is attached to. A file with no use is nobody's, and is swept after a day."""

    organisation_id = models.BigIntegerField()
    file = models.ForeignKey(FileRecord, on_delete=models.PROTECT, related_name="uses")
    owner_kind = models.CharField(max_length=40)
    """Registered with `access.owner`."""
    owner_id = models.CharField(max_length=64)

    class Meta:
        db_table = "files_use"
        constraints = (models.UniqueConstraint(fields=("file", "owner_kind", "owner_id"), name="files_use_once"),)
        indexes = (models.Index(fields=("owner_kind", "owner_id"), name="files_use_owner"),)

    def __str__(self) -> str:
        return f"{self.file_id} of {self.owner_kind} {self.owner_id}"
