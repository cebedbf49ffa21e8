"""The journal of arrangements: who set up what, when, and what it was before."""

import datetime as dt

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from otklik.orgs.arrangements import Arrangement, arrangements
from otklik.orgs.models import Organisation
from otklik.orgs.rights import SignedInRequest
from otklik.web.admin.door import administers
from otklik.web.admin.pages import desk_of
from otklik.web.admin.view import ArrangementsPage, Happened
from otklik.web.words import near_moment

PER_PAGE = 50


@administers()
def journal(request: SignedInRequest, place: Organisation) -> HttpResponse:
    """The journal, newest first; `before` in the address goes back in time."""
    given = request.GET.get("before", "")
    before = int(given) if given.isdecimal() and len(given) < 16 else None
    found = arrangements(place, before=before, limit=PER_PAGE + 1)
    shown, now = found[:PER_PAGE], timezone.now()
    here = reverse("admin_journal", args=[place.pk])
    page = ArrangementsPage(
        desk=desk_of(request, place, "journal"),
        rows=tuple(happened(one, now) for _, one in shown),
        older_url=f"{here}?before={shown[-1][0]}" if len(found) > PER_PAGE else "",
        newer_url=here if before is not None else "",
    )
    return render(request, "admin/journal.html", {"page": page})


def happened(one: Arrangement, now: dt.datetime) -> Happened:
    """An entry as the templates print it."""
    return Happened(
        at=near_moment(one.at, now.astimezone(one.at.tzinfo)), who=one.who, what=one.what, details=one.details
    )
