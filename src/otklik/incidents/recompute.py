"""`otklik recompute`: the read models rebuilt from the journal, or held against it.

Rows depend on time (what runs, what has passed) and on hours and calendars. A check therefore computes at the instant
at which the rows were computed; rows counted on hours of another version than today's wait to be re-dated, and of
those a check compares what no clock decides.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from otklik.incidents import indexing
from otklik.incidents.models import Incident
from otklik.incidents.projection import Values
from otklik.incidents.work import Setting, Work, keep_dates, locked, rows_for, save, setting_of, work_on
from otklik.incidents.writer import TABLES, Stored, Table, changed_columns, stored
from otklik.journal import queries as journal
from otklik.orgs.models import Organisation
from otklik.project.transactions import EVERYTHING, read, write
from otklik.search import queries as search
from otklik.search.snippets import Parts

CHUNK = 200
"""Incidents in one transaction: on SQLite the only writer is not kept waiting longer than this takes."""

CLOCKED_COLUMNS = frozenset(
    {
        "next_step", "next_clause", "next_starts_at", "next_due_at", "reply_due_at", "schedules_version",
        "due_at", "ended_at", "warn_at", "starts_at", "clause", "state", "is_provisional", "calendar_version",
    }
)  # fmt: skip
"""What hours and calendars decide."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A stored value that the journal does not give. `where`: `incident`, or the table and what tells the row."""

    organisation: str
    incident: int
    """Its number."""
    where: str
    column: str
    stored: object
    computed: object


@dataclass(slots=True)
class Checked:
    """How far a check has come. `behind`: incidents that wait to be re-dated."""

    incidents: int = 0
    behind: int = 0


def organisations(key: str = "") -> list[Organisation]:
    """All organisations that have incidents, or the one of this key.

    :raises Organisation.DoesNotExist: there is none of this key.
    """
    with read(EVERYTHING):
        if key:
            return [Organisation.objects.get(key=key)]
        having = Incident.objects.order_by().values("organisation").distinct()
        return list(Organisation.objects.filter(pk__in=having).order_by("pk"))


def rebuild(organisation: Organisation, now: dt.datetime, *, told: Callable[[int], None] | None = None) -> int:
    """Bring the read models of all incidents of an organisation to what the journal says at `now`; how many there are.

    What hours changed since then have moved is written down first, as the work process would have.
    """
    done = 0
    for chunk in _chunks(organisation):
        with write([organisation.pk]):
            works = work_on(locked(chunk), setting_of(organisation, now))
            for work in works:
                keep_dates(work)
            save(works)
            indexing.put(works)
        done += len(chunk)
        if told:
            told(done)
    return done


def check(organisation: Organisation, checked: Checked, now: dt.datetime) -> Iterator[Difference]:
    """Every difference between the read models of an organisation and its journal; nothing is written.

    :raises ScheduleError: the organisation's hours cannot be obeyed.
    """
    with read([organisation.pk]):
        setting = setting_of(organisation, now)
        yield from _orphans(organisation)
        for chunk in _chunks(organisation):
            compared = _compare(chunk, setting)
            checked.incidents += len(chunk)
            checked.behind += sum(one.is_behind for one in compared)
            suspects = [one.pk for one in compared if one.differences]
            if suspects:
                yield from _compare_locked(organisation, suspects, now)


def _chunks(organisation: Organisation) -> Iterator[list[int]]:
    last = 0
    while True:
        with read([organisation.pk]):
            rows = Incident.objects.filter(organisation=organisation, pk__gt=last).order_by("pk")
            chunk = list(rows.values_list("pk", flat=True)[:CHUNK])
        if not chunk:
            return
        last = chunk[-1]
        yield chunk


@dataclass(frozen=True, slots=True)
class _Compared:
    pk: int
    is_behind: bool
    differences: list[Difference]


def _compare_locked(organisation: Organisation, chunk: Sequence[int], now: dt.datetime) -> Iterator[Difference]:
    """Look again where something differed: between two of our queries a step may have been taken."""
    with write([organisation.pk]):
        locked(chunk)
        compared = _compare(chunk, setting_of(organisation, now))
    for one in compared:
        yield from one.differences


