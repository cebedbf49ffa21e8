"""What the program notices about the text of a reply, each with the clause it rests on. Pure.

`refuses`: the act forbids it and a machine can be sure (a length, a banned phrase, evidence not attached to what the
author says the reply states). `advice`: a machine saw a sign and a person judges. Words: `finding_words.py`.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from otklik.process import reply_signs as signs
from otklik.process.reply_signs import Fragment
from otklik.process.spoken_dates import spoken_dates
from otklik.process.state import ReplyKind
from otklik.regulation.model import Act
from otklik.regulation.model.policies import Evidence, ReplyRequirement, RequirementCheck
from otklik.regulation.model.source import Source

_ASKS = frozenset({ReplyKind.CLARIFICATION, ReplyKind.FIRST_RESPONSE, ReplyKind.WITHDRAWAL})
"""Replies that state nothing on the matter, so that neither dates nor evidence are looked for."""


class Severity(StrEnum):
    REFUSES = "refuses"
    ADVICE = "advice"


class FindingCode(StrEnum):
    TOO_LONG = "too_long"
    LONGER_THAN_RECOMMENDED = "longer_than_recommended"
    BANNED_PHRASE = "banned_phrase"
    NO_GREETING = "no_greeting"
    NO_DATE = "no_date"
    PROMISED_DATE = "promised_date"
    FAMILIAR = "familiar"
    SHOUTING = "shouting"
    ACRONYM = "acronym"
    LAW_REFERENCES = "law_references"
    PERSONAL_DATA = "personal_data"
    EVIDENCE_MISSING = "evidence_missing"
    EVIDENCE_ADVISED = "evidence_advised"
    SEEMS_TO_STATE = "seems_to_state"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing noticed. `source` is the rule it rests on; None for what rests on no rule (a promised date).

    `fragment` is where in the text; None where the whole text is meant. `facts` are JSON-able.
    """

    code: FindingCode
    severity: Severity
    source: Source | None
    fragment: Fragment | None = None
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReplyText:
    """A reply on its way. `states` is what its author says it states, `attachments` the kinds of its files.

    `written_on` is the day at the place, from which «завтра» is counted.
    """

    text: str
    network: str
    written_on: dt.date
    reply: ReplyKind = ReplyKind.FINAL
    states: frozenset[str] = frozenset()
    attachments: frozenset[str] = frozenset()
    promised: frozenset[dt.date] = frozenset()
    """The days that a person has put under control already."""


def findings(reply: ReplyText, act: Act) -> list[Finding]:
    """Everything noticed, what refuses first, then in the order of the text."""
    found = [*_length(reply, act), *_banned(reply, act), *_requirements(reply, act), *_evidence(reply, act)]
    found += _promises(reply)
    return sorted(found, key=lambda one: (one.severity is Severity.ADVICE, one.fragment.start if one.fragment else -1))


def _length(reply: ReplyText, act: Act) -> Iterator[Finding]:
    """Length in characters, as the author sees them."""
    length = len(reply.text.strip())
    for limit in act.policies.network_limits:
        if limit.network != reply.network:
            continue
        if limit.hard_length is not None and length > limit.hard_length:
            facts = {"length": length, "limit": limit.hard_length}
            yield Finding(FindingCode.TOO_LONG, Severity.REFUSES, limit, facts=facts)
        elif limit.recommended_length is not None and length > limit.recommended_length:
            facts = {"length": length, "limit": limit.recommended_length}
            yield Finding(FindingCode.LONGER_THAN_RECOMMENDED, Severity.ADVICE, limit, facts=facts)


def _banned(reply: ReplyText, act: Act) -> Iterator[Finding]:
    for banned in act.policies.banned_phrases:
        for fragment in signs.phrase(reply.text, banned.phrase):
            facts = {"phrase": banned.phrase, "instead": banned.instead}
            yield Finding(FindingCode.BANNED_PHRASE, Severity.REFUSES, banned, fragment, facts)


def _requirements(reply: ReplyText, act: Act) -> Iterator[Finding]:
    for rule in act.policies.reply_requirements:
        if rule.check is not None and rule.check in _CHECKS:
            yield from _CHECKS[rule.check](reply, rule)


def _greeting(reply: ReplyText, rule: ReplyRequirement) -> Iterator[Finding]:
    if not signs.greeted(reply.text):
        yield Finding(FindingCode.NO_GREETING, Severity.ADVICE, rule)


