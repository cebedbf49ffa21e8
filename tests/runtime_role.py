"""On PostgreSQL the tests run as the runtime role, so that the policies bind them as they bind the program.

The test database is made by the role of the URL, its owner; `SET ROLE` then makes every connection the runtime role.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.backends.signals import connection_created
from django.test import TransactionTestCase

MAKE_ROLE = """
DO $$ BEGIN
    CREATE ROLE {role} NOLOGIN NOSUPERUSER NOBYPASSRLS;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$
"""


def role() -> str:
    """One for each owner: from PostgreSQL 16 on nobody may take on a role that somebody else made."""
    return f"otklik_tests_of_{connection.settings_dict['USER']}"


def quoted() -> str:
    return connection.ops.quote_name(role())


def start() -> None:
    """Once the test database is there: make the role, give it what the runtime role gets, and become it."""
    from otklik.project import owner

    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(MAKE_ROLE.format(role=quoted()))
        cursor.execute(f"GRANT {quoted()} TO CURRENT_USER")
    owner.grant(connection, role())
    connection_created.connect(_become, dispatch_uid="runtime role")
    _become(connection=connection)


def stop() -> None:
    """The owner again, to drop the database."""
    if connection.vendor == "postgresql":
        connection_created.disconnect(dispatch_uid="runtime role")
        connection.close()


@contextmanager
def as_owner() -> Iterator[None]:
    """Within the block the connection is the owner's: to tamper, to empty tables. Does nothing on SQLite."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"SET ROLE {quoted()}")


def flush_as_owner() -> None:
    """A transactional test ends with TRUNCATE, which only the owner may do."""
    teardown = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]

    def owned(case: TransactionTestCase) -> None:
        with as_owner():
            teardown(case)

    TransactionTestCase._fixture_teardown = owned  # type: ignore[attr-defined]


def _become(connection: Any, **_others: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {quoted()}")
