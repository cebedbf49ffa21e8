"""The demo network: a page where anyone posts as a citizen and sees the official reply appear under the message.

Templates `demo_network/page.html` and, renewed every few seconds, `demo_network/_posts.html`. Nothing here belongs to
the desk: the person is a citizen, the page is another site.
"""

import datetime as dt
from dataclasses import dataclass

from otklik.web.view import Attachment, Form, Link


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoReply:
    """A reply under a post. `official`: from the administration's account. `reply_to`: whom it answers."""

    key: str
    author: str
    at: dt.datetime
    text: str
    official: bool = False
    edited: bool = False
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPost:
    """A post on the page of a community."""

    key: int
    author: str
    at: dt.datetime
    text: str
    place: str = ""
    attachments: tuple[Attachment, ...] = ()
    replies: tuple[DemoReply, ...] = ()
    mine: bool = False
    """Written from this browser."""
    waiting: str = ""
    """What the citizen is told meanwhile («ответ появится здесь»)."""
    reply_form: Form | None = None
    """A comment under the post (fields `author`, `text`), posted to `demo_network_reply`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Community:
    """The page of an administration in the demo network."""

    key: str
    name: str
    about: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoNetworkPage:
    """The page of one community, newest posts first. `form`: fields `author`, `text`, `place`, `photo`."""

    now: dt.datetime
    community: Community
    communities: tuple[Community, ...]
    posts: tuple[DemoPost, ...]
    form: Form
    desk: Link | None = None
    """For the person who tries the demo: where the clerks work."""
    older_url: str = ""
    sent: bool = False
    """Just posted: said once above the list."""
