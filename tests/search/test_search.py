"""Search over the desk, the same hits on SQLite and PostgreSQL: this file passes on both."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client

from otklik.connectors.base import ChangeKind, IncomingChange
from otklik.incidents import access, recompute
from otklik.incidents.filters import Filters, narrow
from otklik.incidents.models import Incident
from otklik.messages.actions import HandMade, change, enter_by_hand
from otklik.orgs.models import Person
from otklik.process import commands as c
from otklik.regulation.model.people import OurRole
from otklik.search import queries as search
from otklik.search.models import Document
from otklik.search.query import parse
from tests.cast import Cast, make_cast, make_organisation, make_person
from tests.incidents.desk import MINUTE, NOON, A, Desk, make_desk

pytestmark = pytest.mark.django_db

ClientOf = Callable[[Person], Client]

TEXTS = {
    "яма": "На Садовой улице ЯМА, пробил колесо! Дом 12а. Звоните +7 (999) 123-45-67",
    "снег": "Не убирают снег у школы № 5, детская площадка завалена. vk.com/wall-1_2",
    "ёлка": "Поставьте ёлку: площадка у дома 12 пустая, детская",
    "вода": 'Нет горячей воды; it\'s "бесконечный" ремонт\\трассы & 100% | (ужас): *',
}


@pytest.fixture
def cast() -> Cast:
    return make_cast(act=A)


@pytest.fixture
def desks(cast: Cast) -> dict[str, Desk]:
    return {name: make_desk(A, cast, text=text) for name, text in TEXTS.items()}


def found(desks: dict[str, Desk], query: str, person: Person | None = None) -> set[str]:
    viewer = person or next(iter(desks.values())).cast.curator
    names = {desk.incident.pk: name for name, desk in desks.items()}
    rows = search.matching(access.visible_to(viewer, NOON + MINUTE), parse(query))
    return {names[row.pk] for row in rows}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("ямы", {"яма"}),
        ("ЯМАМИ садовые", {"яма"}),
        ("садов", {"яма"}),  # unfinished
        ("ям снег", set()),
        ("елка", {"ёлка"}),
        ("площадка", {"снег", "ёлка"}),
        ("площадка -снег", {"ёлка"}),
        ('"детская площадка"', {"снег"}),
        ('"детские площадки" -школа', set()),
        ("-площадка", {"яма", "вода"}),
        ("89991234567", {"яма"}),
        ("12-а", {"яма"}),
        ("дом 12", {"яма", "ёлка"}),
        ("школа №5", {"снег"}),
        ("wall-1_2", {"снег"}),
        ("дороги", {"яма", "снег", "ёлка", "вода"}),  # the topic
        ("ремонт трассы", {"вода"}),
        ("it's", {"вода"}),
        ("!!!", set()),
        ("' OR 1=1 --", set()),
        ('"', set()),
        ("' | !''", set()),
        (":* & (", set()),
        ("NEAR(яма)", set()),
        ("stems: яма", set()),
        ("яма AND снег", set()),
    ],
)
def test_the_same_hits_on_both_databases(desks: dict[str, Desk], query: str, names: set[str]) -> None:
    assert found(desks, query) == names


def test_by_number(desks: dict[str, Desk]) -> None:
    number = desks["вода"].incident.number
    assert "вода" in found(desks, f"№ {number}")
    assert found(desks, f"№ {number}9") == set()


def test_replies_and_the_authors_new_words_are_found_at_once(cast: Cast) -> None:
    desk = make_desk(A, cast)
    here = {"она": desk}
    desk.do(c.Select(critical=True), cast.curator)
    desk.do(c.Route(unit=cast.unit.key), cast.curator)
    desk.do(c.SaveDraft(text="Асфальтирование начнётся в мае"), cast.executor)
    assert found(here, "асфальтированием") == {"она"}
    desk.do(c.SaveDraft(text="Гравий привезут в мае", base_version=1), cast.executor)
    assert found(here, "гравия") == {"она"}
    assert found(here, "асфальтированием") == set()
    desk.do(c.Tag(tags=(("place", "село Чемал"),)), cast.curator)
    assert found(here, "чемал") == {"она"}
    message = desk.incident.message
    edited = IncomingChange(external_id=message.external_id, kind=ChangeKind.EDITED, text="Открыт люк")
    change(cast.organisation, message.network, edited, now=desk.now)
    assert found(here, "люки") == {"она"}
    assert found(here, "садовая") == set()
    assert found(here, "гравий") == {"она"}


def test_the_index_is_rebuilt_from_the_journal(desks: dict[str, Desk]) -> None:
    desk = desks["яма"]
    Document.objects.filter(pk=desk.incident.pk).update(parts=[], stems="")
    Document.objects.filter(pk=desks["снег"].incident.pk).delete()
    assert found(desks, "яма") == found(desks, "снег") == set()
    assert {one.where for one in desk.differences()} == {"search"}
    recompute.rebuild(desk.cast.organisation, desk.now)
    assert desk.differences() == []
    assert (found(desks, "яма"), found(desks, "снег")) == ({"яма"}, {"снег"})


def test_nobody_finds_what_they_may_not_see(desks: dict[str, Desk], cast: Cast) -> None:
    other = make_organisation(act=A)
    curator = make_person(other, "other", OurRole.CURATOR)
    enter_by_hand(other, curator, HandMade(network="vk", text="Яма в другом городе"), now=NOON)
    assert search.matching(access.visible_to(curator, NOON + MINUTE), parse("яма")).count() == 1
    assert found(desks, "яма") == {"яма"}
    assert found(desks, "яма", cast.executor) == set()
    assert found(desks, "яма", cast.administrator) == set()
    assert found(desks, "яма", cast.outsider) == set()


@pytest.mark.postgresql
def test_documents_are_behind_the_policy(desks: dict[str, Desk], cast: Cast) -> None:
    from otklik.project.transactions import read

    assert Document.objects.count() == len(desks)
    with read([cast.elsewhere.pk]), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM search_document WHERE vector @@ '''ям'''::tsquery")
        assert cursor.fetchone() == (0,)


def test_a_place_is_found_by_its_words_and_not_by_the_messages(cast: Cast) -> None:
    there, elsewhere = make_desk(A, cast, text="Яма"), make_desk(A, cast, text="Яма, не то что на Садовой")
    there.do(c.Tag(tags=(("place", "ул. Садовая, 12"),)), cast.curator)
    elsewhere.do(c.Tag(tags=(("place", "ул. Мира, 12"),)), cast.curator)
    now = there.now + MINUTE

    def narrowed(place: str) -> list[int]:
        return [one.pk for one in narrow(Incident.objects.all(), Filters(place=place), now)]

    assert narrowed("Садовой") == narrowed("садов") == narrowed("садовая 12") == [there.incident.pk]
    assert narrowed("яма") == []
    assert len(narrowed("12")) == 2


def test_the_screen_marks_what_was_found_and_escapes_the_rest(cast: Cast, client_of: ClientOf) -> None:
    desk = make_desk(A, cast, text="<b>Беда</b> & яма у школы")
    desk.do(c.Select(critical=True), cast.curator)
    desk.do(c.Route(unit=cast.unit.key), cast.curator)
    desk.do(c.SaveDraft(text="Гравий <b>завезут</b> в мае"), cast.executor)
    client = client_of(cast.curator)
    by_message = client.get("/", {"q": "ямами"}).content.decode()
    assert "&lt;b&gt;Беда&lt;/b&gt; &amp; <mark>яма</mark> у школы" in by_message
    by_reply = client.get("/", {"q": "гравия"}).content.decode()
    assert "в ответе:" in by_reply
    assert "<mark>Гравий</mark> &lt;b&gt;завезут" in by_reply
    assert "Ничего не нашлось" in client.get("/", {"q": "асфальт"}).content.decode()
