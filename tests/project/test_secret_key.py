"""The secret key: made once, for its owner alone."""

import stat
import threading
from pathlib import Path

from otklik.project import secret_key


def test_it_is_made_once_and_readable_by_its_owner_alone(tmp_path: Path) -> None:
    data = tmp_path / "new" / "data"
    first = secret_key.load(data)
    assert len(first) >= 64
    assert secret_key.load(data) == first
    assert stat.S_IMODE((data / "secret-key").stat().st_mode) == 0o600
    assert [path.name for path in data.iterdir()] == ["secret-key"]


def test_processes_that_start_at_once_have_the_same_key(tmp_path: Path) -> None:
    found: list[str] = []
    threads = [threading.Thread(target=lambda: found.append(secret_key.load(tmp_path))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1


def test_a_key_that_is_there_is_kept(tmp_path: Path) -> None:
    (tmp_path / "secret-key").write_text("mine\n")
    assert secret_key.load(tmp_path) == "mine"
