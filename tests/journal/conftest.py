"""A data folder for each test, and a tamperer who can switch the guards off. Nothing of Django at import."""

from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def data(settings: object, tmp_path: Path) -> Path:
    settings.DATA = tmp_path  # type: ignore[attr-defined]
    settings.ANCHORS_COPY = None  # type: ignore[attr-defined]
    return tmp_path


@pytest.fixture
def tamper(db: None) -> Callable[..., None]:  # noqa: ARG001
    """Runs SQL as somebody who owns the database and has taken the guards away."""
    from django.db import connection

    from tests.journal.guards import guards_off
    from tests.runtime_role import as_owner

    def run(sql: str, *params: str | int | None) -> None:
        with as_owner(), guards_off(), connection.cursor() as cursor:
            cursor.execute(sql, params)
            assert cursor.rowcount > 0, "the tampering hit nothing"

    return run
