"""The act that an organisation works under: one of the program's, or one it uploaded, from the day it named.

The plan (`Organisation.act_plan`) lists what counts from which day: `{"starts_on", "act", "hash"}`, the hash only for
an uploaded edition. Before the first day of the plan the organisation's own `act` counts; of an act that comes with the
program, the edition that its amendments give for the day.
"""

import datetime as dt
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils import timezone

from otklik.orgs.models import Organisation, UploadedEdition
from otklik.project.transactions import EVERYTHING, read
from otklik.regulation.editions import NotInForceError, edition_in_force, editions
from otklik.regulation.model import Act
from otklik.regulation.parse import LoadedAct, load_act


@dataclass(frozen=True, slots=True)
class InForce:
    """What counts on a day. `uploaded`: the hash of an uploaded edition, else empty."""

    act: Act
    hash: str
    uploaded: str = ""


def in_force(organisation: Organisation, on: dt.date) -> InForce | None:
    """What counts on a date of the place; None for an organisation without an act."""
    counting = [one for one in organisation.act_plan if dt.date.fromisoformat(one["starts_on"]) <= on]
    chosen = max(counting, key=lambda one: str(one["starts_on"]), default=None)
    if chosen is not None and chosen["hash"]:
        return InForce(_uploaded(organisation.pk, chosen["hash"]), chosen["hash"], chosen["hash"])
    act = chosen["act"] if chosen else organisation.act
    if not act:
        return None
    loaded = _shipped(act, on)
    return InForce(loaded.act, loaded.hash)


def current(organisation: Organisation) -> Act | None:
    """The act in force for the organisation now; None where it has none."""
    found = in_force(organisation, today(organisation))
    return found.act if found else None


def today(organisation: Organisation) -> dt.date:
    """The date at the place."""
    return timezone.now().astimezone(ZoneInfo(organisation.zone)).date()


def from_files(files: Mapping[str, str]) -> LoadedAct:
    """The edition that the files of an act's folder give, with all amendments among them.

    :raises ActProblems: everything that is wrong with them.
    """
    with tempfile.TemporaryDirectory(prefix="otklik-act-") as folder:
        return editions(written(files, Path(folder)))[-1]


def uploaded_by(organisation: Organisation) -> QuerySet[UploadedEdition]:
    """The editions that an organisation has uploaded."""
    return UploadedEdition.objects.filter(organisation=organisation).select_related("uploaded_by")


@lru_cache(maxsize=16)
def loaded(organisation_id: int, act_hash: str) -> LoadedAct:
    """An uploaded edition with the lines of its files, for whoever looks at its rules."""
    with read(EVERYTHING):
        row = UploadedEdition.objects.get(organisation=organisation_id, hash=act_hash)
    return from_files(row.files)


def written(files: Mapping[str, str], folder: Path) -> Path:
    """The files in a folder of their own below `folder`; the folder is named after no act, so the act's id is free."""
    root = folder / "_uploaded"
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def files_of(organisation: Organisation, found: InForce) -> dict[str, str]:
    """The files of what is in force: an amendment is read over them."""
    if found.uploaded:
        row = UploadedEdition.objects.get(organisation=organisation, hash=found.uploaded)
        return dict(row.files)
    folder = load_act(found.act.act).folder
    if folder is None:
        return {}
    return {str(path.relative_to(folder)): path.read_text(encoding="utf-8") for path in folder.rglob("*.yaml")}


@lru_cache(maxsize=64)
def _shipped(act: str, on: dt.date) -> LoadedAct:
    try:
        return edition_in_force(act, on)
    except NotInForceError:
        return load_act(act)  # chosen before its first day: as it was adopted


@lru_cache(maxsize=64)
def _uploaded(organisation_id: int, act_hash: str) -> Act:
    with read(EVERYTHING):
        row = UploadedEdition.objects.get(organisation=organisation_id, hash=act_hash)
        return Act.model_validate(row.document)
