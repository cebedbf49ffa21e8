"""The stream of changes: who is told what, and how a browser goes on after a break. Nothing here waits or sleeps."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from otklik.incidents import access, changes
from otklik.incidents.access import Sight
from otklik.incidents.changes import Change
from otklik.journal.sealing import seal_all
from otklik.orgs.models import Person
from otklik.process import commands as c
from otklik.web.live import hub as hubs
from otklik.web.live import views
from otklik.web.live.hub import Hub, look
from otklik.web.live.stream import Viewer, place, stream, written
from tests.cast import make_cast
from tests.incidents.desk import MINUTE, A, make_desk

ClientOf = Callable[[Person], Client]

WHOLE = Sight(frozenset({1}), frozenset())
OF_UNIT = Sight(frozenset(), frozenset({7}))


class Journal:
    """What a watcher finds, said by the test."""

    def __init__(self) -> None:
        self.heads = {1: 10, 2: 5}
        self.fresh: list[Change] = []

    def happen(self, *found: Change) -> None:
        self.fresh = list(found)
        self.heads |= {one.organisation_id: one.number for one in found}

    def look(self, _known: object) -> tuple[dict[int, int], Sequence[Change]]:
        found, self.fresh = self.fresh, []
        return dict(self.heads), found


@pytest.fixture
def journal() -> Journal:
    return Journal()


@pytest.fixture
def hub(journal: Journal) -> Hub:
    made = Hub(journal.look, is_watching=False)
    made.tick()
    return made


def happened(hub: Hub, journal: Journal, *found: Change) -> None:
    journal.happen(*found)
    hub.tick()


def event(raw: bytes) -> tuple[str, Any, str]:
    """Name, data and id of an event; a breath has none."""
    fields = dict(line.split(": ", 1) for line in raw.decode().splitlines() if ": " in line)
    return fields.get("event", ""), json.loads(fields.get("data", "null")), fields.get("id", "")


async def after_start(events: AsyncIterator[bytes]) -> tuple[str, Any, str]:
    assert (await anext(events)).startswith(b"retry:")
    return event(await anext(events))


def listen(hub: Hub, viewer: Viewer, then: Callable[[], None]) -> tuple[Any, Any]:
    """The first event of a stream, and the one after `then` has happened."""

    async def listening() -> tuple[Any, Any]:
        events = stream(hub, viewer)
        first = await after_start(events)
        then()
        return first, event(await anext(events))

    return asyncio.run(listening())


def test_a_change_is_told_with_the_place_to_go_on_from(hub: Hub, journal: Journal) -> None:
    viewer = Viewer(WHOLE, (1,), "1:10")
    first, second = listen(hub, viewer, lambda: happened(hub, journal, Change(1, 11, 42), Change(1, 12, 17)))
    assert first == ("ready", {}, "1:10")
    assert second == ("change", {"incidents": [17, 42]}, "1:12")


@pytest.mark.parametrize(
    ("sight", "change", "is_told"),
    [
        (WHOLE, Change(1, 11, 42), True),
        (WHOLE, Change(2, 6, 42), False),
        (OF_UNIT, Change(1, 11, 42, frozenset({7, 8})), True),
        (OF_UNIT, Change(1, 11, 42, frozenset({8})), False),
        (Sight(frozenset(), frozenset()), Change(1, 11, 42, frozenset({7})), False),
    ],
)
def test_only_what_is_in_sight_is_told(
    hub: Hub, journal: Journal, sight: Sight, change: Change, *, is_told: bool
) -> None:
    _, second = listen(hub, Viewer(sight, (1,), "1:10"), lambda: happened(hub, journal, change))
    assert second == (("change", {"incidents": [42]}, "1:11") if is_told else ("", None, ""))


def test_what_was_missed_comes_first(hub: Hub, journal: Journal) -> None:
    happened(hub, journal, Change(1, 11, 42), Change(2, 6, 99))
    happened(hub, journal, Change(1, 12, 43))
    first, _ = listen(hub, Viewer(WHOLE, (1,), "1:11"), lambda: happened(hub, journal, Change(1, 13, 44)))
    assert first == ("change", {"incidents": [43]}, "1:12")


def test_a_break_too_long_asks_for_everything(hub: Hub, journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing() -> None:
        happened(hub, journal, Change(1, 99, 1))

    assert listen(hub, Viewer(WHOLE, (1,), "1:9"), nothing)[0][0] == "renew"  # before anybody watched
    monkeypatch.setattr(hubs, "REMEMBERED", 1)
    happened(hub, journal, Change(1, 100, 1))
    assert listen(hub, Viewer(WHOLE, (1,), "1:98"), nothing)[0][0] == "renew"


def test_a_flood_is_one_renewal(hub: Hub, journal: Journal) -> None:
    _, second = listen(hub, Viewer(WHOLE, (1,), "1:10"), lambda: happened(hub, journal, Change(1, 9000, None)))
    assert second == ("renew", {}, "1:9000")


def test_a_stream_ends_and_leaves_nothing_behind(hub: Hub) -> None:
    async def whole() -> list[bytes]:
        return [one async for one in stream(hub, Viewer(WHOLE, (1,), "1:10"), lasts=0)]

    assert len(asyncio.run(whole())) == 2
    assert hub._inboxes == set()


@pytest.mark.parametrize("text", ["", "x", "1", "1:", ":1", "1:x", "-1:5", "1:5:6", "١:٢", ",,,", "9" * 5000])
def test_any_last_id_is_a_place(text: str) -> None:
    assert place(text) == {}


def test_a_place_is_read_as_it_was_written() -> None:
    assert place(written({5: 812, 7: 40, 9: 1}, (7, 5))) == {5: 812, 7: 40}


@pytest.mark.django_db
def test_the_watcher_reads_what_was_sealed_with_who_sees_it() -> None:
    cast = make_cast(act=A)
    desk = make_desk(A, cast)
    seal_all(now=desk.now)
    before, _ = look(None)
    desk.do(c.Select(critical=True), cast.curator)
    desk.do(c.Route(unit=cast.unit.key), cast.curator)
    assert look(before) == (before, ())  # not sealed yet: a slower transaction may still come before it
    seal_all(now=desk.now)
    after, found = look(before)
    assert {(one.incident_id, one.units) for one in found} == {(desk.incident.pk, frozenset({cast.unit.pk}))}
    assert [one.number for one in found] == sorted(one.number for one in found)
    assert after[cast.organisation.pk] == found[-1].number
    now = desk.now + MINUTE
    for person, sees in (
        (cast.curator, True),
        (cast.executor, True),
        (cast.administrator, False),
        (cast.outsider, False),
    ):
        assert access.sight_of(person, now).covers(cast.organisation.pk, found[0].units) is sees


@pytest.mark.django_db
def test_many_changes_at_once_are_not_told_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = make_desk(A)
    desk.do(c.AddNote(note="раз"), desk.cast.curator)
    seal_all(now=desk.now)
    monkeypatch.setattr(changes, "MOST", 1)
    ours = desk.cast.organisation.pk
    (found,) = changes.since({}, {ours: changes.heads()[ours]})
    assert found.incident_id is None


@pytest.mark.django_db
def test_the_door_opens_a_stream_that_asks_no_database(
    client_of: ClientOf, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = make_cast(act=A)
    monkeypatch.setattr(views, "hub", hub)
    answer: Any = client_of(cast.curator).get("/live/", headers={"Last-Event-ID": "1:10"})
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/event-stream"
    assert answer["Cache-Control"] == "no-store"
    with CaptureQueriesContext(connection) as context:
        assert asyncio.run(after_start(aiter(answer.streaming_content)))[0] == "ready"
    assert context.captured_queries == []


@pytest.mark.django_db
def test_a_page_asks_for_some_rows_only(client_of: ClientOf) -> None:
    cast = make_cast(act=A)
    desks = [make_desk(A, cast, text=f"Яма {number}") for number in range(3)]
    one, two, _ = (desk.incident.pk for desk in desks)
    desks[1].do(c.Select(critical=True), cast.curator)
    client = client_of(cast.curator)
    page = client.get("/queue/changes/", {"section": "selection", "ids": f"{one},{two},x,{'9' * 40}"}).content.decode()
    assert f'id="row-i{one}"' in page
    assert f'id="row-i{two}"' not in page  # it has left the section
    assert "Яма 2" not in page  # not asked for
    assert '<span data-count="selection">2</span>' in page
    stranger = client_of(cast.outsider).get("/queue/changes/", {"section": "all", "ids": f"{one}"}).content.decode()
    assert "row-i" not in stranger


@pytest.mark.django_db
def test_the_queue_says_where_it_stands_in_the_stream(client_of: ClientOf) -> None:
    cast = make_cast(act=A)
    desk = make_desk(A, cast)
    seal_all(now=desk.now)
    page = client_of(cast.curator).get("/").content.decode()
    number = changes.heads()[cast.organisation.pk]
    assert f'data-live-id="{cast.organisation.pk}:{number}"' in page
    assert 'data-live-url="/live/"' in page
