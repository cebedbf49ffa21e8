"""Lists kept under a name: beside the sections, and the page on which they are arranged."""

from collections.abc import Iterable
from uuid import uuid4

from otklik.incidents.models import SavedView
from otklik.orgs.models import Person
from otklik.web.queue.address import Address, read_values
from otklik.web.queue.view import KeepingPage, Kept
from otklik.web.view import Link

PROBLEMS = {
    "no_name": "Назовите список: по названию вы его найдёте.",
    "too_many": "Списков уже тридцать. Удалите ненужный и сохраните этот.",
    "may_not_share": "Делиться списком может тот, кто видит все сообщения организации. Сохраните его для себя.",
}


def links(views: Iterable[SavedView]) -> tuple[Link, ...]:
    """For the side of the queue. The address is that of the list, in its shortest form."""
    return tuple(Link(label=one.name, url=read_values(one.values).url) for one in views)


def keeping_page(
    person: Person,
    views: Iterable[SavedView],
    given: Address | None,
    *,
    may_share: bool,
    name: str = "",
    problem: str = "",
    removed: SavedView | None = None,
) -> KeepingPage:
    """The page; with `given`, the list that is about to be kept."""
    return KeepingPage(
        views=tuple(_kept(one, person) for one in views),
        values=tuple(Address(given.section, given.filters).values().items()) if given else (),
        list_url=given.url if given else "",
        name=name,
        may_share=may_share,
        command_id=str(uuid4()),
        problem=PROBLEMS.get(problem, ""),
        removed=_kept(removed, person) if removed else None,
        removed_values=tuple(removed.values.items()) if removed else (),
    )


def _kept(one: SavedView, person: Person) -> Kept:
    is_own = one.owner_id == person.pk
    owner = "" if is_own else one.owner.full_name
    url = read_values(one.values).url
    return Kept(key=one.pk, name=one.name, url=url, is_own=is_own, is_shared=one.is_shared, owner=owner)
