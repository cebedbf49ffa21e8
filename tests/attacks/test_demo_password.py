"""Everybody knows the demo password: no way but this machine's own loopback may lead to where it counts."""

import pytest
from django.test import Client
from pytest_django import Settings

from otklik.orgs.demo import DEMO_PASSWORD
from tests.cast import make_organisation, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings: Settings) -> Client:
    settings.BOUND_TO_LOOPBACK = True
    make_person(make_organisation(), "demo", is_demo=True, password=DEMO_PASSWORD)
    return Client(REMOTE_ADDR="127.0.0.1")


def opens(client: Client, **headers: str) -> bool:
    client.post("/sign-in/", {"username": "demo", "password": DEMO_PASSWORD}, headers=headers)
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1:8000", "[::1]:8000"])
def test_it_opens_from_this_machine(demo: Client, host: str) -> None:
    assert opens(demo, host=host)


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("x-forwarded-for", "127.0.0.1"),
        ("forwarded", "for=127.0.0.1"),
        ("x-real-ip", "127.0.0.1"),
        ("via", "1.1 proxy"),
        ("x-forwarded-proto", "https"),
        ("host", "testserver"),
    ],
)
def test_a_proxy_that_names_itself_brings_strangers(demo: Client, header: str, value: str) -> None:
    assert not opens(demo, **{header: value})
    assert DEMO_PASSWORD not in demo.get("/sign-in/", headers={header: value}).content.decode()


@pytest.mark.parametrize(("name", "value"), [("TRUSTED_PROXIES", 1), ("PUBLIC_ADDRESS", "https://otklik.example.ru")])
def test_an_installation_behind_a_proxy_has_no_demo_password(
    demo: Client, settings: Settings, name: str, value: object
) -> None:
    setattr(settings, name, value)
    assert not opens(demo)
