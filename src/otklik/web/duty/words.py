"""What the clock on the wall says about the working one: «Сейчас суббота, 23:40. Рабочее время начнётся …»."""

import datetime as dt

from otklik import worktime
from otklik.web.words import clock, day, weekday
from otklik.worktime import Schedule

_ON = ("в понедельник", "во вторник", "в среду", "в четверг", "в пятницу", "в субботу", "в воскресенье")


def on_weekday(on: dt.date) -> str:
    """«в понедельник», «во вторник»."""
    return _ON[on.weekday()]


def at_words(at: dt.datetime, now: dt.datetime) -> str:
    """«сегодня в 18:00», «в понедельник, 30 ноября, в 8:30»."""
    time = f"{at.hour}:{at.minute:02}"
    if at.date() == now.date():
        return f"сегодня в {time}"
    return f"{on_weekday(at.date())}, {day(at.date(), now.date())}, в {time}"


def clock_words(schedule: Schedule, now: dt.datetime) -> str:
    """Two sentences: what time it is, and whether the working clock runs. `now` is in the schedule's zone.

    :raises ScheduleError: no working time follows.
    """
    said = f"Сейчас {weekday(now.date())}, {clock(now)}."
    if worktime.is_open(schedule, now):
        return f"{said} Рабочее время идёт до {clock(closes_at(schedule, now))}."
    return f"{said} Рабочее время начнётся {at_words(worktime.next_opening(schedule, now), now)}."


def closes_at(schedule: Schedule, now: dt.datetime) -> dt.datetime:
    """When the working time that runs at `now` stops for the day; lunch is no end of it."""
    closing = worktime.closing(schedule, now.date())
    return now if closing is None else closing
