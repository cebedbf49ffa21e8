"""The list behind a number: tasks of one state, body, role or person."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from urllib.parse import urlencode

from django.urls import reverse

from otklik.incidents import editions, load
from otklik.incidents.load import Task
from otklik.incidents.models import Incident
from otklik.orgs.words import ROLE_WORDS
from otklik.regulation.model.people import OurRole
from otklik.web.chronometer import Chronometer
from otklik.web.clocks import no_clock, row_clock
from otklik.web.manager.realm import Desk
from otklik.web.manager.view import Reminder, TaskRow, TasksPage
from otklik.web.view import EmptyState, Link, Pager

PER_PAGE = 50
BEYOND_ACT = {"promise": "Обещанное автору"}
"""Titles of what an act has no step for."""


class What(StrEnum):
    """States of a task, as addresses name them."""

    OPEN = "open"
    LATE = "late"
    AT_RISK = "risk"
    TAKEN = "taken"
    UNTAKEN = "untaken"


TITLES = {
    What.OPEN: "Задачи в работе",
    What.LATE: "Просрочено",
    What.AT_RISK: "Под угрозой",
    What.TAKEN: "Взято в работу",
    What.UNTAKEN: "Никто не взял",
}
_TESTS: Mapping[What, Callable[[Task], bool]] = {
    What.OPEN: lambda _: True,
    What.LATE: lambda task: task.is_late,
    What.AT_RISK: lambda task: task.is_at_risk,
    What.TAKEN: lambda task: task.unit_id is not None and task.holder_id is not None,
    What.UNTAKEN: lambda task: task.is_untaken,
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is narrowed to. `role` only where the work lies in no body; `incident`: one incident's tasks."""

    what: What = What.OPEN
    unit: int | None = None
    role: OurRole | None = None
    person: int | None = None
    incident: int | None = None

    @classmethod
    def read(cls, given: Mapping[str, str]) -> "Wanted":
        """From an address or a form; what is not understood narrows nothing."""
        what, role = given.get("what", ""), given.get("role", "")
        return cls(
            What(what) if what in set(What) else What.OPEN,
            _number(given.get("unit", "")),
            OurRole(role) if role in set(OurRole) else None,
            _number(given.get("person", "")),
            _number(given.get("incident", "")),
        )

    @property
    def fields(self) -> tuple[tuple[str, str], ...]:
        """Names and values, of those that narrow."""
        known = {
            "what": "" if self.what is What.OPEN else self.what.value,
            "unit": self.unit or "",
            "role": self.role.value if self.role else "",
            "person": self.person or "",
            "incident": self.incident or "",
        }
        return tuple((name, str(value)) for name, value in known.items() if value)

    def of(self, tasks: Sequence[Task]) -> list[Task]:
        """Those of the tasks that are wanted, in their order."""
        return [task for task in tasks if self._wants(task)]

    def _wants(self, task: Task) -> bool:
        return (
            _TESTS[self.what](task)
            and self.unit in (None, task.unit_id)
            and (self.role is None or (task.unit_id is None and task.role is self.role))
            and self.person in (None, task.holder_id)
            and self.incident in (None, task.incident_id)
        )


def address(desk: Desk, wanted: Wanted, page: int = 1) -> str:
    """Where the list stands."""
    query = [*wanted.fields, *([("page", str(page))] if page > 1 else [])]
    path = reverse("manager_tasks", args=[desk.organisation.pk])
    return f"{path}?{urlencode(query)}" if query else path


