"""Reading the payload of an event: typed, and loud about what is not there."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from otklik.process.events import Event
from otklik.process.state import ReplyKind, Slot


class BadPayload(ValueError):
    """A stored event does not carry what its kind and version promise."""


def need(event: Event, key: str) -> Any:
    """:raises BadPayload: if `key` is absent."""
    if key not in event.payload:
        raise BadPayload(
            f"Event {event.kind} version {event.version} has no {key!r}. See otklik.process.events.PAYLOADS."
        )
    return event.payload[key]


def text(event: Event, key: str) -> str:
    value = need(event, key)
    if not isinstance(value, str):
        raise BadPayload(f"Event {event.kind}: {key!r} is {value!r}, not text.")
    return value


def maybe_text(event: Event, key: str) -> str | None:
    value = event.payload.get(key)
    return None if value is None else str(value)


def number(event: Event, key: str) -> int:
    value = need(event, key)
    if not isinstance(value, int):
        raise BadPayload(f"Event {event.kind}: {key!r} is {value!r}, not a whole number.")
    return value


def maybe_number(event: Event, key: str) -> int | None:
    value = event.payload.get(key)
    return value if isinstance(value, int) else None


def truth(event: Event, key: str) -> bool:
    return bool(event.payload.get(key, False))


def moment(value: object) -> dt.datetime:
    """An instant from ISO 8601.

    :raises BadPayload: for anything else, or a time without a zone.
    """
    try:
        at = dt.datetime.fromisoformat(str(value))
    except ValueError:
        raise BadPayload(f"{value!r} is not an instant.") from None
    if at.tzinfo is None:
        raise BadPayload(f"{value!r} has no time zone.")
    return at


def instant(event: Event, key: str) -> dt.datetime:
    return moment(need(event, key))


def maybe_instant(event: Event, key: str) -> dt.datetime | None:
    value = event.payload.get(key)
    return None if value is None else moment(value)


def texts(event: Event, key: str) -> tuple[str, ...]:
    return tuple(str(item) for item in rows(event, key))


def rows(event: Event, key: str) -> Sequence[Any]:
    """A list; an absent one is empty."""
    value = event.payload.get(key) or ()
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise BadPayload(f"Event {event.kind}: {key!r} is {value!r}, not a list.")
    return value


def mapping(event: Event, key: str) -> Mapping[str, Any]:
    """An object; an absent one is empty."""
    value = event.payload.get(key) or {}
    if not isinstance(value, Mapping):
        raise BadPayload(f"Event {event.kind}: {key!r} is {value!r}, not an object.")
    return value


def slot(event: Event) -> Slot:
    return slot_of(event.payload)


def slot_of(data: Mapping[str, Any]) -> Slot:
    """:raises BadPayload: if it is no slot."""
    try:
        return Slot(str(data["message"]), ReplyKind(data["reply"]), int(data["number"]))
    except (KeyError, ValueError, TypeError):
        raise BadPayload(f"{dict(data)!r} is not a slot: message, reply, number.") from None
