"""The walk: the same arithmetic told day by day, as data and in words."""

import json
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from otklik.worktime import add, between, explain, is_provisional, length_words
from tests.worktime.hands import at, hours, minutes, office

OFFICE = office("09:00-13:00", "14:00-18:00")


def test_the_words_name_the_saturday_the_short_day_the_holiday_lunch_and_zone() -> None:
    start = at("2025-10-31 16:40")
    assert explain(OFFICE, start, add(OFFICE, start, hours(9))).words() == [
        "Рабочее время по часовому поясу Europe/Moscow (UTC+03:00)",
        "пт 31.10.2025: 16:40–18:00 — 1 ч 20 мин",
        "сб 01.11.2025, рабочий выходной по часам понедельника: выходной перенесён на 03.11.2025, короткий день: "
        "09:00–13:00, 14:00–17:00 — 7 ч; перерыв 13:00–14:00 не считается",
        "вс 02.11.2025 выходной; пн 03.11.2025 выходной, перенесённый с 01.11.2025; "
        "вт 04.11.2025 праздник «День народного единства» — не считаются",
        "ср 05.11.2025: 09:00–09:40 — 40 мин",
        "Итого 9 ч рабочего времени: с 31.10.2025 16:40 до 05.11.2025 09:40",
        "Календарь 2025 года: Постановление Правительства Российской Федерации от 04.10.2024 № 1335 "
        "«О переносе выходных дней в 2025 году»",
    ]


def test_the_same_in_english() -> None:
    start = at("2025-10-31 16:40")
    words = explain(OFFICE, start, add(OFFICE, start, hours(2))).words("en")
    assert words[1] == "Fri 31.10.2025: 16:40–18:00 — 1 h 20 min"
    assert words[2].startswith(
        "Sat 01.11.2025, working weekend by the hours of Monday: its day off is moved to 03.11.2025, short day: "
    )


def test_a_year_without_a_decree_is_said_to_be_provisional() -> None:
    start, end = at("2027-12-30 17:00"), at("2028-01-10 12:00")
    walk = explain(OFFICE, start, end)
    assert walk.is_provisional
    assert is_provisional(OFFICE, start, end)
    assert is_provisional(OFFICE, end, start)
    assert not is_provisional(OFFICE, start, at("2027-12-31 23:59:59"))
    assert not is_provisional(office(calendar="none"), start, end)
    assert [day.on.year for day in walk.days if day.provisional] == [2028] * 10
    assert "2028 год" in walk.words()[-1]
    assert "предварительный" in walk.words()[-1]
    assert "пт 31.12.2027 выходной, перенесённый с 03.01.2027; " in walk.words()[2]
    assert "сб 01.01.2028 – чт 06.01.2028 праздник «Новогодние каникулы»" in walk.words()[2]


def test_an_unknown_source_is_said_to_be_unknown_and_a_decree_is_named_with_its_day() -> None:
    words = explain(OFFICE, at("2020-06-23 17:00"), at("2020-06-25 10:00")).words()
    assert words[2] == (
        "ср 24.06.2020 нерабочий день «Нерабочий день по указу Президента» "
        "(Указ Президента Российской Федерации от 29.05.2020 № 345) — не считаются"
    )
    assert words[-1] == "Источник календаря 2020 года неизвестен"


def test_a_regional_day_is_said_not_to_be_verified() -> None:
    walk = explain(office(calendar="RU-KO"), at("2025-08-21 17:00"), at("2025-08-25 10:00"))
    assert walk.days[1].kind == "regional_holiday"
    assert not walk.days[1].verified
    assert (
        "пт 22.08.2025 нерабочий день региона «День Республики Коми» (по закону региона не проверено)"
        in walk.words()[2]
    )


