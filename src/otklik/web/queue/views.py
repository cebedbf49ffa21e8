"""The queue: what waits for the person signed in."""

import datetime as dt
from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from otklik.incidents import access
from otklik.incidents.bulk import MOST, BulkAct, Done, perform_each, undo_each
from otklik.incidents.changes import heads
from otklik.orgs.rights import SignedInRequest, allow
from otklik.web.feed import address as feed_address
from otklik.web.live.stream import written
from otklik.web.queue import address, sent
from otklik.web.queue import bulk as bulk_page
from otklik.web.queue.page import changed_rows, queue_page
from otklik.web.queue.view import BulkPage

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
    ids = sent.ids(request.GET.get("ids", "").split(","))
    now = timezone.localtime(timezone.now())
    found = changed_rows(request.user, now, address.read(request.GET), ids[:MOST_ROWS])
    return render(request, "queue/_changes.html", {"page": found})


@allow(methods=("POST",))
def bulk(request: SignedInRequest) -> HttpResponse:
    """Do one thing to marked rows, or to one row; what has to be known is asked first. `act=undo` leads back."""
    post, now = request.POST, timezone.now()
    back_url = bulk_page.safe_back(post.get("back", ""))
    if post.get("act", "") == "undo":
        return _undo(request, back_url, now)
    asked = bulk_page.wanted_of(post)
    if asked is None:
        return redirect(back_url)
    wanted, ids = asked[0], sent.ids(asked[1])
    chosen = access.visible_to(request.user, now).filter(pk__in=ids[:MOST])
    if bulk_page.must_ask(wanted, post, chosen):
        return _bulk(request, bulk_page.asking(request.user, now, wanted.act, ids, back_url))
    done = perform_each(ids, wanted, person=request.user, command_id=sent.command_id(post), now=now)
    return _feed_again(back_url, wanted.act.value, done) or _bulk(request, bulk_page.told(wanted.act, done, back_url))


def _undo(request: SignedInRequest, back_url: str, now: dt.datetime) -> HttpResponse:
    post = request.POST
    of = post.get("of", "")
    done = undo_each(
        bulk_page.backs(post.getlist("undo")), person=request.user, command_id=sent.command_id(post), now=now
    )
    act = BulkAct(of) if of in set(BulkAct) else BulkAct.ROUTE
    return _feed_again(back_url, "undo", done) or _bulk(request, bulk_page.told(act, done, back_url, is_undoing=True))


def _feed_again(back_url: str, what: str, done: Sequence[Done]) -> HttpResponse | None:
    """One message of the feed, done: the feed itself says so, with the way back. Else the page of results."""
    if len(done) != 1 or not done[0].is_done or not back_url.startswith(reverse("feed")):
        return None
    return redirect(feed_address.with_done(back_url, what, done[0].incident.pk))


def _bulk(request: SignedInRequest, page: BulkPage) -> HttpResponse:
    return render(request, "queue/bulk.html", {"page": page}, status=422 if page.problem else 200)
