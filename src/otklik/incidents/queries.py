"""All reads of incidents: the queue and its counts, and everything that a card shows, in a fixed number of queries."""

import datetime as dt
import operator
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import reduce

from django.db.models import F, Q, QuerySet

from otklik.incidents import access, editions
from otklik.incidents.folding import fold
from otklik.incidents.models import DraftCopy, Incident, WorkItem
from otklik.incidents.verdicts import current_deadlines
from otklik.journal import queries as journal
from otklik.journal.queries import Recorded
from otklik.messages.models import Message
from otklik.orgs import queries as orgs
from otklik.orgs.models import Person
from otklik.orgs.schedules import schedules_for
from otklik.process.deadline import Deadline
from otklik.process.events import EventKind
from otklik.process.schedules import ScheduleSet
from otklik.process.state import Stage, State
from otklik.regulation.model import Act

SOON = dt.timedelta(hours=2)
"""Wall time before the due time from which an incident stands under «Скоро срок»."""

LONGEST_NUMBER = 9
"""Digits in the number of an incident: what is longer in a search is a word."""


class Section(StrEnum):
    """The sections of the queue, as addresses name them."""

    MINE = "mine"
    SELECTION = "selection"
    REVIEW = "review"
    SOON = "soon"
    LATE = "late"
    PROMISED = "promised"
    OPEN = "open"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class CardData:
    """One incident, whole: state and deadlines folded from its journal."""

    incident: Incident
    act: Act
    schedules: ScheduleSet
    recorded: list[Recorded]
    state: State
    deadlines: list[Deadline]
    copy: DraftCopy | None

    def text(self, name: str, kinds: Iterable[str]) -> str:
        """The latest text `name` among events of these kinds; empty if there is none, or it was erased."""
        wanted = set(kinds)
        having = (event for event in reversed(self.recorded) if event.kind in wanted and name in event.texts)
        return next((event.texts[name] for event in having), "")


def work_of(person: Person, now: dt.datetime) -> QuerySet[WorkItem]:
    """The open steps that wait for this person: by role and unit, or given to them by name; none taken by another."""
    wanted: list[Q] = [Q(person=person)]
    for held in orgs.roles_at(person, now):
        step = Q(organisation=held.organisation_id, role=held.role.value, person__isnull=True)
        if held.unit_id is not None:
            step &= Q(unit__isnull=True) | Q(unit__in=access.with_below({held.unit_id}))
        wanted.append(step)
    return WorkItem.objects.filter(reduce(operator.or_, wanted))


def section(person: Person, which: Section, now: dt.datetime) -> QuerySet[Incident]:
    """The incidents of a section that this person may see, most pressing first."""
    seen = access.visible_to(person, now)
    chosen = seen.filter(_condition(person, which, now))
    if which is Section.ALL:
        return chosen.order_by("-detected_at", "-pk")
    return chosen.order_by(F("next_due_at").asc(nulls_last=True), "detected_at", "pk")


def counts(person: Person, now: dt.datetime, *, sections: Iterable[Section] = Section) -> dict[Section, int]:
    """How many incidents stand in each section."""
    seen = access.visible_to(person, now)
    return {which: seen.filter(_condition(person, which, now)).count() for which in sections}


def _condition(person: Person, which: Section, now: dt.datetime) -> Q:
    is_open = Q(closed_at__isnull=True)
    match which:
        case Section.MINE:
            return Q(pk__in=work_of(person, now).values("incident"))
        case Section.SELECTION:
            return is_open & Q(stage=Stage.DETECTED.value)
        case Section.REVIEW:
            return is_open & Q(stage__in=[Stage.REVIEW.value, Stage.VISA.value])
        case Section.SOON:
            return is_open & Q(next_due_at__gte=now, next_due_at__lt=now + SOON)
        case Section.LATE:
            return is_open & Q(next_due_at__lt=now)
        case Section.PROMISED:
            return Q(next_promise_on__isnull=False)
        case Section.OPEN:  # an answered one is back in work while something in it waits for somebody
            return is_open & (~Q(stage=Stage.ANSWERED.value) | Q(pk__in=WorkItem.objects.values("incident")))
        case Section.ALL:
            return Q()


def search(rows: QuerySet[Incident], query: str) -> QuerySet[Incident]:
    """Those whose number, text, author, topic or place has all the words of `query`."""
    for word in query.lower().split():
        one = Q(search_text__contains=word)
        digits = word.lstrip("№")
        if digits.isdecimal() and len(digits) <= LONGEST_NUMBER:
            one |= Q(number=int(digits))
        rows = rows.filter(one)
    return rows


def card(incident: Incident, person: Person | None, now: dt.datetime) -> CardData:
    """Everything about one incident, as it stands at `now`."""
    recorded = journal.events_of(incident.pk)
    act = editions.by_hash(incident.act_hash)
    schedules = schedules_for(incident.organisation, now)
    state = fold(recorded).state
    return CardData(
        incident=incident,
        act=act,
        schedules=schedules,
        recorded=recorded,
        state=state,
        deadlines=current_deadlines(state, act, schedules, now),
        copy=DraftCopy.objects.filter(incident=incident, person=person).first() if person else None,
    )


def by_number(organisation_id: int, number: int) -> Incident | None:
    """The incident people call by its number."""
    return Incident.objects.filter(organisation=organisation_id, number=number).first()


def of_message(message_id: int) -> Incident | None:
    """The incident that a message opened."""
    return Incident.objects.filter(message=message_id).first()


def of_external(organisation_id: int, external_id: str) -> Incident | None:
    """The incident of the message that its network calls so."""
    return Incident.objects.filter(organisation=organisation_id, message__external_id=external_id).first()


def waiting_for_answer(message: Message) -> Incident | None:
    """The incident whose request for clarification this message answers: the same author, in the same thread."""
    if message.author_id is None or not message.thread_id:
        return None
    return Incident.objects.filter(
        organisation=message.organisation_id,
        stage=Stage.WAITING_AUTHOR.value,
        message__network=message.network,
        message__thread_id=message.thread_id,
        message__author=message.author_id,
    ).first()


def behind(organisation_id: int, schedules_version: str, *, limit: int) -> list[int]:
    """Up to `limit` incidents whose terms were counted on other hours or calendars, those that are open first."""
    rows = Incident.objects.filter(organisation=organisation_id).exclude(schedules_version=schedules_version)
    return list(rows.order_by(F("closed_at").desc(nulls_first=True), "pk").values_list("pk", flat=True)[:limit])


def reply_url(incident_id: int) -> str:
    """Where the last published final reply of an incident stands; empty if there is none, or it has no address."""
    published = [event for event in journal.events_of(incident_id) if event.kind == EventKind.PUBLISHED.value]
    return str(published[-1].payload.get("url") or "") if published else ""
