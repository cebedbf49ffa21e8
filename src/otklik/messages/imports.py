"""What people do with imports on screen: upload a file, say what its columns mean, start, stop; keep such a mapping.

The file lies among the blobs until its rows are in: they are what is kept of it. See `reading/` for the import itself.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import BinaryIO
from uuid import uuid5

from django.conf import settings
from django.db.models import Q

from otklik.files import blobs
from otklik.jobs import actions as jobs
from otklik.jobs.models import Job, JobState
from otklik.messages.models import ImportProfile, ImportRun, ImportState
from otklik.messages.queries import import_profiles
from otklik.messages.reading import places
from otklik.messages.reading.headers import Header, find_header
from otklik.messages.reading.importing import (
    Reading,
    end,
    require_act,
    require_network,
    same_file,
    told_to_journal,
)
from otklik.messages.reading.profiles import OWN, Field, Profile, as_json, named, presets
from otklik.messages.reading.refusals import FileRefused
from otklik.messages.reading.source import Source, inspect
from otklik.messages.text import storable
from otklik.orgs.actions import By
from otklik.orgs.actions.base import record
from otklik.orgs.models import Organisation, Person
from otklik.project.transactions import EVERYTHING, read, write

JOB = "messages.import"
AUTO = "auto"
"""Instead of a profile: whichever knows the file."""
ASK = "ask"
"""Instead of a profile: the person says what the columns mean, even if a profile knows them."""
UNFINISHED = (ImportState.MAPPING, ImportState.WAITING, ImportState.RUNNING)
MAPPING_KEPT = dt.timedelta(days=7)
"""How long an upload waits for somebody to say what its columns mean."""
SILENT = dt.timedelta(minutes=15)
"""An import that has not moved for so long, and that no job goes on with, was broken off."""


class ImportRefused(Exception):
    """What was asked cannot be done: `code` says why, words are made at the door."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Uploaded:
    """`is_known`: this very file was uploaded before, and `run` is that import."""

    run: ImportRun
    is_known: bool = False


def upload(organisation: Organisation, person: Person, file: BinaryIO, *, name: str, profile: str, by: By) -> Uploaded:
    """Keep a file, and start its import if a profile knows it; else its columns must be mapped.

    `profile`: name of a preset or of a mapping of the organisation; `AUTO`: whichever knows the file; `ASK`: none.

    :raises FileRefused: it cannot be read, is too big, or has not the columns of the profile named.
    """
    require_act(organisation)
    limit = settings.IMPORT_LIMIT_BYTES
    try:
        with blobs.written_aside(organisation.pk, file, limit=limit) as written:
            source = inspect(written.path, name)
            reading = _reading(organisation, source, profile)
            blobs.keep(organisation.pk, written)
    except blobs.TooBig:
        raise FileRefused("too_big", file=name, limit_mb=limit >> 20) from None
    earlier = _earlier(organisation, source.digest, reading)
    if earlier is not None:
        return Uploaded(earlier, is_known=True)
    with write([organisation.pk]):
        run = ImportRun.objects.create(
            organisation=organisation,
            file_name=storable(name)[:300],
            digest=source.digest,
            kind=source.kind,
            state=ImportState.MAPPING,
            is_upload=True,
            started_by=person,
            started_at=by.now,
            updated_at=by.now,
        )
        if reading is not None:
            _start(run, reading, by)
    return Uploaded(run)


def opened(run: ImportRun) -> Source:
    """The file of an import that has not ended.

    :raises FileRefused: `file_gone`, or it cannot be read.
    """
    try:
        return inspect(blobs.path_of(run.organisation_id, run.digest), run.file_name)
    except FileRefused as refused:
        if refused.code == "missing_file":
            raise FileRefused("file_gone", file=run.file_name) from None
        raise


def start(run: ImportRun, header: Header, *, network: str, keep_as: str = "", by: By) -> ImportRun | None:
    """Bring the file in as `header`'s profile reads it; kept under `keep_as`, the profile knows such files from now on.

    Returns the import of this very file in this very reading, if there has been one: then nothing is done.

    :raises FileRefused: `unknown_network`.
    :raises ImportRefused: `not_waiting`: it runs already or has ended; `no_text`: no column is the text; `name_taken`.
    """
    require_network(network)
    if not header.profile.columns.keys() & {Field.TEXT, Field.TITLE}:
        raise ImportRefused("no_text")
    name = storable(keep_as).strip()[:100]
    profile = replace(header.profile, title=name or header.profile.title)
    reading = Reading(opened(run), replace(header, profile=profile), network)
    earlier = same_file(run.organisation, reading)
    with write([run.organisation_id]):
        locked = ImportRun.objects.select_for_update().get(pk=run.pk)
        if locked.state != ImportState.MAPPING:
            raise ImportRefused("not_waiting")
        if name:
            _keep_profile(run, reading.header, name, network, by)
        if earlier is not None:
            _cancel(locked, by)
            return earlier
        _start(locked, reading, by)
    return None


def cancel(run: ImportRun, *, by: By) -> None:
    """Stop an import: what is in stays in, the rest does not come.

    :raises ImportRefused: `ended`: there is nothing to stop any more.
    """
    with write([run.organisation_id]):
        locked = ImportRun.objects.select_for_update().get(pk=run.pk)
        if locked.state not in UNFINISHED:
            raise ImportRefused("ended")
        _cancel(locked, by)


