"""Working hours: the week, the calendar and the zone of an organisation; the week of a unit."""

import copy
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from otklik.orgs import actions, acts, queries
from otklik.orgs.actions import Refused
from otklik.orgs.actions.base import schedule_problems
from otklik.orgs.models import Organisation, Unit
from otklik.orgs.rights import SignedInRequest
from otklik.orgs.schedules import Planned, ScheduleError, document_of
from otklik.orgs.words import sentence, week_words
from otklik.web.admin.asked import Asked, choices
from otklik.web.admin.days import hours_of_day
from otklik.web.admin.door import BOTH, UNREADABLE, administers, by_hand_of, is_sent, see
from otklik.web.admin.pages import desk_of, form_of, today
from otklik.web.admin.preview import digest_of, preview_of, was_seen
from otklik.web.admin.units import unit_of
from otklik.web.admin.view import DayRow, HoursPage, Preview
from otklik.web.admin.week import as_sent, read_week, week_of
from otklik.web.view import Field, FieldKind, Link
from otklik.web.words import day
from otklik.worktime import default_source
from otklik.worktime.zones import find_zone

SHORT_HOURS = {"0": "не короче", "1": "на 1 час", "2": "на 2 часа"}
CALENDARS = {"RU": "производственный календарь России", "none": "без календаря: каждый день по неделе"}


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What was filled in. `schedule` None: the hours from above."""

    schedule: dict[str, Any] | None
    zone: str
    region: str
    regional_days: bool

    def as_values(self) -> list[object]:
        return [self.schedule, self.zone, self.region, self.regional_days]


@administers(methods=BOTH)
def hours(request: SignedInRequest, place: Organisation) -> HttpResponse:
    """The organisation's hours: filled in, looked at, done."""
    if not is_sent(request):
        return _page(request, place, None)
    asked = Asked(request.POST, place.zone)
    wanted = _read(asked, place, None)
    if asked.errors:
        return _page(request, place, None, asked=asked, status=UNREADABLE)
    digest = digest_of(wanted.as_values())
    try:
        if was_seen(request, digest):
            actions.set_hours(
                place,
                schedule=wanted.schedule,
                region=wanted.region,
                regional_days=wanted.regional_days,
                zone=wanted.zone,
                by=by_hand_of(request),
            )
            return see("admin_hours", place.pk, done="hours")
        tried = copy.copy(place)
        tried.schedule, tried.zone = wanted.schedule, wanted.zone
        tried.region, tried.regional_days = wanted.region, wanted.regional_days
        preview = preview_of(tried, Planned(), digest)
    except Refused as refusal:
        asked.wrong("", sentence(refusal.code, refusal.facts))
    except ScheduleError as error:
        asked.wrong("", schedule_problems(error))
    else:
        return _page(request, place, None, asked=asked, preview=preview)
    return _page(request, place, None, asked=asked, status=UNREADABLE)


@administers(unit_of, methods=BOTH)
def unit_hours(request: SignedInRequest, place: Organisation, one: Unit) -> HttpResponse:
    """A unit's own hours, or those of the unit above it: filled in, looked at, done."""
    if not is_sent(request):
        return _page(request, place, one)
    asked = Asked(request.POST, place.zone)
    wanted = _read(asked, place, one)
    if asked.errors:
        return _page(request, place, one, asked=asked, status=UNREADABLE)
    digest = digest_of([one.pk, wanted.schedule])
    try:
        if was_seen(request, digest):
            actions.set_unit_hours(one, schedule=wanted.schedule, by=by_hand_of(request))
            return see("admin_units", place.pk, done="hours")
        tried = copy.copy(one)
        tried.schedule = wanted.schedule
        preview = preview_of(place, Planned(unit=tried), digest)
    except Refused as refusal:
        asked.wrong("", sentence(refusal.code, refusal.facts))
    except ScheduleError as error:
        asked.wrong("", schedule_problems(error))
    else:
        return _page(request, place, one, asked=asked, preview=preview)
    return _page(request, place, one, asked=asked, status=UNREADABLE)


# --- reading ---


def _read(asked: Asked, place: Organisation, one: Unit | None) -> _Wanted:
    whose = one or place
    is_own = asked.one_of("source", {"own": True, "above": False}, required="Выберите, чьи это часы.")
    if one is None and not place.act and is_own is False:
        asked.wrong("source", "Постановления нет, взять часы неоткуда: впишите свои.")
    schedule = _document(asked, whose.schedule) if is_own else None
    if one is not None:
        return _Wanted(schedule, place.zone, place.region, place.regional_days)
    zone = asked.text("zone", required="Назовите часовой пояс.", longest=64)
    try:
        find_zone(zone)
    except ScheduleError:
        asked.wrong("zone", sentence("unknown_zone", {"zone": zone}))
    region = asked.one_of("region", {code: code for code, _ in _regions()}) or ""
    regional_days = asked.is_on("regional_days")
    if regional_days and not region:
        asked.wrong("region", "Выберите регион, чьи выходные учитывать.")
    return _Wanted(schedule, zone, region, regional_days)


