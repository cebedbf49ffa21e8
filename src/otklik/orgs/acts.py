"""The act that an organisation works under."""

from otklik.orgs.models import Organisation
from otklik.regulation.model import Act
from otklik.regulation.parse import load_act


def current(organisation: Organisation) -> Act | None:
    """The act in force for it now; None for an organisation that has none."""
    return load_act(organisation.act).act if organisation.act else None
