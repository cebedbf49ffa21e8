"""A command id is a promise of "once" to one person, for one form, as it was filled in: to nobody and nothing else."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client

from otklik.incidents import actions
from otklik.orgs.models import Person
from otklik.process import commands as c
from otklik.process.refusal import RefusalCode
from tests.incidents.desk import A, Desk, make_desk

pytestmark = pytest.mark.django_db

ClientOf = Callable[[Person], Client]
ID = "5b7f0d4e-6a0e-4a3e-9c38-3f1d3a2c9f10"


@pytest.fixture
def desk() -> Desk:
    return make_desk(A)


def test_another_person_does_not_get_the_first_ones_result(desk: Desk) -> None:
    once = uuid4()
    select = c.Select(critical=True)
    done = actions.perform(desk.incident.pk, select, person=desk.cast.curator, command_id=once, now=desk.now)
    assert done.refusal is None
    with pytest.raises(actions.CommandIdTaken):
        actions.perform(desk.incident.pk, select, person=desk.cast.executor, command_id=once, now=desk.now)


def test_the_same_person_gets_it_again(desk: Desk) -> None:
    once = uuid4()
    select = c.Select(critical=True)
    outcomes = [
        actions.perform(desk.incident.pk, select, person=desk.cast.curator, command_id=once, now=desk.now)
        for _ in range(2)
    ]
    assert [one.is_repeated for one in outcomes] == [False, True]
    assert outcomes[0].events == outcomes[1].events


def test_a_form_with_somebody_elses_id_is_decided_anew(desk: Desk, client_of: ClientOf) -> None:
    note = {"note": "позвонить", "command_id": ID}
    address = f"/incidents/{desk.incident.pk}/do/add_note/"
    for person in (desk.cast.curator, desk.cast.curator, desk.cast.responsible):
        assert client_of(person).post(address, note).status_code == 303
    assert [one.actor_id for one in desk.events("note_added")] == [desk.cast.curator.pk, desk.cast.responsible.pk]


def test_an_id_of_another_incident_is_no_error(desk: Desk, client_of: ClientOf) -> None:
    other = make_desk(A, desk.cast)
    for one in (desk, other):
        answer = client_of(desk.cast.curator).post(
            f"/incidents/{one.incident.pk}/do/add_note/", {"note": "позвонить", "command_id": ID}
        )
        assert answer.status_code == 303
        assert len(one.events("note_added")) == 1


def test_going_back_and_correcting_the_text_is_not_taken_for_the_same_click(desk: Desk, client_of: ClientOf) -> None:
    desk.do(c.Select(critical=True), desk.cast.curator)
    desk.do(c.Route(unit=desk.cast.unit.key), desk.cast.curator)
    executor = client_of(desk.cast.executor)
    address = f"/incidents/{desk.incident.pk}/draft/"
    sent = {"action": "save", "kind": "final", "base_version": "0", "command_id": ID}
    assert executor.post(address, {**sent, "text": "Первая версия"}).status_code == 303
    assert executor.post(address, {**sent, "text": "Первая версия"}).status_code == 303
    assert len(desk.events("draft_saved")) == 1
    corrected = executor.post(address, {**sent, "text": "Исправленная версия"})
    assert corrected.status_code == 409
    assert "Исправленная версия" in corrected.content.decode()


def test_a_stale_version_is_not_approved(desk: Desk) -> None:
    executor = desk.cast.executor
    desk.do(c.Select(critical=True), desk.cast.curator)
    desk.do(c.Route(unit=desk.cast.unit.key), desk.cast.curator)
    desk.do(c.SaveDraft(text="Здравствуйте!"), executor)
    desk.refused(c.SaveDraft(text="Поверх", base_version=0), executor, RefusalCode.DRAFT_STALE)
    desk.do(c.SaveDraft(text="Здравствуйте, Анна!", base_version=1), executor)
    desk.refused(c.SubmitDraft(version=1), executor, RefusalCode.DRAFT_STALE)
