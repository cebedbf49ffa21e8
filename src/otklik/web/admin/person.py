"""One person: what is known of them, their account, what they hold."""

import datetime as dt

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from otklik.orgs import actions, roster
from otklik.orgs.actions import Refused
from otklik.orgs.models import Absence, Duty, Organisation, Person, RoleHolding, Substitution
from otklik.orgs.passwords import new_password
from otklik.orgs.rights import SignedInRequest
from otklik.orgs.words import RANK_WORDS, ROLE_WORDS, sentence
from otklik.regulation.model.people import OurRole, Rank
from otklik.web.admin.asked import Asked
from otklik.web.admin.door import BOTH, UNREADABLE, administers, by_hand_of, is_sent, see
from otklik.web.admin.pages import desk_of, form_of, grouped, person_link, plain, span_words
from otklik.web.admin.people import person_fields, read_person
from otklik.web.admin.view import (
    Desk,
    Fact,
    FormPage,
    Password,
    PasswordsPage,
    PersonPage,
    StandingGroup,
    StandingRow,
)
from otklik.web.view import Form, Link

Row = RoleHolding | Duty | Absence | Substitution

GROUPS = (
    ("role", "Роли", "Назначить роль", "Ролей нет: человек видит только то, что видят все."),
    ("substitution", "Замещение", "Назначить замещение", "Никого не замещает, его никто не замещает."),
    ("duty", "Дежурства", "Поставить на дежурство", "Дежурств не назначено."),
    ("absence", "Отсутствие", "Отметить отсутствие", "Отсутствий не отмечено."),
)
"""Kind, heading, what the button says, what is said where there are none."""

CLOSING = {
    "close": (
        "Закрыть учётную запись",
        (
            "Человек перестанет входить сразу, открытые сеансы закончатся.",
            "Его роли, записи в журнале и тексты останутся.",
        ),
        "Открыть снова можно в любой день на этой же странице.",
        "closed",
    ),
    "open": (
        "Открыть учётную запись",
        ("Человек снова сможет входить с прежним паролем.", "Роли, которые не закончены, снова подействуют."),
        "",
        "opened",
    ),
    "password": (
        "Задать новый пароль",
        (
            "Программа придумает пароль и покажет его один раз.",
            "Прежний пароль и открытые сеансы перестанут действовать.",
        ),
        "",
        "",
    ),
}
"""What may be done to an account: title, what will happen, how to undo it, what is said after."""


@administers(roster.member)
def person(request: SignedInRequest, place: Organisation, one: Person) -> HttpResponse:
    """The page of one person."""
    is_ours = one.organisation_id == place.pk
    now = timezone.now()
    rows = roster.history(place, one)
    page = PersonPage(
        desk=desk_of(request, place, "people"),
        name=one.full_name,
        back=_list(place),
        facts=_facts(one),
        groups=tuple(
            StandingGroup(
                title=title,
                rows=tuple(_standing(place, one, kind, row, now) for row in rows[kind]),
                add=Link(label=add, url=reverse("admin_standing_new", args=[place.pk, one.pk, kind])),
                none=none,
            )
            for kind, title, add, none in GROUPS
            if is_ours or kind in {"role", "duty"}
        ),
        actions=_actions(place, one) if is_ours else (),
        foreign="" if is_ours else f"Человек из организации «{one.organisation.name}»: сведения и пароль меняют там.",
    )
    return render(request, "admin/person.html", {"page": page})


@administers(roster.member, methods=BOTH)
def person_edit(request: SignedInRequest, place: Organisation, one: Person) -> HttpResponse:
    """What is known of a person is changed; the journal keeps what it was."""
    _require_ours(place, one)
    fields = person_fields(place, one)
    if not is_sent(request):
        return _edit_page(request, place, one, form_of(fields, "Сохранить"), status=200)
    asked = Asked(request.POST, place.zone)
    facts, unit = read_person(asked, place)
    if not asked.errors:
        try:
            actions.change_person(one, facts, unit=unit, by=by_hand_of(request))
        except Refused as refusal:
            asked.wrong(_field_of(refusal), sentence(refusal.code, refusal.facts))
        else:
            return see("admin_person", place.pk, one.pk, done="changed")
    return _edit_page(request, place, one, form_of(fields, "Сохранить", asked=asked), status=UNREADABLE)


def _field_of(refusal: Refused) -> str:
    return {"username_taken": "username", "account_in_use": "username", "unknown_zone": "zone"}.get(refusal.code, "")


def account_of(place: Organisation, pk: int, do: str) -> tuple[Person, str]:
    """The person of the address and what is to be done to their account."""
    one = roster.member(place, pk)
    if do not in CLOSING:
        raise Http404("Не найдено.")
    _require_ours(place, one)
    return one, do


