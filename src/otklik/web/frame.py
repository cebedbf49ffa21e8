"""The context processor that gives every page its `frame`: who is signed in, where, what time it is there, the menu."""

import datetime as dt
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from otklik.incidents.load import MANAGERS
from otklik.jobs.queries import is_silent, last_beat_at
from otklik.messages.access import MONITORING
from otklik.orgs import acts, queries
from otklik.orgs.models import Person as Account
from otklik.orgs.queries import HeldRole
from otklik.orgs.words import ROLE_WORDS
from otklik.regulation.model.people import OurRole
from otklik.web.help.places import help_for
from otklik.web.view import Frame, Link, NavItem, Person, Theme

THEME = "otklik_theme"


def frame(request: HttpRequest) -> dict[str, Any]:
    """`frame` for the templates."""
    user = getattr(request, "user", None)
    now = timezone.localtime(timezone.now())
    if not isinstance(user, Account):
        return {"frame": Frame(now=now, theme=_theme(request), search=False)}
    held = queries.roles_at(user, timezone.now())
    return {
        "frame": Frame(
            now=now,
            theme=_theme(request),
            organisation=user.organisation.short_name,
            act_title=_act_title(user),
            user=Person(name=user.full_name, role=_roles(held), unit=user.unit.name if user.unit else ""),
            nav=_nav(request, held),
            demo=user.is_demo,
            silent_since=_silent(now),
            live_url=reverse("live"),
            search_query=request.GET.get("q", ""),
            how=_how(request),
        )
    }


def _theme(request: HttpRequest) -> Theme:
    chosen = request.COOKIES.get(THEME, "")
    return Theme(chosen) if chosen in set(Theme) else Theme.AUTO


def _nav(request: HttpRequest, held: tuple[HeldRole, ...]) -> tuple[NavItem, ...]:
    """What everybody signed in may open; each page says itself what it keeps from whom."""
    pages = [("Очередь", "queue", "inbox")]
    if any(one.role in MONITORING for one in held):
        pages.append(("Лента", "feed", "messages"))
        pages.append(("Загрузка", "imports", "file-upload"))
    if any(one.role in MANAGERS for one in held):
        pages.append(("Руководителю", "manager", "list-check"))
    pages += [("Дежурство", "duty", "calendar-event"), ("Акт", "act", "scale")]
    if any(one.role is OurRole.ADMINISTRATOR for one in held):
        pages.append(("Настройка", "admin", "users"))
    pages.append(("Справка", "help", "help"))
    return tuple(
        NavItem(label=label, url=reverse(name), icon=icon, current=_is_current(request.path, reverse(name)))
        for label, name, icon in pages
    )


def _how(request: HttpRequest) -> Link | None:
    """Where this screen is explained."""
    found = request.resolver_match
    return help_for(found.url_name or "") if found else None


def _is_current(path: str, url: str) -> bool:
    """The pages of a section lie under its address; the queue's is the root of all."""
    return path == url or (url != "/" and path.startswith(url))


def _act_title(user: Account) -> str:
    act = acts.current(user.organisation)
    return act.short_title if act else ""


def _silent(now: dt.datetime) -> dt.datetime | None:
    """Since when the work process has not been heard of, if that is worth saying."""
    if not is_silent(now):
        return None
    return (last_beat_at() or now).astimezone(now.tzinfo)


def _roles(held: tuple[HeldRole, ...]) -> str:
    roles = {one.role for one in held}
    return ", ".join(words for role, words in ROLE_WORDS.items() if role in roles)
