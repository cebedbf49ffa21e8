"""A registry of its own for each test. Nothing of Django at import."""

import pytest


@pytest.fixture(autouse=True)
def registry_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test registers is forgotten after it; the handlers of the apps are not there."""
    from otklik.jobs import registry

    registry.load()
    monkeypatch.setattr(registry, "_handlers", {})
    monkeypatch.setattr(registry, "_periodics", {})
