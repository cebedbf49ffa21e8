"""A town with a long history, for `desk.py`: built by bulk, from a few incidents that went through the real process.

A handful of templates are played by the same commands as on the desk; each other incident is a copy of one, moved
whole weeks into the past, with a message, place, topic, body and number of its own. Only what `recompute` would write
stands in the rows, so that every screen works on them.
"""

import datetime as dt
import random
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import Model

from otklik.incidents import actions as incidents
from otklik.incidents.models import DeadlineRow, Incident, Participant, WorkItem
from otklik.journal.models import Event, EventText
from otklik.messages.actions import HandMade, enter_by_hand
from otklik.messages.models import Author, Message
from otklik.orgs import actions as orgs
from otklik.orgs.models import Organisation, Person, Unit
from otklik.process import commands as c
from otklik.process.commands import Command
from otklik.project.transactions import EVERYTHING, write
from otklik.regulation.model.people import OurRole
from otklik.search.actions import stems_of
from otklik.search.models import Document
from otklik.search.snippets import Part

ACT = "altai-2020-132"
HOURS = {
    "zone": "Europe/Moscow",
    "calendar": "RU",
    "week": {day: ["09:00-13:00", "13:45-18:00"] for day in ("mon", "tue", "wed", "thu", "fri")},
}
LONG_AGO = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
NETWORKS = ("vk", "ok", "telegram", "max", "forum")
STREETS = ("Садовая", "Мира", "Ленина", "Гагарина", "Новая", "Школьная", "Лесная", "Береговая", "Зелёная", "Полевая")
TOPICS = tuple(
    f"{group}: {what}"
    for group in ("Дороги", "ЖКХ", "Благоустройство", "Транспорт", "Школы", "Медицина", "Экология", "Связь")
    for what in ("ремонт", "уборка", "сроки", "качество", "освещение")
)
WORDS = (
    "яма", "дорога", "двор", "мусор", "вода", "отопление", "автобус", "школа", "очередь", "поликлиника", "фонарь",
    "снег", "крыша", "подъезд", "лифт", "площадка", "починят", "обещали", "вторую", "неделю", "никто", "не", "едет",
    "когда", "уже", "сколько", "можно", "ждать", "убрать", "почистить", "провести", "включить", "дали",
    "администрация", "ответьте", "жители", "просим", "помогите", "опять", "снова", "третий", "день", "дети",
    "ходят", "темно", "холодно", "скользко", "опасно", "на", "в", "у", "возле", "дома", "улице", "остановке",
    "парке", "районе", "нет", "есть", "стоит", "лежит", "течёт", "сломан", "закрыт", "разбит", "перекрыт",
    "затопило",
)  # fmt: skip
CLOSED_EVENTS = 15
CHUNK = 10_000


Copy = tuple[int, int, int, int, str, str]
"""Template, new incident, days it is moved by, its body, the body's key, its message."""


@dataclass
class Size:
    """How much there is. `messages`: with those of threads, which are no incidents."""

    incidents: int = 100_000
    open: int = 3_000
    messages: int = 1_000_000
    units: int = 200


@dataclass
class Town:
    """What was built, and who works there."""

    organisation: Organisation
    units: list[Unit]
    curators: list[Person]
    executors: list[Person]
    spent: dict[str, float] = field(default_factory=dict)


def build(size: Size, now: dt.datetime, told: Callable[[str], None]) -> Town:
    """Everything, in an empty database that has been migrated."""
    dice = random.Random(2026)  # noqa: S311  # no secret
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:  # nobody else is there yet, and what is lost is built again
            cursor.execute("PRAGMA synchronous=OFF")
            cursor.execute("PRAGMA cache_size=-800000")
    with write(EVERYTHING):
        town = _people(size, now)
    with write(EVERYTHING):
        finished, running = _templates(town, now)
    for name, work in (
        ("messages", lambda: _messages(town, size, now, dice)),
        ("incidents", lambda: _incidents(town, size, finished, running, dice)),
        ("search", lambda: _documents(town)),
        ("statistics", _analyse),
    ):
        started = time.perf_counter()
        with write(EVERYTHING):
            work()
        town.spent[name] = time.perf_counter() - started
        told(f"{name}: {town.spent[name]:.0f} s")
    return town


