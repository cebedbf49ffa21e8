"""What the clock does for sign-in: old sessions and attempts do not pile up."""

import datetime as dt

from axes.models import AccessAttempt, AccessLog
from django.conf import settings
from django.contrib.sessions.models import Session

from otklik.jobs.registry import periodic

KEPT = dt.timedelta(days=180)
"""How long the log of who signed in when, and from where, is kept: personal data, kept no longer than it is of use."""


@periodic(seconds=6 * 60 * 60)
def forget_sign_ins(now: dt.datetime) -> None:
    """Delete ended sessions, attempts that lock nobody any more, and log lines past their time."""
    Session.objects.filter(expire_date__lt=now).delete()
    AccessAttempt.objects.filter(attempt_time__lt=now - settings.AXES_COOLOFF_TIME).delete()
    AccessLog.objects.filter(attempt_time__lt=now - KEPT).delete()
