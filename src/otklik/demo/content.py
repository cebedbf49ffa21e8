"""The messages of the demo, as written in `data/messages/`: what citizens write, and how far each has come.

Pure: reads the YAML files and judges them against the organisation and its act; moves nothing. A map:

- `State`: the vocabulary of scenarios; `Scenario`: the state with all that leads to it.
- `Message`: one message; `load` reads those of one organisation, `load_all` all of them.
- `problems`: what the organisation or its act does not know, all at once.
- `spoken`: a text with its dates put in.

The format is told in `data/README.md`.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, ClassVar, Literal

import yaml
from pydantic import ConfigDict, TypeAdapter

from otklik.process.steps.reply import DEFAULT_OUTCOMES
from otklik.regulation.model import Act
from otklik.regulation.model.policies import ConsolidatedBy, ExclusionEffect, PartsOrder, Reasons, RepeatRoute
from otklik.regulation.model.steps import StepKind
from otklik.regulation.networks import NETWORKS, covers

MESSAGES = Path(__file__).parent / "data" / "messages"
_MONTHS = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip
_DAY = re.compile(r"\{([+-]\d{1,3})\}")


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
_WITH_SELECTION = frozenset({"high", "significance", "surge", "report"})
_ANYWHERE = frozenset({"state", "kind", "note"})


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

    return _DAY.sub(date, text)


# --- Judging ---


def problems(messages: Sequence[Message], organisation: Mapping[str, Any], act: Act) -> tuple[str, ...]:
    """All that the organisation (its entry in `organisations.yaml`) or its act does not know, as «key: sentence»."""
    by_key = {message.key: message for message in messages}
    found = [f"{key}: two messages have this key." for key in _doubles(messages)]
    for message in messages:
        judged = (
            *_fields(message.scenario),
            *_message(message, organisation),
            *_selection(message, act),
            *_way(message.scenario, organisation, act),
            *_replies(message.scenario, act),
            *_repeat(message, by_key, act),
        )
        found.extend(f"{message.key} ({message.scenario.state}): {problem}" for problem in judged)
    return tuple(found)


def _doubles(messages: Sequence[Message]) -> list[str]:
    keys = [message.key for message in messages]
    return sorted({key for key in keys if keys.count(key) > 1})


def _given(scenario: Scenario) -> frozenset[str]:
    return frozenset(name for name in Scenario.__dataclass_fields__ if getattr(scenario, name))


def _fields(scenario: Scenario) -> Iterator[str]:
    given, state = _given(scenario), scenario.state
    allowed = NEEDS[state] | MAY_HAVE.get(state, frozenset()) | _ANYWHERE
    if state not in NEVER_SELECTED:
        allowed |= _WITH_SELECTION
    for name in sorted(NEEDS[state] - given):
        yield f"no `{name}`; write it."
    for name in sorted(given - allowed):
        yield f"`{name}` leads nowhere from this state; take it out."


def _message(message: Message, organisation: Mapping[str, Any]) -> Iterator[str]:
    units = _units(organisation)
    topics = {topic for unit in organisation["units"] for topic in unit.get("topics", ())}
    scenario = message.scenario
    named = {message.unit, scenario.first_unit, scenario.consolidator, *(part.body for part in scenario.parts)}
    for name in sorted(named - units - {""}):
        yield f"no unit `{name}` in the organisation; known: {sorted(units)}."
    if scenario.first_unit == message.unit:
        yield "returned by the competent unit itself; name another `first_unit`."
    if message.topic not in topics:
        yield f"no unit answers for the topic «{message.topic}»; known: {sorted(topics)}."
    if message.network not in NETWORKS:
        yield f"unknown network `{message.network}`; known: {sorted(NETWORKS)}."
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", message.posted.at) or message.posted.days_ago < 0:
        yield "`posted` is no time in the past: days_ago from 0 on, at HH:MM."
    for name, reply in scenario.replies:
        if re.search(r"[{}]", _DAY.sub("", reply.text)):
            yield f"`{name}`: a date is written {{+3}}."


def _units(organisation: Mapping[str, Any]) -> set[str]:
    return {unit["key"] for unit in organisation["units"]}


def _selection(message: Message, act: Act) -> Iterator[str]:
    scenario, policies = message.scenario, act.policies
    name = scenario.kind or _kind_of(scenario.state, act)
    kind = next((item for item in policies.message_kinds if item.kind == name), None)
    if kind is None:
        yield f"the act knows no kind of message `{name}`."
    elif scenario.state not in NEVER_SELECTED and not covers(kind.networks, message.network):
        yield f"`{kind.kind}` does not take in messages from `{message.network}`; known: {list(kind.networks)}."
    if scenario.high and len(policies.importance) < 2:
        yield "the act has no importance above the ordinary."
    reported = {about for report in policies.immediate_reports for about in report.about}
    for about in ("significance", "surge"):
        if getattr(scenario, about) and about not in reported:
            yield f"the act confirms no {about}."
    due = {"significance": scenario.significance, "surge": scenario.surge, "high_importance": scenario.high}
    if scenario.report and not any(due[about] for about in reported):
        yield "nothing here is reported at once under the act."


def _kind_of(state: State, act: Act) -> str:
    return "publication" if state is State.MARKED_PUBLICATION else act.policies.message_kinds[0].kind


def _way(scenario: Scenario, organisation: Mapping[str, Any], act: Act) -> Iterator[str]:
    yield from _leaving(scenario, act)
    if scenario.state in {State.RETURNED, State.REROUTED} and StepKind.RETURN not in _kinds(act):
        yield "the act knows no return."
    if scenario.state is State.VISA and not (act.policies.review.visa_by or StepKind.VISA in _kinds(act)):
        yield "the act knows no visa."
    if scenario.parts:
        yield from _parts(scenario, act, _units(organisation))


def _kinds(act: Act) -> set[StepKind]:
    return {step.kind for step in act.steps}


def _leaving(scenario: Scenario, act: Act) -> Iterator[str]:
    exclusion = next((item for item in act.policies.exclusions if item.ground == scenario.ground), None)
    if scenario.ground and exclusion is None:
        yield f"the act excludes nothing on the ground `{scenario.ground}`."
    if exclusion is not None:
        if scenario.state is State.PROCESSED_WITHOUT_REPLY and exclusion.effect is not ExclusionEffect.NO_REPLY:
            yield "what the act excludes is not processed either."
        if scenario.block and not exclusion.may_block_author:
            yield "the act blocks no author on this ground."
    known = {item.procedure for item in act.policies.other_procedures}
    if scenario.procedure and scenario.procedure not in known:
        yield f"the act knows no other procedure `{scenario.procedure}`; known: {sorted(known)}."


def _parts(scenario: Scenario, act: Act, units: set[str]) -> Iterator[str]:
    policy = act.policies.parts
    bodies = [part.body for part in scenario.parts]
    if policy is None:
        yield "the act knows no reply of several bodies."
        return
    if len(set(bodies)) < len(bodies) or not set(bodies) <= units:
        yield "each body is asked once, and is a unit of the organisation."
    if policy.order is PartsOrder.PARALLEL and {part.order for part in scenario.parts} != {1}:
        yield "the act asks all bodies at once; take `order` out."
    wanted = policy.consolidated_by is ConsolidatedBy.RESPONSIBLE_EXECUTOR
    if wanted != bool(scenario.consolidator) or (wanted and scenario.consolidator not in bodies):
        yield "`consolidator` is one of the bodies where the act has one named, and nobody elsewhere."
    answered = [bool(part.text) for part in scenario.parts]
    if all(answered) is not (scenario.state is State.CONSOLIDATING):
        yield "all parts have a text while consolidating, and not all before."


def _replies(scenario: Scenario, act: Act) -> Iterator[str]:
    policies = act.policies
    yield from _reasons(scenario, act)
    interim = policies.interim
    if scenario.interim is not None:
        if interim is None:
            yield "the act knows no interim reply."
        elif interim.only_if_impossible is not bool(scenario.interim.impossibility):
            yield "`impossibility` is stated where the act asks for it, and only there."
    if scenario.clarification is not None and policies.clarification is None:
        yield "the act knows no request for clarification."
    if scenario.state is State.AUTHOR_SILENT and not (
        policies.clarification and policies.clarification.ends_reply_term
    ):
        yield "the author's silence ends nothing under this act."
    outcomes = tuple(item.outcome for item in policies.outcomes) or DEFAULT_OUTCOMES
    if scenario.outcome and scenario.outcome not in outcomes:
        yield f"unknown outcome `{scenario.outcome}`; known: {list(outcomes)}."
    for name, reply in scenario.replies:
        yield from (f"`{name}`: {problem}" for problem in _evidence(reply, act))


def _reasons(scenario: Scenario, act: Act) -> Iterator[str]:
    review = act.policies.review
    known = [item.ground for item in review.grounds]
    for ground in scenario.grounds:
        if ground not in known:
            yield f"the act sends nothing back on the ground `{ground}`; known: {known}."
    sent_back = scenario.state in {State.SENT_BACK, State.REWORKED}
    if sent_back and review.reasons is Reasons.FROM_LIST and not scenario.grounds:
        yield f"the act asks for grounds of its list: {known}."


def _evidence(reply: Reply, act: Act) -> Iterator[str]:
    """U 10: no measures, progress or refutation without a photo, a video or an act."""
    policy = act.policies.evidence
    if policy is None:
        return
    stated = {"measures" if state == "concrete_measures" else state for state in reply.states}
    wanting = sorted(stated & {when.value for when in policy.required_when})
    if wanting and not any(file.kind in policy.accepted for file in reply.files):
        yield f"states {wanting} without evidence; add one of {list(policy.accepted)}."


def _repeat(message: Message, by_key: Mapping[str, Message], act: Act) -> Iterator[str]:
    scenario, policy = message.scenario, act.policies.repeats
    if not scenario.of:
        return
    earlier = by_key.get(scenario.of)
    if earlier is None or earlier.author != message.author or earlier.posted.age <= message.posted.age:
        yield f"`of` must name an earlier message of the same author, not `{scenario.of}`."
    elif earlier.scenario.draft is None:
        yield f"`{scenario.of}` has no reply that could be repeated."
    if policy is None:
        yield "the act has no rule on repeats."
        return
    route = policy.with_new_facts if scenario.new_facts else policy.without_new_facts
    by_link = route is not RepeatRoute.WHOLE_PROCESS
    if by_link is not (scenario.state is State.REPEAT_LINK):
        yield f"under the act such a repeat goes by `{route.value}`."
    elif not by_link and policy.must_state and scenario.draft is not None:
        states: set[str] = set(scenario.draft.states)
        states |= {"measures"} if "concrete_measures" in states else set()
        if not states & set(policy.must_state):
            yield f"the reply to a repeat must state one of {list(policy.must_state)}."
