"""What a person enters by hand: a message with its incident, the author's answer with its step; both or neither."""

import datetime as dt
import uuid
from dataclasses import replace

from otklik.incidents.actions import DETECTION, Detection, Outcome, open_incident, perform
from otklik.incidents.models import Incident
from otklik.journal import actions as journal
from otklik.messages.actions import HandMade, TakenIn, enter_by_hand
from otklik.orgs.models import Organisation, Person
from otklik.process.actor import OnBehalf
from otklik.process.commands import AuthorAnswered
from otklik.project.transactions import write


class _Undone(Exception):
    """A refusal that undoes what was written before it."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__("undone")
        self.outcome = outcome


def take_by_hand(
    organisation: Organisation,
    made: HandMade,
    *,
    kind: str | None,
    person: Person,
    command_id: uuid.UUID,
    now: dt.datetime,
) -> TakenIn:
    """A message that a person found or was shown, and its incident, of the kind they name (None: the act's first).

    :raises MessageRefused: as `messages.actions.enter_by_hand`.
    :raises editions.NoAct, DetectionRefused: as `open_incident`; nothing is stored then.
    """
    with write([organisation.pk]):
        taken = enter_by_hand(organisation, person, replace(made, is_news=False), command_id=command_id, now=now)
        if taken.is_new:
            detection_id = uuid.uuid5(DETECTION, str(taken.message.pk))
            open_incident(taken.message, Detection(kind=kind), person=person, command_id=detection_id, now=now)
        return taken


def record_answer(
    incident_id: int,
    made: HandMade,
    *,
    person: Person,
    command_id: uuid.UUID,
    now: dt.datetime,
    on_behalf_of: OnBehalf | None = None,
) -> Outcome:
    """The author's answer to our request, as a person saw it: a message of its own, and `author_answered`.

    Both or neither: a refusal leaves no message behind. The same command id again returns the first result.

    :raises MessageRefused: as `messages.actions.enter_by_hand`.
    :raises Incident.DoesNotExist, CommandIdTaken: as `perform`.
    """
    try:
        return _record_answer(incident_id, made, person, command_id, now, on_behalf_of)
    except _Undone as undone:
        return undone.outcome


def _record_answer(
    incident_id: int, made: HandMade, person: Person, command_id: uuid.UUID, now: dt.datetime, behalf: OnBehalf | None
) -> Outcome:
    """
    :raises _Undone: refused; nothing is written.
    """
    organisation_id = Incident.objects.values_list("organisation_id", flat=True).get(pk=incident_id)
    with write([organisation_id]):
        # Whoever takes messages in locks the organisation first, then the incident: so does this.
        organisation = Organisation.objects.select_for_update(no_key=True).get(pk=organisation_id)
        is_repeated = bool(journal.first_result(organisation_id, command_id))
        taken = None if is_repeated else enter_by_hand(organisation, person, made, command_id=command_id, now=now)
        command = AuthorAnswered(message=str(taken.message.pk) if taken else "")
        outcome = perform(incident_id, command, person=person, command_id=command_id, now=now, on_behalf_of=behalf)
        if outcome.refusal is not None:
            raise _Undone(outcome)
        return outcome
