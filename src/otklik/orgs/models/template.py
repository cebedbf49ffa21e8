"""Texts that an organisation keeps for its replies."""

from django.db import models

from otklik.orgs.models.organisation import Organisation


class ReplyTemplate(models.Model):
    """A text to begin a reply with. `{имя}` and the like are filled in where it is used (`orgs.reply_templates`)."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="reply_templates")
    title = models.CharField(max_length=200)
    text = models.TextField()
    topic = models.CharField(max_length=200, blank=True)
    """As people write it; templates of the incident's topic are offered first. Empty: of any topic."""
    kind = models.CharField(max_length=32, blank=True)
    """A `process.state.ReplyKind`: for which replies it is offered first. Empty: for any."""

    class Meta:
        ordering = ["title", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "title"], name="orgs_replytemplate_title"),
        ]

    def __str__(self) -> str:
        return self.title
