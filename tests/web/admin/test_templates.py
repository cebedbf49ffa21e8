"""The page of reply templates: kept by administrators, journalled, nobody else's in sight."""

import pytest
from django.test import Client
from django.urls import reverse

from otklik.journal.models import Event
from otklik.orgs.models import ReplyTemplate
from tests.cast import Cast, client_of, make_cast
from tests.web.admin.forms import sent, text

pytestmark = pytest.mark.django_db
GIVEN = {"title": "Яма", "text": "Здравствуйте, {имя}!\nЯму {место} засыплют.", "topic": "дороги", "kind": "final"}


@pytest.fixture
def altai() -> Cast:
    return make_cast(act="altai-2020-132")


@pytest.fixture
def admin(altai: Cast) -> Client:
    return client_of(altai.administrator)


def at(name: str, people: Cast, *rest: object) -> str:
    return reverse(name, args=[people.organisation.pk, *rest])


def test_a_template_is_kept_changed_and_taken_away_and_the_journal_says_so(altai: Cast, admin: Client) -> None:
    assert sent(admin, at("admin_template_new", altai), **GIVEN).status_code == 303
    row = ReplyTemplate.objects.get()
    assert (row.title, row.topic, row.kind) == ("Яма", "дороги", "final")
    assert "Здравствуйте, {имя}!" in text(admin.get(at("admin_templates", altai)))
    assert sent(admin, at("admin_template", altai, row.pk), text="Яму засыплют.").status_code == 303
    row.refresh_from_db()
    assert row.text == "Яму засыплют."
    assert sent(admin, at("admin_template_drop", altai, row.pk)).status_code == 303
    assert not ReplyTemplate.objects.exists()
    kinds = ["template_added", "template_changed", "template_dropped"]
    events = Event.objects.filter(kind__in=kinds).order_by("id")
    assert [(one.kind, one.actor_id) for one in events] == [(kind, altai.administrator.pk) for kind in kinds]
    journal = text(admin.get(at("admin_journal", altai)))
    assert "Убран шаблон ответа «Яма»: Яму засыплют." in journal
    assert "Текст: было «Здравствуйте, {имя}! Яму {место} засыплют.», стало «Яму засыплют.»" in journal


def test_the_same_form_twice_keeps_one(altai: Cast, admin: Client) -> None:
    values = {**GIVEN, "command_id": "0b6a1f0e-6f0c-4a5e-9a53-4a2f8f0e2f7f"}
    for _ in range(2):
        assert admin.post(at("admin_template_new", altai), values).status_code == 303
    assert ReplyTemplate.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": " "}, "Впишите название"),
        ({"text": ""}, "Впишите текст"),
        ({"text": "Уважаемый {фамилия}!"}, "не знает, чем заменить «{фамилия}»"),
        ({"text": "я" * 10_001}, "Длиннее 10000"),
        ({"title": "Свет"}, "Шаблон «Свет» уже есть"),
    ],
)
def test_a_template_that_cannot_be(altai: Cast, admin: Client, wrong: dict[str, str], sentence: str) -> None:
    ReplyTemplate.objects.create(organisation=altai.organisation, title="Свет", text="Свет включат.")
    answer = sent(admin, at("admin_template_new", altai), **GIVEN | wrong)
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert ReplyTemplate.objects.count() == 1


def test_only_its_administrator_keeps_them(altai: Cast) -> None:
    row = ReplyTemplate.objects.create(organisation=altai.organisation, title="Свет", text="Свет включат.")
    for name, rest in (("admin_templates", ()), ("admin_template", (row.pk,)), ("admin_template_drop", (row.pk,))):
        assert client_of(altai.curator).get(at(name, altai, *rest)).status_code == 403
        assert client_of(altai.outsider).get(at(name, altai, *rest)).status_code == 404
    other = reverse("admin_template", args=[altai.outsider.organisation_id, row.pk])
    assert client_of(altai.administrator).get(other).status_code == 404
