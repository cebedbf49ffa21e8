"""What the forms of the queue send, read: ids of rows, the id of the command."""

from collections.abc import Iterable
from uuid import UUID, uuid4

from django.http import QueryDict

from otklik.web.queue.address import LONGEST_ID


def ids(given: Iterable[str]) -> list[int]:
    """The ids; whatever is none is left out."""
    return [int(one) for one in given if one.isascii() and one.isdecimal() and len(one) <= LONGEST_ID]


def command_id(post: QueryDict) -> UUID:
    """The id that the form was given when it was made; a new one where it came without."""
    try:
        return UUID(post.get("command_id", ""))
    except ValueError:
        return uuid4()
