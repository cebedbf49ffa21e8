"""What the launcher says: both languages, the same facts, always what to do, and no code that nobody wrote."""

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from start import uv
from start.words import NOTES, TROUBLES, Trouble, say

TOOLS = Path(__file__).parents[2] / "tools" / "start"


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def calls(name: str) -> Iterator[str]:
    """First arguments of calls of ``name`` in the launcher."""
    for path in TOOLS.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if called == name:
                    yield str(node.args[0].value)


@pytest.mark.parametrize("code", sorted(TROUBLES | NOTES))
def test_both_languages_tell_the_same_facts(code: str) -> None:
    russian, english = (TROUBLES | NOTES)[code]
    assert {name.removesuffix("_ru") for name in fields(russian)} == {
        name.removesuffix("_en") for name in fields(english)
    }


@pytest.mark.parametrize("code", sorted(TROUBLES))
def test_every_trouble_says_what_to_do(code: str) -> None:
    russian, english = TROUBLES[code]
    assert "\nЧто сделать: " in russian
    assert "\nWhat to do: " in english


def test_every_code_has_its_sentence() -> None:
    raised = set(calls("Trouble")) | {code for _, code in uv.COMPLAINTS}
    told = set(calls("tell")) | set(calls("say"))
    assert raised <= TROUBLES.keys()
    assert told <= NOTES.keys()
    assert NOTES.keys() <= told | {"check_ok", "check_bad"}


def test_a_code_and_its_facts_become_a_sentence() -> None:
    assert say("port_used", "ru", port=8000, other=8001).startswith("Порт 8000 уже занят")
    assert say("port_used", "en", port=8000, other=8001, host="x").startswith("Port 8000 is already taken")


def test_a_trouble_carries_its_facts() -> None:
    trouble = Trouble("tls", url="https://pypi.org")
    assert (trouble.code, trouble.facts) == ("tls", {"url": "https://pypi.org"})
