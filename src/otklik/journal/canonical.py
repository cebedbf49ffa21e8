"""What the journal hashes, and how. Pure.

One way of writing a row down as bytes, the same on every database and in every year: JSON with sorted keys, no spaces,
UTF-8, instants in UTC with microseconds. `FORMAT` stands in what is hashed: another way of writing would be format 2,
and rows of format 1 would still be checked as they were made.
"""

import datetime as dt
import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

FORMAT = 1
SALT_BYTES = 32

type_error = "{path}: {value!r} cannot stand in the journal. Write it as text, a whole number, a list or an object."


class NotCanonical(ValueError):
    """A value that would not come back from every database exactly as it was put in; the message names where."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """The part of an event row that is hashed: everything but the database's own id and the seal."""

    organisation_id: int
    incident_id: int | None
    number: int | None
    kind: str
    version: int
    happened_at: dt.datetime
    recorded_at: dt.datetime
    actor_id: int | None
    on_behalf_of: Mapping[str, object] | None
    command_id: UUID
    position: int
    act_hash: str
    calendar_version: str
    payload: Mapping[str, object]
    text_digests: Mapping[str, str]


def plain(value: object, path: str = "payload") -> object:
    """`value` as JSON that every database returns unchanged; tuples become lists, string enumerations strings.

    :raises NotCanonical: for floats (PostgreSQL rewrites some), NUL and lone surrogates (PostgreSQL refuses them),
        keys that are not text, and anything JSON does not know.
    """
    if value is None or isinstance(value, bool | int):
        return value if value is None or isinstance(value, bool) else int(value)
    if isinstance(value, str):
        return storable(str.__str__(value), path)
    if isinstance(value, list | tuple):
        return [plain(item, f"{path}[{index}]") for index, item in enumerate(value)]
    if isinstance(value, Mapping):
        return {_key(key, path): plain(item, f"{path}.{key}") for key, item in value.items()}
    raise NotCanonical(type_error.format(path=path, value=value))


def storable(text: str, path: str) -> str:
    """`text` itself.

    :raises NotCanonical: if PostgreSQL or UTF-8 would refuse it.
    """
    if "\x00" in text:
        raise NotCanonical(f"{path}: the text holds a NUL character, which PostgreSQL cannot store. Take it out first.")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise NotCanonical(
            f"{path}: the text is not valid Unicode at character {error.start}. Mend it first."
        ) from None
    return text


def _key(key: object, path: str) -> str:
    if not isinstance(key, str):
        raise NotCanonical(f"{path}: the key {key!r} is not text.")
    return storable(str.__str__(key), path)


def instant(at: dt.datetime) -> str:
    """An aware instant in UTC, always with microseconds.

    :raises NotCanonical: for a time without a zone.
    """
    if at.tzinfo is None:
        raise NotCanonical(f"{at.isoformat()} has no time zone. The journal holds aware instants.")
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def digest(content: Content) -> str:
    """SHA-256 of the whole content of a row, in hexadecimal.

    :raises NotCanonical: see `plain` and `instant`.
    """
    written = {
        "format": FORMAT,
        "organisation": content.organisation_id,
        "incident": content.incident_id,
        "number": content.number,
        "kind": content.kind,
        "version": content.version,
        "happened_at": instant(content.happened_at),
        "recorded_at": instant(content.recorded_at),
        "actor": content.actor_id,
        "on_behalf_of": plain(content.on_behalf_of, "on_behalf_of"),
        "command": str(content.command_id),
        "position": content.position,
        "act": content.act_hash,
        "calendar": content.calendar_version,
        "payload": plain(content.payload),
        "texts": plain(content.text_digests, "texts"),
    }
    return hashlib.sha256(write_json(written)).hexdigest()


def write_json(value: object) -> bytes:
    """The one way JSON is written where it is hashed."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def new_salt() -> str:
    """Random, for one text: without it nobody can guess a short text from its digest. Erased together with the text."""
    return secrets.token_hex(SALT_BYTES)


def text_digest(salt: str, text: str) -> str:
    """What of a personal text goes into the chain: says nothing about the text once the salt is gone."""
    return hmac.new(bytes.fromhex(salt), text.encode(), hashlib.sha256).hexdigest()


def genesis(organisation_id: int) -> str:
    """What the first event of an organisation is chained to."""
    return hashlib.sha256(f"otklik journal {FORMAT} organisation {organisation_id}".encode()).hexdigest()


def chained(previous: str, number: int, event_digest: str) -> str:
    """The hash of event `number` of an organisation: of its own digest and of everything before it."""
    return hashlib.sha256(f"{previous} {number} {event_digest}".encode()).hexdigest()
