"""The doors of the duty rota: look, put on duty, take off."""

import datetime as dt

from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils import timezone

from otklik.incidents import load
from otklik.orgs import access, actions
from otklik.orgs.actions import By, Refused
from otklik.orgs.models import Duty, Organisation, Person
from otklik.orgs.rights import SignedInRequest, allow
from otklik.orgs.words import sentence
from otklik.regulation.model.people import OurRole
from otklik.web.command_ids import command_id
from otklik.web.manager.realm import Desk, desk_of, organisation_of
from otklik.web.manager.rota import ON_DUTY, address, people_for, period, removal_page, rota_page, units_for

SEE_OTHER = 303
LONGEST = dt.timedelta(days=31)
"""Of one duty: more is a slip of the year or month."""


class Unclear(Exception):
    """The form cannot be obeyed; the message says what to mend."""


def duty_of(person: Person, pk: int, duty: int) -> tuple[Organisation, Duty]:
    """The organisation and the duty of an address."""
    organisation = organisation_of(person, pk)
    duties = access.duties(person).filter(organisation=organisation)
    return organisation, duties.get(pk=duty)


@allow(roles=load.MANAGERS, load=organisation_of, methods=("GET", "POST"))
def manager_rota(request: SignedInRequest, organisation: Organisation) -> HttpResponseBase:
    """The rota of a week or five; a POST puts somebody on duty."""
    desk = desk_of(request.user, organisation, timezone.now())
    since, days = period(desk, request.GET.get("from", ""), request.GET.get("days", ""))
    if request.method != "POST":
        return render(request, "manager/rota.html", {"page": rota_page(desk, since, days)})
    try:
        _put_on_duty(request, desk)
    except (Unclear, Refused) as problem:
        words = sentence(problem.code, problem.facts) if isinstance(problem, Refused) else str(problem)
        again = rota_page(desk, since, days, post=request.POST, problem=words)
        return render(request, "manager/rota.html", {"page": again}, status=422)
    since, _ = period(desk, request.POST["since"][:10], "")
    return HttpResponseRedirect(address(desk, since, days), status=SEE_OTHER)


@allow(roles=load.MANAGERS, load=duty_of, methods=("GET", "POST"))
def manager_rota_remove(request: SignedInRequest, found: tuple[Organisation, Duty]) -> HttpResponse:
    """Take somebody off duty; first a page that says what will happen."""
    organisation, duty = found
    desk = desk_of(request.user, organisation, timezone.now())
    if not desk.realm.covers(duty.unit_id) or OurRole(duty.role) not in ON_DUTY:
        raise Http404("Не найдено.")
    since, days = period(desk, request.GET.get("from", ""), request.GET.get("days", ""))
    back = address(desk, since, days)
    if request.method != "POST":
        return render(request, "manager/rota_remove.html", {"page": removal_page(desk, duty, back)})
    actions.take_off_duty(duty, by=_by(request, desk))
    return HttpResponseRedirect(back, status=SEE_OTHER)


def _put_on_duty(request: SignedInRequest, desk: Desk) -> Duty:
    post = request.POST
    people = {str(one.pk): one for one in people_for(desk)}
    units = {str(one.pk): one for one in units_for(desk)}
    person, unit = people.get(post.get("person", "")), units.get(post.get("unit", ""))
    if person is None:
        raise Unclear("Кто дежурит: выберите человека из списка.")
    if post.get("role", "") not in {role.value for role in ON_DUTY}:
        raise Unclear("За кого: выберите роль из списка.")
    if unit is None and (post.get("unit") or desk.realm.unit_ids is not None):
        raise Unclear("Орган: выберите из списка.")
    since_at, until_at = _instant(desk, post, "since", "С"), _instant(desk, post, "until", "До")
    if since_at < until_at <= desk.now:
        raise Unclear("Это время уже прошло: назначайте дежурство на будущее.")
    if until_at - since_at > LONGEST:
        raise Unclear("Дежурство дольше 31 дня: проверьте месяц и год или разделите его.")
    return actions.put_on_duty(
        person,
        OurRole(post["role"]),
        organisation=desk.organisation,
        unit=unit,
        since_at=since_at,
        until_at=until_at,
        by=_by(request, desk),
    )


def _instant(desk: Desk, post: QueryDict, name: str, label: str) -> dt.datetime:
    try:
        at = dt.datetime.fromisoformat(post.get(name, "").strip()).replace(tzinfo=desk.now.tzinfo)
        return at.astimezone(dt.UTC)
    except (ValueError, OverflowError):
        raise Unclear(f"{label}: нужны день и время.") from None


def _by(request: SignedInRequest, desk: Desk) -> By:
    return By(person_id=request.user.pk, command_id=command_id(request), now=desk.now.astimezone(dt.UTC))
