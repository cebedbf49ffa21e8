"""Fills the sign-in page."""

import datetime as dt
import itertools

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from otklik.orgs import acts, demo, queries
from otklik.orgs.backends import is_from_this_machine
from otklik.orgs.models import Organisation, Person
from otklik.orgs.words import ROLE_WORDS
from otklik.project.sessions import ENDED_IDLE, ENDED_OLD
from otklik.project.transactions import EVERYTHING, read
from otklik.web.signin.view import DemoAccount, DemoOrganisation, SignInPage

REASONS = {
    ENDED_IDLE: "Сеанс закончился: вы долго не работали. Войдите снова.",
    ENDED_OLD: "Сеанс закончился: он длится не дольше рабочего дня. Войдите снова.",
}


def sign_in_page(
    request: HttpRequest,
    *,
    target: str,
    wrong: bool = False,
    attempts_left: int | None = None,
    locked_until: dt.datetime | None = None,
) -> SignInPage:
    """The page as it answers this request."""
    organisations = _demo_organisations() if is_from_this_machine(request) else ()
    return SignInPage(
        next=target,
        username=request.POST.get("username", "")[:150],
        wrong=wrong,
        attempts_left=attempts_left,
        locked_until=locked_until,
        reason=REASONS.get(request.GET.get("ended", ""), ""),
        demo=organisations,
        demo_password=demo.DEMO_PASSWORD if organisations else "",
        demo_network_url=reverse("demo_network") if organisations else "",
    )


def _demo_organisations() -> tuple[DemoOrganisation, ...]:
    with read(EVERYTHING):
        by_organisation = itertools.groupby(demo.demo_people(), key=lambda person: person.organisation)
        return tuple(
            DemoOrganisation(
                name=organisation.short_name,
                act=_act_title(organisation),
                accounts=tuple(_account(person) for person in people),
            )
            for organisation, people in by_organisation
        )


def _account(person: Person) -> DemoAccount:
    held = {one.role for one in queries.roles_at(person, timezone.now())}
    roles = ", ".join(words for role, words in ROLE_WORDS.items() if role in held)
    unit = person.unit.name if person.unit else ""
    return DemoAccount(login=person.get_username(), name=person.full_name, roles=roles, unit=unit)


def _act_title(organisation: Organisation) -> str:
    act = acts.current(organisation)
    return act.short_title if act else ""
