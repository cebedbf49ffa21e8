"""From incidents to the rows of the queue. What an organisation's rows share is asked once a page."""

import datetime as dt
from collections.abc import Iterable

from otklik.incidents import editions
from otklik.incidents.models import Incident
from otklik.orgs.models import Organisation
from otklik.orgs.schedules import of_organisation
from otklik.process.refusal_words import stage_words
from otklik.process.state import Stage
from otklik.regulation.model import Act
from otklik.search import queries as search
from otklik.search.query import parse
from otklik.search.snippets import Part, Snippet, snippet
from otklik.web.chronometer import Chronometer
from otklik.web.clocks import no_clock, row_clock
from otklik.web.networks import network
from otklik.web.queue.view import Piece, QueueRow
from otklik.worktime import Schedule

PARTS = {
    Part.ANSWER: "в уточнении автора",
    Part.REPLY: "в ответе",
    Part.AUTHOR: "автор",
    Part.TOPIC: "тема",
    Part.PLACE: "место",
    Part.NUMBER: "номер",
}


def rows_of(incidents: Iterable[Incident], now: dt.datetime, query: str = "") -> tuple[QueueRow, ...]:
    """The rows, in the order given; with a `query`, each says where it was found."""
    incidents = list(incidents)
    wanted = parse(query)
    parts = search.parts_of(incident.pk for incident in incidents) if wanted.wanted else {}
    rows = _Rows(now)
    return tuple(rows.row(one, snippet(parts.get(one.pk, ()), wanted)) for one in incidents)


class _Rows:
    def __init__(self, now: dt.datetime) -> None:
        self._now = now
        self._schedules: dict[int, Schedule] = {}

    def row(self, incident: Incident, found: Snippet | None) -> QueueRow:
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
            found=tuple(Piece(text=one.text, marked=one.marked) for one in found.pieces) if found else (),
            found_in=PARTS.get(found.part, "") if found else "",
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
