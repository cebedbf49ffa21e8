"""Speed of working time, in one run: ``python benchmarks/worktime.py`` (needs the ``bench`` group for pandas).

Compares one addition here with pandas CustomBusinessHour and with a bare bisection over an index built beforehand, and
fails unless ours is at least 80 times faster than pandas and takes at most twice the time of the bisection.

The three take turns in many short rounds, so that a machine that slows down for a while slows all three; the quickest
round of each counts, being the one least disturbed. The bare bisection is the least that gives the same answer: the
same aware datetimes in and out, two bisections, no check of any kind and no years to build.
"""

import random
import sys
import time
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from otklik.worktime import Schedule, add, add_many, between, explain, subtract
from otklik.worktime.index import index_of

ZONE = "Europe/Moscow"
WEEK = {day: ["09:00-13:00", "13:45-18:00"] for day in ("mon", "tue", "wed", "thu", "fri")}
DOCUMENT = {"zone": ZONE, "week": WEEK, "calendar": "RU"}
YEARS = range(2019, 2028)

ROUNDS = 100
COUNT = 20_000  # questions in all
ROUND_COUNT = 1_000  # questions a round
PANDAS_COUNT = 20
RANDOM = random.Random(1)  # noqa: S311  # not for secrets
FROM = int(datetime(2019, 2, 1, tzinfo=UTC).timestamp())
TO = int(datetime(2027, 6, 1, tzinfo=UTC).timestamp())

MIN_TIMES_PANDAS = 80.0
MAX_TIMES_BARE = 2.0

Question = tuple[datetime, timedelta]


def main() -> int:
    schedule = Schedule.from_document(DOCUMENT)
    utc = [_question() for _ in range(COUNT)]
    local = [(start.astimezone(schedule.tzinfo), amount) for start, amount in utc]
    add(schedule, *utc[0])
    bare = bare_add(schedule)
    wrong = sum(add(schedule, start, amount) != bare(start, amount) for start, amount in utc)
    print(f"answers that differ from the bare bisection: {wrong} of {COUNT:,}")

    times_pandas, times_bare = [], []
    for name, questions in (("UTC in", utc), ("zone in", local)):
        ours, plain, pandas = in_turns(partial(add, schedule), bare, questions)
        print(f"one addition, {name + ':':9} {_best(ours):7.3f} µs", end="")
        print(f"   bare bisection {_best(plain):7.3f} µs   pandas {_best(pandas):7.1f} µs")
        times_pandas.append(_ratio(pandas, ours))
        times_bare.append(_ratio(ours, plain))
    print(f"faster than pandas:      {min(times_pandas):7.0f} times   (at least {MIN_TIMES_PANDAS:.0f})")
    print(f"of the bare bisection:   {max(times_bare):7.2f} times   (at most {MAX_TIMES_BARE:.0f})")
    integers(schedule, utc)
    other_questions(schedule, utc)
    many(schedule, utc)
    recompute()
    return 0 if not wrong and min(times_pandas) >= MIN_TIMES_PANDAS and max(times_bare) <= MAX_TIMES_BARE else 1


def _question() -> Question:
    amount = RANDOM.choice((60, 120, 180, 240, 420, 480, 540))
    return datetime.fromtimestamp(RANDOM.randrange(FROM, TO), UTC), timedelta(minutes=amount)


def in_turns(
    ours: Callable[[datetime, timedelta], datetime],
    bare: Callable[[datetime, timedelta], datetime],
    questions: list[Question],
) -> tuple[list[float], list[float], list[float]]:
    """Seconds a question of each round: ours, the bare bisection, pandas."""
    pandas = _pandas_questions(questions[:COUNT:10])
    times: tuple[list[float], list[float], list[float]] = ([], [], [])
    for number in range(ROUNDS):
        part = _part(questions, number, ROUND_COUNT)
        times[0].append(_seconds(ours, part))
        times[1].append(_seconds(bare, part))
        times[2].append(_seconds(_plus, _part(pandas, number, PANDAS_COUNT)))
    return times


def _part(all_: list[Any], number: int, count: int) -> list[Any]:
    start = number * count % len(all_)
    return all_[start : start + count]


def _seconds(function: Callable[..., object], questions: Sequence[tuple[Any, ...]]) -> float:
    began = time.perf_counter()
    for first, second in questions:
        function(first, second)
    return (time.perf_counter() - began) / len(questions)


def _best(times: list[float]) -> float:
    """Microseconds of the quickest round."""
    return min(times) * 1e6


def _ratio(slower: list[float], quicker: list[float]) -> float:
    return min(slower) / min(quicker)


def _plus(first: Any, second: Any) -> Any:
    return first + second