# --- people and templates ---


def _by(now: dt.datetime) -> orgs.By:
    return orgs.By(person_id=None, command_id=uuid.uuid4(), now=now)


def _people(size: Size, now: dt.datetime) -> Town:
    facts: dict[str, Any] = {"name": "Край", "short_name": "Край", "zone": "Europe/Moscow", "schedule": HOURS}
    made = orgs.create_organisation(orgs.OrganisationFacts(key="town", act=ACT, **facts), by=_by(now))
    units = [
        orgs.create_unit(made, key=f"unit-{number}", name=f"Управление {number}", by=_by(now))
        for number in range(size.units)
    ]
    town = Town(made, units, [], [])
    for number in range(20):
        role = OurRole.CURATOR if number < 10 else OurRole.EXECUTOR  # half and half
        unit = None if role is OurRole.CURATOR else units[number]
        known = orgs.PersonFacts(full_name=f"Иванова {number}", username=f"person-{number}")
        person = orgs.create_person(made, known, unit=unit, password=None, by=_by(now))
        orgs.give_role(person, role, unit=unit, since_at=LONG_AGO, by=_by(now))
        (town.curators if role is OurRole.CURATOR else town.executors).append(person)
    return town


def _templates(town: Town, now: dt.datetime) -> tuple[list[Incident], list[Incident]]:
    """Incidents that have ended, and some at every stage of the way, detected within the last working days."""
    unit, curator, executor = town.units[10], town.curators[0], town.executors[0]
    way: list[tuple[Command, Person]] = [
        (c.Select(critical=True), curator),
        (c.Route(unit=unit.key), curator),
        (c.Take(), executor),
        (c.SaveDraft(text="Здравствуйте! Яму засыплют до конца месяца. Управление дорог."), executor),
        (c.SubmitDraft(version=1), executor),
        (c.Approve(version=1), curator),
        (c.ConfirmPublished(url="https://vk.com/wall-1_2?reply=3"), executor),
    ]
    finished = [_played(town, now - dt.timedelta(days=28, hours=hours), way) for hours in range(8)]
    for one in finished:
        while Incident.objects.get(pk=one.pk).last_number < CLOSED_EVENTS:
            _do(one, c.AddNote(note="позвонили в управление"), curator, now - dt.timedelta(days=27))
    running = [
        _played(town, now - dt.timedelta(hours=hours), way[:steps])
        for hours in (2, 5, 9, 26, 48, 52, 60, 71)
        for steps in range(6)
    ]
    fresh = {one.pk: one for one in Incident.objects.select_related("message")}
    return [fresh[one.pk] for one in finished], [fresh[one.pk] for one in running]


def _played(town: Town, at: dt.datetime, way: Sequence[tuple[Command, Person]]) -> Incident:
    made = HandMade(network="vk", text=f"Яма на Садовой, никто не чинит {uuid.uuid4()}", topic="Дороги: ремонт")
    message = enter_by_hand(town.organisation, town.curators[0], made, now=at).message
    incident = Incident.objects.get(message=message)
    for number, (command, person) in enumerate(way, 1):
        _do(incident, command, person, at + number * dt.timedelta(minutes=7))
    return incident


def _do(incident: Incident, command: Command, person: Person, at: dt.datetime) -> None:
    outcome = incidents.perform(incident.pk, command, person=person, command_id=uuid.uuid4(), now=at)
    assert outcome.refusal is None, (command, outcome.refusal)


# --- copies ---


