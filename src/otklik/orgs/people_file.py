"""People from a CSV file: read it, and say everything that is wrong with it at once. Writes nothing.

Excel in Russian saves CSV with `;` in Windows-1251, other programs with `,` in UTF-8, with or without a byte order
mark: all are read. The columns are described in docs/people.md.
"""

import csv
import io
import zoneinfo
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from otklik.orgs.models.person import normalise_username
from otklik.orgs.words import RANK_WORDS, ROLE_WORDS
from otklik.regulation.model.people import OurRole, Rank

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "full_name": ("фио", "full_name"),
    "username": ("имя для входа", "логин", "username"),
    "position": ("должность", "position"),
    "unit": ("подразделение", "unit"),
    "roles": ("роли", "роль", "roles"),
    "rank": ("ранг", "rank"),
    "phone": ("телефон", "phone"),
    "email": ("почта", "e-mail", "email"),
    "zone": ("часовой пояс", "zone"),
}
"""Field → headings that mean it, lower case."""

LONGEST = {"full_name": 200, "username": 150, "position": 300, "phone": 40, "email": 254}

ROLES = {words: role for role, words in ROLE_WORDS.items()} | {str(role): role for role in OurRole}
RANKS = {words: rank for rank, words in RANK_WORDS.items()} | {str(rank): rank for rank in Rank}


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a line (1 is the heading), as a sentence that says what to do."""

    line: int
    sentence: str


class FileRefused(Exception):
    """The file has problems; all of them."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(problems, key=lambda problem: problem.line)
        super().__init__(f"{len(self.problems)} problems")


@dataclass(frozen=True, slots=True)
class Row:
    """A person of the file. `unit` is as written: a key or a name."""

    line: int
    full_name: str
    username: str
    position: str
    unit: str
    roles: tuple[OurRole, ...]
    rank: Rank
    phone: str
    email: str
    zone: str


@dataclass(slots=True)
class _Reader:
    problems: list[Problem] = field(default_factory=list)
    first_line_of: dict[str, int] = field(default_factory=dict)

    def wrong(self, line: int, sentence: str) -> None:
        self.problems.append(Problem(line, sentence))


def read(content: bytes) -> tuple[list[Row], list[Problem]]:
    """The people of the file and everything that is wrong with it by itself; a row with a problem is among them too.

    :raises FileRefused: it has no heading that can be understood, so no row can be either.
    """
    text = _text(content)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    reader = _Reader()
    try:
        fields = _fields(next(rows, []))
        people = [
            _row(reader, rows.line_num, dict(zip(fields, cells, strict=False)), cells, fields)
            for cells in rows
            if any(cells)
        ]
    except csv.Error as error:
        raise FileRefused([Problem(rows.line_num, f"Строка не разобрана: {error}. Проверьте кавычки.")]) from error
    return people, reader.problems


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1251", errors="replace")


def _delimiter(text: str) -> str:
    heading = text.split("\n", 1)[0]
    return ";" if heading.count(";") >= heading.count(",") else ","


def _fields(heading: list[str]) -> list[str]:
    """The field of each column.

    :raises FileRefused: unknown, repeated or missing columns.
    """
    by_word = {word: name for name, words in COLUMNS.items() for word in words}
    found = [by_word.get(cell.strip().lower(), "") for cell in heading]
    known = ", ".join(words[0] for words in COLUMNS.values())
    problems = [
        Problem(1, f"Столбец «{cell.strip()}» неизвестен. Есть столбцы: {known}.")
        for cell, name in zip(heading, found, strict=True)
        if not name
    ]
    problems += [
        Problem(1, f"Столбец «{COLUMNS[name][0]}» назван дважды. Оставьте один.")
        for name in dict.fromkeys(found)
        if name and found.count(name) > 1
    ]
    if "full_name" not in found:
        problems.append(Problem(1, "Нет столбца «ФИО». Назовите столбцы в первой строке."))
    if problems:
        raise FileRefused(problems)
    return found


def _row(reader: _Reader, line: int, cells: dict[str, str], given: list[str], fields: list[str]) -> Row:
    value = {name: cells.get(name, "").strip() for name in COLUMNS}
    if len(given) > len(fields):
        reader.wrong(
            line, f"В строке {len(given)} ячеек, а столбцов {len(fields)}. Возьмите лишний разделитель в кавычки."
        )
    if not value["full_name"]:
        reader.wrong(line, "Нет ФИО. Впишите фамилию, имя и отчество.")
    for name, longest in LONGEST.items():
        if len(value[name]) > longest:
            reader.wrong(line, f"«{COLUMNS[name][0]}» длиннее {longest} знаков. Сократите.")
    return Row(
        line=line,
        full_name=value["full_name"],
        username=_username(reader, line, value["username"]),
        position=value["position"],
        unit=value["unit"],
        roles=_roles(reader, line, value["roles"]),
        rank=_rank(reader, line, value["rank"]),
        phone=value["phone"],
        email=_email(reader, line, value["email"]),
        zone=_zone(reader, line, value["zone"]),
    )


def _username(reader: _Reader, line: int, text: str) -> str:
    username = normalise_username(text)
    if any(sign.isspace() for sign in username):
        reader.wrong(line, f"В имени для входа «{text}» есть пробел. Уберите его.")
    if username in reader.first_line_of:
        reader.wrong(line, f"Имя для входа «{text}» уже стоит в строке {reader.first_line_of[username]}. Дайте другое.")
    elif username:
        reader.first_line_of[username] = line
    return username


def _roles(reader: _Reader, line: int, text: str) -> tuple[OurRole, ...]:
    found = []
    for word in filter(None, (part.strip() for part in text.replace("|", ",").split(","))):
        role = ROLES.get(word.lower())
        if role is None:
            reader.wrong(line, f"Роль «{word}» неизвестна. Есть роли: {', '.join(ROLE_WORDS.values())}.")
        else:
            found.append(role)
    return tuple(dict.fromkeys(found))


def _rank(reader: _Reader, line: int, text: str) -> Rank:
    rank = RANKS.get(text.lower()) if text else Rank.EMPLOYEE
    if rank is None:
        reader.wrong(line, f"Ранг «{text}» неизвестен. Есть: {', '.join(RANK_WORDS.values())}.")
    return rank or Rank.EMPLOYEE


def _email(reader: _Reader, line: int, text: str) -> str:
    try:
        if text:
            validate_email(text)
    except ValidationError:
        reader.wrong(line, f"Почта «{text}» написана неверно.")
    return text


def _zone(reader: _Reader, line: int, text: str) -> str:
    try:
        if text:
            zoneinfo.ZoneInfo(text)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        reader.wrong(line, f"Часовой пояс «{text}» неизвестен. Пишите имя IANA: Europe/Moscow, Asia/Barnaul.")
    return text
