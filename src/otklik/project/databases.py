"""Database URLs to Django's settings: SQLite on one machine, PostgreSQL beyond it."""

from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from otklik.project.env import Environment, SettingError

SQLITE_WAIT_SECONDS = 20
"""How long a writer waits for another before it gives up: SQLite has one writer at a time."""

POOL_WAIT_SECONDS = 10
"""How long a request waits for a connection before it says that the database does not answer."""

SQLITE_START = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-32000"
"""WAL: readers do not wait for the writer. FULL: what was said to be saved survives a power cut."""


def configure(environment: Environment) -> dict[str, dict[str, Any]]:
    """`DATABASES`: one database, as the runtime role; as the owner only in a process that migrates.

    :raises SettingError: for a URL that names no database we know.
    """
    url = environment.database_url
    if environment.as_owner and environment.database_owner_url:
        url = environment.database_owner_url
    # Each request has a thread of its own, and a connection belongs to its thread: only a pool outlives a request. The
    # other processes keep theirs in a few threads that stay.
    return {"default": from_url(url, pool=environment.database_pool if environment.bind else 0)}


def from_url(url: str, *, pool: int = 0) -> dict[str, Any]:
    """Django's settings of one database; `pool`: connections to PostgreSQL to keep, 0 for none.

    :raises SettingError: unless the URL is `sqlite:///path` or `postgresql://user:password@host:port/name`.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite" and parts.path:
        return _sqlite(unquote(parts.path))
    if parts.scheme in {"postgresql", "postgres"} and len(parts.path) > 1:
        return _postgresql(parts, pool)
    raise SettingError(
        f"The database URL {_without_password(parts)!r} is not understood. "
        "Write sqlite:////folder/file.sqlite3 or postgresql://user:password@host:5432/name. "
        "See docs/install-settings.md."
    )


def _sqlite(path: str) -> dict[str, Any]:
    # sqlite:////folder/file is absolute, sqlite:///file is relative to the working folder
    name = str(Path(path.removeprefix("/")).absolute())
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": name,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": SQLITE_WAIT_SECONDS,
            "init_command": SQLITE_START,
        },
    }


def _postgresql(parts: SplitResult, pool: int) -> dict[str, Any]:
    pooled = {"pool": {"min_size": 1, "max_size": pool, "timeout": POOL_WAIT_SECONDS, "reset": _forget_tenant}}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": {**dict(parse_qsl(parts.query)), **(pooled if pool else {})},
        "CONN_HEALTH_CHECKS": bool(pool),
    }


def _forget_tenant(connection: Any) -> None:
    """A connection goes back to the pool seeing nothing, whatever became of the request that had it (`tenancy.py`)."""
    connection.autocommit = True
    connection.execute("SELECT set_config('otklik.tenant', '', false)")


def _without_password(parts: SplitResult) -> str:
    if parts.password is None:
        return parts.geturl()
    return parts._replace(netloc=parts.netloc.replace(f":{parts.password}@", ":***@")).geturl()
