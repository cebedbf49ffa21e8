"""The edition of an act that an incident stands under, kept whole by content hash.

A shipped act file may change with a release, and an amendment comes into force on a day: an incident detected before
keeps its own edition. `for_new` chooses, `by_hash` finds again.
"""

import datetime as dt
from functools import lru_cache
from zoneinfo import ZoneInfo

from otklik.incidents.models import ActEdition
from otklik.orgs import acts
from otklik.orgs.acts import InForce
from otklik.orgs.models import Organisation
from otklik.project.transactions import EVERYTHING, read
from otklik.regulation.model import Act


class NoAct(Exception):
    """The organisation works under no act, so no incident can be opened there. `facts` for words at the door."""

    def __init__(self, organisation: str) -> None:
        super().__init__(f"Organisation {organisation} has no act: choose one with `otklik init` or in its settings.")
        self.organisation = organisation


def for_new(organisation: Organisation, now: dt.datetime) -> tuple[Act, str]:
    """The act and the hash of its edition for an incident detected at `now` (aware); stored if it is new here.

    Call it inside a `write()`.

    :raises NoAct: the organisation is an outside institution or has not chosen an act.
    """
    loaded = _of(organisation, now)
    if not ActEdition.objects.filter(hash=loaded.hash).exists():
        ActEdition.objects.get_or_create(
            hash=loaded.hash,
            defaults={
                "act": loaded.act.act,
                "document": loaded.act.model_dump(mode="json", by_alias=True, exclude_defaults=True),
                "stored_at": now,
            },
        )
    return loaded.act, loaded.hash


def in_force(organisation: Organisation, now: dt.datetime) -> Act:
    """The act for an incident detected at `now` (aware), for a door that asks what the act knows; nothing is stored.

    :raises NoAct: as `for_new`.
    """
    return _of(organisation, now).act


def by_hash(act_hash: str) -> Act:
    """The edition with this hash.

    :raises ActEdition.DoesNotExist: no incident here ever stood under it.
    """
    return _stored(act_hash)


def _of(organisation: Organisation, now: dt.datetime) -> InForce:
    loaded = acts.in_force(organisation, now.astimezone(ZoneInfo(organisation.zone)).date())
    if loaded is None:
        raise NoAct(organisation.key)
    return loaded


@lru_cache(maxsize=64)
def _stored(act_hash: str) -> Act:
    with read(EVERYTHING):
        return Act.model_validate(ActEdition.objects.get(hash=act_hash).document)
