"""Duty: the rota with its gaps and overlaps, who may change it, the page for everybody, the lesson."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from otklik.journal.models import Event
from otklik.messages.actions import HandMade, enter_by_hand
from otklik.orgs import actions as orgs
from otklik.orgs.models import Duty, Person
from otklik.regulation.model.people import OurRole
from otklik.web.duty.page import duty_page
from otklik.web.duty.training import training_page
from otklik.web.manager.realm import desk_of
from otklik.web.manager.rota import WEEK, rota_page
from otklik.web.manager.view import RotaDay
from tests.cast import Cast, by, make_cast, make_organisation, make_person, make_unit
from tests.incidents.desk import NOON, A

pytestmark = pytest.mark.django_db

ClientOf = Callable[[Person], Client]
DAY = dt.timedelta(days=1)
MONDAY = dt.date(2026, 11, 23)
WRITING = ("INSERT", "UPDATE", "DELETE")
SATURDAY = dt.datetime(2026, 11, 28, 20, 40, tzinfo=dt.UTC)
"""23:40 in Moscow."""


@pytest.fixture
def altai() -> Cast:
    return make_cast(act=A)


def on_duty(person: Person, since_at: dt.datetime, until_at: dt.datetime, **more: Any) -> Duty:
    return orgs.put_on_duty(person, OurRole.CURATOR, since_at=since_at, until_at=until_at, by=by(), **more)


def days_of(cast: Cast) -> dict[str, RotaDay]:
    """The week of the cast's Friday, by weekday."""
    page = rota_page(desk_of(cast.head, cast.organisation, NOON), MONDAY, WEEK)
    return dict(zip(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), page.days, strict=True))


