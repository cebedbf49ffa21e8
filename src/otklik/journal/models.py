"""The event row, its texts kept apart, and the head of each organisation's chain.

Nothing here points at other tables by foreign key. The journal is the truth and outlives what is derived from it:
incidents are read models that `recompute` may rebuild, and a person's account may be closed, but what they did stays.
"""

from django.db import models
from django.db.models import Q


class Event(models.Model):
    """One thing that happened. Written once; a trigger lets only the two seal columns be filled in later, once."""

    organisation_id = models.BigIntegerField()
    incident_id = models.BigIntegerField(null=True)
    """Null for what concerns the organisation as a whole (settings, people, erasures)."""
    number = models.IntegerField(null=True)
    """1, 2, 3 … within the incident."""
    kind = models.CharField(max_length=64)
    version = models.PositiveSmallIntegerField()
    """Of the payload's form: `process.upcast` brings older ones up to date at reading."""
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    """The person; null where the program itself acted (a verdict of a term)."""
    on_behalf_of = models.JSONField(null=True)
    """For whom the step was recorded, in role words, with the evidence; null where the actor acted for themselves."""
    command_id = models.UUIDField()
    position = models.PositiveSmallIntegerField()
    """Among the events of the same command."""
    act_hash = models.CharField(max_length=64, blank=True)
    calendar_version = models.CharField(max_length=64, blank=True)
    payload = models.JSONField()
    text_digests = models.JSONField(default=dict)
    """Name of each personal text → its salted digest. The digest stays when the text is erased."""
    digest = models.CharField(max_length=64)
    sealed_number = models.BigIntegerField(null=True)
    """Dense within the organisation, in the order of sealing; null until sealed."""
    sealed_hash = models.CharField(max_length=64, null=True)  # noqa: DJ001  # null until sealed, together with the number

    class Meta:
        db_table = "journal_event"
        constraints = (
            models.UniqueConstraint(fields=("incident_id", "number"), name="journal_event_number"),
            models.UniqueConstraint(fields=("organisation_id", "command_id", "position"), name="journal_event_command"),
            models.UniqueConstraint(fields=("organisation_id", "sealed_number"), name="journal_event_sealed"),
            models.CheckConstraint(
                condition=Q(incident_id__isnull=True, number__isnull=True) | Q(incident_id__isnull=False, number__gt=0),
                name="journal_event_number_within_incident",
            ),
            models.CheckConstraint(
                condition=Q(sealed_number__isnull=True, sealed_hash__isnull=True)
                | Q(sealed_number__gt=0, sealed_hash__isnull=False),
                name="journal_event_sealed_whole",
            ),
        )
        indexes = (
            models.Index(
                fields=("organisation_id", "id"), condition=Q(sealed_number__isnull=True), name="journal_event_unsealed"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} #{self.number} of incident {self.incident_id}"


class EventText(models.Model):
    """A personal text of an event (a citizen's words, a draft), apart so that it can be erased by law (152-ФЗ, art. 21)
    while the chain stays whole: the event holds `digest`, and erasing removes text and salt."""

    organisation_id = models.BigIntegerField()
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="texts")
    name = models.CharField(max_length=64)
    salt = models.CharField(max_length=64, blank=True)
    text = models.TextField(blank=True)
    digest = models.CharField(max_length=64)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "journal_event_text"
        constraints = (models.UniqueConstraint(fields=("event", "name"), name="journal_event_text_name"),)

    def __str__(self) -> str:
        return f"{self.name} of event {self.event_id}"


class Head(models.Model):
    """Where an organisation's chain ends: the row that the one sealer locks. `verify` does not rely on it."""

    organisation_id = models.BigIntegerField(primary_key=True)
    number = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64)
    sealed_at = models.DateTimeField(null=True)
    anchored_number = models.BigIntegerField(default=0)
    anchored_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "journal_head"

    def __str__(self) -> str:
        return f"organisation {self.organisation_id} at {self.number}"
