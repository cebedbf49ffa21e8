"""Bodies and departments: the tree, a new one, another name or place, closing."""

from dataclasses import replace

from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from otklik.incidents.arranging import open_of_unit
from otklik.orgs import actions, queries, recipients
from otklik.orgs.actions import Refused
from otklik.orgs.keys import key_of
from otklik.orgs.models import DefaultRecipient, Organisation, Unit, UnitKind
from otklik.orgs.rights import SignedInRequest
from otklik.orgs.words import sentence
from otklik.web.admin.asked import Asked, choices
from otklik.web.admin.door import BOTH, UNREADABLE, administers, by_hand_of, is_sent, see
from otklik.web.admin.pages import desk_of, form_of, plain
from otklik.web.admin.view import FormPage, RecipientRow, UnitRow, UnitsPage
from otklik.web.view import Field, FieldKind, Form, Link
from otklik.web.words import counted


def unit_of(place: Organisation, pk: int) -> Unit:
    """The unit of the address."""
    return queries.unit_tree(place).get(pk=pk)


@administers()
def units(request: SignedInRequest, place: Organisation) -> HttpResponse:
    """The tree, and who is proposed as the recipient."""
    people = Count("people", filter=Q(people__is_active=True))
    rows = list(queries.unit_tree(place).annotate(working=people))
    top = min((one.path.count("/") for one in rows), default=0)
    rules = recipients.rules_of(place)
    page = UnitsPage(
        desk=desk_of(request, place, "units"),
        rows=tuple(_row(place, one, one.path.count("/") - top) for one in rows),
        recipients=tuple(_recipient(place, one) for one in rules),
    )
    return render(request, "admin/units.html", {"page": page})


def _row(place: Organisation, one: Unit, depth: int) -> UnitRow:
    return UnitRow(
        name=one.name,
        kind=one.get_kind_display(),
        depth=min(depth, 5),
        people=getattr(one, "working", 0),
        hours="свои" if one.schedule is not None else "",
        zone=one.zone,
        closed=not one.is_active,
        edit_url=reverse("admin_unit", args=[place.pk, one.pk]),
        hours_url=reverse("admin_unit_hours", args=[place.pk, one.pk]),
        close_url=reverse("admin_unit_close", args=[place.pk, one.pk, "close" if one.is_active else "open"]),
    )


def _recipient(place: Organisation, one: DefaultRecipient) -> RecipientRow:
    return RecipientRow(
        topic=one.topic,
        unit=one.unit.name,
        person=one.person.full_name if one.person else "",
        unused=not one.unit.is_active,
        drop_url=reverse("admin_recipient_drop", args=[place.pk, one.pk]),
    )


@administers(methods=BOTH)
def unit_new(request: SignedInRequest, place: Organisation) -> HttpResponse:
    """A new body or department."""
    fields = _fields(place, None)
    if not is_sent(request):
        return _page(request, place, "Новое подразделение", form_of(fields, "Записать"), status=200)
    asked = Asked(request.POST, place.zone)
    name, kind, parent, zone = _read(asked, place, None)
    if not asked.errors:
        taken = set(queries.unit_tree(place).values_list("key", flat=True))
        try:
            actions.create_unit(
                place,
                key=key_of(name, taken),
                name=name,
                kind=kind,
                parent=parent,
                zone=zone,
                by=by_hand_of(request),
            )
        except Refused as refusal:
            asked.wrong(_field_of(refusal), sentence(refusal.code, refusal.facts))
        else:
            return see("admin_units", place.pk, done="added")
    form = form_of(fields, "Записать", asked=asked)
    return _page(request, place, "Новое подразделение", form, status=UNREADABLE)


@administers(unit_of, methods=BOTH)
def unit(request: SignedInRequest, place: Organisation, one: Unit) -> HttpResponse:
    """Another name, kind, zone, place in the tree."""
    fields = _fields(place, one)
    if not is_sent(request):
        return _page(request, place, one.name, form_of(fields, "Сохранить"), status=200)
    asked = Asked(request.POST, place.zone)
    name, kind, parent, zone = _read(asked, place, one)
    if not asked.errors:
        try:
            actions.change_unit(one, name=name, kind=kind, parent=parent, zone=zone, by=by_hand_of(request))
        except Refused as refusal:
            asked.wrong(_field_of(refusal), sentence(refusal.code, refusal.facts))
        else:
            return see("admin_units", place.pk, done="changed")
    return _page(request, place, one.name, form_of(fields, "Сохранить", asked=asked), status=UNREADABLE)