@administers(account_of, methods=BOTH)
def account(request: SignedInRequest, place: Organisation, found: tuple[Person, str]) -> HttpResponse:
    """Close or open an account, or give a new password: each is confirmed on a page that says what will happen."""
    one, do = found
    title, consequences, undo, done = CLOSING[do]
    form, status = form_of((), title), 200
    if is_sent(request):
        try:
            if do == "password":
                return _new_password(request, place, one)
            (actions.close_account if do == "close" else actions.open_account)(one, by=by_hand_of(request))
            return see("admin_person", place.pk, one.pk, done=done)
        except Refused as refusal:
            form, status = _with_error(form, sentence(refusal.code, refusal.facts)), UNREADABLE
    page = FormPage(
        desk=desk_of(request, place, "people"),
        title=f"{title}: {one.full_name}",
        back=person_link(place, one),
        form=form,
        consequences=consequences,
        undo=undo,
        danger=do == "close",
    )
    return render(request, "admin/form.html", {"page": page}, status=status)


@sensitive_variables("password")
def _new_password(request: SignedInRequest, place: Organisation, one: Person) -> HttpResponse:
    password = new_password()
    actions.set_password(one, password, by=by_hand_of(request))
    one.refresh_from_db()
    if not one.check_password(password):  # the same form once more: its password was shown before
        return see("admin_person", place.pk, one.pk)
    page = PasswordsPage(
        desk=desk_of(request, place, "people"),
        title=f"{one.full_name}: новый пароль",
        passwords=(Password(name=one.full_name, login=one.get_username(), password=password),),
        back=person_link(place, one),
    )
    return render(request, "admin/passwords.html", {"page": page})


def _with_error(form: Form, words: str) -> Form:
    return Form(fields=form.fields, button=form.button, command_id=form.command_id, errors=(words,))


def _edit_page(request: SignedInRequest, place: Organisation, one: Person, form: Form, *, status: int) -> HttpResponse:
    desk: Desk = desk_of(request, place, "people")
    groups = grouped(
        form,
        ("Кто", ("full_name", "position", "unit", "rank"), ""),
        ("Как входит и как связаться", ("username", "phone", "email", "zone"), ""),
    )
    page = plain(desk, f"{one.full_name}: сведения", person_link(place, one), form, groups=groups)
    return render(request, "admin/form.html", {"page": page}, status=status)


def _require_ours(place: Organisation, one: Person) -> None:
    if one.organisation_id != place.pk:
        raise Http404("Не найдено.")


def _list(place: Organisation) -> Link:
    return Link(label="Люди", url=reverse("admin_people", args=[place.pk]))


def _facts(one: Person) -> tuple[Fact, ...]:
    account = one.get_username() if one.has_account else "нет: шаги записывает другой сотрудник"
    given = (
        ("Должность", one.position),
        ("Подразделение", one.unit.name if one.unit else "организация в целом"),
        ("Ранг", RANK_WORDS[Rank(one.rank)]),
        ("Имя для входа", account if one.is_active else f"{account} (учётная запись закрыта)"),
        ("Телефон", one.phone),
        ("Почта", one.email),
        ("Часовой пояс", one.zone),
    )
    return tuple(Fact(label=label, value=value) for label, value in given if value)


def _actions(place: Organisation, one: Person) -> tuple[Link, ...]:
    found = [Link(label="Изменить сведения", url=reverse("admin_person_edit", args=[place.pk, one.pk]))]
    if one.has_account and one.is_active:
        found.append(Link(label="Новый пароль", url=reverse("admin_account", args=[place.pk, one.pk, "password"])))
    do, label = ("close", "Закрыть учётную запись") if one.is_active else ("open", "Открыть учётную запись")
    if one.has_account:
        found.append(Link(label=label, url=reverse("admin_account", args=[place.pk, one.pk, do])))
    return tuple(found)


def _standing(place: Organisation, one: Person, kind: str, row: Row, now: dt.datetime) -> StandingRow:
    past = row.until_at is not None and row.until_at <= now
    return StandingRow(
        what=_what(one, row),
        when=span_words(row.since_at, row.until_at, place),
        more=_more(row),
        end_url="" if past else reverse("admin_standing_end", args=[place.pk, kind, row.pk]),
        past=past,
        coming=row.since_at > now,
    )


def _what(one: Person, row: Row) -> str:
    if isinstance(row, Absence):
        return str(row.get_reason_display())
    if isinstance(row, Substitution):
        role = f" в роли «{ROLE_WORDS[OurRole(row.role)]}»" if row.role else ""
        if row.absent_id == one.pk:
            return f"Вместо него (неё) действует {row.substitute.full_name}{role}"
        return f"Действует за: {row.absent.full_name}{role}"
    return ROLE_WORDS[OurRole(row.role)].capitalize()


def _more(row: Row) -> str:
    if isinstance(row, Substitution):
        return row.ground
    if isinstance(row, Absence):
        return ""
    return ", ".join(filter(None, [row.unit.name if row.unit else "", f"«{row.act_role}»" if row.act_role else ""]))
