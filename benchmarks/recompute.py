"""All deadlines of 10,000 open incidents, computed and written: `python benchmarks/recompute.py [DATABASE_URL]`.

Without a URL a database of SQLite in a scratch folder; with one, an empty database of PostgreSQL (its owner's URL).
The limits: all deadlines computed in 2 seconds, written to the database in 10; of the better of two runs. Printed are
wall clock and this process's processor time, by which is judged what this process does alone (a busy machine makes it
wait); what PostgreSQL writes for it is judged by the wall clock. Also shown, without a limit: reading and folding the
journals, and the same writing when nothing was there before.

The incidents lie under the Altai act: a third selected, a third with an executor, a third before the reviewer. They are
written once, then the organisation closes for a day and every due time after it moves.
"""

import datetime as dt
import os
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from otklik.incidents.work import Work
    from otklik.orgs.models import Organisation
    from otklik.process.events import Event
    from otklik.process.schedules import ScheduleSet
    from otklik.regulation.model import Act

INCIDENTS = 10_000
PATTERNS = 300
"""Different stories; each is lived through by several incidents."""
CHUNK = 500
RUNS = 2
COMPUTED, WRITTEN = 2.0, 10.0
"""Limits, seconds."""

NOW = dt.datetime(2026, 11, 27, 13, 0, tzinfo=dt.UTC)
HOURS = {
    "zone": "Europe/Moscow",
    "calendar": "RU",
    "week": {day: ["09:00-13:00", "13:45-18:00"] for day in ("mon", "tue", "wed", "thu", "fri")},
}


@dataclass
class Spent:
    """Seconds of the wall clock and of this process's processor, over all chunks."""

    wall: float = 0.0
    processor: float = 0.0
    rows: int = 0

    @contextmanager
    def measuring(self) -> Iterator[None]:
        wall, processor = time.perf_counter(), time.process_time()
        yield
        self.wall += time.perf_counter() - wall
        self.processor += time.process_time() - processor


@dataclass
class Run:
    """One pass over all incidents."""

    reading: Spent = field(default_factory=Spent)
    computing: Spent = field(default_factory=Spent)
    projecting: Spent = field(default_factory=Spent)
    writing: Spent = field(default_factory=Spent)


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="otklik-benchmark-") as folder:
        start(folder, sys.argv[1] if len(sys.argv) > 1 else f"sqlite:///{Path(folder) / 'db.sqlite3'}")
        from otklik.project.tenancy import EVERYTHING, tenant

        with tenant(EVERYTHING):
            organisation = make_organisation()
            fill(organisation)
            first = go_over(organisation)
            moved = []
            for day in range(RUNS):
                close(organisation, dt.date(2026, 11, 30) + dt.timedelta(days=day))
                moved.append(go_over(organisation))
    return report(first, moved)


def report(first: Run, moved: list[Run]) -> int:
    """Print what was measured; 0 if it keeps to the limits."""
    computing = min((run.computing for run in moved), key=lambda one: one.wall)
    writing = min((run.writing for run in moved), key=lambda one: one.wall)
    print(f"{INCIDENTS} open incidents, {computing.rows} terms")
    for what, spent, limit in (
        ("all deadlines computed", computing, f", limit {COMPUTED:.0f} s"),
        ("written after a day was closed", writing, f", limit {WRITTEN:.0f} s"),
        ("journals read and folded", moved[-1].reading, ""),
        ("rows projected, with the deadlines", moved[-1].projecting, ""),
        ("written when nothing was there", first.writing, ""),
    ):
        print(f"{what}: {spent.wall:.2f} s ({spent.processor:.2f} s of processor time){limit}")
    from django.db import connection

    written = writing.processor if connection.vendor == "sqlite" else writing.wall
    return 0 if computing.processor <= COMPUTED and written <= WRITTEN else 1


def go_over(organisation: "Organisation") -> Run:
    """Bring all incidents up to date, and say how long each part of it took."""
    from otklik.incidents.models import Incident
    from otklik.incidents.verdicts import current_deadlines
    from otklik.incidents.work import locked, rows_for, setting_of, work_on
    from otklik.incidents.writer import write_rows
    from otklik.project.transactions import write

    run, keys = Run(), list(Incident.objects.order_by("pk").values_list("pk", flat=True))
    for first in range(0, len(keys), CHUNK):
        with write([organisation.pk]):
            with run.reading.measuring():
                setting = setting_of(organisation, NOW)
                works: list[Work] = work_on(locked(keys[first : first + CHUNK]), setting, texts=False)
            with run.computing.measuring():
                for work in works:
                    found = current_deadlines(work.folded.state, work.act, setting.schedules, NOW)
                    run.computing.rows += len(found)
            with run.projecting.measuring():
                computed = [(work.incident, rows_for(work)) for work in works]
            started = time.perf_counter(), time.process_time()
            write_rows(computed)
        # The end of the transaction is part of the writing.
        run.writing.wall += time.perf_counter() - started[0]
        run.writing.processor += time.process_time() - started[1]
    return run


