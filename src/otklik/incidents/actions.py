"""All writes of incidents. Everything that happens goes through `perform`, in one shape and one transaction:

lock the incident row, fold its journal, decide, append, record the verdicts that the step brought about, bring the read
models up to date, and enqueue what follows. The same command id again returns the first result.
"""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Max

from otklik.incidents import editions, indexing, names, reactions, wording
from otklik.incidents.folding import fold
from otklik.incidents.models import DraftCopy, Incident
from otklik.incidents.work import (
    Setting,
    Work,
    append,
    append_first,
    keep_dates,
    locked,
    record_verdicts,
    save,
    setting_of,
    state_given_up,
    work_on,
)
from otklik.journal import actions as journal
from otklik.journal import queries as journal_queries
from otklik.journal.models import Event as EventRow
from otklik.journal.queries import Recorded
from otklik.messages.models import Message
from otklik.orgs.actors import actor_of
from otklik.orgs.models import Organisation, Person
from otklik.process.actor import SYSTEM, Actor, OnBehalf
from otklik.process.commands import Command, Detect
from otklik.process.decide import decide
from otklik.process.events import Event
from otklik.process.refusal import Refusal
from otklik.process.state import ReplyKind, State
from otklik.project.transactions import write
from otklik.regulation.model import Act

DETECTION = uuid.UUID("6f0a8c1e-9a53-4a2f-8f0e-2f7f0f1d5a10")
"""Namespace of detection commands: one message is detected once, however often its payload comes."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a command: its events, or the refusal. `is_repeated`: the id had come before."""

    incident_id: int
    state: State
    events: tuple[Recorded, ...] = ()
    refusal: Refusal | None = None
    is_repeated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Detection:
    """How a message came before the curator. `detected_at` (aware) None: now; the rest as in `commands.Detect`."""

    detected_at: dt.datetime | None = None
    found_by: str = "monitoring"
    kind: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """One message whose incident is to be opened. `command_id`: as in `perform`; `person` None: a channel's."""

    message: Message
    detection: Detection
    command_id: uuid.UUID
    person: Person | None = None


