"""The chronometer: which word, shape and colour it takes, and that working and wall time are never mixed up."""

import datetime as dt
import zoneinfo
from typing import Any

import pytest

from otklik.web import words
from otklik.web.chronometer import Chronometer, ClockState, Urgency

ZONE = zoneinfo.ZoneInfo("Europe/Moscow")
NOW = dt.datetime(2026, 11, 27, 14, 10, tzinfo=ZONE)
HOUR = dt.timedelta(hours=1)
MINUTE = dt.timedelta(minutes=1)


def clock(state: ClockState = ClockState.RUNNING, **facts: Any) -> Chronometer:
    return Chronometer(key="k", title="Согласовать", state=state, now=NOW, **facts)


def running(left: dt.timedelta, *, total: dt.timedelta = 100 * MINUTE, **facts: Any) -> Chronometer:
    return clock(left=left, total=total, due_at=NOW + left, **facts)


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("minutes", "urgency", "word"),
    [
        (100, Urgency.CALM, ""),
        (41, Urgency.CALM, ""),
        (40, Urgency.SOON, "скоро"),
        (16, Urgency.SOON, "скоро"),
        (15, Urgency.NOW, "срочно"),
        (0, Urgency.NOW, "срочно"),
        (-1, Urgency.LATE, ""),
    ],
)
def test_urgency_by_share_of_the_term_left(minutes: int, urgency: Urgency, word: str) -> None:
    shown = running(minutes * MINUTE)
    assert shown.urgency is urgency
    assert words.urgency_word(shown) == word


@pytest.mark.parametrize(
    ("state", "urgency", "headline"),
    [
        (ClockState.WAITING, Urgency.IDLE, "срок ещё не начался"),
        (ClockState.PAUSED, Urgency.IDLE, "срок приостановлен"),
        (ClockState.MET, Urgency.DONE, "выполнено в срок"),
        (ClockState.MET_LATE, Urgency.DONE_LATE, "выполнено с опозданием"),
        (ClockState.LATE, Urgency.LATE, "просрочено"),
        (ClockState.DROPPED, Urgency.IDLE, "срок снят"),
        (ClockState.NONE, Urgency.IDLE, "срок актом не установлен"),
    ],
)
def test_every_state_has_words(state: ClockState, urgency: Urgency, headline: str) -> None:
    assert clock(state).urgency is urgency
    assert words.headline(clock(state)) == headline


@pytest.mark.parametrize(("left", "gone"), [(100, 0), (75, 25), (1, 99), (0, 100), (-10, 100)])
def test_the_bar_fills(left: int, gone: int) -> None:
    assert running(left * MINUTE).percent_gone == gone


def test_working_is_said_only_where_it_differs_from_the_wall() -> None:
    same_day = running(HOUR + 20 * MINUTE)
    assert plain(words.headline(same_day)) == "осталось 1 ч 20 мин"
    over_night = clock(left=HOUR + 20 * MINUTE, total=8 * HOUR, due_at=NOW + 19 * HOUR)
    assert plain(words.headline(over_night)) == "осталось 1 раб. ч 20 мин"
    calendar_term = clock(left=HOUR, total=8 * HOUR, due_at=NOW + 19 * HOUR, working=False)
    assert plain(words.headline(calendar_term)) == "осталось 1 ч"


def test_a_row_says_pressing_working_time_without_the_verb() -> None:
    """«срочно» stands before it, and there is no room for more."""
    over_night = clock(left=4 * MINUTE, total=30 * MINUTE, due_at=NOW + 16 * HOUR)
    assert plain(words.short_headline(over_night)) == "4 раб. мин"
    assert plain(words.headline(over_night)) == "осталось 4 раб. мин"
    assert plain(words.short_headline(running(4 * MINUTE, total=30 * MINUTE))) == "осталось 4 мин"
    assert plain(words.short_headline(running(MINUTE / 2, total=30 * MINUTE))) == "меньше минуты"


def test_lateness_in_working_time_says_so() -> None:
    assert plain(words.headline(running(-25 * MINUTE))) == "просрочено на 25 мин"
    since_yesterday = clock(ClockState.LATE, left=-2 * HOUR, total=HOUR, due_at=NOW - 18 * HOUR)
    assert plain(words.headline(since_yesterday)) == "просрочено на 2 раб. ч"


@pytest.mark.parametrize(
    ("days", "expected"),
    [(1, "остался 1 рабочий день"), (2, "осталось 2 рабочих дня"), (7, "осталось 7 рабочих дней")],
)
def test_terms_in_days_are_told_in_days(days: int, expected: str) -> None:
    assert plain(words.headline(running(50 * HOUR, total=56 * HOUR, left_days=days))) == expected


def test_the_last_day_of_a_term_in_days_is_told_in_hours() -> None:
    assert plain(words.headline(running(3 * HOUR, total=56 * HOUR, left_days=0))) == "осталось 3 ч"


def test_due_words() -> None:
    assert words.deadline(running(HOUR)) == "до 15:10"
    assert words.deadline(running(-25 * MINUTE)) == "срок был до 13:45"
    assert words.short_deadline(running(-25 * MINUTE)) == "с 13:45"
    assert words.deadline(clock(ClockState.WAITING)) == ""
    done = clock(ClockState.MET, ended_at=NOW - HOUR, due_at=NOW)
    assert words.deadline(done) == "сегодня, 13:10"


def test_a_clock_that_stands_says_until_when() -> None:
    night = running(HOUR, stands_until=dt.datetime(2026, 11, 30, 8, 45, tzinfo=ZONE))
    assert plain(words.standing(night)) == "нерабочее время, часы стоят до 08:45, 30 ноября"
    assert words.standing(running(HOUR)) == ""
