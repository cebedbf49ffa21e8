"""The card of an answered message: the reply once, and a promise that is quiet till its day nears."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from otklik.incidents import queries
from otklik.incidents.models import Incident
from otklik.incidents.queue import Queue, Section
from otklik.orgs.models import Person
from otklik.web.card.desk import Desk
from otklik.web.card.next_step import actions, next_step
from otklik.web.card.view import StepPlace
from otklik.web.words import first_words
from tests.cast import Cast, make_cast
from tests.web.test_desk import post

pytestmark = pytest.mark.django_db

ClientOf = Callable[[Person], Client]
TEXT = "Здравствуйте! Яму засыплют {day}. Министерство транспорта."
ASKED = "Поставить на контроль?"


@pytest.fixture
def altai() -> Cast:
    return make_cast(act="altai-2020-132")


def routed(altai: Cast, client_of: ClientOf) -> Incident:
    curator = client_of(altai.curator)
    curator.post("/messages/new/", {"network": "vk", "text": "Яма у дома", "place": "Садовая, 5"})
    incident = Incident.objects.get()
    post(curator, incident, "do/select/", critical="on")
    post(curator, incident, "do/route/", unit=altai.unit.key)
    return incident


def draft_of(due_on: dt.date) -> dict[str, object]:
    text = TEXT.format(day=f"до {due_on:%d.%m.%Y}")
    return {"kind": "final", "text": text, "promise_on": due_on.isoformat(), "promise_what": "засыпать яму"}


def test_a_date_put_under_control_is_not_asked_about_again(altai: Cast, client_of: ClientOf) -> None:
    incident, executor = routed(altai, client_of), client_of(altai.executor)
    fields = draft_of(timezone.localdate() + dt.timedelta(days=20))
    check = f"/incidents/{incident.pk}/draft/check/"
    unasked = {**fields, "promise_on": "", "promise_what": ""}
    assert ASKED in executor.post(check, unasked).content.decode()
    assert ASKED not in executor.post(check, fields).content.decode()
    post(executor, incident, "draft/", action="save", **fields)
    assert ASKED not in executor.get(f"/incidents/{incident.pk}/").content.decode()


@pytest.mark.parametrize(("days", "is_near"), [(20, False), (2, True)])
def test_a_promise_is_quiet_until_its_day_nears(altai: Cast, client_of: ClientOf, days: int, *, is_near: bool) -> None:
    incident, executor = routed(altai, client_of), client_of(altai.executor)
    due_on = timezone.localdate() + dt.timedelta(days=days)
    post(executor, incident, "draft/", action="submit", **draft_of(due_on))
    post(client_of(altai.curator), incident, "review/", action="approve")
    post(executor, incident, "publish/", way="by_hand", url="https://vk.com/wall-1_2?reply=3")

    now = timezone.now()
    card = Desk.for_viewer(queries.card(incident, altai.executor, now), altai.executor, now)
    step = next_step(card)
    assert (step.command == "keep_promise") == is_near
    assert (step.place is StepPlace.DONE) != is_near
    assert ("keep_promise" in {one.command for one in actions(card)}) != is_near  # never out of reach
    for which in (Section.MINE, Section.OPEN):
        assert Queue(altai.executor, now).section(which).exists() == is_near
    later = now + dt.timedelta(days=days - 2)
    assert Queue(altai.executor, later).section(Section.MINE).exists()

    page = executor.get(f"/incidents/{incident.pk}/").content.decode()
    assert page.count("Яму засыплют") == 1  # in the thread, and not once more under «Размещено»
    assert "https://vk.com/wall-1_2?reply=3" in page


@pytest.mark.usefixtures("altai")
def test_the_title_says_what_it_is_about_and_where(altai: Cast, client_of: ClientOf) -> None:
    incident = routed(altai, client_of)
    assert "Яма у дома · Садовая, 5" in client_of(altai.curator).get(f"/incidents/{incident.pk}/").content.decode()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Яма", "Яма"),
        ("Яма на дороге, не проехать", "Яма на дороге…"),
        ("Яма на  дороге\nснова", "Яма на дороге…"),
        ("Яма на дороге,", "Яма на дороге,"),
        ("Ямаааааааааааааааааааааааа", "Ямааааааааааааа…"),
        ("", ""),
    ],
)
def test_a_text_is_cut_between_words(text: str, words: str) -> None:
    assert first_words(text, 15) == words
