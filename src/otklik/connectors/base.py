"""What a platform's connector is: the protocol between `otklik.channels` and the platforms.

The host (`otklik.channels`) owns everything that lasts: accounts, secrets, raw payloads, cursors, the outbox, retries
and the clock. It hands a connector a frozen `Context` and stores what the connector returns. A connector is therefore a
set of functions from the platform's words to ours:

- `parse(context, raw)`: one stored payload into messages, edits and deletions. Called after the payload is stored and
  the delivery acknowledged; may be called again, with the same result.
- `receive(context, request)`: is this delivery genuine, and what is to be answered. Signature checks live here.
- `poll(context, cursor)`: payloads since the cursor, for platforms that are asked.
- `publish(context, publication)`: put a reply where the message stands.
- `find_own(context, publication)`: look for our own reply, after a send whose outcome is unknown.
- `withdraw(context, published)`: take a published reply down.

What the platform can do at all is said by `Capabilities`; the host never calls what is not there.
Errors tell the host what to do next: see `ConnectorError` and its five kinds.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol, runtime_checkable

import httpx


class Idempotency(StrEnum):
    """What the platform offers against publishing twice."""

    CLIENT_KEY = "client_key"
    """The same key again gives the first result (VK `guid`)."""
    FIND_OWN = "find_own"
    """No key, but our own replies can be listed: after an unknown outcome, look before anything else."""
    NONE = "none"
    """Neither: an unknown outcome goes to a person."""


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What the platform can do, as far as it is known without asking; `probe` may narrow it for one account."""

    network: str
    """The network's key in acts and filters: `vk`, `ok`, `telegram`, `max`, `forum`, `demo`."""
    receives: bool = False
    polls: bool = False
    replies: bool = False
    withdraws: bool = False
    edits: bool = False
    own_page_posts: bool = False
    attachments: frozenset[str] = frozenset()
    """Kinds that can go with a reply: `picture`, `video`, `document`."""
    max_length: int | None = None
    """Characters in one reply; a longer text goes in parts where `parts` is true."""
    parts: bool = False
    idempotency: Idempotency = Idempotency.NONE


@dataclass(frozen=True, slots=True)
class Context:
    """One account of one organisation on a platform, as the host hands it over for one call.

    `now` is the host's clock, aware UTC. `secrets` are decrypted for this call only. `http` opens a client that obeys
    the host's limits (time-out, size, allowed hosts); connectors make no clients of their own.
    """

    account: str
    settings: Mapping[str, str]
    secrets: Mapping[str, str]
    now: dt.datetime
    http: Callable[[], httpx.Client]


@dataclass(frozen=True, slots=True)
class Delivery:
    """An HTTP delivery from the platform, before anything in it is trusted."""

    method: str
    path: str
    headers: Mapping[str, str]
    """Header names in lower case."""
    query: Mapping[str, str]
    body: bytes
    remote_address: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """What to answer, and the payloads to store before answering. `accepted` False: the delivery was not genuine."""

    accepted: bool
    status: int = 200
    answer: bytes = b""
    content_type: str = "text/plain; charset=utf-8"
    payloads: tuple["RawPayload", ...] = ()


@dataclass(frozen=True, slots=True)
class RawPayload:
    """A payload as it came. `key` is the platform's identity of the delivery: the same key is the same payload."""

    key: str
    body: bytes
    content_type: str = "application/json"


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote, as the platform names them."""

    external_id: str
    name: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message stands: everything needed to answer there, in the platform's own ids."""

    thread_id: str
    message_id: str
    reply_to_id: str = ""
    url: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class IncomingAttachment:
    kind: str
    url: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class IncomingMessage:
    """A message, normalised. `posted_at` is aware UTC; None where the platform does not say."""

    external_id: str
    place: Place
    author: Author
    text: str
    posted_at: dt.datetime | None
    is_own: bool = False
    """Written by our own account: kept for the thread, never an incident."""
    attachments: tuple[IncomingAttachment, ...] = ()


class ChangeKind(StrEnum):
    EDITED = "edited"
    DELETED = "deleted"
    RESTORED = "restored"


@dataclass(frozen=True, slots=True)
class IncomingChange:
    """A message that we know was edited, deleted or restored at its place."""

    kind: ChangeKind
    external_id: str
    text: str | None = None
    happened_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Parsed:
    """What one payload held. `ignored` says in a word why nothing came out of it, for the log."""

    messages: tuple[IncomingMessage, ...] = ()
    changes: tuple[IncomingChange, ...] = ()
    ignored: str = ""


@dataclass(frozen=True, slots=True)
class Polled:
    """Payloads since the cursor, and the cursor to store with them."""

    payloads: tuple[RawPayload, ...]
    cursor: str
    again_after: dt.timedelta


@dataclass(frozen=True, slots=True)
class OutgoingAttachment:
    kind: str
    name: str
    content_type: str
    read: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Publication:
    """A reply to publish: one for each incident, message answered and kind.

    `key` never changes between attempts (it is the idempotency key where the platform has one, and part of what
    `find_own` looks for). `done_parts` are the parts that are already there: publishing resumes after them.
    """

    key: str
    place: Place
    text: str
    attachments: tuple[OutgoingAttachment, ...] = ()
    on_own_page: bool = False
    author_link: str = ""
    done_parts: tuple["PublishedPart", ...] = ()
    first_attempt_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class PublishedPart:
    external_id: str
    url: str


@dataclass(frozen=True, slots=True)
class Published:
    """The reply stands: its parts in order; `published_at` as the platform says, else None.

    `is_whole` False, from `find_own` alone: the later parts are missing. `publish` is then called with these as
    `done_parts`.
    """

    parts: tuple[PublishedPart, ...]
    published_at: dt.datetime | None = None
    is_whole: bool = True


class ConnectorError(Exception):
    """Something did not work. The subclass tells the host what to do; `code` is the platform's own code, for people.

    `done_parts`: what already stands; never published again.
    """

    def __init__(self, message: str, *, code: str = "", done_parts: Sequence[PublishedPart] = ()) -> None:
        super().__init__(message)
        self.code = code
        self.done_parts = tuple(done_parts)


class Temporary(ConnectorError):
    """Nothing was published; try again, not before `retry_after`."""

    def __init__(
        self,
        message: str,
        *,
        retry_after: dt.timedelta | None = None,
        code: str = "",
        done_parts: Sequence[PublishedPart] = (),
    ) -> None:
        super().__init__(message, code=code, done_parts=done_parts)
        self.retry_after = retry_after


class Permanent(ConnectorError):
    """It will never work here (deleted post, closed comments): a person chooses the fallback."""


class Reauthorise(ConnectorError):
    """The token is dead: stop this account until an administrator signs in again."""


class NeedsPerson(ConnectorError):
    """A captcha or a check that only a person can pass."""


class UnknownOutcome(ConnectorError):
    """It may have been published: look for our own reply before anything else, never send blindly again."""


@runtime_checkable
class Connector(Protocol):
    """One platform. Functions that a platform lacks raise `Permanent`; `capabilities` says so beforehand."""

    name: str
    capabilities: Capabilities

    def receive(self, context: Context, delivery: Delivery) -> Receipt: ...

    def parse(self, context: Context, raw: RawPayload) -> Parsed: ...

    def poll(self, context: Context, cursor: str) -> Polled: ...

    def publish(self, context: Context, publication: Publication) -> Published: ...

    def find_own(self, context: Context, publication: Publication) -> Published | None: ...

    def withdraw(self, context: Context, published: Published) -> None: ...
