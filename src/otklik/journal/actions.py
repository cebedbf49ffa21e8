"""All writes of the journal but the seal: append, erase personal texts. Always inside the caller's `write()`.

The order that the caller keeps: lock the incident row, look up `first_result`, decide, `append`, update the read
models, enqueue. The lock gives events their numbers one by one; two unique constraints stand behind it.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import Max

from otklik.journal import canonical
from otklik.journal.models import Event, EventText

TEXTS_ERASED = "texts_erased"
"""The kind of the event that records an erasure. An event of the organisation, not a step of any incident."""


class JournalError(Exception):
    """Base of the journal's refusals; the message says what is wrong and what to do."""


class AlreadyRecorded(JournalError):
    """The command's events were recorded by a parallel request: roll back and answer with `first_result`."""


class OutOfTurn(JournalError):
    """Somebody appended to the incident at the same time: the caller has not locked its row."""


class NothingToErase(JournalError):
    """The event has no such text, or it is erased already."""


class Fact(Protocol):
    """What `append` records: `process.events.Event` is one."""

    @property
    def kind(self) -> str: ...
    @property
    def version(self) -> int: ...
    @property
    def happened_at(self) -> dt.datetime: ...
    @property
    def payload(self) -> Mapping[str, object]: ...
    @property
    def texts(self) -> Mapping[str, str]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """Who does what this command's events record, and under which law and calendar.

    `id` is made by the caller (the door puts it into the form): the same id again must return the first result.
    `actor_id` is None where the program acts by itself; `on_behalf_of` says, in role words and with the evidence, for
    whom a person recorded a step (`{"role": "curator", "name": …, "evidence": …}`).
    """

    id: UUID
    organisation_id: int
    actor_id: int | None
    on_behalf_of: Mapping[str, object] | None = None
    act_hash: str = ""
    calendar_version: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """The events of one command on one incident."""

    command: Command
    incident_id: int | None
    events: tuple[Fact, ...]


def first_result(organisation_id: int, command_id: UUID) -> tuple[Event, ...]:
    """The events this command recorded when it first came, in their order; empty if it has not come yet.

    Ask after locking the incident row: before it, a parallel request with the same id may still be at work.
    """
    rows = Event.objects.filter(organisation_id=organisation_id, command_id=command_id)
    return tuple(rows.order_by("position"))


def append(
    command: Command,
    *,
    incident_id: int | None,
    events: Iterable[Fact],
    now: dt.datetime,
    position_from: int = 0,
) -> tuple[Event, ...]:
    """Record `events` of one incident (None: of the organisation), and return their rows.

    `now` is the time of recording (UTC-aware). A command that touches two incidents appends twice: the second time
    with `position_from` = how many it has appended already.

    :raises AlreadyRecorded: this command id has been recorded meanwhile.
    :raises OutOfTurn: the incident got another event meanwhile; its row was not locked.
    :raises canonical.NotCanonical: a payload or text that the journal cannot hold; the message names the place.
    """
    _require_transaction()
    batch = Batch(command, incident_id, tuple(events))
    if not batch.events:
        return ()
    made = _made(batch, number=_last_number(incident_id), position_from=position_from, now=now)
    _insert(command, [row for row, _ in made])
    _insert_texts(made)
    return tuple(row for row, _ in made)


def append_first(batches: Sequence[Batch], *, now: dt.datetime) -> list[tuple[Event, ...]]:
    """Record the first events of many incidents, in the order given: few statements, however many there are.

    :raises AlreadyRecorded: one of the commands has been recorded before, or one of the incidents has events.
    :raises canonical.NotCanonical: see `append`.
    """
    _require_transaction()
    made = [_made(batch, number=0, position_from=0, now=now) for batch in batches]
    together = [pair for one in made for pair in one]
    try:
        with transaction.atomic():
            Event.objects.bulk_create([row for row, _ in together])
    except IntegrityError:
        raise AlreadyRecorded("One of these incidents, or commands, has events already: append one by one.") from None
    _insert_texts(together)
    return [tuple(row for row, _ in one) for one in made]


