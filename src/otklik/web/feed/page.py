"""Fills the feed. As many queries for fifty messages as for one; actors are asked for once an organisation."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from urllib.parse import urlencode
from uuid import uuid4

from django.urls import reverse

from otklik.files import queries as files
from otklik.incidents import access, authors, editions, queries
from otklik.incidents.bulk import REOPENED, BulkAct
from otklik.incidents.models import Incident
from otklik.incidents.queue import COUNTED, Page, Queue, Section
from otklik.orgs.actors import actor_of
from otklik.orgs.models import Person
from otklik.process.actor import Actor
from otklik.process.commands import CommandName
from otklik.process.state import Stage, State
from otklik.process.steps import RULES
from otklik.process.view import View
from otklik.web.card.desk import shown_file
from otklik.web.card.thread import citizen
from otklik.web.feed import address as feed
from otklik.web.feed.decisions import menus
from otklik.web.feed.view import FeedPage, FeedRow, JustDone
from otklik.web.queue import bulk, narrowing
from otklik.web.queue.address import LONGEST_ID, Address
from otklik.web.queue.rows import rows_of
from otklik.web.view import EmptyState, Link, Pager

PER_PAGE = 20
OTHERS = {"join": "отобрано как повторное", "link": "связано с другим сообщением", "undo": "возвращено к отбору"}
EMPTY = EmptyState(title="Всё разобрано", text="Новых сообщений нет. Новое появится здесь само.")
NOTHING = EmptyState(title="Ничего не нашлось", text="Среди новых сообщений таких нет.", done=False)


def feed_page(person: Person, now: dt.datetime, address: Address, *, done: str = "", live_id: str = "") -> FeedPage:
    """The feed of one person at `now` (aware, in their zone)."""
    queue, which = Queue(person, now, address.filters), Section.SELECTION
    count = queue.counts()[which]
    address = address.turned(min(address.page, max(1, -(-count // PER_PAGE))))
    shown = queue.page(which, address.page, size=PER_PAGE)
    is_narrowed = not address.filters.is_empty
    values = {name: value for name, value in address.values().items() if name != "section"}
    return FeedPage(
        rows=rows(person, now, shown.rows),
        count=min(count, COUNTED),
        is_more=count > COUNTED,
        empty=_empty(address),
        list_url=feed.url(address),
        queue_url=address.url,
        changes_url=f"{reverse('feed_changes')}?{urlencode(values)}",
        bulk_id=str(uuid4()),
        live_id=live_id,
        query=address.filters.query,
        narrowed=tuple(replace(one, url=feed.here(one.url)) for one in narrowing.chips(person, address, now.date())),
        clear_url=reverse("feed") if is_narrowed else "",
        pager=_pager(address, shown, count),
        done=_done(person, now, done),
    )


def changed(person: Person, now: dt.datetime, address: Address, ids: Iterable[int]) -> tuple[tuple[FeedRow, ...], int]:
    """Those of the incidents that stand in the feed now, and how many stand there in all."""
    queue = Queue(person, now, address.filters)
    found = queue.among(Section.SELECTION, ids)
    return rows(person, now, found), min(queue.counts()[Section.SELECTION], COUNTED)


def rows(person: Person, now: dt.datetime, incidents: Sequence[Incident]) -> tuple[FeedRow, ...]:
    """The messages of these incidents, in the order given."""
    ids = [one.pk for one in incidents]
    whole = queries.with_authors(ids)
    states, pictures = queries.states(incidents), files.of_many("incident", ids)
    known = [one.message.author_id for one in whole.values() if one.message.author_id is not None]
    written = authors.counts(person, known, now)
    actors: dict[tuple[int, str], Actor] = {}
    found = []
    for incident, row in zip(incidents, rows_of(incidents, now), strict=True):
        act, state, message = editions.by_hash(incident.act_hash), states[incident.pk], whole[incident.pk].message
        key = (incident.organisation_id, incident.act_hash)
        if key not in actors:
            actors[key] = actor_of(person, incident.organisation, now, act=act)
        offered = menus(incident.pk, state, actors[key], act)
        attached = tuple(shown_file(record) for record in pictures[str(incident.pk)])
        found.append(
            FeedRow(
                row=row,
                message=replace(citizen(message, now, main=True), attachments=attached),
                menus=offered,
                may_join=RULES[CommandName.LINK].possible(View(state, act)) is None and bool(offered),
                history=max(0, written.get(message.author_id or 0, 0) - 1),
                hints=_hints(state, incident),
            )
        )
    return tuple(found)


def _hints(state: State, incident: Incident) -> tuple[Link, ...]:
    """The repeat that was found when the message came; whoever reads decides."""
    repeat = state.repeat_of
    if repeat is None:
        return ()
    return (Link(label="Похоже на повторное: сравнить с прежним", url=reverse("feed_join", args=[incident.pk])),)


def _empty(address: Address) -> EmptyState:
    if not address.filters.is_empty:
        return replace(NOTHING, link=Link(label="Показать все новые", url=reverse("feed")))
    return replace(EMPTY, link=Link(label="Открыть очередь", url=reverse("queue")))


def _pager(address: Address, shown: Page, total: int) -> Pager | None:
    if address.page == 1 and not shown.has_more:
        return None
    first = (address.page - 1) * PER_PAGE
    return Pager(
        first=first + 1 if shown.rows else 0,
        last=first + len(shown.rows),
        total=total,
        previous_url=feed.url(address.turned(address.page - 1)) if address.page > 1 else "",
        next_url=feed.url(address.turned(address.page + 1)) if shown.has_more else "",
    )


def _done(person: Person, now: dt.datetime, given: str) -> JustDone | None:
    """What the address says was done, if the person sees that incident; the way back while it is still open."""
    what, _, number = given.partition(":")
    words = OTHERS.get(what) or (bulk.DONE[BulkAct(what)] if what in set(BulkAct) else "")
    is_id = number.isascii() and number.isdecimal() and len(number) <= LONGEST_ID
    incident = access.visible_to(person, now).filter(pk=int(number)).first() if words and is_id else None
    if incident is None:
        return None
    may_undo = what in REOPENED and incident.stage != Stage.DETECTED.value
    undo = f"{incident.pk}{bulk.SEPARATOR}{BulkAct.REOPEN.value}{bulk.SEPARATOR}" if may_undo else ""
    return JustDone(key=incident.pk, text=f"№ {incident.number}: {words}.", undo=undo, of=what)
