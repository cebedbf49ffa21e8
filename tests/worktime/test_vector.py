"""The vectorised form gives what the plain one gives."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from otklik.worktime import ScheduleError, add, add_many, subtract, subtract_many
from tests.worktime.hands import at, hours, minutes, office

SCHEDULE = office("09:00-13:00", "13:45-18:00", dates={"2026-05-12": []})
FROM, TO = int(at("2019-01-01 00:00").timestamp()), int(at("2027-12-01 00:00").timestamp())
STARTS = np.random.default_rng(1).integers(FROM, TO, 2000)
AMOUNTS = np.random.default_rng(2).integers(0, 30 * 3600, 2000)


def moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(int(seconds), UTC)


@pytest.mark.parametrize("amount", [timedelta(), minutes(30), hours(8), hours(80)])
def test_one_amount_for_all(amount: timedelta) -> None:
    ends, starts = add_many(SCHEDULE, STARTS, amount), subtract_many(SCHEDULE, STARTS, amount)
    for start, later, earlier in zip(STARTS, ends, starts, strict=True):
        assert moment(later) == add(SCHEDULE, moment(start), amount)
        assert moment(earlier) == subtract(SCHEDULE, moment(start), amount)


def test_an_amount_for_each() -> None:
    ends, starts = add_many(SCHEDULE, STARTS, AMOUNTS), subtract_many(SCHEDULE, STARTS, AMOUNTS)
    for start, amount, later, earlier in zip(STARTS, AMOUNTS, ends, starts, strict=True):
        length = timedelta(seconds=int(amount))
        assert moment(later) == add(SCHEDULE, moment(start), length)
        assert moment(earlier) == subtract(SCHEDULE, moment(start), length)


def test_more_years_are_built_as_needed_and_none_left_for_no_question() -> None:
    fresh = office(dates={"2026-05-13": []})
    start = np.array([FROM])
    assert moment(add_many(fresh, start, hours(9000))[0]) == add(fresh, moment(FROM), hours(9000))
    other = office(dates={"2026-05-14": []})
    assert moment(subtract_many(other, start, hours(9000))[0]) == subtract(other, moment(FROM), hours(9000))
    assert add_many(fresh, np.array([], dtype=np.int64), hours(1)).size == 0


@pytest.mark.parametrize(
    ("starts", "amount", "code"),
    [
        ([FROM], -hours(1), "negative_amount"),
        ([FROM], np.array([-1]), "negative_amount"),
        ([FROM], timedelta(microseconds=1), "bad_amount"),
        ([0], hours(1), "out_of_range"),
        ([10**12], hours(1), "out_of_range"),
        ([10**18], hours(1), "out_of_range"),
        ([FROM], hours(10**6), "out_of_range"),
    ],
)
def test_what_is_refused(starts: list[int], amount: object, code: str) -> None:
    for question in (add_many, subtract_many):
        with pytest.raises(ScheduleError) as refused:
            question(SCHEDULE, starts, amount)  # type: ignore[arg-type]
        assert refused.value.code == code
