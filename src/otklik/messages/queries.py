"""All reads of messages but access."""

from collections.abc import Iterable

from otklik.messages.models import Message


def messages(ids: Iterable[int]) -> list[Message]:
    """Messages by id, with their authors."""
    return list(Message.objects.filter(pk__in=list(ids)).select_related("author"))
