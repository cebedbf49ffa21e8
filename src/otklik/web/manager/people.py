"""The doors of handing over: whose work, the preview, and giving it back."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from otklik.incidents import load
from otklik.orgs import access
from otklik.orgs.models import Organisation, Person
from otklik.orgs.rights import SignedInRequest, allow
from otklik.web.command_ids import command_id
from otklik.web.manager import handing
from otklik.web.manager.handover import hand_over_page, holders_page, is_of_realm
from otklik.web.manager.realm import Desk, desk_of, organisation_of

MOST_BACK = 1000
"""Things that one form gives back."""


def holder_of(person: Person, pk: int, holder: int) -> tuple[Organisation, Person]:
    """The organisation and the person of an address, for one in whose sight both are."""
    return organisation_of(person, pk), access.other_person(person, holder)


@allow(roles=load.MANAGERS, load=organisation_of)
def manager_people(request: SignedInRequest, organisation: Organisation) -> HttpResponse:
    """Whose work is to be handed over."""
    page = holders_page(desk_of(request.user, organisation, timezone.now()))
    return render(request, "manager/people.html", {"page": page})


@allow(roles=load.MANAGERS, load=holder_of, methods=("GET", "POST"))
def manager_hand_over(request: SignedInRequest, found: tuple[Organisation, Person]) -> HttpResponse:
    """The preview; a POST hands everything over and says what came of each."""
    desk, holder = _desk(request, found)
    if request.method != "POST":
        return render(request, "manager/hand_over.html", {"page": hand_over_page(desk, holder)})
    try:
        wanted = handing.asked(desk, holder, request.POST)
    except handing.Unclear as problem:
        again = hand_over_page(desk, holder, post=request.POST, problem=str(problem))
        return render(request, "manager/hand_over.html", {"page": again}, status=422)
    done, notices = handing.carry_out(desk, holder, wanted, command_id(request))
    return render(
        request, "manager/results.html", {"page": handing.handed_page(desk, holder, done, notices, wanted.gone)}
    )


@allow(roles=load.MANAGERS, load=holder_of, methods=("POST",))
def manager_hand_back(request: SignedInRequest, found: tuple[Organisation, Person]) -> HttpResponse:
    """Give back what was handed over."""
    desk, holder = _desk(request, found)
    items = request.POST.getlist("item")[:MOST_BACK]
    page = handing.hand_back(desk, holder, items, command_id(request))
    return render(request, "manager/results.html", {"page": page})


def _desk(request: SignedInRequest, found: tuple[Organisation, Person]) -> tuple[Desk, Person]:
    organisation, holder = found
    desk = desk_of(request.user, organisation, timezone.now())
    if not is_of_realm(desk, holder):
        raise Http404("Не найдено.")
    return desk, holder
