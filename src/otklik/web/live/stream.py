"""What one browser is told: the ids of changed incidents that this person sees, as server-sent events.

    event: change     data: {"incidents": [17, 42]}     look at these
    event: renew      data: {}                          much has changed, or the break was too long: look at everything
    event: ready      data: {}                          the place from which the stream goes on

Each carries an id: the sealed numbers reached, «5:812,7:40» (organisation: number). A browser that comes back gives the
last one it had.
"""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass

from otklik.incidents.access import Sight
from otklik.incidents.changes import Change
from otklik.web.live.hub import Hub, Inbox

LASTS_SECONDS = 300.0
"""Then the browser asks anew, and roles and session are looked at again."""
BREATH_SECONDS = 15.0
"""Between signs of life: proxies give up connections that say nothing."""
RETRY_MS = 2_000


@dataclass(frozen=True, slots=True)
class Viewer:
    """Whose stream it is. `organisation_ids`: those whose numbers it counts; `last_id`: what the browser had last."""

    sight: Sight
    organisation_ids: Sequence[int]
    last_id: str = ""


async def stream(hub: Hub, viewer: Viewer, *, lasts: float = LASTS_SECONDS) -> AsyncIterator[bytes]:
    """The events, until `lasts` seconds have gone. Asks no database."""
    until = time.monotonic() + lasts
    with hub.listening() as inbox:
        yield f"retry: {RETRY_MS}\n\n".encode()
        reached = place(viewer.last_id)
        missed = hub.since(reached) if reached else []
        if missed is None:
            yield _event("renew", {}, "")
        elif missed:
            yield _told(missed, viewer, reached)
        else:
            yield _event("ready", {}, viewer.last_id)
        while (left := until - time.monotonic()) > 0:
            found = await _next(inbox, min(left, BREATH_SECONDS))
            yield _told(found, viewer, reached) if found else b":\n\n"


def place(last_id: str) -> dict[int, int]:
    """Organisation → number, of an id; of whatever else stands there, nothing."""
    pairs = (one.partition(":") for one in last_id[:2000].split(",") if one)
    return {
        int(organisation): int(number)
        for organisation, _, number in pairs
        if organisation.isascii() and number.isascii() and organisation.isdecimal() and number.isdecimal()
    }


def written(heads: Mapping[int, int], organisation_ids: Iterable[int]) -> str:
    """The id of a place."""
    return ",".join(f"{one}:{heads[one]}" for one in sorted(organisation_ids) if one in heads)


async def _next(inbox: Inbox, seconds: float) -> list[Change]:
    """What has come, all of it; nothing within so many seconds: nothing."""
    try:
        found = list(await asyncio.wait_for(inbox.waiting.get(), seconds))
    except TimeoutError:
        return []
    while not inbox.waiting.empty():
        found += inbox.waiting.get_nowait()
    return found


def _told(found: Sequence[Change], viewer: Viewer, reached: dict[int, int]) -> bytes:
    """The event of changes; a breath if this person sees none of them. `reached` moves on either way."""
    own = [change for change in found if change.organisation_id in viewer.organisation_ids]
    for change in own:
        reached[change.organisation_id] = max(change.number, reached.get(change.organisation_id, 0))
    last_id = written(reached, viewer.organisation_ids)
    if any(change.incident_id is None for change in own):
        return _event("renew", {}, last_id)
    seen = {change.incident_id for change in own if viewer.sight.covers(change.organisation_id, change.units)}
    if not seen:
        return b":\n\n"
    return _event("change", {"incidents": sorted(one for one in seen if one is not None)}, last_id)


def _event(name: str, data: Mapping[str, object], last_id: str) -> bytes:
    number = f"id: {last_id}\n" if last_id else ""
    return f"{number}event: {name}\ndata: {json.dumps(data)}\n\n".encode()
