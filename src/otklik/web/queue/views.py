"""The queue: what waits for the person signed in."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from otklik.orgs.rights import SignedInRequest, allow
from otklik.web.queue.page import queue_page


@allow()
def queue(request: SignedInRequest) -> HttpResponse:
    """One section of the queue, most pressing first."""
    number = request.GET.get("page", "1")
    page = queue_page(
        request.user,
        timezone.now(),
        section=request.GET.get("section", ""),
        query=request.GET.get("q", "").strip()[:200],
        page=int(number) if number.isdecimal() and len(number) < 8 else 1,
    )
    return render(request, "queue/page.html", {"page": page})
