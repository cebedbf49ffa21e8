"""The author's answer, recorded by hand: a message and a step, both or neither, and once."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client

from otklik.incidents.models import Incident
from otklik.journal.queries import events_of
from otklik.messages.models import Message
from otklik.orgs.models import Person
from tests.cast import Cast, make_cast
from tests.web.test_desk import post

pytestmark = pytest.mark.django_db

ClientOf = Callable[[Person], Client]


@pytest.fixture
def altai() -> Cast:
    return make_cast(act="altai-2020-132")


@pytest.fixture
def incident(altai: Cast, client_of: ClientOf) -> Incident:
    """Routed to the executor; nothing has been asked of the author yet."""
    curator = client_of(altai.curator)
    curator.post("/messages/new/", {"network": "vk", "text": "Яма у дома"})
    incident = Incident.objects.get()
    post(curator, incident, "do/select/", critical="on")
    post(curator, incident, "do/route/", unit=altai.unit.key)
    return incident


def ask_the_author(altai: Cast, incident: Incident, client_of: ClientOf) -> None:
    curator, executor = client_of(altai.curator), client_of(altai.executor)
    text = "Здравствуйте! У какого дома яма?"
    post(executor, incident, "draft/", action="submit", kind="clarification", text=text)
    post(curator, incident, "review/", action="approve")
    post(executor, incident, "publish/", way="by_hand", url="https://vk.com/wall-1_2?reply=3")
    assert incident.stage == "waiting_author"


def answers(incident: Incident) -> list[str]:
    return [str(event.payload["message"]) for event in events_of(incident.pk) if event.kind == "author_answered"]


def test_a_refused_answer_leaves_no_message_behind(altai: Cast, incident: Incident, client_of: ClientOf) -> None:
    fields = {"text": "У дома 5", "url": "", "command_id": str(uuid4())}
    refused = client_of(altai.executor).post(f"/incidents/{incident.pk}/do/author_answered/", fields)
    assert refused.status_code == 422
    assert "У дома 5" in refused.content.decode()
    assert Message.objects.count() == 1


@pytest.mark.parametrize("url", ["", "https://vk.com/wall-1_2?reply=9"])
def test_an_answer_sent_twice_is_stored_once(altai: Cast, incident: Incident, client_of: ClientOf, url: str) -> None:
    ask_the_author(altai, incident, client_of)
    executor, fields = client_of(altai.executor), {"text": "У дома 5", "url": url, "command_id": str(uuid4())}
    for _ in range(2):
        answer = executor.post(f"/incidents/{incident.pk}/do/author_answered/", fields)
        assert answer.status_code == 303
    (stored,) = Message.objects.exclude(pk=incident.message_id)
    assert (stored.text, stored.copies) == ("У дома 5", incident.message.copies)
    assert answers(incident) == [str(stored.pk)]


def test_an_empty_answer_is_asked_for_in_words(altai: Cast, incident: Incident, client_of: ClientOf) -> None:
    ask_the_author(altai, incident, client_of)
    fields = {"text": " ", "url": "", "command_id": str(uuid4())}
    refused = client_of(altai.executor).post(f"/incidents/{incident.pk}/do/author_answered/", fields)
    assert refused.status_code == 422
    assert "Заполните обязательные поля" in refused.content.decode()
    assert Message.objects.count() == 1
