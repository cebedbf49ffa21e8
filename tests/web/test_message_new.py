"""A message entered by hand: of the kind its finder names, once however often the form is sent."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client

from otklik.incidents.models import Incident, WorkItem
from otklik.messages.models import Message
from otklik.orgs.models import Person
from tests.cast import make_cast

pytestmark = pytest.mark.django_db

ClientOf = Callable[[Person], Client]
NEW = "/messages/new/"


def test_k_2_a_publication_starts_as_one(client_of: ClientOf) -> None:
    cast = make_cast(act="kalininsky")
    operator = client_of(cast.operator)
    page = operator.get(NEW).content.decode()
    assert "Вид сообщения" in page
    assert "публикация в социальных сетях" in page
    operator.post(NEW, {"network": "vk", "text": "Спасибо за дорогу", "kind": "publication"})
    incident = Incident.objects.get()
    assert incident.kind == "publication"
    assert WorkItem.objects.get(incident=incident).role != ""
    operator.post(NEW, {"network": "vk", "text": "Яма", "kind": "incident"})
    operator.post(NEW, {"network": "vk", "text": "Ещё яма"})
    assert list(Incident.objects.order_by("pk").values_list("kind", flat=True)) == ["publication", *["incident"] * 2]


def test_a_kind_that_the_act_does_not_know_stores_nothing(client_of: ClientOf) -> None:
    cast = make_cast(act="kalininsky")
    answer = client_of(cast.operator).post(NEW, {"network": "vk", "text": "Яма", "kind": "rumour"})
    assert answer.status_code == 422
    assert "Выберите вид сообщения" in answer.content.decode()
    assert "Яма" in answer.content.decode()
    assert not Message.objects.exists()


def test_where_the_act_knows_one_kind_nobody_is_asked(client_of: ClientOf) -> None:
    cast = make_cast(act="altai-2020-132")
    assert "Вид сообщения" not in client_of(cast.operator).get(NEW).content.decode()


def test_a_form_sent_twice_is_entered_once(client_of: ClientOf) -> None:
    cast = make_cast(act="altai-2020-132")
    operator = client_of(cast.operator)
    fields = {"network": "vk", "text": "Яма", "command_id": str(uuid4())}
    assert [operator.post(NEW, fields).status_code for _ in range(2)] == [303, 303]
    assert operator.post(NEW, {**fields, "text": "Другая яма"}).status_code == 303
    assert Message.objects.count() == Incident.objects.count() == 2
