"""Communities, posts and comments of the demo network. They belong to the network, not to any organisation's data."""

from django.db import models


class Community(models.Model):
    """The page of one administration; `account` is the channel through which its messages come to the desk."""

    key = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    about = models.CharField(max_length=500, blank=True)
    account_id = models.BigIntegerField(unique=True)

    class Meta:
        db_table = "demo_community"
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """What somebody wrote on the page. `visitor` knows their browser again."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="posts")
    author = models.CharField(max_length=100)
    visitor = models.CharField(max_length=64, blank=True)
    text = models.TextField()
    place = models.CharField(max_length=200, blank=True)
    posted_at = models.DateTimeField()

    class Meta:
        db_table = "demo_post"
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.author}: {self.text[:40]}"


class Comment(models.Model):
    """A comment under a post; the official ones are ours."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="comments")
    author = models.CharField(max_length=200)
    visitor = models.CharField(max_length=64, blank=True)
    text = models.TextField()
    is_official = models.BooleanField(default=False)
    key = models.CharField(max_length=300, blank=True)
    """What our own client called it: by it an unanswered attempt is found again."""
    attachments = models.JSONField(default=list)
    """What came with it: `{"kind", "name"}`; the network keeps names, not bytes."""
    written_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "demo_comment"
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.author}: {self.text[:40]}"

    @property
    def shown(self) -> str:
        """The text with the names of what is attached, as the page shows it."""
        return "\n".join([self.text, *(f"📎 {one['name']}" for one in self.attachments)])
