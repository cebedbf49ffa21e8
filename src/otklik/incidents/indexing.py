"""What of an incident is searched: the citizen's words and answers, our replies as they stand, who, about what, where.

Put into the index in the transaction of the step that altered it; `otklik recompute` puts it there anew.
"""

from collections.abc import Iterable, Iterator, Sequence

from otklik.incidents.work import Work
from otklik.journal.queries import Recorded
from otklik.messages.models import Message
from otklik.process.events import EventKind
from otklik.search import actions as search
from otklik.search.snippets import Part, Parts

WITH_REPLY = frozenset({EventKind.DRAFT_SAVED.value, EventKind.REPEAT_LINKED.value})
ALTERING = WITH_REPLY | {EventKind.DETECTED.value, EventKind.AUTHOR_ANSWERED.value, EventKind.TAGGED.value}
"""Kinds of events after which the document is another."""


def put(works: Sequence[Work]) -> None:
    """The documents of these incidents, all of one organisation, their journals folded with their texts."""
    if works:
        search.put(works[0].incident.organisation_id, documents(works))


def put_after(work: Work, events: Iterable[Recorded]) -> None:
    """The document of an incident, where the events have altered it."""
    if any(event.kind in ALTERING for event in events):
        put([work])


def documents(works: Sequence[Work]) -> dict[int, Parts]:
    """Incident → what of it is searched. The answers of all authors are read in one query."""
    answers = {work.incident.pk: list(_answers(work.recorded)) for work in works}
    wanted = {pk for ids in answers.values() for pk in ids}
    texts = dict(Message.objects.filter(pk__in=wanted).values_list("pk", "text")) if wanted else {}
    return {
        work.incident.pk: list(_parts(work, [texts[pk] for pk in answers[work.incident.pk] if pk in texts]))
        for work in works
    }


def _parts(work: Work, answers: Iterable[str]) -> Iterator[tuple[Part, str]]:
    incident, tags = work.incident, dict(work.folded.state.tags)
    found = [
        (Part.MESSAGE, incident.message.text),
        *((Part.ANSWER, text) for text in answers),
        *((Part.REPLY, text) for text in _replies(work.recorded)),
        (Part.AUTHOR, incident.message.author_name),
        (Part.TOPIC, tags.get("topic", "")),
        (Part.PLACE, tags.get("place", "")),
        (Part.NUMBER, str(incident.number)),
    ]
    return ((part, text) for part, text in found if text)


def _answers(recorded: Iterable[Recorded]) -> Iterator[int]:
    """Ids of the messages with which the author answered us."""
    given = (str(event.payload["message"]) for event in recorded if event.kind == EventKind.AUTHOR_ANSWERED.value)
    return (int(pk) for pk in given if pk.isdecimal())


def _replies(recorded: Iterable[Recorded]) -> list[str]:
    """The latest text of each reply, in the order of their beginning."""
    latest: dict[tuple[object, ...], str] = {}
    for event in recorded:
        if event.kind in WITH_REPLY and "text" in event.texts:
            slot = tuple(event.payload.get(name) for name in ("message", "reply", "number"))
            latest[slot] = event.texts["text"]
    return list(latest.values())
