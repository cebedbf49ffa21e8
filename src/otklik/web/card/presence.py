"""Who else has a card open, and who is writing: told by the pages themselves, kept in memory, forgotten by itself.

Nothing depends on it: nobody is blocked, nothing is journalled. With several web processes each knows whom it heard
itself; a page asks again every ten seconds (`here.js`), so that all of them soon do.
"""

import datetime as dt
import threading
from collections.abc import Iterator
from dataclasses import dataclass

from otklik.orgs.models import Person
from otklik.web.card.view import Here

FORGOTTEN_AFTER = dt.timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Seen:
    """A person at a card. `writing_at` None: they only look."""

    name: str
    at: dt.datetime
    writing_at: dt.datetime | None = None


class Presence:
    """Of one process. Instants are aware and come from the caller."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._cards: dict[int, dict[int, Seen]] = {}

    def seen(self, incident_id: int, person: Person, now: dt.datetime, *, is_writing: bool = False) -> None:
        """This person has the card open now; a writer stays one until it is forgotten that they wrote."""
        with self._lock:
            self._forget(now)
            card = self._cards.setdefault(incident_id, {})
            before = card.get(person.pk)
            wrote_at = now if is_writing else before.writing_at if before else None
            card[person.pk] = Seen(person.full_name, now, wrote_at)

    def others(self, incident_id: int, person: Person, now: dt.datetime) -> Here:
        """Who else is here."""
        with self._lock:
            self._forget(now)
            rest = [one for pk, one in self._cards.get(incident_id, {}).items() if pk != person.pk]
        writing = {one.name for one in rest if one.writing_at and now - one.writing_at < FORGOTTEN_AFTER}
        return Here(tuple(sorted({one.name for one in rest} - writing)), tuple(sorted(writing)))

    def clear(self) -> None:
        """Nobody is anywhere."""
        with self._lock:
            self._cards.clear()

    def _forget(self, now: dt.datetime) -> None:
        for incident_id, person_id in list(self._stale(now)):
            del self._cards[incident_id][person_id]
        self._cards = {key: card for key, card in self._cards.items() if card}

    def _stale(self, now: dt.datetime) -> Iterator[tuple[int, int]]:
        for incident_id, card in self._cards.items():
            for person_id, one in card.items():
                if now - one.at >= FORGOTTEN_AFTER:
                    yield incident_id, person_id


presence = Presence()
"""This process's own."""
