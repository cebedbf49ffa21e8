"""Calendar data: one file a year, one file a region, and where newer ones are found.

``ru/<year>.yaml`` is the production calendar of a year, ``ru/regions/<code>.yaml`` the non-working days of one region
by its ISO 3166-2 code, ``ru/regions.yaml`` the names of all regions. ``docs/worktime.md`` describes the format.
"""

import os
from collections.abc import Mapping
from pathlib import Path

PACKAGED = Path(__file__).parent


def imported_folder(environment: Mapping[str, str] = os.environ) -> Path | None:
    """Where this installation keeps calendars imported after the release: ``$OTKLIK_DATA/calendars``, if set.

    It is asked here and not in the settings, because a calendar must be the same for every door, also for commands
    that start without Django.
    """
    data = environment.get("OTKLIK_DATA")
    return Path(data) / "calendars" if data else None


def folders(environment: Mapping[str, str] = os.environ) -> tuple[Path, ...]:
    """Folders with calendar data, the packaged one first: a file in a later folder replaces the same file before it."""
    imported = imported_folder(environment)
    return (PACKAGED,) if imported is None else (PACKAGED, imported)
