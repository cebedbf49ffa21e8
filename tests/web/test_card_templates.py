"""A template on the card: filled in from the incident, put below what was written, kept, and never somebody else's."""

from collections.abc import Callable

import pytest
from django.test import Client

from otklik.incidents.models import DraftCopy, Incident
from otklik.journal.models import Event
from otklik.orgs.models import Person, ReplyTemplate
from otklik.process import commands as c
from tests.cast import Cast, make_cast
from tests.web.test_desk_keeping import card, do, incident_of

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]


@pytest.fixture
def altai() -> Cast:
    return make_cast(act="altai-2020-132")


@pytest.fixture
def routed(altai: Cast) -> Incident:
    return do(incident_of(altai), altai.curator, c.Select(critical=True), c.Route(unit=altai.unit.key))


def template(
    cast: Cast, title: str = "Яма", text: str = "Тема: {тема}. Место: {Место}.", topic: str = ""
) -> ReplyTemplate:
    return ReplyTemplate.objects.create(organisation=cast.organisation, title=title, text=text, topic=topic)


def insert(client: Client, incident: Incident, one: object, **fields: object) -> tuple[int, str]:
    given = {"action": "insert", "template": one, "kind": "final", "base_version": "0", **fields}
    answer = client.post(f"/incidents/{incident.pk}/draft/", given)
    return answer.status_code, answer.content.decode()


def test_it_comes_below_what_was_written_and_nothing_typed_is_lost(
    altai: Cast, routed: Incident, client_of: ClientOf
) -> None:
    client = client_of(altai.executor)
    before = Event.objects.count()
    typed = {"text": "Моё начало", "claims": ["measures"], "promise_on": "2030-01-09", "promise_what": "засыплем"}
    status, page = insert(client, routed, template(altai).pk, **typed)
    assert status == 200
    assert "Моё начало\n\nТема: дороги. Место: {Место}.</textarea>" in page
    assert "Впишите сами: карточка не знает, что поставить вместо {Место}" in page
    assert 'value="2030-01-09"' in page
    assert "засыплем" in page
    assert Event.objects.count() == before
    assert DraftCopy.objects.get().text == "Моё начало\n\nТема: дороги. Место: {Место}."
    assert "Моё начало\n\nТема: дороги." in card(client, routed)


def test_those_of_the_topic_stand_first(altai: Cast, routed: Incident, client_of: ClientOf) -> None:
    for title, topic in (("А. Любой", ""), ("Б. Свет", "освещение"), ("В. Яма", " Дороги")):
        template(altai, title, "Текст", topic)
    page = card(client_of(altai.executor), routed)
    places = [page.index(title) for title in ("В. Яма", "А. Любой", "Б. Свет")]
    assert places == sorted(places)


def test_a_script_gets_the_text_filled_in(altai: Cast, routed: Incident, client_of: ClientOf) -> None:
    one = template(altai, text="№ {номер}, {организация}")
    answer = client_of(altai.executor).get(f"/incidents/{routed.pk}/draft/template/{one.pk}/")
    assert answer.content.decode() == f"№ {routed.number}, {altai.organisation.name}"
    assert answer["Content-Type"] == "text/plain; charset=utf-8"


def test_another_organisations_template_is_absent(altai: Cast, routed: Incident, client_of: ClientOf) -> None:
    other = ReplyTemplate.objects.create(organisation=altai.outsider.organisation, title="Чужой", text="Чужой текст")
    client = client_of(altai.executor)
    assert "Чужой" not in card(client, routed)
    assert client.get(f"/incidents/{routed.pk}/draft/template/{other.pk}/").status_code == 404
    for number in (other.pk, "", "x", "9" * 40):
        status, page = insert(client, routed, number, text="Мой текст")
        assert status == 422
        assert "Мой текст</textarea>" in page
        assert "Чужой текст" not in page
    assert client_of(altai.outsider).get(f"/incidents/{routed.pk}/draft/template/{other.pk}/").status_code == 404


def test_who_may_not_write_the_draft_inserts_nothing(altai: Cast, routed: Incident, client_of: ClientOf) -> None:
    status, _ = insert(client_of(altai.head), routed, template(altai).pk, text="Текст")
    assert status == 404
    assert not DraftCopy.objects.exists()
