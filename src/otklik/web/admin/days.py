"""Single days that differ: closed, other hours, a break; each looked at before it is done."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from otklik.orgs import actions, queries
from otklik.orgs.actions import Refused
from otklik.orgs.actions.base import schedule_problems
from otklik.orgs.models import Organisation, ScheduleChange
from otklik.orgs.rights import SignedInRequest
from otklik.orgs.schedules import Planned, ScheduleError
from otklik.orgs.words import sentence
from otklik.web.admin.asked import Asked, choices
from otklik.web.admin.door import BOTH, UNREADABLE, administers, by_hand_of, is_sent, see
from otklik.web.admin.pages import desk_of, form_of, today
from otklik.web.admin.people import unit_choices
from otklik.web.admin.preview import digest_of, preview_of, was_seen
from otklik.web.admin.view import FormPage, Group, Preview
from otklik.web.admin.week import hours as read_hours
from otklik.web.view import Field, FieldKind, Form, Link
from otklik.web.words import day

WHAT = {"closed": "закрыто весь день", "open": "другие часы работы", "break": "перерыв среди дня"}


def hours_of_day(row: ScheduleChange) -> str:
    """«закрыто», «10:00-14:00», «перерыв 10:00-11:00»."""
    if row.spans is None:
        return f"перерыв {', '.join(row.breaks)}"
    return ", ".join(row.spans) or "закрыто"


@administers(methods=BOTH)
def day_new(request: SignedInRequest, place: Organisation) -> HttpResponse:
    """A day that differs; another one for the same date takes the place of the first."""
    fields = _fields(place)
    if not is_sent(request):
        return _page(request, place, form_of(fields, "Применить"))
    asked = Asked(request.POST, place.zone)
    wanted = _read(asked, place)
    if wanted is None:
        return _page(request, place, form_of(fields, "Применить", asked=asked), status=UNREADABLE)
    digest = digest_of([wanted.unit_id, wanted.changes_on.isoformat(), wanted.spans, wanted.breaks, wanted.ground])
    try:
        if was_seen(request, digest):
            actions.change_day(
                place,
                unit=wanted.unit,
                changes_on=wanted.changes_on,
                spans=wanted.spans,
                breaks=wanted.breaks,
                ground=wanted.ground,
                by=by_hand_of(request),
            )
            return see("admin_hours", place.pk, done="hours")
        preview = preview_of(place, Planned(days=(wanted,)), digest)
    except Refused as refusal:
        asked.wrong("", sentence(refusal.code, refusal.facts))
    except ScheduleError as error:
        asked.wrong("", schedule_problems(error))
    else:
        return _page(request, place, form_of(fields, "Применить", asked=asked), preview=preview)
    return _page(request, place, form_of(fields, "Применить", asked=asked), status=UNREADABLE)


def day_of(place: Organisation, pk: int) -> ScheduleChange:
    """The day of the address."""
    return queries.changed_days(place).get(pk=pk)


@administers(day_of, methods=BOTH)
def day_drop(request: SignedInRequest, place: Organisation, row: ScheduleChange) -> HttpResponse:
    """The day has its usual hours again: looked at, and done by the same button."""
    form, status = form_of((), "Вернуть обычные часы", hidden=(("step", "apply"),)), 200
    if is_sent(request):
        try:
            actions.restore_day(row, by=by_hand_of(request))
            return see("admin_hours", place.pk, done="hours")
        except Refused as refusal:
            form = Form(button=form.button, command_id=form.command_id, errors=(sentence(refusal.code, refusal.facts),))
            status = UNREADABLE
    try:
        preview = preview_of(place, Planned(dropped=frozenset({row.pk})), "")
    except ScheduleError:
        preview = None
    page = FormPage(
        desk=desk_of(request, place, "hours"),
        title=f"Вернуть обычные часы: {day(row.changes_on, today(place))}",
        back=_back(place),
        form=form,
        consequences=(f"Особый день ({hours_of_day(row)}; {row.ground}) будет отменён.",),
        undo="Запишите особый день снова.",
        danger=True,
        preview=preview,
    )
    return render(request, "admin/form.html", {"page": page}, status=status)


def _fields(place: Organisation) -> tuple[Field, ...]:
    return (
        Field(name="on", label="Дата", kind=FieldKind.DATE, required=True),
        Field(
            name="what",
            label="Что в этот день",
            kind=FieldKind.RADIOS,
            required=True,
            choices=choices(WHAT.items(), "closed"),
        ),
        Field(
            name="hours",
            label="Часы",
            hint="Для других часов и для перерыва: 10:00-14:00. Несколько промежутков через запятую.",
        ),
        Field(
            name="unit",
            label="Для кого",
            kind=FieldKind.SELECT,
            choices=choices(unit_choices(place), none="вся организация"),
        ),
        Field(
            name="ground",
            label="Основание",
            required=True,
            max_length=500,
            hint="Распоряжение, авария, дежурство: почему день особый.",
        ),
    )


def _read(asked: Asked, place: Organisation) -> ScheduleChange | None:
    """The day that is wanted, not saved; None where something is wrong."""
    on = asked.day("on", required="Назовите дату.")
    what = asked.one_of("what", {key: key for key in WHAT}, required="Выберите, что в этот день.")
    units = {str(one.pk): one for one in queries.unit_tree(place)}
    unit = asked.one_of("unit", units)
    ground = asked.text("ground", required="Назовите основание.", longest=500)
    spans = read_hours(asked, "hours", asked.text("hours", longest=200))
    if what in {"open", "break"} and not spans and not asked.errors:
        asked.wrong("hours", "Впишите часы: 10:00-14:00.")
    if asked.errors or on is None:
        return None
    return ScheduleChange(
        organisation=place,
        unit=unit,
        changes_on=on,
        spans=None if what == "break" else (spans if what == "open" else []),
        breaks=spans if what == "break" else [],
        ground=ground,
    )


def _page(
    request: SignedInRequest, place: Organisation, form: Form, *, preview: Preview | None = None, status: int = 200
) -> HttpResponse:
    page = FormPage(
        desk=desk_of(request, place, "hours"),
        title="Особый день",
        back=_back(place),
        form=form,
        groups=(Group(title="", fields=form.fields),),
        lead="Закрытый день, дежурная суббота, отключение среди дня. Сначала посмотрите, какие сроки сдвинутся.",
        looks_first=True,
        preview=preview,
    )
    return render(request, "admin/form.html", {"page": page}, status=status)


def _back(place: Organisation) -> Link:
    return Link(label="Часы работы и календарь", url=reverse("admin_hours", args=[place.pk]))
