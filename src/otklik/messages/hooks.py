"""Who is told of new and of edited messages. Called inside the transaction of the change: both happen, or neither."""

import datetime as dt
from collections.abc import Callable, Sequence

from otklik.messages.models import Message

Listener = Callable[[Sequence[Message]], None]
EditListener = Callable[[Message, dt.datetime], None]

_on_detected: list[Listener] = []
_on_edited: list[EditListener] = []


def on_detected(listener: Listener) -> None:
    """Register a listener for messages that are not our own; registering it twice changes nothing.

    It is given all that came together, of one organisation: one from a channel, hundreds from a file.
    """
    if listener not in _on_detected:
        _on_detected.append(listener)


def detected(messages: Sequence[Message]) -> None:
    """Citizens' messages have come in."""
    for listener in _on_detected:
        listener(messages)


def on_edited(listener: EditListener) -> None:
    """Register a listener for messages whose text their author has changed; twice changes nothing."""
    if listener not in _on_edited:
        _on_edited.append(listener)


def edited(message: Message, now: dt.datetime) -> None:
    """The author has changed the text."""
    for listener in _on_edited:
        listener(message, now)
