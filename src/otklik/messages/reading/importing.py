"""The import of a file: chunks in transactions of their own, each row kept with what became of it.

What has been imported once changes nothing when it comes again: the whole file is known by its digest, a single row by
its identity, whichever file it stands in.
"""

import datetime as dt
import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

from otklik.messages import actions
from otklik.messages.actions import Arrival, Coming, TakenIn
from otklik.messages.models import ImportRow, ImportRun, ImportState, Message, MessageSource, RowState
from otklik.messages.reading import places
from otklik.messages.reading.profiles import Header, Profile, find_header
from otklik.messages.reading.records import Record, Records
from otklik.messages.reading.refusals import FileRefused, RowRefused, sentence
from otklik.messages.reading.source import Source, inspect
from otklik.messages.reading.table import Row, rows
from otklik.messages.text import storable
from otklik.orgs.models import Organisation, Person
from otklik.project.transactions import read, write
from otklik.regulation.networks import NETWORKS

CHUNK = 500
"""Rows in one transaction: on SQLite everybody else waits that long."""


@dataclass(frozen=True, slots=True)
class BadRow:
    """`number`: the line of the file; `reason`: a sentence."""

    number: int
    reason: str


@dataclass(slots=True)
class Tally:
    """What became of the rows so far. `line` of `lines`: how far it has come."""

    lines: int = 0
    line: int = 0
    new: int = 0
    known: int = 0
    bad: list[BadRow] = field(default_factory=list)

    @property
    def read(self) -> int:
        return self.new + self.known + len(self.bad)


Progress = Callable[[Tally], None]
Clock = Callable[[], dt.datetime]


