"""The fixed moment of the gallery, its people and networks, and clocks made in one line."""

import datetime as dt
import zoneinfo
from dataclasses import dataclass, field
from typing import Any

from otklik.web.chronometer import Chronometer, ClockState, WalkKind, WalkLine, Why
from otklik.web.view import Attachment, AttachmentKind, Frame, NavItem, Network, NetworkTone, Person

ZONE = zoneinfo.ZoneInfo("Europe/Moscow")
NOW = dt.datetime(2026, 11, 27, 14, 10, tzinfo=ZONE)
"""Friday, a working day."""

VK = Network(code="vk", mark="ВК", name="ВКонтакте")
OK = Network(code="ok", mark="ОК", name="Одноклассники")
TELEGRAM = Network(code="telegram", mark="ТГ", name="Телеграм", tone=NetworkTone.MESSENGER)
MAX = Network(code="max", mark="МАКС", name="МАКС", tone=NetworkTone.MESSENGER)
SITE = Network(code="site", mark="сайт", name="Форум города", tone=NetworkTone.SITE)
DEMO = Network(code="demo", mark="демо", name="Демосеть", tone=NetworkTone.DEMO)
HAND = Network(code="hand", mark="рука", name="Введено вручную", tone=NetworkTone.HAND)

ROCHEVA = Person(name="Рочева Елена Васильевна", role="Исполнитель", unit="Отдел информации")
POPOV = Person(
    name="Попов Николай Егорович", role="профильный Исполнитель", unit="Управление жилищно-коммунального хозяйства"
)
ISTOMIN = Person(name="Истомин Роман Сергеевич", role="профильный Исполнитель", unit="МКУ «Городские дороги»")
SMETANIN = Person(name="Сметанин Юрий Алексеевич", role="ответственное должностное лицо", has_account=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """A template with its context, and what the frame has otherwise."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)
    frame: dict[str, Any] = field(default_factory=dict)
    status: int = 200


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> dt.datetime:
    """A moment of 2026 in the organisation's zone."""
    return dt.datetime(2026, month, day, hour, minute, tzinfo=ZONE)


def frame(**others: Any) -> Frame:
    """The frame of the gallery; `current` names the entry of the menu."""
    current = others.pop("current", "")
    entries = [
        ("Очередь", "/", "inbox", 9),
        ("Загрузка", "/imports/", "file-upload", None),
        ("Порядок", "/act/", "scale", None),
    ]
    nav = tuple(
        NavItem(label=label, url=url, icon=icon, count=count, current=label == current)
        for label, url, icon, count in entries
    )
    given: dict[str, Any] = {
        "now": NOW,
        "organisation": "Администрация муниципального округа «Северный»",
        "act_title": "Ухта № 960",
        "user": ROCHEVA,
        "nav": nav,
        "demo": True,
    }
    return Frame(**{**given, **others})


QUOTE = (
    "Профильный Исполнитель готовит проект ответа (при необходимости - промежуточного ответа) на сообщение из открытых "
    "источников и не позднее чем за 4 рабочих часа до истечения срока, предусмотренного пунктом 8 настоящего Порядка, "
    "направляет его Исполнителю."
)
WALK = (
    WalkLine(
        kind=WalkKind.COUNTED,
        on=dt.date(2026, 11, 26),
        from_at=at(26, 15, 20),
        until_at=at(26, 17, 15),
        counted=dt.timedelta(hours=1, minutes=55),
    ),
    WalkLine(
        kind=WalkKind.COUNTED,
        on=dt.date(2026, 11, 27),
        from_at=at(27, 8, 45),
        until_at=at(27, 13, 0),
        counted=dt.timedelta(hours=4, minutes=15),
    ),
    WalkLine(kind=WalkKind.SKIPPED, on=dt.date(2026, 11, 27), note="обед 13:00–14:00"),
    WalkLine(
        kind=WalkKind.SHORT,
        on=dt.date(2026, 11, 27),
        from_at=at(27, 14, 0),
        until_at=at(27, 15, 50),
        counted=dt.timedelta(hours=1, minutes=50),
        note="день короче на час",
    ),
)


def why(clause: str = "8", **others: Any) -> Why:
    """An explanation with a walk."""
    given: dict[str, Any] = {
        "quote": QUOTE,
        "literal": "8 рабочих часов",
        "reading": "рабочий час считается по режиму работы администрации.",
        "reason": "Акт своего режима не задаёт.",
        "starts": "с получения сообщения",
        "walk": WALK,
        "hours_of": "режим работы администрации (предположение)",
        "calendar": "2026.2",
    }
    return Why(clause=clause, **{**given, **others})


def running(title: str, minutes: int, *, of: int, due: dt.datetime, key: str, **others: Any) -> Chronometer:
    """A running clock with so many working minutes left of a term; late when negative."""
    state = ClockState.RUNNING if minutes >= 0 else ClockState.LATE
    given: dict[str, Any] = {
        "starts_at": at(26, 15, 20),
        "left": dt.timedelta(minutes=minutes),
        "total": dt.timedelta(minutes=of),
        "why": why(),
    }
    return Chronometer(key=key, title=title, state=state, now=NOW, due_at=due, **{**given, **others})


def still(title: str, state: ClockState, *, key: str, **others: Any) -> Chronometer:
    """A clock that does not run."""
    return Chronometer(key=key, title=title, state=state, now=NOW, **others)


PHOTO = Attachment(
    key="1",
    name="yama_sadovaya.jpg",
    kind=AttachmentKind.PHOTO,
    size=1_240_000,
    url="/files/1/",
    thumb_url="/files/1/",
    alt="Яма на проезжей части у дома 14",
    removable=True,
)
SCAN = Attachment(
    key="2", name="akt_priemki_27-11.pdf", kind=AttachmentKind.ACT, size=412_000, url="/files/2/", removable=True
)
