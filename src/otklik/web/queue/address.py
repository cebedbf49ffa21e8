"""The address of a list: section, filters, search and page, read and written in one place.

Whatever stands in an address is a list: what cannot be read is left out, as if it had not been asked for.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from otklik.incidents.filters import Filters, Holder, Term
from otklik.incidents.queue import Section
from otklik.process.state import Stage

LONGEST_WORDS = 200
LONGEST_PAGE = 7
LONGEST_ID = 18


@dataclass(frozen=True, slots=True)
class Address:
    """What list a person looks at. `shows_filters`: with the bar in which filters are chosen."""

    section: Section = Section.MINE
    filters: Filters = field(default_factory=Filters)
    page: int = 1
    shows_filters: bool = False

    @property
    def url(self) -> str:
        """The address; its shortest form, so that the same list has the same address."""
        values = self.values()
        return f"{reverse('queue')}?{urlencode(values)}" if values else reverse("queue")

    def values(self) -> dict[str, str]:
        """Names and values of the query string; nothing for what is as usual."""
        values = {"section": self.section.value, **filter_values(self.filters)}
        values |= {"page": str(self.page)} if self.page > 1 else {}
        values |= {"filters": "1"} if self.shows_filters else {}
        return values

    def at(self, section: Section) -> "Address":
        """The same filters in another section."""
        return Address(section, self.filters)

    def turned(self, page: int) -> "Address":
        """Another page of the list."""
        return Address(self.section, self.filters, page)

    def without(self, name: str) -> "Address":
        """The list with one filter taken off."""
        return Address(self.section, replace(self.filters, **{name: getattr(Filters(), name)}))

    @property
    def bare(self) -> "Address":
        """The section without filters."""
        return Address(self.section)


NAMES = {
    "state": "stage",
    "term": "term",
    "topic": "topic",
    "place": "place",
    "importance": "importance",
    "network": "network",
    "unit": "unit",
    "person": "person",
    "kind": "kind",
    "since": "since_on",
    "until": "until_on",
    "q": "query",
}
"""Name in the address → field of `Filters`."""


def read(given: QueryDict) -> Address:
    """The list that a query string names."""
    section, page = given.get("section", ""), given.get("page", "")
    filters = filters_of({name: given.get(name, "") for name in NAMES})
    # Whoever searches from another page looks among all that there are.
    usual = Section.ALL if filters.query else Section.MINE
    return Address(
        section=Section(section) if section in set(Section) else usual,
        filters=filters,
        page=max(1, int(page)) if page.isdecimal() and len(page) <= LONGEST_PAGE else 1,
        shows_filters=given.get("filters") == "1",
    )


def read_values(values: Mapping[str, str]) -> Address:
    """The list that kept values stand for; whatever of them is not understood any more asks nothing."""
    given = QueryDict(mutable=True)
    for name, value in values.items():
        given[name] = str(value)
    found = read(given)
    return Address(found.section, found.filters)


def filters_of(given: Mapping[str, str]) -> Filters:
    """The filters that values of an address stand for."""
    text = {name: given.get(name, "").strip()[:LONGEST_WORDS] for name in NAMES}
    return Filters(
        stage=text["state"] if text["state"] in set(Stage) else "",
        term=Term(text["term"]) if text["term"] in set(Term) else None,
        topic=text["topic"],
        place=text["place"],
        importance=text["importance"],
        network=text["network"],
        unit=_id(text["unit"]),
        person=Holder.NOBODY if text["person"] == Holder.NOBODY else _id(text["person"]),
        kind=text["kind"],
        since_on=_day(text["since"]),
        until_on=_day(text["until"]),
        query=text["q"],
    )


def filter_values(filters: Filters) -> dict[str, str]:
    """The other way about: names and values for an address, those of no filter left out."""
    found = {name: getattr(filters, column) for name, column in NAMES.items()}
    return {name: str(value) for name, value in found.items() if value not in {None, ""}}


def _id(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST_ID else None


def _day(text: str) -> dt.date | None:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return day if dt.date(1990, 1, 1) <= day <= dt.date(2999, 1, 1) else None
