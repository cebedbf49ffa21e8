"""The messages of the demo, as written in `data/messages/`: what citizens write, and how far each has come.

Pure: reads the YAML files; `judging.py` holds them against the organisation and its act. A map:

- `State`: the vocabulary of scenarios; `Scenario`: the state with all that leads to it.
- `Message`: one message; `load` reads those of one organisation, `load_all` all of them.
- `spoken`: a text with its dates put in.

The format is told in `data/README.md`.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import ClassVar, Literal

import yaml
from pydantic import ConfigDict, TypeAdapter

MESSAGES = Path(__file__).parent / "data" / "messages"
_MONTHS = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip
DAY = re.compile(r"\{([+-]\d{1,3})\}")
"""A date in a text: `{+3}`, three calendar days after it is written."""


class State(StrEnum):
    """Where a message stands when the demo opens."""

    DETECTED = "detected"
    """Lies before the curator; nobody has decided yet."""
    SELECTED = "selected"
    """Needs a reaction, and is sent to nobody yet."""
    EXCLUDED = "excluded"
    """Not answered on `ground`; with `block` the author is put on the block list as well (L 17)."""
    PROCESSED_WITHOUT_REPLY = "processed_without_reply"
    """Excluded on `ground`, yet processed: `done` says what was done (K 19)."""
    ELSEWHERE = "elsewhere"
    """Goes its own way by `procedure` (U 21)."""
    NOT_NEEDED = "not_needed"
    """Left out, for `reason`: outside the act's scope, or nothing is asked."""
    MARKED_PUBLICATION = "marked_publication"
    """Selected as a publication, the body's own find (N 2, K 2). With `draft`: answered; without: still waits."""
    ROUTED = "routed"
    """Sent to `unit`, which has written nothing yet."""
    RETURNED = "returned"
    """Sent to `first_unit` (None: received, sent no further), returned for `reason`; `unit` would be right."""
    REROUTED = "rerouted"
    """Returned by `first_unit` for `reason` and sent on to `unit`."""
    PART_REQUESTED = "part_requested"
    """Several bodies are asked; those of `parts` that have a text have answered, in their order."""
    CONSOLIDATING = "consolidating"
    """All `parts` are in; the common reply is not written."""
    DRAFTING = "drafting"
    """`draft`, if any, is saved and not submitted."""
    VISA = "visa"
    """`draft` waits for the visa inside the body, where the act has one (none of the five has)."""
    IN_REVIEW = "in_review"
    """`draft` lies before the reviewer."""
    SENT_BACK = "sent_back"
    """`draft` came back for `reason`, on `grounds` of the act's list."""
    REWORKED = "reworked"
    """`rejected` came back for `reason` on `grounds`; `draft` lies before the reviewer again."""
    APPROVED = "approved"
    """`draft` is approved and waits for publication."""
    PUBLISHING_FAILED = "publishing_failed"
    """`draft` was approved, and the platform refused it: `problem`."""
    PUBLISHED = "published"
    """`draft` was published in time."""
    PUBLISHED_LATE = "published_late"
    """`draft` was published after the reply term."""
    INTERIM = "interim"
    """`interim` is published; the final reply is owed."""
    INTERIM_THEN_FINAL = "interim_then_final"
    """`interim`, then `draft` are published."""
    CLARIFICATION = "clarification"
    """`clarification` is published; the author has not answered."""
    AUTHOR_ANSWERED = "author_answered"
    """`clarification` was published, and the author wrote `answer`."""
    AUTHOR_SILENT = "author_silent"
    """`clarification` was published; the author is not waited for any longer, and the matter is closed (U 2, L 8)."""
    REPEAT = "repeat"
    """Repeats `of` without new facts and went through the whole process: `draft` is published."""
    REPEAT_LINK = "repeat_link"
    """Repeats `of` without new facts: `draft` with a link to the earlier reply is published (U 17)."""
    REPEAT_NEW_FACTS = "repeat_new_facts"
    """Repeats `of` with `new_facts`: `draft` is published."""
    CORRECTED = "corrected"
    """`draft` was published, and for `reason` replaced by `correction`."""
    WITHDRAWN = "withdrawn"
    """`draft` was published, and for `reason` taken down."""
    CLOSED = "closed"
    """`draft` was published, and the matter closed with `outcome`."""
    REOPENED = "reopened"
    """`draft` was published, and the matter opened again for `reason`: a second final reply is owed."""


