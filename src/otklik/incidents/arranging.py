"""What an administrator is told of the incidents before arrangements are changed."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Count, Max, Min

from otklik.incidents.models import DeadlineRow, Incident
from otklik.incidents.redating import redate_commands
from otklik.incidents.work import Setting, Work, setting_of, work_on
from otklik.orgs.models import Organisation
from otklik.orgs.schedules import Planned, schedules_for
from otklik.process.commands import Redate
from otklik.process.deadline import DeadlineState
from otklik.process.schedules import ScheduleSet
from otklik.worktime import Schedule

LOOKED_AT = 250
"""Incidents whose terms are counted anew for a preview, the most pressing first: seconds on a busy machine."""
OPEN = (DeadlineState.RUNNING.value, DeadlineState.PAUSED.value, DeadlineState.WAITING.value)


@dataclass(frozen=True, slots=True)
class MovedTerm:
    """A term that would run to another time. Instants are aware."""

    number: int
    """Of the incident."""
    step: str
    """Its title in the act."""
    old_due_at: dt.datetime
    new_due_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Moved:
    """What a change of hours would do to the terms that run: `not_looked_at` incidents were not counted."""

    terms: tuple[MovedTerm, ...]
    incidents: int
    open_incidents: int
    not_looked_at: int


def moved_by(organisation: Organisation, planned: Planned, *, now: dt.datetime) -> Moved:
    """Which open terms the hours of `organisation` as it is in memory, with `planned`, would move. Writes nothing.

    :raises ScheduleError: these hours cannot be obeyed.
    """
    before = setting_of(Organisation.objects.get(pk=organisation.pk), now)
    after = Setting(organisation, schedules_for(organisation, now, planned), before.units, now)
    rows = Incident.objects.filter(organisation=organisation.pk, closed_at__isnull=True)
    total = rows.count()
    touched = list(_touched(organisation.pk, before.schedules, after.schedules))
    looked_at = touched[:LOOKED_AT]
    incidents = list(rows.filter(pk__in=looked_at))
    works = work_on(incidents, after, texts=False)
    found = [term for work in works for term in _moved(work)]
    found.sort(key=lambda term: (term.old_due_at, term.number))
    return Moved(
        terms=tuple(found),
        incidents=len({term.number for term in found}),
        open_incidents=total,
        not_looked_at=len(touched) - len(looked_at),
    )


def _moved(work: Work) -> Iterator[MovedTerm]:
    commands = redate_commands(work.folded.state, work.act, work.setting.schedules, work.terms, work.setting.now)
    titles = {step.step: step.title for step in work.act.steps}
    for one in commands:
        if isinstance(one, Redate):
            yield MovedTerm(work.incident.number, titles.get(one.step, one.step), one.old_due_at, one.new_due_at)


def _touched(organisation_id: int, before: ScheduleSet, after: ScheduleSet) -> Iterator[int]:
    """Incidents with an open term between whose start and end some hours differ, the most pressing first."""
    if before.version == after.version:
        return
    pairs = [(old, new) for old, new in _pairs(before, after) if old != new]

    @lru_cache(maxsize=4096)
    def differs(on: dt.date) -> bool:
        return any(old.zone != new.zone or old.day(on).spans != new.day(on).spans for old, new in pairs)

    rows = DeadlineRow.objects.filter(
        organisation=organisation_id, incident__closed_at__isnull=True, state__in=OPEN, due_at__isnull=False
    )
    spans = rows.values("incident").annotate(first=Min("starts_at"), last=Max("due_at")).order_by("last", "incident")
    for incident_id, first, last in spans.values_list("incident", "first", "last"):
        if any(differs(on) for on in _dates(first or last, last)):
            yield incident_id


def _pairs(before: ScheduleSet, after: ScheduleSet) -> Iterable[tuple[Schedule, Schedule]]:
    return zip(before.all, after.all, strict=True)


def _dates(first: dt.datetime, last: dt.datetime) -> Iterator[dt.date]:
    """The dates from a start to an end, a day more on either side: they are instants, and zones differ."""
    on, end = first.date() - dt.timedelta(days=1), last.date() + dt.timedelta(days=1)
    while on <= end:
        yield on
        on += dt.timedelta(days=1)


def open_of_unit(unit_id: int) -> int:
    """How many incidents the unit holds that are not closed."""
    return Incident.objects.filter(unit=unit_id, closed_at__isnull=True).count()


def topics_of(organisation_id: int, *, limit: int) -> list[str]:
    """The topics that people have given most often in an organisation."""
    rows = Incident.objects.filter(organisation=organisation_id).exclude(topic="").order_by()
    often = rows.values("topic").annotate(times=Count("pk")).order_by("-times", "topic")
    return list(often.values_list("topic", flat=True)[:limit])
