"""Many rows at once: each with its own outcome, its own journal entry, and its own way back."""

import re
from collections.abc import Callable
from html import unescape
from uuid import uuid4

import pytest
from django.test import Client

from otklik.incidents.models import Incident
from otklik.orgs.models import Person
from otklik.process import commands as c
from otklik.regulation.model.people import OurRole
from tests.cast import Cast, make_cast, make_person, make_unit
from tests.incidents.desk import A, Desk, make_desk

pytestmark = pytest.mark.django_db

ClientOf = Callable[[Person], Client]


@pytest.fixture
def cast() -> Cast:
    return make_cast(act=A)


def selected(cast: Cast, text: str = "Яма") -> Desk:
    desk = make_desk(A, cast, text=text)
    desk.do(c.Select(critical=True), cast.curator)
    return desk


def send(client: Client, **fields: object) -> str:
    given = {"command_id": str(uuid4()), "back": "/?section=open", **fields}
    return unescape(client.post("/queue/bulk/", given).content.decode())


def hidden(page: str, name: str) -> list[str]:
    return re.findall(rf'name="{name}" value="([^"]*)"', page)


def unit_of(desk: Desk) -> str:
    unit = Incident.objects.select_related("unit").get(pk=desk.incident.pk).unit
    return unit.key if unit else ""


def test_the_bar_works_without_scripts(cast: Cast, client_of: ClientOf) -> None:
    desk = selected(cast)
    page = client_of(cast.curator).get("/?section=open").content.decode()
    assert f'name="ids" value="{desk.incident.pk}" form="bulk"' in page
    assert 'id="bulk" method="post" action="/queue/bulk/"' in page


def test_routing_asks_whereto_and_one_refusal_stops_no_other(cast: Cast, client_of: ClientOf) -> None:
    good, early, other = selected(cast), make_desk(A, cast, text="Не отобрано"), selected(cast)
    ids = [desk.incident.pk for desk in (good, early, other)]
    client = client_of(cast.curator)
    asked = send(client, act="route", ids=ids)
    assert cast.unit.name in asked
    assert hidden(asked, "ids") == [str(pk) for pk in ids]
    assert (unit_of(good), unit_of(other)) == ("", "")  # nothing has happened yet
    said = send(client, act="route", ids=ids, target=cast.unit.key)
    assert "Направлено: 2 из 3" in said
    assert "Что можно сделать" in said  # the refusal says which rule and what to do
    assert (unit_of(good), unit_of(early), unit_of(other)) == (cast.unit.key, "", cast.unit.key)
    assert [len(desk.events("routed")) for desk in (good, early, other)] == [1, 0, 1]


def test_the_same_form_twice_is_done_once(cast: Cast, client_of: ClientOf) -> None:
    desk, again = selected(cast), {"command_id": str(uuid4())}
    client = client_of(cast.curator)
    first = send(client, act="route", ids=[desk.incident.pk], target=cast.unit.key, **again)
    second = send(client, act="route", ids=[desk.incident.pk], target=cast.unit.key, **again)
    assert "Направлено: 1 из 1" in first
    assert "Направлено: 1 из 1" in second
    assert len(desk.events("routed")) == 1


def test_routing_elsewhere_can_be_undone_by_routing_back(cast: Cast, client_of: ClientOf) -> None:
    other = make_unit(cast.organisation, "other")
    desk, fresh = selected(cast), selected(cast)
    desk.do(c.Route(unit=cast.unit.key), cast.curator)
    client = client_of(cast.curator)
    said = send(client, act="route", ids=[desk.incident.pk, fresh.incident.pk], target=other.key)
    assert hidden(said, "undo") == [f"{desk.incident.pk}:route:{cast.unit.key}"]  # the fresh one was nowhere before
    undone = send(client, act="undo", of="route", undo=hidden(said, "undo"))
    assert "Возвращено: 1 из 1" in undone
    assert (unit_of(desk), unit_of(fresh)) == (cast.unit.key, other.key)
    assert [one.payload["unit"] for one in desk.events("routed")] == [cast.unit.key, other.key, cast.unit.key]


def test_assigning_goes_by_the_role_that_is_waited_for(cast: Cast, client_of: ClientOf) -> None:
    desk, waiting = selected(cast), selected(cast)
    desk.do(c.Route(unit=cast.unit.key), cast.curator)
    second = make_person(cast.organisation, "second", OurRole.EXECUTOR, unit=cast.unit)
    client = client_of(cast.curator)
    ids = [desk.incident.pk, waiting.incident.pk]
    said = send(client, act="assign", ids=ids, target=str(cast.executor.pk))
    assert "Назначено: 1 из 2" in said
    assert "нет роли, которой сейчас ждёт" in said
    assert Incident.objects.get(pk=desk.incident.pk).person_id == cast.executor.pk
    moved = send(client, act="assign", ids=ids[:1], target=str(second.pk))
    send(client, act="undo", of="assign", undo=hidden(moved, "undo"))
    assert Incident.objects.get(pk=desk.incident.pk).person_id == cast.executor.pk


def test_a_role_held_elsewhere_is_none_here(cast: Cast, client_of: ClientOf) -> None:
    desk = selected(cast)
    said = send(client_of(cast.curator), act="assign", ids=[desk.incident.pk], target=str(cast.outsider.pk))
    assert "Назначено: 0 из 1" in said


def test_taking_is_at_once(cast: Cast, client_of: ClientOf) -> None:
    desk = selected(cast)
    desk.do(c.Route(unit=cast.unit.key), cast.curator)
    said = send(client_of(cast.executor), act="take", ids=[desk.incident.pk])
    assert "Взято в работу: 1 из 1" in said
    assert Incident.objects.get(pk=desk.incident.pk).person_id == cast.executor.pk


@pytest.mark.parametrize("act", ["take", "route", "assign"])
def test_what_is_out_of_sight_is_absent(cast: Cast, client_of: ClientOf, act: str) -> None:
    desk = selected(cast)
    for person in (cast.outsider, cast.executor):
        said = send(client_of(person), act=act, ids=[desk.incident.pk], target=cast.unit.key)
        assert "Ничего не выбрано" in said
        assert "Яма" not in said
        undone = send(client_of(person), act="undo", of=act, undo=[f"{desk.incident.pk}:{act}:{cast.unit.key}"])
        assert "Ничего не выбрано" in undone
    assert desk.incident.last_number == Incident.objects.get(pk=desk.incident.pk).last_number


@pytest.mark.parametrize(
    "fields",
    [
        {"act": "route", "ids": ["x", "9" * 40, "-1"], "target": "нет"},
        {"act": "assign", "ids": ["1"], "target": "9" * 40},
        {"act": "undo", "of": "нет", "undo": ["", "1", "x:route:y", "1:нет:y", "9" * 40 + ":route:z"]},
        {"act": "take", "command_id": "нет"},
    ],
)
def test_bad_input_is_an_answer(cast: Cast, client_of: ClientOf, fields: dict[str, object]) -> None:
    assert "Ничего не выбрано" in send(client_of(cast.curator), **fields)


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", ""])
def test_the_way_back_leads_to_the_queue(cast: Cast, client_of: ClientOf, back: str) -> None:
    assert 'class="back-link" href="/"' in send(client_of(cast.curator), act="take", back=back)
    answer = client_of(cast.curator).post("/queue/bulk/", {"act": "нет", "back": back})
    assert (answer.status_code, answer["Location"]) == (302, "/")