def _dates(reply: ReplyText, rule: ReplyRequirement) -> Iterator[Finding]:
    """A reply that reads as if the matter were settled needs no date to come."""
    settled = "measures" in signs.stated(reply.text) or bool(reply.states & {"measures", "concrete_measures"})
    if reply.reply not in _ASKS and not settled and not spoken_dates(reply.text, reply.written_on):
        yield Finding(FindingCode.NO_DATE, Severity.ADVICE, rule)


def _tone(reply: ReplyText, rule: ReplyRequirement) -> Iterator[Finding]:
    for fragment in signs.familiar(reply.text):
        yield Finding(FindingCode.FAMILIAR, Severity.ADVICE, rule, fragment)
    for fragment in signs.shouting(reply.text):
        yield Finding(FindingCode.SHOUTING, Severity.ADVICE, rule, fragment)


def _acronyms(reply: ReplyText, rule: ReplyRequirement) -> Iterator[Finding]:
    for fragment in signs.acronyms(reply.text):
        yield Finding(FindingCode.ACRONYM, Severity.ADVICE, rule, fragment)


def _law_references(reply: ReplyText, rule: ReplyRequirement) -> Iterator[Finding]:
    """More references than sentences that explain them."""
    references = signs.law_references(reply.text)
    explaining = sum(
        1
        for sentence in signs.sentences(reply.text)
        if not any(sentence.start <= one.start < sentence.end for one in references)
    )
    if len(references) > explaining:
        facts = {"references": len(references), "explaining": explaining}
        yield Finding(FindingCode.LAW_REFERENCES, Severity.ADVICE, rule, references[0], facts)


def _personal_data(reply: ReplyText, rule: ReplyRequirement) -> Iterator[Finding]:
    for fragment in signs.personal_data(reply.text):
        yield Finding(FindingCode.PERSONAL_DATA, Severity.ADVICE, rule, fragment)


_CHECKS: dict[RequirementCheck, Callable[[ReplyText, ReplyRequirement], Iterator[Finding]]] = {
    RequirementCheck.GREETING: _greeting,
    RequirementCheck.DATES: _dates,
    RequirementCheck.TONE: _tone,
    RequirementCheck.ACRONYMS: _acronyms,
    RequirementCheck.LAW_REFERENCES: _law_references,
    RequirementCheck.PERSONAL_DATA: _personal_data,
}
"""`evidence` is looked at once, by `_evidence`, whatever the number of rules that speak of it."""


def _evidence(reply: ReplyText, act: Act) -> Iterator[Finding]:
    policy = act.policies.evidence
    if policy is None or reply.reply in _ASKS or reply.attachments & set(policy.accepted):
        return
    seen = signs.stated(reply.text)
    if policy.required_when:
        yield from _required_evidence(reply, policy, seen)
    elif reply.states or seen:
        rule = _evidence_rule(act) or policy
        yield Finding(FindingCode.EVIDENCE_ADVISED, Severity.ADVICE, rule, facts={"accepted": policy.accepted})


def _required_evidence(reply: ReplyText, policy: Evidence, seen: Mapping[str, list[Fragment]]) -> Iterator[Finding]:
    """Sure where the author says what the reply states; a sign only where the text alone does."""
    states = {"measures" if state == "concrete_measures" else state for state in reply.states}
    wanting = [when.value for when in policy.required_when if when.value in states]
    if wanting:
        facts: dict[str, object] = {"states": wanting, "accepted": policy.accepted}
        yield Finding(FindingCode.EVIDENCE_MISSING, Severity.REFUSES, policy, facts=facts)
        return
    for when in policy.required_when:
        for fragment in seen.get(when.value, ())[:1]:
            facts = {"state": when.value, "accepted": policy.accepted}
            yield Finding(FindingCode.SEEMS_TO_STATE, Severity.ADVICE, policy, fragment, facts)


def _evidence_rule(act: Act) -> ReplyRequirement | None:
    rules = act.policies.reply_requirements
    return next((rule for rule in rules if rule.check is RequirementCheck.EVIDENCE), None)


def _promises(reply: ReplyText) -> Iterator[Finding]:
    """Dates that the reply may promise: a person makes them controlled dates, or not; what they did is not asked again.

    A span of which only a person can tell the day is settled by any day they named.
    """
    if reply.reply is ReplyKind.WITHDRAWAL:
        return
    for spoken in spoken_dates(reply.text, reply.written_on):
        if spoken.due_on in reply.promised or (spoken.due_on is None and reply.promised):
            continue
        due_on = spoken.due_on.isoformat() if spoken.due_on else None
        fragment = Fragment(spoken.words, spoken.start, spoken.end)
        yield Finding(FindingCode.PROMISED_DATE, Severity.ADVICE, None, fragment, {"due_on": due_on})
