"""The form for a message entered by hand."""

import datetime as dt
from dataclasses import replace
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.http import QueryDict
from django.urls import reverse

from otklik.incidents import editions
from otklik.incidents.models import Incident
from otklik.messages.actions import HandMade
from otklik.messages.models import Message
from otklik.orgs.models import Organisation
from otklik.web.message_new.view import Group, KnownMessage, NewMessagePage
from otklik.web.networks import NETWORKS
from otklik.web.view import Choice, Field, FieldKind, Form, Link
from otklik.web.words import near_moment

FIRST = ("vk", "ok", "telegram", "max")


def new_message_page(
    organisation: Organisation,
    now: dt.datetime,
    *,
    post: QueryDict | None = None,
    problem: str = "",
    known: tuple[KnownMessage, ...] = (),
    stored: Incident | None = None,
) -> NewMessagePage:
    """The page; with `post`, as it was typed, and what is wrong with it."""
    local = now.astimezone(ZoneInfo(organisation.zone))
    return NewMessagePage(
        form=Form(
            fields=tuple(_filled(field, post) for field in _fields(_kinds(organisation, now))),
            button="Записать",
            command_id=str(uuid4()),
            errors=(problem,) if problem else (),
        ),
        groups=(
            Group(title="Где написано", names=("network", "url", "author", "posted_at")),
            Group(title="Что написано", names=("text", "kind", "topic", "place")),
        ),
        known=known,
        clock_note=f"Сроки пойдут с выявления: {near_moment(local, local)}.",
        stored=Link(label=f"Открыть № {stored.number}", url=reverse("card", args=[stored.pk])) if stored else None,
    )


def read(organisation: Organisation, post: QueryDict) -> HandMade:
    """What was typed.

    :raises ValueError: the day and time cannot be read.
    """
    posted = post.get("posted_at", "").strip()
    at = dt.datetime.fromisoformat(posted).replace(tzinfo=ZoneInfo(organisation.zone)) if posted else None
    return HandMade(
        network=post.get("network", "") if post.get("network") in NETWORKS else "site",
        text=post.get("text", ""),
        url=post.get("url", ""),
        author_name=post.get("author", ""),
        posted_at=at,
        topic=post.get("topic", ""),
        place_name=post.get("place", ""),
    )


def already_known(message: Message, incident: Incident | None) -> KnownMessage:
    """The message that the same address belongs to."""
    return KnownMessage(
        number=str(incident.number) if incident else "",
        excerpt=" ".join(message.text.split())[:200],
        why="та же ссылка",
        key=incident.pk if incident else None,
    )


def _kinds(organisation: Organisation, now: dt.datetime) -> tuple[Choice, ...]:
    """The kinds of message that the act tells apart, the usual one first (N, K 2); none where it knows one."""
    kinds = editions.in_force(organisation, now).policies.message_kinds if organisation.act else ()
    return tuple(Choice(value=one.kind, label=one.words, clause=one.clause) for one in kinds) if len(kinds) > 1 else ()


def _fields(kinds: tuple[Choice, ...]) -> tuple[Field, ...]:
    ordered = [*FIRST, *(code for code in NETWORKS if code not in FIRST and code != "demo")]
    networks = tuple(Choice(value=code, label=NETWORKS[code].name) for code in ordered)
    return (
        Field(name="network", label="Сеть или сайт", kind=FieldKind.SELECT, choices=networks, required=True),
        Field(name="url", label="Ссылка на сообщение", kind=FieldKind.URL, hint="По ней найдётся место для ответа."),
        Field(name="author", label="Автор", hint="Как он назван в сети."),
        Field(name="posted_at", label="Когда написано", kind=FieldKind.DATETIME, hint="Если известно."),
        Field(name="text", label="Текст сообщения, как есть", kind=FieldKind.TEXTAREA, rows=8, required=True),
        *((Field(name="kind", label="Вид сообщения", kind=FieldKind.SELECT, choices=kinds),) if kinds else ()),
        Field(name="topic", label="Тема", hint="Например: дороги, отопление."),
        Field(name="place", label="Место", hint="Улица, двор, село."),
    )


def _filled(field: Field, post: QueryDict | None) -> Field:
    if post is None:
        return field
    value = post.get(field.name, "")
    if field.kind is FieldKind.SELECT:
        return replace(field, choices=tuple(replace(one, checked=one.value == value) for one in field.choices))
    return replace(field, value=value)
