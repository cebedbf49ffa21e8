"""The sign-in page, as data. Template `signin/page.html`; posted to `sign_in` with `username`, `password`, `next`."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoAccount:
    """A person of the demo one may sign in as."""

    login: str
    name: str
    roles: str
    """In words: «куратор», «исполнитель, размещает ответы»."""
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoOrganisation:
    """The people of one demo organisation, and the act it works under."""

    name: str
    act: str
    accounts: tuple[DemoAccount, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInPage:
    """The page. `wrong`: name and password do not fit; `locked_until`: too many attempts, in the viewer's best zone.

    `reason` says why the page came up («Сеанс закончился: вы не работали больше часа»). `demo` only on loopback.
    """

    next: str = ""
    username: str = ""
    wrong: bool = False
    locked_until: dt.datetime | None = None
    attempts_left: int | None = None
    reason: str = ""
    demo: tuple[DemoOrganisation, ...] = ()
    demo_password: str = ""
    demo_network_url: str = ""
