"""Fills the queue from the incidents app."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import urlencode
from uuid import uuid4

from django.urls import reverse

from otklik.incidents import access
from otklik.incidents.queue import COUNTED, Page, Queue
from otklik.incidents.queue import Section as Which
from otklik.incidents.saved_views import views_of
from otklik.messages.access import organisations_monitored
from otklik.orgs.models import Person
from otklik.web.feed import address as feed_address
from otklik.web.queue import narrowing
from otklik.web.queue.address import Address
from otklik.web.queue.keeping import links
from otklik.web.queue.rows import rows_of
from otklik.web.queue.view import ChangedRows, QueuePage, Section
from otklik.web.view import EmptyState, Link, Pager

PER_PAGE = 50

TITLES: dict[Which, str] = {
    Which.MINE: "Ждут меня",
    Which.SELECTION: "Отбор",
    Which.REVIEW: "На согласовании",
    Which.SOON: "Скоро срок",
    Which.LATE: "Просрочены",
    Which.PROMISED: "Обещанное",
    Which.OPEN: "В работе",
    Which.ALL: "Все",
}
ALARMING = frozenset({Which.LATE})


def queue_page(person: Person, now: dt.datetime, address: Address, *, live_id: str = "") -> QueuePage:
    """The page for one person at `now` (aware, in their zone). `live_id`: where the stream of changes stands."""
    queue, which = Queue(person, now, address.filters), address.section
    counts = queue.counts()
    last_page = max(1, -(-counts[which] // PER_PAGE))
    if address.page > last_page and counts[which] <= COUNTED:
        address = address.turned(last_page)
    shown = queue.page(which, address.page, size=PER_PAGE)
    is_narrowed = not address.filters.is_empty
    return QueuePage(
        title=TITLES[which],
        sections=_sections(counts, address),
        rows=rows_of(shown.rows, now, address.filters.query),
        empty=_empty(address, sees_nothing=not shown.rows and not access.sees_any(person, now)),
        pager=_pager(address, shown, counts[which]),
        query=address.filters.query,
        order="сначала новые" if which is Which.ALL else "сначала те, у кого меньше времени",
        narrowed=narrowing.chips(person, address, now.date()),
        filters=narrowing.bar(person, now, address.filters) if address.shows_filters else (),
        filters_url=replace(address, page=1, shows_filters=not address.shows_filters).url,
        clear_url=address.bare.url if is_narrowed else "",
        section=which.value,
        saved=links(views_of(person)),
        keep_url=f"{reverse('queue_views')}?{urlencode(Address(which, address.filters).values())}"
        if is_narrowed
        else "",
        live_id=live_id,
        bulk_id=str(uuid4()),
        list_url=address.url,
        changes_url=f"{reverse('queue_changes')}?{urlencode(address.values())}",
        feed_url=feed_address.url(address) if which is Which.SELECTION else "",
        new_message_url=reverse("message_new") if organisations_monitored(person) else "",
    )


def changed_rows(person: Person, now: dt.datetime, address: Address, incident_ids: Iterable[int]) -> ChangedRows:
    """Those of the incidents that stand in the list now, and the counts of all sections."""
    queue = Queue(person, now, address.filters)
    rows = queue.among(address.section, incident_ids)
    return ChangedRows(rows=rows_of(rows, now, address.filters.query), sections=_sections(queue.counts(), address))


def _sections(counts: dict[Which, int], address: Address) -> tuple[Section, ...]:
    """The filters go along, and each count is of what the section will show."""
    return tuple(
        Section(
            key=which.value,
            title=title,
            count=min(counts[which], COUNTED),
            is_more=counts[which] > COUNTED,
            url=address.at(which).url,
            current=which is address.section,
            alarm=which in ALARMING,
        )
        for which, title in TITLES.items()
    )


def _empty(address: Address, *, sees_nothing: bool) -> EmptyState:
    which, query = address.section, address.filters.query
    everything = Link(label="Открыть все сообщения", url=Address(Which.ALL).url)
    if which is Which.MINE and sees_nothing:
        return EmptyState(
            title="Сообщений вам не видно",
            text="По вашей роли сообщения жителей не показываются. Роли назначает администратор.",
            done=False,
        )
    if query:
        return EmptyState(
            title="Ничего не нашлось",
            text=f"По словам «{query}» здесь ничего нет. Должны найтись все слова, в любой форме: "
            "попробуйте одно слово или другой раздел.",
            link=Link(label="Искать во всех сообщениях", url=address.at(Which.ALL).url),
            done=False,
        )
    if not address.filters.is_empty:
        return EmptyState(
            title="С такими фильтрами ничего нет",
            text="В этом разделе нет сообщений, которые подходят под все условия. Снимите часть из них.",
            link=Link(label="Снять фильтры", url=address.bare.url),
            done=False,
        )
    if which is Which.MINE:
        return EmptyState(
            title="Всё сделано",
            text="Сейчас ничто не ждёт вас. Новое появится здесь само.",
            link=Link(label="Посмотреть, что в работе", url=Address(Which.OPEN).url),
        )
    if which is Which.LATE:
        return EmptyState(title="Просроченных нет", text="Все сроки соблюдаются.", link=everything)
    return EmptyState(title="Здесь пусто", text="Сообщений в этом разделе сейчас нет.", link=everything)


def _pager(address: Address, shown: Page, total: int) -> Pager | None:
    if address.page == 1 and not shown.has_more:
        return None
    first = (address.page - 1) * PER_PAGE
    return Pager(
        first=first + 1 if shown.rows else 0,
        last=first + len(shown.rows),
        total=min(total, COUNTED),
        is_more=total > COUNTED,
        previous_url=address.turned(address.page - 1).url if address.page > 1 else "",
        next_url=address.turned(address.page + 1).url if shown.has_more else "",
    )
