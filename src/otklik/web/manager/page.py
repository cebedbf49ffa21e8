"""The manager's page: what is late, what soon will be, and how bodies and people are doing."""

import datetime as dt
from collections.abc import Mapping

from django.urls import reverse

from otklik.incidents import load
from otklik.incidents.load import Load
from otklik.orgs import presence
from otklik.orgs import queries as orgs
from otklik.orgs.models import Absence, AbsenceReason, Substitution
from otklik.orgs.words import ROLE_WORDS
from otklik.regulation.model.people import OurRole
from otklik.web.manager.realm import Desk
from otklik.web.manager.tasks import TITLES, Wanted, What, address, reminder, rows, since
from otklik.web.manager.view import BodyRow, ManagerPage, Number, PersonRow, Section
from otklik.web.view import EmptyState, Link
from otklik.web.words import day, listed

SHOWN = 6
"""Rows of a list that the page itself shows."""
AWAY = {
    AbsenceReason.VACATION: "в отпуске",
    AbsenceReason.ILLNESS: "болеет",
    AbsenceReason.TRIP: "в командировке",
    AbsenceReason.OTHER: "отсутствует",
}


def manager_page(desk: Desk) -> ManagerPage:
    """The page of one realm; as many queries for a thousand tasks as for one."""
    whole = load.by_body(desk.tasks)
    in_bodies = {unit_id: one for (unit_id, _), one in whole.items() if unit_id is not None}
    by_role = {role: one for (_, role), one in whole.items() if role is not None}
    return ManagerPage(
        key=desk.organisation.pk,
        organisation=desk.organisation.short_name,
        scope=listed([unit.name for unit in desk.units.values()]) if desk.realm.unit_ids is not None else "",
        now=desk.now,
        numbers=_numbers(desk),
        late=_section(desk, What.LATE),
        at_risk=_section(desk, What.AT_RISK),
        bodies=tuple(
            _body(desk, unit.name, in_bodies[pk], Wanted(unit=pk)) for pk, unit in desk.units.items() if pk in in_bodies
        ),
        roles=tuple(
            _body(desk, _capital(ROLE_WORDS[role]), by_role[role], Wanted(role=role))
            for role in OurRole
            if role in by_role
        ),
        people=_people(desk),
        others=_others(desk),
    )


def _numbers(desk: Desk) -> tuple[Number, ...]:
    notes = {
        What.LATE: "срок прошёл, шаг не сделан",
        What.AT_RISK: "срок сегодня или осталось меньше 40 %",
        What.UNTAKEN: "направлено в орган, никто не взял",
        What.OPEN: "всего задач",
    }
    order = (What.LATE, What.AT_RISK, What.UNTAKEN, What.OPEN)
    return tuple(_number(desk, Wanted(what), label=TITLES[what], note=notes[what]) for what in order)


def _section(desk: Desk, what: What) -> Section:
    wanted = Wanted(what)
    found = wanted.of(desk.tasks)
    empties = {
        What.LATE: EmptyState(title="Просроченного нет", text="Все сроки соблюдаются."),
        What.AT_RISK: EmptyState(title="Ничто не под угрозой", text="Ни один срок не подходит к концу."),
    }
    return Section(
        title=TITLES[what],
        rows=rows(desk, found[:SHOWN]),
        total=_number(desk, wanted),
        empty=empties[what],
    )


def _number(desk: Desk, wanted: Wanted, *, label: str = "", note: str = "") -> Number:
    return Number(
        count=len(wanted.of(desk.tasks)),
        url=address(desk, wanted),
        label=label,
        note=note,
        alarm=wanted.what in {What.LATE, What.UNTAKEN},
    )


def _body(desk: Desk, name: str, found: Load, wanted: Wanted) -> BodyRow:
    def number(what: What, count: int) -> Number:
        return Number(count=count, url=address(desk, _with(wanted, what)), alarm=what in {What.LATE, What.UNTAKEN})

    in_body = wanted.unit is not None
    return BodyRow(
        name=name,
        open=number(What.OPEN, found.open),
        late=number(What.LATE, found.late),
        at_risk=number(What.AT_RISK, found.at_risk),
        taken=number(What.TAKEN, found.open - found.untaken if in_body else 0),
        untaken=number(What.UNTAKEN, found.untaken),
        oldest_at=since(found.oldest_at, desk),
        reminder=reminder(desk, wanted.of(desk.tasks), wanted, name),
    )


def _people(desk: Desk) -> tuple[PersonRow, ...]:
    found = load.by_person(desk.tasks)
    absences = presence.absences_at(found, desk.now)
    substitutes = presence.substitutions_at(desk.organisation.pk, desk.now)
    ordered = sorted(found.items(), key=lambda one: (-one[1].late, -one[1].open, desk.names.get(one[0], "")))
    return tuple(_person(desk, pk, one, absence_words(pk, absences, substitutes, desk.now)) for pk, one in ordered)


def _person(desk: Desk, pk: int, found: Load, note: str) -> PersonRow:
    wanted = Wanted(person=pk)
    name = desk.names.get(pk, f"Сотрудник {pk}")
    return PersonRow(
        name=name,
        note=note,
        open=Number(count=found.open, url=address(desk, wanted)),
        late=Number(count=found.late, url=address(desk, _with(wanted, What.LATE)), alarm=True),
        at_risk=Number(count=found.at_risk, url=address(desk, _with(wanted, What.AT_RISK))),
        hand_over_url=reverse("manager_hand_over", args=[desk.organisation.pk, pk]),
        reminder=reminder(desk, wanted.of(desk.tasks), wanted, name),
    )


def absence_words(
    person_id: int, absences: Mapping[int, Absence], substitutes: Mapping[int, list[Substitution]], now: dt.datetime
) -> str:
    """«болеет до 30 ноября, замещает Орлова А. П.»; empty for whoever is present and not substituted."""
    words = []
    absence = absences.get(person_id)
    if absence is not None:
        until_at = absence.until_at.astimezone(now.tzinfo) if absence.until_at else None
        until = f" до {day(until_at.date(), now.date())}" if until_at else ""
        words.append(f"{AWAY[AbsenceReason(absence.reason)]}{until}")
    names = dict.fromkeys(one.substitute.full_name for one in substitutes.get(person_id, ()))
    if names:
        words.append(f"замещает {listed(list(names))}")
    return ", ".join(words)


def _others(desk: Desk) -> tuple[Link, ...]:
    wanted = [pk for pk in load.managed(desk.viewer, desk.now) if pk != desk.organisation.pk]
    if not wanted:
        return ()
    found = orgs.with_act(wanted)
    return tuple(Link(label=one.short_name, url=reverse("manager_of", args=[one.pk])) for one in found)


def _with(wanted: Wanted, what: What) -> Wanted:
    return Wanted(what, wanted.unit, wanted.role, wanted.person)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
