"""The messages of the demo: all well-formed, and nothing in them that the organisation's act does not know."""

import dataclasses
import datetime as dt
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from otklik.demo import content
from otklik.demo.content import Message, Reply, State
from otklik.demo.judging import problems
from otklik.regulation.model import Act
from otklik.regulation.parse import load_act

ORGANISATIONS: dict[str, dict[str, Any]] = {
    one["key"]: one
    for one in yaml.safe_load((content.MESSAGES.parent / "organisations.yaml").read_text(encoding="utf-8"))
}
ADMINISTRATIONS = sorted(key for key, one in ORGANISATIONS.items() if "act" in one)
COMMON = frozenset(State) - {
    State.VISA,
    State.RETURNED,
    State.REROUTED,
    State.PART_REQUESTED,
    State.CONSOLIDATING,
    State.ELSEWHERE,
    State.MARKED_PUBLICATION,
    State.PROCESSED_WITHOUT_REPLY,
    State.AUTHOR_SILENT,
    State.REPEAT,
    State.REPEAT_LINK,
    State.REPEAT_NEW_FACTS,
}
OWN = {
    "altai": {
        State.RETURNED,
        State.REROUTED,
        State.PART_REQUESTED,
        State.CONSOLIDATING,
        State.REPEAT,
        State.REPEAT_NEW_FACTS,
    },
    "ukhta": {
        State.RETURNED,
        State.REROUTED,
        State.PART_REQUESTED,
        State.CONSOLIDATING,
        State.ELSEWHERE,
        State.AUTHOR_SILENT,
        State.REPEAT_LINK,
        State.REPEAT_NEW_FACTS,
    },
    "lesozavodsk": {
        State.PART_REQUESTED,
        State.CONSOLIDATING,
        State.AUTHOR_SILENT,
        State.REPEAT,
        State.REPEAT_NEW_FACTS,
    },
    "kalininsky": {
        State.PART_REQUESTED,
        State.CONSOLIDATING,
        State.MARKED_PUBLICATION,
        State.PROCESSED_WITHOUT_REPLY,
    },
    "novoalekseevskaya": {State.RETURNED, State.MARKED_PUBLICATION, State.REPEAT, State.REPEAT_NEW_FACTS},
}


@cache
def messages_of(organisation: str) -> tuple[Message, ...]:
    return content.load(organisation)


@cache
def act_of(organisation: str) -> Act:
    return load_act(ORGANISATIONS[organisation]["act"]).act


def problems_of(organisation: str, *messages: Message) -> str:
    return "\n".join(problems(messages, ORGANISATIONS[organisation], act_of(organisation)))


def one(organisation: str, state: State) -> Message:
    return next(message for message in messages_of(organisation) if message.scenario.state is state)


def changed(message: Message, **scenario: Any) -> Message:
    return dataclasses.replace(message, scenario=dataclasses.replace(message.scenario, **scenario))


def test_every_administration_has_messages() -> None:
    assert sorted(path.stem for path in content.MESSAGES.glob("*.yaml")) == ADMINISTRATIONS


@pytest.mark.parametrize("organisation", ADMINISTRATIONS)
def test_the_act_knows_every_scenario(organisation: str) -> None:
    assert problems(messages_of(organisation), ORGANISATIONS[organisation], act_of(organisation)) == ()


@pytest.mark.parametrize("organisation", ADMINISTRATIONS)
def test_every_scenario_of_the_act_is_there(organisation: str) -> None:
    states = {message.scenario.state for message in messages_of(organisation)}
    assert states == COMMON | OWN[organisation]


@pytest.mark.parametrize("organisation", ADMINISTRATIONS)
def test_the_desk_is_lively_and_not_hopeless(organisation: str) -> None:
    messages = messages_of(organisation)
    waiting = [message for message in messages if message.scenario.state is State.DETECTED]
    recent = [message for message in messages if message.posted.days_ago <= 3]
    assert 55 <= len(messages) <= 70
    assert len(waiting) == 12
    assert len(messages) / 2 <= len(recent) <= len(messages) * 0.7
    assert max(message.posted.days_ago for message in messages) <= 30


