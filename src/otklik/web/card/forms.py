"""The form of every command: which fields it asks, made from the act and the incident; the command back from a POST.

A command without a row here asks nothing. Texts with rooms of their own (draft, review, publication) are in `reply.py`.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any
from uuid import uuid4

from django.http import QueryDict

from otklik.incidents import queries
from otklik.process.commands import CommandName
from otklik.regulation.model.policies import PartsOrder
from otklik.web.card.desk import Desk
from otklik.web.card.fields import FIELDS, standing
from otklik.web.view import Field, FieldKind, Form

C = CommandName

REFERENCES = frozenset({"repeat_of", "incident"})
"""Fields in which people write the number of another incident."""


NUMBERS = ("part", "promise", "version", "base_version")
"""Hidden fields that say what a command is about."""


class Unreadable(ValueError):
    """A field of a form that cannot be read; the message is a sentence for the person."""


def form_of(desk: Desk, command: CommandName, *, button: str, hidden: Mapping[str, str] | None = None) -> Form:
    """The form of a command, with a fresh command id."""
    made = FIELDS.get(command)
    return Form(
        fields=made(desk) if made else (),
        button=button,
        command_id=str(uuid4()),
        hidden=tuple((hidden or {}).items()),
    )


def read(desk: Desk, command: CommandName, post: QueryDict) -> dict[str, Any]:
    """The fields of the command that a POST asks for, as `process.commands.build` takes them.

    :raises Unreadable: a field cannot be read; the sentence says which and how to mend it.
    """
    if command is C.REQUEST_PARTS:
        return _parts(desk, post)
    if command is C.TAG:
        return {"tags": [(name, post.get(name, "").strip()) for name in ("topic", "place")]}
    if command is C.CORRECT_VERDICT:
        return _verdict(desk, post)
    asked = {field.name: _value(desk, field, post) for field in FIELDS[command](desk)} if command in FIELDS else {}
    values = {name: value for name, value in asked.items() if value is not None}
    values |= {name: _number(post.get(name, ""), name) for name in NUMBERS if name in post}
    values |= {name: _incident_key(desk, str(values[name])) for name in REFERENCES if name in values}
    if command in {C.CORRECT, C.WITHDRAW} and "of" in values:
        values["of"] = next((asdict(one.slot) for one in standing(desk) if one.slot.key == values["of"]), None)
    if command is C.SEND_BACK:
        values["grounds"] = post.getlist("grounds")
    if command is C.SELECT and "repeat_of" not in values:
        values.pop("new_facts", None)
    return values


def filled(field: Field, post: QueryDict) -> Field:
    """The field with what was typed, for a form that is shown again."""
    if field.kind in {FieldKind.CHECKBOXES, FieldKind.RADIOS, FieldKind.SELECT}:
        given = set(post.getlist(field.name))
        return replace(field, choices=tuple(replace(one, checked=one.value in given) for one in field.choices))
    return replace(field, value=post.get(field.name, ""))


def _incident_key(desk: Desk, number: str) -> str:
    """The key of the incident that people call by its number."""
    digits = number.strip().lstrip("№ ")
    is_number = digits.isdecimal() and len(digits) < 10
    found = queries.by_number(desk.data.incident.organisation_id, int(digits)) if is_number else None
    if found is None or found.pk == desk.data.incident.pk:
        raise Unreadable(f"Сообщения № {number} нет. Укажите номер другого сообщения вашей организации.")
    return str(found.pk)


def _number(text: str, label: str) -> int:
    if not text.strip().isdecimal() or len(text) > 9:
        raise Unreadable(f"{label}: нужно целое число.")
    return int(text)


def _value(desk: Desk, field: Field, post: QueryDict) -> Any:
    text = post.get(field.name, "").strip()
    match field.kind:
        case FieldKind.CHECKBOX:
            return field.name in post
        case FieldKind.NUMBER:
            return _number(text, field.label) if text else None
        case FieldKind.DATETIME:
            return instant(desk, text, field.label)
        case _:
            return text or None


def instant(desk: Desk, text: str, label: str) -> str | None:
    """Wall time of the organisation as ISO 8601 with offset; None for nothing.

    :raises Unreadable: it is no day and time.
    """
    if not text:
        return None
    try:
        wall = dt.datetime.fromisoformat(text)
    except ValueError:
        raise Unreadable(f"{label}: нужны день и время, например 27.11.2026 16:40.") from None
    return wall.replace(tzinfo=wall.tzinfo or desk.now.tzinfo).isoformat()


def _parts(desk: Desk, post: QueryDict) -> dict[str, Any]:
    policy = desk.data.act.policies.parts
    in_turn = post.get("order") == "in_turn" and policy is not None and policy.order is PartsOrder.SET_BY_CURATOR
    minutes = post.get("minutes", "").strip()
    parts = [
        {
            "body": body,
            "order": place if in_turn else 1,
            "question": post.get("question", "").strip(),
            "working_minutes": _number(minutes, "Иной срок") if minutes else None,
        }
        for place, body in enumerate(post.getlist("bodies"), start=1)
    ]
    return {"parts": parts, "consolidator": post.get("consolidator") or None}


def _verdict(desk: Desk, post: QueryDict) -> dict[str, Any]:
    chosen = post.get("verdict", "")
    if not chosen.isdecimal() or len(chosen) > 9 or int(chosen) >= len(desk.data.state.verdicts):
        raise Unreadable("Выберите отметку о сроке.")
    one = desk.data.state.verdicts[int(chosen)]
    return {
        "step": one.step,
        "starts_at": one.starts_at.isoformat(),
        "part": one.part,
        "state": post.get("state", ""),
        "ground": post.get("ground", "").strip(),
    }
