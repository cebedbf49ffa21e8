"""Small invented acts and incidents, written out, for the tests of the fold."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from otklik.process.deadline import Deadline
from otklik.process.deadlines import deadlines
from otklik.process.facts import Facts, Moment, TermSet
from otklik.process.schedules import ScheduleSet
from otklik.regulation.model import Act, MomentKind
from otklik.worktime import Schedule

MOSCOW = ZoneInfo("Europe/Moscow")
WEEK = {day: ["09:00-13:00", "13:45-18:00"] for day in ("mon", "tue", "wed", "thu")} | {
    "fri": ["09:00-13:00", "13:45-16:45"]
}
"""8 h 15 min a day and 7 h on Friday: the lunch is 45 minutes."""
HOURS = Schedule.from_document({"zone": "Europe/Moscow", "calendar": "RU", "week": WEEK})


def at(text: str) -> dt.datetime:
    """«2026-11-25 16:40» in Moscow."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=MOSCOW)


def step(name: str, kind: str, starts: str, ends: str, **keys: Any) -> dict[str, Any]:
    """A step; moments are words apart; `term` defaults to eight working hours."""
    made: dict[str, Any] = {
        "step": name,
        "kind": kind,
        "title": name,
        "clause": "1",
        "quote": "Сроки.",
        "role": "executor",
        "starts_on": starts.split(),
        "ends_on": ends.split(),
        "term": hours(8),
    }
    return made | keys


def hours(amount: float, **keys: Any) -> dict[str, Any]:
    return {"kind": "within", "literal": f"{amount} часов", "amount": amount, "unit": "hour"} | keys


def days(amount: float, **keys: Any) -> dict[str, Any]:
    return {"kind": "within", "literal": f"{amount} дней", "amount": amount, "unit": "day"} | keys


def before(amount: float, of: str = "reply", **keys: Any) -> dict[str, Any]:
    return {"kind": "before", "literal": f"за {amount} часов", "amount": amount, "unit": "hour", "of": of} | keys


def act(*steps: dict[str, Any], **policies: Any) -> Act:
    """An act of these steps with two classes of importance, `normal` and `high` (shortened)."""
    source = {"clause": "1", "quote": "Сроки."}
    roles = [{"role": role, "is": role, "words": role, **source} for role in ("executor", "curator", "head")]
    every = {
        "message_kinds": [{"kind": "incident", "words": "инцидент", **source}],
        "importance": [
            {"importance": "normal", "words": "обычная", **source},
            {"importance": "high", "words": "повышенная", "shortened": True, **source},
        ],
        "routing": source,
        "review": {"by": "curator", **source},
        "publishing": {"by": "executor", **source},
    }
    document = {
        "format": 1,
        "act": "small",
        "title": "Малый порядок",
        "short_title": "Малый",
        "issued_by": "Администрация",
        "in_force": {},
        "place": {
            "name": "Место",
            "zone": "Europe/Moscow",
            "schedule": {"zone": "Europe/Moscow", "calendar": "RU", "week": WEEK},
            "assumption": "для примера",
        },
        "people": {"roles": roles},
        "moments": [],
        "steps": list(steps),
        "policies": every | policies,
        "clauses": [{"clause": "1", "text": "Сроки."}],
    }
    return Act.model_validate(document)


def facts(*moments: str, importance: str = "normal", **keys: Any) -> Facts:
    """Moments written «detected 2026-11-25 16:40», with `part=1`, `body=x` or `class=high` behind."""
    return Facts("incident", importance, tuple(map(moment, moments)), **keys)


def moment(text: str) -> Moment:
    kind, day, time, *more = text.split()
    named = dict(word.split("=") for word in more)
    return Moment(
        MomentKind(kind),
        at(f"{day} {time}"),
        part=int(named["part"]) if "part" in named else None,
        body=named.get("body"),
        importance=named.get("class"),
    )


def rows(
    of: Act, happened: Facts, now: str = "2026-11-25 12:00", schedules: ScheduleSet | None = None
) -> list[Deadline]:
    return deadlines(happened, of, schedules or ScheduleSet(HOURS), at(now))


def table(found: list[Deadline]) -> list[str]:
    """«reply running 2026-11-26 16:25», one line a row; the part's number with a sign #."""
    return [
        " ".join(
            filter(
                None,
                [
                    row.step if row.part is None else f"{row.step}#{row.part}",
                    row.state.value,
                    "" if row.due_at is None else f"{row.due_at:%Y-%m-%d %H:%M}",
                ],
            )
        )
        for row in found
    ]


def term_set(step_name: str, set_at: str, **keys: Any) -> TermSet:
    return TermSet(step_name, at(set_at), by="curator", **keys)
