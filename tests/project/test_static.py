"""Static files out of the web process: versioned addresses, caching, nothing outside the folder."""

import gzip
import hashlib
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.test import Client

NAME = "otklik/base.css"


@pytest.mark.django_db
def test_an_address_carries_the_digest_of_the_content(client: Client) -> None:
    found = finders.find(NAME)
    assert isinstance(found, str)
    content = Path(found).read_bytes()
    assert static(NAME) == f"/static/{NAME}?v={hashlib.sha256(content).hexdigest()[:12]}"
    response = client.get(static(NAME))
    assert response.content == content
    assert response["Content-Type"] == 'text/css; charset="utf-8"'
    assert "max-age=3600" in response["Cache-Control"]
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.django_db
def test_text_is_packed_for_who_takes_it_and_fonts_are_not(client: Client) -> None:
    plain = client.get(static(NAME))
    packed = client.get(static(NAME), headers={"Accept-Encoding": "gzip, br"})
    assert "Content-Encoding" not in plain
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) == int(packed["Content-Length"]) < len(plain.content) / 2
    assert plain["Vary"] == packed["Vary"] == "Accept-Encoding"
    font = client.get(static("vendor/golos/golos-text-latin.woff2"), headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in font


@pytest.mark.django_db
def test_an_unchanged_file_is_not_sent_again(client: Client) -> None:
    first = client.get(static(NAME))
    again = client.get(static(NAME), headers={"If-Modified-Since": first["Last-Modified"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/static/../project/settings.py", "/static/otklik/nothing.css", "/static/"])
def test_nothing_else_is_served(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_a_file_that_is_not_there_has_a_plain_address() -> None:
    assert static("otklik/nothing.css") == "/static/otklik/nothing.css"
