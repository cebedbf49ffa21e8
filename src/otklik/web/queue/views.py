"""The queue: what waits for the person signed in."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from otklik.orgs.rights import SignedInRequest, allow
from otklik.web.queue import address
from otklik.web.queue.page import queue_page


@allow()
def queue(request: SignedInRequest) -> HttpResponse:
    """One section of the queue, most pressing first."""
    now = timezone.localtime(timezone.now())
    page = queue_page(request.user, now, address.read(request.GET))
    return render(request, "queue/page.html", {"page": page})
