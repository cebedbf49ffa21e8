"""The import of a file: chunks in transactions of their own, each row kept with what became of it.

What has been imported once changes nothing when it comes again, in whatever form: the whole file is known by its
digest, a single row by what it says, whichever file it stands in. An import that was killed goes on behind its last
chunk; the rows before it are only counted again, because the same words twice in a file are told apart by their order.
"""

import datetime as dt
import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.db.models import Q

from otklik.messages import actions
from otklik.messages.actions import Arrival, Coming, TakenIn
from otklik.messages.models import ImportRow, ImportRun, ImportState, Message, MessageSource, RowState
from otklik.messages.queries import import_profiles
from otklik.messages.reading import places
from otklik.messages.reading.cells import same_words
from otklik.messages.reading.headers import Header, find_header
from otklik.messages.reading.profiles import Profile, as_json, from_json
from otklik.messages.reading.records import Record, Records
from otklik.messages.reading.refusals import FileRefused, sentence
from otklik.messages.reading.source import Source, inspect
from otklik.messages.reading.table import Row
from otklik.messages.reading.tally import MOST_TOLD, BadRow, Clock, Progress, Tally, unheard
from otklik.messages.reading.trying import try_row
from otklik.messages.text import storable
from otklik.orgs.actions import By
from otklik.orgs.actions.base import record as record_in_journal
from otklik.orgs.models import Organisation, Person
from otklik.project.transactions import read, step_aside_for_people, write
from otklik.regulation.networks import NETWORKS

CHUNK = 100
"""Rows in one transaction: on SQLite everybody else waits that long, half a second."""


class Stopped(Exception):
    """Somebody has cancelled the import, or another worker goes on with it: this chunk is rolled back."""


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


@dataclass(frozen=True, slots=True)
class Reading:
    """A file, and how it is read."""

    source: Source
    header: Header
    network: str

    @property
    def mapping(self) -> dict[str, Any]:
        """How the file is read, as it is kept with the run."""
        headings = list(self.header.headings)
        return as_json(self.header.profile) | {"network": self.network, "headings": headings}


def import_file(
    organisation: Organisation,
    wanted: Wanted,
    *,
    person: Person | None,
    clock: Clock,
    progress: Progress = unheard,
) -> Imported:
    """Bring a file's messages in; each new one is told to the listeners, as if it had come by itself.

    A message is detected when `clock` (aware UTC) says that its chunk comes in, unless a column says otherwise. Times
    in the file are of the profile's zone, else the organisation's. An import that was broken off goes on when it is
    started again.

    :raises FileRefused: the file as a whole cannot be read, or the organisation works under no act.
    """
    require_network(wanted.network)
    require_act(organisation)
    source = inspect(wanted.path)
    header = find_header(source, wanted.profile, import_profiles(organisation.pk))
    reading = Reading(source, header, wanted.network)
    earlier = same_file(organisation, reading)
    if earlier is not None:
        return Imported(Tally(), header.profile, earlier, same_file=earlier.started_at)
    if wanted.is_dry_run:
        return Imported(_tried_out(organisation, reading, clock(), progress), header.profile)
    run = _begin(organisation, reading, person, clock())
    try:
        tally = bring_in(run, reading, clock=clock, progress=progress)
    except BaseException as error:
        end(run, ImportState.FAILED, f"{type(error).__name__}: {error}"[:2000], clock())
        raise
    return Imported(tally, header.profile, run)


def carry_on(run: ImportRun, path: Path, *, clock: Clock, progress: Progress) -> Tally:
    """Bring in a file that was uploaded, from where the run has come to, to its end.

    :raises FileRefused: the file is gone, has changed or cannot be read.
    :raises Stopped: see there.
    """
    try:
        source = inspect(path, run.file_name)
    except FileRefused as refused:
        if refused.code == "missing_file":
            raise FileRefused("file_gone", file=run.file_name) from None
        raise
    if source.digest != run.digest:
        raise FileRefused("file_changed", file=run.file_name)
    reading = Reading(source, find_header(source, from_json(run.mapping)), run.mapping["network"])
    with write([run.organisation_id]):
        waiting = ImportRun.objects.filter(pk=run.pk, state=ImportState.WAITING)
        waiting.update(state=ImportState.RUNNING, updated_at=clock())
    run.refresh_from_db(fields=["state", "last_row"])
    return bring_in(run, reading, clock=clock, progress=progress)


