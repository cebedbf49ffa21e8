"""Which tables go into a backup, and how a row is written so that both databases read it: one JSON array a row."""

import base64
import datetime as dt
import decimal
import json
import uuid
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.apps import apps as installed
from django.apps.registry import Apps
from django.core.management.color import no_style
from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.duration import duration_iso_string

from otklik.backup.archive import Table

LEFT_OUT_APPS = frozenset({"sessions", "axes"})
"""Who is signed in, and who has mistyped a password: nothing that should come back."""
LEFT_OUT = frozenset({"jobs.Heartbeat"})
NO_MODEL = frozenset({"django_migrations", "sqlite_sequence"})
INDEX = "search_index"
"""SQLite's full-text index and what it keeps itself in; triggers fill it as the documents come back."""
BATCH = 1000

Model = type[models.Model]


def models_in(apps: Apps = installed) -> list[Model]:
    """Every model whose table goes into a backup, many-to-many tables with them, in the order of their labels."""
    found = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and not _is_left_out(model)
    ]
    return sorted(found, key=lambda model: model._meta.label)


def uncovered(connection: BaseDatabaseWrapper) -> set[str]:
    """Tables of the database that no backup holds though it should: a test keeps this empty."""
    covered = {model._meta.db_table for model in installed.get_models(include_auto_created=True)}
    found = set(connection.introspection.table_names()) - covered - NO_MODEL
    return {name for name in found if not name.startswith(INDEX)}


def describe(model: Model) -> Table:
    """The table of a model, without rows yet."""
    return Table(model._meta.db_table, model._meta.label, tuple(columns_of(model)), 0)


def fields_of(model: Model) -> "list[models.Field[Any, Any]]":
    """The columns that are stored: what the database generates is left out."""
    return [field for field in model._meta.local_concrete_fields if not getattr(field, "generated", False)]


def columns_of(model: Model) -> "dict[str, models.Field[Any, Any]]":
    """Column → field."""
    return {str(field.column): field for field in fields_of(model)}


def dump(model: Model, using: str) -> Iterator[bytes]:
    """The rows of a model, by primary key, as lines."""
    names = [field.attname for field in fields_of(model)]
    rows = model._base_manager.using(using).order_by("pk").values_list(*names)
    for row in rows.iterator(chunk_size=BATCH):
        values = [_written(value) for value in row]
        yield json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def load(model: Model, columns: Sequence[str], lines: Iterable[bytes], using: str) -> int:
    """Put lines of `dump` back, as they were (no default, no `auto_now`); how many rows.

    :raises LookupError: the model has not these columns.
    """
    connection = connections[using]
    by_column = columns_of(model)
    if set(by_column) != set(columns):
        raise LookupError(f"{model._meta.label} has other columns: {sorted(set(by_column) ^ set(columns))}")
    fields = [by_column[column] for column in columns]
    quote = connection.ops.quote_name
    names = ", ".join(quote(column) for column in columns)
    marks = ", ".join(["%s"] * len(columns))
    sql = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({marks})"  # noqa: S608  # names from models
    source, count = iter(lines), 0
    with connection.cursor() as cursor:
        while batch := list(islice(source, BATCH)):
            cursor.executemany(sql, [_parameters(fields, line, connection) for line in batch])
            count += len(batch)
    return count


def empty(using: str, found: Sequence[Model]) -> None:
    """Delete what migrations have put into the tables: content types, rights."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for model in found:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608  # names from models


def reset_sequences(using: str, found: Sequence[Model]) -> None:
    """The next id of each table comes after those that were put back. SQLite sees to it itself."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), list(found)):
            cursor.execute(sql)


def _is_left_out(model: Model) -> bool:
    return model._meta.app_label in LEFT_OUT_APPS or model._meta.label in LEFT_OUT


def _written(value: Any) -> Any:
    match value:
        case dt.datetime() | dt.date() | dt.time():
            return value.isoformat()
        case dt.timedelta():
            return duration_iso_string(value)
        case uuid.UUID() | decimal.Decimal():
            return str(value)
        case bytes() | memoryview():
            return base64.b64encode(value).decode()
    return value


def _parameters(fields: "Sequence[models.Field[Any, Any]]", line: bytes, connection: BaseDatabaseWrapper) -> list[Any]:
    return [
        field.get_db_prep_save(value if isinstance(field, models.JSONField) else field.to_python(value), connection)
        for field, value in zip(fields, json.loads(line), strict=True)
    ]