def _text(dice: random.Random) -> str:
    return f"{' '.join(dice.choices(WORDS, k=dice.randrange(12, 40)))} {dice.choice(STREETS)}, {dice.randrange(1, 200)}"


def _messages(town: Town, size: Size, now: dt.datetime, dice: random.Random) -> None:
    """Of incidents first, one each, then the talk below them."""
    organisation = town.organisation.pk
    authors = Author.objects.bulk_create(
        Author(organisation_id=organisation, network="vk", external_id=str(number), name=f"Житель {number}")
        for number in range(min(20_000, size.incidents))
    )
    thread = [_text(dice) for _ in range(5_000)]

    def rows() -> Iterator[Message]:
        for number in range(size.messages):
            is_first = number < size.incidents
            author = authors[number % len(authors)]
            at = now - dt.timedelta(minutes=number % 500_000)
            yield Message(
                organisation_id=organisation,
                source="import",
                network="vk",
                external_id=f"w{number:08}",
                thread_id=f"t{number % size.incidents:08}",
                author=author,
                author_name=author.name,
                text=_text(dice) if is_first else thread[number % len(thread)],
                topic=dice.choice(TOPICS) if is_first else "",
                posted_at=at,
                detected_at=at,
                created_at=at,
            )

    _insert(Message, rows())


def _incidents(town: Town, size: Size, finished: list[Incident], running: list[Incident], dice: random.Random) -> None:
    messages = Message.objects.filter(external_id__startswith="w").order_by("pk")
    texts = messages.values_list("pk", "text", "topic", "author_name")[: size.incidents]
    last = Incident.objects.order_by("-pk").values_list("pk", flat=True)[0]
    number_from, made = Incident.objects.count(), []
    copies: list[Copy] = []
    for place, (message, text, topic, author) in enumerate(texts, 1):
        is_running = place <= size.open
        template = dice.choice(running if is_running else finished)
        weeks = 0 if is_running else dice.randrange(1, 150)
        unit = dice.choice(town.units)
        values = {one.attname: getattr(template, one.attname) for one in Incident._meta.concrete_fields}
        moved = {name: value - dt.timedelta(weeks=weeks) for name, value in values.items() if _is_instant(value)}
        own = {
            "id": last + place,
            "number": number_from + place,
            "message_id": message,
            "topic": topic,
            "place": f"ул. {dice.choice(STREETS)}, {dice.randrange(1, 200)}",
            "network": dice.choice(NETWORKS),
            "author_name": author,
            "excerpt": text[:200],
            "unit_id": unit.pk if values["unit_id"] else None,
        }
        made.append(Incident(**{**values, **moved, **own}))
        copies.append((template.pk, last + place, -7 * weeks, unit.pk, unit.key, str(message)))
    _insert(Incident, made, with_keys=True)
    _copy_below(copies)


def _is_instant(value: object) -> bool:
    return isinstance(value, dt.datetime)


