"""One incident in the database, under one of the acts: people act on it, minutes after Friday noon in Moscow.

`Desk.do` performs a command and fails the test if it is refused; `Desk.refused` the other way about. Hours are 9 to 18
with lunch from 13:00 to 13:45, so that the time left on this Friday is 5:15.
"""

import datetime as dt
from dataclasses import dataclass
from uuid import uuid4

from otklik.incidents import actions, recompute
from otklik.incidents.models import DeadlineRow, Incident
from otklik.journal.queries import Recorded, events_of
from otklik.messages.actions import HandMade, enter_by_hand
from otklik.orgs.models import Person
from otklik.process.actor import OnBehalf
from otklik.process.commands import Command
from otklik.process.refusal import RefusalCode
from tests.cast import Cast, make_cast

NOON = dt.datetime(2026, 11, 27, 9, 0, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)

N, K, U = "novoalekseevskaya-2020-129", "kalininsky", "ukhta-2021-960"
L, A = "lesozavodsk-2022-215", "altai-2020-132"


@dataclass
class Desk:
    cast: Cast
    incident: Incident
    now: dt.datetime = NOON

    def ask(
        self, command: Command, person: Person | None, *, after: float = 1, on_behalf_of: OnBehalf | None = None
    ) -> actions.Outcome:
        """`after`: minutes since the last step."""
        self.now += after * MINUTE
        outcome = actions.perform(
            self.incident.pk, command, person=person, command_id=uuid4(), now=self.now, on_behalf_of=on_behalf_of
        )
        self.incident.refresh_from_db()
        return outcome

    def do(
        self, command: Command, person: Person | None, *, after: float = 1, on_behalf_of: OnBehalf | None = None
    ) -> actions.Outcome:
        outcome = self.ask(command, person, after=after, on_behalf_of=on_behalf_of)
        assert outcome.refusal is None, f"{command} was refused: {outcome.refusal}"
        return outcome

    def refused(self, command: Command, person: Person | None, code: RefusalCode) -> actions.Outcome:
        before = self.incident.last_number
        outcome = self.ask(command, person)
        assert outcome.refusal is not None, f"{command} was not refused"
        assert outcome.refusal.code is code, outcome.refusal
        assert self.incident.last_number == before
        return outcome

    @property
    def next_clause(self) -> str:
        return self.incident.next_clause

    def term(self, step: str) -> DeadlineRow:
        """The current count of a step."""
        return DeadlineRow.objects.filter(incident=self.incident, step=step, starts_at__isnull=False).latest("position")

    def states(self) -> dict[str, str]:
        """Of each step that has begun, the state of its current count."""
        rows = DeadlineRow.objects.filter(incident=self.incident, starts_at__isnull=False).order_by("position")
        return dict(rows.values_list("step", "state"))

    def events(self, kind: str = "") -> list[Recorded]:
        return [one for one in events_of(self.incident.pk) if kind in ("", one.kind)]

    def differences(self) -> list[recompute.Difference]:
        """Between the read models and the journal."""
        return list(recompute.check(self.cast.organisation, recompute.Checked(), self.now))


def make_desk(
    act: str, cast: Cast | None = None, *, text: str = "На Садовой яма, вторую неделю никто не чинит"
) -> Desk:
    """A message entered by hand at noon, and its incident."""
    cast = cast or make_cast(act=act)
    made = HandMade(network="vk", text=text, topic="дороги")
    taken = enter_by_hand(cast.organisation, cast.operator, made, now=NOON)
    return Desk(cast, Incident.objects.get(message=taken.message))
