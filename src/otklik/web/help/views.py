"""«Справка»: what there is, and one document."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from otklik.orgs import queries
from otklik.orgs.models import Person
from otklik.orgs.rights import SignedInRequest, allow
from otklik.web.help.library import DOCUMENTS, REFERENCE, ROLES, TUTORIAL
from otklik.web.help.rendering import rendered
from otklik.web.help.view import HelpIndex, HelpPage


@allow()
def help_index(request: SignedInRequest) -> HttpResponse:
    """The person's own day first, then the first day, the others and the reference."""
    return render(request, "help/index.html", {"page": _index(request.user)})


@allow()
def help_page(request: SignedInRequest, key: str) -> HttpResponse:
    """One document of docs/ru."""
    document = DOCUMENTS.get(key)
    if document is None:
        raise Http404("Не найдено.")
    try:
        shown = rendered(document)
    except FileNotFoundError:  # the program was installed without its documents
        raise Http404("Не найдено.") from None
    return render(request, "help/page.html", {"page": HelpPage(document, shown, _index(request.user))})


def _index(person: Person) -> HelpIndex:
    held = {one.role for one in queries.roles_at(person, timezone.now())}
    return HelpIndex(
        tutorial=TUTORIAL,
        own=tuple(document for role, document in ROLES.items() if role in held),
        others=tuple(document for role, document in ROLES.items() if role not in held),
        reference=REFERENCE,
    )
