"""Connectors come from entry points; a broken one is left out and the others work."""

from collections.abc import Iterator
from importlib.metadata import EntryPoint

import pytest

from otklik.connectors import registry
from otklik.connectors.base import Connector
from otklik.connectors.demo import DemoConnector


@pytest.fixture(autouse=True)
def _forgotten() -> Iterator[None]:
    registry.all_connectors.cache_clear()
    yield
    registry.all_connectors.cache_clear()


def installed(monkeypatch: pytest.MonkeyPatch, **points: str) -> None:
    made = [EntryPoint(name, value, registry.GROUP) for name, value in points.items()]
    monkeypatch.setattr(registry, "entry_points", lambda group: [one for one in made if one.group == group])


def test_ours_come_the_same_way_as_others() -> None:
    assert isinstance(registry.get("demo"), DemoConnector)
    assert isinstance(registry.get("demo"), Connector)


def test_a_broken_one_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    installed(
        monkeypatch,
        gone="otklik_nobody.connector:Connector",
        no_class="otklik.connectors.demo:Nothing",
        no_connector="builtins:dict",
        demo="otklik.connectors.demo:DemoConnector",
    )
    assert list(registry.all_connectors()) == ["demo"]


def test_an_unknown_one_says_which_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(registry.UnknownConnector, match="demo"):
        registry.get("vkontakte")
    registry.all_connectors.cache_clear()
    installed(monkeypatch)
    with pytest.raises(registry.UnknownConnector, match="none"):
        registry.get("demo")
