"""Who else is at a card: seen by those who see the incident, forgotten after half a minute, written down nowhere."""

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.utils import timezone

from otklik.incidents.models import Incident
from otklik.journal.models import Event
from otklik.orgs.models import Person
from otklik.process import commands as c
from otklik.web.card.presence import Presence, presence
from otklik.web.card.view import Here
from tests.cast import Cast, make_cast
from tests.web.test_desk_keeping import card, do, incident_of, typed

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]
NOW = dt.datetime(2026, 11, 27, 9, 0, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)


@pytest.fixture(autouse=True)
def nobody() -> Iterator[None]:
    presence.clear()
    yield
    presence.clear()


@pytest.fixture
def altai() -> Cast:
    return make_cast(act="altai-2020-132")


@pytest.fixture
def routed(altai: Cast) -> Incident:
    return do(incident_of(altai), altai.curator, c.Select(critical=True), c.Route(unit=altai.unit.key))


def here(client: Client, incident: Incident) -> str:
    answer = client.get(f"/incidents/{incident.pk}/here/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_others_are_told_who_looks_and_who_writes(altai: Cast, routed: Incident, client_of: ClientOf) -> None:
    curator, executor = client_of(altai.curator), client_of(altai.executor)
    before = Event.objects.count()
    assert altai.executor.full_name not in here(curator, routed)
    card(executor, routed)
    assert f"Сейчас смотрит: {altai.executor.full_name}" in card(curator, routed)
    typed(executor, routed, "Здравствуйте!")
    assert here(curator, routed).count(altai.executor.full_name) == 1
    assert f"Пишет ответ: {altai.executor.full_name}" in here(curator, routed)
    assert f"Сейчас смотрит: {altai.curator.full_name}" in here(executor, routed)
    assert Event.objects.count() == before


def test_only_who_sees_the_incident_asks_or_is_seen(altai: Cast, routed: Incident, client_of: ClientOf) -> None:
    assert client_of(altai.outsider).get(f"/incidents/{routed.pk}/here/").status_code == 404
    assert presence.others(routed.pk, altai.curator, timezone.now()) == Here()


def test_it_is_forgotten_after_half_a_minute(altai: Cast) -> None:
    known = Presence()
    name = altai.executor.full_name
    known.seen(7, altai.executor, NOW, is_writing=True)
    known.seen(7, altai.executor, NOW + 20 * SECOND)
    assert known.others(7, altai.curator, NOW + 29 * SECOND) == Here(writing=(name,))
    assert known.others(7, altai.curator, NOW + 31 * SECOND) == Here(looking=(name,))
    assert known.others(8, altai.curator, NOW + 31 * SECOND) == Here()
    assert known.others(7, altai.curator, NOW + 50 * SECOND) == Here()


def test_a_form_sent_after_the_session_ended_leads_back_to_its_card(routed: Incident, client: Client) -> None:
    """The browser kept the text; the card offers it there."""
    address = f"/incidents/{routed.pk}/"
    answer = client.post(f"{address}draft/", {"text": "Текст"}, headers={"referer": f"http://testserver{address}"})
    assert answer["Location"] == f"/sign-in/?next={address}"
    elsewhere = client.post(f"{address}draft/", {"text": "Текст"}, headers={"referer": f"http://evil.example{address}"})
    assert elsewhere["Location"] == "/sign-in/?next=/"
