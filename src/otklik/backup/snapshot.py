"""One moment of the database, held still while the program goes on working.

SQLite: a copy made by `Connection.backup()`, which takes the pages of one moment and keeps no writer waiting.
PostgreSQL: one read-only transaction of isolation REPEATABLE READ.
"""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction

from otklik.backup.archive import BackupError
from otklik.project.tenancy import EVERYTHING, tenant

ALIAS = "otklik_snapshot"


@contextmanager
def held(near: Path) -> Iterator[str]:
    """The alias of a database that stands still. SQLite's copy lies in a scratch folder in `near` meanwhile.

    :raises BackupError: `in_transaction`; `database_damaged`: SQLite finds the copy broken.
    """
    if connection.in_atomic_block:
        raise BackupError("in_transaction")
    if connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:  # before anything is read
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            with tenant(EVERYTHING):
                yield DEFAULT_DB_ALIAS
        return
    with tempfile.TemporaryDirectory(dir=near, prefix=".otklik-backup-") as folder:
        copy = Path(folder) / "copy.sqlite3"
        _copy(copy)
        with _as_database(copy) as alias:
            yield alias


def _copy(target: Path) -> None:
    connection.ensure_connection()
    copy = sqlite3.connect(target)
    try:
        connection.connection.backup(copy)
        (verdict,) = copy.execute("PRAGMA quick_check(1)").fetchone()
        if verdict != "ok":
            raise BackupError("database_damaged", reason=verdict)
    finally:
        copy.close()


@contextmanager
def _as_database(path: Path) -> Iterator[str]:
    """The copy as one more of Django's databases, in this thread alone."""
    wrapper = connection.copy(ALIAS)
    wrapper.settings_dict["NAME"] = str(path)
    connections[ALIAS] = wrapper
    try:
        yield ALIAS
    finally:
        wrapper.close()
        del connections[ALIAS]