def test_own_hours_breaks_and_closures_are_told() -> None:
    schedule = office(
        "09:00-13:00",
        "14:00-18:00",
        dates={"2026-11-26": ["10:00-12:00"], "2026-11-30": []},
        breaks={"2026-11-27": ["15:00-15:30"], "2026-12-01": ["09:00-10:00"]},
    )
    words = explain(schedule, at("2026-11-26 09:00"), at("2026-12-01 12:00")).words()
    assert words[1:6] == [
        "чт 26.11.2026, часы изменены на эту дату: 10:00–12:00 — 2 ч",
        "пт 27.11.2026: 09:00–13:00, 14:00–15:00, 15:30–18:00 — 7 ч 30 мин; "
        "перерыв 13:00–14:00 не считается; перерыв этого дня 15:00–15:30 не считается",
        "сб 28.11.2026 – вс 29.11.2026 выходной; пн 30.11.2026 не работает — не считаются",
        "вт 01.12.2026: 10:00–12:00 — 2 ч; перерыв этого дня 09:00–10:00 не считается",
        "Итого 11 ч 30 мин рабочего времени: с 26.11.2026 09:00 до 01.12.2026 12:00",
    ]


def test_a_working_day_of_which_nothing_counts_is_told() -> None:
    words = explain(OFFICE, at("2025-11-27 18:20"), at("2025-11-28 09:30:05")).words()
    assert words[1:3] == [
        "чт 27.11.2025: ничего не считается: рабочее время 09:00–13:00, 14:00–18:00",
        "пт 28.11.2025: 09:00–09:30:05 — 30 мин 5 с",
    ]


def test_a_walk_that_ends_at_midnight_ends_on_that_date() -> None:
    night = office("20:00-24:00")
    walk = explain(night, at("2025-11-27 22:00"), at("2025-11-28 00:00"))
    assert [day.on for day in walk.days] == [date(2025, 11, 27)]
    assert walk.words()[1] == "чт 27.11.2025: 22:00–24:00 — 2 ч"


def test_a_walk_of_no_time_is_one_day() -> None:
    walk = explain(OFFICE, at("2025-11-27 00:00"), at("2025-11-27 00:00"))
    assert (len(walk.days), walk.total) == (1, timedelta())


def test_the_data_is_json_with_offsets() -> None:
    data = explain(OFFICE, datetime(2025, 11, 1, 13, 0, tzinfo=UTC), at("2025-11-03 10:00")).as_data()
    assert json.loads(json.dumps(data)) == data
    assert data["seconds"] == 3600
    assert data["days"][0] == {
        "date": "2025-11-01",
        "weekday": 6,
        "kind": "work_weekend",
        "working": True,
        "spans": [{"from": "2025-11-01T16:00:00+03:00", "to": "2025-11-01T17:00:00+03:00", "seconds": 3600}],
        "seconds": 3600,
        "short": True,
        "source": "Постановление Правительства Российской Федерации от 04.10.2024 № 1335 "
        "«О переносе выходных дней в 2025 году»",
        "layer": "federal",
        "moved_to": "2025-11-03",
        "hours_of": 1,
    }
    assert data["days"][2]["moved_from"] == "2025-11-01"
    assert data["years"][0]["provisional"] is False


@pytest.mark.parametrize(
    ("length", "ru", "en"),
    [
        (hours(8), "8 ч", "8 h"),
        (minutes(90), "1 ч 30 мин", "1 h 30 min"),
        (timedelta(seconds=61), "1 мин 1 с", "1 min 1 s"),
        (timedelta(), "0 мин", "0 min"),
        (hours(40), "40 ч", "40 h"),
    ],
)
def test_a_length_in_words(length: timedelta, ru: str, en: str) -> None:
    assert (length_words(length), length_words(length, "en")) == (ru, en)


@settings(deadline=None)
@given(
    start=st.datetimes(datetime(2019, 1, 1), datetime(2027, 6, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    length=st.timedeltas(timedelta(0), timedelta(days=30)),
    zone=st.sampled_from(["Europe/Moscow", "Europe/Volgograd", "Europe/Berlin"]),
)
def test_the_walk_adds_up_to_the_arithmetic(start: datetime, length: timedelta, zone: str) -> None:
    schedule = office("00:00-02:30", "09:00-13:00", "14:00-24:00", zone=zone)
    walk = explain(schedule, start, start + length)
    assert walk.total == between(schedule, start, start + length)
    assert walk.start.tzinfo == ZoneInfo(zone)
    assert all(walk.words(lang) for lang in ("ru", "en"))
