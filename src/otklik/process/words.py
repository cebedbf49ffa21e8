"""The words for moments, states and terms, in Russian and English, for the command line and the web alike.

Sentences that explain a deadline are in `explained.py`. Literal words of the acts are data and stand in the acts.
"""

import datetime as dt
from typing import Literal

from otklik.process.deadline import DeadlineState
from otklik.regulation.model import MomentKind
from otklik.regulation.russian import MOMENTS, plural
from otklik.worktime import length_words

Language = Literal["ru", "en"]


_OF = {
    MomentKind.POSTED: "публикации сообщения",
    MomentKind.DETECTED: "выявления",
    MomentKind.SELECTED: "отбора",
    MomentKind.SHORTENED: "решения о сокращённом сроке",
    MomentKind.RECEIVED: "получения",
    MomentKind.ROUTED: "направления в орган",
    MomentKind.RETURNED: "возврата не по компетенции",
    MomentKind.PART_REQUESTED: "запроса части ответа",
    MomentKind.PART_IN: "поступления части ответа",
    MomentKind.DRAFT_IN: "поступления проекта ответа на согласование",
    MomentKind.SENT_BACK: "направления на доработку",
    MomentKind.APPROVED: "согласования",
    MomentKind.FIRST_RESPONSE: "первичного ответа",
    MomentKind.INTERIM_PUBLISHED: "размещения промежуточного ответа",
    MomentKind.CLARIFICATION_PUBLISHED: "размещения запроса (уточнения)",
    MomentKind.AUTHOR_ANSWERED: "ответа автора",
    MomentKind.PUBLISHED: "размещения ответа",
    MomentKind.IMPORTANCE_RAISED: "повышения важности",
    MomentKind.SIGNIFICANCE_CONFIRMED: "подтверждения значимости",
    MomentKind.SURGE_CONFIRMED: "подтверждения социальной активности",
    MomentKind.EXTENDED: "продления срока",
    MomentKind.AUTHOR_TOLD: "сообщения автору о продлении",
    MomentKind.PERIOD_ENDED: "окончания отчётного периода",
    MomentKind.REPORTED: "доклада",
}
"""A moment after «с момента»."""
_EN = {
    MomentKind.POSTED: "posting of the message",
    MomentKind.DETECTED: "detection",
    MomentKind.SELECTED: "selection",
    MomentKind.SHORTENED: "decision on the shortened term",
    MomentKind.RECEIVED: "receipt",
    MomentKind.ROUTED: "routing",
    MomentKind.RETURNED: "return as not competent",
    MomentKind.PART_REQUESTED: "request of a part",
    MomentKind.PART_IN: "arrival of a part",
    MomentKind.DRAFT_IN: "arrival of the draft for review",
    MomentKind.SENT_BACK: "sending back for rework",
    MomentKind.APPROVED: "approval",
    MomentKind.FIRST_RESPONSE: "first response",
    MomentKind.INTERIM_PUBLISHED: "publication of the interim reply",
    MomentKind.CLARIFICATION_PUBLISHED: "publication of the clarification request",
    MomentKind.AUTHOR_ANSWERED: "answer of the author",
    MomentKind.PUBLISHED: "publication of the reply",
    MomentKind.IMPORTANCE_RAISED: "raising of the importance",
    MomentKind.SIGNIFICANCE_CONFIRMED: "confirmation of significance",
    MomentKind.SURGE_CONFIRMED: "confirmation of a surge",
    MomentKind.EXTENDED: "extension of the term",
    MomentKind.AUTHOR_TOLD: "telling the author of the extension",
    MomentKind.PERIOD_ENDED: "end of the reported period",
    MomentKind.REPORTED: "report",
}
_STATES = {
    DeadlineState.WAITING: ("ждёт начала", "waiting"),
    DeadlineState.RUNNING: ("идёт", "running"),
    DeadlineState.PAUSED: ("приостановлен", "paused"),
    DeadlineState.MET: ("исполнен в срок", "met"),
    DeadlineState.MET_LATE: ("исполнен с опозданием", "met late"),
    DeadlineState.LATE: ("просрочен", "late"),
    DeadlineState.DROPPED: ("снят", "dropped"),
}
_WEEKDAYS = {
    "ru": ("пн", "вт", "ср", "чт", "пт", "сб", "вс"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_WEEKDAYS_BY = {
    "ru": ("понедельника", "вторника", "среды", "четверга", "пятницы", "субботы", "воскресенья"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS = {
    "ru": (
        "январь", "февраль", "март", "апрель", "май", "июнь",
        "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip


def moment_name(kind: MomentKind, lang: Language = "ru") -> str:
    """«выявление»."""
    return MOMENTS[kind] if lang == "ru" else _EN[kind]


def since_moment(kind: MomentKind, lang: Language = "ru") -> str:
    """«с момента выявления»."""
    return f"с момента {_OF[kind]}" if lang == "ru" else f"from {_EN[kind]}"


def state_name(state: DeadlineState, lang: Language = "ru") -> str:
    """«идёт»."""
    return _STATES[state][lang == "en"]


def clause_name(clause: str, lang: Language = "ru") -> str:
    """«пункт 13», «пункт 2.2 приложения 2», «пункт 4 постановления»."""
    part, _, number = clause.rpartition(" ")
    if lang == "en":
        where = {"": "", "R": " of the resolution"}.get(part, f" of annex {part[1:]}")
        return f"clause {number}{where}"
    where = {"": "", "R": " постановления"}.get(part, f" приложения {part[1:]}")
    return f"пункт {number}{where}"


def instant(at: dt.datetime, lang: Language = "ru", *, ends_day: bool = False) -> str:
    """«пт 27.11.2026 16:40»; `ends_day`: midnight is the 24:00 of the day before."""
    clock = f"{at:%H:%M:%S}" if at.second else f"{at:%H:%M}"
    if ends_day and clock == "00:00":
        at, clock = at - dt.timedelta(days=1), "24:00"
    return f"{_WEEKDAYS[lang][at.weekday()]} {at:%d.%m.%Y} {clock}"


def weekday_by(number: int, lang: Language = "ru") -> str:
    """«понедельника», after «до конца»; 1 is Monday."""
    return _WEEKDAYS_BY[lang][number - 1]


def month_name(day: dt.date, lang: Language = "ru") -> str:
    """«ноябрь 2026»."""
    return f"{_MONTHS[lang][day.month - 1]} {day.year}"


def amount(number: float, unit: str, counted: str, lang: Language = "ru") -> str:
    """An amount as it is read: «4 ч рабочего времени», «7 рабочих дней», «1 календарный месяц»."""
    working = counted == "working"
    if unit in ("minute", "hour"):
        span = dt.timedelta(hours=number) if unit == "hour" else dt.timedelta(minutes=number)
        tail = {"ru": ("по часам без перерывов", "рабочего времени"), "en": ("by the wall clock", "of working time")}
        return f"{length_words(span, lang)} {tail[lang][working]}"
    if lang == "en":
        name = f"{'working' if working else 'calendar'} {unit}"
        return f"{number:g} {name}{'' if number == 1 else 's'}"
    forms = {
        ("day", True): ("рабочий день", "рабочих дня", "рабочих дней"),
        ("day", False): ("календарный день", "календарных дня", "календарных дней"),
        ("month", False): ("месяц", "месяца", "месяцев"),
    }
    return plural(number, *forms[unit, working])
