"""Brings the environment in line with uv.lock, and knows by a stamp when there is nothing to do.

The usual way is ``uv sync --frozen``, which takes every file from the address in the lock. It pays no heed to a mirror
(astral-sh/uv#19625), so with a mirror or a bundle the lock is exported with its sha256 sums and installed from there:
the same files, from another shelf.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import platform
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from start.places import Places, make_folder, trouble_of

STAMP = "otklik-stamp.json"
Tell = Callable[..., None]


@dataclass(frozen=True)
class Wanted:
    """What the environment is to hold. ``offline``: the bundle to take it from."""

    dev: bool = False
    offline: Path | None = None


def lock_digest(places: Places) -> str:
    """Of what decides which files are installed."""
    digest = hashlib.sha256()
    for path in (places.lockfile, places.pyproject):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def stamp_of(places: Places, *, dev: bool) -> dict[str, object]:
    """What was installed: for which lock, Python and folder (an environment cannot be moved)."""
    return {
        "lock": lock_digest(places),
        "python": platform.python_version(),
        "root": str(places.root),
        "env": str(places.env),
        "dev": dev,
    }


def read_stamp(places: Places) -> dict[str, object]:
    """The stamp in the environment; empty where there is none."""
    try:
        content = json.loads((places.env / STAMP).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def is_ready(places: Places, *, dev: bool) -> bool:
    """Whether nothing needs to be installed. An environment with the test packages serves a plain start too."""
    stamp = read_stamp(places)
    return places.python.exists() and stamp in (stamp_of(places, dev=True), stamp_of(places, dev=dev))


def prepare(places: Places, wanted: Wanted, environ: Mapping[str, str], tell: Tell) -> None:
    """Make the environment hold what uv.lock names. ``tell(code, **facts)`` reports progress. Raises Trouble."""
    if is_ready(places, dev=wanted.dev):
        return
    make_folder(places.tools)
    make_folder(places.env.parent)
    with only_one(places.tools / "lock", tell):
        if is_ready(places, dev=wanted.dev):
            return  # another start did it while we waited
        _install(places, _with_what_was_there(places, wanted), environ, tell)


def _with_what_was_there(places: Places, wanted: Wanted) -> Wanted:
    """A plain start after ``./run test`` keeps the test packages up to date instead of dropping them."""
    return replace(wanted, dev=wanted.dev or (bool(read_stamp(places).get("dev")) and not wanted.offline))


def _install(places: Places, wanted: Wanted, environ: Mapping[str, str], tell: Tell) -> None:
    from start.install import install  # the quick second start never comes here

    started = time.monotonic()
    stamp = read_stamp(places)
    if stamp and (stamp.get("root"), stamp.get("env")) != (str(places.root), str(places.env)):
        _remove(places.env)
    (places.env / STAMP).unlink(missing_ok=True)
    install(places, dev=wanted.dev, offline=wanted.offline, environ=environ, tell=tell)
    try:
        (places.env / STAMP).write_text(json.dumps(stamp_of(places, dev=wanted.dev)), "utf-8")
    except OSError as error:
        raise trouble_of(error, places.env) from error
    tell("synced", seconds=round(time.monotonic() - started, 1))


def _remove(env: Path) -> None:
    if (env / "pyvenv.cfg").is_file():
        shutil.rmtree(env)


@contextlib.contextmanager
def only_one(path: Path, tell: Tell) -> Iterator[None]:
    """Hold a lock on ``path``; tell once if another start holds it, and wait."""
    import fcntl

    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            tell("waiting_lock")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def base_python() -> str:
    """The interpreter that runs us, outside of any virtual environment."""
    return str(getattr(sys, "_base_executable", "") or sys.executable)


def cache_folder(environ: Mapping[str, str], tools: Path) -> Path | None:
    """Where uv may keep what it fetched, if its own choice cannot be written to; None: its own choice is fine."""
    if environ.get("UV_CACHE_DIR"):
        return None
    own = Path(environ.get("XDG_CACHE_HOME") or Path(environ.get("HOME") or "/nonexistent") / ".cache")
    existing = next((folder for folder in (own / "uv", own, own.parent) if folder.is_dir()), None)
    return None if existing and os.access(existing, os.W_OK) else tools / "uv-cache"
