"""The organisations one administers; and of one, what stands, what is missing, what was changed last."""

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from otklik.channels.queries import accounts_of
from otklik.orgs import access, acts, queries, roster
from otklik.orgs.arrangements import arrangements
from otklik.orgs.models import Organisation, OrganisationKind
from otklik.orgs.rights import SignedInRequest, allow
from otklik.orgs.words import ROLE_WORDS
from otklik.regulation.model.people import OurRole
from otklik.web.admin.arrangements import happened
from otklik.web.admin.door import administers
from otklik.web.admin.pages import desk_of
from otklik.web.admin.view import Fact, OrganisationRow, OrganisationsPage, OverviewPage
from otklik.web.view import Level, Link, Notice

LATEST = 8


@allow(roles={OurRole.ADMINISTRATOR})
def organisations(request: SignedInRequest) -> HttpResponse:
    """The tree of organisations; one alone opens at once."""
    working = Count("people", filter=Q(people__is_active=True))
    there = list(access.administered(request.user).annotate(working=working).order_by("path"))
    if len(there) == 1:
        return redirect("admin_organisation", there[0].pk)
    top = min((one.path.count("/") for one in there), default=0)
    rows = tuple(
        OrganisationRow(
            name=one.name,
            url=reverse("admin_organisation", args=[one.pk]),
            depth=one.path.count("/") - top,
            act=act.short_title if (act := acts.current(one)) else "без постановления",
            people=getattr(one, "working", 0),
        )
        for one in there
    )
    return render(request, "admin/organisations.html", {"page": OrganisationsPage(rows=rows)})


@administers()
def organisation(request: SignedInRequest, place: Organisation) -> HttpResponse:
    """The overview of one organisation."""
    page = OverviewPage(
        desk=desk_of(request, place, "overview"),
        facts=_facts(place),
        missing=tuple(_missing(place)),
        new_organisation_url=reverse("admin_organisation_new", args=[place.pk]),
        happened=tuple(happened(one, timezone.now()) for _, one in arrangements(place, limit=LATEST)),
    )
    return render(request, "admin/overview.html", {"page": page})


def _facts(place: Organisation) -> tuple[Fact, ...]:
    now = timezone.now()
    standing = roster.standings(place, now)
    people = place.people.filter(is_active=True).count()
    away = sum(1 for one in standing.values() if one.absence)
    on_duty = sum(1 for one in standing.values() if one.duties)
    channels = [f"{one.title} ({one.get_state_display().lower()})" for one in accounts_of(place.pk)]
    listed = reverse("admin_people", args=[place.pk])
    return (
        Fact(label="Постановление", value=act.title if (act := acts.current(place)) else "не выбрано"),
        Fact(label="Часовой пояс", value=place.zone),
        Fact(label="Площадки", value=", ".join(channels) or "не подключены: сообщения заводят руками и из файлов"),
        Fact(label="Людей", value=str(people), link=Link(label="Список", url=listed)),
        Fact(label="Отсутствуют", value=str(away), link=Link(label="Кто", url=f"{listed}?show=away")),
        Fact(label="Дежурят сейчас", value=str(on_duty), link=Link(label="Кто", url=f"{listed}?show=duty")),
    )


def _missing(place: Organisation) -> list[Notice]:
    """What would stop work: a role of the act that nobody holds, no body to send to."""
    act = acts.current(place)
    if act is None or place.kind != OrganisationKind.ADMINISTRATION:
        return []
    held = roster.held(place, timezone.now())
    people = Link(label="Назначить", url=reverse("admin_people", args=[place.pk]))
    found = [
        Notice(
            level=Level.WARNING,
            title=f"Роль «{ROLE_WORDS[role]}» никто не исполняет",
            text="Шаги этой роли по постановлению некому сделать.",
            link=people,
        )
        for role in dict.fromkeys(one.is_ for one in act.people.roles)
        if role not in held
    ]
    if not queries.unit_tree(place).filter(is_active=True).exists():
        found.append(
            Notice(
                level=Level.WARNING,
                title="Нет ни одного органа",
                text="Инцидент некому направить: заведите хотя бы один.",
            )
        )
    return found
