"""While the work process plays the demo, people write: each message is a transaction of its own, and whole."""

import datetime as dt

import pytest
from django.utils import timezone

from otklik.demo import jobs as demo
from otklik.demo import organisations
from otklik.demo.organisations import Place
from otklik.demo.playing import play
from otklik.incidents.models import Incident
from otklik.jobs import actions as jobs
from otklik.jobs import execution
from otklik.jobs.models import Job
from otklik.project.transactions import EVERYTHING, write
from tests.channels.hands import Clock, Killed

pytestmark = pytest.mark.django_db

KEY = "kalininsky"


@pytest.fixture(autouse=True)
def aside(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How often the writer stepped aside, without waiting."""
    stepped: list[int] = []
    monkeypatch.setattr("otklik.demo.jobs.step_aside", lambda: stepped.append(1))
    return stepped


def work(clock: Clock) -> list[execution.Ended]:
    return [execution.execute(claim, clock) for claim in jobs.claim(limit=1, now=clock.now)]


def test_killed_between_two_messages_it_goes_on_with_the_second(
    monkeypatch: pytest.MonkeyPatch, aside: list[int]
) -> None:
    clock = Clock(timezone.now())
    with write(EVERYTHING):
        organisations.make(clock.now)
        Job.objects.all().delete()
        demo.enqueue([(KEY, 0)], made_at=clock.now, now=clock.now)
    played = 0

    def die_at_second(place: Place, messages: object, now: dt.datetime) -> None:
        nonlocal played
        played += 1
        play(place, messages, now)  # type: ignore[arg-type]
        if played == 2:
            raise Killed

    monkeypatch.setattr("otklik.demo.jobs.play", die_at_second)
    with pytest.raises(Killed):
        work(clock)
    assert Incident.objects.count() == 1
    clock.now += dt.timedelta(minutes=6)
    assert work(clock) == [execution.Ended.DONE]
    assert Incident.objects.count() == demo.AT_ONCE
    keys = set(Incident.objects.values_list("message__external_id", flat=True))
    assert keys == {f"{KEY}-{one.key}" for one in demo.messages_of(KEY)[: demo.AT_ONCE]}
    waiting = Job.objects.get(kind=demo.PLAY, state="waiting")
    assert len(aside) == 1 + demo.AT_ONCE
    assert waiting.key == f"{KEY}/{demo.AT_ONCE}"
