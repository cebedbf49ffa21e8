"""docs/process.md tells of everything there is: commands, stages, kinds of reply, policies that the process obeys."""

import datetime as dt
from enum import StrEnum
from pathlib import Path

import pytest

from otklik.process.commands import COMMANDS, CommandName, Promised, SaveDraft, build, schema
from otklik.process.state import ReplyKind, Stage
from otklik.process.steps import RULES
from otklik.regulation.model.policies import ConsolidatedBy, ExclusionEffect, PartsOrder, Reasons, RepeatRoute
from tests.process.decide.play import MAKERS

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "process.md").read_text()


@pytest.mark.parametrize("name", CommandName)
def test_every_command_has_a_rule_a_maker_and_a_word_in_the_page(name: CommandName) -> None:
    assert f"`{name.value}`" in PAGE
    assert name in RULES
    assert name in MAKERS
    assert schema(name)["type"] == "object"


WORDS: list[StrEnum] = [
    *Stage,
    *ReplyKind,
    *ConsolidatedBy,
    *ExclusionEffect,
    *PartsOrder,
    *Reasons,
    *RepeatRoute,
]


@pytest.mark.parametrize("word", WORDS)
def test_every_word_of_an_enumeration_is_in_the_page(word: StrEnum) -> None:
    assert word.value in PAGE


def test_a_command_is_built_from_json_and_everything_wrong_is_told_at_once() -> None:
    promised = {"due_on": "2026-12-05", "what": "яма"}
    command = build("save_draft", {"text": "Ответ", "promises": [promised], "states": ["progress"]})
    day = dt.date(2026, 12, 5)
    assert command == SaveDraft("Ответ", states=frozenset({"progress"}), promises=(Promised(day, "яма"),))
    with pytest.raises(ValueError, match="2 validation errors"):
        build("route", {"unitt": "roads"})
    with pytest.raises(ValueError, match="dissolve"):
        build("dissolve", {})
    assert set(COMMANDS) == set(CommandName)
