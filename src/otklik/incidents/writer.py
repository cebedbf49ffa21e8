"""Bringing the stored rows of incidents to what `projection` says: few statements for many incidents, and only for what
differs. Nothing is decided here.

The statements are written out, because a calendar that changes moves a hundred thousand rows: through model objects
that takes three times as long.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Model

from otklik.incidents.models import DeadlineRow, Incident, Participant, WorkItem
from otklik.incidents.projection import DEADLINE_COLUMNS, PARTICIPANT_COLUMNS, WORK_ITEM_COLUMNS, Rows, Values
from otklik.incidents.timers import set_timers

Computed = tuple[Incident, Rows]


@dataclass(frozen=True, slots=True)
class Table:
    """One of the tables below an incident. `name`: the field of `Rows` that says what stands in it."""

    name: str
    model: type[Model]
    columns: tuple[str, ...]


TABLES = (
    Table("deadlines", DeadlineRow, DEADLINE_COLUMNS),
    Table("work_items", WorkItem, WORK_ITEM_COLUMNS),
    Table("participants", Participant, PARTICIPANT_COLUMNS),
)

Stored = dict[int, list[tuple[int, Values]]]
"""Incident id → the key and the values of each of its rows, in the order of their making."""


def write_rows(chunk: Sequence[Computed]) -> None:
    """Save what differs of these incidents of one organisation, and set their timers. Within a `write()`, their rows
    locked."""
    if not chunk:
        return
    _write_columns(chunk)
    for table in TABLES:
        _write_table(table, chunk, stored(table, [incident.pk for incident, _ in chunk]))
    set_timers(chunk[0][0].organisation_id, {incident.pk: rows.wakes_at for incident, rows in chunk})


def stored(table: Table, incident_ids: Iterable[int]) -> Stored:
    """What stands in a table below these incidents: one query."""
    found: Stored = defaultdict(list)
    rows = table.model._default_manager.filter(incident_id__in=list(incident_ids)).order_by("pk")
    for incident_id, pk, *values in rows.values_list("incident_id", "pk", *table.columns):
        found[incident_id].append((pk, tuple(values)))
    return found


def changed_columns(incident: Incident, columns: Mapping[str, object]) -> Iterator[tuple[str, Any, Any]]:
    """Name, stored and computed value of each column of an incident that is not what it must be."""
    for name, value in columns.items():
        there = getattr(incident, name)
        if there != value:
            yield name, there, value


def _write_columns(chunk: Sequence[Computed]) -> None:
    """One statement for all incidents in which the same columns have changed; those are few sets."""
    changed: dict[tuple[str, ...], list[Values]] = defaultdict(list)
    for incident, rows in chunk:
        differing = list(changed_columns(incident, rows.columns))
        for name, _, value in differing:
            setattr(incident, name, value)
        if differing:
            names = tuple(name for name, _, _ in differing)
            changed[names].append((*(value for _, _, value in differing), incident.pk))
    for names, values in changed.items():
        columns = ", ".join(f"{name} = %s" for name in names)
        _execute(f"UPDATE {Incident._meta.db_table} SET {columns} WHERE id = %s", values)  # noqa: S608  # our own names


def _write_table(table: Table, chunk: Sequence[Computed], there: Stored) -> None:
    surplus: list[int] = []
    missing: list[Values] = []
    for incident, rows in chunk:
        wanted: list[Values] = list(getattr(rows, table.name))
        for pk, values in there.get(incident.pk, ()):
            if values in wanted:
                wanted.remove(values)
            else:
                surplus.append(pk)
        missing += [(incident.organisation_id, incident.pk, *values) for values in wanted]
    if surplus:
        table.model._default_manager.filter(pk__in=surplus).delete()  # one statement: nothing points at these rows
    if missing:
        columns = ("organisation_id", "incident_id", *table.columns)
        places = ", ".join(["%s"] * len(columns))
        where = f"{table.model._meta.db_table} ({', '.join(columns)})"
        _execute(f"INSERT INTO {where} VALUES ({places})", missing)  # noqa: S608  # our own names


def _execute(statement: str, rows: Iterable[Values]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(statement, [[_prepared(value) for value in row] for row in rows])


def _prepared(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, dt.date) else value
