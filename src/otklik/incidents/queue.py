"""The queue: its sections, their counts, a page of one of them. As many queries for a hundred thousand as for one.

Lists of what is in work are short (`Incident.is_open`, few of all that ever came); what may be long is counted up to
`COUNTED` and no further.
"""

import datetime as dt
import operator
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import reduce
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Q, QuerySet

from otklik.incidents import access
from otklik.incidents.filters import SOON, Filters, narrow
from otklik.incidents.models import Incident, WorkItem
from otklik.orgs import queries as orgs
from otklik.orgs.models import Person
from otklik.process.state import Stage

PROMISE_NEARS = dt.timedelta(days=3)
"""So long before the promised day somebody is asked whether it was kept; till then there is nothing to do."""

COUNTED = 9_999
"""How far long lists are counted; beyond it «больше 9 999» is all that anybody needs."""


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


LONG = frozenset({Section.PROMISED, Section.ALL})
"""Sections that are not of what is in work."""


@dataclass(frozen=True, slots=True)
class Page:
    """A stretch of a list. `has_more`: there are rows after it."""

    rows: Sequence[Incident]
    has_more: bool


class Queue:
    """What one person sees at `now` (aware, in their zone), narrowed by `filters`."""

    def __init__(self, person: Person, now: dt.datetime, filters: Filters | None = None) -> None:
        self._person = person
        self._now = now
        seen, wanted = access.visible_to(person, now), filters or Filters()
        self._seen = narrow(seen, wanted, now)
        self._open = narrow(seen, wanted, now, are_few=True)

    def section(self, which: Section) -> QuerySet[Incident]:
        """The incidents of a section, most pressing first; of all that there are, the newest first."""
        chosen = (self._seen if which in LONG else self._open).filter(self._condition(which))
        if which is Section.ALL:
            return chosen.order_by("-detected_at", "-pk")
        return chosen.order_by(F("next_due_at").asc(nulls_last=True), "detected_at", "pk")

    def page(self, which: Section, number: int, *, size: int) -> Page:
        """The rows of page `number` (from 1)."""
        first = (number - 1) * size
        # Ids alone, then their rows: an index gives the ids in order; whole rows the database would have to sort.
        ids = list(self.section(which).values_list("pk", flat=True)[first : first + size + 1])
        rows = Incident.objects.select_related("organisation", "unit", "person").in_bulk(ids[:size])
        return Page([rows[pk] for pk in ids[:size] if pk in rows], has_more=len(ids) > size)

    def among(self, which: Section, incident_ids: Iterable[int]) -> list[Incident]:
        """Those of these incidents that stand in the section."""
        found = self.section(which).filter(pk__in=list(incident_ids))
        return list(found.select_related("organisation", "unit", "person"))

    def counts(self) -> dict[Section, int]:
        """How many stand in each section; `COUNTED` + 1 means more than `COUNTED`."""
        short = [which for which in Section if which not in LONG]
        aggregated = {which.value: Count("pk", filter=self._condition(which)) for which in short}
        found = self._open.filter(is_open=True).order_by().aggregate(**aggregated)
        counted = {which: int(found[which.value]) for which in short}
        return counted | {which: _capped(self._seen.filter(self._condition(which))) for which in LONG}

    def _condition(self, which: Section) -> Q:
        is_open, now = Q(is_open=True), self._now
        match which:
            case Section.MINE:
                return is_open & Q(pk__in=work_of(self._person, now).values("incident"))
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
            case Section.OPEN:  # not while all that is left is a promise whose day is far off
                waiting = Q(pk__in=_to_be_done(self._person, now).values("incident"))
                return is_open & (~Q(stage=Stage.ANSWERED.value) | Q(next_due_at__isnull=False) | waiting)
            case Section.ALL:
                return Q()


def work_of(person: Person, now: dt.datetime) -> QuerySet[WorkItem]:
    """The open steps that wait for this person: by role and unit, or given to them by name; none taken by another."""
    wanted: list[Q] = [Q(person=person)]
    for held in orgs.roles_at(person, now):
        step = Q(organisation=held.organisation_id, role=held.role.value, person__isnull=True)
        if held.act_role:
            step &= Q(act_role__in=("", held.act_role))
        if held.unit_id is not None:
            step &= Q(unit__isnull=True) | Q(unit__in=access.with_below({held.unit_id}))
        wanted.append(step)
    return _to_be_done(person, now).filter(reduce(operator.or_, wanted))


def _to_be_done(person: Person, now: dt.datetime) -> QuerySet[WorkItem]:
    """The open steps but promises whose day is far off, by the calendar on the person's wall."""
    near = now.astimezone(ZoneInfo(person.local_zone)).date() + PROMISE_NEARS
    return WorkItem.objects.exclude(step="promise", incident__next_promise_on__gt=near)


def topics(person: Person, now: dt.datetime, *, limit: int = 300) -> list[str]:
    """The topics of the incidents in sight, in alphabetical order; no more than `limit` of them."""
    rows = access.visible_to(person, now).exclude(topic="").order_by("topic")
    return list(rows.values_list("topic", flat=True).distinct()[:limit])


def _capped(rows: QuerySet[Incident]) -> int:
    return rows.order_by().values("pk")[: COUNTED + 1].count()
