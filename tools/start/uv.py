"""Finds uv on PATH or fetches the one that uv.lock pins, runs it, and turns its complaints into sentences."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from start.fetch import sha256_of
from start.lockfile import Wheel
from start.places import make_folder, trouble_of
from start.words import Trouble

# Below, uv cannot read the lock or builds the project over the network; see [build-system] in pyproject.toml.
OLDEST, TOO_NEW = (0, 9), (1, 0)
TAIL_LINES = 12

# What uv says, and what it means. In order: the first that matches is the cause.
COMPLAINTS: tuple[tuple[str, str], ...] = (
    (r"invalid peer certificate|UnknownIssuer|certificate verify failed|self.signed", "tls"),
    (r"No space left on device|os error 28\b|os error 122\b|[Qq]uota exceeded", "disk_full"),
    (r"Read-only file system|os error 30\b|Permission denied|os error 13\b", "folder_readonly"),
    (r"Hash mismatch|hash mismatch", "wrong_sha"),
    (r"ZIP file|invalid package format|Failed to (?:read from zip|extract)", "damaged"),
    (r"\b407\b|Proxy Authentication", "proxy_refuses"),
    (r"\b40[13] (?:Unauthorized|Forbidden)", "index_refuses"),
    (r"doesn't have a source distribution or wheel for the current platform|no wheels with a matching", "no_wheel"),
    (
        r"not found in the (?:package registry|provided package locations)|There (?:is|are) no versions? of",
        "not_in_index",
    ),
    (r"\b404 Not Found", "not_in_index"),
    (
        r"dns error|tcp connect error|error sending request|timed out|Failed to (?:fetch|download)|tunnel error",
        "no_index",
    ),
)


def find_uv(path: str | None) -> Path | None:
    """A uv on ``path`` that is neither too old nor unknown."""
    found = shutil.which("uv", path=path)
    if not found:
        return None
    version = version_of(Path(found))
    return Path(found) if version and OLDEST <= version < TOO_NEW else None


def version_of(uv: Path) -> tuple[int, ...] | None:
    """Version of this uv, or None if it does not start."""
    try:
        said = subprocess.run([uv, "--version"], capture_output=True, text=True, check=False, timeout=20).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    match = re.match(r"uv (\d+)\.(\d+)(?:\.(\d+))?", said)
    return tuple(int(part) for part in match.groups() if part) if match else None


def kept_uv(tools: Path, wheel: Wheel) -> Path:
    """Where the pinned uv lies once it was fetched."""
    return tools / f"uv-{wheel.version}" / "uv"


def unpack_uv(archive: Path, wheel: Wheel, tools: Path) -> Path:
    """Take uv out of its wheel, after its sha256 was checked. Raises Trouble ``wrong_sha``, ``disk_full``."""
    got = sha256_of(archive)
    if got != wheel.sha256:
        raise Trouble("wrong_sha", file=archive.name, got=got, expected=wheel.sha256, source=archive)
    target = kept_uv(tools, wheel)
    make_folder(target.parent)
    part = target.with_name(f"uv.part-{os.getpid()}")
    try:
        with zipfile.ZipFile(archive) as wheel_file:
            member = next(name for name in wheel_file.namelist() if name.endswith(".data/scripts/uv"))
            with wheel_file.open(member) as source, part.open("wb") as out:
                shutil.copyfileobj(source, out)
        part.chmod(0o755)
        part.replace(target)
    except OSError as error:
        raise trouble_of(error, target) from error
    finally:
        part.unlink(missing_ok=True)
    return target


class Uv:
    """One uv with its environment. ``facts`` say what a complaint should name: url, env."""

    def __init__(self, program: Path, environ: Mapping[str, str], cwd: Path, facts: Mapping[str, object]) -> None:
        self.program = program
        self.environ = dict(environ)
        self.cwd = cwd
        self.facts = dict(facts)

    def run(self, arguments: Sequence[str | Path], *, tell: Callable[[str], None] | None = None) -> str:
        """Run ``uv arguments`` and return what it printed; ``tell`` hears its progress lines. Raises Trouble."""
        said: list[str] = []
        with subprocess.Popen(
            [self.program, *arguments],
            cwd=self.cwd,
            env=self.environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
        ) as process:
            for line in process.stdout or ():
                said.append(line)
                if tell:
                    tell(line.rstrip())
        text = "".join(said)
        if process.returncode:
            raise trouble_of_uv(text, self.facts)
        return text


def trouble_of_uv(said: str, facts: Mapping[str, object]) -> Trouble:
    """The sentence for a failed uv. ``facts``: url (index, without password), env (path), machine, python, via_*."""
    tail = "\n".join(said.strip().splitlines()[-TAIL_LINES:])
    code = next((code for pattern, code in COMPLAINTS if re.search(pattern, said)), "uv_failed")
    url = _url_in(said) or facts["url"]
    env = facts["env"]
    package = _first(r"`([a-z0-9._-]+)==", said) or _first(r"`([a-z0-9._-]+)` \(v", said)
    package = package or _first(r"Because ([a-z0-9._-]+)(?:==\S+)? (?:was|has) ", said) or "?"
    details: dict[str, object] = {
        **facts,
        "url": url,
        "path": _first(r"`(/[^`]+)`", said) or env,
        "tail": tail,
        "reason": _first(r"cause: ((?!.*https?://).*)$", said, last=True) or tail,
        "status": _first(r"\b(40[13])\b", said) or "?",
        "what": package,
        "package": package,
        "file": _first(r"([\w.+-]+\.whl)", said) or package,
        "expected": " / ".join(re.findall(r"^ +sha256:(\w+)", said.partition("Computed:")[0], re.MULTILINE)) or "?",
        "got": _first(r"Computed:\s+sha256:(\w+)", said) or "?",
        "source": url,
    }
    return Trouble(code, **details)


def _url_in(said: str) -> str | None:
    """The host that was spoken to, without a sign-in that stands in the address."""
    found = re.search(r"https?://(?:[^/\s@]*@)?([^/\s)`]+)", said)
    return found.group(0).partition("//")[0] + "//" + found.group(1) if found else None


def _first(pattern: str, text: str, *, last: bool = False) -> str | None:
    found = re.findall(pattern, text, flags=re.MULTILINE)
    return found[-1 if last else 0] if found else None