def _document(asked: Asked, before: dict[str, Any] | None) -> dict[str, Any]:
    """The schedule document of the form; dates and breaks that no form asks are kept."""
    short = asked.one_of("short_day", {key: int(key) for key in SHORT_HOURS}, required="Выберите.")
    calendar = asked.one_of("calendar", {key: key for key in CALENDARS}, required="Выберите календарь.")
    kept = {key: (before or {})[key] for key in ("dates", "breaks") if (before or {}).get(key)}
    found: dict[str, Any] = {"week": read_week(asked), **kept, "calendar": calendar, "short_day_minus_hours": short}
    closed = [_annual(asked, part) for part in asked.text("annual_closed").replace(";", ",").split(",") if part.strip()]
    if closed:
        found["annual_closed"] = closed
    if not asked.errors and not any(found["week"].values()):
        asked.wrong("", "Ни в один день нет рабочих часов. Впишите хотя бы один день.")
    return found


def _annual(asked: Asked, part: str) -> str:
    """«30.12» as the document writes it: «12-30»."""
    numbers = part.strip().split(".")
    if len(numbers) != 2 or not all(one.isdecimal() and one.isascii() for one in numbers):
        asked.wrong("annual_closed", f"«{part.strip()}» не разобрано. Пишите день и месяц: 30.12.")
        return ""
    return f"{int(numbers[1]):02}-{int(numbers[0]):02}"


def _regions() -> list[tuple[str, str]]:
    names = default_source().regions.names
    return sorted(((f"RU-{code}", name) for code, name in names.items()), key=lambda one: one[1])


# --- the page ---


def _page(
    request: SignedInRequest,
    place: Organisation,
    one: Unit | None,
    *,
    asked: Asked | None = None,
    preview: Preview | None = None,
    status: int = 200,
) -> HttpResponse:
    whose = one or place
    document = whose.schedule or _above(place)
    fields = (*_fields_of_week(document), *(() if one else _fields_of_place(place)))
    form = form_of((_source(place, one), *fields), "Применить", asked=asked)
    page = HoursPage(
        desk=desk_of(request, place, "units" if one else "hours"),
        title=f"Часы работы: {one.name}" if one else "Часы работы и календарь",
        back=Link(label="Органы и подразделения", url=reverse("admin_units", args=[place.pk])) if one else None,
        form=form,
        source=form.fields[0],
        week=as_sent(asked) if asked else week_of(document),
        fields=form.fields[1:],
        preview=preview,
        days=() if one else _days(place),
        day_new_url="" if one else reverse("admin_day_new", args=[place.pk]),
        calendar_years=_years(),
    )
    return render(request, "admin/hours.html", {"page": page}, status=status)


def _above(place: Organisation) -> dict[str, Any]:
    try:
        return document_of(place)
    except ScheduleError:
        return {}


def _source(place: Organisation, one: Unit | None) -> Field:
    act = acts.current(place)
    if one is not None:
        above = f"как у вышестоящих ({week_words(_above(place))})"
    else:
        above = f"как по умолчанию в «{act.short_title}» ({week_words(act.place.schedule)})" if act else "нет"
    own = (one or place).schedule is not None or (one is None and act is None)
    return Field(
        name="source",
        label="Чьи часы",
        kind=FieldKind.RADIOS,
        required=True,
        choices=choices((("above", above), ("own", "свои, как записано ниже")), "own" if own else "above"),
    )


def _fields_of_week(document: dict[str, Any]) -> tuple[Field, ...]:
    closed = [".".join(reversed(str(one).split("-"))) for one in document.get("annual_closed", ())]
    calendar = "none" if document.get("calendar") == "none" else "RU"
    return (
        Field(
            name="short_day",
            label="Предпраздничный день короче",
            kind=FieldKind.SELECT,
            required=True,
            choices=choices(SHORT_HOURS.items(), str(int(document.get("short_day_minus_hours", 1)))),
        ),
        Field(
            name="calendar",
            label="Праздники и переносы",
            kind=FieldKind.SELECT,
            required=True,
            choices=choices(CALENDARS.items(), calendar),
        ),
        Field(
            name="annual_closed",
            label="Закрыто каждый год",
            value=", ".join(closed),
            hint="Дни и месяцы через запятую: 30.12, 31.12.",
        ),
    )


def _fields_of_place(place: Organisation) -> tuple[Field, ...]:
    return (
        Field(
            name="zone",
            label="Часовой пояс",
            required=True,
            value=place.zone,
            max_length=64,
            hint="Имя из базы IANA: Europe/Moscow, Asia/Barnaul.",
        ),
        Field(
            name="region",
            label="Региональный календарь",
            kind=FieldKind.SELECT,
            choices=choices(_regions(), place.region, none="не выбран"),
        ),
        Field(
            name="regional_days",
            label="Выходные, объявленные регионом, здесь тоже выходные",
            kind=FieldKind.CHECKBOX,
            value="1" if place.regional_days else "",
            hint="Сроки в эти дни не идут.",
        ),
    )


def _days(place: Organisation) -> tuple[DayRow, ...]:
    now = today(place)
    rows = queries.changed_days(place)
    return tuple(
        DayRow(
            on=day(row.changes_on, now),
            hours=hours_of_day(row),
            unit=row.unit.name if row.unit else "",
            ground=row.ground,
            drop_url=reverse("admin_day_drop", args=[place.pk, row.pk]),
            past=row.changes_on < now,
        )
        for row in rows
    )


def _years() -> str:
    years = sorted(default_source().federal())
    return f"{years[0]}-{years[-1]}" if years else ""
