"""Hours on screen: what would move is shown before anything is saved, and what is done is what was shown."""

import datetime as dt
import re
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from otklik.incidents import actions as incidents
from otklik.incidents.models import DeadlineRow, Incident
from otklik.incidents.queries import behind
from otklik.journal.models import Event
from otklik.messages.actions import HandMade, enter_by_hand
from otklik.orgs.models import Organisation, ScheduleChange
from otklik.orgs.schedules import of_unit, schedules_for
from otklik.web.words import moment
from tests.cast import OFFICE_HOURS, Cast, client_of, make_cast
from tests.web.admin.forms import sent, shown, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def altai() -> Cast:
    return make_cast(act="altai-2020-132", schedule=OFFICE_HOURS)


@pytest.fixture
def admin(altai: Cast) -> Client:
    return client_of(altai.administrator)


def at(name: str, people: Cast, *rest: object) -> str:
    return reverse(name, args=[people.organisation.pk, *rest])


def opened(people: Cast) -> Incident:
    made = HandMade(network="vk", text="Яма на Садовой", topic="дороги")
    return Incident.objects.get(
        message=enter_by_hand(people.organisation, people.curator, made, now=timezone.now()).message
    )


def applied(client: Client, address: str, answers: dict[str, Any]) -> Any:
    """Look first, then do what was seen."""
    looked = client.post(address, {**answers, "step": "look"})
    assert looked.status_code == 200, text(looked)
    found = re.search(r'name="seen" value="(\w+)"', looked.content.decode())
    assert found
    return client.post(address, {**answers, "step": "apply", "seen": found.group(1)})


def dues(incident: Incident) -> list[dt.datetime]:
    rows = DeadlineRow.objects.filter(incident=incident, state="running").order_by("position")
    return [row.due_at for row in rows if row.due_at]


def working_days(count: int) -> list[dt.date]:
    """The next dates that the office works, from today on."""
    today = timezone.now().date()
    return [today + dt.timedelta(days=number) for number in range(count)]


def test_the_form_shows_the_week_as_it_stands(altai: Cast, admin: Client) -> None:
    form = shown(admin, at("admin_hours", altai))
    assert [form[f"mon_{part}"] for part in ("from", "lunch_from", "lunch_to", "to")] == [
        "09:00",
        "13:00",
        "13:45",
        "18:00",
    ]
    assert form["sat_from"] == ""
    assert form["source"] == ["own"]


def test_what_would_move_is_what_moves(altai: Cast, admin: Client) -> None:
    """The preview, and afterwards the journal of the incident, name the same terms and instants."""
    incident = opened(altai)
    before = dues(incident)
    form = shown(admin, at("admin_hours", altai))
    for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun"):
        form |= {f"{day}_from": "13:00", f"{day}_to": "17:00", f"{day}_lunch_from": "", f"{day}_lunch_to": ""}
    form["calendar"] = "none"
    looked = admin.post(at("admin_hours", altai), {**form, "step": "look"})
    assert re.search(r"Сдвин\w+ \d+ срок\w* в 1 инциденте", text(looked)), text(looked)
    assert Organisation.objects.get(pk=altai.organisation.pk).schedule == OFFICE_HOURS, "looking saves nothing"
    assert dues(incident) == before
    assert not Event.objects.filter(kind="redated").exists()
    assert applied(admin, at("admin_hours", altai), form).status_code == 303
    altai.organisation.refresh_from_db()
    version = schedules_for(altai.organisation, timezone.now()).version
    incidents.redate(altai.organisation.pk, behind(altai.organisation.pk, version, limit=9), now=timezone.now())
    moved = [
        dt.datetime.fromisoformat(str(event.payload["new_due_at"]))
        for event in Event.objects.filter(kind="redated", incident_id=incident.pk)
    ]
    assert moved, "something moved"
    shown_now = set(re.findall(r"<strong>([^<]+)</strong></td></tr>", looked.content.decode()))
    zone = ZoneInfo(altai.organisation.zone)
    here = timezone.now().astimezone(zone)
    assert shown_now == {moment(one.astimezone(zone), here) for one in moved}


def test_the_journal_says_what_the_hours_were(altai: Cast, admin: Client) -> None:
    form = shown(admin, at("admin_hours", altai)) | {"fri_to": "16:45", "zone": "Europe/Samara"}
    assert applied(admin, at("admin_hours", altai), form).status_code == 303
    journal = text(admin.get(at("admin_journal", altai)))
    assert "пт 09:00-13:00, 13:45-16:45" in journal
    assert "Часовой пояс: было «Europe/Moscow», стало «Europe/Samara»" in journal
    event = Event.objects.get(kind="hours_set")
    assert (event.actor_id, event.payload["was"]["schedule"]) == (altai.administrator.pk, OFFICE_HOURS)


def test_answers_changed_after_the_preview_are_shown_again_first(altai: Cast, admin: Client) -> None:
    here = at("admin_hours", altai)
    form = shown(admin, here) | {"fri_to": "16:45"}
    looked = admin.post(here, {**form, "step": "look"}).content.decode()
    seen = re.search(r'name="seen" value="(\w+)"', looked)
    assert seen
    again = admin.post(
        here,
        {**form, "fri_to": "12:30", "fri_lunch_from": "", "fri_lunch_to": "", "step": "apply", "seen": seen.group(1)},
    )
    assert again.status_code == 200
    assert not Event.objects.filter(kind="hours_set").exists()


