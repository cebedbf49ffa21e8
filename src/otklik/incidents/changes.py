"""What has changed since a sealed number: for screens that follow the work as it goes on.

Only sealed events are read: their numbers have no gaps that a slower transaction fills in later.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from otklik.incidents.models import Participant
from otklik.journal import queries as journal

MOST = 500
"""Changes of one organisation that are told one by one; of more (an import) it is said that everything changed."""


@dataclass(frozen=True, slots=True)
class Change:
    """An incident has changed. `units`: which take or took part in it; `incident_id` None: any number of them have."""

    organisation_id: int
    number: int
    """Sealed number of the event."""
    incident_id: int | None
    units: frozenset[int] = frozenset()


def heads() -> dict[int, int]:
    """Organisation → its last sealed number, of the tenant in force."""
    return journal.sealed_numbers()


def since(known: Mapping[int, int], now: Mapping[int, int]) -> list[Change]:
    """What was sealed between two looks at `heads`, in order, each organisation for itself."""
    found: list[Change] = []
    for organisation_id, number in now.items():
        before = known.get(organisation_id, 0)
        if number > before:
            found += _of(organisation_id, before, number)
    return found


def _of(organisation_id: int, before: int, number: int) -> list[Change]:
    if number - before > MOST:
        return [Change(organisation_id, number, None)]
    sealed = journal.sealed_incidents(organisation_id, before, number)
    units = _units({incident_id for _, incident_id in sealed})
    return [Change(organisation_id, at, incident_id, units[incident_id]) for at, incident_id in sealed]


def _units(incident_ids: Iterable[int]) -> dict[int, frozenset[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    rows = Participant.objects.filter(incident__in=set(incident_ids), unit__isnull=False)
    for incident_id, unit_id in rows.values_list("incident_id", "unit_id"):
        found[incident_id].add(unit_id or 0)
    return defaultdict(frozenset, {incident_id: frozenset(units) for incident_id, units in found.items()})