@dataclass(frozen=True, slots=True)
class Imported:
    """`same_file`: when this very file had been imported before (aware UTC); then nothing was done."""

    tally: Tally
    profile: Profile
    run: ImportRun | None = None
    same_file: dt.datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be imported, how. `profile` None: whichever knows the file. `network`: where the file says none."""

    path: Path
    profile: Profile | None = None
    network: str = places.UNSAID
    is_dry_run: bool = False


def import_file(
    organisation: Organisation,
    wanted: Wanted,
    *,
    person: Person | None,
    clock: Clock,
    progress: Progress = lambda tally: None,  # noqa: ARG005
) -> Imported:
    """Bring a file's messages in; each new one is told to the listeners, as if it had come by itself.

    A message is detected when `clock` (aware UTC) says that its chunk comes in, unless a column says otherwise. Times
    in the file are of the organisation's zone. An import that was broken off goes on when it is started again.

    :raises FileRefused: the file as a whole cannot be read, or the organisation works under no act.
    """
    if wanted.network not in NETWORKS:
        raise FileRefused("unknown_network", network=wanted.network, known=", ".join(NETWORKS))
    if not organisation.act:
        raise FileRefused("no_act", organisation=organisation.key)
    source = inspect(wanted.path)
    header = find_header(source, wanted.profile)
    earlier = _same_file(organisation, source, header, wanted)
    if earlier is not None:
        return Imported(Tally(), header.profile, earlier, same_file=earlier.started_at)
    records = Records(header, ZoneInfo(organisation.zone), clock(), wanted.network)
    tally = Tally(lines=source.lines)
    chunks = _chunks(_below(source, header))
    if wanted.is_dry_run:
        _try_out(organisation, records, chunks, tally, progress)
        return Imported(tally, header.profile)
    run = _begin(organisation, source, header, wanted, person, clock())
    try:
        for chunk in chunks:
            _bring_in(run, records, chunk, tally, clock())
            progress(tally)
    except BaseException as error:
        _end(run, ImportState.FAILED, f"{type(error).__name__}: {error}"[:2000], clock())
        raise
    _end(run, ImportState.DONE, "", clock())
    return Imported(tally, header.profile, run)


def _below(source: Source, header: Header) -> Iterator[Row]:
    return (row for row in rows(source.read(), header.delimiter) if row.number > header.number)


def _chunks(found: Iterator[Row]) -> Iterator[list[Row]]:
    while chunk := list(itertools.islice(found, CHUNK)):
        yield chunk


@dataclass(slots=True)
class _Read:
    """One row on its way: a record, or why there is none; later, what became of it."""

    row: Row
    record: Record | None
    reason: str
    state: RowState = RowState.BAD
    message: Message | None = None


def _read(records: Records, chunk: Sequence[Row]) -> list[_Read]:
    return [_read_one(records, row) for row in chunk]


def _read_one(records: Records, row: Row) -> _Read:
    if row.problem:
        return _Read(row, None, row.problem)
    try:
        return _Read(row, records.read(row), "")
    except RowRefused as refused:
        return _Read(row, None, str(refused))


def _bring_in(run: ImportRun, records: Records, chunk: Sequence[Row], tally: Tally, now: dt.datetime) -> None:
    """One chunk, whole: messages, rows and counts, and what the listeners make of the messages."""
    found = _read(records, chunk)
    with write([run.organisation_id]):
        fresh = _settle_known(run.organisation_id, found)
        stand = _networks_of_copies(run.organisation_id, [record for _, record in fresh])
        coming = [_coming(run, record, stand[record.incoming.external_id], now) for _, record in fresh]
        taken = actions.take_in_many(run.organisation, coming)
        for (one, _), what in zip(fresh, taken, strict=True):
            _settle(one, what)
        _count(tally, found)
        ImportRow.objects.bulk_create(_kept(run, records, one) for one in found)
        run.rows_read, run.rows_new = tally.read, tally.new
        run.rows_known, run.rows_bad = tally.known, len(tally.bad)
        run.save(update_fields=["rows_read", "rows_new", "rows_known", "rows_bad"])


def _settle_known(organisation_id: int, found: Iterable[_Read]) -> list[tuple[_Read, Record]]:
    """Mark the rows that some file has brought before; the others, with their records."""
    having = [(one, one.record) for one in found if one.record is not None]
    identities = [record.identity for _, record in having]
    rows_there = ImportRow.objects.filter(organisation=organisation_id, identity__in=identities)
    there = {row.identity: row.message for row in rows_there.select_related("message")}
    fresh = []
    for one, record in having:
        if record.identity in there:
            one.state, one.message = RowState.KNOWN, there[record.identity]
            one.reason = sentence("same_row", {})
        else:
            fresh.append((one, record))
    return fresh


def _settle(one: _Read, what: TakenIn) -> None:
    one.message = what.message
    one.state = RowState.NEW if what.is_new else RowState.KNOWN
    one.reason = "" if what.is_new else sentence("copy", {})


def _networks_of_copies(organisation_id: int, fresh: Iterable[Record]) -> dict[str, str]:
    """Message id → the network it is kept under: that of its first copy, wherever the others were found."""
    first: dict[str, str] = {}
    for record in fresh:
        first.setdefault(record.incoming.external_id, record.network)
    # The networks are named for the index, which has them before the ids.
    there = Message.objects.filter(
        organisation=organisation_id, network__in=NETWORKS, external_id__in=first, source=MessageSource.IMPORT
    )
    return first | dict(there.values_list("external_id", "network"))


def _coming(run: ImportRun, record: Record, network: str, now: dt.datetime) -> Coming:
    arrival = Arrival(
        source=MessageSource.IMPORT,
        now=now,
        detected_at=record.detected_at,
        entered_by=run.started_by,
        topic=record.topic,
        place_name=record.place_name,
    )
    return Coming(network, record.incoming, arrival)


def _kept(run: ImportRun, records: Records, one: _Read) -> ImportRow:
    return ImportRow(
        organisation_id=run.organisation_id,
        run=run,
        number=one.row.number,
        content=records.content(one.row),
        identity=one.record.identity if one.record else "",
        state=one.state,
        reason=one.reason[:500],
        message=one.message,
    )


def _count(tally: Tally, found: Sequence[_Read]) -> None:
    states = Counter(one.state for one in found)
    tally.new += states[RowState.NEW]
    tally.known += states[RowState.KNOWN]
    tally.bad.extend(BadRow(one.row.number, one.reason) for one in found if one.state is RowState.BAD)
    tally.line = found[-1].row.number


def _try_out(
    organisation: Organisation, records: Records, chunks: Iterator[list[Row]], tally: Tally, progress: Progress
) -> None:
    """Count what would become of each row; write nothing."""
    seen: set[str] = set()
    for chunk in chunks:
        found = _read(records, chunk)
        with read([organisation.pk]):
            fresh = _settle_known(organisation.pk, found)
            ids = [record.incoming.external_id for _, record in fresh]
            here = Message.objects.filter(organisation=organisation, network__in=NETWORKS, external_id__in=ids)
            seen |= set(here.values_list("external_id", flat=True))
        for one, record in fresh:
            one.state = RowState.KNOWN if record.incoming.external_id in seen else RowState.NEW
            seen.add(record.incoming.external_id)
        _count(tally, found)
        progress(tally)


def _same_file(organisation: Organisation, source: Source, header: Header, wanted: Wanted) -> ImportRun | None:
    """The finished import of these very bytes in the same reading of them."""
    with read([organisation.pk]):
        done = ImportRun.objects.filter(organisation=organisation, digest=source.digest, state=ImportState.DONE)
        runs = done.filter(profile=header.profile.name).order_by("started_at")
        return next((run for run in runs if run.mapping == _mapping(header, wanted)), None)


def _mapping(header: Header, wanted: Wanted) -> Mapping[str, str]:
    """How the file is read, as it is kept with the run: field → column, and the network of rows that say none."""
    columns = {field_.value: header.headings[place] for field_, place in header.places.items()}
    return columns | {"network_unsaid": wanted.network}


def _begin(
    organisation: Organisation,
    source: Source,
    header: Header,
    wanted: Wanted,
    person: Person | None,
    now: dt.datetime,
) -> ImportRun:
    with write([organisation.pk]):
        return ImportRun.objects.create(
            organisation=organisation,
            file_name=source.path.name[:300],
            digest=source.digest,
            profile=header.profile.name,
            mapping=_mapping(header, wanted),
            started_by=person,
            started_at=now,
        )


def _end(run: ImportRun, state: ImportState, problem: str, now: dt.datetime) -> None:
    with write([run.organisation_id]):
        run.state, run.problem, run.ended_at = state, storable(problem), now
        run.save(update_fields=["state", "problem", "ended_at"])
