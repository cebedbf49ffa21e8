"""Append: numbers, command ids, texts, erasure, and the guards of the database itself."""

import datetime as dt
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from otklik.journal import actions, canonical, queries
from otklik.journal.models import Event, EventText
from otklik.project.transactions import write
from tests.journal.hands import NOW, ORGANISATION, Fact, append, command, findings, seal
from tests.runtime_role import as_owner

pytestmark = pytest.mark.django_db


def test_events_are_numbered_within_their_incident() -> None:
    append(Fact(), Fact("selected"))
    append(Fact(), incident=2)
    append(Fact("routed"))
    assert [(event.number, event.kind) for event in queries.events_of(1)] == [
        (1, "detected"),
        (2, "selected"),
        (3, "routed"),
    ]
    assert [event.number for event in queries.events_of(1, after=2)] == [3]
    assert queries.last_number(1) == 3
    assert queries.last_number(99) == 0
    assert {incident: len(events) for incident, events in queries.events_of_many([1, 2, 99]).items()} == {
        1: 3,
        2: 1,
        99: 0,
    }


def test_a_row_comes_back_as_it_was_put_in() -> None:
    fact = Fact(
        "draft_saved",
        2,
        NOW - dt.timedelta(hours=1),
        {"text": "«ёлки»", "list": [1, {"deep": None}], "big": 2**60},
        {"text": "Здравствуйте, Иван!"},
    )
    with write(tenant=(ORGANISATION,)):
        on_behalf_of = {"role": "curator", "evidence": "письмо № 5"}
        cmd = actions.Command(id=uuid4(), organisation_id=ORGANISATION, actor_id=3, on_behalf_of=on_behalf_of)
        actions.append(cmd, incident_id=1, events=[fact], now=NOW)
    (event,) = queries.events_of(1)
    assert (event.kind, event.version, event.happened_at, event.recorded_at) == (
        "draft_saved",
        2,
        fact.happened_at,
        NOW,
    )
    assert (event.payload, event.texts, event.erased) == (fact.payload, fact.texts, frozenset())
    assert (event.on_behalf_of, event.actor_id, event.command_id) == (on_behalf_of, 3, cmd.id)
    assert findings() == []


def test_the_same_command_again_finds_its_first_result() -> None:
    command_id = uuid4()
    assert actions.first_result(ORGANISATION, command_id) == ()
    first = append(Fact(), Fact("selected"), command_id=command_id)
    assert actions.first_result(ORGANISATION, command_id) == first
    assert [event.position for event in first] == [0, 1]
    assert actions.first_result(ORGANISATION + 1, command_id) == ()


def test_a_parallel_request_with_the_same_command_is_refused_whole() -> None:
    command_id = uuid4()
    append(command_id=command_id)
    with pytest.raises(actions.AlreadyRecorded):
        append(Fact("selected"), command_id=command_id)
    with pytest.raises(actions.AlreadyRecorded):
        append(Fact("selected"), incident=2, command_id=command_id)
    assert Event.objects.count() == 1
    append(incident=5, organisation=ORGANISATION + 1, command_id=command_id)  # another organisation's ids are its own


def test_one_command_may_touch_two_incidents() -> None:
    cmd = command()
    with write(tenant=(ORGANISATION,)):
        first = actions.append(cmd, incident_id=1, events=[Fact("linked")], now=NOW)
        actions.append(cmd, incident_id=2, events=[Fact("detected")], now=NOW, position_from=len(first))
    assert [(event.incident_id, event.position) for event in actions.first_result(ORGANISATION, cmd.id)] == [
        (1, 0),
        (2, 1),
    ]


def test_the_first_events_of_many_incidents_at_once() -> None:
    repeated = command()
    facts = (Fact("posted"), Fact(texts={"text": "Яма"}))
    batches = [actions.Batch(repeated, 1, facts), actions.Batch(command(), 2, (Fact(),))]
    with write(tenant=(ORGANISATION,)):
        rows = actions.append_first(batches, now=NOW)
    assert [[(row.incident_id, row.number, row.position) for row in one] for one in rows] == [
        [(1, 1, 0), (1, 2, 1)],
        [(2, 1, 0)],
    ]
    assert queries.events_of(1)[1].texts == {"text": "Яма"}
    seal()
    assert findings() == []
    for batch in (actions.Batch(repeated, 3, (Fact(),)), actions.Batch(command(), 2, (Fact(),))):
        with pytest.raises(actions.AlreadyRecorded), write(tenant=(ORGANISATION,)):
            actions.append_first([actions.Batch(command(), 4, (Fact(),)), batch], now=NOW)
    assert Event.objects.count() == 3


