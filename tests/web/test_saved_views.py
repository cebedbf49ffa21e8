"""Lists kept under a name: own, shared, arranged, removed and brought back."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from otklik.incidents.models import SavedView
from otklik.incidents.saved_views import MOST
from otklik.journal import queries as journal
from otklik.orgs.models import Person
from tests.cast import Cast, make_cast
from tests.incidents.desk import A

pytestmark = pytest.mark.django_db

ClientOf = Callable[[Person], Client]

VALUES = {"section": "open", "network": "vk", "q": "яма"}


@pytest.fixture
def cast() -> Cast:
    return make_cast(act=A)


def keep(client: Client, name: str, **fields: str) -> int:
    return client.post("/queue/views/", {**VALUES, "name": name, **fields}).status_code


def beside(client: Client) -> list[str]:
    """The lists offered beside the sections."""
    page = client.get("/").content.decode()
    found = re.search(r'aria-labelledby="saved-title">(.*?)</ul>', page, re.DOTALL)
    return re.findall(r">([^<>]+)</a>", found[1])[:-1] if found else []


def test_a_list_is_kept_from_where_it_stands_and_opens_there_again(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.curator)
    assert "Сохранить список" not in client.get("/?section=open").content.decode()
    page = client.get("/", VALUES).content.decode()
    address = re.search(r'href="([^"]+)">Сохранить список', page)
    assert address
    form = client.get(address[1].replace("&amp;", "&")).content.decode()
    for name, value in VALUES.items():
        assert f'<input type="hidden" name="{name}" value="{value}">' in form
    answer = client.post("/queue/views/", {**VALUES, "name": "  Ямы  ВК "})
    assert answer.status_code == 303
    kept = client.get(answer["Location"]).content.decode()
    assert "Площадка: ВКонтакте" in kept
    assert 'aria-current="page">Ямы ВК</a>' in kept
    assert beside(client) == ["Ямы ВК"]


def test_a_shared_list_is_everybodys_of_the_organisation_and_in_the_journal(cast: Cast, client_of: ClientOf) -> None:
    assert keep(client_of(cast.curator), "Общий", is_shared="1") == 303
    assert keep(client_of(cast.curator), "Свой") == 303
    assert beside(client_of(cast.executor)) == ["Общий"]
    assert beside(client_of(cast.outsider)) == []
    (event,) = journal.of_organisation(cast.organisation.pk, kinds=["view_shared"])
    assert (event.actor_id, event.texts["name"]) == (cast.curator.pk, "Общий")
    assert keep(client_of(cast.curator), "Общий") == 303  # for oneself again
    assert beside(client_of(cast.executor)) == []
    assert len(journal.of_organisation(cast.organisation.pk, kinds=["view_unshared"])) == 1


def test_who_sees_a_part_shares_nothing(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.executor)
    assert keep(client, "Общий", is_shared="1") == 422
    assert not SavedView.objects.exists()
    assert keep(client, "Мой") == 303
    assert "Показывать всем" not in client.get("/queue/views/", VALUES).content.decode()
    assert "Показывать всем" in client_of(cast.curator).get("/queue/views/", VALUES).content.decode()


@pytest.mark.parametrize("name", ["", "   "])
def test_a_list_needs_a_name(cast: Cast, client_of: ClientOf, name: str) -> None:
    answer = client_of(cast.curator).post("/queue/views/", {**VALUES, "name": name})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Назовите список" in page
    assert '<input type="hidden" name="network" value="vk">' in page  # what was chosen is kept


def test_a_name_is_one_list_and_thirty_are_enough(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.curator)
    for number in range(MOST):
        assert keep(client, f"Список {number}") == 303
    assert keep(client, "Ещё один") == 422
    assert keep(client, "Список 3", network="ok") == 303
    assert SavedView.objects.count() == MOST
    assert SavedView.objects.get(name="Список 3").values["network"] == "ok"


def test_lists_are_moved_and_removed_and_brought_back(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.curator)
    for name in ("Первый", "Второй"):
        keep(client, name, is_shared="1")
    second = SavedView.objects.get(name="Второй")
    assert client.post(f"/queue/views/{second.pk}/", {"action": "up"}).status_code == 303
    assert beside(client) == ["Второй", "Первый"]
    removed = client.post(f"/queue/views/{second.pk}/", {"action": "remove"}).content.decode()
    assert beside(client) == ["Первый"]
    assert "Список «Второй» удалён" in removed
    back = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', removed))
    assert client.post("/queue/views/", back).status_code == 303
    assert set(beside(client)) == {"Первый", "Второй"}
    assert SavedView.objects.get(name="Второй").values == VALUES
    assert SavedView.objects.get(name="Второй").is_shared


def test_another_persons_list_is_absent_even_when_it_is_shared(cast: Cast, client_of: ClientOf) -> None:
    keep(client_of(cast.curator), "Общий", is_shared="1")
    shared = SavedView.objects.get()
    for person in (cast.operator, cast.outsider):
        answer = client_of(person).post(f"/queue/views/{shared.pk}/", {"action": "remove"})
        assert answer.status_code == 404
    assert SavedView.objects.exists()


def test_what_is_kept_and_not_understood_any_more_is_still_a_list(cast: Cast, client_of: ClientOf) -> None:
    SavedView.objects.create(
        organisation=cast.organisation, owner=cast.curator, name="Старый", values={"state": "нет", "x": 1, "unit": None}
    )
    assert beside(client_of(cast.curator)) == ["Старый"]
    assert client_of(cast.curator).get("/queue/views/").status_code == 200
