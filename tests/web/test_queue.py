"""The queue through the browser's eyes: filters in the address, chips, counts, pages, the price in queries."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from otklik.incidents.filters import Filters, Holder, Term
from otklik.incidents.models import Incident
from otklik.incidents.queue import Queue, Section
from otklik.orgs.models import Person
from otklik.process import commands as c
from otklik.web.queue import address
from otklik.web.queue.page import PER_PAGE
from tests.cast import Cast, make_cast, make_person, make_unit
from tests.incidents.desk import MINUTE, NOON, A, Desk, make_desk

pytestmark = pytest.mark.django_db

ClientOf = Callable[[Person], Client]


@pytest.fixture
def cast() -> Cast:
    return make_cast(act=A)


def routed(cast: Cast, text: str, *, place: str = "", topic: str = "дороги") -> Desk:
    desk = make_desk(A, cast, text=text)
    desk.do(c.Select(critical=True), cast.curator)
    desk.do(c.Route(unit=cast.unit.key), cast.curator)
    desk.do(c.Tag(tags=(("place", place), ("topic", topic))), cast.curator)
    return desk


def texts(page: str) -> set[str]:
    """The messages that a page lists."""
    return set(re.findall(r'class="row-link"[^>]*>([^<]+)<', page))


def count(page: str, section: str) -> str:
    found = re.search(rf'data-count="{section}">([^<]+)<', page)
    assert found
    return found[1]


def test_each_filter_narrows_and_its_chip_takes_it_off(cast: Cast, client_of: ClientOf) -> None:
    roads = routed(cast, "Яма", place="ул. Садовая, 12")
    snow = make_desk(A, cast, text="Снег")
    Incident.objects.filter(pk=snow.incident.pk).update(network="ok", person=cast.operator)
    Incident.objects.filter(pk=roads.incident.pk).update(importance="critical")
    unit = roads.incident.unit_id
    client = client_of(cast.curator)
    for name, value, shown in (
        ("state", "drafting", {"Яма"}),
        ("place", "садовой", {"Яма"}),
        ("importance", "critical", {"Яма"}),
        ("network", "ok", {"Снег"}),
        ("unit", str(unit), {"Яма"}),
        ("person", str(cast.operator.pk), {"Снег"}),
        ("person", "nobody", {"Яма"}),
        ("q", "снега", {"Снег"}),
    ):
        page = client.get("/", {"section": "open", name: value}).content.decode()
        assert texts(page) == shown or ("<mark>" in page and name == "q"), name
        assert count(page, "open") == "1", name
        if name != "q":
            assert "снять фильтр" in page, name
    both = client.get("/", {"section": "open", "network": "vk", "state": "drafting"}).content.decode()
    chip = re.search(r'class="chip" href="([^"]+)"[^>]*>Площадка: ВКонтакте', both)
    assert chip
    assert texts(client.get(chip[1].replace("&amp;", "&")).content.decode()) == {"Яма"}
    assert "section=open&amp;state=drafting" in chip[0]


@pytest.mark.parametrize(
    ("term", "minutes"),
    [(Term.LATE, -1), (Term.SOON, 0), (Term.SOON, 119), (Term.TODAY, 120), (Term.TODAY, 11 * 60 + 59), (None, 12 * 60)],
)
def test_terms_to_the_minute(cast: Cast, term: Term | None, minutes: int) -> None:
    """Noon in Moscow: the day ends in twelve hours."""
    desk = make_desk(A, cast)
    Incident.objects.filter(pk=desk.incident.pk).update(next_due_at=NOON + minutes * MINUTE)
    now = NOON.astimezone(dt.timezone(dt.timedelta(hours=3)))
    narrow = {which for which in Term if Queue(cast.curator, now, Filters(term=which)).section(Section.OPEN).exists()}
    assert narrow == ({term, Term.TODAY} if term is Term.SOON else {term} if term else set())
    Incident.objects.filter(pk=desk.incident.pk).update(next_due_at=None)
    assert Queue(cast.curator, now, Filters(term=Term.NONE)).section(Section.OPEN).exists()


def test_days_of_detection_are_the_viewers(cast: Cast) -> None:
    desk = make_desk(A, cast)
    Incident.objects.filter(pk=desk.incident.pk).update(detected_at=dt.datetime(2026, 11, 26, 21, 30, tzinfo=dt.UTC))
    now = NOON.astimezone(dt.timezone(dt.timedelta(hours=3)))  # there it was half past midnight on the 27th

    def stands(**filters: dt.date) -> bool:
        return Queue(cast.curator, now, Filters(**filters)).section(Section.OPEN).exists()  # type: ignore[arg-type]

    assert stands(since_on=dt.date(2026, 11, 27), until_on=dt.date(2026, 11, 27))
    assert not stands(until_on=dt.date(2026, 11, 26))
    assert not stands(since_on=dt.date(2026, 11, 28))


def test_the_bar_opens_without_scripts_and_keeps_what_is_chosen(cast: Cast, client_of: ClientOf) -> None:
    routed(cast, "Яма", topic="ямы")
    client = client_of(cast.curator)
    assert 'id="filters"' not in client.get("/").content.decode()
    page = client.get("/", {"section": "open", "filters": "1", "topic": "ямы", "state": "drafting"}).content.decode()
    assert '<option value="ямы" selected>' in page
    assert '<option value="drafting" selected>' in page
    assert '<input type="hidden" name="section" value="open">' in page
    assert cast.unit.name in page


def test_the_bar_names_no_one_of_another_organisation(cast: Cast, client_of: ClientOf) -> None:
    secret = make_unit(cast.elsewhere, "secret")
    make_person(cast.elsewhere, "stranger", full_name="Чужой Человек")
    page = client_of(cast.curator).get("/", {"filters": "1"}).content.decode()
    assert secret.name not in page
    assert "Чужой Человек" not in page
    guessed = client_of(cast.curator).get("/", {"unit": str(secret.pk)}).content.decode()
    assert secret.name not in guessed


@pytest.mark.parametrize(
    "query",
    [
        "section=нет&page=0&unit=x&person=%00&since=2026-13-45&until=0001-01-01&state=нет&term=нет",
        f"unit={'9' * 30}&person={'9' * 30}&page={'9' * 30}",
        "unit=99999999999999999&q=%D1%8F%D0%BC%D0%B0&page=99",
        "q=%22%27%28%29%2A&place=%22%27%28&topic=%27--",
    ],
)
def test_whatever_stands_in_the_address_is_a_list(cast: Cast, client_of: ClientOf, query: str) -> None:
    make_desk(A, cast)
    assert client_of(cast.curator).get(f"/?{query}&filters=1").status_code == 200


def test_an_address_is_read_as_it_was_written() -> None:
    filters = Filters(
        stage="review", term=Term.SOON, topic="т & м", place="Садовая", importance="high", network="vk", unit=5,
        person=Holder.NOBODY, kind="incident", since_on=dt.date(2026, 11, 1), until_on=dt.date(2026, 11, 2),
        query="яма",
    )  # fmt: skip
    written = address.Address(Section.LATE, filters, page=3, shows_filters=True)
    assert address.read(QueryDict(written.url.partition("?")[2])) == written


def test_pages_and_counts(cast: Cast, client_of: ClientOf) -> None:
    for number in range(PER_PAGE + 1):
        make_desk(A, cast, text=f"Яма {number}")
    client = client_of(cast.curator)
    first, second = (client.get("/", {"section": "all", "page": page}).content.decode() for page in ("1", "2"))
    assert len(texts(first)) == PER_PAGE
    assert len(texts(second)) == 1
    assert not texts(first) & texts(second)
    assert f"1–{PER_PAGE} из {PER_PAGE + 1}" in first
    assert texts(client.get("/", {"section": "all", "page": "77"}).content.decode()) == texts(second)


def test_the_price_is_the_same_for_one_and_for_many(cast: Cast, client_of: ClientOf) -> None:
    def price(person: Person, **query: str) -> int:
        client = client_of(person)
        client.get("/")
        with CaptureQueriesContext(connection) as context:
            client.get("/", query)
        # On PostgreSQL each change of the tenant in force says so to the server; that reads nothing.
        return sum("set_config" not in query["sql"] for query in context.captured_queries)

    asked: tuple[dict[str, str], ...] = (
        {},
        {"section": "open"},
        {"section": "all", "network": "vk", "unit": str(cast.unit.pk)},
        {"q": "яма -снег", "section": "all"},
        {"filters": "1"},
    )
    routed(cast, "Яма первая")
    one = [price(person, **query) for person in (cast.curator, cast.executor) for query in asked]
    for number in range(12):
        routed(cast, f"Яма {number}", topic=f"тема {number}")
        make_unit(cast.organisation, f"more-{number}")
    assert [price(person, **query) for person in (cast.curator, cast.executor) for query in asked] == one
    assert max(one) <= 40, one
