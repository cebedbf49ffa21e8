"""Who is on duty when: a week or five, day by day, with the gaps on days off and the overlaps."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from urllib.parse import urlencode
from uuid import uuid4

from django.http import QueryDict
from django.urls import reverse

from otklik import worktime
from otklik.orgs import presence
from otklik.orgs import queries as orgs
from otklik.orgs.models import Duty, Person, Unit
from otklik.orgs.words import ROLE_WORDS
from otklik.regulation.model.people import OurRole
from otklik.web.manager.handover import SUBSTITUTABLE
from otklik.web.manager.page import absence_words
from otklik.web.manager.realm import Desk
from otklik.web.manager.view import RemovalPage, RotaDay, RotaEntry, RotaPage
from otklik.web.view import Choice, Field, FieldKind, Form, Link
from otklik.web.words import clock, counted, day

ONE_DAY = dt.timedelta(days=1)
WEEK, MONTH = 7, 35
"""Days that the page shows."""
FURTHEST = 366
"""Days from now that it reaches."""
ON_DUTY = tuple(role for role in OurRole if role in SUBSTITUTABLE)
"""Roles that a rota gives. Those above, and the administrator's, are an administrator's to give."""

Line = tuple[str, int | None]
"""Role and unit: what a duty is for."""


def rota_page(desk: Desk, since: dt.date, days: int, *, post: QueryDict | None = None, problem: str = "") -> RotaPage:
    """The days from `since` on; with `post`, the form as it was filled in, and what is wrong."""
    last, today = since + ONE_DAY * (days - 1), desk.now.date()
    duties = [one for one in _duties(desk, since, last) if desk.realm.covers(one.unit_id)]
    notes = _notes(desk, duties)
    shown = tuple(_day(desk, since + ONE_DAY * number, duties, notes) for number in range(days))
    bare = sum(one.is_off and not one.entries and one.on >= today for one in shown)
    other = WEEK if days == MONTH else MONTH
    return RotaPage(
        key=desk.organisation.pk,
        title=f"{day(since, today)} – {day(last, today)}",
        lead=f"Без дежурного: {counted(bare, 'выходной день|выходных дня|выходных дней')}." if bare else "",
        now=desk.now,
        days=shown,
        previous_url=address(desk, since - ONE_DAY * days, days),
        next_url=address(desk, since + ONE_DAY * days, days),
        other=Link(label="Неделя" if other == WEEK else "Пять недель", url=address(desk, since, other)),
        form=_form(desk, post, problem),
        url=address(desk, since, days),
    )


def address(desk: Desk, since: dt.date, days: int) -> str:
    """Where the rota of these days stands."""
    query = {"from": since.isoformat(), "days": str(days)}
    return f"{reverse('manager_rota', args=[desk.organisation.pk])}?{urlencode(query)}"


def period(desk: Desk, since: str, days: str) -> tuple[dt.date, int]:
    """What an address asks for: the Monday of a week within reach, of this one unless said otherwise."""
    today = desk.now.date()
    try:
        on = dt.date.fromisoformat(since)
    except ValueError:
        on = today
    on = on if abs((on - today).days) <= FURTHEST else today
    return on - ONE_DAY * on.weekday(), MONTH if days == str(MONTH) else WEEK


def removal_page(desk: Desk, duty: Duty, back: str) -> RemovalPage:
    """What will happen when somebody is taken off duty."""
    since_at, until_at = duty.since_at.astimezone(desk.now.tzinfo), duty.until_at.astimezone(desk.now.tzinfo)
    today = desk.now.date()
    return RemovalPage(
        name=duty.person.full_name,
        line=_line_words(desk, _line(duty)),
        times=f"{day(since_at.date(), today)}, {clock(since_at)} – {day(until_at.date(), today)}, {clock(until_at)}",
        has_begun=since_at <= desk.now,
        back=back,
        form=Form(button="Снять с дежурства", command_id=str(uuid4())),
    )


def people_for(desk: Desk) -> list[Person]:
    """Who can be put on duty: the people of the organisation; in a realm of bodies, those of the bodies."""
    people = orgs.people_of(desk.organisation.pk).filter(is_active=True, has_account=True)
    return [one for one in people if desk.realm.covers(one.unit_id)]


def units_for(desk: Desk) -> list[Unit]:
    """Bodies for which somebody can be on duty."""
    return [unit for unit in desk.units.values() if unit.is_active]


def _duties(desk: Desk, first: dt.date, last: dt.date) -> list[Duty]:
    since_at, until_at = _midnight(desk, first), _midnight(desk, last + ONE_DAY)
    return presence.duties_between(desk.organisation.pk, since_at, until_at)


def _midnight(desk: Desk, on: dt.date) -> dt.datetime:
    return dt.datetime.combine(on, dt.time(0), desk.now.tzinfo)


def _line(one: Duty) -> Line:
    return one.role, one.unit_id


def _line_words(desk: Desk, line: Line) -> str:
    role, unit_id = line
    unit = desk.units.get(unit_id) if unit_id else None
    return ROLE_WORDS[OurRole(role)] + (f", {unit.name}" if unit else "")


def _notes(desk: Desk, duties: Sequence[Duty]) -> dict[int, str]:
    """Duty → that the person is away on it."""
    absences = presence.absences_at({one.person_id for one in duties}, desk.now)
    substitutes = presence.substitutions_at(desk.organisation.pk, desk.now)
    found = {}
    for one in duties:
        absence = absences.get(one.person_id)
        if absence is not None and (absence.until_at is None or absence.until_at > one.since_at):
            found[one.pk] = absence_words(one.person_id, absences, substitutes, desk.now)
    return found


def _day(desk: Desk, on: dt.date, duties: Sequence[Duty], notes: dict[int, str]) -> RotaDay:
    begins, ends = _midnight(desk, on), _midnight(desk, on + ONE_DAY)
    there = [one for one in duties if one.since_at < ends and one.until_at > begins]
    is_off = not worktime.is_working_day(desk.schedule, on)
    lines = sorted({_line(one) for one in duties}, key=str)
    return RotaDay(
        on=on,
        is_today=on == desk.now.date(),
        is_off=is_off,
        hours=_hours(desk, on),
        entries=tuple(_entry(desk, one, begins, ends, notes.get(one.pk, "")) for one in there),
        troubles=(*(_gaps(desk, there, lines) if is_off else ()), *_overlaps(desk, there, begins, ends)),
    )


def _hours(desk: Desk, on: dt.date) -> str:
    whole = desk.schedule.day(on)
    opening, closing = worktime.opening(desk.schedule, on), worktime.closing(desk.schedule, on)
    if opening is not None and closing is not None:
        return f"{clock(opening)}–{clock(closing)}{', короче на час' if whole.short else ''}"
    title = whole.calendar_day.title if whole.calendar_day else ""
    return title or "выходной"


def _entry(desk: Desk, one: Duty, begins: dt.datetime, ends: dt.datetime, note: str) -> RotaEntry:
    since_at, until_at = one.since_at.astimezone(begins.tzinfo), one.until_at.astimezone(begins.tzinfo)
    if since_at <= begins and until_at >= ends:
        times = "весь день"
    elif since_at <= begins:
        times = f"до {clock(until_at)}"
    elif until_at >= ends:
        times = f"с {clock(since_at)}"
    else:
        times = f"{clock(since_at)}–{clock(until_at)}"
    may_end = one.until_at > desk.now and OurRole(one.role) in ON_DUTY
    return RotaEntry(
        key=one.pk if may_end else None,
        name=one.person.full_name,
        line=_line_words(desk, _line(one)),
        times=times,
        note=note,
    )


def _gaps(desk: Desk, there: Sequence[Duty], lines: Sequence[Line]) -> Iterator[str]:
    """On a day off: what the rota covers on other days of the page, and not on this one."""
    if not there:
        yield "никто не дежурит"
        return
    covered = {_line(one) for one in there}
    for line in lines:
        if line not in covered:
            yield f"нет дежурного: {_line_words(desk, line)}"


def _overlaps(desk: Desk, there: Sequence[Duty], begins: dt.datetime, ends: dt.datetime) -> Iterator[str]:
    """Two on duty for the same at once: allowed, and mostly a slip."""
    by_line: dict[Line, list[Duty]] = defaultdict(list)
    for one in there:
        by_line[_line(one)].append(one)
    for line, duties in by_line.items():
        for one, other in combinations(duties, 2):
            if max(one.since_at, other.since_at, begins) < min(one.until_at, other.until_at, ends):
                names = f"{one.person.full_name} и {other.person.full_name}"
                yield f"двое сразу ({_line_words(desk, line)}): {names}"


def _form(desk: Desk, post: QueryDict | None, problem: str) -> Form:
    given = post if post is not None else QueryDict()
    since, until = _suggested(desk)
    whole = [("", "Вся организация")] if desk.realm.unit_ids is None else []
    return Form(
        fields=(
            _choice("person", "Кто", [(str(one.pk), one.full_name) for one in people_for(desk)], given),
            _choice("role", "За кого", [(role.value, ROLE_WORDS[role]) for role in ON_DUTY], given),
            _choice("unit", "Орган", [*whole, *((str(one.pk), one.name) for one in units_for(desk))], given),
            Field(name="since", label="С", kind=FieldKind.DATETIME, value=given.get("since", since), required=True),
            Field(name="until", label="До", kind=FieldKind.DATETIME, value=given.get("until", until), required=True),
        ),
        button="Назначить",
        command_id=str(uuid4()),
        errors=(problem,) if problem else (),
    )


def _choice(name: str, label: str, options: Sequence[tuple[str, str]], given: QueryDict) -> Field:
    choices = tuple(Choice(value=value, label=words, checked=given.get(name) == value) for value, words in options)
    is_required = all(value for value, _ in options)
    return Field(name=name, label=label, kind=FieldKind.SELECT, choices=choices, required=is_required)


def _suggested(desk: Desk) -> tuple[str, str]:
    """The next stretch of days off: from the close of the last working day to the next opening."""
    on = desk.now.date()
    for _ in range(MONTH):
        if not worktime.is_working_day(desk.schedule, on + ONE_DAY):
            break
        on += ONE_DAY
    since = worktime.closing(desk.schedule, on) or desk.now
    until = worktime.next_opening(desk.schedule, max(since, desk.now) + dt.timedelta(minutes=1))
    return f"{since:%Y-%m-%dT%H:%M}", f"{until:%Y-%m-%dT%H:%M}"
