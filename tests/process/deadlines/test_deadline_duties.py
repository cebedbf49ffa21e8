"""Duties that belong to no single message, each policy obeyed and each threshold just below, at and above."""

import datetime as dt
from typing import Any

import pytest

from otklik.process.deadline import DeadlineState
from otklik.process.duties import (
    BodyRecord,
    Official,
    PageRecord,
    escalated,
    posts,
    rating,
    report_deadline,
    reports_due,
    told_of_deficiency,
)
from otklik.process.periods import Period, period_of, periods_ended
from otklik.process.schedules import ScheduleSet
from otklik.regulation.model.policies import Deficiency, EscalationLevel, PostNorm, Rating
from otklik.regulation.parse import load_act
from tests.process.deadlines.build import HOURS, act, at, step

SOURCE: dict[str, Any] = {"clause": "1", "quote": "Сроки."}
DAY = dt.date


@pytest.mark.parametrize(
    ("every", "day", "expected"),
    [
        ("day", DAY(2026, 11, 25), (DAY(2026, 11, 25), DAY(2026, 11, 25))),
        ("week", DAY(2026, 11, 23), (DAY(2026, 11, 23), DAY(2026, 11, 29))),
        ("week", DAY(2026, 11, 29), (DAY(2026, 11, 23), DAY(2026, 11, 29))),
        ("month", DAY(2028, 2, 29), (DAY(2028, 2, 1), DAY(2028, 2, 29))),
        ("quarter", DAY(2026, 12, 31), (DAY(2026, 10, 1), DAY(2026, 12, 31))),
        ("quarter", DAY(2026, 2, 1), (DAY(2026, 1, 1), DAY(2026, 3, 31))),
    ],
)
def test_the_period_of_a_day(every: Any, day: dt.date, expected: tuple[dt.date, dt.date]) -> None:
    assert period_of(every, day) == Period(*expected)


def test_periods_that_have_ended() -> None:
    months = list(periods_ended("month", DAY(2026, 9, 30), DAY(2026, 11, 30)))
    assert [period.last_on for period in months] == [DAY(2026, 9, 30), DAY(2026, 10, 31)]
    assert list(periods_ended("month", DAY(2026, 11, 1), DAY(2026, 11, 30))) == []
    assert len(list(periods_ended("month", DAY(2026, 11, 1), DAY(2026, 12, 1)))) == 1


def test_the_monthly_memo_of_ukhta() -> None:
    ukhta = load_act("ukhta-2021-960").act
    schedules = ScheduleSet(HOURS)
    (due,) = reports_due(ukhta, schedules, DAY(2026, 11, 1), at("2026-12-01 00:00"))
    assert due.deadline is not None
    assert (due.policy.to, due.deadline.clause, due.deadline.due_at) == ("head", "22", at("2026-12-10 18:00"))
    assert reports_due(ukhta, schedules, DAY(2026, 11, 1), at("2026-11-30 23:59")) == []
    assert due.period is not None
    made = report_deadline(
        ukhta, due.policy, due.period, schedules, at("2026-12-11 09:00"), reported_at=at("2026-12-10 18:00")
    )
    assert made is not None
    assert made.state is DeadlineState.MET


def test_a_report_without_a_day_and_one_on_instruction() -> None:
    schedules = ScheduleSet(HOURS)
    (monthly,) = reports_due(load_act("altai-2020-132").act, schedules, DAY(2026, 11, 1), at("2026-12-01 00:00"))
    assert (monthly.period, monthly.deadline) == (Period(DAY(2026, 11, 1), DAY(2026, 11, 30)), None)
    kalininsky = load_act("kalininsky").act
    assert reports_due(kalininsky, schedules, DAY(2026, 1, 1), at("2026-12-01 00:00")) == []
    (asked,) = reports_due(kalininsky, schedules, DAY(2026, 1, 1), at("2026-12-01 00:00"), instructed=True)
    assert (asked.policy.clause, asked.period) == ("21", None)


def test_a_weekly_report() -> None:
    report = {"every": "week", "to": "head", "by": "curator", "contents": ["results"], **SOURCE}
    term = {"kind": "by_weekday", "literal": "в понедельник", "weekday": 1}
    weekly = act(step("weekly", "report", "period_ended", "reported", term=term), periodic_reports=[report])
    found = reports_due(weekly, ScheduleSet(HOURS), DAY(2026, 11, 16), at("2026-11-30 09:00"))
    assert [one.deadline.due_at for one in found if one.deadline] == [at("2026-11-23 18:00"), at("2026-11-30 18:00")]
    assert [one.deadline.state for one in found if one.deadline] == [DeadlineState.LATE, DeadlineState.RUNNING]