def _copy_below(copies: Sequence[Copy]) -> None:
    """What stands below each incident: in the database, from the template's rows."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE copies "
            "(template_id bigint, new_id bigint, days integer, unit_id bigint, unit text, message text)"
        )
        for first in range(0, len(copies), CHUNK):
            cursor.executemany("INSERT INTO copies VALUES (%s, %s, %s, %s, %s, %s)", copies[first : first + CHUNK])
        cursor.execute("CREATE INDEX copies_of ON copies (template_id)")
        for model in (DeadlineRow, WorkItem, Participant, Event):
            _copy(cursor, model)
        cursor.execute(
            "INSERT INTO journal_event_text (organisation_id, event_id, name, salt, text, digest) "
            "SELECT said.organisation_id, fresh.id, said.name, said.salt, said.text, said.digest "
            "FROM journal_event_text said JOIN journal_event there ON there.id = said.event_id "
            "JOIN copies ON copies.template_id = there.incident_id "
            "JOIN journal_event fresh ON fresh.incident_id = copies.new_id AND fresh.number = there.number"
        )
        cursor.execute("DROP TABLE copies")


def _copy(cursor: Any, model: type[Model]) -> None:
    columns = [one for one in model._meta.concrete_fields if not one.primary_key]
    table, names = model._meta.db_table, ", ".join(str(one.column) for one in columns)
    chosen = ", ".join(_copied(one) for one in columns)
    cursor.execute(
        f"INSERT INTO {table} ({names}) SELECT {chosen} FROM {table} row "  # noqa: S608  # our own names
        "JOIN copies ON copies.template_id = row.incident_id ORDER BY copies.new_id, row.id"
    )


def _copied(column: Any) -> str:
    is_sqlite, name = connection.vendor == "sqlite", column.column
    if name == "incident_id":
        return "copies.new_id"
    if name == "unit_id":
        return "CASE WHEN row.unit_id IS NULL THEN NULL ELSE copies.unit_id END"
    if name == "payload":
        return _payload(is_sqlite=is_sqlite)
    if name == "command_id":
        return "lower(hex(randomblob(16)))" if is_sqlite else "gen_random_uuid()"
    if column.get_internal_type() == "DateTimeField":
        days = "copies.days || ' days'"
        return f"datetime(row.{name}, {days})" if is_sqlite else f"row.{name} + ({days})::interval"
    return f"row.{name}"


def _payload(*, is_sqlite: bool) -> str:
    """The event of the copy names the copy's message and body."""
    if is_sqlite:
        return "json_replace(row.payload, '$.message', copies.message, '$.unit', copies.unit)"
    message, unit = ("to_jsonb(copies.message)", "to_jsonb(copies.unit)")
    return f"jsonb_set(jsonb_set(row.payload, '{{message}}', {message}, false), '{{unit}}', {unit}, false)"


def _documents(town: Town) -> None:
    known = set(Document.objects.values_list("pk", flat=True))
    rows = Incident.objects.order_by("pk").values_list(
        "pk", "number", "message__text", "author_name", "topic", "place", "stage"
    )

    def made() -> Iterator[Document]:
        for pk, number, text, author, topic, place, stage in rows.iterator(chunk_size=CHUNK):
            if pk in known:
                continue
            found = [(Part.MESSAGE, text), (Part.AUTHOR, author), (Part.TOPIC, topic), (Part.PLACE, place)]
            if stage == "answered":
                found.insert(1, (Part.REPLY, "Здравствуйте! Яму засыплют до конца месяца. Управление дорог."))
            found.append((Part.NUMBER, str(number)))
            parts = [[part.value, words] for part, words in found]
            yield Document(incident_id=pk, organisation_id=town.organisation.pk, parts=parts, stems=stems_of(found))

    _insert(Document, made(), with_keys=True)


def _insert(model: type[Model], rows: Iterable[Any], *, with_keys: bool = False) -> None:
    """Rows as plain statements: model objects would be asked for their keys one batch after another."""
    columns = [one for one in model._meta.concrete_fields if with_keys or not one.primary_key]
    names, marks = ", ".join(str(one.column) for one in columns), ", ".join(["%s"] * len(columns))
    statement = f"INSERT INTO {model._meta.db_table} ({names}) VALUES ({marks})"  # noqa: S608  # our own names
    batch: list[list[Any]] = []
    with connection.cursor() as cursor:
        for row in rows:
            batch.append([one.get_db_prep_save(getattr(row, one.attname), connection) for one in columns])
            if len(batch) == CHUNK:
                cursor.executemany(statement, batch)
                batch.clear()
        if batch:
            cursor.executemany(statement, batch)


def _analyse() -> None:
    """As the database's own housekeeping would; and on PostgreSQL ids go on after those that were given."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence('incidents_incident', 'id'), max(id)) FROM incidents_incident"
            )
        cursor.execute("ANALYZE")


__all__ = ["EventText", "Size", "Town", "build"]
