"""Several people, or the same browser twice, on one incident at the same moment: on PostgreSQL and on SQLite alike."""

import datetime as dt
import threading
from collections.abc import Callable
from typing import TypeVar
from uuid import UUID, uuid4

import pytest
from django.db import connection

from otklik.incidents import actions
from otklik.incidents.models import Incident
from otklik.journal.models import Event
from otklik.messages.actions import HandMade, enter_by_hand
from otklik.messages.models import Message
from otklik.orgs.actions import give_role
from otklik.orgs.models import Person
from otklik.process import commands as c
from otklik.process.refusal import RefusalCode
from otklik.process.state import ReplyKind
from otklik.project.transactions import EVERYTHING, read
from otklik.regulation.model.people import OurRole
from tests.cast import LONG_AGO, by, make_person
from tests.incidents.desk import MINUTE, NOON, A, Desk, make_desk

pytestmark = pytest.mark.django_db(transaction=True)

T = TypeVar("T")


def at_once(*tasks: Callable[[], T]) -> list[T]:
    """Run them in threads of their own, started together; what each returned. An error of one fails the test."""
    results: dict[int, T] = {}
    errors: list[Exception] = []
    start = threading.Barrier(len(tasks))

    def run(place: int, task: Callable[[], T]) -> None:
        try:
            with read(EVERYTHING):
                start.wait(timeout=10)
                results[place] = task()
        except Exception as error:  # noqa: BLE001  # told in the main thread
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=one) for one in enumerate(tasks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not errors, errors
    return [results[place] for place in sorted(results)]


@pytest.fixture
def desk() -> Desk:
    here = make_desk(A)
    here.do(c.Select(critical=True), here.cast.curator)
    return here


def give(desk: Desk, command: c.Command, person: Person, command_id: UUID | None = None) -> actions.Outcome:
    return actions.perform(
        desk.incident.pk,
        command,
        person=person,
        command_id=command_id or uuid4(),
        now=desk.now + MINUTE,
    )


def test_the_same_command_twice_in_parallel_is_done_once(desk: Desk) -> None:
    command_id = uuid4()
    command = c.Route(unit=desk.cast.unit.key)
    outcomes = at_once(*[lambda: give(desk, command, desk.cast.curator, command_id)] * 4)
    assert [one.refusal for one in outcomes] == [None] * 4
    assert sorted(one.is_repeated for one in outcomes) == [False, True, True, True]
    assert len({tuple(event.id for event in one.events) for one in outcomes}) == 1
    assert len(desk.events("routed")) == 1
    assert desk.differences() == []


def test_an_id_of_another_incident_is_told_apart(desk: Desk) -> None:
    made = HandMade(network="vk", text="Другая яма")
    other = Incident.objects.get(
        message=enter_by_hand(desk.cast.organisation, desk.cast.operator, made, now=NOON).message
    )
    command_id = uuid4()
    give(desk, c.AddNote(note="первая"), desk.cast.curator, command_id)
    with pytest.raises(actions.CommandIdTaken, match=str(command_id)):
        actions.perform(
            other.pk, c.AddNote(note="вторая"), person=desk.cast.curator, command_id=command_id, now=desk.now + MINUTE
        )


def test_two_commands_in_parallel_are_each_decided_on_what_the_other_left(desk: Desk) -> None:
    """Two curators route it at once: the second finds it routed, and cannot send it to the same body again."""
    second = make_person(desk.cast.organisation, "curator-2", OurRole.CURATOR)
    command = c.Route(unit=desk.cast.unit.key)
    outcomes = at_once(lambda: give(desk, command, desk.cast.curator), lambda: give(desk, command, second))
    refused = [one.refusal.code for one in outcomes if one.refusal is not None]
    assert refused == [RefusalCode.SAME_UNIT]
    assert len(desk.events("routed")) == 1
    assert desk.differences() == []


def test_different_steps_in_parallel_are_both_taken_one_after_the_other(desk: Desk) -> None:
    notes = [f"заметка {number}" for number in range(6)]
    outcomes = at_once(*[lambda note=note: give(desk, c.AddNote(note=note), desk.cast.curator) for note in notes])
    assert not [one.refusal for one in outcomes if one.refusal]
    assert sorted(one.texts["note"] for one in desk.events("note_added")) == notes
    numbers = [one.number for one in desk.events()]
    assert numbers == list(range(1, len(numbers) + 1))
    assert desk.differences() == []


def test_of_two_versions_written_on_the_same_one_is_refused_and_neither_text_is_lost(desk: Desk) -> None:
    """The second sees both: what the colleague saved, and their own words in the working copy."""
    desk.do(c.Route(unit=desk.cast.unit.key), desk.cast.curator)
    colleague, executor = make_person(desk.cast.organisation, "executor-2"), desk.cast.executor
    give_role(colleague, OurRole.EXECUTOR, unit=desk.cast.unit, since_at=LONG_AGO, by=by())
    words = {colleague.pk: "Яму засыплют.", executor.pk: "Ямы больше нет."}

    def write(person: Person) -> actions.Outcome:
        actions.save_copy(
            desk.incident, person, kind=ReplyKind.FINAL, text=words[person.pk],
            base_version=0, now=desk.now,
        )  # fmt: skip
        return give(desk, c.SaveDraft(text=words[person.pk], base_version=0), person)

    outcomes = at_once(lambda: write(colleague), lambda: write(executor))
    refused = [one.refusal for one in outcomes if one.refusal is not None]
    assert [one.code for one in refused] == [RefusalCode.DRAFT_STALE]
    (saved,) = desk.events("draft_saved")
    assert saved.texts["text"] in words.values()
    assert {copy.text for copy in desk.incident.copies.all()} == set(words.values())
    assert desk.differences() == []


def test_one_message_opened_in_parallel_is_one_incident() -> None:
    desk = make_desk(A)
    made = HandMade(network="vk", text="Ещё яма", is_news=False)
    message = enter_by_hand(desk.cast.organisation, desk.cast.operator, made, now=NOON).message

    def open_it() -> int:
        fresh = Message.objects.select_related("organisation").get(pk=message.pk)
        detection = actions.Detection()
        return actions.open_incident(fresh, detection, command_id=uuid4(), now=NOON + MINUTE).pk

    assert len(set(at_once(*[open_it] * 4))) == 1
    assert Incident.objects.filter(message=message).count() == 1
    assert Event.objects.filter(kind="detected").count() == 2


def test_messages_in_parallel_get_dense_numbers() -> None:
    desk = make_desk(A)

    def enter(number: int) -> int:
        made = HandMade(network="vk", text=f"Яма {number}")
        when = NOON + dt.timedelta(seconds=number)
        message = enter_by_hand(desk.cast.organisation, desk.cast.operator, made, now=when).message
        return Incident.objects.get(message=message).number

    numbers = at_once(*[lambda number=number: enter(number) for number in range(6)])
    assert sorted(numbers) == [2, 3, 4, 5, 6, 7]
    assert desk.differences() == []


def test_opening_does_not_wait_for_a_step_on_another_incident(desk: Desk) -> None:
    """Steps point rows at the organisation, opening counts its incidents: neither may block the other for good."""

    def enter(number: int) -> None:
        made = HandMade(network="vk", text=f"Яма {number}")
        enter_by_hand(desk.cast.organisation, desk.cast.operator, made, now=NOON)

    def note(number: int) -> None:
        give(desk, c.AddNote(note=str(number)), desk.cast.curator)

    at_once(*[lambda n=n: (enter if n % 2 else note)(n) for n in range(8)])
    assert Incident.objects.count() == 5
    assert desk.differences() == []