def test_a_rating_leaves_out_bodies_with_too_few_replies() -> None:
    policy = Rating(rating="timeliness", by="timeliness", minimum_sample=10, **SOURCE)
    records = [
        BodyRecord("roads", 10, on_time=9),
        BodyRecord("parks", 9, on_time=9),
        BodyRecord("heating", 20, on_time=20),
        BodyRecord("lifts", 100, on_time=90),
        BodyRecord("silent", 0),
    ]
    assert [(one.body, one.place, one.share) for one in rating(policy, records)] == [
        ("heating", 1, 1.0),
        ("lifts", 2, 0.9),
        ("roads", 2, 0.9),
        ("parks", None, 1.0),
        ("silent", None, None),
    ]


def test_a_rating_by_reopened_incidents_prefers_fewer() -> None:
    policy = Rating(rating="reopened", by="reopened", minimum_sample=1, **SOURCE)
    found = rating(policy, [BodyRecord("a", 10, reopened=3), BodyRecord("b", 10, reopened=1)])
    assert [one.body for one in found] == ["b", "a"]
    satisfied = Rating(rating="satisfied", by="satisfaction", minimum_sample=1, **SOURCE)
    found = rating(satisfied, [BodyRecord("a", 10, satisfied=3), BodyRecord("b", 10, satisfied=1)])
    assert [one.body for one in found] == ["a", "b"]


OFFICIALS = [
    Official("head", "head"),
    Official("roads", "deputy", frozenset({"roads"})),
    Official("homes", "deputy", frozenset({"housing", "heating"})),
    Official("press", "curator"),
]


@pytest.mark.parametrize(
    ("by_field", "field", "told", "unanswered"),
    [
        (True, "roads", ["head", "roads"], False),  # L 19: the head is told of all, a deputy of his field
        (True, None, ["head", "roads", "homes"], False),
        (False, "roads", ["head", "roads", "homes"], False),
    ],
)
def test_who_is_told_of_deficiencies(by_field: bool, field: str | None, told: list[str], unanswered: bool) -> None:
    found = told_of_deficiency(Deficiency(to=("head", "deputy"), by_field=by_field, **SOURCE), field, OFFICIALS)
    assert ([official.key for official in found.officials], found.unanswered) == (told, unanswered)


def test_a_field_for_which_nobody_answers_is_told_to_all() -> None:
    found = told_of_deficiency(Deficiency(to=("deputy",), by_field=True, **SOURCE), "schools", OFFICIALS)
    assert ([official.key for official in found.officials], found.unanswered) == (["roads", "homes"], True)


@pytest.mark.parametrize(("breaches", "levels"), [(3, []), (4, [1]), (6, [1]), (7, [2, 1])])
def test_more_than_three_breaches_a_month(breaches: int, levels: list[int]) -> None:
    policy = [
        EscalationLevel(level=1, more_than_breaches=3, in_period="month", to="deputy", **SOURCE),
        EscalationLevel(level=2, more_than_breaches=6, in_period="month", to="head", **SOURCE),
    ]
    days = [DAY(2026, 11, 1 + number) for number in range(breaches)] + [DAY(2026, 10, 31)] * 9
    found = escalated(policy, days, DAY(2026, 11, 25))
    assert [one.level.level for one in found] == levels
    assert all(one.breaches == breaches for one in found)


def test_posts_of_a_class_of_pages() -> None:
    norms = [
        PostNorm(page_class="main", posts=3, in_period="week", **SOURCE),
        PostNorm(page_class="school", posts=1, in_period="day", recommended=True, **SOURCE),
    ]
    week = [DAY(2026, 11, 23), DAY(2026, 11, 29), DAY(2026, 11, 30)]
    pages = [PageRecord("ours", "main", tuple(week)), PageRecord("no 5", "school", ()), PageRecord("other", "club", ())]
    found = posts(norms, pages, DAY(2026, 11, 25))
    assert [(one.page, one.posts, one.shortfall, one.is_breach) for one in found] == [
        ("ours", 2, 1, True),
        ("no 5", 0, 1, False),  # advice: a shortfall is shown, and is no breach
    ]


def test_ten_posts_a_week_are_advice_in_lesozavodsk() -> None:
    norms = load_act("lesozavodsk-2022-215").act.policies.post_norms
    (norm,) = norms
    posted = PageRecord("ours", norm.page_class, (DAY(2026, 11, 25),) * 9)
    (found,) = posts(norms, [posted], DAY(2026, 11, 25))
    assert (found.norm.clause, found.shortfall, found.is_breach) == ("A2 2.2", 1, False)
