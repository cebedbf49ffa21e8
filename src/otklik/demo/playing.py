"""Walks each message of the demo to its state, by the same commands that people give, at the times they would.

The moves of a scenario are dated so that the last lies before now. Who makes a move is found as on the desk: whoever
the act lets do it; for somebody outside without an account, a colleague records it.
"""

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from uuid import uuid4
from zlib import crc32
from zoneinfo import ZoneInfo

from otklik import worktime
from otklik.connectors.base import Author, IncomingMessage
from otklik.connectors.base import Place as Standing
from otklik.demo import pictures
from otklik.demo.content import OPEN, Evidence, Message
from otklik.demo.moves import Move, moves
from otklik.demo.organisations import Place
from otklik.files import actions as files
from otklik.incidents import actions, editions, queries
from otklik.incidents.models import Incident
from otklik.incidents.telling import TELL
from otklik.jobs.actions import forget
from otklik.messages.actions import Arrival, take_in
from otklik.messages.models import Message as Stored
from otklik.messages.models import MessageSource
from otklik.orgs.actors import actor_of
from otklik.orgs.models import Person
from otklik.orgs.schedules import of_organisation
from otklik.process.actor import Actor, OnBehalf
from otklik.process.available import available
from otklik.process.commands import Command, CommandName
from otklik.process.refusal import Refusal, RefusalCode
from otklik.process.state import Attachment, State
from otklik.regulation.model import Act
from otklik.worktime import Schedule

FRESH = 27
"""Messages that are being worked on came at most so many working minutes earlier than their moves took."""
FORGOTTEN = 9
"""Of these, about one in so many lies since the day that its file says: a good administration is late now and then."""
TRIES = 50
"""More people than may be asked to make one move."""
DETECTION = dt.timedelta(minutes=4)
"""Between posting and detection."""
SPARE = dt.timedelta(minutes=3)
"""Between the last move and now, working time."""
KINDS = {"photo": "photo", "video": "photo", "act": "act", "document": "document"}
"""What a file of a scenario becomes: no video is drawn."""


class StuckError(Exception):
    """A scenario that the act does not let through; the message names it and the refusal."""


def play(place: Place, messages: Sequence[Message], now: dt.datetime) -> None:
    """Play messages of one organisation, within the caller's `write()`. `now` (aware) is when the demo was made.

    A message that repeats another is played after it. One that has been played is left alone.
    """
    player = _Player(place, now)
    for message in messages:
        if queries.of_external(place.organisation.pk, player.external_id(message.key)) is None:
            player.play(message)
    forget(TELL)  # letters of the past are not sent