def bare_add(schedule: Schedule) -> Callable[[datetime, timedelta], datetime]:
    """Two bisections over lists built beforehand, datetimes in and out."""
    opens, lengths, before, after = _lists(schedule)
    zone = ZoneInfo(ZONE)

    def bare(start: datetime, amount: timedelta) -> datetime:
        at = int(start.timestamp())
        row = bisect_right(opens, at) - 1
        done = before[row] + min(at - opens[row], lengths[row]) + int(amount.total_seconds())
        row = bisect_left(after, done)
        return datetime.fromtimestamp(opens[row] + done - before[row], zone)

    return bare


def _lists(schedule: Schedule) -> tuple[list[int], list[int], list[int], list[int]]:
    opens, lengths, before, after, worked = [], [], [], [], 0
    for year in YEARS:
        rows = index_of(schedule).rows(year)
        for start, end in zip(rows.opens, rows.closes, strict=True):
            opens.append(start)
            lengths.append(end - start)
            before.append(worked)
            worked += end - start
            after.append(worked)
    return opens, lengths, before, after


def _pandas_questions(questions: list[Question]) -> list[tuple[Any, Any]]:
    """The same questions for the peer: the same hours, lunch, days off and zone, its offsets made beforehand. It adds
    whole hours only, and knows no short day and no working Saturday."""
    import pandas as pd

    calendar = Schedule.from_document(DOCUMENT).calendar
    years = [calendar.year(year) for year in YEARS]
    holidays = [pd.Timestamp(on) for year in years if year for on, day in year.days.items() if day.is_closed]
    spans = [span.split("-") for span in WEEK["mon"]]
    starts, ends = [span[0] for span in spans], [span[1] for span in spans]
    hours = {n: pd.offsets.CustomBusinessHour(n, start=starts, end=ends, holidays=holidays) for n in range(1, 10)}
    stamps = [(pd.Timestamp(start).tz_convert(ZONE), hours[amount.seconds // 3600]) for start, amount in questions]
    _plus(*stamps[0])
    return stamps


def integers(schedule: Schedule, questions: list[Question]) -> None:
    """Ours, datetimes and checks and all, beside the two bisections alone: integers in, integers out."""
    opens, lengths, before, after = _lists(schedule)
    whole = [(int(start.timestamp()), int(amount.total_seconds())) for start, amount in questions]

    def bare(at: int, seconds: int) -> int:
        row = bisect_right(opens, at) - 1
        done = before[row] + min(at - opens[row], lengths[row]) + seconds
        row = bisect_left(after, done)
        return opens[row] + done - before[row]

    ours, plain = [], []
    for number in range(ROUNDS):
        ours.append(_seconds(partial(add, schedule), _part(questions, number, ROUND_COUNT)))
        plain.append(_seconds(bare, _part(whole, number, ROUND_COUNT)))
    print(f"two bisections of integers, no datetimes: {_best(plain):.3f} µs;", end="")
    print(f" our addition of datetimes takes {_ratio(ours, plain):.2f} times that")


def other_questions(schedule: Schedule, questions: list[Question]) -> None:
    few = questions[:2000]
    ends = [(start, add(schedule, start, amount)) for start, amount in few]
    print(f"subtract:                {_seconds(partial(subtract, schedule), questions) * 1e6:7.3f} µs")
    print(f"between:                 {_seconds(partial(between, schedule), ends) * 1e6:7.3f} µs")
    print(f"explain:                 {_seconds(partial(explain, schedule), ends) * 1e6:7.1f} µs")


def many(schedule: Schedule, questions: list[Question]) -> None:
    """The vectorised form."""
    starts = np.array([int(start.timestamp()) for start, _ in questions] * 50, dtype=np.int64)
    seconds = np.array([int(amount.total_seconds()) for _, amount in questions] * 50, dtype=np.int64)
    add_many(schedule, starts[:10], seconds[:10])
    began = time.perf_counter()
    ends = add_many(schedule, starts, seconds)
    took = time.perf_counter() - began
    wrong = sum(int(add(schedule, *q).timestamp()) != end for q, end in zip(questions, ends, strict=False))
    print(f"vectorised:              {took / len(starts) * 1e6:7.3f} µs each of {len(starts):,}; differ: {wrong}")


def recompute() -> None:
    """Eight terms of each of 10,000 open incidents, one by one: what a change of calendar costs before the database."""
    terms = [timedelta(minutes=minutes) for minutes in (30, 60, 60, 120, 240, 300, 480, 540)]
    starts = [_question()[0] for _ in range(10_000)]
    changed = Schedule.from_document(DOCUMENT | {"dates": {"2026-11-27": ["09:00-12:00"]}})
    began = time.perf_counter()
    for start in starts:
        for term in terms:
            add(changed, start, term)
    print(f"10,000 x 8 terms afresh: {time.perf_counter() - began:7.3f} s, with building the index")


if __name__ == "__main__":
    sys.exit(main())
