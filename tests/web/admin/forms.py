"""Filling in the forms of the administration as a browser does: every field of the page, with its command id."""

import re
from html import unescape
from typing import Any

from django.test import Client

FIELD = re.compile(r"<input[^>]*>|<select.*?</select>|<textarea.*?</textarea>", re.DOTALL)
OPTION = re.compile(r"<option[^>]*>", re.DOTALL)


def attribute(tag: str, name: str) -> str:
    found = re.search(rf'\s{name}="([^"]*)"', tag)
    return unescape(found.group(1)) if found else ""


def shown(client: Client, address: str) -> dict[str, Any]:
    """What a browser would send back, were nothing changed in the page's main form."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    main = answer.content.decode().partition("<main")[2]
    form = main.partition('<form method="post"')[2].partition("</form>")[0] or main
    return read(form)


def read(form: str) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for tag in FIELD.findall(form):
        name = attribute(tag, "name")
        if tag.startswith("<select"):
            chosen = [option for option in OPTION.findall(tag) if " selected" in option] or OPTION.findall(tag)[:1]
            values[name] = attribute(chosen[0], "value") if chosen else ""
        elif tag.startswith("<textarea"):
            values[name] = unescape(tag.partition(">")[2].rpartition("<")[0])
        elif attribute(tag, "type") in {"checkbox", "radio"}:
            if " checked" in tag:
                values.setdefault(name, []).append(attribute(tag, "value"))
        elif attribute(tag, "type") not in {"file", "search"} and name:
            values[name] = attribute(tag, "value")
    return values


def sent(client: Client, address: str, **changes: Any) -> Any:
    """The form of a page, with some answers changed, sent."""
    return client.post(address, {**shown(client, address), **changes})


def text(answer: Any) -> str:
    """What the page says, without tags and runs of spaces."""
    main = answer.content.decode().partition("<main")[2]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).replace("\xa0", " ").split())
