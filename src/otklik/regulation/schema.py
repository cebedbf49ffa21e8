"""JSON Schemas of the act files, for editors that complete and check while one types.

They are committed in `docs/`; a test holds them against the model. Every description is the model's own docstring.
"""

from typing import Any, Literal

from otklik.regulation.model import Act
from otklik.regulation.model.amendment import Amendment

Part = Literal["act", "clauses", "amendment"]

PARTS: dict[Part, str] = {
    "act": "act.schema.json",
    "clauses": "act-clauses.schema.json",
    "amendment": "act-amendment.schema.json",
}
"""What each schema is of, and the name of its file in `docs/`."""

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema(part: Part = "act") -> dict[str, Any]:
    """The JSON Schema of `act.yaml`, of `clauses.yaml` or of a file in `amendments/`."""
    made = _MAKERS[part]()
    return {"$schema": _DIALECT, **made}


def _act() -> dict[str, Any]:
    """`clauses` may stand in a file of its own, and `calendar` and `zone` of the schedule at the place."""
    made = Act.model_json_schema(by_alias=True)
    made["required"] = [key for key in made["required"] if key != "clauses"]
    return made


def _clauses() -> dict[str, Any]:
    made = Act.model_json_schema(by_alias=True)
    return {
        "$defs": {"Clause": made["$defs"]["Clause"]},
        "title": "The text of an act",
        "type": "object",
        "properties": {"clauses": made["properties"]["clauses"]},
        "required": ["clauses"],
        "additionalProperties": False,
    }


def _amendment() -> dict[str, Any]:
    return Amendment.model_json_schema(by_alias=True)


_MAKERS = {"act": _act, "clauses": _clauses, "amendment": _amendment}
