"""Goes through the raw data of an act along its model, so that problems are found even where the structure is broken.

Yields every part that the model knows (`Part`) and every word that names something declared elsewhere (`Reference`),
with its path. A new key of the model that carries `Refers` is looked up without a line here.
"""

import types
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from otklik.regulation.model.source import Refers
from otklik.regulation.problems import Path


@dataclass(frozen=True, slots=True)
class Part:
    """A mapping of the file that is to become `model`."""

    model: type[BaseModel]
    data: dict[str, Any]
    path: Path


@dataclass(frozen=True, slots=True)
class Reference:
    to: str
    value: str
    path: Path


def walk(model: type[BaseModel], data: Any, path: Path = ()) -> Iterator[Part | Reference]:
    """All parts and references under `data`; anything that does not fit the model is passed over in silence."""
    if not isinstance(data, dict):
        return
    yield Part(model, data, path)
    for name, info in model.model_fields.items():
        key = info.alias or name
        if key in data:
            yield from _visit(info.annotation, tuple(info.metadata), data[key], (*path, key))


def _visit(annotation: Any, metadata: tuple[Any, ...], data: Any, path: Path) -> Iterator[Part | Reference]:
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *more = get_args(annotation)
        yield from _visit(inner, (*metadata, *more), data, path)
    elif origin in (Union, types.UnionType):
        for option in get_args(annotation):
            yield from _visit(option, metadata, data, path)
    elif origin is tuple and isinstance(data, list):
        for index, item in enumerate(data):
            yield from _visit(get_args(annotation)[0], (), item, (*path, index))
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield from walk(annotation, data, path)
    elif isinstance(data, str):
        yield from (Reference(mark.to, data.strip(), path) for mark in metadata if isinstance(mark, Refers))


def model_at(model: type[BaseModel], path: Path) -> type[BaseModel] | None:
    """The model of the part at `path`, or None where the model has no part there."""
    current: type[BaseModel] | None = model
    for key in path:
        if current is None:
            return None
        if isinstance(key, int):
            continue
        current = next(
            (_part_of(info.annotation) for name, info in current.model_fields.items() if (info.alias or name) == key),
            None,
        )
    return current


def _part_of(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((part for part in map(_part_of, get_args(annotation)) if part is not None), None)
