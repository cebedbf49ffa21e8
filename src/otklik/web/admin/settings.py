"""What an organisation is called and where it is registered; and a new one below it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from otklik.orgs import access, actions, queries
from otklik.orgs.actions import OrganisationFacts, Refused
from otklik.orgs.keys import key_of
from otklik.orgs.models import Organisation, OrganisationKind
from otklik.orgs.rights import SignedInRequest
from otklik.orgs.words import sentence
from otklik.regulation.editions import resolve
from otklik.regulation.parse import shipped_acts
from otklik.web.admin.asked import Asked, choices
from otklik.web.admin.door import BOTH, UNREADABLE, administers, by_hand_of, is_sent, see
from otklik.web.admin.pages import desk_of, form_of, grouped, plain
from otklik.web.view import Field, FieldKind, Form, Link

INN, OGRN = (10,), (13,)
"""Digits of the numbers of a legal person."""


@administers(methods=BOTH)
def settings(request: SignedInRequest, place: Organisation) -> HttpResponse:
    """Names and registration; zone and hours, the act, people have pages of their own."""
    fields = _fields(place)
    if not is_sent(request):
        return _page(request, place, form_of(fields, "Сохранить"), status=200)
    asked = Asked(request.POST, place.zone)
    values = {
        "name": asked.text("name", required="Впишите название."),
        "short_name": asked.text("short_name", required="Впишите краткое название.", longest=100),
        "legal_name": asked.text("legal_name", longest=500),
        "inn": asked.number_text("inn", INN, "ИНН организации"),
        "ogrn": asked.number_text("ogrn", OGRN, "ОГРН"),
        "postal_address": asked.text("postal_address", longest=500),
    }
    if not asked.errors:
        try:
            actions.change_organisation(place, values, by=by_hand_of(request))
        except Refused as refusal:
            asked.wrong("", sentence(refusal.code, refusal.facts))
        else:
            return see("admin_settings", place.pk, done="changed")
    return _page(request, place, form_of(fields, "Сохранить", asked=asked), status=UNREADABLE)


def _fields(place: Organisation) -> tuple[Field, ...]:
    return (
        Field(name="name", label="Полное название", required=True, max_length=300, value=place.name),
        Field(
            name="short_name",
            label="Краткое название",
            required=True,
            max_length=100,
            value=place.short_name,
            hint="Стоит вверху каждой страницы и в меню.",
        ),
        Field(name="legal_name", label="Наименование юридического лица", max_length=500, value=place.legal_name),
        Field(name="inn", label="ИНН", max_length=10, value=place.inn, hint="10 цифр."),
        Field(name="ogrn", label="ОГРН", max_length=13, value=place.ogrn, hint="13 цифр."),
        Field(name="postal_address", label="Почтовый адрес", max_length=500, value=place.postal_address),
    )


def _page(request: SignedInRequest, place: Organisation, form: Form, *, status: int) -> HttpResponse:
    groups = grouped(
        form,
        ("Как называется", ("name", "short_name"), ""),
        ("Реквизиты", ("legal_name", "inn", "ogrn", "postal_address"), "Нужны для отчётов и сопроводительных писем."),
    )
    back = Link(label="Обзор", url=reverse("admin_organisation", args=[place.pk]))
    page = plain(desk_of(request, place, "settings"), "Сведения об организации", back, form, groups=groups)
    return render(request, "admin/form.html", {"page": page}, status=status)


# --- a new organisation below ---


@administers(methods=BOTH)
def organisation_new(request: SignedInRequest, place: Organisation) -> HttpResponse:
    """An organisation under this one: its administrators are those of this one, until it has its own."""
    acts = {act: resolve(act).act for act in shipped_acts()}
    fields = (
        Field(name="name", label="Полное название", required=True, max_length=300),
        Field(name="short_name", label="Краткое название", required=True, max_length=100),
        Field(
            name="act",
            label="Постановление",
            kind=FieldKind.SELECT,
            choices=choices(((key, act.short_title) for key, act in acts.items()), place.act, none="нет, учреждение"),
            hint="Учреждение без постановления только участвует в чужих инцидентах.",
        ),
        Field(name="zone", label="Часовой пояс", required=True, max_length=64, value=place.zone),
    )
    asked = None
    if is_sent(request):
        asked = Asked(request.POST, place.zone)
        name = asked.text("name", required="Впишите название.")
        short_name = asked.text("short_name", required="Впишите краткое название.", longest=100)
        act = asked.one_of("act", {key: key for key in acts}) or ""
        zone = asked.text("zone", required="Назовите часовой пояс.", longest=64)
        facts = OrganisationFacts(
            key=key_of(short_name, set(queries.keys_of_all().values())),
            name=name,
            short_name=short_name,
            zone=zone,
            act=act,
            act_hash=resolve(act).hash if act else "",
            kind=OrganisationKind.ADMINISTRATION if act else OrganisationKind.OUTSIDE,
            schedule=None if act else OFFICE,
        )
        if not asked.errors:
            try:
                made = actions.create_organisation(facts, parent=place, by=by_hand_of(request))
            except Refused as refusal:
                asked.wrong("zone" if refusal.code == "unknown_zone" else "", sentence(refusal.code, refusal.facts))
            else:
                in_sight = access.organisations(request.user).filter(pk=made.pk).exists()
                return see("admin_organisation", made.pk if in_sight else place.pk, done="added")
    form = form_of(fields, "Создать", asked=asked)
    back = Link(label="Обзор", url=reverse("admin_organisation", args=[place.pk]))
    page = plain(desk_of(request, place, "overview"), "Подчинённая организация", back, form)
    return render(request, "admin/form.html", {"page": page}, status=UNREADABLE if asked else 200)


OFFICE = {"week": {day: ["09:00-13:00", "14:00-18:00"] for day in ("mon", "tue", "wed", "thu", "fri")}}
"""Hours of an institution without an act, until its administrator says otherwise."""