OPEN = frozenset(
    {
        State.DETECTED,
        State.SELECTED,
        State.ROUTED,
        State.RETURNED,
        State.REROUTED,
        State.PART_REQUESTED,
        State.CONSOLIDATING,
        State.DRAFTING,
        State.VISA,
        State.IN_REVIEW,
        State.SENT_BACK,
        State.REWORKED,
        State.APPROVED,
        State.PUBLISHING_FAILED,
        State.CLARIFICATION,
        State.AUTHOR_ANSWERED,
    }
)
"""Where somebody is at work and a term runs."""


class ContentError(ValueError):
    """A file of messages is not as `data/README.md` asks; the text names the file and every problem."""


class _Strict:
    """An unknown key is refused, never ignored."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True)
class Posted(_Strict):
    """`days_ago`: working days before the day the demo is made; `at`: `HH:MM`, the organisation's own time."""

    days_ago: float
    at: str

    @property
    def time(self) -> dt.time:
        return dt.time.fromisoformat(self.at)

    @property
    def age(self) -> tuple[float, int]:
        """Greater is older."""
        return self.days_ago, -(self.time.hour * 60 + self.time.minute)


@dataclass(frozen=True, slots=True)
class Evidence(_Strict):
    """A file of a reply; its picture or page is made by the loader. `name`: what is seen on it."""

    kind: Literal["photo", "video", "act", "document"]
    name: str


@dataclass(frozen=True, slots=True)
class Promise(_Strict):
    """`in_days`: calendar days after the reply is written."""

    in_days: int
    what: str


@dataclass(frozen=True, slots=True)
class Reply(_Strict):
    """A text of an official; `{+3}` stands for the date three calendar days after it is written.

    `states`, `impossibility`: as in `otklik.process.commands.SaveDraft`.
    """

    text: str
    states: tuple[Literal["measures", "concrete_measures", "progress", "refutation"], ...] = ()
    files: tuple[Evidence, ...] = ()
    promises: tuple[Promise, ...] = ()
    impossibility: str = ""


@dataclass(frozen=True, slots=True)
class PartAsked(_Strict):
    """What the unit `body` is asked for; `text`: what it answered, empty while it has not."""

    body: str
    question: str
    order: int = 1
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario(_Strict):
    """The state and all that leads to it. Which fields a state asks for: `NEEDS` and `MAY_HAVE`."""

    state: State
    kind: str | None = None
    """The act's kind of message; None: the act's first."""
    high: str = ""
    """The ground on which it has the act's high importance, or its shortened term (N 10); empty: it has not."""
    significance: str = ""
    surge: str = ""
    """The grounds on which a person confirmed significance or a surge."""
    report: str = ""
    """What was reported to the head at once; empty: the report is still owed, where the act asks for one."""
    note: str = ""
    reason: str = ""
    ground: str = ""
    grounds: tuple[str, ...] = ()
    block: str = ""
    done: str = ""
    procedure: str = ""
    problem: str = ""
    outcome: str = ""
    first_unit: str = ""
    consolidator: str = ""
    parts: tuple[PartAsked, ...] = ()
    rejected: Reply | None = None
    interim: Reply | None = None
    clarification: Reply | None = None
    answer: str = ""
    draft: Reply | None = None
    correction: Reply | None = None
    of: str = ""
    """The key of the earlier message."""
    new_facts: str = ""

    @property
    def replies(self) -> Iterator[tuple[str, Reply]]:
        for name in ("rejected", "interim", "clarification", "draft", "correction"):
            reply = getattr(self, name)
            if reply is not None:
                yield name, reply


@dataclass(frozen=True, slots=True)
class Message(_Strict):
    """What a citizen wrote. `unit`: the body competent in the end; `place` and `topic` are tags."""

    key: str
    network: str
    author: str
    text: str
    topic: str
    place: str
    unit: str
    posted: Posted
    scenario: Scenario