class DetectionRefused(Exception):
    """The core refused to open an incident; `refusal` says why."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(f"detection refused: {refusal.code} {dict(refusal.facts)}")
        self.refusal = refusal


class CommandIdTaken(Exception):
    """The id belongs to a command on another incident, or of another person: whoever made it did not make a new one."""


def perform(
    incident_id: int,
    command: Command,
    *,
    person: Person | None,
    command_id: uuid.UUID,
    now: dt.datetime,
    on_behalf_of: OnBehalf | None = None,
) -> Outcome:
    """Do `command` on an incident for `person` (None: the program itself), at `now` (aware UTC).

    The caller has made sure that the person may see the incident (`access.incident`); whether they may do this is
    decided by the act. A refusal changes nothing.

    :raises Incident.DoesNotExist: there is no such incident.
    :raises CommandIdTaken: the id was used for another incident, or by another person.
    """
    organisation_id = Incident.objects.values_list("organisation_id", flat=True).get(pk=incident_id)
    with write([organisation_id]):
        incident = _lock(incident_id)
        earlier = journal.first_result(organisation_id, command_id)
        if earlier:
            return _first_outcome(incident, earlier, person)
        (work,) = work_on(
            [incident],
            setting_of(incident.organisation, now),
            command_id=command_id,
            actor_id=person.pk if person else None,
            on_behalf_of=on_behalf_of,
        )
        return _carry_out(work, command, person, on_behalf_of)


def open_incident(
    message: Message,
    detection: Detection,
    *,
    person: Person | None = None,
    command_id: uuid.UUID,
    now: dt.datetime,
) -> Incident:
    """The message lies before the curator: open its incident, under the edition in force. Once for each message.

    :raises editions.NoAct: the organisation works under no act.
    :raises DetectionRefused: the core refuses, for instance a detection in the future.
    """
    opening = Opening(message=message, detection=detection, command_id=command_id, person=person)
    return open_incidents([opening], now=now)[0]


def open_incidents(openings: Sequence[Opening], *, now: dt.datetime) -> list[Incident]:
    """The incidents of these messages, all of one organisation, in their order: all are opened, or none.

    :raises editions.NoAct: the organisation works under no act.
    :raises DetectionRefused: the core refuses one of them.
    """
    if not openings:
        return []
    organisation_id = openings[0].message.organisation_id
    with write([organisation_id]):
        # Others may go on pointing rows at the organisation (no_key): only who counts its incidents waits.
        organisation = Organisation.objects.select_for_update(no_key=True).get(pk=organisation_id)
        there = _opened(openings)
        new = [opening for opening in openings if opening.message.pk not in there]
        there |= {one.message_id: one for one in _open(organisation, new, now)}
        return [there[opening.message.pk] for opening in openings]


def record_passing(incident_id: int, *, now: dt.datetime) -> tuple[Recorded, ...]:
    """Write the verdicts of terms that have passed by `now`; the work process calls it."""
    organisation_id = Incident.objects.values_list("organisation_id", flat=True).get(pk=incident_id)
    with write([organisation_id]):
        incident = _lock(incident_id)
        return _let_time_pass([incident], setting_of(incident.organisation, now))


def redate(organisation_id: int, incident_ids: Iterable[int], *, now: dt.datetime) -> tuple[Recorded, ...]:
    """Date anew what still runs of these incidents, by the hours and calendars of today; one transaction.

    Those dated by them already are left alone.

    :raises ScheduleError: the organisation's hours cannot be obeyed.
    """
    with write([organisation_id]):
        setting = setting_of(Organisation.objects.get(pk=organisation_id), now)
        rows = [one for one in locked(incident_ids) if one.schedules_version != setting.schedules.version]
        return _let_time_pass(rows, setting)


def note_edit(message: Message, *, now: dt.datetime) -> None:
    """The author has edited the message: what is shown and searched of it follows. Within a `write()`."""
    incidents = locked(Incident.objects.filter(message=message).values_list("pk", flat=True))
    if not incidents:
        return
    setting = setting_of(incidents[0].organisation, now)
    _let_time_pass(incidents, setting)
    indexing.put(work_on(incidents, setting))


def save_copy(
    incident: Incident, person: Person, *, kind: ReplyKind, text: str, base_version: int, now: dt.datetime
) -> DraftCopy:
    """Keep what a person is typing. Not a version, not an event: nothing else changes."""
    with write([incident.organisation_id]):
        copy, _ = DraftCopy.objects.update_or_create(
            incident=incident,
            person=person,
            defaults={
                "organisation_id": incident.organisation_id,
                "kind": kind.value,
                "text": text,
                "base_version": base_version,
                "saved_at": now,
            },
        )
        return copy


def drop_copy(incident: Incident, person: Person) -> None:
    """The working copy has become a version, or is not wanted."""
    with write([incident.organisation_id]):
        DraftCopy.objects.filter(incident=incident, person=person).delete()


# --- A step ---


def _lock(incident_id: int) -> Incident:
    found = locked([incident_id])
    if not found:
        raise Incident.DoesNotExist(f"Incident {incident_id} is not there, or not of this organisation.")
    return found[0]


def _first_outcome(incident: Incident, earlier: Sequence[EventRow], person: Person | None) -> Outcome:
    if any(event.incident_id != incident.pk for event in earlier):
        raise CommandIdTaken(f"Command {earlier[0].command_id} was given to another incident: make a new id.")
    if any(event.actor_id != (person.pk if person else None) for event in earlier):
        raise CommandIdTaken(f"Command {earlier[0].command_id} was given by somebody else: make a new id.")
    state = fold(journal_queries.events_of(incident.pk)).state
    return Outcome(incident.pk, state, tuple(journal_queries.recorded(earlier)), is_repeated=True)


def _carry_out(work: Work, command: Command, person: Person | None, on_behalf_of: OnBehalf | None) -> Outcome:
    setting = work.setting
    actor = SYSTEM
    if person is not None:
        actor = actor_of(person, setting.organisation, setting.now, act=work.act, on_behalf_of=on_behalf_of)
    decided = decide(work.folded.state, command, actor, work.act, setting.schedules, setting.now)
    if not isinstance(decided, Refusal):
        decided = names.unknown(command, setting) or wording.forbidden(work, decided) or decided
    if isinstance(decided, Refusal):
        return Outcome(work.incident.pk, work.folded.state, refusal=decided)
    events = _record(work, decided)
    save([work])
    indexing.put_after(work, events)
    _follow(work, events)
    return Outcome(work.incident.pk, work.folded.state, events)


def _record(work: Work, decided: tuple[Event, ...]) -> tuple[Recorded, ...]:
    """The events of a step, between what a new calendar moved before it and the verdicts it brings about.

    Neither changes what the decision rested on: they say what became of terms, not where the incident stands.
    """
    keep_dates(work)
    before = state_given_up(work)
    events = append(work, decided)
    record_verdicts(work, before=before)
    return events


def _follow(work: Work, events: Sequence[Recorded]) -> None:
    following = reactions.Following(work.incident, work.folded.state, work.act, work.recorded, work.setting.now)
    reactions.follow(following, events)


def _let_time_pass(incidents: Sequence[Incident], setting: Setting) -> tuple[Recorded, ...]:
    works = work_on(incidents, setting, texts=False)
    events = [event for work in works for event in (*keep_dates(work), *record_verdicts(work))]
    save(works)
    return tuple(events)


# --- Opening ---


def _opened(openings: Iterable[Opening]) -> dict[int, Incident]:
    """Message id → the incident it has opened before."""
    found = Incident.objects.filter(message__in=[opening.message.pk for opening in openings])
    return {incident.message_id: incident for incident in found}


def _open(organisation: Organisation, openings: Sequence[Opening], now: dt.datetime) -> list[Incident]:
    if not openings:
        return []
    _, act_hash = editions.for_new(organisation, now)
    setting = setting_of(organisation, now)
    last = Incident.objects.filter(organisation=organisation).aggregate(last=Max("number"))["last"] or 0
    unique = {opening.message.pk: opening for opening in openings}.values()
    incidents = Incident.objects.bulk_create(
        Incident(
            organisation=organisation,
            number=number,
            message=opening.message,
            act_hash=act_hash,
            detected_at=opening.detection.detected_at or now,
            computed_at=now,
        )
        for number, opening in enumerate(unique, last + 1)
    )
    act = editions.by_hash(act_hash)
    actors = _Actors(setting, act)
    detected = [_detect(incident, one, setting, actors) for incident, one in zip(incidents, unique, strict=True)]
    append_first(detected)
    for work, _ in detected:
        record_verdicts(work, before=frozenset())
    works = [work for work, _ in detected]
    save(works)
    indexing.put(works)
    for work, events in detected:
        _follow(work, work.recorded[: len(events)])
    return incidents


class _Actors:
    """Who opens the incidents; looked up once, however many there are."""

    def __init__(self, setting: Setting, act: Act) -> None:
        self._setting = setting
        self._act = act
        self._known: dict[int, Actor] = {}

    def of(self, person: Person | None) -> Actor:
        if person is None:
            return SYSTEM
        if person.pk not in self._known:
            self._known[person.pk] = actor_of(person, self._setting.organisation, self._setting.now, act=self._act)
        return self._known[person.pk]


def _detect(incident: Incident, opening: Opening, setting: Setting, actors: _Actors) -> tuple[Work, tuple[Event, ...]]:
    """The incident at hand, and the events of its detection, not recorded yet."""
    person = opening.person
    (work,) = work_on(
        [incident], setting, command_id=opening.command_id, actor_id=person.pk if person else None, is_new=True
    )
    command = _detection(opening.message, opening.detection)
    decided = decide(work.folded.state, command, actors.of(person), work.act, setting.schedules, setting.now)
    if isinstance(decided, Refusal):
        raise DetectionRefused(decided)
    return work, decided


def _detection(message: Message, detection: Detection) -> Detect:
    found = {"topic": message.topic, "place": message.place_name}
    return Detect(
        happened_at=detection.detected_at,
        evidence="" if detection.detected_at is None else message.url or message.source,
        message=str(message.pk),
        network=message.network,
        posted_at=message.posted_at,
        kind=detection.kind,
        found_by=detection.found_by,
        tags=tuple((name, value) for name, value in sorted(found.items()) if value),
    )
