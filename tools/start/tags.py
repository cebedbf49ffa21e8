"""Which of a package's wheels fits this machine: the order of PEP 425, 600 and 656, without pip or packaging."""

from __future__ import annotations

import os
import platform
import re
import struct
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from start.lockfile import Wheel
from start.words import Trouble

OLDEST_GLIBC = {"x86_64": 5, "i686": 5}  # others were born with manylinux_2_17
LEGACY = {(2, 17): "manylinux2014", (2, 12): "manylinux2010", (2, 5): "manylinux1"}


def choose_wheel(wheels: Iterable[Wheel], supported: Sequence[str]) -> Wheel:
    """The wheel that fits best. Raises Trouble ``no_wheel`` if none does."""
    rank = {tag: place for place, tag in enumerate(supported)}
    candidates = list(wheels)
    fitting = [
        (min(rank[tag] for tag in tags_of(wheel.filename) if tag in rank), wheel.filename, wheel)
        for wheel in candidates
        if any(tag in rank for tag in tags_of(wheel.filename))
    ]
    if not fitting:
        name = candidates[0].package if candidates else "?"
        raise Trouble("no_wheel", package=name, machine=machine(), python=platform.python_version())
    return min(fitting)[2]


def tags_of(filename: str) -> set[str]:
    """Tags of a wheel's name: ``a-1-py2.py3-none-any.whl`` has two."""
    pythons, abis, platforms = filename.removesuffix(".whl").split("-")[-3:]
    return {f"{p}-{a}-{m}" for p in pythons.split(".") for a in abis.split(".") for m in platforms.split(".")}


def machine() -> str:
    """System, processor and, if it is not the usual one, C library: ``linux-x86_64``, ``linux-x86_64-musl``."""
    musl = "-musl" if sys.platform == "linux" and not _glibc() else ""
    return f"{sys.platform}-{processor()}{musl}"


def processor() -> str:
    """The processor as wheels name it; a 32-bit Python on a 64-bit kernel counts as 32-bit."""
    name = platform.machine().lower()
    if struct.calcsize("P") == 4:
        name = {"x86_64": "i686", "amd64": "i686", "aarch64": "armv7l"}.get(name, name)
    return {"amd64": "x86_64"}.get(name, name)


def supported_tags(*, portable: bool = False) -> list[str]:
    """Every tag this interpreter accepts, best first. Raises Trouble ``no_platform`` away from Linux and macOS.

    ``portable`` turns the platforms round: the wheel that asks least of the system, for a bundle that travels.
    """
    machines = list(platforms())
    threaded = bool(sysconfig.get_config_var("Py_GIL_DISABLED"))
    return list(tags_for(sys.version_info[:2], machines[::-1] if portable else machines, threaded=threaded))


def tags_for(python: tuple[int, int], machines: Sequence[str], *, threaded: bool = False) -> Iterator[str]:
    """Tags of CPython ``python`` on ``machines`` (best first); ``threaded``: a build without the GIL."""
    major, minor = python
    own = f"cp{major}{minor}"
    abi = own + ("t" if threaded else "")
    yield from (f"{own}-{abi}-{machine}" for machine in machines)
    if not threaded:
        yield from (f"{own}-abi3-{machine}" for machine in machines)
    yield from (f"{own}-none-{machine}" for machine in machines)
    if not threaded:
        for older in range(minor - 1, 1, -1):
            yield from (f"cp{major}{older}-abi3-{machine}" for machine in machines)
    generic = [f"py{major}{minor}", f"py{major}", *(f"py{major}{older}" for older in range(minor - 1, -1, -1))]
    for name in generic:
        yield from (f"{name}-none-{machine}" for machine in machines)
    yield f"{own}-none-any"
    yield from (f"{name}-none-any" for name in generic)


def platforms() -> Iterator[str]:
    """Platform tags of this machine, best first."""
    if sys.platform == "darwin":
        release = platform.mac_ver()[0].split(".")
        yield from mac_platforms(int(release[0]), int(release[1]), processor())
    elif sys.platform == "linux":
        yield from linux_platforms(processor(), glibc=_glibc(), musl=None if _glibc() else _musl())
    else:
        raise Trouble("no_platform", machine=machine())


def linux_platforms(arch: str, *, glibc: tuple[int, int] | None, musl: tuple[int, int] | None) -> Iterator[str]:
    """Tags for a Linux with this C library (major, minor)."""
    if glibc:
        major, newest = glibc
        for minor in range(newest, OLDEST_GLIBC.get(arch, 17) - 1, -1):
            yield f"manylinux_{major}_{minor}_{arch}"
            if (major, minor) in LEGACY:
                yield f"{LEGACY[major, minor]}_{arch}"
    if musl:
        yield from (f"musllinux_{musl[0]}_{minor}_{arch}" for minor in range(musl[1], -1, -1))
    yield f"linux_{arch}"


def mac_platforms(major: int, minor: int, arch: str) -> Iterator[str]:
    """Tags for a macOS of this version: 11 and later count majors only, 10 counts minors."""
    newest_ten = 16 if major > 10 else minor
    for version in range(major, 10, -1):
        yield from (f"macosx_{version}_0_{kind}" for kind in (arch, "universal2"))
    for version in range(newest_ten, 3, -1):
        kinds = ("x86_64", "intel", "universal2") if arch == "x86_64" else ("universal2",)
        yield from (f"macosx_10_{version}_{kind}" for kind in kinds)


def _glibc() -> tuple[int, int] | None:
    try:
        text = os.confstr("CS_GNU_LIBC_VERSION") or ""
    except (AttributeError, OSError, ValueError):
        return None
    match = re.match(r"glibc (\d+)\.(\d+)", text)
    return (int(match[1]), int(match[2])) if match else None


def _musl() -> tuple[int, int] | None:
    """musl names its version only when its loader is run without a program."""
    for loader in sorted(Path("/lib").glob("ld-musl-*.so.1")):
        said = subprocess.run([loader], capture_output=True, text=True, check=False).stderr
        match = re.search(r"Version (\d+)\.(\d+)", said)
        if match:
            return int(match[1]), int(match[2])
    return None
