"""The list of people: search, who is absent, who is on duty; and a new person."""

import datetime as dt
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from otklik.orgs import actions, queries, roster
from otklik.orgs.actions import PersonFacts, Refused
from otklik.orgs.first_run import give_roles
from otklik.orgs.models import Organisation, Person, Unit
from otklik.orgs.passwords import new_password
from otklik.orgs.rights import SignedInRequest
from otklik.orgs.roster import Standing
from otklik.orgs.words import RANK_WORDS, ROLE_WORDS, sentence
from otklik.project.transactions import write
from otklik.regulation.model.people import OurRole, Rank
from otklik.web.admin.asked import Asked, choices
from otklik.web.admin.door import BOTH, UNREADABLE, administers, by_hand_of, is_sent, see
from otklik.web.admin.pages import desk_of, form_of, grouped, plain, until_words
from otklik.web.admin.view import Password, PasswordsPage, PeoplePage, PersonRow, Tab
from otklik.web.view import Choice, EmptyState, Field, FieldKind, Form, Link, Pager

PER_PAGE = 50
SHOWN = {"all": "Все", "away": "Отсутствуют", "duty": "Дежурят сейчас", "none": "Без роли", "closed": "Закрытые"}

ROLE_HINTS = {
    OurRole.OPERATOR: "находит сообщения и заводит их",
    OurRole.CURATOR: "отбирает, направляет, согласует ответы",
    OurRole.EXECUTOR: "готовит ответ",
    OurRole.SPECIALIST: "помогает исполнителю сведениями",
    OurRole.PUBLISHER: "размещает согласованный ответ",
    OurRole.RESPONSIBLE: "отвечает за работу, видит сроки всех",
    OurRole.HEAD: "видит всё, принимает доклады",
    OurRole.ADMINISTRATOR: "настраивает: люди, часы, постановление",
}
"""What each role does, for those who have not read the act."""


@administers()
def people(request: SignedInRequest, place: Organisation) -> HttpResponse:
    """The list, narrowed by words and by what people hold now."""
    now = timezone.now()
    show = request.GET.get("show", "all")
    show = show if show in SHOWN else "all"
    query = request.GET.get("q", "").strip()[:100]
    standing = roster.standings(place, now)
    found = [
        person
        for person in roster.members(place, now)
        if _is_shown(person, standing.get(person.pk), show) and _matches(person, query)
    ]
    first, pager = _page(request, len(found), show, query)
    here = reverse("admin_people", args=[place.pk])
    page = PeoplePage(
        desk=desk_of(request, place, "people"),
        rows=tuple(
            _row(place, one, standing.get(one.pk) or Standing(), now) for one in found[first : first + PER_PAGE]
        ),
        filters=tuple(Tab(label=label, url=f"{here}?show={key}", current=key == show) for key, label in SHOWN.items()),
        query=query,
        filter_key=show,
        pager=pager,
        empty=None if found else EmptyState(title="Никого не нашлось", text="Измените слова или отбор.", done=False),
    )
    return render(request, "admin/people.html", {"page": page})


