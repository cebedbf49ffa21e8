"""What no browser sends: numbers that no column holds, addresses that run scripts, marks that are no text."""

from collections.abc import Callable

import pytest
from django.test import Client

from otklik.messages.models import Author
from otklik.orgs.models import Person
from otklik.process import commands as c
from otklik.process.refusal import RefusalCode
from otklik.web.links import outward
from tests.cast import Cast
from tests.incidents.desk import A, Desk, make_desk

pytestmark = pytest.mark.django_db

ClientOf = Callable[[Person], Client]
HUGE, LONG, SQUARED = "9" * 5000, "9" * 25, "²"
MARKUP = "<script>alert(1)</script><img src=x onerror=alert(1)>\u202eтекст\x00😀"


@pytest.fixture
def desk() -> Desk:
    return make_desk(A)


def drafted(desk: Desk) -> None:
    desk.do(c.Select(critical=True), desk.cast.curator)
    desk.do(c.Route(unit=desk.cast.unit.key), desk.cast.curator)
    desk.do(c.SaveDraft(text="Здравствуйте!"), desk.cast.executor)


@pytest.mark.parametrize("asked", [HUGE, LONG, SQUARED, f"№{HUGE}", "\x00", "'; --", "%"])
def test_a_search_for_anything_is_a_search(people: Cast, client_of: ClientOf, asked: str) -> None:
    assert client_of(people.curator).get("/", {"section": "all", "q": asked}).status_code == 200


@pytest.mark.parametrize("number", [HUGE, LONG, SQUARED, "-1", ""])
@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("do/link/", {"incident": "{}"}),
        ("do/join_repeat/", {"repeat_of": "{}"}),
        ("do/correct_verdict/", {"verdict": "{}", "state": "met", "ground": "так"}),
        ("review/", {"version": "{}", "action": "approve"}),
        ("draft/", {"base_version": "{}", "text": "да"}),
    ],
)
def test_a_number_that_is_none_is_refused(
    desk: Desk, client_of: ClientOf, path: str, fields: dict[str, str], number: str
) -> None:
    given = {name: value.format(number) for name, value in fields.items()}
    assert client_of(desk.cast.curator).post(f"/incidents/{desk.incident.pk}/{path}", given).status_code == 422


@pytest.mark.parametrize("key", [HUGE, LONG, "0"])
def test_an_incident_that_no_column_holds_is_absent(desk: Desk, client_of: ClientOf, key: str) -> None:
    assert client_of(desk.cast.curator).get(f"/incidents/{key}/").status_code == 404


def test_markup_is_shown_as_it_was_written(client_of: ClientOf) -> None:
    desk = make_desk(A, text=MARKUP)
    curator = client_of(desk.cast.curator)
    curator.post(f"/incidents/{desk.incident.pk}/do/add_note/", {"note": MARKUP})
    curator.post(f"/incidents/{desk.incident.pk}/do/tag/", {"topic": MARKUP, "place": MARKUP})
    for address in ("/?section=all", f"/incidents/{desk.incident.pk}/", f"/?q={MARKUP[:20]}"):
        page = curator.get(address).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page


@pytest.mark.parametrize("url", ["javascript:alert(1)", " JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x"])
def test_an_address_that_runs_something_is_no_link(desk: Desk, client_of: ClientOf, url: str) -> None:
    drafted(desk)
    message = desk.incident.message
    message.url = url
    message.author = Author.objects.create(
        organisation=desk.cast.organisation, network="vk", external_id="1", name="Анна", url=url
    )
    message.save()
    page = client_of(desk.cast.curator).get(f"/incidents/{desk.incident.pk}/").content.decode()
    assert f'href="{url.strip()}' not in page
    assert outward(url) == ""


@pytest.mark.parametrize(
    ("url", "refused"),
    [
        ("javascript:alert(1)", True),
        (" data:text/html,x", True),
        ("https://vk.com/wall-1_2?reply=3", False),
        ("vk.com/wall-1_2", False),
    ],
)
def test_a_reply_stands_at_an_address_of_a_page(desk: Desk, url: str, refused: bool) -> None:
    drafted(desk)
    desk.do(c.SubmitDraft(version=1), desk.cast.executor)
    desk.do(c.Approve(version=1), desk.cast.curator)
    confirm = c.ConfirmPublished(url=url)
    if refused:
        desk.refused(confirm, desk.cast.executor, RefusalCode.URL_REQUIRED)
    else:
        desk.do(confirm, desk.cast.executor)


def test_nul_in_an_address_is_absent(desk: Desk, client_of: ClientOf) -> None:
    curator = client_of(desk.cast.curator)
    for address in ("/act/%00/", "/hooks/%00/", "/demo-network/a%00/", "/sign-in/?next=%00"):
        assert curator.get(address).status_code in {302, 404}
    assert Client().post("/sign-in/", {"username": "a\x00b", "password": "x", "next": "\x00"}).status_code == 422
