"""Fixtures of the channel tests."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from otklik.channels.models import Publication
    from otklik.orgs.models import Organisation
    from tests.channels.hands import Page


@pytest.fixture
def page(organisation_factory: "Callable[..., Organisation]") -> "Page":
    """A page in the demo network of an organisation under the act of Altai."""
    from tests.channels import hands

    return hands.make_page(organisation_factory(act="altai-2020-132"))


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the listeners of the outbox were told, instead of the incidents; of new messages nobody is told."""
    from otklik.channels import hooks
    from otklik.messages import hooks as messages

    heard: list[str] = []

    def hear(publication: "Publication", _now: object) -> None:
        heard.append(str(publication.state))

    monkeypatch.setattr(hooks, "_on_result", [hear])
    monkeypatch.setattr(messages, "_on_detected", [])
    return heard
