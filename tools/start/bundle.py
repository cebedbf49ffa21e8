"""Makes the folder that ``--offline`` reads: uv and every wheel of the lock for this machine, checked by sha256."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from start.environment import Wanted, lock_digest, prepare
from start.fetch import Fetcher
from start.install import MANIFEST, export, here, open_shop, pinned_uv
from start.lockfile import Wheel, read_wheels
from start.places import Places, make_folder
from start.settings import find_network
from start.tags import choose_wheel, supported_tags

AT_ONCE = 6
Tell = Callable[..., None]


def make_bundle(places: Places, folder: Path, *, dev: bool, environ: Mapping[str, str], tell: Tell) -> None:
    """Fill ``folder``; files that lie there already and are right stay. Raises Trouble."""
    make_folder(folder)
    prepare(places, Wanted(dev=dev), environ, tell)  # what uv installs here is what this machine needs
    shop = open_shop(places, offline=None, environ=environ, tell=tell)
    requirements = folder / "requirements.txt"
    export(shop.uv, requirements, dev=dev)
    wheels = wheels_needed(requirements.read_text("utf-8"), installed_versions(places), places)
    tell("bundling", count=len(wheels), path=folder)
    fetcher = Fetcher(find_network(environ))
    with ThreadPoolExecutor(AT_ONCE) as pool:
        files = list(pool.map(lambda wheel: fetcher.wheel(wheel, folder), wheels))
    sums = {wheel.filename: wheel.sha256 for wheel in wheels}
    manifest = {"machine": here(), "lock": lock_digest(places), "dev": dev, "files": sums}
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1), "utf-8")
    _drop_strangers(folder, {file.name for file in files})
    tell("bundled", path=folder, size=round(sum(file.stat().st_size for file in files) / 1e6), here=here())


def wheels_needed(requirements: str, installed: Mapping[str, str], places: Places) -> list[Wheel]:
    """The wheels for what is both in the exported lock and installed here, and uv itself."""
    tags = supported_tags(portable=True)
    locked = read_wheels(places.lockfile)
    names = sorted(names_in(requirements) & installed.keys())
    chosen = [
        choose_wheel([wheel for wheel in locked[name] if wheel.version == installed[name]], tags) for name in names
    ]
    return [*chosen, pinned_uv(places)]


def names_in(requirements: str) -> set[str]:
    """Package names of an exported lock."""
    return {
        normalised(name) for name in re.findall(r"^([A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?==", requirements, re.MULTILINE)
    }


def installed_versions(places: Places) -> dict[str, str]:
    """Packages in the environment with their versions, read from the names of their metadata folders."""
    minor = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    folders = (places.env / "lib" / minor / "site-packages").glob("*.dist-info")
    pairs = (folder.name.removesuffix(".dist-info").rpartition("-") for folder in folders)
    return {normalised(name): version for name, _, version in pairs}


def normalised(name: str) -> str:
    """PEP 503: ``Foo_Bar.baz`` is ``foo-bar-baz``."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _drop_strangers(folder: Path, ours: set[str]) -> None:
    """Wheels of an earlier version of the lock would only add weight."""
    for path in folder.glob("*.whl"):
        if path.name not in ours:
            path.unlink()
