"""Raw payloads, the messages read out of them, and imports of files.

A raw payload is stored, and the delivery acknowledged, before anything in it is read. A message is known by where it
came from and its own id there, so that the same message coming again, by whatever way, changes nothing.
"""

from django.db import models
from django.db.models import Q


class RawMessage(models.Model):
    """A payload as it came, byte for byte. `key` is the sender's identity of the delivery."""

    organisation = models.ForeignKey("orgs.Organisation", on_delete=models.PROTECT, related_name="+")
    account_id = models.BigIntegerField(default=0)
    """`channels.Account`; 0 for imports. No foreign key: an account may go, what came through it stays."""
    key = models.CharField(max_length=300)
    body = models.BinaryField()
    content_type = models.CharField(max_length=100, default="application/json")
    received_at = models.DateTimeField()
    parsed_at = models.DateTimeField(null=True)
    problem = models.TextField(blank=True)
    """Why it could not be read; empty when it was, also when nothing was in it for us."""

    class Meta:
        db_table = "messages_raw"
        constraints = (models.UniqueConstraint(fields=("organisation", "account_id", "key"), name="messages_raw_key"),)
        indexes = (
            models.Index(fields=("received_at",), condition=Q(parsed_at__isnull=True), name="messages_raw_waiting"),
        )

    def __str__(self) -> str:
        return self.key


class Author(models.Model):
    """Who writes, as a network names them."""

    organisation = models.ForeignKey("orgs.Organisation", on_delete=models.PROTECT, related_name="+")
    network = models.CharField(max_length=32)
    external_id = models.CharField(max_length=200)
    name = models.CharField(max_length=200, blank=True)
    url = models.CharField(max_length=1000, blank=True)

    class Meta:
        db_table = "messages_author"
        constraints = (
            models.UniqueConstraint(fields=("organisation", "network", "external_id"), name="messages_author_id"),
        )

    def __str__(self) -> str:
        return self.name or self.external_id


class MessageSource(models.TextChoices):
    """How a message came to us."""

    CHANNEL = "channel", "Канал"
    IMPORT = "import", "Файл"
    HAND = "hand", "Введено вручную"


class Message(models.Model):
    """What a citizen wrote, or what we answered in the same thread (`is_own`)."""

    organisation = models.ForeignKey("orgs.Organisation", on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=16, choices=MessageSource)
    account_id = models.BigIntegerField(null=True)
    """`channels.Account` it came through, and through which a reply can go."""
    network = models.CharField(max_length=32)
    """`vk`, `ok`, `telegram`, `max`, `forum`, `reviews`, `demo`, …"""
    external_id = models.CharField(max_length=300)
    """Unique within the organisation and network: the platform's id, an export's hash, or one of our own making."""
    thread_id = models.CharField(max_length=300, blank=True)
    reply_to = models.CharField(max_length=300, blank=True)
    place = models.JSONField(default=dict)
    """`connectors.base.Place` as JSON: everything needed to answer where it stands."""
    url = models.CharField(max_length=2000, blank=True)
    author = models.ForeignKey(Author, on_delete=models.PROTECT, null=True, related_name="messages")
    author_name = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    topic = models.CharField(max_length=200, blank=True)
    """As the sending system or the person who entered it tagged it."""
    place_name = models.CharField(max_length=300, blank=True)
    posted_at = models.DateTimeField(null=True)
    detected_at = models.DateTimeField()
    is_own = models.BooleanField(default=False)
    edited_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)
    copies = models.PositiveIntegerField(default=0)
    """How many times it came again: exports repeat themselves, people repost."""
    raw = models.ForeignKey(RawMessage, on_delete=models.PROTECT, null=True, related_name="messages")
    entered_by = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        db_table = "messages_message"
        constraints = (
            models.UniqueConstraint(fields=("organisation", "network", "external_id"), name="messages_message_id"),
        )
        indexes = (
            models.Index(fields=("organisation", "-detected_at"), name="messages_message_detected"),
            models.Index(fields=("organisation", "network", "thread_id"), name="messages_message_thread"),
            models.Index(fields=("author", "-detected_at"), name="messages_message_author"),
        )

    def __str__(self) -> str:
        return f"{self.network}:{self.external_id}"


