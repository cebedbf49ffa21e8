"""All reads of messages but access."""

from collections.abc import Iterable, Iterator

from django.db.models import QuerySet

from otklik.messages.models import ImportProfile, ImportRow, ImportRun, Message, RowState
from otklik.messages.reading.profiles import Profile, from_json
from otklik.project.transactions import read


def messages(ids: Iterable[int]) -> list[Message]:
    """Messages by id, with their authors."""
    return list(Message.objects.filter(pk__in=list(ids)).select_related("author"))


def import_profiles(organisation_id: int) -> list[Profile]:
    """The mappings that the organisation keeps, by name."""
    with read([organisation_id]):
        kept = ImportProfile.objects.filter(organisation=organisation_id).order_by("name")
        return [from_json(one.content) for one in kept]


def kept_profiles(organisation_id: int) -> list[ImportProfile]:
    """The same as rows, with who saved them."""
    kept = ImportProfile.objects.filter(organisation=organisation_id).order_by("name")
    return list(kept.select_related("saved_by"))


def import_runs_of(organisation_id: int, *, before: int | None, limit: int) -> list[ImportRun]:
    """Imports of the organisation, the latest first; older than the one of number `before`."""
    runs = ImportRun.objects.filter(organisation=organisation_id).select_related("started_by")
    if before is not None:
        runs = runs.filter(pk__lt=before)
    return list(runs.order_by("-pk")[:limit])


def bad_rows(run: ImportRun) -> QuerySet[ImportRow]:
    """The rows of an import that did not come in, in the order of the file."""
    return ImportRow.objects.filter(run=run, state=RowState.BAD).order_by("number")


def every_bad_row(run: ImportRun, at_once: int = 2000) -> Iterator[ImportRow]:
    """`bad_rows` for a download: a few thousand at a time, however many there are."""
    last = -1
    while rows := list(bad_rows(run).filter(number__gt=last)[:at_once]):
        yield from rows
        last = rows[-1].number