class TestRota:
    def test_gaps_on_days_off_only(self, altai: Cast) -> None:
        days = days_of(altai)
        assert days["sat"].troubles == ("никто не дежурит",)
        assert days["fri"].troubles == ()
        assert (days["fri"].hours, days["sat"].hours) == ("09:00–18:00", "выходной")

    def test_who_when_and_what_is_left_uncovered(self, altai: Cast) -> None:
        evening = NOON + dt.timedelta(hours=6)  # 18:00 in Moscow
        on_duty(altai.executor, evening, evening + DAY)
        on_duty(altai.specialist, evening + DAY, evening + 2 * DAY, unit=altai.unit)
        days = days_of(altai)
        assert [(one.name, one.times) for one in days["fri"].entries] == [(altai.executor.full_name, "с 18:00")]
        assert [one.times for one in days["sat"].entries] == ["до 18:00", "с 18:00"]
        assert days["sun"].troubles == ("нет дежурного: куратор",)
        assert days["sat"].troubles == ()

    def test_two_at_once_are_shown(self, altai: Cast) -> None:
        for person in (altai.executor, altai.specialist):
            on_duty(person, NOON, NOON + DAY)
        names = f"{altai.executor.full_name} и {altai.specialist.full_name}"
        assert days_of(altai)["sat"].troubles == (f"двое сразу (куратор): {names}",)

    def test_put_on_and_taken_off_by_the_journal(self, altai: Cast, client_of: ClientOf) -> None:
        head = client_of(altai.head)
        answer = head.post(address(altai), form(altai))
        assert answer.status_code == 303
        (duty,) = Duty.objects.all()
        assert (duty.person_id, duty.role, duty.unit_id) == (altai.executor.pk, "curator", None)
        assert altai.executor.full_name in head.get(answer["Location"]).content.decode()
        assert head.post(address(altai, f"{duty.pk}/remove/")).status_code == 303
        assert not Duty.objects.exists()
        kinds = Event.objects.filter(actor_id=altai.head.pk).values_list("kind", flat=True)
        assert list(kinds.order_by("id")) == ["put_on_duty", "taken_off_duty"]

    def test_duty_that_has_begun_ends_now(self, altai: Cast, client_of: ClientOf) -> None:
        now = timezone.now()
        duty = on_duty(altai.executor, now - DAY, now + DAY)
        client_of(altai.head).post(address(altai, f"{duty.pk}/remove/"))
        duty.refresh_from_db()
        assert now <= duty.until_at <= timezone.now()

    BAD: tuple[tuple[dict[str, Any], str], ...] = (
        ({"person": "999999"}, "выберите человека"),
        ({"role": "administrator"}, "выберите роль"),
        ({"role": "head"}, "выберите роль"),
        ({"unit": "999999"}, "выберите из списка"),
        ({"since": "вчера"}, "нужны день и время"),
        ({"until": ""}, "нужны день и время"),
        ({"since": "2020-01-01T10:00", "until": "2020-01-02T10:00"}, "уже прошло"),
        ({"until": "2099-01-01T10:00"}, "31 дня"),
        ({"since": "2027-03-02T10:00", "until": "2027-03-01T10:00"}, "не позже начала"),
    )

    @pytest.mark.parametrize(("fields", "words"), BAD)
    def test_what_cannot_be_obeyed(self, altai: Cast, client_of: ClientOf, fields: dict[str, Any], words: str) -> None:
        answer = client_of(altai.head).post(address(altai), {**form(altai), **fields})
        assert answer.status_code == 422
        assert words in answer.content.decode()
        assert not Duty.objects.exists()

    def test_a_head_of_a_body_arranges_that_body_alone(self, altai: Cast, client_of: ClientOf) -> None:
        parks = make_unit(altai.organisation, "parks")
        chief = make_person(altai.organisation, "chief", OurRole.RESPONSIBLE, unit=parks)
        gardener = make_person(altai.organisation, "gardener", OurRole.EXECUTOR, unit=parks)
        client, fields = client_of(chief), {**form(altai), "person": gardener.pk, "role": "executor"}
        assert client.post(address(altai), fields).status_code == 422  # of the whole organisation
        assert client.post(address(altai), {**fields, "unit": altai.unit.pk}).status_code == 422
        assert client.post(address(altai), {**fields, "unit": parks.pk}).status_code == 303
        duty = on_duty(altai.executor, timezone.now(), timezone.now() + DAY)
        assert client.post(address(altai, f"{duty.pk}/remove/")).status_code == 404

    def test_for_managers_only(self, altai: Cast, client_of: ClientOf) -> None:
        assert client_of(altai.executor).get(address(altai)).status_code == 403
        assert client_of(altai.executor).post(address(altai), form(altai)).status_code == 403
        assert client_of(altai.outsider).get(address(altai)).status_code == 404


def address(cast: Cast, path: str = "") -> str:
    return f"/manager/{cast.organisation.pk}/rota/{path}"


def form(cast: Cast) -> dict[str, Any]:
    since = timezone.localtime() + DAY
    return {
        "command_id": str(uuid4()),
        "person": cast.executor.pk,
        "role": "curator",
        "unit": "",
        "since": f"{since:%Y-%m-%dT%H:%M}",
        "until": f"{since + DAY:%Y-%m-%dT%H:%M}",
    }


