"""The thinnest whole loop under one act: a message entered by hand, to the published reply, step by step."""

import datetime as dt
from collections.abc import Callable
from uuid import uuid4

import pytest

from otklik.incidents import access, actions, queue
from otklik.incidents.models import DeadlineRow, Incident, WorkItem
from otklik.messages.actions import HandMade, enter_by_hand
from otklik.orgs.models import Person
from otklik.process import commands as c
from otklik.process.refusal import RefusalCode
from otklik.process.state import Stage
from tests.cast import Cast, make_cast

pytestmark = pytest.mark.django_db

FRIDAY_NOON = dt.datetime(2026, 11, 27, 9, 0, tzinfo=dt.UTC)


@pytest.fixture
def altai() -> Cast:
    """The cast under the act of Altai, in Moscow hours 9–18 with lunch 13:00–13:45."""
    return make_cast(act="altai-2020-132")


Step = Callable[..., actions.Outcome]


@pytest.fixture
def incident(altai: Cast) -> Incident:
    made = HandMade(network="vk", text="На Садовой яма, вторую неделю никто не чинит", topic="дороги")
    taken = enter_by_hand(altai.organisation, altai.curator, made, now=FRIDAY_NOON)
    return Incident.objects.get(message=taken.message)


def step(incident: Incident, person: Person, command: c.Command, *, minutes: int) -> actions.Outcome:
    now = FRIDAY_NOON + dt.timedelta(minutes=minutes)
    outcome = actions.perform(incident.pk, command, person=person, command_id=uuid4(), now=now)
    incident.refresh_from_db()
    return outcome


def test_a_message_entered_by_hand_waits_for_the_curator(altai: Cast, incident: Incident) -> None:
    assert incident.stage == Stage.DETECTED
    assert incident.number == 1
    assert [one.incident_id for one in queue.work_of(altai.curator, FRIDAY_NOON)] == [incident.pk]
    assert not queue.work_of(altai.executor, FRIDAY_NOON).exists()


def test_the_reply_term_of_nine_working_hours_stands_beside_it(incident: Incident) -> None:
    reply = DeadlineRow.objects.get(incident=incident, step="reply")
    assert reply.clause == "8"
    assert reply.due_at == dt.datetime(2026, 11, 30, 9, 45, tzinfo=dt.UTC)  # 5:15 left of Friday, 3:45 of Monday


def test_from_selection_to_the_published_reply(altai: Cast, incident: Incident) -> None:
    cast = altai
    assert not step(incident, cast.curator, c.Select(critical=True), minutes=5).refusal
    assert not step(incident, cast.curator, c.Route(unit=cast.unit.key), minutes=10).refusal
    assert incident.unit == cast.unit
    assert access.visible_to(cast.executor).filter(pk=incident.pk).exists()
    text = "Здравствуйте! Яму на Садовой засыплют до 1 декабря. Министерство транспорта."
    assert not step(incident, cast.executor, c.SaveDraft(text=text), minutes=60).refusal
    assert not step(incident, cast.executor, c.SubmitDraft(version=1), minutes=70).refusal
    assert incident.stage == Stage.REVIEW
    assert not step(incident, cast.curator, c.Approve(version=1), minutes=80).refusal
    done = step(incident, cast.executor, c.ConfirmPublished(url="https://vk.com/wall-1_2?reply=3"), minutes=90)
    assert not done.refusal
    states = dict(DeadlineRow.objects.filter(incident=incident).values_list("step", "state"))
    assert states["reply"] == states["draft"] == states["review"] == states["publish"] == "met"
    assert incident.next_due_at is None
    assert not WorkItem.objects.filter(incident=incident, step="publish").exists()


def test_a_refusal_changes_nothing_and_says_who_may(altai: Cast, incident: Incident) -> None:
    before = incident.last_number
    outcome = step(incident, altai.executor, c.Route(unit=altai.unit.key), minutes=5)
    assert outcome.refusal is not None
    assert outcome.refusal.code in {RefusalCode.NOT_YOUR_ROLE, RefusalCode.WRONG_STAGE, RefusalCode.OUTSIDER}
    assert outcome.refusal.who_may
    assert incident.last_number == before


def test_the_same_command_id_is_done_once(altai: Cast, incident: Incident) -> None:
    command_id = uuid4()
    now = FRIDAY_NOON + dt.timedelta(minutes=5)
    command = c.Select(critical=True)
    first = actions.perform(incident.pk, command, person=altai.curator, command_id=command_id, now=now)
    again = actions.perform(incident.pk, command, person=altai.curator, command_id=command_id, now=now)
    assert again.is_repeated
    assert [one.number for one in again.events] == [one.number for one in first.events]
    assert again.state == first.state


def test_a_term_that_passes_becomes_a_verdict_by_the_clock(altai: Cast, incident: Incident) -> None:
    step(incident, altai.curator, c.Select(critical=True), minutes=5)
    at_due = FRIDAY_NOON + dt.timedelta(minutes=30)
    assert not [one for one in actions.record_passing(incident.pk, now=at_due) if one.payload["step"] == "route"]
    after = actions.record_passing(incident.pk, now=at_due + dt.timedelta(seconds=1))
    verdict = next(one for one in after if one.payload["step"] == "route")
    assert verdict.kind == "verdict"
    assert verdict.payload["state"] == "late"
    assert verdict.payload["clause"] == "6"
    assert actions.record_passing(incident.pk, now=at_due + dt.timedelta(minutes=5)) == ()


def test_an_outsider_sees_nothing(altai: Cast, incident: Incident) -> None:
    assert not access.visible_to(altai.outsider).exists()
    with pytest.raises(Incident.DoesNotExist):
        access.incident(altai.outsider, incident.pk)
