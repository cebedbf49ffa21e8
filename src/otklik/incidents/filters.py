"""What a list of incidents is narrowed to: as plain values, which an address carries, and as a condition."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import F, Q, QuerySet

from otklik.incidents import access
from otklik.incidents.models import Incident
from otklik.search import queries as search
from otklik.search.query import in_place, parse

SOON = dt.timedelta(hours=2)
"""Wall time before the due time from which a term is soon."""


class Term(StrEnum):
    """How the running term stands."""

    LATE = "late"
    SOON = "soon"
    TODAY = "today"
    NONE = "none"


class Holder(StrEnum):
    """Whose work it is, besides the people by id."""

    NOBODY = "nobody"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """All of them must hold; an empty one asks nothing.

    `stage`, `kind`, `importance`, `network`, `topic`: as the incident has them. `place`: words, in any form. `unit`: an
    id, with all units below; `person`: an id or `Holder.NOBODY`. `since_on`, `until_on`: days of detection, both
    included, in the viewer's zone. `query`: the words of a search (`otklik.search.query`).
    """

    stage: str = ""
    term: Term | None = None
    topic: str = ""
    place: str = ""
    importance: str = ""
    network: str = ""
    unit: int | None = None
    person: int | Holder | None = None
    kind: str = ""
    since_on: dt.date | None = None
    until_on: dt.date | None = None
    query: str = ""

    @property
    def is_empty(self) -> bool:
        return self == Filters()


def narrow(
    rows: QuerySet[Incident], filters: Filters, now: dt.datetime, *, are_few: bool = False
) -> QuerySet[Incident]:
    """Those of `rows` for which the filters hold. `now` is aware, in the viewer's zone: it says when today ends.

    `are_few`: the rows are looked through and held against what a search finds; else what it finds leads to the rows.
    """
    field = "pk"
    if are_few:  # a computed column has no index that could lead
        rows, field = rows.alias(own_id=F("pk") + 0), "own_id"
    rows = rows.filter(_columns(filters), _term(filters.term, now), _days(filters, now))
    if filters.unit is not None:
        rows = rows.filter(unit__in=access.with_below({filters.unit}))
    if filters.place:
        rows = search.matching(rows, in_place(filters.place), field=field)
    if filters.query:
        rows = search.matching(rows, parse(filters.query), field=field)
    return rows


def _columns(filters: Filters) -> Q:
    names = ("stage", "topic", "importance", "network", "kind")
    wanted = {name: getattr(filters, name) for name in names if getattr(filters, name)}
    if filters.person is Holder.NOBODY:
        return Q(person__isnull=True, **wanted)
    return Q(person=filters.person, **wanted) if filters.person is not None else Q(**wanted)


def _term(term: Term | None, now: dt.datetime) -> Q:
    match term:
        case Term.LATE:
            return Q(is_open=True, next_due_at__lt=now)
        case Term.SOON:
            return Q(is_open=True, next_due_at__gte=now, next_due_at__lt=now + SOON)
        case Term.TODAY:
            return Q(is_open=True, next_due_at__gte=now, next_due_at__lt=_day_start(now, now.date() + dt.timedelta(1)))
        case Term.NONE:
            return Q(is_open=True, next_due_at__isnull=True)
        case None:
            return Q()


def _days(filters: Filters, now: dt.datetime) -> Q:
    found = Q()
    if filters.since_on is not None:
        found &= Q(detected_at__gte=_day_start(now, filters.since_on))
    if filters.until_on is not None:
        found &= Q(detected_at__lt=_day_start(now, filters.until_on + dt.timedelta(1)))
    return found


def _day_start(now: dt.datetime, day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), tzinfo=now.tzinfo)