def _page(request: SignedInRequest, total: int, show: str, query: str) -> tuple[int, Pager | None]:
    """The first row shown, and the pager where the list is longer than a page."""
    given = request.GET.get("page", "1")
    last = max(1, -(-total // PER_PAGE))
    number = min(max(1, int(given) if given.isdecimal() and len(given) < 8 else 1), last)
    first = (number - 1) * PER_PAGE
    if total <= PER_PAGE:
        return first, None

    def address(to: int) -> str:
        return f"?{urlencode({'show': show, 'q': query, 'page': to})}" if 1 <= to <= last else ""

    ends = min(first + PER_PAGE, total)
    return first, Pager(
        first=first + 1, last=ends, total=total, previous_url=address(number - 1), next_url=address(number + 1)
    )


def _is_shown(person: Person, standing: Standing | None, show: str) -> bool:
    if show == "closed":
        return not person.is_active
    if not person.is_active:
        return False
    if show == "away":
        return standing is not None and standing.absence is not None
    if show == "duty":
        return standing is not None and bool(standing.duties)
    return show != "none" or standing is None or not (standing.roles or standing.duties or standing.stands_in_for)


def _matches(person: Person, query: str) -> bool:
    text = " ".join([person.full_name, person.position, person.username or "", person.unit.name if person.unit else ""])
    return all(word in text.lower() for word in query.lower().split())


def _row(place: Organisation, person: Person, standing: Standing, now: dt.datetime) -> PersonRow:
    del now
    held = {OurRole(one.role) for one in standing.roles}
    notes = [f"дежурит {until_words(one.until_at, place)}" for one in standing.duties]
    if standing.absence:
        until = standing.absence.until_at
        reason = standing.absence.get_reason_display().lower()
        notes.append(f"{reason} {until_words(until, place)}" if until else f"{reason}, без срока")
    notes += [f"замещает: {one.absent.full_name}" for one in standing.stands_in_for]
    if person.organisation_id != place.pk:
        notes.append(f"из другой организации: {person.organisation.short_name}")
    if not person.is_active:
        notes.append("учётная запись закрыта")
    return PersonRow(
        name=person.full_name,
        url=reverse("admin_person", args=[place.pk, person.pk]),
        position=person.position,
        unit=person.unit.name if person.unit else "",
        roles=", ".join(words for role, words in ROLE_WORDS.items() if role in held),
        login=person.get_username() if person.has_account else "",
        notes=tuple(notes),
        closed=not person.is_active,
    )


# --- a new person ---


@administers(methods=BOTH)
def person_new(request: SignedInRequest, place: Organisation) -> HttpResponse:
    """A person with an account, a password shown once, and their roles from now on; or one without an account."""
    fields = (*person_fields(place), *_role_fields())
    if not is_sent(request):
        return _asked_again(request, place, form_of(fields, "Записать"), status=200)
    asked = Asked(request.POST, place.zone)
    facts, unit = read_person(asked, place)
    roles = asked.several_of("roles", {role.value: role for role in OurRole})
    if not asked.errors:
        try:
            return _add(request, place, facts, unit, roles)
        except Refused as refusal:
            asked.wrong("username" if refusal.code == "username_taken" else "", sentence(refusal.code, refusal.facts))
    return _asked_again(request, place, form_of(fields, "Записать", asked=asked), status=UNREADABLE)


@sensitive_variables("password")
def _add(
    request: SignedInRequest, place: Organisation, facts: PersonFacts, unit: Unit | None, roles: tuple[OurRole, ...]
) -> HttpResponse:
    by = by_hand_of(request)
    password = new_password() if facts.username else None
    with write([place.pk]):
        person = actions.create_person(place, facts, unit=unit, password=password, by=by)
        give_roles(person, roles, unit, by)
    # The same form sent again changes nothing, so its password is nobody's.
    if password is None or not person.check_password(password):
        return see("admin_person", place.pk, person.pk, done="added")
    back = Link(label=person.full_name, url=reverse("admin_person", args=[place.pk, person.pk]))
    page = PasswordsPage(
        desk=desk_of(request, place, "people"),
        title=f"{person.full_name}: пароль для первого входа",
        passwords=(Password(name=person.full_name, login=person.get_username(), password=password),),
        back=back,
    )
    return render(request, "admin/passwords.html", {"page": page})


def person_fields(place: Organisation, person: Person | None = None) -> tuple[Field, ...]:
    """What is known of a person; with `person`, as it stands."""
    rank = Rank(person.rank) if person else Rank.EMPLOYEE
    unit = str(person.unit_id) if person and person.unit_id else ""
    return (
        Field(
            name="full_name",
            label="Фамилия, имя, отчество",
            required=True,
            max_length=200,
            value=_of(person, "full_name"),
        ),
        Field(name="position", label="Должность", max_length=300, value=_of(person, "position")),
        Field(
            name="unit",
            label="Подразделение",
            kind=FieldKind.SELECT,
            choices=choices(unit_choices(place, keep=unit), unit, none="организация в целом"),
        ),
        Field(
            name="rank",
            label="Ранг",
            kind=FieldKind.SELECT,
            choices=choices(((one.value, words) for one, words in RANK_WORDS.items()), rank.value),
            hint="Кому постановление даёт подписывать и согласовывать.",
            required=True,
        ),
        Field(
            name="username",
            label="Имя для входа",
            max_length=150,
            value=_of(person, "username"),
            hint="Латиницей, например petrova. Пусто: человек без учётной записи, его шаги записывает другой.",
        ),
        Field(name="phone", label="Телефон", max_length=40, value=_of(person, "phone")),
        Field(
            name="email",
            label="Почта",
            max_length=254,
            value=_of(person, "email"),
            hint="На неё приходят напоминания о сроках.",
        ),
        Field(
            name="zone",
            label="Часовой пояс",
            max_length=64,
            value=_of(person, "zone"),
            hint="Если не такой, как у организации: Asia/Omsk.",
        ),
    )


def unit_choices(place: Organisation, *, keep: str = "") -> list[tuple[str, str]]:
    """The units that are open (and the one that stands there already), in the order of the tree."""
    units = queries.unit_tree(place)
    return [(str(one.pk), one.name) for one in units if one.is_active or str(one.pk) == keep]


def read_person(asked: Asked, place: Organisation) -> tuple[PersonFacts, Unit | None]:
    """What was filled in; mistakes are in `asked.errors`."""
    username = asked.text("username", longest=150)
    if any(sign.isspace() for sign in username):
        asked.wrong("username", "В имени для входа не должно быть пробелов.")
    facts = PersonFacts(
        full_name=asked.text("full_name", required="Впишите фамилию, имя и отчество.", longest=200),
        username=username,
        position=asked.text("position"),
        phone=asked.text("phone", longest=40),
        email=asked.email("email"),
        rank=asked.one_of("rank", {one.value: one for one in Rank}) or Rank.EMPLOYEE,
        zone=asked.text("zone", longest=64),
    )
    return facts, asked.one_of("unit", {str(one.pk): one for one in queries.unit_tree(place)})


def _of(person: Person | None, name: str) -> str:
    return str(getattr(person, name) or "") if person else ""


def _role_fields() -> tuple[Field, ...]:
    return (
        Field(
            name="roles",
            label="Роли",
            kind=FieldKind.CHECKBOXES,
            hint="Можно несколько. Действуют с этой минуты; сроки и замещение задаются на странице человека.",
            choices=tuple(
                Choice(value=role.value, label=words, hint=ROLE_HINTS[role]) for role, words in ROLE_WORDS.items()
            ),
        ),
    )


def _asked_again(request: SignedInRequest, place: Organisation, form: Form, *, status: int) -> HttpResponse:
    desk = desk_of(request, place, "people")
    back = Link(label="Люди", url=reverse("admin_people", args=[place.pk]))
    groups = grouped(
        form,
        ("Кто", ("full_name", "position", "unit", "rank"), ""),
        ("Как входит и как связаться", ("username", "phone", "email", "zone"), ""),
        ("Что делает", ("roles",), ""),
    )
    page = plain(desk, "Новый человек", back, form, groups=groups)
    return render(request, "admin/form.html", {"page": page}, status=status)
