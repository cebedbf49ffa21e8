"""Who is proposed as the recipient: by topic, and within a body."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from otklik.incidents.arranging import topics_of
from otklik.orgs import actions, queries, recipients, roster
from otklik.orgs.actions import Refused
from otklik.orgs.models import DefaultRecipient, Organisation
from otklik.orgs.rights import SignedInRequest
from otklik.orgs.words import sentence
from otklik.web.admin.asked import Asked, choices
from otklik.web.admin.door import BOTH, UNREADABLE, administers, by_hand_of, is_sent, see
from otklik.web.admin.pages import desk_of, form_of, plain
from otklik.web.admin.people import unit_choices
from otklik.web.admin.view import FormPage
from otklik.web.view import Field, FieldKind, Form, Link

LEAD = (
    "Программа предложит этого получателя первым; направляет по-прежнему человек. Второе правило для той же темы "
    "заменит первое."
)


@administers(methods=BOTH)
def recipient_new(request: SignedInRequest, place: Organisation) -> HttpResponse:
    """A rule: a topic goes to a body, and to somebody there; or what comes to a body goes to somebody."""
    fields = _fields(place)
    if not is_sent(request):
        return _page(request, place, form_of(fields, "Записать"), status=200)
    asked = Asked(request.POST, place.zone)
    topic = asked.text("topic", longest=200)
    units = queries.unit_tree(place).filter(is_active=True)
    unit = asked.one_of("unit", {str(one.pk): one for one in units}, required="Выберите орган.")
    people = {str(one.pk): one for one in roster.members(place, timezone.now())}
    person = asked.one_of("person", people)
    if unit and not asked.errors:
        try:
            actions.set_recipient(place, topic=topic, unit=unit, person=person, by=by_hand_of(request))
        except Refused as refusal:
            asked.wrong("topic" if refusal.code == "nobody_named" else "", sentence(refusal.code, refusal.facts))
        else:
            return see("admin_units", place.pk, done="added")
    return _page(request, place, form_of(fields, "Записать", asked=asked), status=UNREADABLE)


def rule_of(place: Organisation, pk: int) -> DefaultRecipient:
    """The rule of the address."""
    return recipients.rules_of(place).get(pk=pk)


@administers(rule_of, methods=BOTH)
def recipient_drop(request: SignedInRequest, place: Organisation, rule: DefaultRecipient) -> HttpResponse:
    """The rule is taken away, after a word on what will happen."""
    if is_sent(request):
        actions.drop_recipient(rule, by=by_hand_of(request))
        return see("admin_units", place.pk, done="ended")
    about = f"по теме «{rule.topic}»" if rule.topic else f"в органе «{rule.unit.name}»"
    page = FormPage(
        desk=desk_of(request, place, "units"),
        title=f"Убрать правило {about}",
        back=_back(place),
        form=form_of((), "Убрать правило"),
        consequences=("Получатель больше не будет предлагаться первым. Направленное раньше не изменится.",),
        undo="Запишите правило снова.",
        danger=True,
    )
    return render(request, "admin/form.html", {"page": page})


def _fields(place: Organisation) -> tuple[Field, ...]:
    used = ", ".join(topics_of(place.pk, limit=12))
    people = [
        (str(one.pk), f"{one.full_name}{f' ({one.unit.name})' if one.unit else ''}")
        for one in roster.members(place, timezone.now())
        if one.is_active
    ]
    return (
        Field(
            name="topic",
            label="Тема",
            max_length=200,
            hint=f"Пусто: всё, что приходит в орган. {f'Уже встречались: {used}.' if used else 'Например: дороги.'}",
        ),
        Field(
            name="unit",
            label="Какой орган",
            kind=FieldKind.SELECT,
            required=True,
            choices=choices(unit_choices(place), none="выберите"),
        ),
        Field(
            name="person",
            label="Кто в этом органе",
            kind=FieldKind.SELECT,
            choices=choices(people, none="решат там"),
        ),
    )


def _page(request: SignedInRequest, place: Organisation, form: Form, *, status: int) -> HttpResponse:
    page = plain(desk_of(request, place, "units"), "Кому направлять", _back(place), form, lead=LEAD)
    return render(request, "admin/form.html", {"page": page}, status=status)


def _back(place: Organisation) -> Link:
    return Link(label="Органы и подразделения", url=reverse("admin_units", args=[place.pk]))
