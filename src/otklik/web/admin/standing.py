"""Roles, duty, absence, substitution of a person: given, and ended early."""

import datetime as dt
from dataclasses import replace

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from otklik.orgs import actions, acts, queries, roster
from otklik.orgs.actions import By, Refused
from otklik.orgs.models import Absence, AbsenceReason, Duty, Organisation, Person, RoleHolding, Substitution, Unit
from otklik.orgs.rights import SignedInRequest
from otklik.orgs.words import ROLE_WORDS, sentence
from otklik.regulation.model.people import OurRole
from otklik.web.admin.asked import DAY, Asked, choices
from otklik.web.admin.door import BOTH, UNREADABLE, administers, by_hand_of, is_sent, see
from otklik.web.admin.pages import desk_of, form_of, local, person_link, plain, span_words, today
from otklik.web.admin.people import ROLE_HINTS, unit_choices
from otklik.web.admin.view import FormPage
from otklik.web.view import Choice, Field, FieldKind, Form, Link

TITLES = {"role": "Новая роль", "duty": "Дежурство", "absence": "Отсутствие", "substitution": "Замещение"}
LEADS = {
    "role": "Роль действует со дня, который вы назовёте. Прежние роли остаются.",
    "duty": "На время дежурства человек делает то же, что и держатели этой роли.",
    "absence": "Новая работа отсутствующему не поручается. Роли остаются за ним; чтобы за него действовал другой, "
    "назначьте замещение.",
    "substitution": "Замещающий действует в ролях отсутствующего; в журнале остаётся, кто действовал и за кого.",
}
ENDING = {
    "role": (
        "Закончить роль",
        "С этой минуты человек перестанет делать то, что делает эта роль.",
        "Назначьте роль снова.",
    ),
    "duty": ("Закончить дежурство", "С этой минуты человек больше не дежурит.", "Поставьте на дежурство снова."),
    "absence": (
        "Закончить отсутствие",
        "С этой минуты человек снова на месте, ему поручается работа.",
        "Отметьте снова.",
    ),
    "substitution": (
        "Закончить замещение",
        "С этой минуты замещающий больше не действует за отсутствующего. Сделанное остаётся.",
        "Назначьте замещение снова.",
    ),
}
"""Kind → the button, what will happen, how to undo it."""
FOR_OURS_ONLY = frozenset({"absence", "substitution"})


def person_and_kind(place: Organisation, pk: int, kind: str) -> tuple[Person, str]:
    """The person of the address and what they are given."""
    one = roster.member(place, pk)
    if kind not in TITLES or (kind in FOR_OURS_ONLY and one.organisation_id != place.pk):
        raise Http404("Не найдено.")
    return one, kind


@administers(person_and_kind, methods=BOTH)
def standing_new(request: SignedInRequest, place: Organisation, found: tuple[Person, str]) -> HttpResponse:
    """A role, a duty, an absence or a substitution is written down."""
    one, kind = found
    fields = _FIELDS[kind](place, one)
    if not is_sent(request):
        return _page(request, place, one, kind, form_of(fields, "Записать"), status=200)
    asked = Asked(request.POST, place.zone)
    try:
        _GIVE[kind](asked, place, one, by_hand_of(request))
    except Refused as refusal:
        asked.wrong("", sentence(refusal.code, refusal.facts))
    if not asked.errors:
        return see("admin_person", place.pk, one.pk, done="added")
    return _page(request, place, one, kind, form_of(fields, "Записать", asked=asked), status=UNREADABLE)


def _page(
    request: SignedInRequest, place: Organisation, one: Person, kind: str, form: Form, *, status: int
) -> HttpResponse:
    desk = desk_of(request, place, "people")
    title = f"{TITLES[kind]}: {one.full_name}"
    page = plain(desk, title, person_link(place, one), form, lead=LEADS[kind])
    return render(request, "admin/form.html", {"page": page}, status=status)


# --- what each kind asks ---


def _span(place: Organisation, *, since: bool = True, hint: str = "Пусто: без срока.") -> tuple[Field, ...]:
    first = today(place).isoformat() if since else ""
    return (
        Field(name="since", label="С какого дня", kind=FieldKind.DATE, value=first, required=True),
        Field(name="until", label="По какой день включительно", kind=FieldKind.DATE, hint=hint),
    )


