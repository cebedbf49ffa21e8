"""The act as the program reads it. An act is published law: anybody signed in may read any of them."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from otklik.orgs import acts
from otklik.orgs.rights import SignedInRequest, allow
from otklik.regulation.editions import NotInForceError
from otklik.regulation.parse import shipped_acts
from otklik.regulation.problems import ActProblems
from otklik.web.act.page import act_page, page_of


@allow()
def act(request: SignedInRequest) -> HttpResponse:
    """The act of the viewer's own organisation, or the first there is for those whose organisation has none."""
    own = request.user.organisation
    found = acts.in_force(own, acts.today(own))
    if found is not None and found.uploaded:
        loaded = acts.loaded(own.pk, found.uploaded)
        return render(request, "act/page.html", {"page": page_of(loaded)})
    return _shown(request, found.act.act if found else shipped_acts()[0])


@allow()
def act_named(request: SignedInRequest, named: str) -> HttpResponse:
    """One act by its id, or an edition: `id@2026-01-31`."""
    if named.partition("@")[0] not in shipped_acts():
        raise Http404("Не найдено.")
    return _shown(request, named)


def _shown(request: SignedInRequest, named: str) -> HttpResponse:
    try:
        page = act_page(named)
    except (ActProblems, NotInForceError, ValueError):
        raise Http404("Не найдено.") from None
    return render(request, "act/page.html", {"page": page})
