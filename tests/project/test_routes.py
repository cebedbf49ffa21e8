"""The URL map, walked: every route has a rule, asks for a sign-in, and hides what belongs to another organisation."""

from typing import Any

import pytest
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import include, path, reverse

from otklik.orgs.rights import NamedRoute, Rule, SignedInRequest, allow, public, rules_of
from otklik.project.tenancy import tenant
from otklik.regulation.model.people import OurRole
from tests.cast import Cast, client_of, make_cast, make_person
from tests.project.samples import ACT, SAMPLES

ROUTES = tuple(rules_of())
PRIVATE = [route for route in ROUTES if route.rule is not None and not route.rule.is_public]
WITH_OBJECT = [route for route in PRIVATE if route.rule is not None and route.rule.load is not None]

DEMO_NETWORK = {"demo_network", "demo_community", "demo_posts", "demo_reply"}
SETUP = {"setup", "setup_place", "setup_act", "setup_hours", "setup_people"}
INSTALLING = {"manifest", "service_worker", "offline"}
PUBLIC_BY_INTENT = {"healthz", "sign_in", "hook"} | DEMO_NETWORK | SETUP | INSTALLING
"""Routes that anybody may use; a new one is added here on purpose.

`setup`: an empty installation has nobody yet; its console's code stands in the place of a password.

`manifest`, `service_worker`, `offline`: the browser asks for them by itself; they are the same for everybody.

`hook`: a platform proves itself by its signature. The demo network: anyone posts there as a citizen.
"""


def rule_of(route: NamedRoute) -> Rule:
    assert route.rule is not None
    return route.rule


def test_every_route_has_a_name_and_a_rule() -> None:
    assert [route.pattern for route in ROUTES if not route.name] == []
    assert [route.name for route in ROUTES if route.rule is None] == []


def test_nothing_is_public_by_accident() -> None:
    assert {route.name for route in ROUTES if route.rule is not None and route.rule.is_public} == PUBLIC_BY_INTENT


def test_every_address_that_names_something_has_a_sample() -> None:
    assert {route.name for route in PRIVATE if "<" in route.pattern} == set(SAMPLES)
    assert {route.name for route in WITH_OBJECT} == {name for name, one in SAMPLES.items() if one.absent is not None}


@pytest.fixture
def altai() -> Cast:
    return make_cast(act=ACT)


def keywords(route: NamedRoute, people: Cast) -> dict[str, Any]:
    return SAMPLES[route.name].there(people) if route.name in SAMPLES else {}


def ask(client: Client, route: NamedRoute, where: dict[str, Any]) -> Any:
    address = reverse(route.name, kwargs=where)
    return client.post(address) if "GET" not in rule_of(route).methods else client.get(address)


@pytest.mark.django_db
@pytest.mark.parametrize("route", PRIVATE, ids=lambda route: route.name)
def test_a_stranger_is_sent_to_sign_in(route: NamedRoute, altai: Cast, client: Client) -> None:
    answer = ask(client, route, keywords(route, altai))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/?next=")


@pytest.mark.django_db
def test_an_outsider_cannot_tell_an_object_from_what_is_not_there(altai: Cast) -> None:
    outsider, curator = client_of(altai.outsider), client_of(altai.curator)
    for route in WITH_OBJECT:
        where, nowhere = keywords(route, altai), SAMPLES[route.name].absent
        assert nowhere is not None
        theirs, nothing = ask(outsider, route, where), ask(outsider, route, nowhere)
        assert (theirs.status_code, nothing.status_code) == (404, 404), route.name
        assert theirs.content == nothing.content, route.name
        assert ask(curator, route, where).status_code != 404, route.name


@pytest.mark.django_db
def test_a_page_that_is_not_there_says_so_to_who_is_signed_in(people: Cast) -> None:
    client = client_of(people.executor)
    with tenant(()):  # as in life: no door has let anything into sight
        assert client.get("/nowhere/").status_code == 404
        assert client.get("/sign-in/").status_code == 302
        assert client.get("/password/").status_code == 200
        assert client.post("/sign-out/").status_code == 302
        assert client.get("/sign-in/").status_code == 200


