"""Reads of incidents beside the queue (`queue.py`): everything that a card shows, in a fixed number of queries."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F

from otklik.incidents import editions
from otklik.incidents.folding import fold
from otklik.incidents.models import DraftCopy, Incident
from otklik.incidents.verdicts import current_deadlines
from otklik.journal import queries as journal
from otklik.journal.queries import Recorded
from otklik.messages.models import Message
from otklik.orgs.models import Person
from otklik.orgs.schedules import schedules_for
from otklik.process.deadline import Deadline
from otklik.process.events import EventKind
from otklik.process.schedules import ScheduleSet
from otklik.process.state import Stage, State
from otklik.regulation.model import Act


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


def states(incidents: Iterable[Incident]) -> dict[int, State]:
    """Incident → its state, folded from its journal: two queries, however many."""
    recorded = journal.events_of_many([one.pk for one in incidents], texts=False)
    return {pk: fold(events).state for pk, events in recorded.items()}


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


def with_authors(incident_ids: Iterable[int]) -> dict[int, Incident]:
    """Incidents that the caller may show, by id, with their messages and authors: one query."""
    return Incident.objects.select_related("message__author").in_bulk(list(incident_ids))
