"""The documents. What finds them is an index beside the table, kept by triggers (`migrations/0001_search.py`)."""

from django.db import models


class Document(models.Model):
    """Everything of one incident that a search looks through. Rebuilt by `otklik recompute`."""

    incident_id = models.BigIntegerField(primary_key=True)
    """No foreign key: incidents lie on a higher floor. It is the row number of the index, too."""
    organisation = models.ForeignKey("orgs.Organisation", on_delete=models.PROTECT, related_name="+")
    parts = models.JSONField()
    """Pairs of `snippets.Part` and text, as people read it."""
    stems = models.TextField()
    """Of all parts, separated by blanks; see `actions.stems_of`."""

    class Meta:
        db_table = "search_document"

    def __str__(self) -> str:
        return f"document of {self.incident_id}"
