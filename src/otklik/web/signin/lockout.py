"""What is answered when somebody has tried too often: the same page, and from when on to try again.

Names are counted as they are compared: lower case, so that another spelling is not another chance.
"""

import datetime as dt
import math
from collections.abc import Mapping

from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from otklik.orgs.models.person import normalise_username
from otklik.project.addresses import client_address
from otklik.web.signin.page import sign_in_page


def attempted_username(request: HttpRequest, credentials: Mapping[str, object] | None = None) -> str:
    """The name that an attempt counts against."""
    given = (credentials or {}).get("username") or request.POST.get("username", "")
    return normalise_username(str(given))


def attempts_left(request: HttpRequest) -> int:
    """How many wrong passwords are left before the lockout, whether the name exists or not."""
    failures: int = AxesProxyHandler.get_failures(request, {"username": attempted_username(request)})
    return max(0, settings.AXES_FAILURE_LIMIT - failures)


def locked_out(request: HttpRequest, *_others: object) -> HttpResponse:
    """The sign-in page again, with the time from which on it will listen: 429 with Retry-After."""
    now = timezone.now()
    free_at = _free_at(request, now)
    page = sign_in_page(request, target=request.POST.get("next", ""), locked_until=timezone.localtime(free_at))
    response = render(request, "signin/page.html", {"page": page}, status=429)
    response["Retry-After"] = str(max(1, math.ceil((free_at - now).total_seconds())))
    return response


def _free_at(request: HttpRequest, now: dt.datetime) -> dt.datetime:
    attempts = AccessAttempt.objects.filter(username=attempted_username(request), ip_address=client_address(request))
    last = attempts.order_by("-attempt_time").values_list("attempt_time", flat=True).first() or now
    free_at: dt.datetime = last + settings.AXES_COOLOFF_TIME
    return free_at
