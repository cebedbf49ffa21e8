"""Editions of acts that an organisation brought itself, beside those that come with the program."""

from django.db import models

from otklik.orgs.models.organisation import Organisation
from otklik.orgs.models.person import Person


class UploadedEdition(models.Model):
    """An act as it was uploaded and found sound. It counts from the day that the organisation's plan names for it."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="uploaded_editions")
    act = models.CharField(max_length=100)
    """Its id."""
    hash = models.CharField(max_length=64)
    document = models.JSONField()
    """The act as read: what counts, whatever a later release says of the files."""
    files = models.JSONField()
    """Name of the file in the act's folder → its text."""
    uploaded_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    uploaded_at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["organisation", "hash"], name="orgs_uploaded_edition_hash")]

    def __str__(self) -> str:
        return f"{self.act} {self.hash[:12]}"
