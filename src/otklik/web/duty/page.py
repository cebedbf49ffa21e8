"""Who is on duty now, how to reach them, and when the working clock starts."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from zoneinfo import ZoneInfo

from django.urls import reverse

from otklik import worktime
from otklik.incidents import load, queue
from otklik.orgs import presence
from otklik.orgs import queries as orgs
from otklik.orgs.models import Duty, Organisation, Person, Substitution
from otklik.orgs.schedules import ScheduleError, of_organisation
from otklik.orgs.words import ROLE_WORDS
from otklik.regulation.model.people import OurRole
from otklik.web.duty.view import DutyDesk, DutyPage, OnDuty, Waiting
from otklik.web.duty.words import clock_words
from otklik.web.manager.page import absence_words
from otklik.web.words import clock, counted, day, listed, until
from otklik.worktime import Schedule

AHEAD = dt.timedelta(days=7)
SHOWN = 5


def duty_page(person: Person, now: dt.datetime) -> DutyPage:
    """The page, for everybody: an organisation each in which they work. `now` is aware."""
    return DutyPage(
        desks=tuple(_desk(person, one, now.astimezone(ZoneInfo(one.zone))) for one in workplaces(person, now))
    )


def workplaces(person: Person, now: dt.datetime) -> list[Organisation]:
    """Organisations with a process in which the person works, their own first."""
    wanted = {person.organisation_id, *(held.organisation_id for held in orgs.roles_at(person, now))}
    rows = orgs.with_act(wanted)
    return sorted(rows, key=lambda one: (one.pk != person.organisation_id, one.path))


def _desk(person: Person, organisation: Organisation, now: dt.datetime) -> DutyDesk:
    duties = presence.duties_between(organisation.pk, now, now + AHEAD)
    substitutes = presence.substitutions_at(organisation.pk, now)
    people = list(orgs.people_of(organisation.pk).values_list("pk", "full_name"))
    absences = presence.absences_at((pk for pk, _ in people), now)
    waiting = _waiting(person, organisation, now)
    try:
        schedule: Schedule | None = of_organisation(organisation)
    except ScheduleError:
        schedule = None
    manages = load.realm_of(person, organisation, now) is not None
    return DutyDesk(
        name=organisation.short_name,
        clock=clock_words(schedule, now) if schedule else "Режим работы не задан: скажите администратору.",
        is_open=schedule is not None and worktime.is_open(schedule, now),
        starts=_starts(schedule, now, len(waiting)),
        waiting=tuple(waiting[:SHOWN]),
        now=tuple(_on_duty(one, now, substitutes) for one in duties if one.since_at <= now),
        soon=tuple(_on_duty(one, now, substitutes) for one in duties if one.since_at > now),
        away=tuple((name, absence_words(pk, absences, substitutes, now)) for pk, name in people if pk in absences),
        contacts=() if any(one.since_at <= now for one in duties) else tuple(_contacts(organisation, now)),
        rota_url=reverse("manager_rota", args=[organisation.pk]) if manages else "",
    )


def _waiting(person: Person, organisation: Organisation, now: dt.datetime) -> list[Waiting]:
    """The viewer's tasks here whose term runs, the first to end first."""
    rows = queue.work_of(person, now).filter(organisation=organisation, due_at__gt=now)
    found = {row.incident_id: row for row in reversed(rows.select_related("incident").order_by("due_at", "pk"))}
    ordered = sorted(found.values(), key=lambda row: (row.due_at or now, row.pk))
    return [
        Waiting(
            key=row.incident_id,
            number=str(row.incident.number),
            excerpt=row.incident.excerpt or "(без текста)",
            due=until(row.due_at.astimezone(now.tzinfo), now) if row.due_at else "",
        )
        for row in ordered
    ]


def _starts(schedule: Schedule | None, now: dt.datetime, count: int) -> str:
    if schedule is None or not count:
        return "Задач, срок которых идёт, у вас сейчас нет." if schedule else ""
    what = f"часы по {counted(count, 'задаче, которая ждёт|задачам, которые ждут|задачам, которые ждут')} вас"
    if worktime.is_open(schedule, now):
        return f"Идут {what}."
    return f"Тогда же пойдут {what}: до открытия они стоят."


def _on_duty(one: Duty, now: dt.datetime, substitutes: Mapping[int, Iterable[Substitution]]) -> OnDuty:
    since_at, until_at = one.since_at.astimezone(now.tzinfo), one.until_at.astimezone(now.tzinfo)
    begins = "" if since_at <= now else f"с {clock(since_at)}, {day(since_at.date(), now.date())}, "
    names = [found.substitute.full_name for found in substitutes.get(one.person_id, ())]
    return OnDuty(
        name=one.person.full_name,
        role=ROLE_WORDS[OurRole(one.role)],
        unit=one.unit.name if one.unit else "",
        times=f"{begins}{until(until_at, now)}",
        phone=one.person.phone,
        tel=_tel(one.person.phone),
        substitute=listed(list(dict.fromkeys(names))),
    )


def _contacts(organisation: Organisation, now: dt.datetime) -> Iterator[OnDuty]:
    """Whom to ask while nobody is on duty: the curators who are there."""
    for one in orgs.holders_at(organisation.pk, OurRole.CURATOR, now):
        words = ROLE_WORDS[OurRole.CURATOR]
        yield OnDuty(name=one.full_name, role=words, unit="", times="", phone=one.phone, tel=_tel(one.phone))


def _tel(phone: str) -> str:
    return "".join(sign for sign in phone if sign in "+0123456789")
