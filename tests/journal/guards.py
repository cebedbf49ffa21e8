"""Taking the journal's guards away for a moment: to tamper with it, and to empty the database between tests.

A test with `transaction=True` ends with a flush (TRUNCATE on PostgreSQL, DELETE on SQLite), which the guards refuse, as
they should. `tests/conftest.py` installs `flush_without_guards` once.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.test import TransactionTestCase

TABLES = ("journal_event", "journal_event_text")


@contextmanager
def guards_off() -> Iterator[None]:
    """Within the block the database lets everything happen to the journal."""
    with connection.cursor() as cursor:
        taken = _take(cursor)
        yield
        _give_back(cursor, taken)


def flush_without_guards() -> None:
    """Let every transactional test end with an empty journal."""
    teardown = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]

    def without_guards(case: TransactionTestCase) -> None:
        with guards_off():
            teardown(case)

    if teardown.__name__ != without_guards.__name__:
        TransactionTestCase._fixture_teardown = without_guards  # type: ignore[attr-defined]


def _take(cursor: Any) -> list[str]:
    """The statements that put the guards back."""
    if connection.vendor == "postgresql":
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # ALTER TABLE waits for no pending foreign key
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        return [f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in TABLES]
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'journal%'")
    triggers = cursor.fetchall()
    for name, _ in triggers:
        cursor.execute(f"DROP TRIGGER {name}")
    return [sql for _, sql in triggers]


def _give_back(cursor: Any, statements: list[str]) -> None:
    if connection.vendor == "postgresql":
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for sql in statements:
        cursor.execute(sql)
