"""The two ways to the database: `write` for every change, `read` around reading.

Django's ATOMIC_REQUESTS is off: a transaction is as long as one action.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from otklik.project import tenancy
from otklik.project.tenancy import EVERYTHING, Tenant

__all__ = ["EVERYTHING", "Tenant", "read", "step_aside", "write"]

STEP_ASIDE_SECONDS = 0.15
"""A writer who waits on SQLite looks every 0.1 s, and gets the lock only if nobody holds it at that moment."""


@contextmanager
def write(tenant: Tenant) -> Iterator[None]:
    """One transaction for the rows of `tenant`; an error undoes all of it. Within another `write`, a savepoint.

    On SQLite the transaction takes the one write lock at once (`BEGIN IMMEDIATE`), so keep it short.
    """
    with transaction.atomic(), tenancy.tenant(tenant):
        yield


@contextmanager
def read(tenant: Tenant) -> Iterator[None]:
    """Reading the rows of `tenant`, without a transaction: on SQLite reading never waits for the writer."""
    with tenancy.tenant(tenant):
        yield


def step_aside() -> None:
    """Between two transactions of long background work: let whoever waits to write have its turn (SQLite alone)."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        time.sleep(STEP_ASIDE_SECONDS)