def test_an_incident_that_was_not_locked_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    append()
    seen_before = iter([0, 1])  # another transaction's event was not visible yet when the number was chosen
    monkeypatch.setattr(actions, "_last_number", lambda _: next(seen_before))
    with pytest.raises(actions.OutOfTurn):
        append()


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_written() -> None:
    with pytest.raises(actions.JournalError, match=r"write\(\)"):
        actions.append(command(), incident_id=1, events=[Fact()], now=NOW)


def test_what_the_journal_cannot_hold_is_refused_before_anything_is_written() -> None:
    with pytest.raises(canonical.NotCanonical, match=r"texts\.note: .*NUL"):
        append(Fact(), Fact(texts={"note": "a\x00b"}))
    assert not Event.objects.exists()


def test_nothing_to_record() -> None:
    with write(tenant=(ORGANISATION,)):
        assert actions.append(command(), incident_id=1, events=[], now=NOW) == ()


def erase(event: Event, *names: str) -> Event:
    with write(tenant=(ORGANISATION,)):
        return actions.erase(event, names, ground="152-ФЗ, ст. 21, ч. 5", command=command(), now=NOW)


def test_an_erased_text_is_gone_and_the_chain_is_whole() -> None:
    (event,) = append(Fact(texts={"text": "Живу на Ленина, 5", "author": "Иван"}))
    seal()
    recorded = erase(event, "text")
    seal()
    (read,) = queries.events_of(1)
    assert (read.texts, read.erased) == ({"author": "Иван"}, frozenset({"text"}))
    row = EventText.objects.get(event=event, name="text")
    assert (row.text, row.salt) == ("", "")
    assert (recorded.kind, recorded.incident_id) == ("texts_erased", None)
    assert recorded.payload == {
        "event": event.pk, "incident": 1, "number": 1, "names": ["text"], "ground": "152-ФЗ, ст. 21, ч. 5",
    }  # fmt: skip
    assert findings() == []
    assert [event.kind for event in queries.of_organisation(ORGANISATION)] == ["texts_erased"]
    with pytest.raises(actions.NothingToErase):
        erase(event, "text")
    with pytest.raises(actions.NothingToErase, match="phone"):
        erase(event, "author", "phone")
    with pytest.raises(actions.NothingToErase):
        erase(event)
    assert queries.events_of(1)[0].texts == {"author": "Иван"}


REFUSED = (
    "UPDATE journal_event SET kind = 'published'",
    "UPDATE journal_event SET payload = '{}'",
    "UPDATE journal_event SET version = 2, sealed_number = 9, sealed_hash = 'x' WHERE sealed_number IS NULL",
    "UPDATE journal_event SET sealed_number = 9, sealed_hash = 'x' WHERE sealed_number IS NOT NULL",
    "UPDATE journal_event SET sealed_number = NULL, sealed_hash = NULL WHERE sealed_number IS NOT NULL",
    "UPDATE journal_event SET sealed_number = 9 WHERE sealed_number IS NULL",
    "DELETE FROM journal_event_text",
    "DELETE FROM journal_event",
    "UPDATE journal_event_text SET text = 'other'",
    "UPDATE journal_event_text SET text = ''",
    "UPDATE journal_event_text SET erased_at = '2026-01-01 00:00:00+00:00', text = 'other', salt = ''",
    "UPDATE journal_event_text SET erased_at = '2026-01-01 00:00:00+00:00', text = '', salt = '', digest = 'x'",
)


@pytest.mark.parametrize("sql", REFUSED)
def test_the_database_refuses(sql: str) -> None:
    append(Fact(happened_at=NOW - dt.timedelta(1), texts={"text": "да"}))
    seal()
    append(Fact(happened_at=NOW - dt.timedelta(1), texts={"text": "нет"}))
    with pytest.raises(DatabaseError, match="refused"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert findings() == []


def test_the_database_refuses_to_be_emptied() -> None:
    """Even for its owner. SQLite empties a table by DELETE without WHERE."""
    sql = {"postgresql": "TRUNCATE journal_event CASCADE", "sqlite": "DELETE FROM journal_event"}[connection.vendor]
    append()
    with as_owner(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(DatabaseError, match="refused"), transaction.atomic():
            cursor.execute(sql)
