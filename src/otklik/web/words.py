"""Russian words for instants, spans, terms and counts: the door's one place for them.

Source strings are Russian and stand in gettext calls, so that an English catalogue can follow; see
docs/decisions/0002-words.md. Nothing here knows the wall clock: `now` comes with every call.
Instants are read in their own zone; `now` is moved into it.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from otklik.web.chronometer import Chronometer, ClockState, Urgency

NBSP = "\N{NO-BREAK SPACE}"
MINUTE = dt.timedelta(minutes=1)
HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)
ZERO = dt.timedelta(0)

_MONTHS = (
    gettext_lazy("января"),
    gettext_lazy("февраля"),
    gettext_lazy("марта"),
    gettext_lazy("апреля"),
    gettext_lazy("мая"),
    gettext_lazy("июня"),
    gettext_lazy("июля"),
    gettext_lazy("августа"),
    gettext_lazy("сентября"),
    gettext_lazy("октября"),
    gettext_lazy("ноября"),
    gettext_lazy("декабря"),
)
_SHORT_MONTHS = (
    gettext_lazy("янв."),
    gettext_lazy("фев."),
    gettext_lazy("мар."),
    gettext_lazy("апр."),
    pgettext_lazy("short month", "мая"),
    gettext_lazy("июн."),
    gettext_lazy("июл."),
    gettext_lazy("авг."),
    gettext_lazy("сен."),
    gettext_lazy("окт."),
    gettext_lazy("ноя."),
    gettext_lazy("дек."),
)
_SHORT_WEEKDAYS = (
    gettext_lazy("пн"),
    gettext_lazy("вт"),
    gettext_lazy("ср"),
    gettext_lazy("чт"),
    gettext_lazy("пт"),
    gettext_lazy("сб"),
    gettext_lazy("вс"),
)
_WEEKDAYS = (
    gettext_lazy("понедельник"),
    gettext_lazy("вторник"),
    gettext_lazy("среда"),
    gettext_lazy("четверг"),
    gettext_lazy("пятница"),
    gettext_lazy("суббота"),
    gettext_lazy("воскресенье"),
)

# --- counts ----------------------------------------------------------------------------------------------------------


def plural(number: int, forms: str) -> str:
    """The form of a word for a number, of `forms` parted by "|".

    Three forms («день|дня|дней») follow the Russian rule, two ("day|days") the English one. The whole string is one
    msgid, so a translation brings as many forms as its language has.

    :raises ValueError: for any other number of forms.
    """
    words = forms.split("|")
    if len(words) == 2:  # two forms, as in English
        return words[0] if abs(number) == 1 else words[1]
    if len(words) != 3:  # three forms, as in Russian
        raise ValueError(f"{forms!r}: write two or three forms parted by |")
    return words[_russian_form(abs(number))]


def _russian_form(number: int) -> int:
    if number % 10 == 1 and number % 100 != 11:  # одиннадцать дней
        return 0
    return 1 if number % 10 in {2, 3, 4} and number % 100 not in {12, 13, 14} else 2


def counted(number: int, forms: str) -> str:
    """A number with its word: «3 дня», «1 204 сообщения»."""
    return f"{grouped(number)}{NBSP}{plural(number, forms)}"


def grouped(number: int) -> str:
    """A whole number with thousands apart: «1 204»; four digits too, so that columns line up."""
    return f"{number:,}".replace(",", NBSP)


def listed(words: Sequence[str]) -> str:
    """«а», «а и б», «а, б и в»."""
    if len(words) < 2:  # one word needs no «и»
        return "".join(words)
    return _("%(first)s и %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


# --- days and instants -----------------------------------------------------------------------------------------------


def day(on: dt.date, today: dt.date) -> str:
    """«27 ноября»; with the year when it is not this one: «27 ноября 2025»."""
    words = f"{on.day}{NBSP}{_MONTHS[on.month - 1]}"
    return words if on.year == today.year else f"{words}{NBSP}{on.year}"


def weekday(on: dt.date) -> str:
    """«пятница»."""
    return str(_WEEKDAYS[on.weekday()])


def clock(at: dt.datetime) -> str:
    """«09:05»."""
    return f"{at:%H:%M}"


def moment(at: dt.datetime, now: dt.datetime) -> str:
    """«27 ноября, 16:40», with the year when it is not this one: «27 ноября 2025, 16:40»."""
    return f"{day(at.date(), _today(at, now))}, {clock(at)}"


def first_words(text: str, length: int = 80) -> str:
    """The beginning of a text in one line, cut between words."""
    words = " ".join(text.split())
    if len(words) <= length:
        return words
    whole, _space, _rest = words[: length + 1].rpartition(" ")
    return (whole or words[:length]).rstrip(",.;:-–—… ") + "…"


def near_moment(at: dt.datetime, now: dt.datetime) -> str:
    """As `moment`, and «сегодня, 16:40», «вчера, 16:40», «завтра, 16:40» for the days around."""
    near = _near_day((at.date() - _today(at, now)).days)
    return f"{near}, {clock(at)}" if near else moment(at, now)


def until(due_at: dt.datetime, now: dt.datetime) -> str:
    """«до 15:30», «до 15:30 завтра», «до 15:30, 30 ноября». Midnight is the end of the day before: «до 24:00»."""
    return _until(due_at, now, short=False)


def short_until(due_at: dt.datetime, now: dt.datetime) -> str:
    """As `until`, for narrow columns: «до 15:30, пн» within a week, «до 15:30, 3 дек.» later."""
    return _until(due_at, now, short=True)


def _until(due_at: dt.datetime, now: dt.datetime, *, short: bool) -> str:
    at_midnight = due_at.time() == dt.time(0)
    on = due_at.date() - DAY if at_midnight else due_at.date()
    facts = {"time": "24:00" if at_midnight else clock(due_at)}
    today = _today(due_at, now)
    distance = (on - today).days
    if distance == 0:
        return _("до %(time)s") % facts
    near = _near_day(distance)
    if near:
        return _("до %(time)s %(day)s") % {**facts, "day": near}
    return _("до %(time)s, %(day)s") % {**facts, "day": _short_day(on, today) if short else day(on, today)}


def _short_day(on: dt.date, today: dt.date) -> str:
    if 0 < (on - today).days < len(_SHORT_WEEKDAYS):
        return str(_SHORT_WEEKDAYS[on.weekday()])
    words = f"{on.day}{NBSP}{_SHORT_MONTHS[on.month - 1]}"
    return words if on.year == today.year else f"{words}{NBSP}{on.year}"


def _today(at: dt.datetime, now: dt.datetime) -> dt.date:
    return now.astimezone(at.tzinfo).date()


def _near_day(distance: int) -> str:
    if distance == 0:
        return _("сегодня")
    if distance == 1:
        return _("завтра")
    return _("вчера") if distance == -1 else ""


# --- spans -----------------------------------------------------------------------------------------------------------


def duration(span: dt.timedelta, *, working: bool = False) -> str:
    """«1 ч 20 мин», «35 мин»; working time says so: «5 раб. ч 20 мин», «35 раб. мин».

    Whole minutes, rounded down: a clock never promises a minute that is not there. Wall time counts days too
    («2 дня 3 ч»), working time never does: a working day has no fixed length.
    """
    minutes = abs(span) // MINUTE
    if minutes == 0:
        return _("меньше минуты")
    days, hours = (0, minutes // 60) if working else (minutes // (24 * 60), minutes // 60 % 24)
    minutes %= 60
    if days:
        tail = f" {_hours(hours, working=False)}" if hours else ""
        return counted(days, _("день|дня|дней")) + tail
    if hours:
        tail = f" {minutes}{NBSP}{_('мин')}" if minutes else ""
        return _hours(hours, working=working) + tail
    return f"{minutes}{NBSP}{_('раб. мин') if working else _('мин')}"


def _hours(hours: int, *, working: bool) -> str:
    return f"{hours}{NBSP}{_('раб. ч') if working else _('ч')}"


def long_duration(span: dt.timedelta, *, working: bool = False) -> str:
    """In full words, for readers and screen readers: «5 рабочих часов 20 минут»."""
    minutes = abs(span) // MINUTE
    hours, minutes = divmod(minutes, 60)
    if not hours and not minutes:
        return _("меньше минуты")
    kind = _("рабочий час|рабочих часа|рабочих часов") if working else _("час|часа|часов")
    minute = _("минута|минуты|минут")
    if working and not hours:
        minute = _("рабочая минута|рабочие минуты|рабочих минут")
    parts = [counted(hours, kind)] if hours else []
    parts += [counted(minutes, minute)] if minutes else []
    return " ".join(parts)


def size(amount: int) -> str:
    """«740 Б», «12 КБ», «1,2 МБ»."""
    if amount < 1024:  # bytes in a kilobyte
        return f"{amount}{NBSP}{_('Б')}"
    if amount < 1024 * 1024:
        return f"{amount // 1024}{NBSP}{_('КБ')}"
    return f"{amount / 1024 / 1024:.1f}".replace(".", _(",")) + f"{NBSP}{_('МБ')}"


# --- the chronometer -------------------------------------------------------------------------------------------------


def headline(clock_: Chronometer) -> str:
    """What the clock says first: «осталось 1 ч 20 мин», «просрочено на 20 мин», «выполнено в срок»."""
    state = clock_.state
    if state is ClockState.RUNNING and clock_.left is not None and clock_.left >= ZERO:
        return _remaining(clock_)
    if state is ClockState.LATE or (state is ClockState.RUNNING and clock_.left is not None):
        return _overdue(clock_)
    words = {
        ClockState.WAITING: _("срок ещё не начался"),
        ClockState.RUNNING: _("срок идёт"),
        ClockState.PAUSED: _("срок приостановлен"),
        ClockState.MET: _("выполнено в срок"),
        ClockState.MET_LATE: _("выполнено с опозданием"),
        ClockState.DROPPED: _("срок снят"),
        ClockState.NONE: _("срок актом не установлен"),
    }
    return words[state]


def short_headline(clock_: Chronometer) -> str:
    """As `headline`, for narrow columns: what is late by hours is said in whole hours; working time after the word
    «скоро» or «срочно» is said without «осталось».
    """
    left = clock_.left
    is_pressing = clock_.urgency in {Urgency.SOON, Urgency.NOW} and not clock_.left_days
    if is_pressing and left is not None and (says_working(clock_) or left < MINUTE):
        return duration(left, working=says_working(clock_))
    if clock_.urgency is not Urgency.LATE or left is None or -left < HOUR:
        return headline(clock_)
    return _overdue(replace(clock_, left=-(-left // HOUR * HOUR)))


def _remaining(clock_: Chronometer) -> str:
    left = clock_.left or ZERO
    if clock_.left_days:
        forms = _("рабочий день|рабочих дня|рабочих дней") if clock_.working else _("день|дня|дней")
        verb = plural(clock_.left_days, _("остался|осталось|осталось"))
        return f"{verb} {counted(clock_.left_days, forms)}"
    return _("осталось %(span)s") % {"span": duration(left, working=says_working(clock_))}


def _overdue(clock_: Chronometer) -> str:
    if clock_.left is None:
        return _("просрочено")
    return _("просрочено на %(span)s") % {"span": duration(clock_.left, working=says_working(clock_))}


def says_working(clock_: Chronometer) -> bool:
    """Whether «рабочих» must be said: working time between now and the due time is not the time on the wall."""
    if not clock_.working or clock_.left is None or clock_.due_at is None:
        return False
    wall = clock_.due_at - clock_.now
    return abs(wall - clock_.left) >= MINUTE


def deadline(clock_: Chronometer) -> str:
    """The second half: «до 15:30», «срок был до 15:30», «27 ноября, 14:05» when done; nothing when there is no term."""
    return _deadline(clock_, short=False)


def short_deadline(clock_: Chronometer) -> str:
    """As `deadline`, for narrow columns."""
    return _deadline(clock_, short=True)


def _deadline(clock_: Chronometer, *, short: bool) -> str:
    now = clock_.now
    if clock_.state in {ClockState.MET, ClockState.MET_LATE} and clock_.ended_at is not None:
        return near_moment(clock_.ended_at, now)
    if clock_.due_at is None or clock_.state in {ClockState.WAITING, ClockState.NONE, ClockState.DROPPED}:
        return ""
    words = _until(clock_.due_at, now, short=short)
    if clock_.urgency is not Urgency.LATE:
        return words
    return _since(clock_.due_at, now) if short else _("срок был %(until)s") % {"until": words}


def _since(due_at: dt.datetime, now: dt.datetime) -> str:
    """«с 15:30», «с 18 ноя.»: since when it is late."""
    today = _today(due_at, now)
    if due_at.date() == today:
        return _("с %(time)s") % {"time": clock(due_at)}
    return _("с %(day)s") % {"day": _short_day(due_at.date(), today)}


def urgency_word(clock_: Chronometer) -> str:
    """The word that goes with the colour and the shape; calm needs none."""
    return {
        Urgency.SOON: pgettext("chronometer", "скоро"),
        Urgency.NOW: pgettext("chronometer", "срочно"),
    }.get(clock_.urgency, "")


def standing(clock_: Chronometer) -> str:
    """«часы стоят до 09:00 завтра»: the working clock does not run now."""
    if clock_.stands_until is None or clock_.state is not ClockState.RUNNING:
        return ""
    return _("нерабочее время, часы стоят %(until)s") % {"until": until(clock_.stands_until, clock_.now)}
