"""Roles, duty, absence, substitution on screen: given with dates, ended early, refused where they cannot be."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from otklik.journal.models import Event
from otklik.orgs import queries
from otklik.orgs.models import Absence, Duty, RoleHolding, Substitution
from otklik.regulation.model.people import OurRole
from tests.cast import Cast, client_of, make_cast
from tests.web.admin.forms import sent, text

pytestmark = pytest.mark.django_db
TODAY = timezone.now().date()
TOMORROW, WEEK = TODAY + dt.timedelta(days=1), TODAY + dt.timedelta(days=7)


@pytest.fixture
def altai() -> Cast:
    return make_cast(act="altai-2020-132")


@pytest.fixture
def admin(altai: Cast) -> Client:
    return client_of(altai.administrator)


def new(people: Cast, kind: str, whose: Any = None) -> str:
    return reverse("admin_standing_new", args=[people.organisation.pk, (whose or people.executor).pk, kind])


def end(people: Cast, kind: str, pk: int) -> str:
    return reverse("admin_standing_end", args=[people.organisation.pk, kind, pk])


def roles(person: Any) -> set[OurRole]:
    return {one.role for one in queries.roles_at(person, timezone.now())}


def test_a_role_of_today_holds_at_once_and_one_of_tomorrow_does_not(altai: Cast, admin: Client) -> None:
    assert sent(admin, new(altai, "role"), role="curator").status_code == 303
    assert sent(admin, new(altai, "role"), role="head", since=TOMORROW.isoformat()).status_code == 303
    assert roles(altai.executor) == {OurRole.EXECUTOR, OurRole.CURATOR}
    page = text(admin.get(reverse("admin_person", args=[altai.organisation.pk, altai.executor.pk])))
    assert "ещё не началось" in page


def test_the_last_day_of_a_role_counts(altai: Cast, admin: Client) -> None:
    sent(admin, new(altai, "role"), role="curator", until=WEEK.isoformat())
    holding = RoleHolding.objects.get(person=altai.executor, role="curator")
    assert holding.until_at is not None
    assert holding.until_at.astimezone(dt.timezone(dt.timedelta(hours=3))).isoformat() == (
        f"{WEEK + dt.timedelta(days=1)}T00:00:00+03:00"
    )


def test_a_duty_from_evening_to_morning(altai: Cast, admin: Client) -> None:
    given = {"role": "curator", "since": f"{TOMORROW}T18:00", "until": f"{WEEK}T09:00"}
    assert sent(admin, new(altai, "duty"), **given).status_code == 303
    duty = Duty.objects.get()
    assert duty.since_at.isoformat() == f"{TOMORROW}T15:00:00+00:00"
    assert sent(admin, end(altai, "duty", duty.pk)).status_code == 303
    duty.refresh_from_db()
    assert duty.until_at == duty.since_at + dt.timedelta(microseconds=1), "it had not begun: it never holds"


def test_a_substitute_acts_until_the_substitution_is_ended_early(altai: Cast, admin: Client) -> None:
    given = {"substitute": str(altai.operator.pk), "ground": "Распоряжение № 5", "until": WEEK.isoformat()}
    assert sent(admin, new(altai, "substitution", altai.curator), **given).status_code == 303
    assert OurRole.CURATOR in roles(altai.operator)
    row = Substitution.objects.get()
    assert "Что произойдёт" in text(admin.get(end(altai, "substitution", row.pk)))
    assert sent(admin, end(altai, "substitution", row.pk)).status_code == 303
    assert OurRole.CURATOR not in roles(altai.operator)
    event = Event.objects.filter(kind="substitution_ended").get()
    assert event.actor_id == altai.administrator.pk
    assert event.payload["was_until_at"] is not None
    journal = text(admin.get(reverse("admin_journal", args=[altai.organisation.pk])))
    assert f"{altai.operator.full_name} больше не замещает: {altai.curator.full_name}" in journal


def test_an_absence_is_noted_and_ended(altai: Cast, admin: Client) -> None:
    assert sent(admin, new(altai, "absence"), reason="illness").status_code == 303
    absence = Absence.objects.get()
    assert queries.absent_at([altai.executor.pk], timezone.now())
    assert sent(admin, end(altai, "absence", absence.pk)).status_code == 303
    assert not queries.absent_at([altai.executor.pk], timezone.now())


@pytest.mark.parametrize(
    ("kind", "wrong", "sentence"),
    [
        ("role", {"role": ""}, "Выберите роль"),
        ("role", {"role": "царь"}, "Выберите роль"),
        ("role", {"role": "curator", "since": ""}, "Назовите день"),
        ("role", {"role": "curator", "since": "27.11.2026"}, "Дата не разобрана"),
        ("role", {"role": "curator", "since": "0001-01-01"}, "Дата должна быть"),
        ("role", {"role": "curator", "since": "2026-11-27", "until": "2026-11-01"}, "Конец раньше начала"),
        ("role", {"role": "curator", "unit": "0"}, "Такого варианта больше нет"),
        ("duty", {"role": "curator", "since": "2026-11-27T18:00", "until": "2026-11-27T17:00"}, "Конец раньше начала"),
        ("duty", {"role": "curator", "since": "когда-то"}, "Дата и время не разобраны"),
        ("absence", {"reason": "лень"}, "Выберите причину"),
        ("substitution", {"substitute": "", "ground": "№ 5"}, "Выберите, кто"),
        ("substitution", {"ground": " "}, "Назовите распоряжение"),
    ],
)
def test_what_cannot_be_is_refused(altai: Cast, admin: Client, kind: str, wrong: dict[str, str], sentence: str) -> None:
    before = RoleHolding.objects.count()
    answer = sent(admin, new(altai, kind), **wrong)
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert RoleHolding.objects.count() == before
    assert not any(model.objects.exists() for model in (Duty, Absence, Substitution))


def test_nobody_ends_what_is_not_theirs_or_not_there(altai: Cast, admin: Client) -> None:
    theirs = RoleHolding.objects.get(person=altai.outsider)
    for kind, pk in (("role", theirs.pk), ("role", 0), ("something", 1), ("duty", 1)):
        assert admin.get(end(altai, kind, pk)).status_code == 404