def bring_in(run: ImportRun, reading: Reading, *, clock: Clock, progress: Progress = unheard) -> Tally:
    """All chunks behind the run's last row, each whole: messages, rows, counts, and what the listeners make of them.

    :raises Stopped: the run is not ours any more.
    """
    records = records_of(run.organisation, reading, clock(), run.mapping["network"])
    tally = Tally(run.rows_total, run.last_row, run.rows_new, run.rows_known, run.rows_bad)
    for chunk in _chunks(_behind(records, reading.header.below(), run.last_row, lambda: progress(tally))):
        _bring_in(run, records, chunk, tally, clock())
        progress(tally)
        step_aside_for_people()
    end(run, ImportState.DONE, "", clock())
    return tally


def records_of(organisation: Organisation, reading: Reading, now: dt.datetime, network: str) -> Records:
    """What makes messages of this file's rows."""
    zone = ZoneInfo(reading.header.profile.zone or organisation.zone)
    return Records(reading.header, zone, now, network)


def require_network(network: str) -> None:
    """
    :raises FileRefused: `unknown_network`.
    """
    if network not in NETWORKS:
        raise FileRefused("unknown_network", network=network, known=", ".join(NETWORKS))


def require_act(organisation: Organisation) -> None:
    """
    :raises FileRefused: `no_act`.
    """
    if not organisation.act:
        raise FileRefused("no_act", organisation=organisation.key)


def same_file(organisation: Organisation, reading: Reading) -> ImportRun | None:
    """The finished import of these very bytes in the same reading of them."""
    digest = reading.source.digest
    with read([organisation.pk]):
        done = ImportRun.objects.filter(organisation=organisation, digest=digest, state=ImportState.DONE)
        runs = done.filter(profile=reading.header.profile.name).order_by("started_at")
        return next((run for run in runs if run.mapping == reading.mapping), None)


def end(run: ImportRun, state: ImportState, problem: str, now: dt.datetime) -> None:
    """The import has come to its end, or cannot. What a person has cancelled stays cancelled."""
    with write([run.organisation_id]):
        unfinished = ImportRun.objects.filter(pk=run.pk, state__in=(ImportState.WAITING, ImportState.RUNNING))
        if unfinished.update(state=state, problem=storable(problem), ended_at=now, updated_at=now):
            run.refresh_from_db()
            told = {"import": run.pk, "state": state.value, "new": run.rows_new, "known": run.rows_known}
            by = By(person_id=None, command_id=uuid4(), now=now)
            record_in_journal(by, run.organisation_id, "import_ended", told | {"bad": run.rows_bad})


def told_to_journal(run: ImportRun, by: By) -> None:
    """That an import begins: which, of what, by which profile. What people called the file can be erased."""
    told = {"import": run.pk, "digest": run.digest, "profile": run.profile, "rows": run.rows_total}
    record_in_journal(by, run.organisation_id, "import_started", told, file=run.file_name)


def _behind(
    records: Records, rows: Iterable[Row], last_row: int, say: Callable[[], None]
) -> Iterator[tuple[Row, Record | None, str]]:
    """The rows behind `last_row`, read. Those before it are read as well, for the count of their words."""
    for number, row in enumerate(rows):
        found = try_row(records, row)
        if row.number > last_row:
            yield row, found.record, found.reason
        elif number % CHUNK == 0:
            say()


def _chunks(found: Iterator[tuple[Row, Record | None, str]]) -> Iterator[list["_Read"]]:
    while chunk := [_Read(*one) for one in itertools.islice(found, CHUNK)]:
        yield chunk


@dataclass(slots=True)
class _Read:
    """One row on its way: a record, or why there is none; later, what became of it."""

    row: Row
    record: Record | None
    reason: str
    state: RowState = RowState.BAD
    message: Message | None = None


def _bring_in(run: ImportRun, records: Records, found: Sequence[_Read], tally: Tally, now: dt.datetime) -> None:
    with write([run.organisation_id]):
        fresh = _settle_known(run.organisation_id, found)
        stand = _networks_of_copies(run.organisation_id, [record for _, record in fresh])
        coming = [_coming(run, record, stand[record.incoming.external_id], now) for _, record in fresh]
        taken = actions.take_in_many(run.organisation, coming)
        for (one, _), what in zip(fresh, taken, strict=True):
            _settle(one, what)
        ImportRow.objects.bulk_create(_kept(run, records, one) for one in found)
        states = Counter(one.state for one in found)
        ours = ImportRun.objects.filter(pk=run.pk, state=ImportState.RUNNING, last_row=run.last_row)
        counts = {
            "last_row": found[-1].row.number,
            "rows_new": run.rows_new + states[RowState.NEW],
            "rows_known": run.rows_known + states[RowState.KNOWN],
            "rows_bad": run.rows_bad + states[RowState.BAD],
        }
        if not ours.update(**counts, rows_read=run.rows_read + len(found), updated_at=now):
            raise Stopped
    for name, value in counts.items():
        setattr(run, name, value)
    run.rows_read += len(found)
    _count(tally, found, states)


