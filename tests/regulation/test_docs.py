"""docs/acts.md names every key and every enumerated value of the model, in the section of its class."""

import json
import re
from enum import Enum
from pathlib import Path
from typing import Any, get_args, get_origin

import pytest
from pydantic import BaseModel

from otklik.regulation import policy_words
from otklik.regulation.cases import Case, CaseTermSet, Expected
from otklik.regulation.model import Act
from otklik.regulation.model.amendment import Amendment
from otklik.regulation.model.policies import Policies
from otklik.regulation.model.source import Source
from otklik.regulation.networks import NETWORKS
from otklik.regulation.schema import PARTS, Part, schema

DOCS = Path(__file__).resolve().parents[2] / "docs"


def parts(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [part for inner in get_args(annotation) for part in parts(inner)]


def values(annotation: Any) -> list[str]:
    """The words an enumeration or a literal allows."""
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return [str(item.value) for item in annotation]
    if str(get_origin(annotation)) == "typing.Literal":
        return [str(item) for item in get_args(annotation)]
    return [value for inner in get_args(annotation) for value in values(inner)]


def every_model() -> list[type[BaseModel]]:
    found: list[type[BaseModel]] = []
    waiting: list[type[BaseModel]] = [Act, Amendment]
    while waiting:
        model = waiting.pop()
        if model not in found:
            found.append(model)
            waiting += [part for info in model.model_fields.values() for part in parts(info.annotation)]
    return found


def section(name: str) -> str:
    text = (DOCS / "acts.md").read_text(encoding="utf-8")
    found = re.search(rf"^### {name}\n(.*?)(?=^##)", text, re.MULTILINE | re.DOTALL)
    assert found, f"docs/acts.md has no section «### {name}»"
    return found.group(1)


@pytest.mark.parametrize("model", every_model(), ids=lambda model: model.__name__)
def test_every_key_is_documented(model: type[BaseModel]) -> None:
    said = section(model.__name__)
    inherited = set(Source.model_fields) if issubclass(model, Source) else set()
    for field, info in model.model_fields.items():
        if field not in inherited:
            assert f"`{info.alias or field}`" in said, field
            where = section("MomentWords") if model.__name__ in ("Step", "Routing") else ""
            for value in values(info.annotation):
                assert f"`{value}`" in said + where, f"{field}: {value}"


def test_the_keys_of_every_rule_are_documented() -> None:
    said = section("Source")
    assert all(f"`{field}`" in said for field in Source.model_fields)


def test_the_keys_of_cases_are_documented() -> None:
    text = (DOCS / "acts.md").read_text(encoding="utf-8")
    said = text[text.index("\n## Cases") : text.index("\n## Every key")]
    for model in (Case, CaseTermSet, Expected):
        assert [field for field in model.model_fields if f"`{field}" not in said] == []


def test_every_network_is_documented() -> None:
    said = section("MessageKind")
    assert [name for name in NETWORKS if f"`{name}`" not in said] == []


def test_every_policy_key_and_value_has_its_russian_word() -> None:
    assert set(policy_words.POLICIES) == set(Policies.model_fields)
    for model in every_model():
        if issubclass(model, Source) and model.__module__.endswith("policies"):
            for field, info in model.model_fields.items():
                if field in Source.model_fields:
                    continue
                assert (info.alias or field) in policy_words.KEYS, f"{model.__name__}.{field}"
                known = policy_words.EVERY if field == "every" else policy_words.VALUES
                moments = field == "arrives_with"  # named by the act, or by `russian.MOMENTS`
                assert moments or set(values(info.annotation)) <= set(known), f"{model.__name__}.{field}"


@pytest.mark.parametrize("part", PARTS)
def test_the_committed_schema_is_current(part: Part) -> None:
    committed = json.loads((DOCS / PARTS[part]).read_text(encoding="utf-8"))
    assert committed == schema(part), f"run: otklik act schema --part {part} > docs/{PARTS[part]}"


def test_the_schema_carries_the_words_of_the_model() -> None:
    step = schema("act")["$defs"]["Step"]["properties"]
    assert "One count for each part requested" in step["per_part"]["description"]
    assert "clauses" not in schema("act")["required"]
    assert schema("act")["additionalProperties"] is False