def test_no_text_is_written_twice() -> None:
    texts = [message.text for organisation in ADMINISTRATIONS for message in messages_of(organisation)]
    assert len(texts) == len(set(texts))


@pytest.mark.parametrize(
    ("organisation", "message", "problem"),
    [
        ("ukhta", changed(one("ukhta", State.PUBLISHED), high="Срочно."), "no importance above the ordinary"),
        ("ukhta", changed(one("ukhta", State.REPEAT_LINK), state=State.REPEAT), "goes by `link`"),
        ("ukhta", changed(one("ukhta", State.DRAFTING), draft=Reply("Сделали.", ("measures",))), "without evidence"),
        ("ukhta", changed(one("ukhta", State.SENT_BACK), grounds=()), "asks for grounds of its list"),
        ("ukhta", changed(one("ukhta", State.ELSEWHERE), procedure="court"), "no other procedure `court`"),
        ("kalininsky", changed(one("kalininsky", State.ROUTED), state=State.RETURNED, reason="Не наше."), "no return"),
        ("kalininsky", changed(one("kalininsky", State.INTERIM), interim=Reply("Позже.")), "`impossibility`"),
        ("kalininsky", changed(one("kalininsky", State.CONSOLIDATING), consolidator=""), "`consolidator`"),
        ("altai", changed(one("altai", State.EXCLUDED), ground="spam"), "nothing on the ground `spam`"),
        ("altai", changed(one("altai", State.EXCLUDED), block="Спам."), "blocks no author"),
        ("altai", changed(one("altai", State.CLARIFICATION), state=State.AUTHOR_SILENT), "silence ends nothing"),
        ("altai", changed(one("altai", State.IN_REVIEW), state=State.VISA), "no visa"),
        ("altai", changed(one("altai", State.REPEAT), draft=Reply("Ждите.")), "must state one of"),
        ("altai", changed(one("altai", State.PUBLISHED), outcome="answered"), "`outcome` leads nowhere"),
        ("altai", changed(one("altai", State.PUBLISHED), draft=None), "no `draft`"),
        ("altai", changed(one("altai", State.PUBLISHED), draft=Reply("До {скоро}.")), "a date is written"),
        ("altai", dataclasses.replace(one("altai", State.PUBLISHED), unit="moon"), "no unit `moon`"),
        ("altai", dataclasses.replace(one("altai", State.PUBLISHED), network="forum"), "take in messages from `forum`"),
        ("novoalekseevskaya", changed(one("novoalekseevskaya", State.ROUTED), surge="Много."), "confirms no surge"),
    ],
)
def test_what_the_act_does_not_know_is_named(organisation: str, message: Message, problem: str) -> None:
    others = [other for other in messages_of(organisation) if other.key != message.key]
    assert problem in problems_of(organisation, message, *others)
    assert message.key in problems_of(organisation, message, *others)


def test_two_messages_with_one_key_are_named() -> None:
    message = one("altai", State.DETECTED)
    assert "two messages have this key" in problems_of("altai", message, message)


def test_an_unknown_field_is_refused_with_the_file(tmp_path: Path) -> None:
    (tmp_path / "altai.yaml").write_text("- {key: a01, colour: red}\n", encoding="utf-8")
    with pytest.raises(content.ContentError, match=r"(?s)altai\.yaml.*colour"):
        content.load("altai", tmp_path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(content.ContentError, match=r"moon\.yaml: cannot be read"):
        content.load("moon", tmp_path)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("до {+3}.", "до 2 марта."),
        ("вчера, {-1}", "вчера, 26 февраля"),
        ("{-0} и {+0}", "27 февраля и 27 февраля"),
        ("без даты", "без даты"),
    ],
)
def test_dates_are_spoken(text: str, said: str) -> None:
    assert content.spoken(text, dt.date(2026, 2, 27)) == said
