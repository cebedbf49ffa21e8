"""Which organisations' rows a stretch of work may touch.

On PostgreSQL the policies of `rls.py` compare every row with the setting `otklik.tenant`; nothing set means nothing
seen. On SQLite the same calls do nothing, and `visible_to` querysets are the only wall.

Inside a transaction the setting is local to it; outside, it holds for the block and is then put back.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import Enum
from typing import Final, Literal

from django.db import DatabaseError, connection

SETTING: Final = "otklik.tenant"


class _Everything(Enum):
    EVERYTHING = "*"


EVERYTHING: Final = _Everything.EVERYTHING
"""Every organisation: sign-in, claiming jobs, the command line. Whoever needs it must say so."""

Tenant = Iterable[int] | Literal[_Everything.EVERYTHING]
"""Ids of organisations, or `EVERYTHING`."""

_in_force: ContextVar[str] = ContextVar("otklik_tenant", default="")


@contextmanager
def tenant(organisations: Tenant) -> Iterator[None]:
    """Rows of these organisations may be read and written within the block; the tenant of before holds after it."""
    text = "*" if organisations is EVERYTHING else ",".join(str(number) for number in sorted(set(organisations)))
    token = _in_force.set(text)
    try:
        _tell(text)
        yield
    finally:
        _in_force.reset(token)
        _put_back(_in_force.get())


def _tell(text: str) -> None:
    if connection.vendor != "postgresql" or (not text and connection.connection is None):
        return  # a connection that is yet to be made sees nothing by itself
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, %s)", [SETTING, text, connection.in_atomic_block])


def _put_back(text: str) -> None:
    """A broken transaction puts the setting back by being rolled back; a broken connection is given up."""
    if connection.vendor != "postgresql" or connection.connection is None:
        return
    from psycopg.pq import TransactionStatus  # loaded already; on SQLite never

    if connection.needs_rollback or connection.connection.info.transaction_status == TransactionStatus.INERROR:
        return
    try:
        _tell(text)
    except DatabaseError:
        connection.close()
