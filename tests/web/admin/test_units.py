"""The tree of bodies, and who is proposed as the recipient."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from otklik.incidents.models import Incident
from otklik.journal.models import Event
from otklik.messages.actions import HandMade, enter_by_hand
from otklik.orgs import actions, recipients
from otklik.orgs.models import DefaultRecipient, Unit
from tests.cast import NOW, Cast, by, client_of, make_cast, make_unit
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


def test_a_unit_is_made_renamed_and_moved_with_all_below(altai: Cast, admin: Client) -> None:
    assert sent(admin, at("admin_unit_new", altai), name="Управление дорог").status_code == 303
    top = Unit.objects.get(name="Управление дорог")
    assert (top.key, top.kind, top.path) == ("upravlenie-dorog", "body", f"/{top.pk}/")
    below = make_unit(altai.organisation, "signs", parent=altai.unit)
    answer = sent(admin, at("admin_unit", altai, altai.unit.pk), parent=str(top.pk), name="Отдел ремонта")
    assert answer.status_code == 303
    below.refresh_from_db()
    assert below.path == f"/{top.pk}/{altai.unit.pk}/{below.pk}/"
    journal = text(admin.get(at("admin_journal", altai)))
    assert "В составе: было «нет», стало «Управление дорог»" in journal
    assert "Название: было «Отдел roads», стало «Отдел ремонта»" in journal


def test_a_unit_is_not_put_under_itself(altai: Cast, admin: Client) -> None:
    below = make_unit(altai.organisation, "signs", parent=altai.unit)
    answer = sent(admin, at("admin_unit", altai, altai.unit.pk), parent=str(below.pk))
    assert answer.status_code == 422
    assert "нельзя поместить" in text(answer)
    altai.unit.refresh_from_db()
    assert altai.unit.parent is None


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": ""}, "Впишите название"),
        ({"kind": "царство"}, "Выберите, что это"),
        ({"parent": "0"}, "Такого варианта больше нет"),
        ({"zone": "Луна"}, "Часовой пояс «Луна» неизвестен"),
    ],
)
def test_a_unit_that_cannot_be(altai: Cast, admin: Client, wrong: dict[str, str], sentence: str) -> None:
    answer = sent(admin, at("admin_unit_new", altai), **({"name": "Отдел"} | wrong))
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert Unit.objects.filter(organisation=altai.organisation).count() == 1


def test_a_unit_of_another_organisation_is_not_there(altai: Cast, admin: Client) -> None:
    theirs = make_unit(altai.elsewhere, "theirs")
    for name, rest in (("admin_unit", ()), ("admin_unit_hours", ()), ("admin_unit_close", ("close",))):
        assert admin.get(at(name, altai, theirs.pk, *rest)).status_code == 404


def test_closing_says_what_will_happen_and_can_be_undone(altai: Cast, admin: Client) -> None:
    below = make_unit(altai.organisation, "signs", parent=altai.unit)
    close, reopen = (at("admin_unit_close", altai, altai.unit.pk, do) for do in ("close", "open"))
    assert "Открытых инцидентов у него нет" in text(admin.get(close))
    refused = sent(admin, close)
    assert refused.status_code == 422
    assert "Сначала закройте или перенесите «Отдел signs»" in text(refused)
    actions.close_unit(below, by=by())
    assert sent(admin, close).status_code == 303
    altai.unit.refresh_from_db()
    assert not altai.unit.is_active
    assert sent(admin, reopen).status_code == 303
    kinds = ["unit_closed", "unit_opened"]
    rows = Event.objects.filter(kind__in=kinds, actor_id=altai.administrator.pk).order_by("id")
    assert [event.kind for event in rows] == kinds


# --- who is proposed ---


def routing(people: Cast, topic: str) -> str:
    """The routing form of a message of this topic."""
    made = HandMade(network="vk", text=f"Яма: {topic}", topic=topic)
    incident = Incident.objects.get(message=enter_by_hand(people.organisation, people.curator, made, now=NOW).message)
    page: str = client_of(people.curator).get(reverse("card_command", args=[incident.pk, "route"])).content.decode()
    return page


def test_the_body_of_the_topic_is_proposed_when_a_message_is_routed(altai: Cast, admin: Client) -> None:
    second = make_unit(altai.organisation, "water")
    assert f'value="{second.key}" selected' not in routing(altai, "Вода и тепло")
    given: dict[str, Any] = {"topic": " вода  и тепло", "unit": str(second.pk), "person": str(altai.executor.pk)}
    assert sent(admin, at("admin_recipient_new", altai), **given).status_code == 303
    page = routing(altai, "Вода и Тепло")
    assert f'value="{second.key}" selected' in page
    assert "Предложен по теме «вода и тепло»" in page
    assert f'value="{second.key}" selected' not in routing(altai, "Дороги")
    actions.close_unit(second, by=by())
    assert "Предложен по теме" not in routing(altai, "вода и тепло")


def test_within_a_body_the_topic_is_stronger_than_the_body(altai: Cast) -> None:
    where, unit = altai.organisation, altai.unit
    actions.set_recipient(where, topic="", unit=unit, person=altai.specialist, by=by())
    actions.set_recipient(where, topic="Знаки", unit=unit, person=altai.executor, by=by())
    assert recipients.proposed_person(where.pk, "знаки", unit.key) == altai.executor.pk
    assert recipients.proposed_person(where.pk, "другое", unit.key) == altai.specialist.pk
    assert recipients.proposed_person(where.pk, "другое", "nowhere") is None


def test_a_second_rule_replaces_the_first_and_the_journal_says_so(altai: Cast, admin: Client) -> None:
    second = make_unit(altai.organisation, "water")
    for unit in (altai.unit, second):
        sent(admin, at("admin_recipient_new", altai), topic="Дороги", unit=str(unit.pk))
    rule = DefaultRecipient.objects.get()
    assert rule.unit == second
    assert f"(было: {altai.unit.name})" in text(admin.get(at("admin_journal", altai)))
    assert sent(admin, at("admin_recipient_drop", altai, rule.pk)).status_code == 303
    assert not DefaultRecipient.objects.exists()
    assert "Больше не предлагается по теме «Дороги»" in text(admin.get(at("admin_journal", altai)))


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"unit": ""}, "Выберите орган"),
        ({"topic": "", "person": ""}, "Назовите тему или человека"),
        ({"person": "0"}, "Такого"),
    ],
)
def test_a_rule_that_says_nothing_is_refused(altai: Cast, admin: Client, wrong: dict[str, str], sentence: str) -> None:
    given = {"topic": "Дороги", "unit": str(altai.unit.pk)} | wrong
    answer = sent(admin, at("admin_recipient_new", altai), **given)
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert not DefaultRecipient.objects.exists()
