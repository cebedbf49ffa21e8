"""All reads of the journal.

Folding reads `events_of`; a card shows `history`; streams (live updates, webhooks, rollups) read `sealed_after` and
nothing else: only sealed numbers have no gaps that a slower transaction fills in later.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from otklik.journal.models import Event, EventText, Head


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """An event as it stands in the journal, with its personal texts.

    Instants are UTC-aware. An erased text is absent from `texts` and named in `erased`.
    """

    id: int
    organisation_id: int
    incident_id: int | None
    number: int | None
    kind: str
    version: int
    happened_at: dt.datetime
    recorded_at: dt.datetime
    actor_id: int | None
    on_behalf_of: Mapping[str, object] | None
    command_id: UUID
    position: int
    act_hash: str
    calendar_version: str
    payload: Mapping[str, object]
    texts: Mapping[str, str]
    erased: frozenset[str]
    sealed_number: int | None


def events_of(incident_id: int, *, after: int = 0) -> list[Recorded]:
    """The events of one incident with a number above `after`, in order. One query for events, one for texts."""
    return _with_texts(Event.objects.filter(incident_id=incident_id, number__gt=after).order_by("number"))


def events_of_many(incident_ids: Iterable[int], *, texts: bool = True) -> dict[int, list[Recorded]]:
    """Incident → its events in order, for `recompute` in chunks: two queries, however many incidents.

    `texts`: with the personal texts; the fold never looks at them, so that it can do without.
    """
    ids = list(incident_ids)
    found: dict[int, list[Recorded]] = {incident_id: [] for incident_id in ids}
    rows = Event.objects.filter(incident_id__in=ids).order_by("incident_id", "number")
    for event in _with_texts(rows) if texts else [_recorded(event, {}, set()) for event in rows]:
        found[event.incident_id or 0].append(event)
    return found


def of_kinds(incident_ids: Iterable[int], kinds: Iterable[str]) -> list[Recorded]:
    """The events of these kinds of many incidents, in order within each, without their texts: one query."""
    rows = Event.objects.filter(incident_id__in=list(incident_ids), kind__in=list(kinds))
    return [_recorded(event, {}, set()) for event in rows.order_by("incident_id", "number")]


def incident_ids(organisation_id: int) -> set[int]:
    """The incidents of an organisation of which the journal knows."""
    rows = Event.objects.filter(organisation_id=organisation_id, incident_id__isnull=False).order_by()
    return {known for known in rows.values_list("incident_id", flat=True).distinct() if known is not None}


def last_number(incident_id: int) -> int:
    """The number of an incident's last event; 0 if it has none."""
    last = Event.objects.filter(incident_id=incident_id).order_by("-number").values_list("number", flat=True).first()
    return last or 0


def recorded(rows: Iterable[Event]) -> list[Recorded]:
    """What `actions.append` or `actions.first_result` returned, in the form in which everything is read."""
    return _with_texts(list(rows))


def of_organisation(
    organisation_id: int, *, kinds: Sequence[str] = (), before: int | None = None, limit: int = 200
) -> list[Recorded]:
    """The last events of the organisation as a whole (settings, people, erasures), newest first; those with an id below
    `before`, for the next page."""
    rows = Event.objects.filter(organisation_id=organisation_id, incident_id__isnull=True)
    if kinds:
        rows = rows.filter(kind__in=kinds)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return _with_texts(rows.order_by("-id")[:limit])


def sealed_after(organisation_id: int, number: int, *, limit: int = 500) -> list[Recorded]:
    """Up to `limit` sealed events of an organisation after sealed number `number`, in sealed order without gaps."""
    rows = Event.objects.filter(organisation_id=organisation_id, sealed_number__gt=number)
    return _with_texts(rows.order_by("sealed_number")[:limit])


def sealed_incidents(organisation_id: int, after: int, until: int) -> list[tuple[int, int]]:
    """Sealed number and incident of the events sealed after `after` up to `until`, in sealed order; those of the
    organisation as a whole left out."""
    rows = Event.objects.filter(organisation_id=organisation_id, sealed_number__gt=after, sealed_number__lte=until)
    found = rows.order_by("sealed_number").values_list("sealed_number", "incident_id")
    return [(number, incident_id) for number, incident_id in found if number is not None and incident_id is not None]


def sealed_number(organisation_id: int) -> int:
    """The last sealed number of an organisation; 0 before the first seal. What a stream compares its place with."""
    return Head.objects.filter(organisation_id=organisation_id).values_list("number", flat=True).first() or 0


def sealed_numbers() -> dict[int, int]:
    """Organisation → its last sealed number, for those the tenant in force may see: one query for all streams."""
    return dict(Head.objects.values_list("organisation_id", "number"))


def _with_texts(rows: QuerySet[Event] | list[Event]) -> list[Recorded]:
    events = list(rows)
    texts: dict[int, dict[str, str]] = {}
    erased: dict[int, set[str]] = {}
    with_texts = [event.pk for event in events if event.text_digests]
    for text in EventText.objects.filter(event_id__in=with_texts) if with_texts else ():
        if text.erased_at is None:
            texts.setdefault(text.event_id, {})[text.name] = text.text
        else:
            erased.setdefault(text.event_id, set()).add(text.name)
    return [_recorded(event, texts.get(event.pk, {}), erased.get(event.pk, set())) for event in events]


def _recorded(event: Event, texts: Mapping[str, str], erased: set[str]) -> Recorded:
    return Recorded(
        id=event.pk,
        organisation_id=event.organisation_id,
        incident_id=event.incident_id,
        number=event.number,
        kind=event.kind,
        version=event.version,
        happened_at=event.happened_at,
        recorded_at=event.recorded_at,
        actor_id=event.actor_id,
        on_behalf_of=event.on_behalf_of,
        command_id=event.command_id,
        position=event.position,
        act_hash=event.act_hash,
        calendar_version=event.calendar_version,
        payload=event.payload,
        texts=texts,
        erased=frozenset(erased),
        sealed_number=event.sealed_number,
    )