# --- What it is measured on ---


def start(folder: str, url: str) -> None:
    """Django on an empty database."""
    os.environ |= {
        "OTKLIK_DATA": folder,
        "OTKLIK_DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "otklik.project.settings",
    }
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def make_organisation() -> "Organisation":
    from otklik.orgs import actions

    facts: dict[str, Any] = {"name": "Край", "short_name": "Край", "zone": "Europe/Moscow", "schedule": HOURS}
    made = actions.create_organisation(
        actions.OrganisationFacts(key=f"b-{uuid.uuid4().hex[:8]}", act="altai-2020-132", **facts), by=_by()
    )
    for number in range(10):
        actions.create_unit(made, key=f"unit-{number}", name=f"Отдел {number}", by=_by())
    return made


def close(organisation: "Organisation", day: dt.date) -> None:
    from otklik.orgs import actions

    actions.change_day(organisation, changes_on=day, spans=[], ground="авария", by=_by())


def fill(organisation: "Organisation") -> None:
    """Messages, incidents without rows below them, and their journals."""
    from otklik.incidents import editions
    from otklik.orgs.schedules import schedules_for
    from otklik.project.transactions import write

    with write([organisation.pk]):
        act, act_hash = editions.for_new(organisation, NOW)
        schedules = schedules_for(organisation, NOW)
        stories = [story(number, act, schedules) for number in range(PATTERNS)]
    for first in range(0, INCIDENTS, CHUNK):
        with write([organisation.pk]):
            _fill_chunk(organisation, act_hash, stories, first)


def story(number: int, act: "Act", schedules: "ScheduleSet") -> "list[Event]":
    """What happened to one incident, up to now, with the verdicts that time wrote."""
    from otklik.incidents.verdicts import time_commands
    from otklik.process import commands as c
    from otklik.process.actor import SYSTEM, Actor
    from otklik.process.decide import decide
    from otklik.process.evolve import evolve
    from otklik.process.refusal import Refusal
    from otklik.process.state import State
    from otklik.regulation.model.people import OurRole

    unit = f"unit-{number % 10}"
    curator = Actor("1", frozenset({OurRole.CURATOR}))
    executor = Actor("2", frozenset({OurRole.EXECUTOR}), units=frozenset({unit}))
    steps: list[tuple[c.Command, Actor]] = [
        (c.Detect(message="0", network="vk"), SYSTEM),
        (c.Select(critical=True), curator),
        (c.Route(unit=unit), curator),
        (c.SaveDraft(text="Здравствуйте!"), executor),
        (c.SubmitDraft(version=1), executor),
    ]
    at = dt.datetime(2026, 11, 26, 6, 0, tzinfo=dt.UTC) + number * dt.timedelta(minutes=5)
    state, events = State(), []
    for command, actor in steps[: 2 + number % 3 + (number % 3 == 2)]:
        at += dt.timedelta(minutes=7)
        for one, who in ((command, actor), *((timed, SYSTEM) for timed in time_commands(state, act, schedules, at))):
            decided = decide(state, one, who, act, schedules, at)
            assert not isinstance(decided, Refusal), decided
            for event in decided:
                state = evolve(state, event)
                events.append(event)
    return events


def _fill_chunk(organisation: "Organisation", act_hash: str, stories: "list[list[Event]]", first: int) -> None:
    from otklik.incidents.models import Incident
    from otklik.journal.models import Event as Row
    from otklik.messages.models import Message, MessageSource

    messages = Message.objects.bulk_create(
        Message(
            organisation=organisation,
            source=MessageSource.IMPORT,
            network="vk",
            external_id=str(number),
            text=f"Яма на Садовой, дом {number}, вторую неделю никто не чинит",
            detected_at=NOW,
            created_at=NOW,
        )
        for number in range(first, first + CHUNK)
    )
    incidents = Incident.objects.bulk_create(
        Incident(
            organisation=organisation,
            number=first + place + 1,
            message=message,
            act_hash=act_hash,
            detected_at=NOW,
            computed_at=NOW,
        )
        for place, message in enumerate(messages)
    )
    Row.objects.bulk_create(
        Row(
            organisation_id=organisation.pk,
            incident_id=incident.pk,
            number=number,
            kind=event.kind.value,
            version=event.version,
            happened_at=event.happened_at,
            recorded_at=event.happened_at,
            command_id=uuid.uuid4(),
            position=0,
            act_hash=act_hash,
            payload=_payload(event, incident),
            digest="",
        )
        for incident in incidents
        for number, event in enumerate(stories[incident.number % PATTERNS], 1)
    )


def _payload(event: "Event", incident: Any) -> dict[str, object]:
    from otklik.journal.canonical import plain

    payload = plain(event.payload)
    assert isinstance(payload, dict)
    return payload | {"message": str(incident.message_id)} if "message" in payload else payload


def _by() -> Any:
    from otklik.orgs.actions import By

    return By(person_id=None, command_id=uuid.uuid4(), now=NOW)


if __name__ == "__main__":
    sys.exit(main())
