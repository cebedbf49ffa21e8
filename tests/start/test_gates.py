"""Gates that no linter has: a door (web, api, cli) asks `access`, `queries` and `actions`, never a model's manager."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCES = Path(__file__).parents[2] / "src" / "otklik"
DOORS = ("web", "api", "cli")
MANAGERS = {"objects", "_base_manager", "_default_manager"}


def models_in(tree: ast.Module) -> set[str]:
    """Names that a module has from our `models`."""
    return {
        name.asname or name.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("otklik.")
        if "models" in (node.module or "").split(".")
        for name in node.names
    }


def managers_asked(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Lines where a manager of one of our models is used."""
    ours = models_in(tree)
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Attribute) and node.attr in MANAGERS and isinstance(node.value, ast.Name)):
            continue
        if node.value.id in ours:
            yield node.lineno, f"{node.value.id}.{node.attr}"


def test_a_door_asks_no_model_directly() -> None:
    """Whoever may see an object is decided in one place; a door that goes round it forgets to ask."""
    found = [
        f"{path.relative_to(SOURCES)}:{line} {what}: take it from the app's access.py or queries.py"
        for door in DOORS
        for path in sorted((SOURCES / door).rglob("*.py"))
        for line, what in managers_asked(ast.parse(path.read_text("utf-8")))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("from otklik.orgs.models import Person\nPerson.objects.all()", ["Person.objects"]),
        ("from otklik.orgs.models.person import Person as P\nP._base_manager", ["P._base_manager"]),
        ("from otklik.orgs.models import Person\ndef show(person: Person) -> str: return person.name", []),
        ("from axes.models import AccessAttempt\nAccessAttempt.objects.all()", []),
        ("from otklik.orgs import access\naccess.person(1)", []),
    ],
)
def test_the_gate_sees_managers_of_our_models_only(code: str, found: list[str]) -> None:
    assert [what for _, what in managers_asked(ast.parse(code))] == found
