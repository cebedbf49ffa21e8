"""Whatever happens in whatever order under any of the five acts: every deadline has a clause, the fold is stable."""

import datetime as dt
from itertools import groupby

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from otklik.process.deadline import DeadlineState
from otklik.process.deadlines import deadlines, walk
from otklik.process.explained import explained
from otklik.process.facts import Facts, Moment
from otklik.process.records import Verdict
from otklik.process.schedules import ScheduleSet
from otklik.process.verdicts import settled, verdicts_due
from otklik.regulation.model import MomentKind
from otklik.regulation.model.terms import TermKind
from otklik.regulation.parse import load_act, shipped_acts
from otklik.worktime import Schedule

ACTS = {name: load_act(name).act for name in shipped_acts()}
SCHEDULES = {name: ScheduleSet(Schedule.from_document(act.place.schedule)) for name, act in ACTS.items()}
START = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)

_minutes = st.integers(0, 60 * 24 * 40)
_moments = st.lists(
    st.builds(
        lambda kind, minutes, part: Moment(kind, START + dt.timedelta(minutes=minutes), part),
        st.sampled_from(list(MomentKind)),
        _minutes,
        st.sampled_from([None, None, 1, 2]),
    ),
    max_size=14,
)
_classes = st.sampled_from(["normal", "high"])
_names = st.sampled_from(sorted(ACTS))


def _facts(name: str, moments: list[Moment], importance: str, *, repeat: bool = False) -> Facts:
    return Facts(ACTS[name].policies.message_kinds[0].kind, importance, tuple(moments), repeat)


@pytest.mark.slow
@settings(max_examples=100, deadline=None)
@given(_names, _moments, _classes, _minutes, st.booleans())
def test_rows_hold_together(name: str, moments: list[Moment], importance: str, minutes: int, repeat: bool) -> None:
    act, schedules, now = ACTS[name], SCHEDULES[name], START + dt.timedelta(minutes=minutes)
    facts = _facts(name, moments, importance, repeat=repeat)
    found = deadlines(facts, act, schedules, now)
    clauses = {step.clause: step.quote for step in act.steps}
    for row in found:
        assert row.clause in clauses
        assert row.quote
        never_set = row.state is DeadlineState.DROPPED and row.explanation.facts["term"] == TermKind.SET_BY_PERSON
        assert (row.due_at is None) == (row.state is DeadlineState.WAITING or never_set)
        if row.starts_at and row.due_at:
            no_time = bool(row.explanation.facts.get("no_time_left"))
            assert (row.due_at < row.starts_at) == no_time
            assert row.ended_at is None or row.ended_at >= row.starts_at or no_time
        if row.state is DeadlineState.MET:
            assert row.ended_at is not None
            assert row.due_at is not None
            assert row.ended_at <= row.due_at
        if row.state is DeadlineState.RUNNING:
            assert row.due_at is not None
            assert now <= row.due_at
    # Rows of a step stand together, its counts are numbered in order, and only the last may be open.
    together = [step for step, _ in groupby(row.step for row in found)]
    assert len(together) == len(set(together))
    for key in {(row.step, row.part) for row in found}:
        rows = [row for row in found if (row.step, row.part) == key]
        assert not any(row.is_open for row in rows[:-1])


@pytest.mark.slow
@settings(max_examples=50, deadline=None)
@given(_names, _moments, _classes, _minutes)
def test_the_fold_is_stable(name: str, moments: list[Moment], importance: str, minutes: int) -> None:
    act, schedules, now = ACTS[name], SCHEDULES[name], START + dt.timedelta(minutes=minutes)
    facts = _facts(name, moments, importance)
    first = deadlines(facts, act, schedules, now)
    assert deadlines(facts, act, schedules, now) == first
    in_order = sorted(moments, key=lambda moment: moment.at)
    assert deadlines(_facts(name, in_order, importance), act, schedules, now) == first
    fresh = act.model_validate(act.model_dump(by_alias=True))
    assert deadlines(facts, fresh, schedules, now) == first


@pytest.mark.slow
@settings(max_examples=50, deadline=None)
@given(_names, _moments, _classes)
def test_a_breach_is_never_rewritten(name: str, moments: list[Moment], importance: str) -> None:
    """Verdicts written as time goes by are those that a recomputation at the end would give."""
    act, schedules = ACTS[name], SCHEDULES[name]
    in_order = sorted(moments, key=lambda moment: moment.at)
    given_so_far: list[Verdict] = []
    for place in range(1, len(in_order) + 1):
        now = in_order[place - 1].at
        given_so_far += verdicts_due(
            deadlines(_facts(name, in_order[:place], importance), act, schedules, now), given_so_far
        )
    end = deadlines(_facts(name, in_order, importance), act, schedules, START + dt.timedelta(days=60))
    late = {(one.step, one.starts_at, one.part) for one in given_so_far if one.state != "met"}
    for row in settled(end, given_so_far):
        if (row.step, row.starts_at, row.part) in late and not row.is_superseded:
            assert row.state in (DeadlineState.LATE, DeadlineState.MET_LATE)


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(_names, _moments, _classes, _minutes)
def test_every_row_explains_itself(name: str, moments: list[Moment], importance: str, minutes: int) -> None:
    act, schedules, now = ACTS[name], SCHEDULES[name], START + dt.timedelta(minutes=minutes)
    for row in deadlines(_facts(name, moments, importance), act, schedules, now):
        for lang in ("ru", "en"):
            lines = explained(row, schedules, lang)
            assert lines
            assert all("{" not in line and "None" not in line for line in lines)
        found = walk(row, schedules)
        if found is not None and row.explanation.rule == "working_time":
            assert found.total.total_seconds() / 3600 == pytest.approx(
                float(str(row.explanation.facts["amount"])) / (60 if row.explanation.facts["unit"] == "minute" else 1)
            )
