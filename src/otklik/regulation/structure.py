"""The structure of an act file: pydantic's errors as problems with file, line and what to do."""

import re
from collections.abc import Callable
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from otklik.regulation.context import Found, hint
from otklik.regulation.problems import Code, Path
from otklik.regulation.walk import model_at

Model = TypeVar("Model", bound=BaseModel)

_OWN = {
    "term_needs": Code.TERM_NEEDS,
    "term_does_not_take": Code.TERM_DOES_NOT_TAKE,
    "term_range": Code.TERM_RANGE,
    "term_month": Code.TERM_MONTH,
    "pause_without_resume": Code.PAUSE_WITHOUT_RESUME,
    "resume_without_pause": Code.RESUME_WITHOUT_PAUSE,
    "schedule_differs": Code.SCHEDULE_DIFFERS,
}
_BY_PREFIX = (
    ("int_", Code.NOT_A_NUMBER),
    ("float_", Code.NOT_A_NUMBER),
    ("bool_", Code.NOT_TRUTH),
    ("date_", Code.NOT_A_DAY),
    ("string_type", Code.NOT_TEXT),
    ("string_too_short", Code.EMPTY_TEXT),
    ("model_", Code.NOT_A_MAPPING),
    ("dict_", Code.NOT_A_MAPPING),
    ("tuple_", Code.NOT_A_LIST),
    ("greater_than", Code.OUT_OF_RANGE),
    ("less_than", Code.OUT_OF_RANGE),
)
_RANGE_SIGNS = {"gt": ">", "ge": "≥", "lt": "<", "le": "≤"}
_ALLOWED = re.compile(r"'([^']*)'")


def validate(model: type[Model], found: Found) -> Model | None:
    """The model of the data, or None with the problems noted in `found`."""
    try:
        return model.model_validate(found.data)
    except ValidationError as error:
        for details in error.errors(include_url=False):
            note(model, found, details)
        return None


def note(model: type[BaseModel], found: Found, details: ErrorDetails) -> None:
    """One error of pydantic as a problem."""
    path: Path = tuple(details["loc"])
    kind = details["type"]
    if kind in _OWN:
        found.add(_OWN[kind], path, **details.get("ctx", {}))
    elif kind == "missing":
        _missing(model, found, path)
    elif kind in _SPECIAL:
        _SPECIAL[kind](model, found, path, details)
    else:
        code = next((code for prefix, code in _BY_PREFIX if kind.startswith(prefix)), Code.OTHER)
        facts = {"value": _short(details["input"]), "wanted": _wanted(details), "said": details["msg"]}
        found.add(code, path, key=_key(path), **facts)


def _missing(model: type[BaseModel], found: Found, path: Path) -> None:
    above = model_at(model, path[:-1])
    is_rule = above is not None and {"clause", "quote"} <= set(above.model_fields)
    codes = {"clause": Code.NO_CLAUSE, "quote": Code.NO_QUOTE}
    code = codes.get(str(path[-1]), Code.MISSING) if is_rule else Code.MISSING
    found.add(code, path, key=_key(path))


def _unknown_key(model: type[BaseModel], found: Found, path: Path, details: ErrorDetails) -> None:
    del details
    above = model_at(model, path[:-1])
    known = [info.alias or name for name, info in above.model_fields.items()] if above else []
    found.add(Code.UNKNOWN_KEY, path, key=_key(path), hint=hint(_key(path), known))


def _not_one_of(model: type[BaseModel], found: Found, path: Path, details: ErrorDetails) -> None:
    del model
    value, allowed = _short(details["input"]), _ALLOWED.findall(str(details.get("ctx", {}).get("expected", "")))
    found.add(Code.NOT_ONE_OF, path, key=_key(path), value=value, hint=hint(value, allowed), allowed=allowed)


def _too_short(model: type[BaseModel], found: Found, path: Path, details: ErrorDetails) -> None:
    del model
    found.add(Code.EMPTY_LIST, path, key=_key(path), least=details.get("ctx", {}).get("min_length", 1))


def _pattern(model: type[BaseModel], found: Found, path: Path, details: ErrorDetails) -> None:
    del model
    pattern = details.get("ctx", {}).get("pattern", "")
    looks = _PATTERNS.get(str(path[-1]), pattern)
    found.add(Code.BAD_PATTERN, path, key=_key(path), value=_short(details["input"]), pattern=looks)


_PATTERNS: dict[str, object] = {
    "clause": (
        "«13», «A2 2.2» (приложение 2), «R 4» (резолютивная часть)",
        '"13", "A2 2.2" (annex 2), "R 4" (resolution)',
    ),
    "act": ("ukhta-2021-960: латинские буквы, цифры и дефис", "ukhta-2021-960: small Latin letters, digits, hyphens"),
}
_SPECIAL: dict[str, Callable[[type[BaseModel], Found, Path, ErrorDetails], None]] = {
    "extra_forbidden": _unknown_key,
    "enum": _not_one_of,
    "literal_error": _not_one_of,
    "too_short": _too_short,
    "string_pattern_mismatch": _pattern,
}


def _key(path: Path) -> str:
    return next((key for key in reversed(path) if isinstance(key, str)), "")


def _wanted(details: ErrorDetails) -> str:
    return ", ".join(
        f"{_RANGE_SIGNS[key]} {value}" for key, value in details.get("ctx", {}).items() if key in _RANGE_SIGNS
    )


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 60 else f"{text[:57]}…"
