"""What the checker says of the five acts: where they leave no time, what they are silent about, what does not hold."""

from datetime import timedelta
from functools import cache

import pytest

from otklik.process.checker import Checked, Finding, Path, Scenario, Severity, check, words
from otklik.regulation.parse import load_act, shipped_acts

A, N, K = "altai-2020-132", "novoalekseevskaya-2020-129", "kalininsky"
U, L = "ukhta-2021-960", "lesozavodsk-2022-215"


@cache
def checked(act: str) -> Checked:
    return check(load_act(act))


def found(act: str, code: str) -> list[Finding]:
    return [one for one in checked(act).findings if one.code == code]


def path(act: str, scenario: Scenario, reading: str = "as_read") -> Path:
    return next(one for one in checked(act).paths if one.scenario == scenario and one.reading == reading)


def minutes(span: timedelta | None) -> int | None:
    return None if span is None else round(span.total_seconds() / 60)


@pytest.mark.parametrize(
    ("act", "kind", "importance", "reworks", "bodies", "left", "draft_left"),
    [
        # A: nine hours; 30 min to route, the draft four hours before, review 30, rework 60, publish 30.
        (A, "message", "normal", 0, 1, 180, 270),
        (A, "message", "normal", 1, 1, 90, 270),
        (A, "message", "normal", 2, 1, 0, 270),
        (A, "message", "normal", 0, 2, 210, 30),  # one part of two hours, and two for the common reply
        (A, "message", "normal", 0, 3, 90, -90),
        (A, "message", "normal", 0, 4, -30, -210),
        # N: eight hours, and four under the shortened term, where the draft has no term of its own.
        (N, "incident", "normal", 0, 1, 180, 210),
        (N, "incident", "normal", 2, 1, 0, 210),
        (N, "incident", "high", 0, 1, 150, None),
        (N, "incident", "high", 1, 1, 60, None),
        (N, "incident", "high", 2, 1, -30, None),
        # K: no term between detection and reply.
        (K, "incident", "normal", 2, 4, 480, None),
        (K, "incident", "high", 0, 1, 240, None),
        # U: eight hours; an hour each for routing, review and publication, two for rework.
        (U, "message", "normal", 0, 1, 120, 180),
        (U, "message", "normal", 1, 1, -60, 180),
        (U, "message", "normal", 2, 1, -240, 180),
        # L: seven hours from selection; three of high importance, of which routing takes one and the draft is due then.
        (L, "message", "normal", 0, 1, 150, 180),
        (L, "message", "normal", 1, 1, 60, 180),
        (L, "message", "normal", 2, 1, -30, 180),
        (L, "message", "normal", 0, 2, 90, -60),
        (L, "message", "high", 0, 1, 90, 0),
        (L, "message", "high", 1, 1, 0, 0),
    ],
)
def test_what_is_left_when_everyone_acts_at_the_last_moment(
    act: str, kind: str, importance: str, reworks: int, bodies: int, left: int, draft_left: int | None
) -> None:
    one = path(act, Scenario(kind, importance, reworks, bodies))
    assert (minutes(one.left), minutes(one.draft_left)) == (left, draft_left)
    assert one.fits == (left > 0 and (draft_left is None or draft_left > 0))


def test_a_wrong_addressee_costs_ukhta_two_of_its_three_hours() -> None:
    one = path(U, Scenario("message", "normal", returned=True))
    assert minutes(one.draft_left) == 60


def test_other_readings() -> None:
    tied = path(N, Scenario("incident", "high"), "draft_for_all")
    assert minutes(tied.draft_left) == -30  # four hours before a term of four hours, and half an hour to route
    each = path(A, Scenario("message", "normal", bodies=2), "part_for_each")
    assert minutes(each.draft_left) == -90
    wall = path(A, Scenario("message", "normal"), "wall")
    assert wall.short_of == {"step"}  # the reviewer's half hour falls behind closing time
    assert {one.reading for one in checked(U).paths} == {"as_read"}  # every term says «рабочих»