def _settle_known(organisation_id: int, found: Iterable[_Read]) -> list[tuple[_Read, Record]]:
    """Mark the rows that some file has brought before; the others, with their records."""
    having = [(one, one.record) for one in found if one.record is not None]
    there = _rows_there(organisation_id, [record for _, record in having])
    by_hand = _entered_by_hand(organisation_id, [record for _, record in having])
    fresh = []
    for one, record in having:
        key = record.identity if record.identity in there else record.named
        if key and key in there:
            one.state, one.message = RowState.KNOWN, there[key]
            one.reason = sentence("same_row", {})
        elif (entered := by_hand.get((record.network, record.incoming.place.url))) and _says(entered, record):
            one.state, one.message, one.reason = RowState.KNOWN, entered, sentence("by_hand", {})
        else:
            fresh.append((one, record))
    return fresh


def _entered_by_hand(organisation_id: int, records: Sequence[Record]) -> dict[tuple[str, str], Message]:
    """Network and address → the message that a person entered from there: its address is its id."""
    urls = [record.incoming.place.url for record in records if record.incoming.place.url]
    ours = Message.objects.filter(organisation=organisation_id, source=MessageSource.HAND)
    found = ours.filter(network__in=NETWORKS, external_id__in=urls)
    return {(message.network, message.external_id): message for message in found}


def _says(message: Message, record: Record) -> bool:
    """Whether it is the same text: several messages may stand at one address."""
    return same_words(message.text) == same_words(record.incoming.text)


def _rows_there(organisation_id: int, records: Sequence[Record]) -> dict[str, Message | None]:
    """Identity, or number in the sending system, of rows that were brought before → their message."""
    ours = ImportRow.objects.filter(organisation=organisation_id, message__isnull=False).select_related("message")
    named = ours.filter(~Q(named=""), named__in=[record.named for record in records if record.named])
    same = ours.filter(~Q(identity=""), identity__in=[record.identity for record in records])
    return {row.named: row.message for row in named} | {row.identity: row.message for row in same}


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
        named=one.record.named if one.record else "",
        state=one.state,
        reason=one.reason[:500],
        message=one.message,
    )


def _count(tally: Tally, found: Sequence[_Read], states: Mapping[RowState, int]) -> None:
    tally.new += states[RowState.NEW]
    tally.known += states[RowState.KNOWN]
    tally.bad += states[RowState.BAD]
    bad = (BadRow(one.row.number, one.reason) for one in found if one.state is RowState.BAD)
    tally.told.extend(itertools.islice(bad, max(MOST_TOLD - len(tally.told), 0)))
    tally.line = found[-1].row.number


def _tried_out(organisation: Organisation, reading: Reading, now: dt.datetime, progress: Progress) -> Tally:
    """Count what would become of each row; write nothing."""
    records = records_of(organisation, reading, now, reading.network)
    tally = Tally(reading.header.table.lines)
    seen: set[str] = set()
    for found in _chunks(_behind(records, reading.header.below(), -1, lambda: None)):
        with read([organisation.pk]):
            fresh = _settle_known(organisation.pk, found)
            ids = [record.incoming.external_id for _, record in fresh]
            here = Message.objects.filter(organisation=organisation, network__in=NETWORKS, external_id__in=ids)
            seen |= set(here.values_list("external_id", flat=True))
        for one, record in fresh:
            one.state = RowState.KNOWN if record.incoming.external_id in seen else RowState.NEW
            seen.add(record.incoming.external_id)
        _count(tally, found, Counter(one.state for one in found))
        progress(tally)
    return tally


def _begin(organisation: Organisation, reading: Reading, person: Person | None, now: dt.datetime) -> ImportRun:
    with write([organisation.pk]):
        run = ImportRun.objects.create(
            organisation=organisation,
            file_name=reading.source.name[:300],
            digest=reading.source.digest,
            kind=reading.source.kind,
            profile=reading.header.profile.name,
            mapping=reading.mapping,
            rows_total=reading.header.table.lines,
            state=ImportState.RUNNING,
            started_by=person,
            started_at=now,
            updated_at=now,
        )
        told_to_journal(run, By(person_id=person.pk if person else None, command_id=uuid4(), now=now))
    return run
