"""Which folders a start uses, and whether they can be written to."""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from start.words import Trouble

READ_ONLY = (errno.EACCES, errno.EPERM, errno.EROFS)
FULL = (errno.ENOSPC, errno.EDQUOT)


@dataclass(frozen=True)
class Places:
    """``root``: the project. ``env``: its libraries. ``tools``: uv, its lock. ``data``: database, files, keys."""

    root: Path
    env: Path
    tools: Path
    data: Path

    @property
    def python(self) -> Path:
        """The interpreter of the environment."""
        return self.env / "bin" / "python"

    @property
    def lockfile(self) -> Path:
        return self.root / "uv.lock"

    @property
    def pyproject(self) -> Path:
        return self.root / "pyproject.toml"


def find_places(root: str | Path, environ: Mapping[str, str]) -> Places:
    """Below ``root``, or where UV_PROJECT_ENVIRONMENT and OTKLIK_DATA say. Raises Trouble for an incomplete project."""
    base = Path(root).resolve()
    for name in ("uv.lock", "pyproject.toml"):
        if not (base / name).is_file():
            raise Trouble("project_incomplete", root=base, file=name)
    env = environ.get("UV_PROJECT_ENVIRONMENT")
    # a relative one counts from the project, as it does for uv
    env_path = base / Path(env or ".venv").expanduser()
    data = environ.get("OTKLIK_DATA")
    return Places(
        root=base,
        env=env_path,
        tools=env_path.parent / ".otklik",
        data=Path(data).expanduser().absolute() if data else base / "var",
    )


def make_folder(path: Path) -> None:
    """Create ``path`` and prove that it can be written to. Raises Trouble ``folder_readonly`` or ``disk_full``."""
    probe = path / f".probe-{os.getpid()}"
    try:
        path.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(b"x")
        probe.unlink()
    except OSError as error:
        raise trouble_of(error, path) from error


def trouble_of(error: OSError, path: str | Path) -> Trouble:
    """The sentence for a refusal by the system while working at ``path``."""
    if error.errno in FULL:
        return Trouble("disk_full", path=path)
    if error.errno in READ_ONLY:
        return Trouble("folder_readonly", path=path, reason=error.strerror)
    return Trouble("system", path=error.filename or path, reason=error.strerror or str(error))