def _roles(*, required: bool = True, none: str = "") -> Field:
    return Field(
        name="role",
        label="Роль",
        kind=FieldKind.SELECT,
        required=required,
        choices=(
            Choice(value="", label=none or "выберите", checked=True),
            *(Choice(value=role.value, label=words, hint=ROLE_HINTS[role]) for role, words in ROLE_WORDS.items()),
        ),
    )


def _unit(place: Organisation, one: Person) -> Field:
    own = str(one.unit_id) if one.unit_id and one.organisation_id == place.pk else ""
    return Field(
        name="unit",
        label="Для какого подразделения",
        kind=FieldKind.SELECT,
        choices=choices(unit_choices(place, keep=own), own, none="организация в целом"),
    )


def _act_role(place: Organisation) -> tuple[Field, ...]:
    """Asked only where the act has several roles that are one of ours."""
    several = _several(place)
    if not several:
        return ()
    return (
        Field(
            name="act_role",
            label="Как роль названа в постановлении",
            kind=FieldKind.SELECT,
            choices=choices(((key, words) for key, (_, words) in several.items()), none="любая из них"),
            hint="В постановлении несколько ролей этого вида.",
        ),
    )


def _several(place: Organisation) -> dict[str, tuple[OurRole, str]]:
    """The act's roles (key → ours, its words) where it has more than one of the kind."""
    act = acts.current(place)
    named = act.people.roles if act else ()
    kinds = [one.is_ for one in named]
    return {one.role: (one.is_, one.words) for one in named if kinds.count(one.is_) > 1}


def _role_fields(place: Organisation, one: Person) -> tuple[Field, ...]:
    return (_roles(), *_act_role(place), _unit(place, one), *_span(place))


def _duty_fields(place: Organisation, one: Person) -> tuple[Field, ...]:
    evening = local(timezone.now(), place).replace(hour=18, minute=0)
    return (
        _roles(),
        _unit(place, one),
        Field(name="since", label="Начало", kind=FieldKind.DATETIME, value=f"{evening:%Y-%m-%dT%H:%M}", required=True),
        Field(
            name="until",
            label="Конец",
            kind=FieldKind.DATETIME,
            value=f"{(evening + DAY).replace(hour=9):%Y-%m-%dT%H:%M}",
            required=True,
        ),
    )


def _absence_fields(place: Organisation, one: Person) -> tuple[Field, ...]:
    del one
    reasons = choices(AbsenceReason.choices, AbsenceReason.VACATION.value)
    return (
        Field(name="reason", label="Причина", kind=FieldKind.RADIOS, choices=reasons, required=True),
        *_span(place, hint="Пусто: пока неизвестно."),
    )


def _substitution_fields(place: Organisation, one: Person) -> tuple[Field, ...]:
    others = [(str(other.pk), other.full_name) for other in _others(place, one)]
    return (
        Field(
            name="substitute",
            label=f"Кто действует за: {one.full_name}",
            kind=FieldKind.SELECT,
            choices=choices(others, none="выберите"),
            required=True,
        ),
        _roles(required=False, none="во всех ролях"),
        *_span(place),
        Field(
            name="ground", label="Основание", max_length=500, required=True, hint="Распоряжение, приказ: номер и дата."
        ),
    )


def _others(place: Organisation, one: Person) -> list[Person]:
    return [
        other
        for other in roster.members(place, timezone.now())
        if other.pk != one.pk and other.is_active and other.has_account
    ]


# --- what each kind does ---

_ROLES = {role.value: role for role in OurRole}


def _units(place: Organisation) -> dict[str, Unit]:
    return {str(one.pk): one for one in queries.unit_tree(place).filter(is_active=True)}


def _from_day(asked: Asked, place: Organisation, now: dt.datetime) -> dt.datetime:
    """The start; today means from this minute, so that what was done this morning was done without it."""
    since = asked.starts("since", required="Назовите день, с которого это действует.") or now
    return now if local(since, place).date() == local(now, place).date() else since


def _give_role(asked: Asked, place: Organisation, one: Person, by: By) -> None:
    role = asked.one_of("role", _ROLES, required="Выберите роль.")
    several = _several(place)
    act_role = asked.answers.get("act_role", "")
    if act_role and (act_role not in several or several[act_role][0] is not role):
        asked.wrong("act_role", "Эта роль постановления другого вида. Выберите подходящую или «любая из них».")
    unit = asked.one_of("unit", _units(place))
    since, until = _from_day(asked, place, by.now), asked.ends("until")
    asked.in_order("until", since, until)
    if role and not asked.errors:
        actions.give_role(
            one, role, organisation=place, unit=unit, act_role=act_role, since_at=since, until_at=until, by=by
        )


