"""Database URLs to Django's settings: SQLite on one machine, PostgreSQL beyond it."""

from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from otklik.project.env import Environment, SettingError

SQLITE_WAIT_SECONDS = 20
"""How long a writer waits for another before it gives up: SQLite has one writer at a time."""

SQLITE_START = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-32000"
"""WAL: readers do not wait for the writer. FULL: what was said to be saved survives a power cut."""


def configure(environment: Environment) -> dict[str, dict[str, Any]]:
    """`DATABASES`: one database, as the runtime role; as the owner only in a process that migrates.

    :raises SettingError: for a URL that names no database we know.
    """
    url = environment.database_url
    if environment.as_owner and environment.database_owner_url:
        url = environment.database_owner_url
    return {"default": from_url(url)}


def from_url(url: str) -> dict[str, Any]:
    """Django's settings of one database.

    :raises SettingError: unless the URL is `sqlite:///path` or `postgresql://user:password@host:port/name`.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite" and parts.path:
        return _sqlite(unquote(parts.path))
    if parts.scheme in {"postgresql", "postgres"} and len(parts.path) > 1:
        return _postgresql(parts)
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


def _postgresql(parts: SplitResult) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": dict(parse_qsl(parts.query)),
    }


def _without_password(parts: SplitResult) -> str:
    if parts.password is None:
        return parts.geturl()
    return parts._replace(netloc=parts.netloc.replace(f":{parts.password}@", ":***@")).geturl()
