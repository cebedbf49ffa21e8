"""How long a session lives: an idle limit, and an absolute one that no activity extends.

Times in the session are whole seconds since the epoch. A request that nobody made by hand (live updates) says so with
the header `X-Otklik-Background: 1` and does not count as activity; nor does a stream of events, which a browser opens
anew by itself and which can send no header of ours.
"""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

Handler = Callable[[HttpRequest], HttpResponseBase]

STARTED = "started_at"
SEEN = "seen_at"
ENDED_IDLE = "idle"
ENDED_OLD = "old"
"""Why a session ended, for the sign-in page (`?ended=`)."""

NOTE_EVERY_SECONDS = 60
"""Activity is written at most so often: not a write for each request."""


def session_limits(get_response: Handler) -> Handler:
    """Signs out a session that was idle too long or has lived too long."""

    def handle(request: HttpRequest) -> HttpResponseBase:
        if request.user.is_authenticated:
            ended = _keep_or_end(request, int(timezone.now().timestamp()))
            if ended:
                request.session_ended = ended  # type: ignore[attr-defined]  # the sign-in page says why
        return get_response(request)

    return handle


def _keep_or_end(request: HttpRequest, now: int) -> str:
    """Why the session ended; empty while it lives."""
    session = request.session
    if STARTED not in session:
        session[STARTED] = session[SEEN] = now
        return ""
    idle = now - session[SEEN]
    is_old = now - session[STARTED] >= settings.SESSION_COOKIE_AGE
    if is_old or idle >= settings.SESSION_IDLE.total_seconds():
        logout(request)
        return ENDED_OLD if is_old else ENDED_IDLE
    if idle >= NOTE_EVERY_SECONDS and not _is_by_itself(request):
        session[SEEN] = now
    return ""


def _is_by_itself(request: HttpRequest) -> bool:
    is_stream = request.headers.get("Accept") == "text/event-stream"
    return is_stream or request.headers.get("X-Otklik-Background") == "1"
