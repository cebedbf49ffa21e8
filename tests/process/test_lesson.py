"""The lesson: an invented message goes through each act from end to end, on its own hours."""

import datetime as dt

import pytest

from otklik.process.lesson import lesson
from otklik.process.schedules import ScheduleSet
from otklik.regulation.model import MomentKind
from otklik.regulation.parse import load_act, shipped_acts
from otklik.worktime import Schedule

SATURDAY, LATE = dt.date(2026, 11, 28), dt.time(23, 40)


@pytest.mark.parametrize("name", shipped_acts())
@pytest.mark.parametrize("days", [0, -1, 1, 33])
def test_from_detection_to_the_reply_within_every_term(name: str, days: int) -> None:
    act = load_act(name).act
    schedules = ScheduleSet(Schedule.from_document(act.place.schedule))
    starts_at = dt.datetime.combine(SATURDAY + dt.timedelta(days=days), LATE, schedules.own.tzinfo)
    stages = lesson(act, schedules, starts_at, body="roads")
    assert (stages[0].happened, stages[0].at) == (MomentKind.DETECTED, starts_at)
    assert stages[-1].happened is MomentKind.PUBLISHED
    assert [one.at for one in stages] == sorted(one.at for one in stages)
    assert all(row.due_at is None or row.due_at >= one.at for one in stages for row in one.running)
    assert any(one.reply for one in stages[:-1])
    assert stages[-1].reply is None
    assert [one.is_last for one in stages].index(True) == len(stages) - 1


def test_on_a_saturday_night_the_terms_start_on_monday() -> None:
    """A 4, A 6: 30 working minutes to route, nine working hours to answer, from Monday's opening."""
    act = load_act("altai-2020-132").act
    schedules = ScheduleSet(Schedule.from_document(act.place.schedule))
    first = lesson(act, schedules, dt.datetime.combine(SATURDAY, LATE, schedules.own.tzinfo))[0]
    due = {row.step: f"{row.due_at:%d.%m %H:%M}" for row in first.running}
    assert due["route"] == "30.11 09:30"
    assert due["reply"] == "01.12 09:45"
