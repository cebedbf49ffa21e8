"""Requests that no browser of ours sends, and forms that come twice: a page with a sentence, and one result."""

import json
from collections.abc import Callable
from urllib.parse import quote

import pytest
from django.test import Client

from otklik.channels.models import Account
from otklik.demo_network.models import Post
from otklik.incidents.models import Incident
from otklik.jobs.models import Job
from otklik.messages.models import Message, RawMessage
from otklik.orgs.models import Person
from tests.cast import Cast, make_cast
from tests.channels.hands import make_page
from tests.incidents.desk import A

pytestmark = pytest.mark.django_db

ClientOf = Callable[[Person], Client]
FORM = "application/x-www-form-urlencoded"
ID = "5b7f0d4e-6a0e-4a3e-9c38-3f1d3a2c9f10"
MANY = "&".join(f"a{number}=1" for number in range(1500))
SECRET = "secret of the demo network"


@pytest.fixture
def people() -> Cast:
    return make_cast(act=A)


@pytest.fixture
def account(people: Cast) -> Account:
    return make_page(people.organisation).account


# --- What cannot be read ---


@pytest.mark.parametrize("path", ["/sign-in/", "/messages/new/"])
@pytest.mark.parametrize(
    ("content_type", "body", "sentence"),
    [
        (f"{FORM}; charset=utf-7", "a=1", "прочитать нельзя"),
        ("multipart/form-data; boundary=", "a=1", "прочитать нельзя"),
        (FORM, "text=" + quote("😀" * 250_000), "Текста слишком много"),
        (FORM, MANY, "слишком много полей"),
    ],
)
def test_a_form_that_cannot_be_read_gets_a_page(
    people: Cast, path: str, content_type: str, body: str, sentence: str
) -> None:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    if path != "/sign-in/":
        client.force_login(people.operator, backend="otklik.orgs.backends.PersonBackend")
    client.get("/sign-in/")
    token = client.cookies["otklik_csrf"].value if "otklik_csrf" in client.cookies else "a" * 32
    client.cookies["otklik_csrf"] = token
    answer = client.generic("POST", path, body, content_type, headers={"X-CSRFToken": token})
    assert answer.status_code in {400, 403}
    page = answer.content.decode()
    assert sentence in page or "Форма устарела" in page
    assert '<html lang="ru">' in page


@pytest.mark.parametrize(("path", "status"), [("/", 400), ("/nothing-here/", 404), ("/demo-network/", 404)])
def test_an_address_with_too_many_fields_gets_a_page(people: Cast, client_of: ClientOf, path: str, status: int) -> None:
    client = client_of(people.operator)
    client.raise_request_exception = False
    answer = client.get(f"{path}?{MANY}")
    assert answer.status_code == status
    assert "Отклик" in answer.content.decode()


def test_another_host_gets_a_page_that_says_so() -> None:
    answer = Client().get("/sign-in/", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert "По этому адресу программа не отвечает" in answer.content.decode()
    assert "evil.example" not in answer.content.decode()


@pytest.mark.parametrize("mark", ['"a\\000b"', '"\\377\\376"', "x" * 5000, "<script>", "0123456789abcdeF"])
def test_a_mark_of_a_browser_that_is_not_ours_is_given_anew(account: Account, mark: str) -> None:
    assert account.pk
    client = Client(headers={"Cookie": f"demo_visitor={mark}"})
    assert client.get("/demo-network/town/").status_code == 200
    assert client.post("/demo-network/town/", {"text": "Яма", "author": "Анна"}).status_code == 303
    assert len(Post.objects.get().visitor) == 16


# --- Deliveries ---


def deliver(account: Account, body: str | bytes) -> int:
    client = Client(raise_request_exception=False)
    address = f"/hooks/{account.inbox_key}/"
    return client.post(address, body, "application/json", headers={"X-Demo-Secret": SECRET}).status_code


@pytest.mark.parametrize(
    "body",
    [
        "[" * 200_000,
        json.dumps({"event": "\x00", "type": "post"}),
        json.dumps({"event": ["deep"] * 1000}),
        b"\xff\xfe\x00",
        json.dumps({"event": "long", "text": "я" * 500_000}),
    ],
)
def test_whatever_a_platform_says_is_kept_once(account: Account, body: str | bytes) -> None:
    assert [deliver(account, body), deliver(account, body)] == [200, 200]
    kept = RawMessage.objects.get()
    assert bytes(kept.body) == (body if isinstance(body, bytes) else body.encode())
    assert Job.objects.filter(kind="channels.parse").count() == 1


def test_a_delivery_without_end_is_refused(account: Account) -> None:
    assert deliver(account, b" " * (8 * 1024 * 1024 + 1)) == 413
    assert not RawMessage.objects.exists()


# --- The same form twice ---


@pytest.mark.parametrize("url", ["", "https://vk.com/wall-1_2"])
def test_a_message_entered_twice_by_one_form_is_one(people: Cast, client_of: ClientOf, url: str) -> None:
    operator = client_of(people.operator)
    form = {"network": "vk", "text": "Яма на Садовой", "url": url, "command_id": ID}
    answers = [operator.post("/messages/new/", form) for _ in range(3)]
    assert {answer.status_code for answer in answers} == {303}
    assert len({answer["Location"] for answer in answers}) == 1
    assert Message.objects.count() == Incident.objects.count() == 1


def test_other_words_are_another_message(people: Cast, client_of: ClientOf) -> None:
    operator = client_of(people.operator)
    for text in ("Яма на Садовой", "Яма на Лесной"):
        form = {"network": "vk", "text": text, "command_id": ID}
        assert operator.post("/messages/new/", form).status_code == 303
    assert Incident.objects.count() == 2


def test_the_address_of_a_message_that_somebody_else_entered_is_told(people: Cast, client_of: ClientOf) -> None:
    form = {"network": "vk", "text": "Яма на Садовой", "url": "https://vk.com/wall-1_2", "command_id": ID}
    assert client_of(people.operator).post("/messages/new/", form).status_code == 303
    assert client_of(people.curator).post("/messages/new/", form).status_code == 409
