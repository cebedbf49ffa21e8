"""Read models of the journal, indexed for the queue and the card, and the working copies of drafts.

Everything here but `ActEdition`, `DraftCopy` and `SavedView` can be rebuilt from the journal (`otklik recompute`), with
the same result.
"""

from django.db import models
from django.db.models import Q


class ActEdition(models.Model):
    """An edition of an act under which incidents stand, whole, by content hash: a release may change the shipped file,
    an incident keeps the edition under which it was detected."""

    hash = models.CharField(max_length=64, primary_key=True)
    act = models.CharField(max_length=100)
    document = models.JSONField()
    stored_at = models.DateTimeField()

    class Meta:
        db_table = "incidents_act_edition"

    def __str__(self) -> str:
        return f"{self.act} {self.hash[:12]}"


class Incident(models.Model):
    """The work on one message: where it stands, as folded from its journal."""

    organisation = models.ForeignKey("orgs.Organisation", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    """1, 2, 3 … within the organisation; shown as «№ 128»."""
    message = models.ForeignKey("otklik_messages.Message", on_delete=models.PROTECT, related_name="incidents")
    act_hash = models.CharField(max_length=64)
    last_number = models.PositiveIntegerField(default=0)
    """Number of the last event these columns are folded from."""
    computed_at = models.DateTimeField()
    """The instant for which these columns and the rows below them were computed: what runs and what has passed depends
    on it."""
    schedules_version = models.CharField(max_length=64, blank=True)
    """Of all schedules the terms were counted on. Where the organisation's are of another version now, the terms that
    run are to be re-dated."""

    stage = models.CharField(max_length=32)
    kind = models.CharField(max_length=64, blank=True)
    importance = models.CharField(max_length=64, blank=True)
    is_repeat = models.BooleanField(default=False)
    unit = models.ForeignKey("orgs.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    """The body that holds it now."""
    person = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, null=True, related_name="+")
    """Who has taken it."""
    topic = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=300, blank=True)
    network = models.CharField(max_length=32, blank=True)
    excerpt = models.CharField(max_length=200, blank=True)
    author_name = models.CharField(max_length=200, blank=True)

    detected_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    is_open = models.BooleanField(default=True)
    """In work: not ended, and not answered with nothing left to do. Few are, and every list but two is of those."""
    next_step = models.CharField(max_length=64, blank=True)
    next_clause = models.CharField(max_length=32, blank=True)
    next_starts_at = models.DateTimeField(null=True)
    next_due_at = models.DateTimeField(null=True)
    """Of the running deadline that runs out first; null where none runs."""
    reply_due_at = models.DateTimeField(null=True)
    next_promise_on = models.DateField(null=True)
    """The nearest date that a published reply promised and nobody has yet kept or released."""

    class Meta:
        db_table = "incidents_incident"
        constraints = (
            models.UniqueConstraint(fields=("organisation", "number"), name="incidents_incident_number"),
            models.UniqueConstraint(fields=("organisation", "message"), name="incidents_incident_message"),
        )
        indexes = (
            models.Index(fields=("organisation", "stage", "next_due_at"), name="incidents_incident_stage"),
            models.Index(fields=("organisation", "-detected_at"), name="incidents_incident_detected"),
            models.Index(fields=("next_due_at",), condition=Q(closed_at__isnull=True), name="incidents_incident_due"),
            models.Index(fields=("organisation", "schedules_version"), name="incidents_incident_schedules"),
            models.Index(
                fields=("organisation", "next_due_at"), condition=Q(is_open=True), name="incidents_incident_open"
            ),
            models.Index(
                fields=("organisation", "next_promise_on"),
                condition=Q(next_promise_on__isnull=False),
                name="incidents_incident_promised",
            ),
            models.Index(fields=("organisation", "topic", "-detected_at"), name="incidents_incident_topic"),
            models.Index(fields=("organisation", "network", "-detected_at"), name="incidents_incident_network"),
        )

    def __str__(self) -> str:
        return f"№ {self.number}"


class DeadlineRow(models.Model):
    """One count of one step: the ladder of the card, and what the clock looks through for terms that pass."""

    organisation = models.ForeignKey("orgs.Organisation", on_delete=models.PROTECT, related_name="+")
    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="deadlines")
    position = models.PositiveSmallIntegerField()
    step = models.CharField(max_length=64)
    clause = models.CharField(max_length=32)
    role = models.CharField(max_length=64)
    part = models.PositiveSmallIntegerField(null=True)
    starts_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    warn_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=16)
    is_recommended = models.BooleanField(default=False)
    is_provisional = models.BooleanField(default=False)
    calendar_version = models.CharField(max_length=64, blank=True)

    class Meta:
        db_table = "incidents_deadline"
        constraints = (models.UniqueConstraint(fields=("incident", "position"), name="incidents_deadline_position"),)
        indexes = (
            models.Index(fields=("due_at",), condition=Q(state="running"), name="incidents_deadline_running"),
            models.Index(fields=("organisation", "state", "due_at"), name="incidents_deadline_state"),
        )

    def __str__(self) -> str:
        return f"{self.step} of {self.incident_id}"


class WorkItem(models.Model):
    """An open step waiting for somebody: lists and counts come from here."""

    organisation = models.ForeignKey("orgs.Organisation", on_delete=models.PROTECT, related_name="+")
    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="work_items")
    step = models.CharField(max_length=64)
    role = models.CharField(max_length=32)
    act_role = models.CharField(max_length=64, blank=True)
    """The act's own role, where the act has another of the same kind that it does not wait for (K 5); empty: any."""
    unit = models.ForeignKey("orgs.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, null=True, related_name="+")
    part = models.PositiveSmallIntegerField(null=True)
    starts_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    clause = models.CharField(max_length=32, blank=True)

    class Meta:
        db_table = "incidents_work_item"
        indexes = (
            models.Index(fields=("organisation", "role", "unit", "due_at"), name="incidents_work_item_role"),
            models.Index(fields=("person", "due_at"), name="incidents_work_item_person"),
        )

    def __str__(self) -> str:
        return f"{self.step} of {self.incident_id} waits for {self.role}"


class Participant(models.Model):
    """An organisation or a body that takes part in an incident, and therefore sees it."""

    organisation = models.ForeignKey("orgs.Organisation", on_delete=models.PROTECT, related_name="+")
    """The organisation that takes part: the incident's own for its bodies, another for an outside curator."""
    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="participants")
    unit = models.ForeignKey("orgs.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=32, blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        db_table = "incidents_participant"
        indexes = (models.Index(fields=("organisation", "unit", "incident"), name="incidents_participant_unit"),)

    def __str__(self) -> str:
        return f"{self.unit_id or self.organisation_id} in {self.incident_id}"


class DraftCopy(models.Model):
    """The text a person is writing, saved as they type. Not in the journal: only versions are events."""

    organisation = models.ForeignKey("orgs.Organisation", on_delete=models.PROTECT, related_name="+")
    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="copies")
    person = models.ForeignKey("orgs.Person", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=32)
    text = models.TextField(blank=True)
    base_version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()

    class Meta:
        db_table = "incidents_draft_copy"
        constraints = (models.UniqueConstraint(fields=("incident", "person"), name="incidents_draft_copy_person"),)

    def __str__(self) -> str:
        return f"copy of {self.person_id} in {self.incident_id}"


class SavedView(models.Model):
    """A list that somebody looks at often: a section with filters, under a name. In the journal only when shared."""

    organisation = models.ForeignKey("orgs.Organisation", on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey("orgs.Person", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    values = models.JSONField()
    """Name → value, as an address of the queue has them."""
    is_shared = models.BooleanField(default=False)
    """Everybody of the organisation is offered it."""
    position = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "incidents_saved_view"
        constraints = (models.UniqueConstraint(fields=("owner", "name"), name="incidents_saved_view_name"),)
        indexes = (models.Index(fields=("organisation", "position"), name="incidents_saved_view_place"),)

    def __str__(self) -> str:
        return self.name
