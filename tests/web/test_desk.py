"""The desk through the browser's eyes: each step of the loop by the form that the card shows."""

from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from django.test import Client

from otklik.incidents.models import Incident
from otklik.orgs.models import Person
from tests.cast import Cast, make_cast

pytestmark = pytest.mark.django_db

ClientOf = Callable[[Person], Client]


@pytest.fixture
def altai() -> Cast:
    return make_cast(act="altai-2020-132")


class _Hidden(HTMLParser):
    """Hidden inputs of the form that posts to an address."""

    def __init__(self, action: str) -> None:
        super().__init__()
        self.action, self.inside = action, False
        self.values: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self.inside = given.get("action") == self.action
        if tag == "input" and self.inside and given.get("type") == "hidden":
            self.values[given.get("name") or ""] = given.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False


def post(client: Client, incident: Incident, path: str, **fields: object) -> int:
    """Send the form of the card that posts to `path`, with its hidden fields."""
    address = f"/incidents/{incident.pk}/{path}"
    page = client.get(f"/incidents/{incident.pk}/").content.decode()
    parser = _Hidden(address)
    parser.feed(page)
    assert parser.values, f"the card has no form for {address}"
    parser.values.pop("csrfmiddlewaretoken", None)
    answer = client.post(address, {**parser.values, **fields})
    assert answer.status_code == 303, answer.content.decode()
    incident.refresh_from_db()
    return answer.status_code


@pytest.fixture
def incident(altai: Cast, client_of: ClientOf) -> Incident:
    fields = {"network": "vk", "text": "Яма на Садовой, колесо пробил", "topic": "дороги", "command_id": ""}
    answer = client_of(altai.curator).post("/messages/new/", fields)
    assert answer.status_code == 303
    return Incident.objects.get()


@pytest.mark.usefixtures("incident")
def test_the_queue_shows_what_waits_for_me(altai: Cast, client_of: ClientOf) -> None:
    mine = client_of(altai.curator).get("/").content.decode()
    assert "Яма на Садовой" in mine
    assert "Яма на Садовой" not in client_of(altai.executor).get("/").content.decode()


def test_the_whole_loop_by_forms(altai: Cast, incident: Incident, client_of: ClientOf) -> None:
    curator, executor = client_of(altai.curator), client_of(altai.executor)
    post(curator, incident, "do/select/", critical="on")
    post(curator, incident, "do/route/", unit=altai.unit.key)
    text = "Здравствуйте! Яму засыплют до 1 декабря. Министерство транспорта."
    post(executor, incident, "draft/", action="submit", kind="final", text=text)
    assert incident.stage == "review"
    post(curator, incident, "review/", action="approve")
    post(executor, incident, "publish/", way="by_hand", url="https://vk.com/wall-1_2?reply=3")
    card = curator.get(f"/incidents/{incident.pk}/").content.decode()
    assert "https://vk.com/wall-1_2?reply=3" in card
    assert text in card


def test_what_was_typed_is_kept_when_it_is_refused(altai: Cast, incident: Incident, client_of: ClientOf) -> None:
    curator, executor = client_of(altai.curator), client_of(altai.executor)
    post(curator, incident, "do/select/", critical="on")
    post(curator, incident, "do/route/", unit=altai.unit.key)
    post(executor, incident, "draft/", action="save", kind="final", text="Первая версия ответа")
    stale = {"action": "save", "kind": "final", "text": "Мой другой текст", "base_version": "0"}
    answer = executor.post(f"/incidents/{incident.pk}/draft/", stale)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Первая версия ответа" in page
    assert "Мой другой текст" in page


def test_a_refusal_says_which_rule_and_who_may(altai: Cast, incident: Incident, client_of: ClientOf) -> None:
    answer = client_of(altai.curator).post(f"/incidents/{incident.pk}/do/route/", {"unit": altai.unit.key})
    assert answer.status_code == 422
    assert "Что можно сделать" in answer.content.decode()


@pytest.mark.parametrize("path", ["", "do/select/", "draft/", "review/", "publish/", "draft/check/"])
def test_another_organisations_incident_is_absent(
    altai: Cast, incident: Incident, client_of: ClientOf, path: str
) -> None:
    outsider = client_of(altai.outsider)
    method = outsider.get if path in {"", "do/select/"} else outsider.post
    assert method(f"/incidents/{incident.pk}/{path}").status_code == 404


def test_the_act_is_shown_with_what_the_checker_thinks(altai: Cast, client_of: ClientOf) -> None:
    page = client_of(altai.head).get("/act/").content.decode()
    assert "не позднее 9 рабочих часов" in page
    assert "остаётся" in page
