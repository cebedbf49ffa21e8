"""Working time: production calendars and schedules, and arithmetic over them. Pure: no clock, no Django.

A map:

- ``spans``, ``zones``            minutes of a day; IANA zones
- ``calendar``, ``article112``    layers of dates that differ from the week; years without a decree
- ``documents``, ``fields``       reading files so that every problem is told, with its line
- ``yearfile``, ``sources``       calendar files; the folders they lie in (the only files read here)
- ``schedule``, ``parsing``       a schedule and its format
- ``table``, ``index``              the cumulative table behind all arithmetic; building it year by year
- ``arithmetic``, ``days``, ``vector``   add, subtract, between; working days; whole arrays
- ``explain``, ``walkwords``      the walk behind a deadline, as data and in words
- ``errors``, ``wording``         what can be wrong: codes with facts; sentences in Russian and English

Conventions, file formats and layers: docs/worktime.md.
"""

from otklik.worktime.arithmetic import add, between, is_open, next_opening, subtract
from otklik.worktime.calendar import Calendar, CalendarDay, DayKind, Layer, closed_day, compose, duty_day, own_layer
from otklik.worktime.days import (
    add_working_days,
    closing,
    is_working_day,
    next_working_day,
    opening,
    previous_working_day,
)
from otklik.worktime.errors import Problem, ScheduleError
from otklik.worktime.explain import Walk, WalkDay, explain, is_provisional
from otklik.worktime.schedule import Schedule, load_schedule
from otklik.worktime.sources import CalendarSource, default_source
from otklik.worktime.vector import add_many, subtract_many
from otklik.worktime.walkwords import length_words, moment_words
from otklik.worktime.wording import describe
from otklik.worktime.yearfile import parse_own_layer
from otklik.worktime.zones import FIRST_YEAR, LAST_YEAR

__all__ = [
    "FIRST_YEAR",
    "LAST_YEAR",
    "Calendar",
    "CalendarDay",
    "CalendarSource",
    "DayKind",
    "Layer",
    "Problem",
    "Schedule",
    "ScheduleError",
    "Walk",
    "WalkDay",
    "add",
    "add_many",
    "add_working_days",
    "between",
    "closed_day",
    "closing",
    "compose",
    "default_source",
    "describe",
    "duty_day",
    "explain",
    "is_open",
    "is_provisional",
    "is_working_day",
    "length_words",
    "load_schedule",
    "moment_words",
    "next_opening",
    "next_working_day",
    "opening",
    "own_layer",
    "parse_own_layer",
    "previous_working_day",
    "subtract",
    "subtract_many",
]
