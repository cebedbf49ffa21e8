"""To whom a message goes when nobody says otherwise."""

from django.db import models
from django.db.models import Q

from otklik.orgs.models.organisation import Organisation, Unit
from otklik.orgs.models.person import Person


class DefaultRecipient(models.Model):
    """A rule by topic (its body, and who there), or a rule of a body (who there takes what no topic names)."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="default_recipients")
    topic = models.CharField(max_length=200, blank=True)
    """As people write it; empty: the rule of the body."""
    topic_key = models.CharField(max_length=200, blank=True)
    """The topic in the form in which topics are compared (`orgs.recipients.topic_key`)."""
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["topic_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "topic_key"], condition=~Q(topic_key=""), name="orgs_recipient_of_topic"
            ),
            models.UniqueConstraint(fields=["unit"], condition=Q(topic_key=""), name="orgs_recipient_of_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.topic or '*'} → {self.unit_id}"