def erase(event: Event, names: Sequence[str], *, ground: str, command: Command, now: dt.datetime) -> Event:
    """Erase personal texts of `event` for good, and record that: names, ground (with its clause of law), who, when.

    The chain stays whole: it was built on the texts' digests. Returns the event that records the erasure.

    :raises NothingToErase: if one of `names` is not a text of this event, or is erased already.
    """
    _require_transaction()
    there = EventText.objects.select_for_update().filter(event=event, name__in=names, erased_at__isnull=True)
    missing = sorted(set(names) - {text.name for text in there})
    if missing or not names:
        raise NothingToErase(
            f"Event {event.pk} has no text {', '.join(missing) or '(none named)'} that could be erased."
        )
    erased = _Erased(
        happened_at=now,
        payload={
            "event": event.pk,
            "incident": event.incident_id,
            "number": event.number,
            "names": sorted(names),
            "ground": ground,
        },
    )
    (recorded,) = append(command, incident_id=None, events=[erased], now=now)
    there.update(text="", salt="", erased_at=now)
    return recorded


@dataclass(frozen=True, slots=True)
class _Erased:
    happened_at: dt.datetime
    payload: Mapping[str, object]
    kind: str = TEXTS_ERASED
    version: int = 1
    texts: Mapping[str, str] = field(default_factory=dict)


def _require_transaction() -> None:
    if not connection.in_atomic_block:
        raise JournalError(
            "The journal is written inside `project.transactions.write()`, together with the change it records."
        )


def _last_number(incident_id: int | None) -> int | None:
    if incident_id is None:
        return None
    return Event.objects.filter(incident_id=incident_id).aggregate(last=Max("number"))["last"] or 0


Salted = dict[str, tuple[str, str, str]]
"""Name of a text → salt, text, digest."""


def _made(batch: Batch, *, number: int | None, position_from: int, now: dt.datetime) -> list[tuple[Event, Salted]]:
    """The rows of a batch, not saved, with their texts; `number` is the incident's last one."""
    made = []
    for offset, fact in enumerate(batch.events):
        salted = _salted(fact.texts)
        content = _content(
            batch.command,
            fact,
            incident_id=batch.incident_id,
            number=None if number is None else number + offset + 1,
            position=position_from + offset,
            now=now,
            text_digests={name: digest for name, (_, _, digest) in salted.items()},
        )
        made.append((_row(content), salted))
    return made


def _insert_texts(made: Iterable[tuple[Event, Salted]]) -> None:
    EventText.objects.bulk_create(
        EventText(organisation_id=row.organisation_id, event=row, name=name, salt=salt, text=text, digest=digest)
        for row, salted in made
        for name, (salt, text, digest) in salted.items()
    )


def _salted(texts: Mapping[str, str]) -> Salted:
    salted = {}
    for name, text in texts.items():
        salt = canonical.new_salt()
        salted[name] = (salt, text, canonical.text_digest(salt, canonical.storable(text, f"texts.{name}")))
    return salted


def _content(
    command: Command,
    fact: Fact,
    *,
    incident_id: int | None,
    number: int | None,
    position: int,
    now: dt.datetime,
    text_digests: Mapping[str, str],
) -> canonical.Content:
    payload = canonical.plain(fact.payload)
    on_behalf_of = canonical.plain(command.on_behalf_of, "on_behalf_of")
    return canonical.Content(
        organisation_id=command.organisation_id,
        incident_id=incident_id,
        number=number,
        kind=str(fact.kind),
        version=fact.version,
        happened_at=fact.happened_at,
        recorded_at=now,
        actor_id=command.actor_id,
        on_behalf_of=on_behalf_of,  # type: ignore[arg-type]  # `plain` keeps a mapping a mapping
        command_id=command.id,
        position=position,
        act_hash=command.act_hash,
        calendar_version=command.calendar_version,
        payload=payload,  # type: ignore[arg-type]  # `plain` keeps a mapping a mapping
        text_digests=text_digests,
    )


def _row(content: canonical.Content) -> Event:
    values = {name: getattr(content, name) for name in content.__dataclass_fields__}
    return Event(**values, digest=canonical.digest(content))


def _insert(command: Command, rows: list[Event]) -> None:
    try:
        with transaction.atomic():  # a savepoint: the caller may still read after a refusal
            Event.objects.bulk_create(rows)
    except IntegrityError:
        if first_result(command.organisation_id, command.id):
            raise AlreadyRecorded(f"Command {command.id} is recorded already: answer with its first result.") from None
        if rows[0].incident_id is not None and _last_number(rows[0].incident_id) != (rows[0].number or 0) - 1:
            raise OutOfTurn(
                f"Incident {rows[0].incident_id} got another event meanwhile: lock its row first."
            ) from None
        raise