NEEDS: Mapping[State, frozenset[str]] = {
    state: frozenset(fields.split())
    for state, fields in {
        State.DETECTED: "",
        State.SELECTED: "",
        State.EXCLUDED: "ground",
        State.PROCESSED_WITHOUT_REPLY: "ground done",
        State.ELSEWHERE: "procedure",
        State.NOT_NEEDED: "reason",
        State.MARKED_PUBLICATION: "",
        State.ROUTED: "",
        State.RETURNED: "reason",
        State.REROUTED: "first_unit reason",
        State.PART_REQUESTED: "parts",
        State.CONSOLIDATING: "parts",
        State.DRAFTING: "",
        State.VISA: "draft",
        State.IN_REVIEW: "draft",
        State.SENT_BACK: "draft reason",
        State.REWORKED: "rejected reason draft",
        State.APPROVED: "draft",
        State.PUBLISHING_FAILED: "draft problem",
        State.PUBLISHED: "draft",
        State.PUBLISHED_LATE: "draft",
        State.INTERIM: "interim",
        State.INTERIM_THEN_FINAL: "interim draft",
        State.CLARIFICATION: "clarification",
        State.AUTHOR_ANSWERED: "clarification answer",
        State.AUTHOR_SILENT: "clarification",
        State.REPEAT: "of draft",
        State.REPEAT_LINK: "of draft",
        State.REPEAT_NEW_FACTS: "of new_facts draft",
        State.CORRECTED: "draft reason correction",
        State.WITHDRAWN: "draft reason",
        State.CLOSED: "draft outcome",
        State.REOPENED: "draft reason",
    }.items()
}
"""What a state cannot do without."""

MAY_HAVE: Mapping[State, frozenset[str]] = {
    State.EXCLUDED: frozenset({"block"}),
    State.MARKED_PUBLICATION: frozenset({"draft"}),
    State.RETURNED: frozenset({"first_unit"}),
    State.PART_REQUESTED: frozenset({"consolidator"}),
    State.CONSOLIDATING: frozenset({"consolidator"}),
    State.DRAFTING: frozenset({"draft"}),
    State.SENT_BACK: frozenset({"grounds"}),
    State.REWORKED: frozenset({"grounds"}),
}
"""What a state may have besides."""

NEVER_SELECTED = frozenset(
    {State.DETECTED, State.EXCLUDED, State.PROCESSED_WITHOUT_REPLY, State.ELSEWHERE, State.NOT_NEEDED}
)
"""States of a message that was not taken into the process: any network, no importance, nothing confirmed."""
WITH_SELECTION = frozenset({"high", "significance", "surge", "report"})
"""What any other state may have."""
ANYWHERE = frozenset({"state", "kind", "note"})


# --- Reading ---


def load(organisation: str, folder: Path = MESSAGES) -> tuple[Message, ...]:
    """The messages of the organisation with this key, in the order of the file.

    :raises ContentError: for a missing file, bad YAML, or unknown, missing or ill-formed fields, all at once.
    """
    path = folder / f"{organisation}.yaml"
    try:
        described = yaml.safe_load(path.read_text(encoding="utf-8"))
        return _adapter.validate_python(described)
    except OSError as error:
        raise ContentError(f"{path}: cannot be read. Put the messages of {organisation} there.") from error
    except (yaml.YAMLError, ValueError) as error:
        raise ContentError(f"{path}: {error}") from error


def load_all(folder: Path = MESSAGES) -> Mapping[str, tuple[Message, ...]]:
    """The messages of every organisation that has a file, by the organisation's key.

    :raises ContentError: as `load`.
    """
    return {path.stem: load(path.stem, folder) for path in sorted(folder.glob("*.yaml"))}


_adapter: TypeAdapter[tuple[Message, ...]] = TypeAdapter(tuple[Message, ...])


def spoken(text: str, written_on: dt.date) -> str:
    """The text with `{+3}` turned into «14 марта», counted in calendar days from the day it is written."""

    def date(found: re.Match[str]) -> str:
        day = written_on + dt.timedelta(days=int(found[1]))
        return f"{day.day} {_MONTHS[day.month - 1]}"

    return DAY.sub(date, text)
