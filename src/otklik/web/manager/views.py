"""The manager's page and the lists behind it; reminders. Hand-over and rota have doors of their own."""

from uuid import uuid4

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from otklik.incidents import load, reminding
from otklik.orgs.models import Organisation
from otklik.orgs.rights import SignedInRequest, allow
from otklik.web.manager.page import manager_page
from otklik.web.manager.realm import desk_of, organisation_of
from otklik.web.manager.reminding import reminded_page, wanted_tasks
from otklik.web.manager.tasks import Wanted, tasks_page


@allow(roles=load.MANAGERS)
def manager(request: SignedInRequest) -> HttpResponseBase:
    """To the page of the organisation one manages, one's own first."""
    return redirect("manager_of", pk=load.managed(request.user, timezone.now())[0])


@allow(roles=load.MANAGERS, load=organisation_of)
def manager_of(request: SignedInRequest, organisation: Organisation) -> HttpResponse:
    """What is late, what soon will be, how bodies and people are doing."""
    page = manager_page(desk_of(request.user, organisation, timezone.now()))
    return render(request, "manager/page.html", {"page": page})


@allow(roles=load.MANAGERS, load=organisation_of)
def manager_tasks(request: SignedInRequest, organisation: Organisation) -> HttpResponse:
    """The list behind a number."""
    number = request.GET.get("page", "1")
    page = tasks_page(
        desk_of(request.user, organisation, timezone.now()),
        Wanted.read(request.GET),
        int(number) if number.isascii() and number.isdecimal() and len(number) < 8 else 1,
    )
    return render(request, "manager/tasks.html", {"page": page})


@allow(roles=load.MANAGERS, load=organisation_of, methods=("POST",))
def manager_remind(request: SignedInRequest, organisation: Organisation) -> HttpResponse:
    """Remind those for whom something waits. No id of the command is asked for: the hour's rule stands for it."""
    now = timezone.now()
    desk, wanted = desk_of(request.user, organisation, now), Wanted.read(request.POST)
    asked = wanted_tasks(desk, wanted)
    done = reminding.remind(asked, person=request.user, command_id=uuid4(), now=now)
    return render(request, "manager/results.html", {"page": reminded_page(desk, wanted, asked, done)})
