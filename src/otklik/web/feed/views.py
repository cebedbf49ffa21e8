"""The feed's doors. What is decided in it goes through `queue.views.bulk`; joining has a page of its own."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from otklik.incidents import access, actions, linking, queries
from otklik.incidents.changes import heads
from otklik.incidents.models import Incident
from otklik.orgs.models import Person
from otklik.orgs.rights import SignedInRequest, allow
from otklik.process.refusal_words import refusal_words
from otklik.web.card.desk import Desk
from otklik.web.card.forms import Unreadable
from otklik.web.command_ids import command_id
from otklik.web.feed import address, earlier
from otklik.web.feed import page as pages
from otklik.web.live.stream import written
from otklik.web.queue import sent
from otklik.web.queue.views import MOST_ROWS


def incident_of(person: Person, pk: int) -> Incident:
    """The incident of the address, for one who may see it."""
    return access.incident(person, pk)


@allow()
def feed(request: SignedInRequest) -> HttpResponse:
    """New messages, whole, most pressing first."""
    live_id = written(heads(), request.organisation_ids)  # before the list is read: nothing falls between
    now = timezone.localtime(timezone.now())
    page = pages.feed_page(
        request.user, now, address.read(request.GET), done=request.GET.get(address.DONE, ""), live_id=live_id
    )
    return render(request, "feed/page.html", {"page": page})


@allow()
def changes(request: SignedInRequest) -> HttpResponse:
    """Of the incidents named in `ids`, those that stand in the feed of the address, as they are now."""
    ids = sent.ids(request.GET.get("ids", "").split(","))[:MOST_ROWS]
    now = timezone.localtime(timezone.now())
    rows, count = pages.changed(request.user, now, address.read(request.GET), ids)
    return render(request, "feed/_changes.html", {"rows": rows, "count": count})


@allow(load=incident_of)
def author(request: SignedInRequest, incident: Incident) -> HttpResponse:
    """What the author of a message wrote before."""
    now = timezone.localtime(timezone.now())
    page = earlier.author_page(request.user, incident, now, page=earlier.page_of(request.GET))
    return render(request, "feed/author.html", {"page": page})


@allow(load=incident_of, methods=("GET", "POST"))
def join(request: SignedInRequest, incident: Incident) -> HttpResponse:
    """Choose the message that this one repeats or belongs to; a POST joins them."""
    now = timezone.now()
    desk = Desk.for_viewer(queries.card(incident, request.user, now), request.user, now)
    if request.method != "POST":
        return render(request, "feed/join.html", {"page": earlier.join_page(desk, query=request.GET.get("q", ""))})
    try:
        other = earlier.chosen_of(desk, request.POST)
    except Unreadable as problem:
        return _again(request, desk, str(problem))
    is_link = request.POST.get("way") == earlier.LINK
    by: dict[str, Any] = {"person": request.user, "command_id": command_id(request), "now": now}
    if is_link:
        outcome = linking.link(incident, other, earlier.in_common(incident, other), **by)
    else:
        outcome = actions.perform(incident.pk, earlier.repeating(request.POST, other), **by)
    if outcome.refusal is not None:
        return _again(request, desk, refusal_words(outcome.refusal, desk.data.act))
    return redirect(address.with_done("", "link" if is_link else "join", incident.pk))


def _again(request: SignedInRequest, desk: Desk, problem: str) -> HttpResponse:
    """The page once more, with what was chosen and what is wrong."""
    chosen = request.POST.get("chosen", "")
    number = int(chosen) if chosen.isascii() and chosen.isdecimal() and len(chosen) < 10 else None
    page = earlier.join_page(desk, query=request.POST.get("q", ""), chosen=number, problem=problem)
    return render(request, "feed/join.html", {"page": page}, status=422)
