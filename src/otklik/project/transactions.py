"""The two ways to the database: `write` for every change, `read` around reading.

Django's ATOMIC_REQUESTS is off: a transaction is as long as one action.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from otklik.project import tenancy
from otklik.project.tenancy import EVERYTHING, Tenant

__all__ = ["EVERYTHING", "Tenant", "read", "write"]


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
