"""Installs what uv.lock names: from its own addresses, from a mirror, or from a bundle."""

from __future__ import annotations

import json
import platform
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from start.environment import base_python, cache_folder, lock_digest
from start.fetch import Fetcher, proxies_of, sha256_of
from start.lockfile import Wheel, read_wheels
from start.places import Places, make_folder
from start.settings import Network, child_environment, find_network, via, without_password
from start.tags import choose_wheel, machine, supported_tags
from start.uv import Uv, find_uv, kept_uv, unpack_uv
from start.words import Trouble

MANIFEST = "bundle.json"
Tell = Callable[..., None]


@dataclass(frozen=True)
class Shop:
    """What an installation needs at hand."""

    places: Places
    network: Network
    uv: Uv


def install(places: Places, *, dev: bool, offline: Path | None, environ: Mapping[str, str], tell: Tell) -> None:
    """Bring the environment in line with uv.lock. Raises Trouble."""
    if offline:
        check_bundle(offline, places, dev=dev)
    shop = open_shop(places, offline=offline, environ=environ, tell=tell)
    tell("syncing")
    if offline:
        _install_from(shop, dev=dev, shelf=["--offline", "--no-index", "--find-links", offline])
    elif shop.network.is_pypi:
        _sync(shop, dev=dev)
    else:
        _install_from(shop, dev=dev, shelf=_indexes(shop.network))


def open_shop(places: Places, *, offline: Path | None, environ: Mapping[str, str], tell: Tell) -> Shop:
    """Find or fetch uv and the settings it is to run with. Raises Trouble."""
    network = Network() if offline else find_network(environ)
    source = offline or Fetcher(network)
    program = find_uv(environ.get("PATH")) or _pinned_uv(places, source, tell)
    has_roots = isinstance(source, Fetcher) and source.trust.has_roots
    child = child_environment(network, environ, has_system_certificates=has_roots)
    child["UV_PROJECT_ENVIRONMENT"] = str(places.env)
    cache = cache_folder(environ, places.tools)
    if cache:
        child["UV_CACHE_DIR"] = str(cache)
    facts = {
        "url": str(offline) if offline else without_password(network.index),
        "env": places.env,
        "machine": machine(),
        "python": platform.python_version(),
        **via({} if offline else proxies_of(network)),
    }
    return Shop(places, network, Uv(program, child, places.root, facts))


def pinned_uv(places: Places) -> Wheel:
    """The uv wheel for this machine that uv.lock names. Raises Trouble ``no_wheel``."""
    return choose_wheel(read_wheels(places.lockfile)["uv"], supported_tags())


def _pinned_uv(places: Places, source: Fetcher | Path, tell: Tell) -> Path:
    """The kept uv, else the one of the bundle or of the index."""
    wheel = pinned_uv(places)
    kept = kept_uv(places.tools, wheel)
    if kept.is_file():
        return kept
    if isinstance(source, Fetcher):
        tell("fetching_uv", version=wheel.version)
        archive = source.wheel(wheel, places.tools)
        unpacked = unpack_uv(archive, wheel, places.tools)
        archive.unlink(missing_ok=True)
        return unpacked
    archive = source / wheel.filename
    if not archive.is_file():
        raise Trouble("bundle_incomplete", path=source, what=wheel.filename)
    return unpack_uv(archive, wheel, places.tools)


def _sync(shop: Shop, *, dev: bool) -> None:
    """``--inexact``: what somebody added by hand stays."""
    groups = [] if dev else ["--no-dev"]
    shop.uv.run(["sync", "--frozen", "--inexact", "--python", base_python(), *groups])


def _indexes(network: Network) -> list[str | Path]:
    """Any index may serve any file: the sha256 sums of the lock decide, so that order is no matter of safety."""
    extra = [part for url in network.extra for part in ("--index", url)]
    strategy = ["--index-strategy", "unsafe-best-match"] if extra else []  # uv explains a refusal only without it
    return ["--default-index", network.index, *extra, *strategy]


def _install_from(shop: Shop, *, dev: bool, shelf: list[str | Path]) -> None:
    """Install the exported lock from ``shelf``, then the project itself, which needs no network to build."""
    places = shop.places
    requirements = places.tools / f"requirements-{'dev' if dev else 'plain'}.txt"
    export(shop.uv, requirements, dev=dev)
    if not _is_our_python(places):
        shop.uv.run(["venv", "--clear", "--python", base_python(), places.env])
    target: list[str | Path] = ["--python", places.python]
    wheels_only = ["--require-hashes", "--only-binary", ":all:"]
    shop.uv.run(["pip", "install", *target, *wheels_only, *shelf, "-r", requirements])
    shop.uv.run(["pip", "install", *target, "--offline", "--no-deps", "--editable", places.root])


def export(uv: Uv, target: Path, *, dev: bool) -> None:
    """Write the lock as pinned requirements with sha256 sums and platform markers."""
    make_folder(target.parent)
    groups = [] if dev else ["--no-dev"]
    uv.run(["export", "--frozen", "--quiet", "--no-emit-project", "--output-file", target, *groups])


def _is_our_python(places: Places) -> bool:
    """Whether the environment exists and was made from the Python that runs us."""
    try:
        config = (places.env / "pyvenv.cfg").read_text("utf-8")
    except OSError:
        return False
    return f"version_info = {platform.python_version()}" in config and places.python.exists()


def python_line() -> str:
    """Wheels fit one minor version of Python: ``3.11``."""
    return ".".join(platform.python_version_tuple()[:2])


def here() -> str:
    """This machine, as a bundle names it."""
    return f"{machine()}, Python {python_line()}"


def check_bundle(folder: Path, places: Places, *, dev: bool) -> None:
    """Raise Trouble unless ``folder`` is a bundle for this machine, this lock and what is wanted."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise Trouble("bundle_missing", path=folder) from error
    if manifest.get("machine") != here():
        raise Trouble("bundle_other", path=folder, there=manifest.get("machine"), here=here())
    lock = lock_digest(places)
    if manifest.get("lock") != lock:
        there = str(manifest.get("lock"))[:12]
        raise Trouble("bundle_other", path=folder, there=f"uv.lock {there}", here=f"uv.lock {lock[:12]}")
    if dev and not manifest.get("dev"):
        raise Trouble("bundle_without_dev", path=folder)
    check_files(folder, manifest.get("files", {}))


def check_files(folder: Path, sums: Mapping[str, str]) -> None:
    """Raise Trouble unless ``folder`` holds each file with its sha256: a copy may have broken off on the way."""
    missing = [name for name in sums if not (folder / name).is_file()]
    if missing:
        raise Trouble("bundle_incomplete", path=folder, what=", ".join(missing))
    for name, expected in sums.items():
        got = sha256_of(folder / name)
        if got != expected:
            raise Trouble("bundle_damaged", path=folder, file=name)
