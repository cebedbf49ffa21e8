"""The sentences that explain a deadline, in both languages."""

from typing import Any

import pytest

from otklik.process import words
from otklik.process.deadline import DeadlineState
from otklik.process.explained import explained
from otklik.process.schedules import ScheduleSet
from otklik.regulation.model import MomentKind
from tests.process.deadlines.build import HOURS, act, at, before, days, facts, hours, rows, step, term_set


def why(happened: Any, now: str = "2026-11-25 12:00", lang: Any = "ru", **keys: Any) -> str:
    one = act(step("reply", "reply", "detected", "published", **keys))
    return "\n".join(explained(rows(one, happened, now)[-1], ScheduleSet(HOURS), lang))


DETECTED = "detected 2026-11-25 09:00"


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({}, "Пункт 1, «8 часов»: 8 ч рабочего времени с момента выявления (ср 25.11.2026 09:00)."),
        ({}, "ср 25.11.2026: 09:00–13:00, 13:45–17:45 — 8 ч"),
        ({}, "Срок истекает ср 25.11.2026 17:45."),
        ({"term": hours(8, counted="calendar")}, "8 ч по часам без перерывов с момента выявления"),
        ({"term": days(7)}, "7 рабочих дней с момента выявления"),
        ({"term": days(3, counted="calendar")}, "Срок истекает сб 28.11.2026 24:00."),
        ({"term": hours(3, amount_from=1)}, "от 1 ч рабочего времени до 3 ч рабочего времени"),
        ({"term": hours(3, reading="так", reason="потому.")}, "Как прочитан срок: так.\nПотому что: потому."),
        ({"hours": "round_the_clock"}, "Считается круглосуточно."),
        ({"hours": "curator"}, "Считается рабочее время куратора."),
        ({"term": hours(8, recommended=True)}, "Это рекомендация"),
        ({"optional": True}, "Это право"),
    ],
)
def test_what_is_said_of_a_term(keys: dict[str, Any], said: str) -> None:
    assert said in why(facts(DETECTED), **keys)


@pytest.mark.parametrize(
    ("clause", "name"), [("13", "пункт 13"), ("A2 2.2", "пункт 2.2 приложения 2"), ("R 4", "пункт 4 постановления")]
)
def test_what_a_clause_is_called(clause: str, name: str) -> None:
    assert words.clause_name(clause) == name


@pytest.mark.parametrize(
    ("term", "moments", "said"),
    [
        (
            {"kind": "by_day_of_month", "literal": "до 10", "day": 10},
            "2026-10-01 00:00",
            "(сентябрь 2026), то есть 10.10.2026",
        ),
        (
            {"kind": "by_day_of_month", "literal": "до 10", "day": 10},
            "2026-10-01 00:00",
            "предупредить до пт 09.10.2026 16:45",
        ),
        ({"kind": "by_weekday", "literal": "по средам", "weekday": 3}, "2026-11-30 00:00", "до конца среды недели"),
    ],
)
def test_what_is_said_of_a_report(term: dict[str, Any], moments: str, said: str) -> None:
    one = act(step("memo", "report", "period_ended", "reported", term=term))
    (row,) = rows(one, facts(f"period_ended {moments}"))
    assert said in "\n".join(explained(row, ScheduleSet(HOURS)))


def test_what_is_said_of_a_term_that_hangs_on_another() -> None:
    one = act(
        step("draft", "draft", "detected", "draft_in", term=before(4)),
        step("reply", "reply", "detected", "published", title="Ответить", term=hours(3)),
    )
    draft = rows(one, facts(DETECTED))[0]
    said = "\n".join(explained(draft, ScheduleSet(HOURS)))
    assert "не позднее чем за 4 ч рабочего времени до ср 25.11.2026 12:00, когда истекает срок шага «Ответить»" in said
    assert "Времени не остаётся" in said


@pytest.mark.parametrize(
    ("happened", "keys", "said"),
    [
        (facts(), {}, "Отсчёт не начался: ждёт события «выявление»."),
        (facts(DETECTED), {"term": {"kind": "set_by_person", "set_by": "curator"}}, "Срок назначает curator"),
        (
            facts(DETECTED, "published 2026-11-25 10:00"),
            {},
            "Отсчёт завершило событие «размещение ответа»: ср 25.11.2026 10:00.",
        ),
        (
            facts(DETECTED, "routed 2026-11-25 10:00"),
            {"dropped_on": ["routed"]},
            "Отсчёт снят событием «направление в орган».",
        ),
        (facts(DETECTED, closed_at=at("2026-11-25 10:00")), {}, "работа с сообщением прекращена"),
        (
            facts(
                DETECTED,
                terms_set=(
                    term_set("reply", "2026-11-25 10:00", due_at=at("2026-11-26 10:00"), ground="сложный вопрос"),
                ),
            ),
            {"term": hours(8, set_by="curator")},
            "Срок назначен (curator) ср 25.11.2026 10:00: до чт 26.11.2026 10:00. (сложный вопрос)",
        ),
    ],
)
def test_what_is_said_of_what_happened(happened: Any, keys: dict[str, Any], said: str) -> None:
    assert said in why(happened, **keys)


def test_english() -> None:
    said = why(facts(DETECTED), lang="en")
    assert "Clause 1, «8 часов»: 8 h of working time from detection (Wed 25.11.2026 09:00)." in said
    assert "Due Wed 25.11.2026 17:45." in said


def test_every_word_is_there() -> None:
    for lang in ("ru", "en"):
        assert all(words.moment_name(kind, lang) and words.since_moment(kind, lang) for kind in MomentKind)
        assert all(words.state_name(state, lang) for state in DeadlineState)
