"""«Справка»: documents of docs/ru as pages, the person's own day first, every «?» leads to a heading that is there."""

import re

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse

from otklik.orgs.rights import rules_of
from otklik.regulation.model.people import OurRole
from otklik.web.help.library import DOCUMENTS, ROLES
from otklik.web.help.places import PLACES
from otklik.web.help.rendering import rendered
from tests.cast import Cast, client_of, make_person

pytestmark = pytest.mark.django_db
_OURS = re.compile(r'href="(/[^"#]*)(?:#([^"]*))?"')
_OWN = re.compile(r'href="#([^"]*)"')


def page(people: Cast, address: str) -> str:
    answer = client_of(people.curator).get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


@pytest.mark.parametrize("role", list(OurRole))
def test_ones_own_day_comes_first(people: Cast, role: OurRole) -> None:
    html = client_of(people.of_role[role]).get(reverse("help")).content.decode()
    days = [html.index(f'href="{reverse("help_page", args=[one.value])}"') for one in OurRole]
    first = days[list(OurRole).index(role)]
    assert first == min(days)
    assert "Ваш день" in html
    assert first < html.index(reverse("help_page", args=["tutorial"]))


def test_without_a_role_the_first_day_comes_first(people: Cast) -> None:
    html = client_of(make_person(people.organisation, "newcomer")).get(reverse("help")).content.decode()
    assert "Ваш день" not in html
    assert html.index(reverse("help_page", args=["tutorial"])) < html.index(reverse("help_page", args=["operator"]))


@pytest.mark.parametrize("key", sorted(DOCUMENTS))
def test_every_document_is_shown_with_its_contents_and_links_that_lead_somewhere(people: Cast, key: str) -> None:
    html, document = page(people, reverse("help_page", args=[key])), rendered(DOCUMENTS[key])
    assert f"<h1>{document.title}</h1>" in html
    assert document.sections, "a document has sections"
    assert len(document.anchors) == html.count('<h2 id="') - html.count('<h2 id="keys') + html.count('<h3 id="')
    for anchor in _OWN.findall(document.body):
        assert _plain(anchor) in document.anchors
    for path, anchor in _OURS.findall(document.body):
        found = next(one for one in DOCUMENTS.values() if reverse("help_page", args=[one.key]) == path)
        assert not anchor or _plain(anchor) in rendered(found).anchors, f"{path}#{anchor}"
    assert ".md" not in "".join(re.findall(r'href="([^"]*)"', document.body))


def test_pictures_say_their_size_and_are_served(people: Cast) -> None:
    shown = re.findall(r"<img[^>]*>", rendered(DOCUMENTS["tutorial"]).body)
    assert len(shown) >= 10
    for picture in shown:
        name, alt = re.search(r'src="/static/([^"?]*)', picture), re.search(r'alt="[^"]+"', picture)
        assert name is not None
        assert finders.find(name[1]), picture
        assert alt is not None
        assert re.search(r'width="\d+" height="\d+"', picture), picture
    assert page(people, reverse("help_page", args=["tutorial"])).count("<img") == len(shown)


def test_a_document_that_is_not_there(people: Cast) -> None:
    assert client_of(people.curator).get("/help/nothing/").status_code == 404


def test_every_question_mark_leads_to_a_heading() -> None:
    names = {route.name for route in rules_of()}
    for name, (document, anchor) in PLACES.items():
        assert name in names, f"there is no screen {name}"
        assert anchor in rendered(document).anchors, f"{name}: {document.path.name} has no heading {anchor}"


def test_the_screen_says_where_it_is_explained(people: Cast) -> None:
    html = page(people, reverse("queue"))
    assert 'href="/help/guide/#%D0%BE' in html or 'href="/help/guide/#очередь"' in html
    assert "Как это сделать: Руководство" in html
    assert "Как это сделать" not in page(people, reverse("help"))


def test_every_role_has_a_day() -> None:
    assert list(ROLES) == list(OurRole)


def _plain(anchor: str) -> str:
    from urllib.parse import unquote

    return unquote(anchor)
