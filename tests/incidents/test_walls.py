"""The second wall, on PostgreSQL: rows of incidents are out of sight and out of reach for another organisation."""

from uuid import uuid4

import pytest
from django.db import ProgrammingError, transaction

from otklik.incidents import actions
from otklik.incidents.models import DeadlineRow, DraftCopy, Incident, Participant, WorkItem
from otklik.journal.models import Event, EventText
from otklik.process import commands as c
from otklik.process.state import ReplyKind
from otklik.project.transactions import read, write
from tests.incidents.desk import A, Desk, make_desk

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]

TABLES = (Incident, DeadlineRow, WorkItem, Participant, DraftCopy, Event, EventText)


@pytest.fixture
def desk() -> Desk:
    """Rows in every table."""
    here = make_desk(A)
    here.do(c.Select(critical=True), here.cast.curator)
    here.do(c.Route(unit=here.cast.unit.key), here.cast.curator)
    here.do(c.AddNote(note="позвонить"), here.cast.curator)
    actions.save_copy(here.incident, here.cast.executor, kind=ReplyKind.FINAL, text="Яму", base_version=0, now=here.now)
    return here


@pytest.mark.parametrize("model", TABLES)
def test_out_of_sight_for_others_and_for_nobody(desk: Desk, model: type[Incident]) -> None:
    own, other = desk.cast.organisation.pk, desk.cast.elsewhere.pk
    with read([own]):
        assert model.objects.filter(organisation_id=own).exists()
    for tenant in ([other], []):
        with read(tenant):
            assert not model.objects.filter(organisation_id=own).exists()


def test_out_of_reach_for_others(desk: Desk) -> None:
    own, other = desk.cast.organisation.pk, desk.cast.elsewhere.pk
    with write([other]):
        assert Incident.objects.filter(pk=desk.incident.pk).update(stage="closed") == 0
        assert Participant.objects.filter(incident=desk.incident).delete()[0] == 0
    with pytest.raises(ProgrammingError, match="row-level security"), write([other]), transaction.atomic():
        Participant.objects.create(organisation_id=own, incident=desk.incident, since=desk.now)
    note = c.AddNote(note="чужая")
    with read([other]), pytest.raises(Incident.DoesNotExist):
        actions.perform(desk.incident.pk, note, person=desk.cast.outsider, command_id=uuid4(), now=desk.now)


def test_a_step_sees_its_own_organisation_alone_and_needs_no_more(desk: Desk) -> None:
    with read([desk.cast.organisation.pk]):
        desk.do(c.SaveDraft(text="Здравствуйте!"), desk.cast.executor)
        assert desk.differences() == []
