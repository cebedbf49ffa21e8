"""Incidents at hand, locked, while something is done to them: what the journal says, and the one way to append to it.

Two hands append: whoever gave the command, and the program, which records what time and calendars did. The program's
events have no actor and a command id of their own, made of the command's.
"""

import datetime as dt
import itertools
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from otklik.incidents import editions
from otklik.incidents.folding import Folded, fold
from otklik.incidents.models import Incident
from otklik.incidents.projection import Rows, Words, rows_of
from otklik.incidents.redating import StoredTerm, redate_commands, stored_terms
from otklik.incidents.verdicts import GivenUp, given_up, time_commands
from otklik.incidents.writer import write_rows
from otklik.journal import actions as journal
from otklik.journal import queries as journal_queries
from otklik.journal.queries import Recorded
from otklik.orgs.models import Organisation, Unit
from otklik.orgs.schedules import schedules_for
from otklik.process.actor import SYSTEM, OnBehalf
from otklik.process.commands import Command
from otklik.process.decide import decide
from otklik.process.events import Event
from otklik.process.refusal import Refusal
from otklik.process.schedules import ScheduleSet
from otklik.regulation.model import Act

PROGRAM = uuid.UUID("a1a4a3a0-6c8e-4a55-9a5d-0d7f0f6f2c11")
"""Namespace of what the program records beside a command."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What the incidents of one organisation share at an instant. `units`: key → id."""

    organisation: Organisation
    schedules: ScheduleSet
    units: Mapping[str, int]
    now: dt.datetime


@dataclass(slots=True)
class Work:
    """One incident, locked. `command` is whose events are appended next."""

    incident: Incident
    act: Act
    setting: Setting
    command: journal.Command
    recorded: list[Recorded]
    folded: Folded
    terms: Sequence[StoredTerm] = field(default=())
    """The terms as its rows have them, where they were counted on other schedules than today's."""


def locked(incident_ids: Iterable[int]) -> list[Incident]:
    """Their rows, locked until the end of the transaction, in the order in which everybody locks."""
    rows = Incident.objects.select_for_update(of=("self",), no_key=True).select_related("organisation", "message")
    return list(rows.filter(pk__in=list(incident_ids)).order_by("pk"))


def setting_of(organisation: Organisation, now: dt.datetime) -> Setting:
    """
    :raises ScheduleError: the organisation's hours cannot be obeyed.
    """
    units = dict(Unit.objects.filter(organisation_id=organisation.pk).values_list("key", "pk"))
    return Setting(organisation, schedules_for(organisation, now), units, now)


def work_on(
    incidents: Sequence[Incident],
    setting: Setting,
    *,
    command_id: uuid.UUID | None = None,
    actor_id: int | None = None,
    on_behalf_of: OnBehalf | None = None,
    texts: bool = True,
    is_new: bool = False,
) -> list[Work]:
    """Incidents of one organisation with their journals folded. `command_id` None: a new one for each.

    `texts`: with the personal texts, for reactions; `is_new`: nothing has happened to them yet.
    """
    wanted = [] if is_new else [incident.pk for incident in incidents]
    journals = journal_queries.events_of_many(wanted, texts=texts) if wanted else {}
    behind = [incident.pk for incident in incidents if _is_behind(incident, setting)]
    terms = stored_terms(behind) if behind else {}
    found = []
    for incident in incidents:
        command = journal.Command(
            id=command_id or uuid.uuid4(),
            organisation_id=incident.organisation_id,
            actor_id=actor_id,
            on_behalf_of=None if on_behalf_of is None else _plain(on_behalf_of),
            act_hash=incident.act_hash,
            calendar_version=setting.schedules.own.calendar_version,
        )
        recorded = journals.get(incident.pk, [])
        act = editions.by_hash(recorded[0].act_hash if recorded else incident.act_hash)
        found.append(Work(incident, act, setting, command, recorded, fold(recorded), terms.get(incident.pk, ())))
    return found


def append(work: Work, events: Sequence[Event], *, by_program: bool = False) -> tuple[Recorded, ...]:
    """Record events, and fold them."""
    command = work.command
    if by_program:
        command = replace(command, id=uuid.uuid5(PROGRAM, str(command.id)), actor_id=None, on_behalf_of=None)
    position = sum(1 for event in work.recorded if event.command_id == command.id)
    rows = journal.append(
        command, incident_id=work.incident.pk, events=events, now=work.setting.now, position_from=position
    )
    fresh = journal_queries.recorded(rows)
    work.recorded.extend(fresh)
    work.folded = fold(fresh, work.folded)
    return tuple(fresh)


def append_first(works: Sequence[tuple[Work, Sequence[Event]]]) -> None:
    """Record the first events of new incidents, and fold them: few statements for all."""
    batches = [journal.Batch(work.command, work.incident.pk, tuple(events)) for work, events in works]
    rows = journal.append_first(batches, now=works[0][0].setting.now) if works else []
    fresh = iter(journal_queries.recorded(row for one in rows for row in one))
    for (work, _), one in zip(works, rows, strict=True):
        work.recorded.extend(itertools.islice(fresh, len(one)))
        work.folded = fold(work.recorded)


def keep_dates(work: Work) -> tuple[Recorded, ...]:
    """Where hours or calendars have changed since the rows were computed: write down what passed before, and what now
    runs to another time. Before anything else is recorded."""
    if not work.terms:
        return ()
    setting = work.setting
    commands = redate_commands(work.folded.state, work.act, setting.schedules, work.terms, setting.now)
    return _by_program(work, commands)


def state_given_up(work: Work) -> GivenUp:
    """What had been given up before the step that is about to be recorded."""
    return given_up(work.folded.state, work.act, work.setting.schedules, work.setting.now)


def record_verdicts(work: Work, *, before: GivenUp | None = None) -> tuple[Recorded, ...]:
    """A verdict is an event of its own, written the moment the term is met or passes; a later calendar leaves it be."""
    setting = work.setting
    commands = time_commands(work.folded.state, work.act, setting.schedules, setting.now, before=before)
    return _by_program(work, commands)


def rows_for(work: Work) -> Rows:
    """What the rows of this incident must be."""
    message, setting = work.incident.message, work.setting
    words = Words(message.text, message.author_name, message.network)
    rows = rows_of(work.folded, words, work.act, setting.schedules, setting.units, setting.now)
    if not work.recorded:
        return rows
    given = {"act_hash": work.recorded[0].act_hash, "message_id": int(work.folded.state.message)}
    return replace(rows, columns={**rows.columns, **given})


def save(works: Sequence[Work]) -> None:
    """Bring the read models of these incidents, all of one organisation, up to date."""
    write_rows([(work.incident, rows_for(work)) for work in works])


def _is_behind(incident: Incident, setting: Setting) -> bool:
    return bool(incident.last_number) and incident.schedules_version != setting.schedules.version


def _by_program(work: Work, commands: Iterable[Command]) -> tuple[Recorded, ...]:
    events: list[Event] = []
    setting = work.setting
    for command in commands:
        decided = decide(work.folded.state, command, SYSTEM, work.act, setting.schedules, setting.now)
        if not isinstance(decided, Refusal):
            events.extend(decided)
    return append(work, events, by_program=True) if events else ()


def _plain(on_behalf_of: OnBehalf) -> dict[str, object]:
    return {"role": on_behalf_of.role, "holder": on_behalf_of.holder, "evidence": on_behalf_of.evidence}
