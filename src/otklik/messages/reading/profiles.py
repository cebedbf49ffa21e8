"""Which column of a file means what: a profile shipped with the program, or one that people made. Pure but for the
presets, which are files beside this one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

import yaml

from otklik.messages.reading.dates import DateOrder
from otklik.messages.reading.refusals import FileRefused


class Field(StrEnum):
    """What a column may mean; the names that `--map` takes."""

    TEXT = "text"
    TITLE = "title"
    """Used where there is no text."""
    ID = "id"
    """The message's own number in the sending system."""
    HASH = "hash"
    """Equal for copies of one message."""
    URL = "url"
    SOURCE = "network"
    """Where it was published, in the system's words: «vk.com», «ВКонтакте»."""
    SOURCE_KIND = "place_kind"
    """What sort of place that is: «Форумы»."""
    AUTHOR = "author"
    AUTHOR_URL = "author_url"
    POSTED_AT = "posted_at"
    POSTED_TIME = "posted_time"
    """The time of day, where it stands apart from the date."""
    DETECTED_AT = "detected_at"
    CLOSED_AT = "closed_at"
    """When the sending system closed it: such a row is not taken to work."""
    TOPIC = "topic"
    PLACE = "place"
    RATING = "rating"
    AUDIENCE = "audience"


JOINED = frozenset({Field.TOPIC, Field.PLACE})
"""Of several columns all are said; of any other field, the first that is not empty."""
OWN = "own"
"""The name of a mapping that a person gave."""


@dataclass(frozen=True, slots=True)
class Profile:
    """How to read the files of one system. Columns are named as in the header; case and spaces do not matter.

    `zone`: IANA name of the times in it; empty: the organisation's. `header_row` 0: there is no header, columns are
    called by their numbers; None: wherever the columns are found. `sheet` empty: any.
    """

    name: str
    title: str
    columns: Mapping[Field, tuple[str, ...]]
    recognised_by: tuple[tuple[str, ...], ...]
    """Sets of headings; a row that has all of one set is the header."""
    system_columns: tuple[str, ...] = ()
    """All columns that the system itself makes; any further one is a tag, whose cells hold its own name or nothing.
    The tags of a row become its topic. Empty: there are no tags."""
    tags_begin: str = ""
    """Columns whose names begin so hold tags as well, whatever their cells say."""
    unsure: tuple[str, ...] = ()
    """Columns that no real file at hand has confirmed."""
    zone: str = ""
    dates: DateOrder = DateOrder.AUTO
    sheet: str = ""
    header_row: int | None = None
    is_whole: bool = False
    """Known only where these headings stand and no others: what people keep must not take other systems' files."""

    @property
    def is_preset(self) -> bool:
        return self.name in presets()

    def missing(self, headings: Iterable[str]) -> tuple[str, ...]:
        """What the headings lack of the set that they come nearest to; empty: this profile knows them."""
        there = {plain(heading) for heading in headings}
        lacks = (tuple(one for one in known if plain(one) not in there) for known in self.recognised_by)
        return min(lacks, key=len, default=())

    def knows(self, headings: Sequence[str]) -> bool:
        """Whether a row of these headings is the header of such a file."""
        known = {plain(one) for known in self.recognised_by for one in known}
        return not self.missing(headings) and not (self.is_whole and known != {plain(one) for one in headings})


def own_profile(columns: Mapping[Field, str | tuple[str, ...]], **others: Any) -> Profile:
    """The profile of a mapping that a person gave; recognised by the columns it names."""
    several = {field: (named,) if isinstance(named, str) else named for field, named in columns.items()}
    named = tuple(dict.fromkeys(column for columns in several.values() for column in columns))
    facts: dict[str, Any] = {"name": OWN, "title": "свои столбцы", "recognised_by": (named,)}
    return Profile(columns=MappingProxyType(several), **(facts | others))


def as_json(profile: Profile) -> dict[str, Any]:
    """The profile as it is kept with an import, or by an organisation."""
    return {
        "name": profile.name,
        "title": profile.title,
        "columns": {field.value: list(columns) for field, columns in profile.columns.items()},
        "recognised_by": [list(known) for known in profile.recognised_by],
        "system_columns": list(profile.system_columns),
        "tags_begin": profile.tags_begin,
        "zone": profile.zone,
        "dates": profile.dates.value,
        "sheet": profile.sheet,
        "header_row": profile.header_row,
        "is_whole": profile.is_whole,
    }


def from_json(kept: Mapping[str, Any]) -> Profile:
    """The profile that `as_json` kept."""
    return Profile(
        name=kept["name"],
        title=kept["title"],
        columns=MappingProxyType({Field(field): tuple(columns) for field, columns in kept["columns"].items()}),
        recognised_by=tuple(tuple(known) for known in kept["recognised_by"]),
        system_columns=tuple(kept.get("system_columns", ())),
        tags_begin=kept.get("tags_begin", ""),
        zone=kept.get("zone", ""),
        dates=DateOrder(kept.get("dates", DateOrder.AUTO)),
        sheet=kept.get("sheet", ""),
        header_row=kept.get("header_row"),
        is_whole=kept.get("is_whole", False),
    )


@cache
def presets() -> Mapping[str, Profile]:
    """The profiles shipped with the program, by name: `presets/*.yaml`."""
    folder = resources.files("otklik.messages.reading").joinpath("presets")
    files = sorted((one for one in folder.iterdir() if one.name.endswith(".yaml")), key=lambda one: one.name)
    read = (_preset(yaml.safe_load(one.read_text("utf-8"))) for one in files)
    return MappingProxyType({one.name: one for one in read})


def named(name: str) -> Profile:
    """
    :raises FileRefused: `unknown_profile`.
    """
    if name not in presets():
        raise FileRefused("unknown_profile", profile=name, known=", ".join(presets()))
    return presets()[name]


def plain(heading: str) -> str:
    """A heading as headings are compared."""
    return " ".join(heading.lstrip("\ufeff").split()).casefold().replace("ё", "е")


def _preset(said: Mapping[str, Any]) -> Profile:
    return Profile(
        name=said["name"],
        title=said["title"],
        columns=MappingProxyType({Field(field): tuple(columns) for field, columns in said["columns"].items()}),
        recognised_by=tuple(tuple(known) for known in said["recognised_by"]),
        system_columns=_flat(said.get("system_columns", ())),
        tags_begin=said.get("tags_begin", ""),
        unsure=_flat(said.get("unsure", ())),
    )


def _flat(said: Sequence[Any]) -> tuple[str, ...]:
    """A list of words, written in lines of lists."""
    return tuple(word for one in said for word in (one if isinstance(one, list) else (one,)))
