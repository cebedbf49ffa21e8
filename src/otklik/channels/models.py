"""Accounts on platforms, and the outbox."""

import datetime as dt

from django.db import models
from django.db.models import Q


class AccountState(models.TextChoices):
    ACTIVE = "active", "Работает"
    STOPPED = "stopped", "Остановлен"
    NEEDS_SIGN_IN = "needs_sign_in", "Нужен новый вход"


class Account(models.Model):
    """An account of an organisation on a platform: where messages come from and replies go to."""

    organisation = models.ForeignKey("orgs.Organisation", on_delete=models.PROTECT, related_name="+")
    connector = models.CharField(max_length=32)
    """The connector's name in the registry."""
    title = models.CharField(max_length=200)
    external_id = models.CharField(max_length=200, blank=True)
    settings = models.JSONField(default=dict)
    secrets = models.TextField(blank=True)
    """Names and values as JSON, encrypted by the key ring (`channels.vault`); never in clear."""
    inbox_key = models.CharField(max_length=64, unique=True)
    """The secret part of the address that the platform delivers to."""
    state = models.CharField(max_length=16, choices=AccountState, default=AccountState.ACTIVE)
    problem = models.CharField(max_length=1000, blank=True)
    cursor = models.TextField(blank=True)
    """Where polling goes on from, in the platform's own words."""
    polled_at = models.DateTimeField(null=True)
    ask_again_at = models.DateTimeField(null=True)
    """Of platforms that are asked: not before; null: at once."""
    created_at = models.DateTimeField()

    class Meta:
        db_table = "channels_account"
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.title

    def is_to_be_asked(self, now: dt.datetime) -> bool:
        """Whether polling it is due."""
        return self.state == AccountState.ACTIVE and (self.ask_again_at is None or self.ask_again_at <= now)


class PublicationState(models.TextChoices):
    QUEUED = "queued", "В очереди"
    SENDING = "sending", "Отправляется"
    """An attempt is at work, or died at it."""
    UNKNOWN = "unknown", "Неизвестно, размещён ли"
    PUBLISHED = "published", "Размещён"
    FAILED = "failed", "Не размещён"
    NEEDS_PERSON = "needs_person", "Разместит человек"
    CANCELLED = "cancelled", "Отменён"


class Publication(models.Model):
    """One reply on its way out: one row for each incident, message answered and kind, whatever happens to it."""

    organisation = models.ForeignKey("orgs.Organisation", on_delete=models.PROTECT, related_name="+")
    incident_id = models.BigIntegerField()
    slot_key = models.CharField(max_length=200)
    """`process.state.Slot.key`: message, kind of reply and its number."""
    kind = models.CharField(max_length=32)
    message = models.ForeignKey("otklik_messages.Message", on_delete=models.PROTECT, related_name="publications")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="publications")
    """Null where no account can reply: a person publishes."""
    text = models.TextField()
    attachments = models.JSONField(default=list)
    """Ids of `files.FileRecord`, in order."""
    on_own_page = models.BooleanField(default=False)
    author_link = models.CharField(max_length=1000, blank=True)
    limits = models.JSONField(default=list)
    """How often the act lets replies go out in this network (`policies.NetworkLimit`), as it stood at the request."""
    takes_down = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    """For a withdrawal: the publication that is taken down."""

    state = models.CharField(max_length=16, choices=PublicationState, default=PublicationState.QUEUED)
    attempts = models.PositiveIntegerField(default=0)
    first_attempt_at = models.DateTimeField(null=True)
    last_attempt_at = models.DateTimeField(null=True)
    unanswered_at = models.DateTimeField(null=True)
    """When the platform was last told to publish and was not heard to answer: the reply may stand there. Written before
    each call; null while every call has been answered."""
    problem = models.CharField(max_length=1000, blank=True)
    problem_code = models.CharField(max_length=100, blank=True)
    parts = models.JSONField(default=list)
    """What already stands, in order: `{"external_id", "url"}`; never sent again."""
    published_at = models.DateTimeField(null=True)
    queued_at = models.DateTimeField()

    class Meta:
        db_table = "channels_publication"
        constraints = (models.UniqueConstraint(fields=("incident_id", "slot_key"), name="channels_publication_slot"),)
        indexes = (
            models.Index(fields=("organisation", "state"), name="channels_publication_state"),
            models.Index(
                fields=("account", "last_attempt_at"), condition=Q(attempts__gt=0), name="channels_publication_rate"
            ),
        )

    def __str__(self) -> str:
        return f"{self.slot_key} of incident {self.incident_id}"

    @property
    def url(self) -> str:
        """Where it stands; empty before, and where the platform gives no address."""
        return str(self.parts[0]["url"]) if self.parts else ""

    @property
    def external_id(self) -> str:
        return str(self.parts[0]["external_id"]) if self.parts else ""
