"""Which column of a file means what: profiles of known systems by name, or a mapping that a person gave."""

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from otklik.messages.reading.refusals import FileRefused
from otklik.messages.reading.source import Source
from otklik.messages.reading.table import DELIMITERS, Row, rows

HEADER_WITHIN = 50
"""Rows among which the header is looked for: exports begin with a few lines about themselves."""
SHOWN_COLUMNS = 40


class Field(StrEnum):
    """What a column may mean; the names that `--map` takes."""

    TEXT = "text"
    TITLE = "title"
    """Used where there is no text."""
    ID = "id"
    """The row's own number in the sending system."""
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
    DETECTED_AT = "detected_at"
    TOPIC = "topic"
    PLACE = "place"
    RATING = "rating"
    AUDIENCE = "audience"


@dataclass(frozen=True, slots=True)
class Profile:
    """How to read the files of one system. Columns are named as in the header; case and spaces do not matter."""

    name: str
    title: str
    columns: Mapping[Field, str]
    recognised_by: tuple[str, ...]
    """Headings that all of its files have, and no other's."""
    system_columns: tuple[str, ...] = ()
    """All columns that the system itself makes; any further one is a tag, whose cells hold its own name or nothing.
    The tags of a row become its topic. Empty: there are no tags."""


BRAND_ANALYTICS = Profile(
    name="brand-analytics",
    title="Brand Analytics",
    columns=MappingProxyType(
        {
            Field.POSTED_AT: "Дата",
            Field.ID: "ID сообщения",
            Field.HASH: "Hash сообщения",
            Field.TITLE: "Заголовок",
            Field.TEXT: "Текст",
            Field.SOURCE: "Источник",
            Field.URL: "Url",
            Field.SOURCE_KIND: "Тип источника",
            Field.AUTHOR: "Автор",
            Field.AUTHOR_URL: "Url автора",
            Field.AUDIENCE: "Аудитория",
            Field.RATING: "Оценка",
            Field.PLACE: "Адрес",
        }
    ),
    recognised_by=("Дата", "Hash сообщения", "Текст", "Источник", "Тип сообщения"),
    system_columns=(
        *("Дата", "ID сообщения", "Hash сообщения", "Заголовок", "Текст", "Источник", "Url", "Тип источника"),
        *("Тип сообщения", "Сюжет", "Автор", "Url автора", "Тип автора", "Место публикации", "Url места публикации"),
        *("Пол", "Возраст", "Аудитория", "Комментариев", "Цитируемость СМИ", "Репостов", "Лайков", "Вовлеченность"),
        *("Просмотров", "Оценка", "Дублей", "Аудитория СМИ", "Тональность", "Роль объекта", "Агрессия", "Страна"),
        *("Регион", "Город", "Язык", "WOM", "Обработано", "Место", "Адрес"),
    ),
)

PROFILES: Mapping[str, Profile] = MappingProxyType({profile.name: profile for profile in (BRAND_ANALYTICS,)})

OWN = "own"
"""The name of a mapping that a person gave."""


@dataclass(frozen=True, slots=True)
class Header:
    """Where the table begins, and what its columns mean. `headings` are unique: a repeated one is numbered."""

    number: int
    delimiter: str
    headings: tuple[str, ...]
    profile: Profile
    places: Mapping[Field, int]
    """Field → number of its column."""
    tags: tuple[int, ...]
    """Numbers of the columns that are tags."""


def own_profile(columns: Mapping[Field, str]) -> Profile:
    """The profile of a mapping that a person gave; recognised by the columns it names."""
    return Profile(OWN, "свои столбцы", MappingProxyType(dict(columns)), recognised_by=tuple(columns.values()))


def named(name: str) -> Profile:
    """
    :raises FileRefused: `unknown_profile`.
    """
    if name not in PROFILES:
        raise FileRefused("unknown_profile", profile=name, known=", ".join(PROFILES))
    return PROFILES[name]


def find_header(source: Source, profile: Profile | None) -> Header:
    """The header of the file, for this profile or, without one, for the first that knows it.

    :raises FileRefused: `no_header`, `no_header_of`, `unknown_column`.
    """
    wanted = [profile] if profile else list(PROFILES.values())
    for delimiter in DELIMITERS:
        for row in _beginning(source, delimiter):
            for one in wanted:
                if _has(row, one):
                    return _header(row, delimiter, one)
    raise _not_found(source, profile)


def _header(row: Row, delimiter: str, profile: Profile) -> Header:
    where: dict[str, int] = {}
    for number, cell in enumerate(row.cells):
        where.setdefault(_plain(cell), number)
    places = {field: where[_plain(column)] for field, column in profile.columns.items() if _plain(column) in where}
    headings = tuple(_unique(row.cells))
    return Header(row.number, delimiter, headings, profile, places, tuple(_tags(headings, profile)))


def _tags(headings: Sequence[str], profile: Profile) -> Iterator[int]:
    ours = {_plain(column) for column in profile.system_columns}
    return (number for number, heading in enumerate(headings) if ours and _plain(heading) not in ours)


def _unique(cells: Iterable[str]) -> Iterator[str]:
    seen: dict[str, int] = {}
    for number, cell in enumerate(cells, 1):
        heading = cell.strip().lstrip("\ufeff") or f"столбец {number}"
        seen[heading] = seen.get(heading, 0) + 1
        yield heading if seen[heading] == 1 else f"{heading} ({seen[heading]})"


def _has(row: Row, profile: Profile) -> bool:
    there = {_plain(cell) for cell in row.cells}
    return all(_plain(heading) in there for heading in profile.recognised_by)


def _plain(heading: str) -> str:
    return " ".join(heading.lstrip("\ufeff").split()).casefold()


def _beginning(source: Source, delimiter: str) -> Iterator[Row]:
    return itertools.islice(rows(source.read(), delimiter), HEADER_WITHIN)


def _not_found(source: Source, profile: Profile | None) -> FileRefused:
    headings = _likely_headings(source)
    columns = ", ".join(f"«{heading}»" for heading in headings[:SHOWN_COLUMNS]) or "не видно"
    if profile is None:
        known = ", ".join(one.title for one in PROFILES.values())
        return FileRefused("no_header", path=source.path, known=known, columns=columns)
    there = {_plain(heading) for heading in headings}
    missing = ", ".join(f"«{one}»" for one in profile.recognised_by if _plain(one) not in there)
    if profile.name == OWN:
        return FileRefused("unknown_column", missing=missing, columns=columns)
    return FileRefused("no_header_of", path=source.path, profile=profile.title, missing=missing, columns=columns)


def likely_header(source: Source) -> tuple[str, Row] | None:
    """Delimiter and row that look most like a header: the first of the widest rows at the beginning."""
    found = [(delimiter, row) for delimiter in DELIMITERS for row in _beginning(source, delimiter) if row.cells]
    return max(found, key=lambda one: len([cell for cell in one[1].cells if cell.strip()]), default=None)


def _likely_headings(source: Source) -> Sequence[str]:
    likely = likely_header(source)
    return list(_unique(likely[1].cells)) if likely else []