class MessageText(models.Model):
    """An earlier text of a message that its author edited: what was answered must stay readable."""

    organisation = models.ForeignKey("orgs.Organisation", on_delete=models.PROTECT, related_name="+")
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="earlier_texts")
    text = models.TextField()
    until_at = models.DateTimeField()

    class Meta:
        db_table = "messages_text"
        ordering = ("until_at",)

    def __str__(self) -> str:
        return f"text of {self.message_id} until {self.until_at}"


class ImportState(models.TextChoices):
    """`mapping` → `waiting` → `running` → `done`; `failed` when it cannot go on, `cancelled` when a person stops it."""

    MAPPING = "mapping", "Нужно указать столбцы"
    WAITING = "waiting", "Ждёт очереди"
    RUNNING = "running", "Идёт"
    DONE = "done", "Завершён"
    FAILED = "failed", "Прерван"
    CANCELLED = "cancelled", "Отменён"


class ImportRun(models.Model):
    """One file that was read. `digest` knows the same file when it comes again.

    A file that was uploaded lies among the blobs of `files` under its digest until the run has ended.
    """

    organisation = models.ForeignKey("orgs.Organisation", on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=300)
    digest = models.CharField(max_length=64)
    profile = models.CharField(max_length=100)
    mapping = models.JSONField(default=dict)
    started_by = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=16, choices=ImportState, default=ImportState.RUNNING)
    kind = models.CharField(max_length=8, blank=True)
    """What the file is by its content: CSV, XLSX, JSON."""
    is_upload = models.BooleanField(default=False)
    """Came over the screen: a job brings it in, and the file is kept here until then."""
    updated_at = models.DateTimeField(null=True)
    rows_total = models.PositiveIntegerField(default=0)
    """Number of the last row of the table, for progress."""
    last_row = models.PositiveIntegerField(default=0)
    """Number of the last row that is in: an import that was killed goes on behind it."""
    rows_read = models.PositiveIntegerField(default=0)
    rows_new = models.PositiveIntegerField(default=0)
    rows_known = models.PositiveIntegerField(default=0)
    rows_bad = models.PositiveIntegerField(default=0)
    problem = models.TextField(blank=True)

    class Meta:
        db_table = "messages_import_run"
        indexes = (models.Index(fields=("organisation", "-started_at"), name="messages_import_run_started"),)

    def __str__(self) -> str:
        return self.file_name


class RowState(models.TextChoices):
    NEW = "new", "Новое сообщение"
    KNOWN = "known", "Уже было"
    BAD = "bad", "Не прочитано"


class ImportRow(models.Model):
    """One row as it stood in the file, what became of it, and why."""

    organisation = models.ForeignKey("orgs.Organisation", on_delete=models.PROTECT, related_name="+")
    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    """The line in the file at which the row begins, as a person counts."""
    content = models.JSONField()
    """Heading → cell, as they stood in the file; empty cells left out."""
    identity = models.CharField(max_length=64, blank=True)
    """Knows the same row again in another file: what it says, and which time it says it in its file. Empty: bad."""
    named = models.CharField(max_length=64, blank=True)
    """Knows it by its number and address in the sending system; empty: it has no number, or is bad."""
    state = models.CharField(max_length=8, choices=RowState)
    reason = models.CharField(max_length=500, blank=True)
    message = models.ForeignKey(Message, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        db_table = "messages_import_row"
        constraints = (models.UniqueConstraint(fields=("run", "number"), name="messages_import_row_number"),)
        indexes = (
            models.Index(
                fields=("organisation", "identity"), condition=~Q(identity=""), name="messages_import_row_same"
            ),
            models.Index(fields=("organisation", "named"), condition=~Q(named=""), name="messages_import_row_named"),
            models.Index(fields=("run", "number"), condition=Q(state="bad"), name="messages_import_row_bad"),
        )

    def __str__(self) -> str:
        return f"{self.run_id}:{self.number}"


class ImportProfile(models.Model):
    """Which column means what in the files of one system, as people of the organisation have said it, under a name."""

    organisation = models.ForeignKey("orgs.Organisation", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=100)
    content = models.JSONField()
    """`reading.profiles.as_json`."""
    saved_by = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, null=True, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        db_table = "messages_import_profile"
        constraints = (models.UniqueConstraint(fields=("organisation", "name"), name="messages_import_profile_name"),)

    def __str__(self) -> str:
        return self.name