def _compare(chunk: Sequence[int], setting: Setting) -> list[_Compared]:
    incidents = Incident.objects.filter(pk__in=chunk).select_related("message").order_by("pk")
    works = work_on(list(incidents), setting)
    there = {table.name: stored(table, chunk) for table in TABLES}
    searched, wanted = search.parts_of(chunk), indexing.documents(works)
    return [
        _Compared(
            work.incident.pk,
            _is_behind(work),
            [
                *_differences(work, {name: _values(rows, work.incident.pk) for name, rows in there.items()}),
                *_of_document(work, searched.get(work.incident.pk), wanted[work.incident.pk]),
            ],
        )
        for work in works
    ]


def _of_document(work: Work, there: Parts | None, wanted: Parts) -> Iterator[Difference]:
    """What is searched of an incident; the index itself the database keeps with it."""
    if there != wanted:
        key, number = work.setting.organisation.key, work.incident.number
        yield Difference(key, number, "search", "parts", there, wanted)


def _values(rows: Stored, incident_id: int) -> list[Values]:
    return [values for _, values in rows.get(incident_id, ())]


def _is_behind(work: Work) -> bool:
    return work.incident.schedules_version != work.setting.schedules.version


def _differences(work: Work, there: dict[str, list[Values]]) -> list[Difference]:
    incident, setting = work.incident, work.setting
    computed = rows_for(replace(work, setting=replace(setting, now=incident.computed_at)))
    is_behind = _is_behind(work)
    found = [("incident", *one) for one in changed_columns(incident, computed.columns)]
    for table in TABLES:
        found += _of_table(table, there[table.name], getattr(computed, table.name), is_behind=is_behind)
    key, number = setting.organisation.key, incident.number
    return [
        Difference(key, number, where, column, stored_value, value)
        for where, column, stored_value, value in found
        if not (is_behind and column in CLOCKED_COLUMNS)
    ]


def _of_table(
    table: Table, there: Sequence[Values], wanted: Sequence[Values], *, is_behind: bool
) -> Iterator[tuple[str, str, object, object]]:
    """Rows matched by what tells them apart, then column by column; a row too many or missing is told whole."""
    columns = [name for name in table.columns if not (is_behind and name in CLOCKED_COLUMNS)]
    places = [table.columns.index(name) for name in columns]
    stored_rows = Counter(tuple(row[place] for place in places) for row in there)
    computed_rows = Counter(tuple(row[place] for place in places) for row in wanted)
    surplus = list((stored_rows - computed_rows).elements())
    missing = list((computed_rows - stored_rows).elements())
    for row in list(surplus):
        pair = next((one for one in missing if _tell(table, columns, one) == _tell(table, columns, row)), None)
        if pair is None:
            continue
        surplus.remove(row)
        missing.remove(pair)
        where = f"{table.name} {_tell(table, columns, row)}"
        yield from ((where, name, a, b) for name, a, b in zip(columns, row, pair, strict=True) if a != b)
    for row in surplus:
        yield f"{table.name} {_tell(table, columns, row)}", "*", row, None
    for row in missing:
        yield f"{table.name} {_tell(table, columns, row)}", "*", None, row


_TELLING = {"deadlines": ("position", "step"), "work_items": ("step", "role", "part"), "participants": ("unit_id",)}
"""What tells the rows of a table apart, for people."""


def _tell(table: Table, columns: Sequence[str], row: Values) -> str:
    names = _TELLING[table.name]
    return " ".join(str(row[columns.index(name)]) for name in names if row[columns.index(name)] is not None)


def _orphans(organisation: Organisation) -> Iterator[Difference]:
    """Journals without an incident row: it cannot be rebuilt, its number stood nowhere else."""
    for incident_id in sorted(journal.incident_ids(organisation.pk) - _ids(organisation)):
        yield Difference(organisation.key, incident_id, "incident", "*", None, f"journal of incident id {incident_id}")


def _ids(organisation: Organisation) -> set[int]:
    return set(Incident.objects.filter(organisation=organisation).values_list("pk", flat=True))
