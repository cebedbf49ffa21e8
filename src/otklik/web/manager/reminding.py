"""What came of reminders: how many were sent, and why some were not."""

from collections.abc import Sequence

from django.urls import reverse

from otklik.incidents import editions, load
from otklik.incidents.load import Task
from otklik.incidents.models import Incident
from otklik.incidents.reminding import MOST_AT_ONCE, Reminded
from otklik.process.refusal import RefusalCode
from otklik.process.refusal_words import reason_words, refusal_words
from otklik.web.manager.realm import Desk
from otklik.web.manager.tasks import Wanted, address, step_title
from otklik.web.manager.view import Result, ResultsPage
from otklik.web.view import Link
from otklik.web.words import counted


def wanted_tasks(desk: Desk, wanted: Wanted) -> list[Task]:
    """Whom a press of the button reminds: of an incident, everybody; of a list, those who are silent."""
    found = wanted.of(desk.tasks)
    return found if wanted.incident is not None else [task for task in found if task.is_silent]


def reminded_page(desk: Desk, wanted: Wanted, asked: Sequence[Task], done: Sequence[Reminded]) -> ResultsPage:
    """The results, those that were not sent first."""
    incidents = load.incidents_of([one.task for one in done])
    shown = [_result(desk, one, incidents[one.task.incident_id]) for one in done if one.task.incident_id in incidents]
    sent = sum(one.done for one in shown)
    return ResultsPage(
        key=desk.organisation.pk,
        title="Напоминания",
        lead=_lead(sent, len(shown), len(asked)),
        results=tuple(sorted(shown, key=lambda one: one.done)),
        back=_back(desk, wanted),
    )


def _lead(sent: int, tried: int, asked: int) -> str:
    if not tried:
        return "Напоминать не о чем: просроченного, срочного и невзятого здесь нет."
    words = f"Отправлено: {counted(sent, 'напоминание|напоминания|напоминаний')}."
    if sent < tried:
        words += f" Не отправлено: {tried - sent}."
    if asked > MOST_AT_ONCE:
        words += f" За один раз напоминаем о {MOST_AT_ONCE} самых срочных; осталось {asked - MOST_AT_ONCE}."
    return f"{words} Записано в журнал каждого сообщения; письмо придёт тем, у кого указана почта."


def _result(desk: Desk, one: Reminded, incident: Incident) -> Result:
    why = ""
    if one.refusal is not None:
        act = editions.by_hash(incident.act_hash)
        short = one.refusal.code is RefusalCode.REMINDED_LATELY
        why = reason_words(one.refusal, act) if short else refusal_words(one.refusal, act)
    person = desk.names.get(one.task.holder_id or 0, "")
    whom = f"{desk.whose(one.task)}{', ' if person else ''}{person}"
    return Result(
        number=str(incident.number),
        url=reverse("card", args=[incident.pk]),
        about=f"{step_title(incident, one.task.step)}: {whom}",
        done=one.refusal is None,
        why=why,
    )


def _back(desk: Desk, wanted: Wanted) -> Link:
    if wanted.fields and wanted.incident is None:
        return Link(label="К списку", url=address(desk, wanted))
    return Link(label="К странице руководителя", url=reverse("manager_of", args=[desk.organisation.pk]))
