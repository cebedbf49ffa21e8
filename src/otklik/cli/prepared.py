"""Knows without Django whether the database is migrated and the demo data is in: what a second start waits for.

After a preparation `prepared.json` in the data folder remembers the state of the code and the list of migrations that
the database itself has. Both must still be the same: a new release, a replaced or deleted database is prepared anew.
PostgreSQL is always prepared in full; one machine's second start is what this is for.
"""

import hashlib
import json
import site
import sqlite3
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

import otklik

FILE = "prepared.json"
WATCHED = (".py", ".yaml", ".json", ".csv")


@dataclass(frozen=True)
class Prepared:
    """State of code and database after a preparation. ``people`` is the sign-in table of the demo, as printed."""

    code: str
    migrations: str
    demo: bool
    people: str


def sqlite_file(database_url: str) -> Path | None:
    """The database's file, or None where it is not SQLite."""
    parts = urlsplit(database_url)
    return Path(unquote(parts.path).removeprefix("/")).absolute() if parts.scheme == "sqlite" else None


def recall(data: Path, database_url: str, *, demo: bool) -> Prepared | None:
    """What the last preparation left, if nothing has changed since; else None."""
    database = sqlite_file(database_url)
    try:
        kept = Prepared(**json.loads((data / FILE).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    if database is None or kept.code != code_state() or kept.migrations != migrations_state(database):
        return None
    return kept if kept.demo or not demo else None


def remember(data: Path, database_url: str, *, demo: bool, people: str) -> None:
    """Keep the present state for the next start. Nothing is kept for PostgreSQL."""
    database = sqlite_file(database_url)
    if database is None:
        return
    state = Prepared(code_state(), migrations_state(database), demo, people)
    (data / FILE).write_text(json.dumps(asdict(state), ensure_ascii=False), "utf-8")


def code_state() -> str:
    """Digest over name, size and time of our files, and over the folders that libraries are installed into."""
    digest = hashlib.sha256()
    for path in _watched():
        seen = path.stat()
        digest.update(f"{path} {seen.st_size} {seen.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _watched() -> Iterator[Path]:
    root = Path(otklik.__file__).parent
    yield from sorted(path for path in root.rglob("*") if path.suffix in WATCHED)
    yield from (path for path in map(Path, site.getsitepackages()) if path.is_dir())


def migrations_state(database: Path) -> str:
    """Digest of the migrations that this SQLite database says it has; empty where it cannot say."""
    if not database.is_file():
        return ""
    connection = sqlite3.connect(database)
    try:
        rows = connection.execute("SELECT app, name FROM django_migrations ORDER BY app, name").fetchall()
    except sqlite3.Error:
        return ""
    finally:
        connection.close()
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()
