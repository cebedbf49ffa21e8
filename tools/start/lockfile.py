"""What uv.lock pins: for each package its version and its wheels with address and sha256."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from start.words import Trouble


@dataclass(frozen=True)
class Wheel:
    """One file of one package. ``url`` is where the lock saw it, ``size`` is in bytes (0: unknown)."""

    package: str
    version: str
    filename: str
    url: str
    sha256: str
    size: int = 0


def read_wheels(lockfile: Path) -> dict[str, list[Wheel]]:
    """Package name (normalised) to its wheels. Raises Trouble for a lock that cannot be read.

    A package may be locked in several versions, one for an older Python, one for a newer: all of them are here.
    """
    try:
        content = tomllib.loads(lockfile.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise Trouble("system", path=lockfile, reason=error) from error
    wheels: dict[str, list[Wheel]] = {}
    for package in content.get("package", []):
        wheels.setdefault(package["name"], []).extend(_wheels(package))
    return wheels


def _wheels(package: dict[str, Any]) -> list[Wheel]:
    return [
        Wheel(
            package=package["name"],
            version=package["version"],
            filename=unquote(urlsplit(wheel["url"]).path.rpartition("/")[2]),
            url=wheel["url"],
            sha256=wheel["hash"].removeprefix("sha256:"),
            size=wheel.get("size", 0),
        )
        for wheel in package.get("wheels", [])
    ]
