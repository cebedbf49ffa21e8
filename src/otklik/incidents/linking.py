"""Two incidents that have something in common: each shows the other, so both journals say it, or neither."""

import datetime as dt
import uuid

from otklik.incidents import actions
from otklik.incidents.models import Incident
from otklik.orgs.models import Person
from otklik.process.commands import Link, Unlink
from otklik.process.refusal import RefusalCode
from otklik.project.transactions import write

OTHER_SIDE = "other-side"


class _Undone(Exception):
    """The other incident refuses: nothing is kept of the first."""

    def __init__(self, outcome: actions.Outcome) -> None:
        super().__init__(outcome.refusal)
        self.outcome = outcome


def link(
    one: Incident, other: Incident, relation: str, *, person: Person, command_id: uuid.UUID, now: dt.datetime
) -> actions.Outcome:
    """Both show each other. The caller has made sure that the person sees both; a refusal changes neither.

    :raises ValueError: they are of two organisations, or one and the same.
    """
    there, back = Link(str(other.pk), relation), Link(str(one.pk), relation)
    return _both(one, other, (there, back), person=person, command_id=command_id, now=now)


def unlink(
    one: Incident, other: Incident, *, person: Person, command_id: uuid.UUID, now: dt.datetime
) -> actions.Outcome:
    """Neither shows the other any more; it need not have shown this one. As `link`."""
    there, back = Unlink(str(other.pk)), Unlink(str(one.pk))
    return _both(one, other, (there, back), person=person, command_id=command_id, now=now)


def _both(
    one: Incident,
    other: Incident,
    commands: tuple[Link | Unlink, Link | Unlink],
    *,
    person: Person,
    command_id: uuid.UUID,
    now: dt.datetime,
) -> actions.Outcome:
    if one.organisation_id != other.organisation_id or one.pk == other.pk:
        raise ValueError("two incidents of one organisation are linked")
    steps = [(one.pk, commands[0], command_id), (other.pk, commands[1], uuid.uuid5(command_id, OTHER_SIDE))]
    outcomes: dict[int, actions.Outcome] = {}
    try:
        with write([one.organisation_id]):
            for pk, command, own_id in sorted(steps, key=lambda step: step[0]):  # locked in everybody's order
                outcomes[pk] = actions.perform(pk, command, person=person, command_id=own_id, now=now)
                _require_done(outcomes[pk], may_be_gone=pk == other.pk)
    except _Undone as undone:
        return undone.outcome
    return outcomes[one.pk]


def _require_done(outcome: actions.Outcome, *, may_be_gone: bool) -> None:
    """`may_be_gone`: the other side need not have shown this one."""
    refusal = outcome.refusal
    if refusal is not None and not (may_be_gone and refusal.code is RefusalCode.NOT_LINKED):
        raise _Undone(outcome)
