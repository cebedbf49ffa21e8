"""The queue: what waits for the person signed in."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from otklik.incidents.bulk import BulkAct, Wanted, perform_each, undo_each
from otklik.incidents.changes import heads
from otklik.orgs.rights import SignedInRequest, allow
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
    """Take, route or assign the rows that are marked; what needs to know to whom asks first. `act=undo` leads back."""
    post, now = request.POST, timezone.now()
    back_url, wanted = bulk_page.safe_back(post.get("back", "")), post.get("act", "")
    if wanted == "undo":
        of = post.get("of", "")
        done = undo_each(
            bulk_page.backs(post.getlist("undo")), person=request.user, command_id=sent.command_id(post), now=now
        )
        act = BulkAct(of) if of in set(BulkAct) else BulkAct.ROUTE
        return _bulk(request, bulk_page.told(act, done, back_url, is_undoing=True))
    if wanted not in set(BulkAct):
        return redirect(back_url)
    act, target, ids = BulkAct(wanted), post.get("target", "").strip(), sent.ids(post.getlist("ids"))
    if act is not BulkAct.TAKE and not target:
        return _bulk(request, bulk_page.asking(request.user, now, act, ids, back_url))
    done = perform_each(ids, Wanted(act, target), person=request.user, command_id=sent.command_id(post), now=now)
    return _bulk(request, bulk_page.told(act, done, back_url))


def _bulk(request: SignedInRequest, page: BulkPage) -> HttpResponse:
    return render(request, "queue/bulk.html", {"page": page}, status=422 if page.problem else 200)
