"""Who may see a file: whoever may see one of the objects it is attached to, and, until it is attached, who uploaded it.

An app says so once, where its objects live:

    access.owner("incident", lambda person, owner_id: incidents.access.may_see(person, int(owner_id)))
"""

from collections.abc import Callable
from uuid import UUID

from otklik.files.models import FileRecord
from otklik.orgs.models import Person
from otklik.project.transactions import EVERYTHING, read

MayRead = Callable[[Person, str], bool]

_owners: dict[str, MayRead] = {}


class Absent(LookupError):
    """There is no such file for this person; whether there is one for others is not said."""


def owner(kind: str, may_read: MayRead) -> None:
    """Objects of `kind` may own files: `may_read(person, owner_id)` says who sees them."""
    _owners[kind] = may_read


def is_owner(kind: str) -> bool:
    """Whether an app has said who sees the files of such objects."""
    return kind in _owners


def file_for(person: Person, file_id: UUID) -> FileRecord:
    """The file, for one who may see it.

    :raises Absent: there is none, or not for this person.
    """
    with read(EVERYTHING):  # an outside curator sees a file of another organisation: the owners' own rules decide
        record = FileRecord.objects.filter(pk=file_id).first()
        uses = list(record.uses.order_by("id").values_list("owner_kind", "owner_id")) if record else []
    if record is None or not _may_see(person, record, uses):
        raise Absent(f"There is no file {file_id} for person {person.pk}.")
    return record


def _may_see(person: Person, record: FileRecord, uses: list[tuple[str, str]]) -> bool:
    if not uses:
        return record.uploaded_by_id is not None and record.uploaded_by_id == person.pk
    return any(_owners[kind](person, owner_id) for kind, owner_id in uses if kind in _owners)
