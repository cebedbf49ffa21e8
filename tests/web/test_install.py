"""What makes the program installable: manifest, icons, worker; and that the worker keeps no page with people's data."""

import json
import re
from io import BytesIO
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse
from PIL import Image

from tests.cast import Cast, client_of

pytestmark = pytest.mark.django_db
SAFE = 0.4
"""Share of the side from the middle within which the mark of a maskable icon must stand."""


@pytest.fixture
def manifest(client: Client) -> dict[str, Any]:
    answer = client.get(reverse("manifest"))
    assert answer["Content-Type"] == "application/manifest+json"
    document: dict[str, Any] = json.loads(answer.content)
    return document


def test_the_manifest_says_what_a_browser_asks(manifest: dict[str, Any], people: Cast) -> None:
    assert manifest["name"] == manifest["short_name"] == "Отклик"
    assert (manifest["start_url"], manifest["scope"], manifest["display"]) == ("/", "/", "standalone")
    assert f'<link rel="manifest" href="{reverse("manifest")}">' in client_of(people.curator).get("/").content.decode()


def test_icons_are_of_the_size_they_say(manifest: dict[str, Any], client: Client) -> None:
    assert {(one["sizes"], one["purpose"]) for one in manifest["icons"]} == {
        ("192x192", "any"),
        ("512x512", "any"),
        ("512x512", "maskable"),
    }
    for one in manifest["icons"]:
        answer = client.get(one["src"])
        assert answer["Content-Type"] == one["type"]
        with Image.open(BytesIO(answer.content)) as icon:
            assert f"{icon.width}x{icon.height}" == one["sizes"]


def test_a_maskable_icon_fills_its_square_and_keeps_its_mark_within_the_circle() -> None:
    path = finders.find("otklik/icon-maskable-512.png")
    assert isinstance(path, str)
    with Image.open(path) as opened:
        icon = opened.convert("RGBA")
    ground = icon.getpixel((0, 0))
    assert isinstance(ground, tuple)
    assert ground[3] == 255
    marked = [(x, y) for x in range(0, 512, 4) for y in range(0, 512, 4) if icon.getpixel((x, y)) != ground]
    assert marked
    assert max((x - 256) ** 2 + (y - 256) ** 2 for x, y in marked) <= (SAFE * 512) ** 2


def test_the_worker_keeps_files_and_one_page_that_is_the_same_for_everybody(people: Cast, client: Client) -> None:
    answer = client.get(reverse("service_worker"))
    assert answer["Content-Type"].startswith("text/javascript")
    assert answer["Cache-Control"] == "no-cache"
    found = re.search(r"const SHELL = (\[.*?\]);", answer.content.decode())
    assert found is not None
    offline, *files = json.loads(found[1])
    assert offline == reverse("offline")
    assert all(file.startswith("/static/") for file in files)
    assert {client.get(file).status_code for file in files} == {200}
    assert client.get(offline).content == client_of(people.curator).get(offline).content


def test_the_page_without_a_connection_needs_nothing_that_is_not_kept(client: Client) -> None:
    worker = client.get(reverse("service_worker")).content.decode()
    page = client.get(reverse("offline")).content.decode()
    needed = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)
    assert needed
    assert [one for one in needed if f'"{one}"' not in worker] == []


def test_another_content_is_another_cache(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    before = client.get(reverse("service_worker")).content
    monkeypatch.setattr("otklik.web.install.views.SHELL", ("otklik/base.css",))
    after = client.get(reverse("service_worker")).content
    names = [re.search(rb'CACHE = "([^"]+)"', one) for one in (before, after)]
    assert all(names)
    assert names[0] != names[1]
    assert names[0] is not None
    assert names[1] is not None
    assert names[0][1] != names[1][1]
