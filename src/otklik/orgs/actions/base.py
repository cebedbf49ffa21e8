"""Who acts, how it is recorded, how it is refused."""

import datetime as dt
import re
import zoneinfo
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID, uuid5

from django.db.models import Model

from otklik.journal import actions as journal_actions
from otklik.orgs import schedules
from otklik.orgs.models import Organisation, Unit
from otklik.worktime import describe

KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")


class Refused(Exception):
    """A write that cannot be: a code with facts. `otklik.orgs.words.sentence` says it in Russian."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts


@dataclass(frozen=True, slots=True, kw_only=True)
class By:
    """Who acts, under which command id (made by the caller: the same one again changes nothing), and when.

    `person_id` None: the program itself, or the command line.
    """

    person_id: int | None
    command_id: UUID
    now: dt.datetime

    def step(self, name: str) -> "By":
        """The same hand for one of several actions of one form: the id is made of the form's and the step's name."""
        return replace(self, command_id=uuid5(self.command_id, name))


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """An event of the organisation for the journal. Personal words go into `texts`, where they can be erased."""

    kind: str
    happened_at: dt.datetime
    payload: Mapping[str, object]
    texts: Mapping[str, str] = field(default_factory=dict)
    version: int = 1


def record(by: By, organisation_id: int, kind: str, payload: Mapping[str, object], **texts: str) -> None:
    """Append one event of the organisation to the journal, in the caller's transaction. Empty texts are left out."""
    change = Change(
        kind=kind, happened_at=by.now, payload=payload, texts={name: text for name, text in texts.items() if text}
    )
    command = journal_actions.Command(id=by.command_id, organisation_id=organisation_id, actor_id=by.person_id)
    journal_actions.append(command, incident_id=None, events=[change], now=by.now)


def done_before(by: By, organisation_id: int, kind: str) -> Mapping[str, Any] | None:
    """The payload that this command recorded when it first came; None if it has not come yet.

    :raises Refused: `command_taken`, when the id came with a command of another kind.
    """
    first = journal_actions.first_result(organisation_id, by.command_id)
    if first and first[0].kind != kind:
        raise Refused("command_taken")
    return first[0].payload if first else None


Changes = dict[str, tuple[object, object]]
"""Name of a field → what it was, what it is now."""


def changes_of(row: Model, values: Mapping[str, object]) -> Changes:
    """Which of `values` differ from what the row has."""
    return {name: (getattr(row, name), value) for name, value in values.items() if getattr(row, name) != value}


def put(row: Model, changes: Changes) -> None:
    """Store them in the row, and nothing else of it."""
    for name, (_, value) in changes.items():
        setattr(row, name, value)
    row.save(update_fields=list(changes))


def from_to(changes: Changes) -> dict[str, list[object]]:
    """Changes as the journal keeps them; personal words go into `texts` instead."""
    return {name: [was, now] for name, (was, now) in changes.items()}


def require_zone(zone: str) -> None:
    """
    :raises Refused: `unknown_zone`, unless it is an IANA name.
    """
    try:
        zoneinfo.ZoneInfo(zone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        raise Refused("unknown_zone", zone=zone) from None


def require_key(key: str) -> None:
    """
    :raises Refused: `bad_key`, unless it is a short Latin name.
    """
    if not KEY.match(key):
        raise Refused("bad_key", key=key)


def schedule_problems(error: schedules.ScheduleError) -> str:
    """Everything that is wrong with hours, in Russian."""
    return " ".join(describe(problem, "ru") for problem in error.problems)


def require_hours(organisation: Organisation) -> None:
    """
    :raises Refused: `bad_schedule`, where its hours cannot be obeyed.
    """
    try:
        schedules.of_organisation(organisation)
    except schedules.ScheduleError as error:
        raise Refused("bad_schedule", problems=schedule_problems(error)) from error


def require_unit_hours(unit: Unit) -> None:
    """
    :raises Refused: `bad_schedule`, where its hours cannot be obeyed.
    """
    try:
        schedules.of_unit(unit)
    except schedules.ScheduleError as error:
        raise Refused("bad_schedule", problems=schedule_problems(error)) from error