def _give_duty(asked: Asked, place: Organisation, one: Person, by: By) -> None:
    role = asked.one_of("role", _ROLES, required="Выберите роль.")
    unit = asked.one_of("unit", _units(place))
    since = asked.moment("since", required="Назовите начало дежурства.")
    until = asked.moment("until", required="Назовите конец дежурства.")
    asked.in_order("until", since, until)
    if role and since and until and not asked.errors:
        actions.put_on_duty(one, role, organisation=place, unit=unit, since_at=since, until_at=until, by=by)


def _give_absence(asked: Asked, place: Organisation, one: Person, by: By) -> None:
    reason = asked.one_of("reason", {one.value: one for one in AbsenceReason}, required="Выберите причину.")
    since, until = _from_day(asked, place, by.now), asked.ends("until")
    asked.in_order("until", since, until)
    if reason and not asked.errors:
        actions.note_absence(one, reason=reason, since_at=since, until_at=until, by=by)


def _give_substitution(asked: Asked, place: Organisation, one: Person, by: By) -> None:
    others = {str(other.pk): other for other in _others(place, one)}
    whom = asked.one_of("substitute", others, required="Выберите, кто действует вместо отсутствующего.")
    role = asked.one_of("role", _ROLES)
    since, until = _from_day(asked, place, by.now), asked.ends("until")
    asked.in_order("until", since, until)
    ground = asked.text("ground", required="Назовите распоряжение или приказ.", longest=500)
    if whom and not asked.errors:
        actions.substitute(
            one, whom, organisation=place, role=role, since_at=since, until_at=until, ground=ground, by=by
        )


_FIELDS = {
    "role": _role_fields,
    "duty": _duty_fields,
    "absence": _absence_fields,
    "substitution": _substitution_fields,
}
_GIVE = {
    "role": _give_role,
    "duty": _give_duty,
    "absence": _give_absence,
    "substitution": _give_substitution,
}


# --- ending early ---


def row_and_kind(place: Organisation, kind: str, pk: int) -> tuple[str, RoleHolding | Duty | Absence | Substitution]:
    """What the address names, with its kind."""
    return kind, roster.row_of(place, kind, pk)


@administers(row_and_kind, methods=BOTH)
def standing_end(
    request: SignedInRequest, place: Organisation, found: tuple[str, RoleHolding | Duty | Absence | Substitution]
) -> HttpResponse:
    """It ends now (what has not begun yet, as soon as it would begin): confirmed first."""
    kind, row = found
    one = row.absent if isinstance(row, Substitution) else row.person
    button, happens, undo = ENDING[kind]
    form, status = form_of((), button), 200
    if is_sent(request):
        by = by_hand_of(request)
        try:
            _end(row, max(by.now, row.since_at + dt.timedelta(microseconds=1)), by)
            return see("admin_person", place.pk, one.pk, done="ended")
        except Refused as refusal:
            form, status = replace(form, errors=(sentence(refusal.code, refusal.facts),)), UNREADABLE
    when = span_words(row.since_at, row.until_at, place)
    page = FormPage(
        desk=desk_of(request, place, "people"),
        title=f"{button}: {one.full_name}",
        back=Link(label=one.full_name, url=reverse("admin_person", args=[place.pk, one.pk])),
        form=form,
        lead=f"{_words(row)}: {when}.",
        consequences=(happens,),
        undo=undo,
        danger=True,
    )
    return render(request, "admin/form.html", {"page": page}, status=status)


def _words(row: RoleHolding | Duty | Absence | Substitution) -> str:
    if isinstance(row, Absence):
        return str(row.get_reason_display())
    if isinstance(row, Substitution):
        return f"Действует {row.substitute.full_name}"
    return ROLE_WORDS[OurRole(row.role)].capitalize()


def _end(row: RoleHolding | Duty | Absence | Substitution, until_at: dt.datetime, by: By) -> None:
    if isinstance(row, RoleHolding):
        actions.end_role(row, until_at=until_at, by=by)
    elif isinstance(row, Duty):
        actions.end_duty(row, until_at=until_at, by=by)
    elif isinstance(row, Absence):
        actions.end_absence(row, until_at=until_at, by=by)
    else:
        actions.end_substitution(row, until_at=until_at, by=by)
