"""What is hashed: the same bytes for the same content, other bytes for any other; only what every database keeps."""

import datetime as dt
from dataclasses import replace
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from otklik.journal import canonical

CONTENT = canonical.Content(
    organisation_id=7,
    incident_id=1,
    number=2,
    kind="routed",
    version=1,
    happened_at=dt.datetime(2026, 11, 27, 13, 40, tzinfo=dt.UTC),
    recorded_at=dt.datetime(2026, 11, 27, 13, 40, 1, tzinfo=dt.UTC),
    actor_id=3,
    on_behalf_of={"role": "curator", "name": "И. о. главы"},
    command_id=UUID(int=5),
    position=0,
    act_hash="a" * 64,
    calendar_version="ru-1",
    payload={"unit": "roads", "parts": [1, 2], "nested": {"б": True, "а": None}},
    text_digests={"note": "b" * 64},
)


class Word(StrEnum):
    ROADS = "roads"


def test_digest_is_pinned() -> None:
    """Format 1 for ever: if this changes, no chain made before can be verified."""
    assert canonical.digest(CONTENT) == "c0767731c7e437c369918d14eb4c0ddbb17add26f767f5293065357b2d7f1c47"


def test_key_order_and_zone_do_not_matter() -> None:
    same = replace(
        CONTENT,
        payload={"parts": (1, 2), "nested": {"а": None, "б": True}, "unit": Word.ROADS},
        happened_at=CONTENT.happened_at.astimezone(ZoneInfo("Asia/Barnaul")),
    )
    assert canonical.digest(same) == canonical.digest(CONTENT)


@pytest.mark.parametrize(
    "change",
    [
        {"organisation_id": 8},
        {"incident_id": 2},
        {"number": 3},
        {"kind": "returned"},
        {"version": 2},
        {"happened_at": CONTENT.happened_at + dt.timedelta(microseconds=1)},
        {"recorded_at": CONTENT.recorded_at + dt.timedelta(microseconds=1)},
        {"actor_id": None},
        {"on_behalf_of": None},
        {"command_id": UUID(int=6)},
        {"position": 1},
        {"act_hash": ""},
        {"calendar_version": "ru-2"},
        {"payload": {}},
        {"payload": {**CONTENT.payload, "parts": ["1", 2]}},
        {"text_digests": {}},
    ],
)
def test_every_part_of_a_row_counts(change: dict[str, object]) -> None:
    assert canonical.digest(replace(CONTENT, **change)) != canonical.digest(CONTENT)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("payload", "where"),
    [
        ({"a": [1, 1.5]}, "payload.a[1]"),
        ({"a": {"b": "x\x00y"}}, "payload.a.b"),
        ({"a": "\ud800"}, "payload.a"),
        ({1: "x"}, "payload"),
        ({"a": dt.date(2026, 1, 1)}, "payload.a"),
        ({"a": {"b"}}, "payload.a"),
    ],
)
def test_refuses_what_would_not_come_back(payload: dict[object, object], where: str) -> None:
    with pytest.raises(canonical.NotCanonical) as refusal:
        canonical.plain(payload)
    assert str(refusal.value).startswith(where + ":")


def test_refuses_naive_times() -> None:
    with pytest.raises(canonical.NotCanonical, match="no time zone"):
        canonical.instant(dt.datetime(2026, 1, 1))  # noqa: DTZ001  # the very thing that is refused


def test_a_text_digest_depends_on_salt_and_text() -> None:
    salt, other = canonical.new_salt(), canonical.new_salt()
    assert salt != other
    digests = {canonical.text_digest(key, text) for key in (salt, other) for text in ("да", "нет")}
    assert len(digests) == 4


def test_chains_of_two_organisations_start_apart() -> None:
    assert canonical.genesis(1) != canonical.genesis(2)
