"""Who may sign in: a person with an account, active; with a demo password on this machine's own loopback only."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from otklik.orgs.models import Person
from otklik.project.env import is_loopback
from otklik.project.transactions import EVERYTHING, read

OF_PROXIES = (
    "HTTP_FORWARDED",
    "HTTP_VIA",
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_REAL_IP",
    "HTTP_CF_CONNECTING_IP",
)
"""Headers by which reverse proxies and tunnels give themselves away."""


class PersonBackend(BaseBackend):
    """Name and password. A wrong name costs as much time as a wrong password, so that neither tells who exists."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **_others: Any
    ) -> Person | None:
        if username is None or password is None:
            return None
        with read(EVERYTHING):
            try:
                person = Person.objects.get_by_natural_key(username)
            except Person.DoesNotExist:
                Person().set_password(password)
                return None
            fits = person.check_password(password)
        return person if fits and may_sign_in(person, request) else None

    def get_user(self, user_id: int) -> Person | None:
        with read(EVERYTHING):
            # With the unit: every page names it, also those that fail before any organisation is in sight.
            person = Person.objects.select_related("organisation", "unit").filter(pk=user_id).first()
        return person if person is not None and person.is_active and person.has_account else None


def may_sign_in(person: Person, request: HttpRequest | None) -> bool:
    """Whether this person may sign in from where the request comes."""
    if not (person.is_active and person.has_account):
        return False
    return not person.is_demo or is_from_this_machine(request)


def is_from_this_machine(request: HttpRequest | None) -> bool:
    """The connection itself is from loopback, through no proxy, to a server that listens nowhere else.

    A proxy on this machine also speaks from loopback: one that was named in the settings, or names itself in a header
    or by the host people asked for, is believed to bring strangers.
    """
    if request is None or not settings.BOUND_TO_LOOPBACK or settings.TRUSTED_PROXIES:
        return False
    if any(header in request.META for header in OF_PROXIES):
        return False
    if not all(
        _is_this_machine(place) for place in (settings.PUBLIC_ADDRESS, f"//{request.META.get('HTTP_HOST', '')}")
    ):
        return False
    return is_loopback(str(request.META.get("REMOTE_ADDR", "")))


def _is_this_machine(address: str) -> bool:
    """Whether the address that people open names loopback, or names nothing."""
    try:
        host = urlsplit(address).hostname
    except ValueError:
        return False
    return host is None or is_loopback(host)
