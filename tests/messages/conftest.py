"""Fixtures of the message tests."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from otklik.messages.models import Message


@pytest.fixture
def news(monkeypatch: pytest.MonkeyPatch) -> "list[list[Message]]":
    """What the listeners were told, instead of the incidents: one list for each time."""
    from otklik.messages import hooks

    heard: list[list[Message]] = []

    def hear(found: "Sequence[Message]") -> None:
        heard.append(list(found))

    monkeypatch.setattr(hooks, "_on_detected", [hear])
    return heard
