"""What each of several bodies was asked for and gave, on the card."""

from otklik.journal.queries import Recorded
from otklik.process.events import EventKind
from otklik.process.records import Part, PartStatus
from otklik.web.card.desk import Desk
from otklik.web.card.reply_view import PartState, PartView
from otklik.web.clocks import clock_of

_PART_STATES = {
    PartStatus.PLANNED: PartState.WAITING,
    PartStatus.ASKED: PartState.ASKED,
    PartStatus.IN: PartState.IN,
    PartStatus.RETURNED: PartState.RETURNED,
    PartStatus.WITHDRAWN: PartState.WITHDRAWN,
}


def parts(desk: Desk) -> tuple[PartView, ...]:
    """What each of several bodies was asked for and gave."""
    return tuple(_part(desk, part) for part in desk.data.state.parts)


def _part(desk: Desk, part: Part) -> PartView:
    asked = _part_event(desk, EventKind.PART_REQUESTED, part)
    given = _part_event(desk, EventKind.PART_IN, part)
    back = _part_event(desk, EventKind.PART_RETURNED, part) or _part_event(desk, EventKind.PART_WITHDRAWN, part)
    term = next((row for row in reversed(desk.data.deadlines) if row.part == part.number and row.due_at), None)
    clock = clock_of(term, desk.data.schedules, desk.now, key=f"part-{part.number}") if term else None
    return PartView(
        number=part.number,
        body=desk.unit_name(part.body),
        state=_PART_STATES[part.status],
        question=asked.texts.get("question", "") if asked else "",
        person=desk.person_name(given.actor_id) if given else "",
        text=given.texts.get("text", "") if given else "",
        at=given.happened_at.astimezone(desk.now.tzinfo) if given else None,
        chronometer=clock if part.status is PartStatus.ASKED else None,
        note=back.texts.get("reason", "") if back else "",
        mine=part.body in desk.actor.units,
        consolidates=part.body == desk.data.state.consolidator,
    )


def _part_event(desk: Desk, kind: EventKind, part: Part) -> Recorded | None:
    rows = (event for event in reversed(desk.data.recorded) if event.kind == kind.value)
    return next((event for event in rows if event.payload.get("part") == part.number), None)