def test_the_default_hours_of_the_act_come_back(altai: Cast, admin: Client) -> None:
    form = shown(admin, at("admin_hours", altai)) | {"source": "above"}
    assert applied(admin, at("admin_hours", altai), form).status_code == 303
    altai.organisation.refresh_from_db()
    assert altai.organisation.schedule is None


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"mon_to": ""}, "Укажите и начало, и конец работы"),
        ({"mon_lunch_to": ""}, "Укажите и начало, и конец перерыва"),
        ({"mon_to": "08:00"}, "конец не позже начала"),
        ({"mon_more": "вечером"}, "Часы не разобраны"),
        ({"mon_more": "17:00-19:00"}, "пересекаются"),
        ({"mon_from": "", "mon_to": ""}, "Перерыв есть, а часов работы нет"),
        ({"annual_closed": "30 декабря"}, "не разобрано"),
        ({"annual_closed": "45.13"}, "45"),
        ({"zone": "Луна"}, "неизвестен"),
        ({"region": "RU-XX"}, "Такого варианта больше нет"),
        ({"regional_days": "1"}, "Выберите регион"),
        ({"source": ""}, "Выберите, чьи это часы"),
        ({"short_day": "25"}, "Выберите"),
        (
            {f"{day}_{part}": "" for day in OFFICE_HOURS["week"] for part in ("from", "to", "lunch_from", "lunch_to")},
            "Ни в один день",
        ),
    ],
)
def test_hours_that_cannot_be(altai: Cast, admin: Client, wrong: dict[str, str], sentence: str) -> None:
    answer = sent(admin, at("admin_hours", altai), step="look", **wrong)
    assert answer.status_code == 422
    assert sentence in text(answer)


def test_a_night_desk_is_kept_as_it_was_written(altai: Cast, admin: Client) -> None:
    form = shown(admin, at("admin_hours", altai)) | {"sat_more": "22:00-24:00, 00:00-06:00"}
    assert applied(admin, at("admin_hours", altai), form).status_code == 303
    altai.organisation.refresh_from_db()
    assert altai.organisation.schedule is not None
    assert altai.organisation.schedule["week"]["sat"] == ["00:00-06:00", "22:00-24:00"]
    form = shown(admin, at("admin_hours", altai))
    assert [form[f"sat_{part}"] for part in ("from", "to", "more")] == ["00:00", "06:00", "22:00-24:00"]
    assert applied(admin, at("admin_hours", altai), form).status_code == 303
    assert Organisation.objects.get(pk=altai.organisation.pk).schedule == altai.organisation.schedule


def test_a_unit_keeps_its_own_hours_and_gives_them_back(altai: Cast, admin: Client) -> None:
    here = at("admin_unit_hours", altai, altai.unit.pk)
    form = shown(admin, here) | {"source": "own", "mon_from": "07:00"}
    assert applied(admin, here, form).status_code == 303
    altai.unit.refresh_from_db()
    assert altai.unit.schedule is not None
    assert altai.unit.schedule["week"]["mon"] == ["07:00-13:00", "13:45-18:00"]
    assert of_unit(altai.unit).zone == "Europe/Moscow"
    assert applied(admin, here, shown(admin, here) | {"source": "above"}).status_code == 303
    altai.unit.refresh_from_db()
    assert altai.unit.schedule is None


# --- single days ---


def test_a_closed_day_is_looked_at_done_and_taken_back(altai: Cast, admin: Client) -> None:
    incident = opened(altai)
    before = dues(incident)
    here = at("admin_day_new", altai)
    for on in working_days(12):
        given = shown(admin, here) | {"on": on.isoformat(), "what": "closed", "ground": "Авария на подстанции"}
        assert applied(admin, here, given).status_code == 303
    rows = list(ScheduleChange.objects.all())
    assert len(rows) == 12
    altai.organisation.refresh_from_db()
    version = schedules_for(altai.organisation, timezone.now()).version
    incidents.redate(altai.organisation.pk, behind(altai.organisation.pk, version, limit=9), now=timezone.now())
    assert dues(incident) > before
    page = text(admin.get(at("admin_day_drop", altai, rows[-1].pk)))
    assert "Сдвин" in page
    assert "Авария на подстанции" in page
    assert sent(admin, at("admin_day_drop", altai, rows[-1].pk)).status_code == 303
    assert ScheduleChange.objects.count() == 11
    journal = text(admin.get(at("admin_journal", altai)))
    assert "отменён, было: закрыто" in journal
    assert "Особый день" in journal


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        ({"what": "open", "hours": "10:00-14:00"}, (["10:00-14:00"], [])),
        ({"what": "break", "hours": "10:00-10:30"}, (None, ["10:00-10:30"])),
        ({"what": "closed", "hours": ""}, ([], [])),
    ],
)
def test_what_a_day_may_be(altai: Cast, admin: Client, given: dict[str, str], stored: tuple[Any, Any]) -> None:
    here = at("admin_day_new", altai)
    answers = shown(admin, here) | {"on": "2026-12-05", "ground": "Дежурство", "unit": str(altai.unit.pk)} | given
    assert applied(admin, here, answers).status_code == 303
    row = ScheduleChange.objects.get()
    assert (row.spans, row.breaks, row.unit) == (*stored, altai.unit)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"on": ""}, "Назовите дату"),
        ({"on": "2026-02-30"}, "Дата не разобрана"),
        ({"what": "open", "hours": ""}, "Впишите часы"),
        ({"what": "open", "hours": "с утра"}, "Часы не разобраны"),
        ({"what": "праздник"}, "Выберите, что в этот день"),
        ({"ground": " "}, "Назовите основание"),
        ({"unit": "0"}, "Такого варианта больше нет"),
    ],
)
def test_a_day_that_cannot_be(altai: Cast, admin: Client, wrong: dict[str, str], sentence: str) -> None:
    given = {"on": "2026-12-05", "ground": "Дежурство", "step": "look"} | wrong
    answer = sent(admin, at("admin_day_new", altai), **given)
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert not ScheduleChange.objects.exists()
