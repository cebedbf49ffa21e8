"""On SQLite one alone writes: an import leaves gaps for people, and waits for nobody where nobody is at work."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from otklik.messages.reading import importing
from otklik.messages.reading.importing import Wanted, import_file
from otklik.messages.reading.profiles import Field, own_profile
from otklik.orgs.models import Organisation, Person
from otklik.project import transactions
from tests.cast import make_cast, make_organisation

ROWS = 5


@pytest.fixture
def naps(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> list[float]:
    """How long the import slept, each time; nobody waits for it."""
    slept: list[float] = []
    settings.DATA = tmp_path
    monkeypatch.setattr(time, "sleep", slept.append)
    monkeypatch.setattr(importing, "CHUNK", 1)
    monkeypatch.setattr(transactions, "MARK_COUNTS_SECONDS", 3600)  # however slow the machine
    return slept


def bring(organisation: Organisation, folder: Path) -> None:
    path = folder / "own.csv"
    path.write_text("text\n" + "".join(f"Яма {number}\n" for number in range(ROWS)), "utf-8")
    wanted = Wanted(path=path, profile=own_profile({Field.TEXT: "text"}))
    assert import_file(organisation, wanted, person=None, clock=timezone.now).tally.new == ROWS


@pytest.mark.django_db(transaction=True)
def test_it_leaves_gaps_only_for_people_at_work(
    naps: list[float], tmp_path: Path, client_of: Callable[[Person], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = make_cast(act="altai-2020-132")
    second, third, fourth = (make_organisation(act="altai-2020-132") for _ in range(3))
    curator = client_of(cast.curator)
    bring(cast.organisation, tmp_path)
    curator.get("/")
    bring(second, tmp_path)
    assert naps == []  # looking is not writing
    curator.post("/messages/new/", {"network": "vk", "text": "Яма на Садовой"})
    bring(third, tmp_path)
    assert len(naps) == (ROWS if connection.vendor == "sqlite" else 0)
    monkeypatch.setattr(transactions, "MARK_COUNTS_SECONDS", 0)
    bring(fourth, tmp_path)
    assert len(naps) == (ROWS if connection.vendor == "sqlite" else 0)  # long ago
