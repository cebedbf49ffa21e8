"""Working days: whether a date is one, when it opens and closes, the next and the one before."""

from datetime import date, datetime

import pytest

from otklik.worktime import (
    ScheduleError,
    add_working_days,
    closing,
    is_working_day,
    next_working_day,
    opening,
    previous_working_day,
)
from tests.worktime.hands import at, office

PLAIN = office("09:00-13:00", "14:00-18:00")


@pytest.mark.parametrize(
    ("on", "opens", "closes"),
    [
        ("2025-11-27", "09:00", "18:00"),
        ("2025-11-29", None, None),
        ("2025-11-01", "09:00", "17:00"),
        ("2025-11-03", None, None),
        ("2025-06-11", "09:00", "17:00"),
        ("2026-01-09", None, None),
    ],
)
def test_a_day_opens_and_closes(on: str, opens: str | None, closes: str | None) -> None:
    day = date.fromisoformat(on)
    assert opening(PLAIN, day) == (opens and at(f"{on} {opens}"))
    assert closing(PLAIN, day) == (closes and at(f"{on} {closes}"))
    assert is_working_day(PLAIN, day) is (opens is not None)


def test_hours_to_midnight_close_on_the_next_date() -> None:
    assert closing(office("20:00-24:00"), date(2025, 11, 27)) == at("2025-11-28 00:00")
    assert add_working_days(office("20:00-24:00"), date(2025, 11, 26), 1) == at("2025-11-28 00:00")


@pytest.mark.parametrize(
    ("day", "before", "after"),
    [
        ("2025-11-27", "2025-11-26", "2025-11-28"),
        ("2025-11-28", "2025-11-27", "2025-12-01"),
        ("2025-11-30", "2025-11-28", "2025-12-01"),
        ("2025-12-01", "2025-11-28", "2025-12-02"),
        ("2026-01-01", "2025-12-30", "2026-01-12"),
        ("2025-11-02", "2025-11-01", "2025-11-05"),
    ],
)
def test_the_next_working_day_and_the_one_before(day: str, before: str, after: str) -> None:
    assert previous_working_day(PLAIN, date.fromisoformat(day)) == date.fromisoformat(before)
    assert next_working_day(PLAIN, date.fromisoformat(day)) == date.fromisoformat(after)
    assert next_working_day(PLAIN, at(f"{day} 23:59:59")) == date.fromisoformat(after)


def test_many_working_days_go_over_years() -> None:
    day = date(2019, 1, 1)
    for _ in range(700):
        day = next_working_day(PLAIN, day)
    assert closing(PLAIN, day) == add_working_days(PLAIN, date(2019, 1, 1), 700)
    for _ in range(700):
        day = previous_working_day(PLAIN, day)
    assert day == previous_working_day(PLAIN, date(2019, 1, 9)) == date(2018, 12, 31)


def test_days_without_end_or_range_or_zone_are_refused() -> None:
    once = office(week={}, dates={"2026-05-05": ["10:00-12:00"]})
    for question, code in (
        (lambda: add_working_days(once, date(2026, 5, 5), 1), "out_of_range"),
        (lambda: previous_working_day(once, date(2026, 5, 5)), "out_of_range"),
        (lambda: closing(PLAIN, date(2012, 12, 31)), "out_of_range"),
        (lambda: next_working_day(PLAIN, date(2101, 1, 1)), "out_of_range"),
        (lambda: next_working_day(PLAIN, datetime(2026, 5, 5)), "naive_time"),  # noqa: DTZ001  # the point
    ):
        with pytest.raises(ScheduleError) as refused:
            question()
        assert refused.value.code == code
