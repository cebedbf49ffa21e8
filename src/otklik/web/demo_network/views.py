"""The demo network: anyone writes as a citizen. Only demo installations have communities; elsewhere it is 404."""

import re
import secrets

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from otklik.demo_network import actions, queries
from otklik.demo_network.models import Community
from otklik.orgs.rights import public
from otklik.web.demo_network.page import demo_page

VISITOR = "demo_visitor"
OF_OURS = re.compile("[0-9a-f]{16}")
A_YEAR = 365 * 24 * 3600
SEE_OTHER = 303


@public
@require_safe
def demo_network(request: HttpRequest) -> HttpResponse:
    """To the first community."""
    del request
    pages = queries.communities()
    if not pages:
        raise Http404("Демосети здесь нет.")
    return redirect("demo_community", community=pages[0].key)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def demo_community(request: HttpRequest, community: str) -> HttpResponse:
    """The page of one administration; a POST writes on it."""
    row, visitor = _community(community), _visitor(request)
    if request.method != "POST":
        page = demo_page(row, timezone.now(), visitor=visitor, sent="sent" in request.GET)
        return render(request, "demo_network/page.html", {"page": page})
    visitor = visitor or secrets.token_hex(8)
    try:
        actions.post(
            row,
            author=request.POST.get("author", ""),
            text=request.POST.get("text", ""),
            place=request.POST.get("place", ""),
            visitor=visitor,
            now=timezone.now(),
        )
    except actions.PostRefused as problem:
        page = demo_page(row, timezone.now(), visitor=visitor, post=request.POST, problem=str(problem))
        return render(request, "demo_network/page.html", {"page": page}, status=422)
    return _known(HttpResponseRedirect(f"{request.path}?sent=1", status=SEE_OTHER), visitor)


@public
@require_safe
def demo_posts(request: HttpRequest, community: str) -> HttpResponse:
    """The posts alone, for a page that renews itself."""
    page = demo_page(_community(community), timezone.now(), visitor=_visitor(request))
    return render(request, "demo_network/_posts.html", {"page": page})


@public
@require_POST
def demo_reply(request: HttpRequest, community: str, pk: int) -> HttpResponse:
    """A comment under a post."""
    row = _community(community)
    under = queries.post(row, pk)
    if under is None:
        raise Http404("Такой записи нет.")
    visitor = _visitor(request) or secrets.token_hex(8)
    try:
        actions.comment(
            under,
            author=request.POST.get("author", ""),
            text=request.POST.get("text", ""),
            visitor=visitor,
            now=timezone.now(),
        )
    except actions.PostRefused as problem:
        page = demo_page(row, timezone.now(), visitor=visitor, problem=str(problem))
        return render(request, "demo_network/page.html", {"page": page}, status=422)
    target = redirect("demo_community", community=row.key).url
    return _known(HttpResponseRedirect(f"{target}#post-{under.pk}", status=SEE_OTHER), visitor)


def _community(key: str) -> Community:
    row = queries.community(key)
    if row is None:
        raise Http404("Такой страницы в демосети нет.")
    return row


def _visitor(request: HttpRequest) -> str:
    """The browser's own mark, if it is one of ours; empty: it has none yet."""
    mark = request.COOKIES.get(VISITOR, "")
    return mark if OF_OURS.fullmatch(mark) else ""


def _known(response: HttpResponse, visitor: str) -> HttpResponse:
    response.set_cookie(VISITOR, visitor, max_age=A_YEAR, httponly=True, samesite="Lax")
    return response
