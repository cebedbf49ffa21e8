"""The two ways to the database: `write` for every change, `read` around reading.

Django's ATOMIC_REQUESTS is off: a transaction is as long as one action.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from otklik.project import tenancy
from otklik.project.tenancy import EVERYTHING, Tenant

__all__ = ["EVERYTHING", "Tenant", "people_write", "read", "step_aside", "step_aside_for_people", "write"]

STEP_ASIDE_SECONDS = 0.15
"""A writer who waits on SQLite looks every 0.1 s, and gets the lock only if nobody holds it at that moment."""
MARK = "people-write"
"""A file in the data folder: when it was last touched, a person's request that changes something came in."""
MARK_COUNTS_SECONDS = 1.0
"""So long after that, work in the background leaves gaps: the request reads first, and writes a moment later."""


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


def people_write() -> None:
    """A person's request is about to change something. Said beside the database: its lock may be held just now."""
    if connection.vendor == "sqlite":
        with suppress(OSError):  # without the mark they wait a little longer, no more
            (Path(settings.DATA) / MARK).touch()


def step_aside_for_people() -> None:
    """`step_aside`, where somebody is at work: an import of many thousand rows has no time to wait for nobody."""
    with suppress(OSError):
        touched = (Path(settings.DATA) / MARK).stat().st_mtime
        if timezone.now().timestamp() - touched < MARK_COUNTS_SECONDS:
            step_aside()
