"""Hands for the journal's tests: append with little writing, seal, look for findings."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from otklik.journal import actions, anchors, sealing, verify
from otklik.journal.models import Event
from otklik.project.transactions import write

NOW = dt.datetime(2026, 11, 27, 13, 40, 5, 123456, tzinfo=dt.UTC)
ORGANISATION = 7


@dataclass(frozen=True)
class Fact:
    kind: str = "detected"
    version: int = 1
    happened_at: dt.datetime = NOW
    payload: Mapping[str, object] = field(default_factory=lambda: {"network": "vk", "message": "15"})
    texts: Mapping[str, str] = field(default_factory=dict)


def command(organisation: int = ORGANISATION, command_id: UUID | None = None, actor: int | None = 3) -> actions.Command:
    return actions.Command(
        id=command_id or uuid4(),
        organisation_id=organisation,
        actor_id=actor,
        act_hash="a" * 64,
        calendar_version="ru-1",
    )


def append(
    *facts: Fact, incident: int | None = 1, organisation: int = ORGANISATION, command_id: UUID | None = None
) -> tuple[Event, ...]:
    with write(tenant=(organisation,)):
        return actions.append(
            command(organisation, command_id), incident_id=incident, events=facts or (Fact(),), now=NOW
        )


def seal(organisation: int = ORGANISATION) -> int:
    return sealing.seal(organisation, now=NOW)


def findings(organisation: int = ORGANISATION) -> list[verify.Finding]:
    return verify.verify(organisation, anchors.of(organisation, anchors.read_all())).findings


def codes(organisation: int = ORGANISATION) -> list[tuple[str, int | None]]:
    return [(finding.code, finding.sealed_number) for finding in findings(organisation)]
