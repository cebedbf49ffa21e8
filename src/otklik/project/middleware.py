"""Small middleware of our own: headers that Django has no setting for, people before background work, local time."""

import zoneinfo
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from otklik.project.transactions import people_write

Handler = Callable[[HttpRequest], HttpResponseBase]

PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()"


def security_headers(get_response: Handler) -> Handler:
    """Headers that Django has no setting for; pages with people's data are not kept by caches."""

    def handle(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-store"
        return response

    return handle


def people_first(get_response: Handler) -> Handler:
    """Long work in the background leaves gaps for whoever wants to write now."""

    def handle(request: HttpRequest) -> HttpResponseBase:
        if request.method not in {"GET", "HEAD", "OPTIONS"}:
            people_write()
        return get_response(request)

    return handle


def local_time(get_response: Handler) -> Handler:
    """Templates show times in the person's own zone, or in their organisation's."""

    def handle(request: HttpRequest) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return get_response(request)
        with timezone.override(zoneinfo.ZoneInfo(request.user.local_zone)):
            return get_response(request)

    return handle
