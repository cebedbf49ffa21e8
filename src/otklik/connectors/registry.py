"""The connectors there are: entry points of the group `otklik.connectors`, ours and those of other packages alike.

A connector that cannot be loaded is logged and left out; the others work.
"""

from functools import cache
from importlib.metadata import entry_points

import structlog

from otklik.connectors.base import Connector, Permanent

GROUP = "otklik.connectors"

log = structlog.get_logger(__name__)


class UnknownConnector(Permanent):
    """No connector of this name is installed."""


def get(name: str) -> Connector:
    """The connector called `name`.

    :raises UnknownConnector: there is none, or it could not be loaded.
    """
    try:
        return all_connectors()[name]
    except KeyError:
        known = ", ".join(sorted(all_connectors())) or "none"
        raise UnknownConnector(
            f"No connector {name!r} is installed; there are: {known}.", code="no_connector"
        ) from None


@cache
def all_connectors() -> dict[str, Connector]:
    """Every connector that could be loaded, by name."""
    found: dict[str, Connector] = {}
    for point in entry_points(group=GROUP):
        try:
            connector = point.load()()
        except Exception:  # somebody else's package must not stop ours
            log.exception("connector could not be loaded", connector=point.name)
            continue
        if not isinstance(connector, Connector):
            log.error("not a connector", connector=point.name)
            continue
        found[connector.name] = connector
    return found
