"""Old sessions and attempts are forgotten; what still counts stays."""

import datetime as dt

import pytest
from axes.models import AccessAttempt, AccessLog
from django.contrib.sessions.models import Session
from pytest_django import Settings

from otklik.orgs.jobs import KEPT, forget_sign_ins
from tests.cast import NOW

pytestmark = pytest.mark.django_db

SECOND = dt.timedelta(seconds=1)


def test_only_what_is_past_its_time_goes(settings: Settings) -> None:
    lock = settings.AXES_COOLOFF_TIME
    for name, late in (("old", SECOND), ("just", dt.timedelta(0))):
        Session.objects.create(session_key=name, session_data="", expire_date=NOW - late)
        attempt = AccessAttempt.objects.create(username=name, failures_since_start=1)
        AccessAttempt.objects.filter(pk=attempt.pk).update(attempt_time=NOW - lock - late)
        line = AccessLog.objects.create(username=name)
        AccessLog.objects.filter(pk=line.pk).update(attempt_time=NOW - KEPT - late)
    forget_sign_ins(NOW)
    assert list(Session.objects.values_list("session_key", flat=True)) == ["just"]
    assert list(AccessAttempt.objects.values_list("username", flat=True)) == ["just"]
    assert list(AccessLog.objects.values_list("username", flat=True)) == ["just"]
