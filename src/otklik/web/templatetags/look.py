"""Filters and tags of the screens: words for instants and clocks, icons. The words are made in `otklik.web.words`."""

import datetime as dt

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from otklik.web import words
from otklik.web.chronometer import Chronometer, ClockState

register = template.Library()

ICONS = "otklik/icons.svg"
CLOCK_ICONS = {
    "idle": "circle-dashed",
    "calm": "clock",
    "soon": "hourglass",
    "now": "alert-triangle",
    "late": "alert-octagon",
    "done": "circle-check",
    "done-late": "clock-exclamation",
}
LEVEL_ICONS = {"ok": "circle-check", "info": "info-circle", "warning": "alert-triangle", "error": "alert-octagon"}
ATTACHMENT_ICONS = {"photo": "photo", "video": "video", "act": "file-certificate", "other": "file"}


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon of the sprite. Decoration unless it has a label: words stand beside it."""
    href = f"{static(ICONS)}#{name}"
    if label:
        return format_html('<svg class="icon" role="img" aria-label="{}"><use href="{}"></use></svg>', label, href)
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"></use></svg>', href)


@register.simple_tag
def clock_icon(clock: Chronometer) -> SafeString:
    """The shape that goes with the colour of a chronometer."""
    if clock.state in {ClockState.NONE, ClockState.DROPPED}:
        return icon("minus")
    return icon(CLOCK_ICONS[clock.urgency])


@register.simple_tag
def level_icon(level: str) -> SafeString:
    """The shape that goes with the colour of a notice or a finding."""
    return icon(LEVEL_ICONS.get(level, "info-circle"))


@register.simple_tag
def attachment_icon(kind: str) -> SafeString:
    """The shape of a kind of file."""
    return icon(ATTACHMENT_ICONS.get(kind, "file"))


# --- instants; each takes `now` as its argument ----------------------------------------------------------------------


@register.filter
def moment(at: dt.datetime, now: dt.datetime) -> str:
    """«27 ноября, 16:40»."""
    return words.moment(at, now)


@register.filter
def near(at: dt.datetime, now: dt.datetime) -> str:
    """«сегодня, 16:40»."""
    return words.near_moment(at, now)


@register.filter
def until(at: dt.datetime, now: dt.datetime) -> str:
    """«до 15:30 завтра»."""
    return words.until(at, now)


@register.filter
def day(on: dt.date, now: dt.datetime) -> str:
    """«27 ноября»."""
    return words.day(on, now.date())


@register.filter
def weekday(on: dt.date) -> str:
    """«пятница»."""
    return words.weekday(on)


@register.filter
def hhmm(at: dt.datetime) -> str:
    """«09:05»."""
    return words.clock(at)


# --- counts and spans ------------------------------------------------------------------------------------------------


@register.filter
def counted(number: int, forms: str) -> str:
    """«3 дня»: `{{ n|counted:_("день|дня|дней") }}`."""
    return words.counted(number, forms)


@register.filter
def grouped(number: int) -> str:
    """«1 204»."""
    return words.grouped(number)


@register.filter
def span(time: dt.timedelta) -> str:
    """«1 ч 20 мин»."""
    return words.duration(time)


@register.filter
def size(amount: int) -> str:
    """«1,2 МБ»."""
    return words.size(amount)


# --- the chronometer -------------------------------------------------------------------------------------------------


@register.filter
def headline(clock: Chronometer) -> str:
    """«осталось 1 ч 20 мин»."""
    return words.headline(clock)


@register.filter
def due(clock: Chronometer) -> str:
    """«до 15:30»."""
    return words.deadline(clock)


@register.filter
def headline_short(clock: Chronometer) -> str:
    """What the clock says first, in a narrow column."""
    return words.short_headline(clock)


@register.filter
def due_short(clock: Chronometer) -> str:
    """«до 15:30, пн»."""
    return words.short_deadline(clock)


@register.filter
def urgency_word(clock: Chronometer) -> str:
    """«скоро», «срочно», or nothing."""
    return words.urgency_word(clock)


@register.filter
def standing(clock: Chronometer) -> str:
    """«нерабочее время, часы стоят до 09:00 завтра», or nothing."""
    return words.standing(clock)


@register.filter
def iso(at: dt.datetime | dt.date) -> str:
    """For the `datetime` attribute."""
    return at.isoformat()


@register.filter
def paragraphs(text: str) -> list[str]:
    """A text in its paragraphs, as the author parted them."""
    return [part.strip("\n") for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]


@register.filter
def anchor(clause: str) -> str:
    """A clause as the end of an id: «A2 2.2» gives «A2-2.2»."""
    return clause.replace(" ", "-")
