"""The lesson for the newcomer on duty: an invented message, the organisation's own act, hours and calendar."""

import datetime as dt
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.urls import reverse

from otklik import worktime
from otklik.orgs import acts
from otklik.orgs import queries as orgs
from otklik.orgs.models import Organisation
from otklik.orgs.schedules import schedules_for
from otklik.process.lesson import Stage, lesson
from otklik.process.schedules import ScheduleSet
from otklik.regulation.model import Act, MomentKind
from otklik.web.clocks import clock_of
from otklik.web.duty.view import Lesson, TrainingPage
from otklik.web.duty.words import at_words, clock_words
from otklik.web.view import EmptyState, Link
from otklik.worktime import Schedule

MESSAGE = "«Во дворе на Садовой, 5 вторые сутки не горят фонари, дети возвращаются из школы в темноте»."
HAPPENED = {
    MomentKind.DETECTED: "Сообщение выявлено",
    MomentKind.SELECTED: "Сообщение взято в работу",
    MomentKind.RECEIVED: "Сообщение получено",
    MomentKind.ROUTED: "Сообщение направлено в орган",
    MomentKind.DRAFT_IN: "Проект ответа поступил на согласование",
    MomentKind.APPROVED: "Проект согласован",
    MomentKind.PUBLISHED: "Ответ размещён",
}
NEXT = {
    MomentKind.DETECTED: "Дальше: отобрать и направить",
    MomentKind.SELECTED: "Дальше: направить по компетенции",
}
LATE_EVENING = dt.time(23, 40)
FURTHEST = dt.timedelta(days=366)
"""How far from now a lesson may begin."""


def training_page(organisation: Organisation | None, now: dt.datetime, *, given: str = "") -> TrainingPage:
    """The lesson. `given`: when the message comes, `YYYY-MM-DDTHH:MM` on the organisation's clock; else now, or, in
    working time, the next evening off.

    :raises ScheduleError: the organisation's hours cannot be obeyed.
    """
    act = acts.current(organisation) if organisation is not None else None
    if organisation is None or act is None:
        return TrainingPage(
            organisation="",
            act_title="",
            at="",
            message="",
            stages=(),
            starts=(),
            empty=EmptyState(
                title="Учиться не на чем",
                text="У вас пока нет роли в организации с действующим порядком. Роли назначает администратор.",
                done=False,
            ),
        )
    local = now.astimezone(ZoneInfo(organisation.zone)).replace(second=0, microsecond=0)
    schedules = schedules_for(organisation, now)
    at = _given(given, local) or (
        _evening_off(schedules.own, local) if worktime.is_open(schedules.own, local) else local
    )
    body = next((key for key, unit in orgs.units_of(organisation.pk).items() if unit.is_active), None)
    stages = lesson(act, schedules, at, body=body)
    return TrainingPage(
        organisation=organisation.short_name,
        act_title=act.short_title,
        at=f"{at:%Y-%m-%dT%H:%M}",
        message=MESSAGE,
        stages=tuple(_stage(one, number, act, schedules) for number, one in enumerate(stages)),
        starts=_starts(schedules.own, local, at),
        empty=EmptyState(title="", text=""),
    )


def _given(text: str, now: dt.datetime) -> dt.datetime | None:
    try:
        at = dt.datetime.fromisoformat(text).replace(tzinfo=now.tzinfo, second=0, microsecond=0)
    except ValueError:
        return None
    return at if abs(at - now) <= FURTHEST else None


def _evening_off(schedule: Schedule, now: dt.datetime) -> dt.datetime:
    """The next day off, late in the evening."""
    on = now.date()
    while worktime.is_working_day(schedule, on):
        on += dt.timedelta(days=1)
        if (on - now.date()).days > FURTHEST.days:
            break
    return dt.datetime.combine(on, LATE_EVENING, now.tzinfo)


def _starts(schedule: Schedule, now: dt.datetime, at: dt.datetime) -> tuple[Link, ...]:
    opening = worktime.next_opening(schedule, now + dt.timedelta(days=1))
    closing = worktime.closing(schedule, opening.date()) or opening
    offered = (
        ("Сейчас", now),
        ("Вечер выходного, 23:40", _evening_off(schedule, now)),
        ("Утро рабочего дня", opening.replace(second=0, microsecond=0)),
        ("За 10 минут до конца дня", closing - dt.timedelta(minutes=10)),
    )
    path = reverse("duty_training")
    return tuple(
        Link(label=label, url="" if one == at else f"{path}?{urlencode({'at': f'{one:%Y-%m-%dT%H:%M}'})}")
        for label, one in offered
    )


def _stage(stage: Stage, number: int, act: Act, schedules: ScheduleSet) -> Lesson:
    now = stage.at.astimezone(schedules.own.tzinfo)
    reply = stage.reply or (stage.running[-1] if stage.running else None)
    due = "" if stage.is_last or reply is not None else "Этому шагу акт срока не ставит."
    if reply is not None and reply.due_at is not None:
        due = f"Срок ответа истечёт {at_words(reply.due_at.astimezone(now.tzinfo), now)}."
    who = next((role.words for role in act.people.roles if stage.step and role.role == stage.step.role), "")
    return Lesson(
        title=HAPPENED[stage.happened],
        now=now,
        clock=clock_words(schedules.own, now),
        due=due,
        todo=stage.step.title if stage.step else NEXT.get(stage.happened, ""),
        who=who,
        clause=stage.step.clause if stage.step else "",
        terms=tuple(
            clock_of(row, schedules, now, key=f"lesson-{number}-{index}") for index, row in enumerate(stage.running)
        ),
    )
