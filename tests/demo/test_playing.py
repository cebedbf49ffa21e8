"""The demo as it opens: most terms run, a few are past, and a message that cannot be played is named."""

import datetime as dt
from typing import Any
from unittest.mock import Mock

import pytest

from otklik.demo import organisations, playing
from otklik.demo.content import OPEN, State, load
from otklik.incidents.models import Incident
from otklik.process.refusal import Refusal, RefusalCode
from otklik.project.transactions import EVERYTHING, write

pytestmark = pytest.mark.django_db
KEY = "kalininsky"
WEDNESDAY = dt.datetime(2026, 11, 25, 11, 0, tzinfo=dt.UTC)


@pytest.fixture
def place() -> organisations.Place:
    return organisations.make(WEDNESDAY)[KEY]


def test_few_are_late_when_the_demo_opens(place: organisations.Place) -> None:
    wanted = OPEN - {State.CLARIFICATION, State.AUTHOR_ANSWERED, State.PART_REQUESTED, State.CONSOLIDATING}
    messages = [one for one in load(KEY) if one.scenario.state in wanted]
    with write(EVERYTHING):
        playing.play(place, messages, WEDNESDAY)
    opened = Incident.objects.filter(organisation=place.organisation)
    late = opened.filter(next_due_at__lt=WEDNESDAY).count()
    assert opened.count() == len(messages)
    assert 1 <= late <= len(messages) // 6, late


def test_a_move_that_everybody_refuses_ends_with_its_name(
    place: organisations.Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = next(one for one in load(KEY) if one.scenario.state is State.SELECTED)
    refused = Mock(refusal=Refusal(RefusalCode.NOT_YOUR_ROLE))
    hand = playing._Hand(place.people["k.control"], None, place.people["k.control"])

    def always(*_given: Any, **_named: Any) -> Any:
        return hand

    monkeypatch.setattr(playing._Player, "hand_for", always)
    monkeypatch.setattr(playing._Turn, "_perform", lambda *_given: refused)
    with pytest.raises(playing.StuckError, match=f"{message.key} .*was refused to 50 people"), write(EVERYTHING):
        playing.play(place, [message], WEDNESDAY)