@pytest.mark.parametrize(
    ("act", "code", "expected"),
    [
        (A, "no_time", [("wall", 0, 1)]),
        (A, "no_time_for_rework", [("as_read", 2, 1)]),
        (A, "no_time_for_bodies", [("as_read", 0, 3), ("part_for_each", 0, 2)]),
        (N, "no_time", [("wall", 0, 1), ("wall", 0, 1), ("draft_for_all", 0, 1)]),
        (N, "no_time_for_rework", [("as_read", 2, 1), ("as_read", 2, 1)]),
        (K, "no_time", []),
        (K, "no_term_on_the_way", [("as_read", 1, 1), ("as_read", 1, 1)]),
        (U, "no_time_for_rework", [("as_read", 1, 1)]),
        (U, "no_time", []),
        (L, "no_time", [("wall", 0, 1), ("as_read", 0, 1)]),
        (L, "no_time_for_rework", [("as_read", 2, 1), ("as_read", 1, 1)]),
        (L, "no_time_for_bodies", [("as_read", 0, 2), ("as_read", 0, 2)]),
    ],
)
def test_the_first_scenario_that_leaves_no_time(act: str, code: str, expected: list[tuple[str, int, int]]) -> None:
    told = [one.path for one in found(act, code) if one.path]
    assert [(one.reading, one.scenario.reworks, one.scenario.bodies) for one in told] == expected


def test_the_arithmetic_is_told_line_by_line() -> None:
    (finding,) = found(U, "no_time_for_rework")
    assert finding.path is not None
    assert words.sums(finding.path) == [
        "срок ответа: 8 ч (пункт 8, «8 рабочих часов»)",
        "направление: 1 ч (пункт 8, «1 рабочего часа»)",
        "проект ответа: 3 ч, до срока ответа должно остаться «4 рабочих часа» (пункт 10)",
        "согласование: 1 ч (пункт 11, «1 рабочего часа»)",
        "доработка: 2 ч (пункт 13, «2 рабочих часов»)",
        "согласование: 1 ч (пункт 11, «1 рабочего часа»)",
        "размещение: 1 ч (пункт 14, «1 рабочего часа»)",
        "остаётся на проект: 3 ч",
        "остаётся до срока ответа: −1 ч",
    ]
    assert words.said(finding, load_act(U).act) == (
        "Сообщение из открытых источников: одна доработка — и времени не остаётся на само размещение: "
        "срок ответа выбран."
    )
    assert "leave no time" in words.said(finding, load_act(U).act, "en")


@pytest.mark.parametrize(
    ("act", "code", "clauses"),
    [
        (K, "term_that_nobody_sets", [("20",)]),
        (N, "term_that_nobody_sets", [("11",)]),  # specialists answer for a term that no clause gives them
        (A, "term_that_nobody_sets", []),
        (U, "term_that_nobody_sets", []),
        (L, "term_that_nobody_sets", []),
        (K, "another_term_prevails", [("12", "9", "15"), ("16", "9", "15")]),
        (N, "another_term_prevails", [("13", "9", "10")]),
        (L, "another_term_prevails", []),  # clause 10 names both
        (N, "range_takes_too_much", [("18", "6", "7")]),
        (A, "range_takes_too_much", []),
        (L, "range_leaves_out", [("15", "14", "13")]),
        (A, "range_leaves_out", []),
        (N, "draft_term_not_for_class", [("13",)]),
        (K, "rework_without_term_and_limit", [("14",)]),
        (A, "nobody_reports", [("21",)]),
        (L, "nobody_reports", [("20",)]),
        (A, "silent_after", [("7",)]),
        (N, "silent_after", [("12",)]),
        (U, "silent_after", []),  # it routes again, in an hour
    ],
)
def test_what_does_not_hold_and_what_is_not_said(act: str, code: str, clauses: list[tuple[str, ...]]) -> None:
    assert [one.clauses for one in found(act, code)] == clauses


@pytest.mark.parametrize("act", shipped_acts())
def test_the_five_acts_have_no_errors_and_every_finding_has_a_place_and_words(act: str) -> None:
    assert not checked(act).has_errors
    for one in checked(act).findings:
        assert one.severity is not Severity.ERROR
        assert one.mark.line > 1, one
        assert one.clauses
        for lang in ("ru", "en"):
            said = words.said(one, load_act(act).act, lang)
            assert "{" not in said
            assert said[0].isupper() or said[0] in "«“"
            assert words.todo(one, lang)


@pytest.mark.parametrize("act", shipped_acts())
def test_steps_without_a_term_are_all_told(act: str) -> None:
    untimed = [step.clause for step in load_act(act).act.steps if step.term.kind == "none"]
    assert [one.clauses[0] for one in found(act, "no_term")] == untimed
