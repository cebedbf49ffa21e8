"""A data folder for each test. Nothing of Django at import."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def data(settings: object, tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    settings.DATA = folder  # type: ignore[attr-defined]
    settings.KEYRING = folder / "keyring.json"  # type: ignore[attr-defined]
    settings.ANCHORS_COPY = None  # type: ignore[attr-defined]
    return folder
