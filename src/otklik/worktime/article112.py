"""Article 112 of the Labour Code applied to a year that has no decree yet. Dates in, dates out.

What only a decree can decide is left out: where the two days off that coincide with the holidays of 1-6 and 8 January
go, and any further moves, such as working Saturdays. So such a year is provisional.
"""

from collections.abc import Collection, Iterator
from datetime import date, timedelta

# Part 1 of the article, in force since 01.01.2013 (Federal Law 35-FZ of 23.04.2012).
HOLIDAYS: dict[tuple[int, int], str] = {
    **{(1, day): "Новогодние каникулы" for day in (1, 2, 3, 4, 5, 6, 8)},
    (1, 7): "Рождество Христово",
    (2, 23): "День защитника Отечества",
    (3, 8): "Международный женский день",
    (5, 1): "Праздник Весны и Труда",
    (5, 9): "День Победы",
    (6, 12): "День России",
    (11, 4): "День народного единства",
}

_DAY = timedelta(days=1)


def holidays_of(year: int) -> dict[date, str]:
    """Part 1: the holidays with their names."""
    return {date(year, month, day): title for (month, day), title in HOLIDAYS.items()}


def transferred_days(year: int) -> dict[date, date]:
    """Part 2: date taken as a day off -> the weekend holiday it comes from. Those of January wait for a decree."""
    holidays = holidays_of(year)
    taken: dict[date, date] = {}
    for holiday in sorted(holidays):
        if holiday.month == 1 or not _is_weekend(holiday):
            continue
        day = holiday + _DAY
        while _is_weekend(day) or day in holidays or day in taken:
            day += _DAY
        taken[day] = holiday
    return taken


def short_days(year: int, days_off: Collection[date]) -> Iterator[date]:
    """Article 95: working days that stand directly before a holiday, given the dates already off."""
    for holiday in (*sorted(holidays_of(year)), date(year + 1, 1, 1)):
        eve = holiday - _DAY
        if eve.year == year and not _is_weekend(eve) and eve not in days_off:
            yield eve


def _is_weekend(day: date) -> bool:
    return day.weekday() >= 5