@dataclass
class _Player:
    """Plays one organisation's messages; who makes which moves is remembered."""

    place: Place
    now: dt.datetime
    actors: dict[int, Actor] = field(default_factory=dict)
    hands: dict[tuple[CommandName, str], Person] = field(default_factory=dict)
    schedule: Schedule = field(init=False)
    zone: ZoneInfo = field(init=False)

    def __post_init__(self) -> None:
        self.schedule = of_organisation(self.place.organisation)
        self.zone = ZoneInfo(self.place.organisation.zone)

    def play(self, message: Message) -> None:
        act, _ = editions.for_new(self.place.organisation, self.now)
        planned = moves(message, act)
        detected_at = self._detected_at(message, planned)
        incident = self._detect(message, detected_at)
        turn = _Turn(self, message, incident, act, detected_at)
        for move in planned:
            turn.make(move)
        actions.record_passing(incident.pk, now=self.now)

    def _detected_at(self, message: Message, planned: Sequence[Move]) -> dt.datetime:
        """As the scenario says, or earlier, so that everything it tells lies in the past; what is still being worked on
        mostly came lately, so that its terms run.
        """
        day = self.now.astimezone(self.zone).date()
        for _ in range(int(message.posted.days_ago)):
            day = worktime.previous_working_day(self.schedule, day)
        told = dt.datetime.combine(day, message.posted.time, self.zone) + DETECTION
        needed = dt.timedelta(minutes=sum(move.minutes for move in planned)) + SPARE
        latest = worktime.subtract(self.schedule, self.now, needed) if planned else self.now
        mark = crc32(message.key.encode())
        if message.scenario.state in OPEN and mark % FORGOTTEN:
            told = max(told, worktime.subtract(self.schedule, latest, dt.timedelta(minutes=mark % FRESH)))
        return min(told, latest, self.now - DETECTION).astimezone(dt.UTC)

    def _detect(self, message: Message, at: dt.datetime) -> Incident:
        incoming = IncomingMessage(
            external_id=self.external_id(message.key),
            place=Standing(
                thread_id=message.key,
                message_id=message.key,
                url=f"https://example.org/{message.network}/{message.key}",
            ),
            author=Author(external_id=message.author, name=message.author),
            text=message.text,
            posted_at=at - DETECTION,
        )
        arrival = Arrival(source=MessageSource.CHANNEL, now=at, topic=message.topic, place_name=message.place)
        taken = take_in(self.place.organisation, message.network, incoming, arrival)
        incident = queries.of_message(taken.message.pk)
        if incident is None:
            raise StuckError(f"{message.key}: no incident was opened")
        return incident

    def external_id(self, key: str) -> str:
        return f"{self.place.organisation.key}-{key}"

    def incident_of(self, message: Message, key: str) -> int:
        """The incident of an earlier message."""
        found = queries.of_external(self.place.organisation.pk, self.external_id(key))
        if found is None:
            raise StuckError(f"{message.key}: {key} has not been played")
        return found.pk

    def actor(self, person: Person, at: dt.datetime, act: Act) -> Actor:
        """Roles of the demo do not change while it is played."""
        if person.pk not in self.actors:
            self.actors[person.pk] = actor_of(person, self.place.organisation, at, act=act)
        return self.actors[person.pk]

    def hand_for(
        self, name: CommandName, unit: str, state: State, act: Act, at: dt.datetime, *, but: Sequence[Person] = ()
    ) -> "_Hand":
        """Whoever may take this step now, other than `but`.

        :raises StuckError: nobody may.
        """
        known = self.hands.get((name, unit))
        order = [known] if known else []
        people = sorted(self.place.people.values(), key=lambda person: not person.has_account)
        order += [person for person in people if person is not known]
        order = [person for person in order if person not in but]
        for wanted in dict.fromkeys((unit, "")):  # the unit's own people first, then whoever the act lets
            for person in order:
                hand = self._may(person, name, wanted, state, act, at)
                if hand is not None:
                    self.hands[name, unit] = person
                    return hand
        raise StuckError(f"nobody may {name.value} in stage {state.stage.value}")

    def _may(
        self, person: Person, name: CommandName, unit: str, state: State, act: Act, at: dt.datetime
    ) -> "_Hand | None":
        if person.organisation_id != self.place.organisation.pk and person.has_account:
            return None
        actor = self.actor(person, at, act)
        holder, behalf = person, None
        if not person.has_account:
            role = next((one.role for one in act.people.roles if one.external and one.is_ in actor.roles), None)
            if role is None:
                return None
            behalf = OnBehalf(role=role, holder=str(person.pk), evidence="Письмо куратора по электронной почте")
            person = next(one for one in self.place.people.values() if one.has_account)
            actor = replace(self.actor(person, at, act), on_behalf_of=behalf)
        if unit and actor.units and unit not in actor.units:
            return None
        return _Hand(person, behalf, holder) if _is_offered(state, actor, act, name) else None


def _is_offered(state: State, actor: Actor, act: Act, name: CommandName) -> bool:
    return any(one.command is name for one in available(state, actor, act))


@dataclass(frozen=True, slots=True)
class _Hand:
    """Who makes a move, and for whom they record it."""

    person: Person
    on_behalf_of: OnBehalf | None
    holder: Person
    """Whose step it is: the person's, or that of the one it is recorded for."""