def forget_profile(profile: ImportProfile, *, by: By) -> None:
    """The organisation no longer keeps this mapping; imports that were read by it stay as they are."""
    with write([profile.organisation_id]):
        record(
            _of(by, f"forget:{profile.pk}"),
            profile.organisation_id,
            "import_profile_forgotten",
            {"profile": profile.name},
        )
        profile.delete()


def tidy(*, now: dt.datetime) -> None:
    """Give up uploads that nobody has mapped for a week, and imports that stand still without a job."""
    with read(EVERYTHING):
        waiting = Q(state=ImportState.MAPPING, updated_at__lt=now - MAPPING_KEPT)
        silent = Q(state__in=(ImportState.WAITING, ImportState.RUNNING), updated_at__lt=now - SILENT)
        found = list(ImportRun.objects.filter(waiting | silent))
        keys = [str(run.pk) for run in found]
        unfinished = Job.objects.filter(kind=JOB, key__in=keys, state__in=(JobState.WAITING, JobState.RUNNING))
        at_work = set(unfinished.values_list("key", flat=True))
    for run in found:
        if run.state == ImportState.MAPPING:
            _give_up_mapping(run, now)
        elif str(run.pk) not in at_work:
            end(run, ImportState.FAILED, "Загрузка прервалась и не продолжилась. Загрузите файл снова.", now)


def chosen(name: str, kept: Sequence[Profile]) -> Profile:
    """The profile that a person named: one of `kept`, by its title, else a preset. It may have further columns.

    :raises FileRefused: `unknown_profile`.
    """
    found = next((one for one in kept if one.title == name), None)
    return replace(found, is_whole=False) if found else named(name)


def keeps_blob(organisation_id: int, sha256: str) -> bool:
    """Whether an import still needs the file that lies under this hash."""
    with read([organisation_id]):
        unfinished = ImportRun.objects.filter(organisation=organisation_id, digest=sha256, state__in=UNFINISHED)
        return unfinished.filter(is_upload=True).exists()


def _reading(organisation: Organisation, source: Source, profile: str) -> Reading | None:
    """How the file is to be read; None: a person must say.

    :raises FileRefused: it has not the columns of the profile that was named.
    """
    if profile == ASK:
        return None
    kept = import_profiles(organisation.pk)
    if profile != AUTO:
        wanted = chosen(profile, kept)
        return Reading(source, find_header(source, wanted), _network(organisation, wanted))
    try:
        header = find_header(source, None, kept)
    except FileRefused:
        return None
    return Reading(source, header, _network(organisation, header.profile))


def _network(organisation: Organisation, profile: Profile) -> str:
    """The network kept with a mapping of the organisation, for rows that say none."""
    with read([organisation.pk]):
        kept = ImportProfile.objects.filter(organisation=organisation, name=profile.title).first()
    return kept.content.get("network", places.UNSAID) if kept and profile.name == OWN else places.UNSAID


def _earlier(organisation: Organisation, digest: str, reading: Reading | None) -> ImportRun | None:
    """The import of this very file that has not ended, or has ended well in the same reading."""
    with read([organisation.pk]):
        unfinished = ImportRun.objects.filter(organisation=organisation, digest=digest, state__in=UNFINISHED)
        found = unfinished.filter(is_upload=True).first()
    return found or (same_file(organisation, reading) if reading else None)


def _start(run: ImportRun, reading: Reading, by: By) -> None:
    run.state, run.updated_at = ImportState.WAITING, by.now
    run.profile, run.mapping = reading.header.profile.name, reading.mapping
    run.rows_total = reading.header.table.lines
    run.save(update_fields=["state", "updated_at", "profile", "mapping", "rows_total"])
    told_to_journal(run, _of(by, f"start:{run.pk}"))
    jobs.enqueue(JOB, str(run.pk), {"import": run.pk}, run_at=by.now, organisation=run.organisation_id)


def _cancel(run: ImportRun, by: By) -> None:
    ImportRun.objects.filter(pk=run.pk).update(state=ImportState.CANCELLED, ended_at=by.now, updated_at=by.now)
    jobs.cancel(JOB, str(run.pk))
    counts = {"new": run.rows_new, "known": run.rows_known, "bad": run.rows_bad}
    record(_of(by, f"cancel:{run.pk}"), run.organisation_id, "import_cancelled", {"import": run.pk, **counts})


def _give_up_mapping(run: ImportRun, now: dt.datetime) -> None:
    with write([run.organisation_id]):
        waiting = ImportRun.objects.filter(pk=run.pk, state=ImportState.MAPPING)
        waiting.update(state=ImportState.CANCELLED, ended_at=now, updated_at=now)


def _keep_profile(run: ImportRun, header: Header, name: str, network: str, by: By) -> None:
    """Known again by all of the file's headings: a file with other columns asks anew."""
    if name.casefold() in {said.casefold() for one in presets().values() for said in (one.name, one.title)}:
        raise ImportRefused("name_taken")
    content = as_json(replace(header.profile, title=name, recognised_by=(header.headings,), sheet="", is_whole=True))
    ImportProfile.objects.update_or_create(
        organisation_id=run.organisation_id,
        name=name,
        defaults={"content": content | {"network": network}, "saved_by_id": by.person_id, "saved_at": by.now},
    )
    told = {"profile": name, "columns": content["columns"]}
    record(_of(by, f"keep:{name}"), run.organisation_id, "import_profile_saved", told)


def _of(by: By, what: str) -> By:
    """The same person and moment, under a command id of its own: one form may lead to several events."""
    return replace(by, command_id=uuid5(by.command_id, what))