class TestPage:
    def test_on_a_saturday_night_it_says_when_the_clock_starts(self, altai: Cast) -> None:
        (desk,) = duty_page(altai.executor, SATURDAY).desks
        assert desk.clock == (
            "Сейчас суббота, 23:40. Рабочее время начнётся в понедельник, 30\N{NO-BREAK SPACE}ноября, в 9:00."
        )
        assert desk.is_open is False

    def test_in_working_time_it_says_till_when(self, altai: Cast) -> None:
        (desk,) = duty_page(altai.executor, NOON).desks
        assert desk.clock == "Сейчас пятница, 12:00. Рабочее время идёт до 18:00."

    def test_what_starts_then(self, altai: Cast) -> None:
        assert duty_page(altai.curator, SATURDAY).desks[0].starts == "Задач, срок которых идёт, у вас сейчас нет."
        enter_by_hand(altai.organisation, altai.operator, HandMade(network="vk", text="Яма"), now=SATURDAY)
        (desk,) = duty_page(altai.curator, SATURDAY).desks
        assert desk.starts.startswith("Тогда же пойдут часы по 1")
        assert [(one.number, one.due) for one in desk.waiting] == [("1", "до 09:30, 30\N{NO-BREAK SPACE}ноября")]
        (desk,) = duty_page(altai.curator, SATURDAY + dt.timedelta(hours=33, minutes=25)).desks
        assert desk.starts.startswith("Идут часы по 1")

    def test_who_is_on_duty_how_to_reach_them_and_who_acts_for_them(self, altai: Cast) -> None:
        Person.objects.filter(pk=altai.executor.pk).update(phone="+7 (912) 345-67-89")
        on_duty(altai.executor, SATURDAY - DAY, SATURDAY + DAY)
        orgs.substitute(
            altai.executor, altai.specialist, since_at=SATURDAY - DAY, until_at=None, ground="Приказ", by=by()
        )
        on_duty(altai.operator, SATURDAY + DAY, SATURDAY + 2 * DAY)
        (desk,) = duty_page(altai.publisher, SATURDAY).desks
        (one,) = desk.now
        assert (one.name, one.tel, one.substitute) == (
            altai.executor.full_name,
            "+79123456789",
            altai.specialist.full_name,
        )
        assert [soon.name for soon in desk.soon] == [altai.operator.full_name]
        assert desk.contacts == ()

    def test_nobody_on_duty_names_whom_to_ask(self, altai: Cast) -> None:
        (desk,) = duty_page(altai.publisher, SATURDAY).desks
        assert [one.name for one in desk.contacts] == [altai.curator.full_name]

    @pytest.mark.parametrize("role", OurRole)
    def test_for_everybody_of_their_own_organisation(self, altai: Cast, client_of: ClientOf, role: OurRole) -> None:
        on_duty(altai.executor, timezone.now() - DAY, timezone.now() + DAY)
        page = client_of(altai.of_role[role]).get("/duty/").content.decode()
        assert altai.executor.full_name in page
        assert altai.executor.full_name not in client_of(altai.outsider).get("/duty/").content.decode()


class TestLesson:
    def test_the_sentence_of_a_saturday_night(self, altai: Cast) -> None:
        first = training_page(altai.organisation, NOON, given="2026-11-28T23:40").stages[0]
        assert first.clock.startswith("Сейчас суббота, 23:40. Рабочее время начнётся в понедельник")
        assert first.due == "Срок ответа истечёт во вторник, 1\N{NO-BREAK SPACE}декабря, в 9:45."
        assert (first.who, first.clause) != ("", "")

    def test_in_working_time_it_begins_on_the_next_evening_off(self, altai: Cast) -> None:
        assert training_page(altai.organisation, NOON).at == "2026-11-28T23:40"
        assert training_page(altai.organisation, SATURDAY + dt.timedelta(minutes=3)).at == "2026-11-28T23:43"

    @pytest.mark.parametrize("given", ["вчера", "0001-01-01T00:00", "9999-12-31T23:59", "2026-11-28T23:40:59"])
    def test_any_moment_that_is_given(self, altai: Cast, client_of: ClientOf, given: str) -> None:
        answer = client_of(altai.executor).get("/duty/training/", {"at": given})
        assert answer.status_code == 200
        assert "Ответ размещён" in answer.content.decode()

    def test_nothing_is_written(self, altai: Cast, client_of: ClientOf) -> None:
        client = client_of(altai.executor)
        client.get("/duty/")
        with CaptureQueriesContext(connection) as context:
            assert client.get("/duty/training/").status_code == 200
        written = [one["sql"] for one in context.captured_queries if one["sql"].startswith(WRITING)]
        assert [one for one in written if "session" not in one] == []

    def test_without_a_process_there_is_nothing_to_learn_on(self, client_of: ClientOf) -> None:
        outsider = make_person(make_organisation(), "nobody", OurRole.OPERATOR)
        assert "Учиться не на чем" in client_of(outsider).get("/duty/training/").content.decode()
