"""Fills the queue from the incidents app."""

import datetime as dt
from urllib.parse import urlencode

from django.urls import reverse

from otklik.incidents import access, editions, queries
from otklik.incidents.models import Incident
from otklik.incidents.queries import Section as Which
from otklik.messages.access import organisations_monitored
from otklik.orgs.models import Organisation, Person
from otklik.orgs.schedules import of_organisation
from otklik.process.refusal_words import stage_words
from otklik.process.state import Stage
from otklik.regulation.model import Act
from otklik.web.chronometer import Chronometer
from otklik.web.clocks import no_clock, row_clock
from otklik.web.networks import network
from otklik.web.queue.view import QueuePage, QueueRow, Section
from otklik.web.view import EmptyState, Link, Pager
from otklik.worktime import Schedule

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


def queue_page(person: Person, now: dt.datetime, *, section: str, query: str, page: int) -> QueuePage:
    """The page for one person at `now` (aware UTC). An unknown section is the first one."""
    which = Which(section) if section in set(Which) else Which.MINE
    found = queries.section(person, which, now)
    if query:
        found = queries.search(found, query)
    total = found.count()
    last_page = max(1, -(-total // PER_PAGE))
    page = min(max(1, page), last_page)
    first = (page - 1) * PER_PAGE
    rows = list(found.select_related("organisation", "unit", "person")[first : first + PER_PAGE])
    return QueuePage(
        title=TITLES[which],
        sections=_sections(person, now, which),
        rows=tuple(map(_Rows(now).row, rows)),
        empty=_empty(which, query, sees_nothing=not rows and not access.sees_any(person, now)),
        pager=_pager(which, query, page, last_page, first, len(rows), total) if total > PER_PAGE else None,
        query=query,
        order="сначала новые" if which is Which.ALL else "сначала те, у кого меньше времени",
        new_message_url=reverse("message_new") if organisations_monitored(person) else "",
    )


class _Rows:
    """Makes rows; the schedule and the act of an organisation are asked once a page."""

    def __init__(self, now: dt.datetime) -> None:
        self._now = now
        self._schedules: dict[int, Schedule] = {}

    def row(self, incident: Incident) -> QueueRow:
        act = editions.by_hash(incident.act_hash)
        return QueueRow(
            key=incident.pk,
            work=f"i{incident.pk}",
            number=str(incident.number),
            network=network(incident.network),
            excerpt=incident.excerpt or "(без текста)",
            author=incident.author_name,
            chronometer=self._clock(incident, act),
            state=stage_words(Stage(incident.stage)),
            place=incident.place,
            topic=incident.topic,
            unit=incident.unit.name if incident.unit else "",
            person=incident.person.full_name if incident.person else "",
            importance=_importance(incident, act),
            repeat=incident.is_repeat,
            kind=_kind(incident, act),
        )

    def _clock(self, incident: Incident, act: Act) -> Chronometer:
        key = f"row-{incident.pk}"
        title = next((step.title for step in act.steps if step.step == incident.next_step), "")
        if incident.next_due_at is None:
            return no_clock(key, title or "Срока нет", self._now)
        schedule = self._schedule(incident.organisation)
        return row_clock(
            schedule,
            self._now,
            key=key,
            title=title,
            starts_at=incident.next_starts_at,
            due_at=incident.next_due_at,
        )

    def _schedule(self, organisation: Organisation) -> Schedule:
        if organisation.pk not in self._schedules:
            self._schedules[organisation.pk] = of_organisation(organisation)
        return self._schedules[organisation.pk]


def _importance(incident: Incident, act: Act) -> str:
    classes = act.policies.importance
    if incident.importance == classes[0].importance:
        return ""
    return next((one.words for one in classes if one.importance == incident.importance), "")


def _kind(incident: Incident, act: Act) -> str:
    kinds = act.policies.message_kinds
    if incident.kind == kinds[0].kind:
        return ""
    return next((one.words for one in kinds if one.kind == incident.kind), "")


def _sections(person: Person, now: dt.datetime, current: Which) -> tuple[Section, ...]:
    counts = queries.counts(person, now)
    return tuple(
        Section(
            key=which.value,
            title=title,
            count=counts[which],
            url=_address(which),
            current=which is current,
            alarm=which in ALARMING,
        )
        for which, title in TITLES.items()
    )


def _empty(which: Which, query: str, *, sees_nothing: bool) -> EmptyState:
    everything = Link(label="Открыть все сообщения", url=_address(Which.ALL))
    if query:
        return EmptyState(
            title="Ничего не нашлось",
            text=f"По словам «{query}» здесь ничего нет. Попробуйте одно слово или другой раздел.",
            link=everything,
            done=False,
        )
    if which is Which.MINE and sees_nothing:
        return EmptyState(
            title="Сообщений вам не видно",
            text="По вашей роли сообщения жителей не показываются. Роли назначает администратор.",
            done=False,
        )
    if which is Which.MINE:
        return EmptyState(
            title="Всё сделано",
            text="Сейчас ничто не ждёт вас. Новое появится здесь само.",
            link=Link(label="Посмотреть, что в работе", url=_address(Which.OPEN)),
        )
    if which is Which.LATE:
        return EmptyState(title="Просроченных нет", text="Все сроки соблюдаются.", link=everything)
    return EmptyState(title="Здесь пусто", text="Сообщений в этом разделе сейчас нет.", link=everything)


def _pager(which: Which, query: str, page: int, last_page: int, first: int, shown: int, total: int) -> Pager:
    return Pager(
        first=first + 1,
        last=first + shown,
        total=total,
        previous_url=_address(which, query, page - 1) if page > 1 else "",
        next_url=_address(which, query, page + 1) if page < last_page else "",
    )


def _address(which: Which, query: str = "", page: int = 1) -> str:
    wanted = {"section": which.value, "q": query, "page": str(page) if page > 1 else ""}
    return f"{reverse('queue')}?{urlencode({name: value for name, value in wanted.items() if value})}"
