"""A stored sample of each kind and version of event: what was written by a release must fold for ever.

The files under tests/process/samples/ are never rewritten. A new version of a kind adds a file beside the old one.
"""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from otklik.process.events import PAYLOADS, Event, EventKind, Shape
from otklik.process.evolve import UnknownEvent, evolve, fold
from otklik.process.fold.reading import BadPayload
from otklik.process.records import Part, PartStatus
from otklik.process.state import DocumentStatus, Promise, Slot, Stage, State
from otklik.process.upcast import Upcaster, upcast
from tests.process.decide.shape import check_shape

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
FILES = sorted(SAMPLES.glob("*.v*.json"))
NOW = dt.datetime(2026, 11, 27, 10, 0, tzinfo=dt.UTC)


def read(data: dict[str, Any], *, texts: bool = True) -> Event:
    at = dt.datetime.fromisoformat(data["happened_at"])
    return upcast(data["kind"], data["version"], at, data["payload"], data["texts"] if texts else None)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_stored_sample_folds(path: Path) -> None:
    event = read(json.loads(path.read_text()))
    check_shape(event)
    before = fold([read(json.loads((SAMPLES / "detected.v1.json").read_text()))])
    after = evolve(before, event)
    assert after.events == 2


def test_there_is_a_sample_of_every_kind_in_every_version() -> None:
    wanted = {f"{kind.value}.v{number}" for kind, shape in PAYLOADS.items() for number in range(1, shape.version + 1)}
    assert {path.stem for path in FILES} == wanted
    assert set(PAYLOADS) == set(EventKind)


@pytest.mark.parametrize("texts", [True, False])
def test_a_stored_life_folds_to_what_it_came_to_with_or_without_its_texts(*, texts: bool) -> None:
    life = json.loads((SAMPLES / "life.json").read_text())
    state = fold(read(data, texts=texts) for data in life)
    assert state.stage is Stage.DRAFTING
    assert state.round == 2
    assert state.events == len(life)
    assert state.importance == "high"
    assert [part.status for part in state.parts] == [PartStatus.IN, PartStatus.WITHDRAWN]
    assert [(item.slot.key, item.status) for item in state.documents] == [
        ("vk:1/final/1", DocumentStatus.PUBLISHED),
        ("vk:1/correction/1", DocumentStatus.PUBLISHED),
        ("vk:1/withdrawal/1", DocumentStatus.PUBLISHED),
    ]
    assert [(promise.number, promise.is_open) for promise in state.promises] == [(1, False), (2, False)]
    assert [(verdict.step, verdict.state, verdict.corrected) for verdict in state.verdicts] == [("reply", "met", True)]
    assert dict(state.assigned) == {"curator": "curator-1", "executor": "42"}
    assert dict(state.tags) == {"place": "ул. Ленина, 5"}


class TestUpcasting:
    UPCASTERS: dict[tuple[EventKind, int], Upcaster] = {
        (EventKind.ROUTED, 1): lambda payload: {"unit": payload["department"]},
        (EventKind.ROUTED, 2): lambda payload: {**payload, "previous": "nobody"},
    }
    SHAPES = {**PAYLOADS, EventKind.ROUTED: Shape(("unit?", "previous?"), version=3)}

    def read(self, version: int, payload: dict[str, object]) -> Event:
        return upcast("routed", version, NOW, payload, upcasters=self.UPCASTERS, shapes=self.SHAPES)

    def test_step_by_step_to_the_current_version(self) -> None:
        event = self.read(1, {"department": "roads"})
        assert event.version == 3
        assert event.payload == {"unit": "roads", "previous": "nobody"}
        assert evolve(State(), event).unit == "roads"

    def test_the_current_version_is_left_as_it_is(self) -> None:
        assert self.read(3, {"unit": "roads"}).payload == {"unit": "roads"}

    @pytest.mark.parametrize(("kind", "version"), [("dissolved", 1), ("routed", 4), ("routed", 0)])
    def test_what_a_newer_release_wrote_is_refused_aloud(self, kind: str, version: int) -> None:
        with pytest.raises(UnknownEvent):
            upcast(kind, version, NOW, {}, shapes=self.SHAPES)

    def test_a_missing_upcaster_is_refused_aloud(self) -> None:
        with pytest.raises(UnknownEvent, match="Register it"):
            upcast("routed", 1, NOW, {}, upcasters={}, shapes=self.SHAPES)


class TestBadEvents:
    def test_an_unknown_kind(self) -> None:
        with pytest.raises(UnknownEvent):
            evolve(State(), Event("dissolved", 1, NOW))  # type: ignore[arg-type]  # on purpose

    @pytest.mark.parametrize(
        ("kind", "payload"),
        [
            (EventKind.DETECTED, {"message": "1"}),
            (EventKind.DETECTED, {"message": 1, "network": "vk", "kind": "m", "importance": "n", "found_by": "x"}),
            (EventKind.PART_IN, {"part": "one"}),
            (EventKind.APPROVED, {"message": "1", "reply": "novel", "number": 1}),
            (EventKind.WARNED, {"step": "reply", "starts_at": "yesterday"}),
            (EventKind.WARNED, {"step": "reply", "starts_at": "2026-11-27T10:00:00"}),
            (EventKind.PARTS_PLANNED, {"parts": "roads"}),
            (EventKind.TAGGED, {"tags": ["topic"]}),
        ],
    )
    def test_a_payload_that_is_not_what_its_kind_promises(self, kind: EventKind, payload: dict[str, object]) -> None:
        with pytest.raises(BadPayload):
            evolve(State(), Event(kind, 1, NOW, payload))


def test_state_says_who_takes_part_and_what_is_open() -> None:
    parts = (Part(1, "roads", status=PartStatus.ASKED), Part(2, "parks"), Part(3, "water", status=PartStatus.WITHDRAWN))
    promises = (Promise(1, NOW.date(), Slot("1", "final"), kept_at=NOW), Promise(2, NOW.date(), Slot("1", "final")))  # type: ignore[arg-type]  # the word is enough here
    state = State(unit="admin", parts=parts, promises=promises)
    assert state.units == {"admin", "roads"}
    assert [part.number for part in state.parts_open] == [1, 2]
    assert [promise.number for promise in state.promises_open] == [2]
