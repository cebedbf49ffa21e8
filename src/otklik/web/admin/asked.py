"""Reading a form of the administrator: each answer is read to its type, what cannot be is said at its field."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeVar
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import QueryDict

from otklik.web.view import Choice, Field, FieldKind

T = TypeVar("T")

DAY = dt.timedelta(days=1)
EARLIEST, LATEST = dt.date(2013, 1, 1), dt.date(2099, 12, 31)
"""Between these days hours can be counted."""


class Asked:
    """The answers of one form, and what is wrong with them: `errors` by the name of the field, «» for the form."""

    def __init__(self, answers: QueryDict, zone: str) -> None:
        self.answers = answers
        self.zone = ZoneInfo(zone)
        self.errors: dict[str, list[str]] = {}

    def wrong(self, name: str, sentence: str) -> None:
        """A sentence that says how to mend the field; `name` «»: the form as a whole."""
        self.errors.setdefault(name, []).append(sentence)

    def text(self, name: str, *, required: str = "", longest: int = 300) -> str:
        """One line or several, without the spaces around. `required`: what to say where there is none."""
        given = self.answers.get(name, "").strip()
        if required and not given:
            self.wrong(name, required)
        if len(given) > longest:
            self.wrong(name, f"Длиннее {longest} знаков. Сократите.")
            return given[:longest]
        return given

    def number_text(self, name: str, digits: tuple[int, ...], what: str) -> str:
        """Digits only, so many of them, or nothing."""
        given = re.sub(r"\s", "", self.text(name, longest=40))
        if given and (not given.isdecimal() or not given.isascii() or len(given) not in digits):
            self.wrong(name, f"{what}: {' или '.join(map(str, digits))} цифр подряд. Проверьте.")
        return given

    def email(self, name: str) -> str:
        """An address that can be written to, or nothing."""
        given = self.text(name, longest=254)
        try:
            if given:
                validate_email(given)
        except ValidationError:
            self.wrong(name, "Адрес почты написан неверно. Пример: petrova@adm.example.ru.")
        return given

    def is_on(self, name: str) -> bool:
        """Whether the box is ticked."""
        return bool(self.answers.get(name))

    def one_of(self, name: str, known: Mapping[str, T], *, required: str = "") -> T | None:
        """What the chosen value stands for; None for none chosen."""
        given = self.answers.get(name, "")
        if given in known:
            return known[given]
        if given or required:
            self.wrong(name, required or "Такого варианта больше нет. Выберите другой.")
        return None

    def several_of(self, name: str, known: Mapping[str, T], *, required: str = "") -> tuple[T, ...]:
        """What the ticked values stand for."""
        given = list(dict.fromkeys(self.answers.getlist(name)))
        if any(value not in known for value in given):
            self.wrong(name, "Такого варианта больше нет. Выберите заново.")
        elif required and not given:
            self.wrong(name, required)
        return tuple(known[value] for value in given if value in known)

    def day(self, name: str, *, required: str = "") -> dt.date | None:
        """A date, or None where none is given."""
        given = self.answers.get(name, "").strip()
        if not given:
            if required:
                self.wrong(name, required)
            return None
        try:
            found = dt.date.fromisoformat(given)
        except ValueError:
            self.wrong(name, "Дата не разобрана. Пример: 2026-11-27.")
            return None
        if not EARLIEST <= found <= LATEST:
            self.wrong(name, f"Дата должна быть с {EARLIEST:%d.%m.%Y} по {LATEST:%d.%m.%Y}.")
            return None
        return found

    def starts(self, name: str, *, required: str = "") -> dt.datetime | None:
        """The first instant of a date at the place (aware)."""
        found = self.day(name, required=required)
        return None if found is None else self._midnight(found)

    def ends(self, name: str, *, required: str = "") -> dt.datetime | None:
        """The instant after the last of a date at the place (aware): the date named is the last that counts."""
        found = self.day(name, required=required)
        return None if found is None else self._midnight(found + DAY)

    def moment(self, name: str, *, required: str = "") -> dt.datetime | None:
        """A date with the time on the wall of the place (aware)."""
        given = self.answers.get(name, "").strip()
        if not given:
            if required:
                self.wrong(name, required)
            return None
        try:
            found = dt.datetime.fromisoformat(given).replace(tzinfo=self.zone)
        except ValueError:
            self.wrong(name, "Дата и время не разобраны. Пример: 2026-11-27T18:00.")
            return None
        if not EARLIEST <= found.date() <= LATEST:
            self.wrong(name, f"Дата должна быть с {EARLIEST:%d.%m.%Y} по {LATEST:%d.%m.%Y}.")
            return None
        return found

    def in_order(self, name: str, since_at: dt.datetime | None, until_at: dt.datetime | None) -> None:
        """What was read must end (in field `name`) after it starts."""
        if since_at is not None and until_at is not None and until_at <= since_at:
            self.wrong(name, "Конец раньше начала. Исправьте одну из дат.")

    def filled(self, fields: Iterable[Field]) -> tuple[Field, ...]:
        """The fields as they were filled in, each with what is wrong with it."""
        return tuple(self._filled(field) for field in fields)

    def _filled(self, field: Field) -> Field:
        errors = tuple(self.errors.get(field.name, ()))
        if field.kind in {FieldKind.SELECT, FieldKind.RADIOS, FieldKind.CHECKBOXES}:
            given = set(self.answers.getlist(field.name))
            choices = tuple(replace(one, checked=one.value in given) for one in field.choices)
            return replace(field, choices=choices, errors=errors)
        if field.kind in {FieldKind.FILES, FieldKind.PASSWORD}:
            return replace(field, errors=errors)
        return replace(field, value=self.answers.get(field.name, ""), errors=errors)

    def _midnight(self, on: dt.date) -> dt.datetime:
        return dt.datetime.combine(on, dt.time(), self.zone)


def choices(known: Iterable[tuple[str, str]], chosen: str = "", *, none: str = "") -> tuple[Choice, ...]:
    """Answers of a select from (value, words); `none`: words of the empty answer, first."""
    first = (Choice(value="", label=none, checked=not chosen),) if none else ()
    return first + tuple(Choice(value=value, label=label, checked=value == chosen) for value, label in known)
