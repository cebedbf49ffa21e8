"""Files that come with a form: kept, and made the incident's own."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, BinaryIO, cast

from django.core.files.uploadedfile import UploadedFile

from otklik.files import actions as files
from otklik.files.kinds import Refused
from otklik.files.models import FileKind, FileRecord
from otklik.incidents.models import Incident
from otklik.orgs.models import Person
from otklik.process.state import Attachment
from otklik.project.transactions import write

_KINDS = {FileKind.PICTURE: "photo", FileKind.VIDEO: "video", FileKind.DOCUMENT: "act"}
"""What the acts call them (U 10): a scanned document is the act of acceptance."""


def keep(
    incident: Incident, person: Person, uploaded: "Iterable[UploadedFile[Any]]", *, now: dt.datetime
) -> tuple[tuple[Attachment, ...], tuple[str, ...]]:
    """The files that were taken, and a sentence for each that was not."""
    taken: list[Attachment] = []
    problems: list[str] = []
    for one in uploaded:
        try:
            record = files.store(
                incident.organisation_id, cast("BinaryIO", one), name=one.name or "файл", uploaded_by=person.pk, now=now
            )
        except Refused as refusal:
            problems.append(f"{one.name}: {refusal.sentence}")
            continue
        taken.append(_own(incident, record))
    return tuple(taken), tuple(problems)


def _own(incident: Incident, record: FileRecord) -> Attachment:
    with write([incident.organisation_id]):
        files.attach(incident.organisation_id, [record.pk], owner_kind="incident", owner_id=incident.pk)
    return Attachment(key=str(record.pk), kind=_KINDS[FileKind(record.kind)])