# --- the rules themselves, on routes made here -----------------------------------------------------------------------


def unit_in_url(person: Any, pk: int) -> Any:
    from otklik.orgs import access

    return access.unit(person, pk)


@public
def anybody(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("anybody")


@allow()
def signed_in(request: SignedInRequest) -> HttpResponse:
    return HttpResponse(f"{request.user.pk} {request.organisation_ids}")


@allow(roles={OurRole.CURATOR, OurRole.HEAD}, load=unit_in_url, methods=("GET", "POST"))
def one_unit(_request: SignedInRequest, unit: Any) -> HttpResponse:
    return HttpResponse(unit.name)


def bare(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


urlpatterns = [
    path("anybody", anybody, name="anybody"),
    path("signed-in", signed_in, name="signed_in"),
    path("unit/<int:pk>", one_unit, name="one_unit"),
    path("bare", bare, name="bare"),
    path("", include("otklik.project.urls")),  # every page leads to the desk
]
handler403 = "otklik.web.errors.views.forbidden"


@pytest.fixture
def made_here(settings: Any) -> None:
    settings.ROOT_URLCONF = __name__


@pytest.mark.usefixtures("made_here")
def test_a_route_without_a_rule_is_found() -> None:
    assert [route.name for route in rules_of() if route.rule is None] == ["bare"]


@pytest.mark.usefixtures("made_here")
@pytest.mark.django_db
def test_what_a_rule_lets_through(people: Cast, client: Client) -> None:
    here = f"/unit/{people.unit.pk}"
    assert client.get("/anybody").content == b"anybody"
    assert client.get("/signed-in").status_code == 302
    assert client_of(people.operator).get("/signed-in").content == (
        f"{people.operator.pk} ({people.organisation.pk},)".encode()
    )
    for person in (people.curator, people.head):
        assert client_of(person).get(here).content.decode() == people.unit.name
        assert client_of(person).put(here).status_code == 405
        assert client_of(person).get("/unit/0").status_code == 404
    refused = client_of(people.operator).get(here)
    assert refused.status_code == 403
    assert "Это может: куратор, руководитель." in refused.content.decode()


@pytest.mark.usefixtures("made_here")
@pytest.mark.django_db
def test_an_outsider_gets_404_even_without_the_role(people: Cast) -> None:
    outsider = client_of(make_person(people.elsewhere, "clerk"))
    theirs, nothing = outsider.get(f"/unit/{people.unit.pk}"), outsider.get("/unit/0")
    assert (theirs.status_code, nothing.status_code) == (404, 404)
    assert theirs.content == nothing.content


@pytest.mark.usefixtures("made_here")
@pytest.mark.django_db
def test_htmx_is_told_to_go_to_sign_in(client: Client) -> None:
    answer = client.get("/signed-in", headers={"HX-Request": "true"})
    assert answer.status_code == 401
    assert answer["HX-Redirect"] == "/sign-in/?next=/signed-in"


def test_a_loader_may_answer_404_itself(people: Cast, rf: RequestFactory) -> None:
    def nowhere(_person: Any, **_where: Any) -> Any:
        raise Http404("secret detail")

    @allow(load=nowhere)
    def view(_request: SignedInRequest, _found: Any) -> HttpResponse:
        return HttpResponse("")

    request = rf.get("/")
    request.user = people.curator
    with pytest.raises(Http404, match=r"^Не найдено\.$"):
        view(request)


def test_an_async_view_is_refused_where_it_is_written() -> None:
    async def stream(_request: SignedInRequest) -> HttpResponse:
        return HttpResponse("")

    with pytest.raises(TypeError, match="StreamingHttpResponse"):
        allow()(stream)  # type: ignore[arg-type]  # the point
