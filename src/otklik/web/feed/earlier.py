"""Earlier messages beside a new one: what its author wrote, and the one that it repeats."""

import datetime as dt
from collections.abc import Iterable
from uuid import uuid4

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse

from otklik.incidents import access, authors, queries
from otklik.incidents.filters import Filters
from otklik.incidents.models import Incident
from otklik.incidents.queue import Queue, Section
from otklik.orgs.models import Person
from otklik.process import commands as c
from otklik.process.commands import CommandName
from otklik.process.refusal_words import stage_words
from otklik.process.state import Stage
from otklik.web.card import forms
from otklik.web.card.desk import Desk
from otklik.web.card.fields import FIELDS
from otklik.web.card.thread import citizen
from otklik.web.feed.view import AuthorPage, Earlier, JoinPage
from otklik.web.links import outward
from otklik.web.networks import network
from otklik.web.queue.address import LONGEST_ID, LONGEST_PAGE, LONGEST_WORDS
from otklik.web.queue.rows import rows_of
from otklik.web.view import Field, Pager
from otklik.web.words import near_moment

PER_PAGE = 30
OFFERED = 12
SAME_AUTHOR = "тот же автор"
NOT_CHOSEN = "Выберите прежнее сообщение из списка или найдите его по номеру либо словам."
REPEAT, LINK = "repeat", "link"
OWN = frozenset({"repeat_of", "new_facts"})


def author_page(person: Person, incident: Incident, now: dt.datetime, *, page: int) -> AuthorPage:
    """What the author of the incident wrote before, with how it ended; the newest first."""
    others, author = authors.written_by_same(person, incident, now), incident.message.author
    first = (page - 1) * PER_PAGE
    shown = list(others.select_related("organisation", "unit", "person")[first : first + PER_PAGE + 1])
    counted = authors.outcomes(others)
    has_more, here = len(shown) > PER_PAGE, reverse("feed_author", args=[incident.pk])
    pager = Pager(
        first=first + 1,
        last=first + min(len(shown), PER_PAGE),
        total=sum(counted.values()),
        previous_url=f"{here}?page={page - 1}" if page > 1 else "",
        next_url=f"{here}?page={page + 1}" if has_more else "",
    )
    return AuthorPage(
        key=incident.pk,
        number=str(incident.number),
        author=incident.message.author_name or "Автор не указан",
        author_url=outward(author.url) if author else "",
        network=network(incident.message.network),
        rows=_earlier(shown[:PER_PAGE], now),
        outcomes=tuple(f"{stage_words(Stage(stage))}: {number}" for stage, number in counted.items()),
        back_url=reverse("feed"),
        pager=pager if has_more or page > 1 else None,
    )


def page_of(given: QueryDict) -> int:
    """The number of a page in an address; whatever else stands there is the first."""
    text = given.get("page", "")
    return max(1, int(text)) if text.isascii() and text.isdecimal() and len(text) <= LONGEST_PAGE else 1


def join_page(desk: Desk, *, query: str = "", chosen: int | None = None, problem: str = "") -> JoinPage:
    """Earlier messages to choose from: found by `query`, else the suggested one and those of the same author."""
    incident = desk.data.incident
    query = query.strip()[:LONGEST_WORDS]
    found = _found(desk, query) if query else _likely(desk)
    repeat = desk.data.state.repeat_of
    suggested = int(repeat.earlier) if repeat and repeat.earlier.isdecimal() else None
    return JoinPage(
        key=incident.pk,
        number=str(incident.number),
        message=citizen(incident.message, desk.now, main=True),
        rows=_earlier(found, desk.now, author_id=incident.message.author_id),
        fields=_fields(desk),
        query=query,
        command_id=str(uuid4()),
        back_url=reverse("feed"),
        may_repeat=any(one.command is CommandName.SELECT for one in desk.available),
        chosen=chosen or suggested,
        problem=problem,
    )


def chosen_of(desk: Desk, post: QueryDict) -> Incident:
    """The earlier message that a POST names.

    :raises forms.Unreadable: no earlier message was chosen, or none that the viewer sees; the sentence says what to do.
    """
    text = post.get("chosen", "")
    is_id = text.isascii() and text.isdecimal() and len(text) <= LONGEST_ID
    earlier = _others(desk).filter(pk=int(text)).first() if is_id else None
    if earlier is None:
        raise forms.Unreadable(NOT_CHOSEN)
    return earlier


def in_common(one: Incident, other: Incident) -> str:
    """What two linked messages have in common, as the journal has it."""
    is_same = one.message.author_id is not None and one.message.author_id == other.message.author_id
    return "same_author" if is_same else "other"


def repeating(post: QueryDict, earlier: Incident) -> c.Select:
    """The selection as a repeat of the earlier one, with what the act asks."""
    return c.Select(
        kind=post.get("kind") or None,
        importance=post.get("importance") or None,
        critical="critical" in post,
        repeat_of=str(earlier.pk),
        new_facts="new_facts" in post,
    )


def _fields(desk: Desk) -> tuple[Field, ...]:
    """What the act asks when a message is selected, without the number that is chosen here."""
    asked = FIELDS[CommandName.SELECT](desk)
    facts = tuple(field for field in asked if field.name == "new_facts")
    return (*facts, *(field for field in asked if field.name not in OWN))


def _others(desk: Desk) -> QuerySet[Incident]:
    incident = desk.data.incident
    seen = access.visible_to(desk.viewer, desk.now).filter(organisation=incident.organisation_id)
    return seen.exclude(pk=incident.pk).select_related("organisation", "unit", "person", "message")


def _found(desk: Desk, query: str) -> list[Incident]:
    """By number, if that is what was typed, and by words."""
    digits = query.lstrip("№ ")
    is_number = digits.isascii() and digits.isdecimal() and len(digits) < 10
    numbered = queries.by_number(desk.data.incident.organisation_id, int(digits)) if is_number else None
    page = Queue(desk.viewer, desk.now, Filters(query=query)).page(Section.ALL, 1, size=OFFERED)
    ids = list(dict.fromkeys([*([numbered.pk] if numbered else []), *(one.pk for one in page.rows)]))
    rows = _others(desk).in_bulk(ids)
    return [rows[pk] for pk in ids if pk in rows]


def _likely(desk: Desk) -> list[Incident]:
    repeat = desk.data.state.repeat_of
    suggested = [int(repeat.earlier)] if repeat and repeat.earlier.isdecimal() else []
    same = authors.written_by_same(desk.viewer, desk.data.incident, desk.now).values_list("pk", flat=True)
    ids = list(dict.fromkeys([*suggested, *same[:OFFERED]]))
    rows = _others(desk).in_bulk(ids)
    return [rows[pk] for pk in ids if pk in rows]


def _earlier(incidents: Iterable[Incident], now: dt.datetime, *, author_id: int | None = None) -> tuple[Earlier, ...]:
    found = list(incidents)
    return tuple(
        Earlier(
            row=row,
            at=near_moment(one.detected_at.astimezone(now.tzinfo), now),
            relation=SAME_AUTHOR if author_id is not None and one.message.author_id == author_id else "",
        )
        for one, row in zip(found, rows_of(found, now), strict=True)
    )
