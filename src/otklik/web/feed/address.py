"""The feed's address: the queue's, of one section, behind another door."""

from urllib.parse import urlencode, urlsplit

from django.http import QueryDict
from django.urls import reverse

from otklik.incidents.queue import Section
from otklik.web.queue import address as queue
from otklik.web.queue.address import Address

DONE = "done"
"""`act:incident`: what has just been done, for the notice with the way back."""


def read(given: QueryDict) -> Address:
    """The part of the section «Отбор» that a query string names."""
    asked = queue.read(given)
    return Address(Section.SELECTION, asked.filters, asked.page)


def url(address: Address) -> str:
    """The feed of the address."""
    return here(f"?{urlencode(address.values())}")


def here(list_url: str) -> str:
    """The feed of what an address of the queue narrows its list to."""
    values = QueryDict(urlsplit(list_url).query, mutable=True)
    values.pop("section", None)
    values.pop(DONE, None)
    return f"{reverse('feed')}?{values.urlencode()}" if values else reverse("feed")


def with_done(back_url: str, what: str, incident_id: int) -> str:
    """The feed that says what was done."""
    clean = here(back_url)
    return f"{clean}{'&' if '?' in clean else '?'}{urlencode({DONE: f'{what}:{incident_id}'})}"
