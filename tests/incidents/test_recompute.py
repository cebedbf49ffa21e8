"""The read models against the journal: nothing differs after a step; whatever is changed is found and mended."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from otklik.cli.main import main
from otklik.connectors.base import ChangeKind, IncomingChange
from otklik.incidents import actions, recompute
from otklik.incidents.models import DeadlineRow, Incident, Participant, WorkItem
from otklik.jobs.models import Job
from otklik.journal.actions import Command, append
from otklik.messages.actions import change
from otklik.process import commands as c
from otklik.process.events import Event, EventKind
from otklik.project.transactions import write
from otklik.regulation.model.people import OurRole
from otklik.search import queries as search
from otklik.search.snippets import Part
from tests.cast import make_organisation, make_person
from tests.incidents.desk import A, Desk, make_desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    """Selected, routed, drafted: rows in every table."""
    here = make_desk(A)
    here.do(c.Select(critical=True), here.cast.curator)
    here.do(c.Route(unit=here.cast.unit.key), here.cast.curator)
    here.do(c.SaveDraft(text="Здравствуйте!"), here.cast.executor)
    return here


def test_nothing_differs_after_each_step() -> None:
    desk = make_desk(A)
    cast = desk.cast
    assert desk.differences() == []
    for command, person in (
        (c.Select(critical=True), cast.curator),
        (c.Route(unit=cast.unit.key), cast.curator),
        (c.Take(), cast.executor),
        (c.SaveDraft(text="Здравствуйте!"), cast.executor),
        (c.SubmitDraft(version=1), cast.executor),
        (c.SendBack(version=1, grounds=(), reason="сроки"), cast.curator),
        (c.AddNote(note="позвонить"), cast.curator),
        (c.Tag(tags=(("topic", "ямы"),)), cast.curator),
    ):
        desk.do(command, person)
        assert desk.differences() == [], command


def test_nothing_differs_after_a_term_has_passed(desk: Desk) -> None:
    desk.now += dt.timedelta(days=4)
    assert actions.record_passing(desk.incident.pk, now=desk.now)
    assert desk.differences() == []


COLUMNS: dict[str, Any] = {
    "stage": "closed",
    "kind": "publication",
    "importance": "high",
    "is_repeat": True,
    "unit_id": None,
    "topic": "не то",
    "place": "не там",
    "network": "ok",
    "excerpt": "не то",
    "author_name": "не тот",
    "is_open": False,
    "detected_at": dt.datetime(2026, 11, 27, 8, tzinfo=dt.UTC),
    "closed_at": dt.datetime(2026, 11, 27, 8, tzinfo=dt.UTC),
    "next_step": "reply",
    "next_clause": "99",
    "next_starts_at": None,
    "next_due_at": None,
    "reply_due_at": None,
    "next_promise_on": dt.date(2026, 12, 1),
    "last_number": 1,
    "act_hash": "другой",
}


@pytest.mark.parametrize("column", COLUMNS)
def test_a_changed_column_is_found_and_mended(desk: Desk, column: str) -> None:
    Incident.objects.filter(pk=desk.incident.pk).update(**{column: COLUMNS[column]})
    (found,) = desk.differences()
    assert (found.incident, found.where, found.column) == (desk.incident.number, "incident", column)
    assert found.stored == COLUMNS[column]
    recompute.rebuild(desk.cast.organisation, desk.now)
    assert desk.differences() == []


@pytest.mark.parametrize(
    ("model", "change_to", "where", "column"),
    [
        (DeadlineRow, {"clause": "99"}, "deadlines", "clause"),
        (DeadlineRow, {"due_at": dt.datetime(2026, 1, 1, tzinfo=dt.UTC)}, "deadlines", "due_at"),
        (WorkItem, {"due_at": None}, "work_items", "due_at"),
        (WorkItem, {"role": "head"}, "work_items", "*"),
        (Participant, {"until": dt.datetime(2026, 12, 1, tzinfo=dt.UTC)}, "participants", "until"),
    ],
)
def test_a_changed_row_is_found_and_mended(
    desk: Desk, model: Any, change_to: dict[str, Any], where: str, column: str
) -> None:
    row = model.objects.filter(incident=desk.incident).latest("pk")
    model.objects.filter(pk=row.pk).update(**change_to)
    found = desk.differences()
    assert found
    assert {one.where.split()[0] for one in found} == {where}
    assert {one.column for one in found} == {column}
    recompute.rebuild(desk.cast.organisation, desk.now)
    assert desk.differences() == []


@pytest.mark.parametrize("model", [DeadlineRow, WorkItem, Participant])
def test_rows_that_are_gone_are_found_and_made_again(desk: Desk, model: Any) -> None:
    kept = list(model.objects.filter(incident=desk.incident).values_list("organisation_id", flat=True))
    model.objects.filter(incident=desk.incident).delete()
    assert len(desk.differences()) == len(kept) > 0
    recompute.rebuild(desk.cast.organisation, desk.now)
    assert desk.differences() == []
    assert model.objects.filter(incident=desk.incident).count() == len(kept)


def test_rebuilding_writes_only_what_differs(desk: Desk) -> None:
    before = set(DeadlineRow.objects.values_list("pk", flat=True))
    wrong = DeadlineRow.objects.earliest("pk")
    DeadlineRow.objects.filter(pk=wrong.pk).update(role="head")
    recompute.rebuild(desk.cast.organisation, desk.now)
    assert len(before - set(DeadlineRow.objects.values_list("pk", flat=True))) == 1


def test_rebuilding_adds_no_event_and_gives_lost_timers_back(desk: Desk) -> None:
    events = len(desk.events())
    timers = list(Job.objects.filter(kind="incidents.passing").values_list("key", "run_at"))
    Job.objects.all().delete()
    recompute.rebuild(desk.cast.organisation, desk.now)
    assert len(desk.events()) == events
    assert list(Job.objects.filter(kind="incidents.passing").values_list("key", "run_at")) == timers


def test_a_term_that_passed_while_nobody_worked_is_looked_at_at_once(desk: Desk) -> None:
    Job.objects.all().delete()
    later = desk.now + dt.timedelta(days=4)
    recompute.rebuild(desk.cast.organisation, later)
    assert Job.objects.get(kind="incidents.passing").run_at == later + dt.timedelta(seconds=1)


def test_an_edited_message_is_found_by_its_new_words(desk: Desk) -> None:
    message = desk.incident.message
    edited = IncomingChange(external_id=message.external_id, kind=ChangeKind.EDITED, text="На Садовой ОТКРЫТ люк")
    change(desk.cast.organisation, message.network, edited, now=desk.now)
    desk.incident.refresh_from_db()
    assert desk.incident.excerpt == "На Садовой ОТКРЫТ люк"
    assert "ОТКРЫТ люк" in dict(search.parts_of([desk.incident.pk])[desk.incident.pk])[Part.MESSAGE]
    assert desk.differences() == []


def test_a_journal_without_its_incident_is_found(desk: Desk) -> None:
    command = Command(id=desk.events()[0].command_id, organisation_id=desk.cast.organisation.pk, actor_id=None)
    with write([desk.cast.organisation.pk]):
        append(
            command,
            incident_id=987654,
            events=[Event(EventKind.NOTE_ADDED, 1, desk.now, {"by": "1"})],
            now=desk.now,
            position_from=50,
        )
    (found,) = desk.differences()
    assert found.incident == 987654


def test_other_organisations_are_left_alone(desk: Desk) -> None:
    elsewhere = make_organisation(act=A)
    operator = make_person(elsewhere, "operator-2", OurRole.OPERATOR)
    other = make_desk(A, replace(desk.cast, organisation=elsewhere, operator=operator))
    Incident.objects.update(stage="closed")
    recompute.rebuild(desk.cast.organisation, desk.now)
    assert desk.differences() == []
    assert [one.column for one in other.differences()] == ["stage"]


def test_the_command_names_each_difference(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    key = desk.cast.organisation.key
    assert main(["recompute", "--check", "--organisation", key]) == 0
    assert "проверено инцидентов: 1, расхождений с журналом нет" in capsys.readouterr().out
    Incident.objects.update(stage="closed")
    assert main(["recompute", "--check"]) == 1
    said = capsys.readouterr()
    assert f"{key}, инцидент 1: incident.stage: записано 'closed', по журналу 'drafting'" in said.err
    assert "расхождений: 1" in said.out
    assert Incident.objects.get().stage == "closed"
    assert main(["recompute"]) == 0
    assert "пересчитано инцидентов: 1" in capsys.readouterr().out
    assert Incident.objects.get().stage == "drafting"


@pytest.mark.usefixtures("desk")
def test_the_command_knows_its_organisations(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["recompute", "--organisation", "nowhere"]) == 2
    assert "nowhere" in capsys.readouterr().err
