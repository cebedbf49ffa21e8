"""Random commands by random people under each act: nothing ends in a corner, nothing is published twice."""

import json
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from otklik.process.actor import SYSTEM
from otklik.process.available import available, waiting_for
from otklik.process.commands import CommandName, Detect
from otklik.process.events import Event, EventKind
from otklik.process.evolve import fold
from otklik.process.refusal import Refusal
from otklik.process.refusal_words import refusal_words
from otklik.process.state import ReplyKind, Stage
from otklik.process.steps import RULES
from otklik.process.upcast import upcast
from tests.process.decide.desk import FIVE, FOREIGN, INVENTED, OUTSIDER, Desk, desk
from tests.process.decide.play import PEOPLE, RECORDED, drive, random_command, random_player

PUBLISHED = {
    EventKind.FIRST_RESPONSE,
    EventKind.INTERIM_PUBLISHED,
    EventKind.CLARIFICATION_PUBLISHED,
    EventKind.PUBLISHED,
    EventKind.CORRECTION_PUBLISHED,
    EventKind.WITHDRAWN,
}
ACTS = (*FIVE, INVENTED)
SEEDS = st.integers(min_value=0, max_value=2**32 - 1)
CAREFULLY = settings(max_examples=20, deadline=None)


def play(name: str, seed: int, steps: int = 40, look_every: int = 0) -> tuple[Desk, Random]:
    """A desk after `steps` random commands, most of them such as the people there could give."""
    rng, here = Random(seed), desk(name)  # noqa: S311  # a game, not a secret
    here.do(Detect("vk:1", rng.choice(["vk", "vk", "telegram"])), SYSTEM)
    for step in range(steps):
        who = random_player(rng, here)
        command = random_command(rng, here, who)
        answer = here.ask(command, who)
        if isinstance(answer, Refusal):
            check_refusal(here, answer)
        else:
            here.do(command, who)
        if look_every and step % look_every == 0:
            check_desk(here)
    return here, rng


def check_refusal(here: Desk, refusal: object) -> None:
    """A refusal leads somewhere: the words that forbid, or who may do what; and it can be said in both languages."""
    assert isinstance(refusal, Refusal)
    assert refusal.clause or refusal.next or refusal.who_may, refusal
    for words in (refusal_words(refusal, here.act), refusal_words(refusal, here.act, "en")):
        assert "{" not in words


def check_desk(here: Desk) -> None:
    """No dead end: somebody can move it on, an ended incident can be reopened; and whoever is waited for knows it."""
    can = {who: available(here.state, who, here.act) for who in (*PEOPLE, RECORDED, SYSTEM)}
    moving = {item.command for items in can.values() for item in items if RULES[item.command].is_progress}
    assert moving, f"dead end at {here.stage}: {here.state}"
    assert CommandName.REOPEN in moving or not here.state.is_ended
    mains = [[item.command for item in items if item.main] for items in can.values()]
    assert all(len(found) <= 1 for found in mains)
    waiting = [step.command for step in waiting_for(here.state, here.act)]
    assert set(waiting) <= moving, f"{waiting} waits for nobody at {here.stage}: {here.state}"
    assert not waiting or [waiting[0]] in mains, f"{waiting[0]} is nobody's main step at {here.stage}"


def slots(events: list[Event], kinds: set[EventKind]) -> list[tuple[object, object, object]]:
    return [(e.payload["message"], e.payload["reply"], e.payload["number"]) for e in events if e.kind in kinds]


def check_published_once(here: Desk) -> None:
    """No slot twice; and a second attempt only after the first is known not to stand there."""
    done = slots(here.events, PUBLISHED)
    assert len(done) == len(set(done))
    under_way: set[tuple[object, object, object]] = set()
    for event in here.events:
        if event.kind is EventKind.PUBLICATION_REQUESTED:
            (slot,) = slots([event], {event.kind})
            assert slot not in under_way
            under_way.add(slot)
        elif event.kind in {EventKind.PUBLICATION_FAILED, *PUBLISHED}:
            under_way -= set(slots([event], {event.kind}))


def check_stored(here: Desk) -> None:
    """What is stored folds to the state carried along: through JSON, and without a single text."""
    stored = [(event.kind.value, event.version, event.happened_at, json.dumps(event.payload)) for event in here.events]
    again = fold(upcast(kind, version, at, json.loads(payload)) for kind, version, at, payload in stored)
    assert again == here.state


def check_strangers(here: Desk, rng: Random) -> None:
    """An outsider sees nothing and gets only refusals."""
    foreign = here.state.units and here.view.is_unit_bound("executor")
    for stranger in (OUTSIDER, FOREIGN) if foreign else (OUTSIDER,):
        assert available(here.state, stranger, here.act) == []
        for _ in range(8):
            assert isinstance(here.ask(random_command(rng, here, stranger), stranger), Refusal)


def check_time(here: Desk) -> None:
    moments = here.state.facts.moments
    assert all(later.at >= earlier.at for earlier, later in pairwise(moments))
    if any(document.slot.reply is ReplyKind.FINAL for document in here.state.published):
        assert {EventKind.SELECTED, EventKind.MARKED_PUBLICATION} & set(here.kinds())


@pytest.mark.slow
@pytest.mark.parametrize("name", ACTS)
@CAREFULLY
@given(seed=SEEDS)
def test_whatever_people_do(name: str, seed: int) -> None:
    here, rng = play(name, seed)
    check_published_once(here)
    check_stored(here)
    check_time(here)
    check_strangers(here, rng)


@pytest.mark.slow
@pytest.mark.parametrize("name", ACTS)
@CAREFULLY
@given(seed=SEEDS)
def test_no_dead_end_and_the_agenda_leads_to_the_end(name: str, seed: int) -> None:
    here, _ = play(name, seed, look_every=7)
    drive(here)
    assert here.state.is_ended or here.stage in {Stage.ANSWERED, Stage.WAITING_AUTHOR}
    check_published_once(here)
