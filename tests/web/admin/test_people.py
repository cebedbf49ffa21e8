"""People in the administration: who may open it, the list, a new person, what is changed, accounts and passwords."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from otklik.journal.models import Event
from otklik.orgs import access, actions
from otklik.orgs.models import AbsenceReason, Person, RoleHolding
from otklik.regulation.model.people import OurRole
from tests.cast import LONG_AGO, PASSWORD, Cast, by, client_of, make_cast, make_organisation, make_person
from tests.web.admin.forms import sent, shown, text

pytestmark = pytest.mark.django_db
ACT = "altai-2020-132"


@pytest.fixture
def altai() -> Cast:
    return make_cast(act=ACT)


@pytest.fixture
def admin(altai: Cast) -> Client:
    return client_of(altai.administrator)


def at(name: str, people: Cast, *rest: object) -> str:
    return reverse(name, args=[people.organisation.pk, *rest])


def last(kind: str) -> Event:
    return Event.objects.filter(kind=kind).latest("id")


# --- who ---


def test_only_administrators_see_the_menu_and_the_pages(altai: Cast) -> None:
    for role, person in altai.of_role.items():
        may = role is OurRole.ADMINISTRATOR
        client = client_of(person)
        assert ("Настройка</a>" in client.get("/").content.decode()) is may, role
        assert client.get(at("admin_people", altai)).status_code == (200 if may else 403), role


def test_an_administrator_of_a_region_keeps_the_towns_below_it_and_not_those_above() -> None:
    region = make_organisation()
    town = make_organisation(region)
    of_region = make_person(region, "region", OurRole.ADMINISTRATOR)
    of_town = make_person(town, "town", OurRole.ADMINISTRATOR)
    assert set(access.administered(of_region)) == {region, town}
    assert set(access.administered(of_town)) == {town}
    client = client_of(of_region)
    assert region.name in text(client.get(reverse("admin")))
    assert client.get(reverse("admin_people", args=[town.pk])).status_code == 200
    assert client_of(of_town).get(reverse("admin_people", args=[region.pk])).status_code == 404
    assert client_of(of_town).get(reverse("admin")).status_code == 302


def test_being_an_administrator_elsewhere_gives_nothing_here(altai: Cast) -> None:
    """A curator from elsewhere sees the organisation; their role of administrator is of their own one."""
    actions.give_role(altai.outsider, OurRole.ADMINISTRATOR, since_at=LONG_AGO, by=by())
    actions.give_role(altai.outsider, OurRole.CURATOR, organisation=altai.organisation, since_at=LONG_AGO, by=by())
    answer = client_of(altai.outsider).get(at("admin_people", altai))
    assert answer.status_code == 403
    assert "другой администратор" in text(answer)


def test_a_person_of_another_organisation_is_not_found_through_ones_own(altai: Cast, admin: Client) -> None:
    assert admin.get(at("admin_person", altai, altai.outsider.pk)).status_code == 404
    assert admin.post(at("admin_account", altai, altai.outsider.pk, "password")).status_code == 404


def test_somebody_from_elsewhere_with_a_role_here_keeps_their_account_to_themselves(altai: Cast, admin: Client) -> None:
    actions.give_role(altai.outsider, OurRole.CURATOR, organisation=altai.organisation, since_at=LONG_AGO, by=by())
    assert altai.outsider.full_name in text(admin.get(at("admin_people", altai)))
    page = text(admin.get(at("admin_person", altai, altai.outsider.pk)))
    assert "сведения и пароль меняют там" in page
    assert "Новый пароль" not in page
    for name, rest in (("admin_person_edit", ()), ("admin_account", ("close",)), ("admin_standing_new", ("absence",))):
        assert admin.get(at(name, altai, altai.outsider.pk, *rest)).status_code == 404


# --- the list ---


def test_the_list_is_searched_and_narrowed(altai: Cast, admin: Client) -> None:
    from django.utils import timezone

    now = timezone.now()
    actions.note_absence(altai.executor, reason=AbsenceReason.ILLNESS, since_at=LONG_AGO, until_at=None, by=by())
    actions.close_account(altai.publisher, by=by(now=now))
    here = at("admin_people", altai)

    def names(query: str) -> set[str]:
        page = text(admin.get(f"{here}?{query}"))
        return {one.username or "" for one in Person.objects.all() if one.full_name in page}

    assert names("show=away") == {"executor"}
    assert "болезнь, без срока" in text(admin.get(f"{here}?show=away"))
    assert names("show=closed") == {"publisher"}
    assert "publisher" not in names("")
    assert names("q=ИВАНОВА+cura") == {"curator"}
    assert names("q=нет+такого") == set()
    assert admin.get(f"{here}?page=99999999999&show=что-то").status_code == 200


# --- a new person ---


def test_a_new_person_gets_roles_and_a_password_shown_once(altai: Cast, admin: Client) -> None:
    here = at("admin_person_new", altai)
    form = shown(admin, here) | {
        "full_name": "Петрова Нина Ивановна",
        "username": "Petrova",
        "unit": str(altai.unit.pk),
        "roles": ["executor", "curator"],
    }
    answer = admin.post(here, form)
    assert answer.status_code == 200
    person = Person.objects.get(username="petrova")
    password = answer.content.decode().partition('class="password">')[2].partition("<")[0]
    assert person.check_password(password)
    assert {(one.role, one.unit_id) for one in person.role_holdings.all()} == {
        ("executor", altai.unit.pk),
        ("curator", None),
    }
    created = last("person_created")
    assert created.actor_id == altai.administrator.pk
    assert password not in str([event.payload for event in Event.objects.all()])
    again = admin.post(here, form)  # the browser's back button, and the button once more
    assert again.status_code == 303
    assert Person.objects.filter(full_name="Петрова Нина Ивановна").count() == 1
    person.refresh_from_db()
    assert person.check_password(password)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"full_name": " "}, "Впишите фамилию"),
        ({"username": "executor"}, "уже занято"),
        ({"username": "два слова"}, "не должно быть пробелов"),
        ({"email": "не почта"}, "Адрес почты"),
        ({"zone": "Луна"}, "неизвестен"),
        ({"rank": "царь"}, "Такого варианта больше нет"),
        ({"unit": "999999"}, "Такого варианта больше нет"),
        ({"roles": ["executor", "царь"]}, "Выберите заново"),
        ({"full_name": "Я" * 300}, "Длиннее 200"),
    ],
)
def test_a_form_that_cannot_be_says_why_and_keeps_what_was_typed(
    altai: Cast, admin: Client, wrong: dict[str, Any], sentence: str
) -> None:
    before = Person.objects.count()
    given = {"full_name": "Петрова Нина", "username": "petrova", "position": "консультант"} | wrong
    answer = sent(admin, at("admin_person_new", altai), **given)
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert 'value="консультант"' in answer.content.decode()
    assert Person.objects.count() == before


# --- one person ---


def test_what_is_known_is_changed_and_the_journal_keeps_both(altai: Cast, admin: Client) -> None:
    here = at("admin_person_edit", altai, altai.executor.pk)
    answer = sent(admin, here, position="начальник отдела", phone="+7 900 000-00-00", unit="")
    assert answer.status_code == 303
    altai.executor.refresh_from_db()
    assert (altai.executor.position, altai.executor.unit_id) == ("начальник отдела", None)
    event = last("person_changed")
    assert event.payload["changes"] == {"unit_id": [altai.unit.pk, None]}
    assert "+7 900" not in str(event.payload)
    journal = text(admin.get(at("admin_journal", altai)))
    assert "Должность: было «пусто», стало «начальник отдела»" in journal
    assert f"Подразделение: было «{altai.unit.name}», стало «нет»" in journal
    assert altai.administrator.full_name in journal


def test_nothing_changed_is_no_entry(altai: Cast, admin: Client) -> None:
    assert sent(admin, at("admin_person_edit", altai, altai.executor.pk)).status_code == 303
    assert not Event.objects.filter(kind="person_changed").exists()


def test_a_name_to_sign_in_with_is_not_taken_away(altai: Cast, admin: Client) -> None:
    answer = sent(admin, at("admin_person_edit", altai, altai.executor.pk), username="")
    assert answer.status_code == 422
    assert "Закройте учётную запись" in text(answer)


def test_an_account_is_closed_after_a_word_and_opened_again(altai: Cast, admin: Client, client: Client) -> None:
    close, reopen = (at("admin_account", altai, altai.executor.pk, do) for do in ("close", "open"))
    assert "Что произойдёт" in text(admin.get(close))
    altai.executor.refresh_from_db()
    assert altai.executor.is_active, "looking changes nothing"
    signed_in = client_of(altai.executor)
    assert sent(admin, close).status_code == 303
    assert signed_in.get("/").status_code == 302
    assert sent(admin, reopen).status_code == 303
    assert client.post("/sign-in/", {"username": "executor", "password": PASSWORD}).status_code == 302
    assert [last(kind).actor_id for kind in ("account_closed", "account_opened")] == [altai.administrator.pk] * 2


def test_a_new_password_is_shown_once_and_ends_the_sessions(altai: Cast, admin: Client) -> None:
    signed_in = client_of(altai.executor)
    here = at("admin_account", altai, altai.executor.pk, "password")
    form = shown(admin, here)
    password = admin.post(here, form).content.decode().partition('class="password">')[2].partition("<")[0]
    altai.executor.refresh_from_db()
    assert altai.executor.check_password(password)
    assert signed_in.get("/").status_code == 302
    assert admin.post(here, form).status_code == 303
    altai.executor.refresh_from_db()
    assert altai.executor.check_password(password), "the same form again gives no second password"


def test_the_last_administrator_stays(altai: Cast, admin: Client) -> None:
    holding = RoleHolding.objects.get(person=altai.administrator)
    closing = at("admin_account", altai, altai.administrator.pk, "close")
    ending = at("admin_standing_end", altai, "role", holding.pk)
    for here in (closing, ending):
        answer = sent(admin, here)
        assert answer.status_code == 422
        assert "единственный администратор" in text(answer)
    actions.give_role(altai.head, OurRole.ADMINISTRATOR, since_at=LONG_AGO, by=by())
    assert sent(admin, ending).status_code == 303
    assert admin.get(at("admin_people", altai)).status_code == 403


def test_a_command_id_of_another_form_is_refused(altai: Cast, admin: Client) -> None:
    form = shown(admin, at("admin_person_edit", altai, altai.executor.pk))
    admin.post(at("admin_person_edit", altai, altai.executor.pk), form | {"position": "начальник"})
    answer = admin.post(at("admin_account", altai, altai.executor.pk, "close"), {"command_id": form["command_id"]})
    assert answer.status_code == 422
    assert "уже отправлена" in text(answer)
