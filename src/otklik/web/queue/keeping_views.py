"""The doors of lists kept under a name."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from otklik.incidents import saved_views
from otklik.incidents.models import SavedView
from otklik.incidents.saved_views import ViewRefused
from otklik.orgs.actions.base import By
from otklik.orgs.models import Person
from otklik.orgs.rights import SignedInRequest, allow
from otklik.web.queue import address
from otklik.web.queue.keeping import keeping_page
from otklik.web.queue.sent import command_id

SEE_OTHER = 303


def view_of(person: Person, pk: int) -> SavedView:
    """The view of the address, for its owner."""
    return saved_views.view(person, pk)


@allow(methods=("GET", "POST"))
def views(request: SignedInRequest) -> HttpResponse:
    """The lists; a POST keeps one more, or the one of that name anew."""
    by = _by(request)
    if request.method != "POST":
        given = address.read(request.GET) if request.GET else None
        return _page(request, by, given)
    given, name = address.read(request.POST), request.POST.get("name", "")
    try:
        kept = saved_views.keep(
            request.user,
            name,
            address.Address(given.section, given.filters).values(),
            is_shared=request.POST.get("is_shared") == "1",
            by=by,
        )
    except ViewRefused as refused:
        return _page(request, by, given, name=name, problem=refused.code)
    return HttpResponseRedirect(address.read_values(kept.values).url, status=SEE_OTHER)


@allow(load=view_of, methods=("POST",))
def arrange(request: SignedInRequest, found: SavedView) -> HttpResponse:
    """Move a list up, or remove it: what was removed can be brought back from the page that says so."""
    by = _by(request)
    if request.POST.get("action") == "remove":
        saved_views.remove(found, by=by)
        return _page(request, by, None, removed=found)
    saved_views.move_up(request.user, found)
    return HttpResponseRedirect(reverse("queue_views"), status=SEE_OTHER)


def _page(
    request: SignedInRequest,
    by: By,
    given: address.Address | None,
    *,
    name: str = "",
    problem: str = "",
    removed: SavedView | None = None,
) -> HttpResponse:
    page = keeping_page(
        request.user,
        saved_views.views_of(request.user).select_related("owner"),
        given,
        may_share=saved_views.may_share(request.user, by),
        name=name,
        problem=problem,
        removed=removed,
    )
    return render(request, "queue/views.html", {"page": page}, status=422 if problem else 200)


def _by(request: SignedInRequest) -> By:
    return By(person_id=request.user.pk, command_id=command_id(request.POST), now=timezone.now())