@dataclass
class _Turn:
    """One message on its way; answers what its moves ask (`moves.Hand`)."""

    player: _Player
    message: Message
    incident: Incident
    act: Act
    at: dt.datetime
    state: State = field(init=False)

    def __post_init__(self) -> None:
        self.state = queries.card(self.incident, None, self.at).state

    def make(self, move: Move) -> None:
        self.at = worktime.add(self.player.schedule, self.at, dt.timedelta(minutes=move.minutes)).astimezone(dt.UTC)
        unit = move.unit or (self.state.unit or "" if move.name in _OF_THE_UNIT else "")
        refused: list[Person] = []
        for _ in range(TRIES):
            try:
                hand = self.player.hand_for(move.name, unit, self.state, self.act, self.at, but=refused)
            except StuckError as stuck:
                if move.optional:
                    return
                raise StuckError(f"{self.message.key} ({self.message.scenario.state}): {stuck}") from None
            outcome = self._perform(hand, move.make(self))
            if outcome.refusal is None:
                self.state = outcome.state
                return
            if outcome.refusal.code not in _OF_THE_PERSON:
                self._give_up(move, hand, outcome.refusal)
                return
            refused.append(self._asked(hand))
        raise StuckError(
            f"{self.message.key} ({self.message.scenario.state}): {move.name.value} was refused to {TRIES} people, "
            f"last to {refused[-1].full_name}"
        )

    def _asked(self, hand: "_Hand") -> Person:
        """Whose step was refused: the person without an account, where it was recorded for them."""
        behalf = hand.on_behalf_of
        people = self.player.place.people.values()
        return next((one for one in people if behalf and str(one.pk) == behalf.holder), hand.person)

    def _give_up(self, move: Move, hand: "_Hand", refusal: Refusal) -> None:
        if not move.optional:
            raise StuckError(
                f"{self.message.key} ({self.message.scenario.state}): {move.name.value} by {hand.person.username} "
                f"refused: {refusal.code.value} {dict(refusal.facts)}"
            )

    def _perform(self, hand: _Hand, command: Command) -> actions.Outcome:
        return actions.perform(
            self.incident.pk,
            command,
            person=hand.person,
            command_id=uuid4(),
            now=self.at,
            on_behalf_of=hand.on_behalf_of,
        )

    @property
    def today(self) -> dt.date:
        return self.at.astimezone(self.player.zone).date()

    def attach(self, evidence: Sequence[Evidence]) -> tuple[Attachment, ...]:
        return tuple(self._file(one) for one in evidence)

    def _file(self, one: Evidence) -> Attachment:
        is_picture = KINDS[one.kind] == "photo"
        content = pictures.picture(one.name) if is_picture else pictures.document()
        organisation_id = self.player.place.organisation.pk
        name = f"{one.name}.{'jpg' if is_picture else 'pdf'}"
        record = files.store(organisation_id, io.BytesIO(content), name=name, uploaded_by=None, now=self.at)
        files.attach(organisation_id, [record.pk], owner_kind="incident", owner_id=self.incident.pk)
        return Attachment(key=str(record.pk), kind=KINDS[one.kind])

    def earlier(self, key: str) -> str:
        return str(self.player.incident_of(self.message, key))

    def earlier_url(self, key: str) -> str:
        return queries.reply_url(self.player.incident_of(self.message, key))

    def published_url(self) -> str:
        return f"https://example.org/{self.message.network}/{self.message.key}/reply-{self.state.events}"

    def answered(self, text: str) -> str:
        """The author's answer as a message of its own."""
        main = self.incident.message
        incoming = IncomingMessage(
            external_id=f"{main.external_id}-answer",
            place=Standing(thread_id=main.thread_id, message_id=f"{self.message.key}-answer"),
            author=Author(external_id=self.message.author, name=self.message.author),
            text=text,
            posted_at=self.at,
        )
        arrival = Arrival(source=MessageSource.CHANNEL, now=self.at, is_news=False)
        stored: Stored = take_in(self.player.place.organisation, self.message.network, incoming, arrival).message
        return str(stored.pk)

    def version(self) -> int:
        """Of the reply being worked on; 0 before its first version."""
        held = self.state.in_flight or next(
            (one for one in reversed(self.state.documents) if one.status.value in {"draft", "sent_back"}), None
        )
        return held.version if held else 0


_OF_THE_UNIT = frozenset({CommandName.SAVE_DRAFT, CommandName.SUBMIT_DRAFT, CommandName.RETURN})
"""Moves of the people of the body where the incident lies."""
_OF_THE_PERSON = frozenset({RefusalCode.SELF_REVIEW, RefusalCode.NOT_YOUR_ROLE, RefusalCode.NOT_YOUR_UNIT})
"""Refusals that somebody else would not get."""
