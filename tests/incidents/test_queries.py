"""How many queries a step costs: few, and as many for the hundredth event or the thirtieth body as for the first."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from otklik.incidents import actions
from otklik.messages.actions import HandMade, enter_by_hand
from otklik.messages.models import Message
from otklik.orgs.models import Organisation
from otklik.process import commands as c
from tests.cast import make_unit
from tests.incidents.desk import MINUTE, NOON, A, Desk, make_desk

pytestmark = pytest.mark.django_db

STEP, OPENING = 32, 24
"""Limits, without those that only tell PostgreSQL whose rows may be seen."""
TELLING = ("SELECT set_config", "SAVEPOINT", "RELEASE")


def counted(context: CaptureQueriesContext) -> int:
    return sum(not one["sql"].startswith(TELLING) for one in context.captured_queries)


def cost(desk: Desk, command: c.Command, person: object) -> int:
    with CaptureQueriesContext(connection) as context:
        desk.do(command, person)  # type: ignore[arg-type]
    return counted(context) - 1  # the desk's own look


@pytest.fixture
def desk() -> Desk:
    return make_desk(A)


def test_every_step_of_the_way_keeps_to_the_limit(desk: Desk) -> None:
    cast = desk.cast
    costs = {
        command.name.value: cost(desk, command, person)
        for command, person in (
            (c.Select(critical=True), cast.curator),
            (c.Route(unit=cast.unit.key), cast.curator),
            (c.SaveDraft(text="Здравствуйте!"), cast.executor),
            (c.SubmitDraft(version=1), cast.executor),
            (c.Approve(version=1), cast.curator),
            (c.RequestPublication(), cast.executor),
            (c.ConfirmPublished(url="https://vk.com/wall-1_2?reply=3"), cast.executor),
            (c.Close(outcome="answered"), cast.curator),
        )
    }
    assert max(costs.values()) <= STEP, costs


def test_a_long_journal_and_many_bodies_cost_no_more(desk: Desk) -> None:
    desk.do(c.AddNote(note="с неё у журнала есть тексты"), desk.cast.curator)
    first = cost(desk, c.AddNote(note="первая"), desk.cast.curator)
    for number in range(20):
        desk.do(c.AddNote(note=str(number)), desk.cast.curator)
        make_unit(desk.cast.organisation, f"unit-{number}")
    desk.do(c.AddNote(note="догнали часы новых органов"), desk.cast.curator)
    assert cost(desk, c.AddNote(note="последняя"), desk.cast.curator) == first


def opening_cost(organisation: Organisation, count: int) -> int:
    messages = list(Message.objects.filter(organisation=organisation, incidents=None)[:count])
    assert len(messages) == count
    openings = [
        actions.Opening(message=message, detection=actions.Detection(), command_id=uuid4()) for message in messages
    ]
    with CaptureQueriesContext(connection) as context:
        actions.open_incidents(openings, now=NOON + MINUTE)
    return counted(context)


def test_opening_keeps_to_the_limit_and_twenty_cost_no_more_than_one(desk: Desk) -> None:
    organisation = desk.cast.organisation
    for number in range(21):
        made = HandMade(network="vk", text=f"Яма {number}", is_news=False)
        enter_by_hand(organisation, desk.cast.operator, made, now=NOON)
    one = opening_cost(organisation, 1)
    assert one <= OPENING
    assert opening_cost(organisation, 20) <= one + 2