def tasks_page(desk: Desk, wanted: Wanted, page: int) -> TasksPage:
    """One page of the list."""
    found = wanted.of(desk.tasks)
    last_page = max(1, -(-len(found) // PER_PAGE))
    page = min(max(1, page), last_page)
    first = (page - 1) * PER_PAGE
    shown = found[first : first + PER_PAGE]
    return TasksPage(
        key=desk.organisation.pk,
        title=TITLES[wanted.what],
        now=desk.now,
        rows=rows(desk, shown),
        empty=_empty(desk, wanted),
        pager=_pager(desk, wanted, page, last_page, first, len(shown), len(found)) if len(found) > PER_PAGE else None,
        narrowed=_narrowed(desk, wanted),
        reminder=reminder(desk, found, wanted, "всем в этом списке"),
    )


def rows(desk: Desk, tasks: Sequence[Task]) -> tuple[TaskRow, ...]:
    """The rows of these tasks: one query for their incidents."""
    incidents = load.incidents_of(tasks)
    return tuple(_row(desk, task, incidents[task.incident_id]) for task in tasks if task.incident_id in incidents)


def reminder(desk: Desk, tasks: list[Task], wanted: Wanted, about: str) -> Reminder | None:
    """The button for those of the tasks worth a reminder; None: there are none."""
    silent = [task for task in tasks if task.is_silent]
    if not silent:
        return None
    return Reminder(about=about, fields=wanted.fields, last_at=desk.reminded_at(silent))


def step_title(incident: Incident, step: str) -> str:
    """A step in the words of the incident's act."""
    act = editions.by_hash(incident.act_hash)
    return next((one.title for one in act.steps if one.step == step), BEYOND_ACT.get(step, "Шаг"))


def _row(desk: Desk, task: Task, incident: Incident) -> TaskRow:
    work = f"t{task.incident_id}-{task.step}{task.part or ''}"
    return TaskRow(
        key=incident.pk,
        work=work,
        number=str(incident.number),
        excerpt=incident.excerpt or "(без текста)",
        step=step_title(incident, task.step),
        whose=desk.whose(task),
        person=desk.names.get(task.holder_id or 0, ""),
        clause=task.clause,
        chronometer=_clock(desk, task, incident, work),
        untaken=task.is_untaken,
        reminder=Reminder(
            about=f"по № {incident.number}",
            fields=Wanted(incident=incident.pk).fields,
            last_at=desk.reminded_at([task]),
        ),
    )


def _clock(desk: Desk, task: Task, incident: Incident, work: str) -> Chronometer:
    title = step_title(incident, task.step_due)
    if task.due_at is None:
        return no_clock(work, title, desk.now)
    return row_clock(desk.schedule, desk.now, key=work, title=title, starts_at=task.starts_at, due_at=task.due_at)


def _narrowed(desk: Desk, wanted: Wanted) -> tuple[Link, ...]:
    found = []
    if wanted.unit is not None:
        unit = desk.units.get(wanted.unit)
        off = replace(wanted, unit=None)
        found.append(Link(label=unit.name if unit else "Орган", url=address(desk, off)))
    if wanted.role is not None:
        found.append(Link(label=ROLE_WORDS[wanted.role], url=address(desk, replace(wanted, role=None))))
    if wanted.person is not None:
        name = desk.names.get(wanted.person, "Сотрудник")
        found.append(Link(label=name, url=address(desk, replace(wanted, person=None))))
    return tuple(found)


def _empty(desk: Desk, wanted: Wanted) -> EmptyState:
    back = Link(label="К странице руководителя", url=reverse("manager_of", args=[desk.organisation.pk]))
    texts = {
        What.LATE: ("Просроченного нет", "Все сроки соблюдаются."),
        What.AT_RISK: ("Ничто не под угрозой", "Ни один срок не подходит к концу."),
        What.UNTAKEN: ("Всё взято", "За каждой задачей в органах кто-то есть."),
    }
    title, text = texts.get(wanted.what, ("Здесь пусто", "Таких задач сейчас нет."))
    return EmptyState(title=title, text=text, link=back)


def _pager(desk: Desk, wanted: Wanted, page: int, last_page: int, first: int, shown: int, total: int) -> Pager:
    return Pager(
        first=first + 1,
        last=first + shown,
        total=total,
        previous_url=address(desk, wanted, page - 1) if page > 1 else "",
        next_url=address(desk, wanted, page + 1) if page < last_page else "",
    )


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def since(at: dt.datetime | None, desk: Desk) -> dt.datetime | None:
    """An instant in the organisation's zone."""
    return None if at is None else at.astimezone(desk.now.tzinfo)
