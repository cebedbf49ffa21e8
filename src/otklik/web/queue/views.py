"""The queue: what waits for the person signed in."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from otklik.incidents.changes import heads
from otklik.orgs.rights import SignedInRequest, allow
from otklik.web.live.stream import written
from otklik.web.queue import address
from otklik.web.queue.page import changed_rows, queue_page

MOST_ROWS = 100
"""Rows that a page asks for at once; one that missed more asks for the whole list."""


@allow()
def queue(request: SignedInRequest) -> HttpResponse:
    """One section of the queue, most pressing first."""
    live_id = written(heads(), request.organisation_ids)  # before the list is read: nothing falls between
    now = timezone.localtime(timezone.now())
    page = queue_page(request.user, now, address.read(request.GET), live_id=live_id)
    return render(request, "queue/page.html", {"page": page})


@allow()
def changes(request: SignedInRequest) -> HttpResponse:
    """Of the incidents named in `ids`, those that stand in the list of the address, as they are now; and the counts."""
    ids = [
        int(one) for one in request.GET.get("ids", "").split(",") if one.isdecimal() and len(one) <= address.LONGEST_ID
    ]
    now = timezone.localtime(timezone.now())
    found = changed_rows(request.user, now, address.read(request.GET), ids[:MOST_ROWS])
    return render(request, "queue/_changes.html", {"page": found})
