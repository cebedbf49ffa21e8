"""People from a file on screen: shown row by row, brought in all or nobody, passwords shown once."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from otklik.journal.models import Event
from otklik.orgs.models import Person
from tests.cast import Cast, client_of
from tests.web.admin.forms import read, text

pytestmark = pytest.mark.django_db

GOOD = "ФИО;Имя для входа;Подразделение;Роли\nПетрова Нина;petrova;Отдел roads;исполнитель\nСедова Анна;;;куратор\n"


@pytest.fixture
def admin(people: Cast) -> Client:
    return client_of(people.administrator)


def here(people: Cast) -> str:
    return reverse("admin_people_file", args=[people.organisation.pk])


def show(people: Cast, admin: Client, content: bytes, **more: str) -> Any:
    return admin.post(here(people), {"file": SimpleUploadedFile("people.csv", content), **more})


def test_a_file_is_shown_and_then_brought_in(people: Cast, admin: Client) -> None:
    before = Person.objects.count()
    answer = show(people, admin, GOOD.encode("cp1251"))
    assert "Петрова Нина" in text(answer)
    assert Person.objects.count() == before, "showing brings nobody in"
    confirm = read(answer.content.decode().rpartition('<form method="post"')[2])
    done = admin.post(here(people), confirm)
    person = Person.objects.get(username="petrova")
    assert (person.unit, Person.objects.count()) == (people.unit, before + 2)
    password = done.content.decode().partition('class="password">')[2].partition("<")[0]
    assert person.check_password(password)
    assert Event.objects.filter(kind="person_created").latest("id").actor_id == people.administrator.pk
    again = admin.post(here(people), confirm)
    assert again.status_code == 422
    assert "уже занято" in text(again)
    assert Person.objects.count() == before + 2


def test_every_row_says_what_is_wrong_with_it(people: Cast, admin: Client) -> None:
    bad = "ФИО;Имя для входа;Подразделение;Роли\n;a;;\nИванов Иван;executor;Нет такого;царь\n"
    before = Person.objects.count()
    answer = show(people, admin, bad.encode())
    assert answer.status_code == 422
    for sentence in ("Нет ФИО", "уже занято", "Подразделения «Нет такого» нет", "Роль «царь» неизвестна"):
        assert sentence in text(answer)
    assert "Загрузить:" not in text(answer)
    assert Person.objects.count() == before


def test_new_units_are_made_where_that_is_allowed(people: Cast, admin: Client) -> None:
    answer = show(people, admin, "ФИО;Подразделение\nПетрова;Новый отдел\n".encode(), create_units="1")
    confirm = read(answer.content.decode().rpartition('<form method="post"')[2])
    assert admin.post(here(people), confirm).status_code == 303
    person = Person.objects.get(full_name="Петрова")
    assert person.unit is not None
    assert person.unit.name == "Новый отдел"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Нет столбца «ФИО»"),
        ("ФИО\n".encode(), "нет ни одного человека"),
        (b"\x00\xff\xfe\x00" * 10, "неизвестен"),
        ("ФИО;Зарплата\nПетрова;1\n".encode(), "Столбец «Зарплата» неизвестен"),
        (b"x" * 400_000, "Файл больше"),
        (("ФИО\n" + "Петрова\n" * 2001).encode(), "можно до 2000"),
    ],
)
def test_a_file_that_cannot_be_read_says_so(people: Cast, admin: Client, content: bytes, sentence: str) -> None:
    answer = show(people, admin, content)
    assert answer.status_code == 422
    assert sentence in text(answer)


def test_no_file_is_asked_for_again(people: Cast, admin: Client) -> None:
    answer = admin.post(here(people), {})
    assert answer.status_code == 422
    assert "Выберите файл CSV" in text(answer)
