"""Words for counts, days, instants and spans: just before, at and just after each limit."""

import datetime as dt
import zoneinfo

import pytest

from otklik.web import words

MOSCOW = zoneinfo.ZoneInfo("Europe/Moscow")
BARNAUL = zoneinfo.ZoneInfo("Asia/Barnaul")
NOW = dt.datetime(2026, 11, 27, 14, 10, tzinfo=MOSCOW)
MINUTE = dt.timedelta(minutes=1)
HOUR = dt.timedelta(hours=1)


def plain(text: str) -> str:
    """The words with ordinary spaces."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


def at(day: int, hour: int, minute: int = 0, *, month: int = 11, year: int = 2026) -> dt.datetime:
    return dt.datetime(year, month, day, hour, minute, tzinfo=MOSCOW)


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (0, "0 дней"),
        (1, "1 день"),
        (2, "2 дня"),
        (4, "4 дня"),
        (5, "5 дней"),
        (10, "10 дней"),
        (11, "11 дней"),
        (12, "12 дней"),
        (14, "14 дней"),
        (15, "15 дней"),
        (21, "21 день"),
        (22, "22 дня"),
        (101, "101 день"),
        (111, "111 дней"),
        (112, "112 дней"),
        (1204, "1 204 дня"),
    ],
)
def test_russian_plural(number: int, expected: str) -> None:
    assert plain(words.counted(number, "день|дня|дней")) == expected


@pytest.mark.parametrize(("number", "expected"), [(0, "0 days"), (1, "1 day"), (2, "2 days"), (21, "21 days")])
def test_two_forms_follow_the_english_rule(number: int, expected: str) -> None:
    assert plain(words.counted(number, "day|days")) == expected


@pytest.mark.parametrize("forms", ["день", "один|два|три|четыре"])
def test_other_numbers_of_forms_are_refused(forms: str) -> None:
    with pytest.raises(ValueError, match="two or three forms"):
        words.plural(1, forms)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (at(27, 16, 40), "27 ноября, 16:40"),
        (at(1, 9, 5, month=1), "1 января, 09:05"),
        (at(31, 23, 59, month=12, year=2025), "31 декабря 2025, 23:59"),
        (at(1, 0, 0, month=1, year=2027), "1 января 2027, 00:00"),
    ],
)
def test_moment_names_the_year_only_when_it_is_another(moment: dt.datetime, expected: str) -> None:
    assert plain(words.moment(moment, NOW)) == expected


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (at(25, 23, 59), "25 ноября, 23:59"),
        (at(26, 0, 0), "вчера, 00:00"),
        (at(26, 23, 59), "вчера, 23:59"),
        (at(27, 0, 0), "сегодня, 00:00"),
        (at(28, 23, 59), "завтра, 23:59"),
        (at(29, 0, 0), "29 ноября, 00:00"),
    ],
)
def test_near_moment(moment: dt.datetime, expected: str) -> None:
    assert plain(words.near_moment(moment, NOW)) == expected


def test_today_is_the_day_in_the_zone_of_the_instant() -> None:
    late_evening = at(27, 22, 0)
    assert words.near_moment(late_evening.astimezone(BARNAUL), late_evening) == "сегодня, 02:00"


@pytest.mark.parametrize(
    ("due", "full", "short"),
    [
        (at(27, 15, 30), "до 15:30", "до 15:30"),
        (at(28, 0, 0), "до 24:00", "до 24:00"),
        (at(28, 15, 30), "до 15:30 завтра", "до 15:30 завтра"),
        (at(29, 0, 0), "до 24:00 завтра", "до 24:00 завтра"),
        (at(30, 9, 55), "до 09:55, 30 ноября", "до 09:55, пн"),
        (at(3, 17, 15, month=12), "до 17:15, 3 декабря", "до 17:15, чт"),
        (at(4, 17, 15, month=12), "до 17:15, 4 декабря", "до 17:15, 4 дек."),
        (at(26, 17, 15), "до 17:15 вчера", "до 17:15 вчера"),
        (at(20, 17, 15), "до 17:15, 20 ноября", "до 17:15, 20 ноя."),
        (at(11, 10, 0, month=1, year=2027), "до 10:00, 11 января 2027", "до 10:00, 11 янв. 2027"),
    ],
)
def test_until(due: dt.datetime, full: str, short: str) -> None:
    assert plain(words.until(due, NOW)) == full
    assert plain(words.short_until(due, NOW)) == short


@pytest.mark.parametrize(
    ("span", "wall", "working"),
    [
        (dt.timedelta(seconds=59), "меньше минуты", "меньше минуты"),
        (MINUTE, "1 мин", "1 раб. мин"),
        (HOUR - dt.timedelta(seconds=1), "59 мин", "59 раб. мин"),
        (HOUR, "1 ч", "1 раб. ч"),
        (HOUR + 20 * MINUTE, "1 ч 20 мин", "1 раб. ч 20 мин"),
        (24 * HOUR - MINUTE, "23 ч 59 мин", "23 раб. ч 59 мин"),
        (24 * HOUR, "1 день", "24 раб. ч"),
        (51 * HOUR + MINUTE, "2 дня 3 ч", "51 раб. ч 1 мин"),
        (-20 * MINUTE, "20 мин", "20 раб. мин"),
    ],
)
def test_duration_rounds_down_and_never_makes_days_of_working_time(span: dt.timedelta, wall: str, working: str) -> None:
    assert plain(words.duration(span)) == wall
    assert plain(words.duration(span, working=True)) == working


def test_long_duration() -> None:
    assert plain(words.long_duration(5 * HOUR + 20 * MINUTE, working=True)) == "5 рабочих часов 20 минут"
    assert plain(words.long_duration(MINUTE, working=True)) == "1 рабочая минута"
    assert plain(words.long_duration(2 * HOUR)) == "2 часа"


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        (0, "0 Б"),
        (1023, "1023 Б"),
        (1024, "1 КБ"),
        (1024 * 1024 - 1, "1023 КБ"),
        (1024 * 1024, "1,0 МБ"),
        (1_240_000, "1,2 МБ"),
    ],
)
def test_size(amount: int, expected: str) -> None:
    assert plain(words.size(amount)) == expected


@pytest.mark.parametrize(
    ("given", "expected"), [([], ""), (["а"], "а"), (["а", "б"], "а и б"), (["а", "б", "в"], "а, б и в")]
)
def test_listed(given: list[str], expected: str) -> None:
    assert words.listed(given) == expected
