"""The journal of an incident in words, newest first."""

import datetime as dt
from collections.abc import Mapping

from otklik.journal.queries import Recorded
from otklik.process.events import EventKind
from otklik.process.refusal_words import event_title, reply_words, role_words
from otklik.process.state import ReplyKind
from otklik.web.card.desk import Desk
from otklik.web.card.view import JournalEntry
from otklik.web.words import day, near_moment
from otklik.worktime import length_words

NOTABLY_LATER = dt.timedelta(minutes=5)
HIDDEN_TEXTS = frozenset({"text"})
"""Drafts and parts have a place of their own on the card."""
_AUTHORS = frozenset({EventKind.POSTED.value, EventKind.AUTHOR_ANSWERED.value})
_TERMS = frozenset({EventKind.TERM_SET.value, EventKind.EXTENDED.value})
_BREACHES = frozenset({"late", "met_late"})
_VERDICTS = {
    "met": "«{step}»: сделано в срок",
    "met_late": "«{step}»: сделано с опозданием",
    "late": "«{step}»: срок пропущен",
}
_SAYS_WHICH = frozenset(
    {EventKind.PUBLISHED.value, EventKind.INTERIM_PUBLISHED.value, EventKind.CLARIFICATION_PUBLISHED.value}
)
"""Events whose own words name the reply."""


def journal(desk: Desk) -> tuple[JournalEntry, ...]:
    """Every event; the verdict of a term says its clause."""
    return tuple(_entry(desk, event) for event in reversed(desk.data.recorded))


def _entry(desk: Desk, event: Recorded) -> JournalEntry:
    zone = desk.now.tzinfo
    payload = event.payload
    is_late_record = event.recorded_at - event.happened_at >= NOTABLY_LATER
    return JournalEntry(
        number=event.number or 0,
        at=event.happened_at.astimezone(zone),
        actor=_actor(desk, event),
        words=_words(desk, event),
        kind=event.kind,
        on_behalf=_on_behalf(desk, event.on_behalf_of),
        clause=str(payload.get("clause") or ""),
        detail=_detail(desk, event),
        recorded_at=event.recorded_at.astimezone(zone) if is_late_record else None,
        sealed=event.sealed_number is not None,
        breach=event.kind == EventKind.VERDICT.value and payload.get("state") in _BREACHES,
    )


def _actor(desk: Desk, event: Recorded) -> str:
    """Who did it; what the author did by writing is the author's, though the program recorded it."""
    if event.kind in _AUTHORS and event.actor_id is None:
        return desk.data.incident.author_name or "Автор"
    return desk.person_name(event.actor_id)


def _words(desk: Desk, event: Recorded) -> str:
    title = event_title(EventKind(event.kind))
    payload = event.payload
    extra = []
    if event.kind == EventKind.VERDICT.value:
        said = _VERDICTS.get(str(payload["state"]), "«{step}»: срок снят")
        return said.format(step=desk.step_title(str(payload["step"])))
    if event.kind in _TERMS:
        extra.append(desk.step_title(str(payload["step"])))
    if "reply" in payload and event.kind not in _SAYS_WHICH | {EventKind.PROMISE_MADE.value}:
        extra.append(reply_words(ReplyKind(str(payload["reply"]))))
    if payload.get("version"):
        extra.append(f"версия {payload['version']}")
    if payload.get("unit") or payload.get("body"):
        extra.append(desk.unit_name(str(payload.get("unit") or payload.get("body"))))
    if payload.get("self_review"):
        extra.append("проверил сам автор: акт отдаёт обе роли в одни руки")
    return f"{title}: {', '.join(extra)}" if extra else title


def _detail(desk: Desk, event: Recorded) -> str:
    """What people wrote with the step, and what it was about."""
    said = [text for name, text in event.texts.items() if name not in HIDDEN_TEXTS and text]
    if event.erased:
        said.append("Текст удалён по закону.")
    if event.kind == EventKind.VERDICT.value and event.payload.get("due_at"):
        due_at = dt.datetime.fromisoformat(str(event.payload["due_at"])).astimezone(desk.now.tzinfo)
        said.append(f"Срок: {near_moment(due_at, desk.now)}.")
    if event.kind in _TERMS:
        said.append(_until(desk, event.payload))
    if event.kind == EventKind.PROMISE_MADE.value:
        said.append(f"К {day(dt.date.fromisoformat(str(event.payload['due_on'])), desk.now.date())}.")
    if event.kind == EventKind.TAGGED.value and isinstance(event.payload.get("tags"), Mapping | list):
        said.append(_tags(event.payload["tags"]))
    grounds = event.payload.get("grounds")
    if isinstance(grounds, list) and grounds:
        said.extend(_ground_words(desk, str(ground)) for ground in grounds)
    return "\n".join(said)


def _until(desk: Desk, payload: Mapping[str, object]) -> str:
    """Till when a person set or extended a term: an instant, or so much working time."""
    if payload.get("due_at"):
        due_at = dt.datetime.fromisoformat(str(payload["due_at"])).astimezone(desk.now.tzinfo)
        return f"До {near_moment(due_at, desk.now)}."
    minutes = payload.get("working_minutes")
    return f"На {length_words(dt.timedelta(minutes=int(str(minutes))))} рабочего времени." if minutes else ""


def _tags(tags: object) -> str:
    pairs = tags.items() if isinstance(tags, Mapping) else tags if isinstance(tags, list) else ()
    return ", ".join(f"{value}" for _, value in pairs if value)


def _ground_words(desk: Desk, ground: str) -> str:
    return next((one.words for one in desk.data.act.policies.review.grounds if one.ground == ground), ground)


def _on_behalf(desk: Desk, on_behalf: Mapping[str, object] | None) -> str:
    if not on_behalf:
        return ""
    role = role_words(str(on_behalf.get("role") or ""), desk.data.act)
    holder = on_behalf.get("holder")
    name = desk.person_name(str(holder)) if holder and str(holder).isdecimal() else ""
    return f"за другого ({role}{', ' if name else ''}{name})"
