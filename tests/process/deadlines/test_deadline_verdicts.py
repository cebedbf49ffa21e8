"""What the journal must say of terms, once, and what it keeps whatever comes later."""

from typing import Any

import pytest

from otklik.process.deadline import Deadline, DeadlineState
from otklik.process.deadlines import deadlines
from otklik.process.records import Verdict
from otklik.process.schedules import ScheduleSet
from otklik.process.verdicts import is_breach, key_of, next_change_at, redated, settled, verdicts_due, warnings_due
from otklik.regulation.model import Act
from otklik.worktime import closed_day, own_layer
from tests.process.deadlines.build import HOURS, act, at, before, facts, hours, rows, step

REPLY = act(step("reply", "reply", "detected", "published"))  # due at 17:45
DETECTED = "detected 2026-11-25 09:00"


def said(found: list[Deadline], given: tuple[Verdict, ...] = ()) -> list[str]:
    return [f"{one.step} {one.state} {one.due_at:%d %H:%M}" for one in verdicts_due(found, given)]


@pytest.mark.parametrize(
    ("moments", "now", "expected"),
    [
        ([], "2026-11-25 17:45", []),
        ([], "2026-11-25 17:45:01", ["reply late 25 17:45"]),
        (["published 2026-11-25 17:45"], "2026-11-25 17:45", ["reply met 25 17:45"]),
        (["published 2026-11-25 17:46"], "2026-11-25 17:46", ["reply met_late 25 17:45"]),
    ],
)
def test_written_when_met_or_passed(moments: list[str], now: str, expected: list[str]) -> None:
    assert said(rows(REPLY, facts(DETECTED, *moments), now)) == expected


def test_written_once_and_a_late_one_gets_a_second_word_when_it_is_met() -> None:
    late = rows(REPLY, facts(DETECTED), "2026-11-26 09:00")
    (first,) = verdicts_due(late, ())
    assert said(late, (first,)) == []
    done = rows(REPLY, facts(DETECTED, "published 2026-11-26 10:00"), "2026-11-26 10:00")
    (second,) = verdicts_due(done, (first,))
    assert (second.state, second.ended_at) == ("met_late", at("2026-11-26 10:00"))
    assert verdicts_due(done, (second,)) == []
    assert (is_breach(first), is_breach(second)) == (True, True)


def test_none_for_what_was_put_aside_or_lapsed() -> None:
    small = act(
        step("return", "return", "routed", "returned", optional=True, term=hours(0.5)),
        step("draft", "draft", "detected", "draft_in", term=before(2)),
        step("reply", "reply", "detected", "published"),
    )
    happened = facts(DETECTED, "routed 2026-11-25 10:00", "published 2026-11-25 11:00")
    assert said(rows(small, happened, "2026-11-26 09:00")) == ["reply met 25 17:45"]


def test_advice_gets_a_verdict_that_is_no_breach() -> None:
    advice = act(step("reply", "reply", "detected", "published", term=hours(1, recommended=True)))
    (verdict,) = verdicts_due(rows(advice, facts(DETECTED)), ())
    assert (verdict.state, is_breach(verdict)) == ("late", False)


def test_one_breach_for_one_duty_when_the_class_is_raised_after_it() -> None:
    two = act(
        step("reply", "reply", "detected", "published", applies_to={"importance": ["normal"]}),
        step("reply", "reply", "detected", "published", term=hours(4), applies_to={"importance": ["high"]}, clause="2"),
    )
    found = rows(two, facts(DETECTED, "importance_raised 2026-11-26 09:30"), "2026-11-26 10:00")
    assert [row.state for row in found] == [DeadlineState.LATE, DeadlineState.LATE]
    given = verdicts_due(found, ())
    assert [f"{one.step} {one.state} {one.clause}" for one in given] == ["reply late 1"]
    assert [row.due_at for row in settled(found, given)] == [row.due_at for row in found]


def _with_day_off() -> ScheduleSet:
    """The 26th is closed after all: an emergency entered later."""
    return ScheduleSet(HOURS.with_layers(own_layer([closed_day(at("2026-11-26 00:00").date())])))


def test_a_later_calendar_moves_what_runs_and_never_a_verdict() -> None:
    small = act(
        step("reply", "reply", "detected", "published", term=hours(16)),
        step("route", "hand_over", "detected", "routed"),
    )
    happened, now = facts(DETECTED, "routed 2026-11-25 10:00"), at("2026-11-25 12:00")
    was = deadlines(happened, small, ScheduleSet(HOURS), now)
    given = verdicts_due(was, ())
    is_now = settled(deadlines(happened, small, _with_day_off(), now), given)
    (moved,) = redated(was, is_now)
    assert (moved.step, moved.old_due_at, moved.new_due_at) == ("reply", at("2026-11-26 17:30"), is_now[0].due_at)
    assert is_now[0].due_at == at("2026-11-30 09:45")
    assert is_now[1].state is DeadlineState.MET
    assert is_now[1].calendar_version == HOURS.calendar_version


def test_a_breach_stays_when_the_calendar_would_undo_it() -> None:
    small = act(step("reply", "reply", "detected", "published", term=hours(12)))
    happened = facts("detected 2026-11-25 12:00")
    late = deadlines(happened, small, ScheduleSet(HOURS), at("2026-11-26 17:00"))
    given = verdicts_due(late, ())
    fresh = deadlines(happened, small, _with_day_off(), at("2026-11-26 17:00"))
    assert fresh[0].state is DeadlineState.RUNNING
    (kept,) = settled(fresh, given)
    assert (kept.state, kept.due_at) == (DeadlineState.LATE, late[0].due_at)


def test_a_correction_by_a_person_has_the_last_word() -> None:
    late = rows(REPLY, facts(DETECTED, "published 2026-11-25 17:46"), "2026-11-26 09:00")
    (verdict,) = verdicts_due(late, ())
    corrected = _replaced(verdict, state="met", corrected=True)
    (row,) = settled(late, [corrected])
    assert row.state is DeadlineState.MET
    assert verdicts_due([row], [corrected]) == []


def _replaced(verdict: Verdict, **keys: Any) -> Verdict:
    return Verdict(**{name: getattr(verdict, name) for name in Verdict.__slots__} | keys)


def _warned() -> Act:
    warning = {"clause": "1", "quote": "Сроки.", "before": before(1), "to": "head"}
    return act(step("reply", "reply", "detected", "published", warning=warning))


def test_when_time_alone_changes_something() -> None:
    found = rows(_warned(), facts(DETECTED), "2026-11-25 12:00")
    assert next_change_at(found, at("2026-11-25 12:00")) == at("2026-11-25 16:45")
    assert next_change_at(found, at("2026-11-25 16:50")) == at("2026-11-25 17:45")
    assert next_change_at(rows(_warned(), facts(DETECTED), "2026-11-26 12:00"), at("2026-11-26 12:00")) is None


def test_who_is_to_be_warned_now_and_once() -> None:
    found = rows(_warned(), facts(DETECTED), "2026-11-25 16:45")
    key = key_of(found[0])
    assert key is not None
    assert warnings_due(found, [], at("2026-11-25 16:44:59")) == []
    assert warnings_due(found, [], at("2026-11-25 16:45")) == found
    assert warnings_due(found, [key], at("2026-11-25 16:45")) == []
