"""Everything the URL map offers, tried by everybody who must not: nothing happens, and nothing breaks."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from otklik.journal.models import Event
from otklik.orgs import actions
from otklik.orgs.models import Person, RoleHolding
from otklik.process import commands as c
from otklik.process.commands import CommandName
from otklik.regulation.model.people import OurRole
from tests.cast import by, client_of, make_person, make_unit
from tests.incidents.desk import A, Desk, make_desk
from tests.project.samples import SAMPLES
from tests.project.test_routes import PRIVATE

pytestmark = pytest.mark.django_db

SECOND = dt.timedelta(seconds=1)
EVERYTHING_TYPED = {
    "action": "approve",
    "author_link": "https://vk.com/id1",
    "base_version": "0",
    "body": "roads",
    "comment": "так",
    "due_on": "2026-12-01",
    "evidence": "письмо",
    "ground": "так",
    "importance": "high",
    "incident": "1",
    "kind": "final",
    "note": "так",
    "outcome": "satisfied",
    "part": "1",
    "person": "1",
    "place": "так",
    "reason": "так",
    "report": "так",
    "role": "executor",
    "text": "Здравствуйте!",
    "topic": "так",
    "unit": "roads",
    "url": "https://vk.com/wall-1_2",
    "version": "1",
    "way": "by_hand",
}

Wrong = Callable[[Desk], Client]


def nobody(_desk: Desk) -> Client:
    return Client()


def another_organisations(desk: Desk) -> Client:
    return client_of(desk.cast.outsider)


def another_units_executor(desk: Desk) -> Client:
    unit = make_unit(desk.cast.organisation, "parks")
    return client_of(make_person(desk.cast.organisation, "parks", OurRole.EXECUTOR, unit=unit))


def administrator_alone(desk: Desk) -> Client:
    return client_of(desk.cast.administrator)


def account_closed(desk: Desk) -> Client:
    person = make_person(desk.cast.organisation, "gone", OurRole.CURATOR, OurRole.OPERATOR)
    client = client_of(person)
    assert client.get("/").status_code == 200
    actions.close_account(person, by=by())
    return client


def role_ended_a_second_ago(desk: Desk) -> Client:
    person = make_person(desk.cast.organisation, "former", OurRole.CURATOR, OurRole.OPERATOR)
    client = client_of(person)
    assert client.get("/messages/new/").status_code == 200
    for held in RoleHolding.objects.filter(person=person):
        actions.end_role(held, until_at=timezone.now() - SECOND, by=by())
    return client


WRONG: tuple[Wrong, ...] = (
    nobody,
    another_organisations,
    another_units_executor,
    administrator_alone,
    account_closed,
    role_ended_a_second_ago,
)


@pytest.fixture
def desk() -> Desk:
    """A draft before the reviewer: something could be done by almost everybody."""
    desk = make_desk(A)
    desk.do(c.Select(critical=True), desk.cast.curator)
    desk.do(c.Route(unit=desk.cast.unit.key), desk.cast.curator)
    desk.do(c.SaveDraft(text="Здравствуйте!"), desk.cast.executor)
    desk.do(c.SubmitDraft(version=1), desk.cast.executor)
    return desk


@contextmanager
def nothing_happens() -> Iterator[None]:
    before = Event.objects.filter(incident_id__isnull=False).count()
    yield
    assert Event.objects.filter(incident_id__isnull=False).count() == before


def typed() -> dict[str, str]:
    return {**EVERYTHING_TYPED, "command_id": str(uuid4())}


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong.__name__)
def test_no_command_is_done(desk: Desk, wrong: Wrong) -> None:
    client = wrong(desk)
    with nothing_happens():
        for name in CommandName:
            for role in ("", ":curator", ":executor"):
                address = f"/incidents/{desk.incident.pk}/do/{name.value}{role}/"
                for answer in (client.get(address), client.post(address, typed())):
                    assert answer.status_code in {200, 302, 403, 404, 422}, (address, answer.status_code)
        for door in ("draft", "draft/check", "review", "publish"):
            answer = client.post(f"/incidents/{desk.incident.pk}/{door}/", typed())
            assert answer.status_code in {200, 302, 403, 404, 422}, (door, answer.status_code)
    assert desk.incident.copies.count() == 0


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong.__name__)
def test_no_page_breaks_and_none_shows_the_incident(desk: Desk, wrong: Wrong) -> None:
    client = wrong(desk)
    words = desk.incident.message.text
    for route in PRIVATE:
        where = {**SAMPLES[route.name].there(desk.cast)} if route.name in SAMPLES else {}
        if "pk" in where and route.name.startswith(("card", "feed")):
            where["pk"] = desk.incident.pk
        address = reverse(route.name, kwargs=where)
        for answer in (client.get(address), client.head(address), client.put(address)):
            assert answer.status_code in {200, 302, 403, 404, 405}, (address, answer.status_code)
            if answer.streaming:  # the live changes: what may be in them is asked in tests/web/test_live.py
                continue
            assert words not in answer.content.decode(), address


def test_the_right_hands_see_it(desk: Desk) -> None:
    """So that the others do not fail to see what was not there."""
    page = client_of(desk.cast.curator).get(f"/incidents/{desk.incident.pk}/").content.decode()
    assert desk.incident.message.text in page


def test_who_is_signed_out_by_a_closed_account_comes_to_the_sign_in(desk: Desk) -> None:
    client = account_closed(desk)
    for route in PRIVATE:
        if "<" not in route.pattern and route.rule is not None and "GET" in route.rule.methods:
            assert client.get(reverse(route.name))["Location"].startswith("/sign-in/")


def test_what_a_role_allowed_a_second_ago_it_allows_no_more(desk: Desk) -> None:
    client = role_ended_a_second_ago(desk)
    assert client.get("/messages/new/").status_code == 403
    assert client.post("/messages/new/", typed()).status_code == 403


def test_a_role_that_begins_in_a_second_allows_nothing_yet(desk: Desk) -> None:
    person: Person = make_person(desk.cast.organisation, "coming")
    actions.give_role(person, OurRole.CURATOR, since_at=timezone.now() + dt.timedelta(minutes=1), by=by())
    assert client_of(person).get("/messages/new/").status_code == 403
