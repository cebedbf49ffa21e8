"""What an organisation is called, a new one below it, the overview, the journal of arrangements."""

import pytest
from django.test import Client
from django.urls import reverse

from otklik.journal.models import Event
from otklik.orgs import access, actions
from otklik.orgs.models import Organisation
from otklik.regulation.model.people import OurRole
from tests.cast import LONG_AGO, Cast, by, client_of, make_cast, make_organisation, make_person
from tests.web.admin.forms import sent, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def altai() -> Cast:
    return make_cast(act="altai-2020-132")


@pytest.fixture
def admin(altai: Cast) -> Client:
    return client_of(altai.administrator)


def at(name: str, people: Cast, *rest: object) -> str:
    return reverse(name, args=[people.organisation.pk, *rest])


def test_names_and_numbers_are_kept_with_what_was_before(altai: Cast, admin: Client) -> None:
    was = altai.organisation.short_name
    given = {"short_name": "Белокуриха", "inn": "22 0300 1234", "ogrn": "1022200000000"}
    assert sent(admin, at("admin_settings", altai), **given).status_code == 303
    altai.organisation.refresh_from_db()
    assert (altai.organisation.short_name, altai.organisation.inn) == ("Белокуриха", "2203001234")
    event = Event.objects.get(kind="organisation_changed")
    assert event.actor_id == altai.administrator.pk
    assert event.payload["changes"]["short_name"] == [was, "Белокуриха"]
    assert f"Краткое название: было «{was}», стало «Белокуриха»" in text(admin.get(at("admin_journal", altai)))


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": " "}, "Впишите название"),
        ({"short_name": "я" * 200}, "Длиннее 100"),
        ({"inn": "12345"}, "10 цифр"),
        ({"inn": "١٢٣٤٥٦٧٨٩٠"}, "10 цифр"),
        ({"ogrn": "тринадцать"}, "13 цифр"),
    ],
)
def test_settings_that_cannot_be(altai: Cast, admin: Client, wrong: dict[str, str], sentence: str) -> None:
    answer = sent(admin, at("admin_settings", altai), **wrong)
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert not Event.objects.filter(kind="organisation_changed").exists()


def test_an_organisation_below_is_made_and_kept_by_the_same_administrator(altai: Cast, admin: Client) -> None:
    given = {"name": "Администрация села Ая", "short_name": "Ая", "act": "altai-2020-132"}
    answer = sent(admin, at("admin_organisation_new", altai), **given)
    made = Organisation.objects.get(short_name="Ая")
    assert answer["Location"].startswith(reverse("admin_organisation", args=[made.pk]))
    assert made.parent == altai.organisation
    assert made in access.administered(altai.administrator)
    page = text(admin.get(reverse("admin_organisation", args=[made.pk])))
    assert "Роль «куратор» никто не исполняет" in page
    assert "Нет ни одного органа" in page
    institution = {"name": "Центр управления регионом", "short_name": "ЦУР", "act": ""}
    assert sent(admin, at("admin_organisation_new", altai), **institution).status_code == 303
    assert Organisation.objects.get(short_name="ЦУР").kind == "outside"


def test_an_organisation_that_cannot_be(altai: Cast, admin: Client) -> None:
    answer = sent(admin, at("admin_organisation_new", altai), name="Ая", short_name="Ая", zone="Луна")
    assert answer.status_code == 422
    assert "неизвестен" in text(answer)


def test_the_overview_says_what_stands_and_what_happened_last(altai: Cast, admin: Client) -> None:
    page = text(admin.get(at("admin_organisation", altai)))
    assert "Людей 8" in page
    assert "никто не исполняет" not in page
    assert "Роль «администратор»" in page


def test_the_journal_is_read_page_by_page_and_only_by_those_it_concerns(altai: Cast, admin: Client) -> None:
    for number in range(60):
        actions.change_organisation(altai.organisation, {"postal_address": f"дом {number}"}, by=by(altai.administrator))
    first = admin.get(at("admin_journal", altai)).content.decode()
    assert "стало «дом 59»" in first
    older = first.partition("?before=")[2].partition('"')[0]
    second = text(admin.get(f"{at('admin_journal', altai)}?before={older}"))
    assert "стало «дом 5»" in second
    assert "стало «дом 59»" not in second
    assert admin.get(f"{at('admin_journal', altai)}?before=xyz").status_code == 200
    stranger = make_person(make_organisation(), "stranger")
    actions.give_role(stranger, OurRole.ADMINISTRATOR, since_at=LONG_AGO, by=by())
    assert client_of(stranger).get(at("admin_journal", altai)).status_code == 404


def test_an_entry_by_the_command_line_says_so(altai: Cast, admin: Client) -> None:
    assert "программа (командная строка)" in text(admin.get(at("admin_journal", altai)))