def unit_and_do(place: Organisation, pk: int, do: str) -> tuple[Unit, str]:
    """The unit of the address, and whether it is closed or opened."""
    if do not in {"close", "open"}:
        raise Http404("Не найдено.")
    return unit_of(place, pk), do


@administers(unit_and_do, methods=BOTH)
def unit_close(request: SignedInRequest, place: Organisation, found: tuple[Unit, str]) -> HttpResponse:
    """Closed or opened, after a word on what will happen."""
    one, do = found
    button = "Закрыть подразделение" if do == "close" else "Открыть подразделение"
    form, status = form_of((), button), 200
    if is_sent(request):
        try:
            (actions.close_unit if do == "close" else actions.open_unit)(one, by=by_hand_of(request))
            return see("admin_units", place.pk, done="changed")
        except Refused as refusal:
            form, status = replace(form, errors=(sentence(refusal.code, refusal.facts),)), UNREADABLE
    page = FormPage(
        desk=desk_of(request, place, "units"),
        title=f"{button}: {one.name}",
        back=_back(place),
        form=form,
        consequences=_what_happens(one, do),
        undo="Откройте подразделение на этой же странице." if do == "close" else "",
        danger=do == "close",
    )
    return render(request, "admin/form.html", {"page": page}, status=status)


def _what_happens(one: Unit, do: str) -> tuple[str, ...]:
    if do == "open":
        return ("Подразделение снова можно будет выбрать, направляя инцидент.",)
    waiting = open_of_unit(one.pk)
    there = f"Сейчас у него {counted(waiting, 'открытый инцидент|открытых инцидента|открытых инцидентов')}"
    return (
        "Новые инциденты направить сюда будет нельзя.",
        f"{there}: они останутся у него, сроки продолжат идти." if waiting else "Открытых инцидентов у него нет.",
        "Люди и их роли останутся как есть.",
    )


# --- the form ---


def _fields(place: Organisation, one: Unit | None) -> tuple[Field, ...]:
    rows = queries.unit_tree(place)
    above = [
        (str(row.pk), row.name)
        for row in rows
        if row.is_active and not (one is not None and row.path.startswith(one.path))
    ]
    return (
        Field(name="name", label="Название", max_length=300, required=True, value=one.name if one else ""),
        Field(
            name="kind",
            label="Что это",
            kind=FieldKind.RADIOS,
            required=True,
            choices=choices(UnitKind.choices, one.kind if one else UnitKind.BODY.value),
            hint="Орган отвечает от своего имени; подразделение - часть органа.",
        ),
        Field(
            name="parent",
            label="В составе",
            kind=FieldKind.SELECT,
            choices=choices(above, str(one.parent_id or "") if one else "", none="самостоятельно"),
        ),
        Field(
            name="zone",
            label="Часовой пояс",
            max_length=64,
            value=one.zone if one else "",
            hint="Если не такой, как у организации: Asia/Omsk. От него зависят сроки.",
        ),
    )


def _read(asked: Asked, place: Organisation, one: Unit | None) -> tuple[str, UnitKind, Unit | None, str]:
    del one
    name = asked.text("name", required="Впишите название.")
    kind = asked.one_of("kind", {value.value: value for value in UnitKind}, required="Выберите, что это.")
    parent = asked.one_of("parent", {str(row.pk): row for row in queries.unit_tree(place)})
    return name, kind or UnitKind.BODY, parent, asked.text("zone", longest=64)


def _field_of(refusal: Refused) -> str:
    return {"unknown_zone": "zone", "under_itself": "parent", "no_unit_name": "name"}.get(refusal.code, "")


def _page(request: SignedInRequest, place: Organisation, title: str, form: Form, *, status: int) -> HttpResponse:
    page = plain(desk_of(request, place, "units"), title, _back(place), form)
    return render(request, "admin/form.html", {"page": page}, status=status)


def _back(place: Organisation) -> Link:
    return Link(label="Органы и подразделения", url=reverse("admin_units", args=[place.pk]))
