"""Duty and the lesson: for everybody signed in."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from otklik.orgs.rights import SignedInRequest, allow
from otklik.web.duty.page import duty_page, workplaces
from otklik.web.duty.training import training_page


@allow()
def duty(request: SignedInRequest) -> HttpResponse:
    """Who is on duty, and when the working clock starts."""
    return render(request, "duty/page.html", {"page": duty_page(request.user, timezone.now())})


@allow()
def duty_training(request: SignedInRequest) -> HttpResponse:
    """An invented message followed through the act of one's organisation."""
    now = timezone.now()
    organisation = next(iter(workplaces(request.user, now)), None)
    page = training_page(organisation, now, given=request.GET.get("at", ""))
    return render(request, "duty/training.html", {"page": page})
