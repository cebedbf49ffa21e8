"""What a draft must carry before it leaves its authors: evidence (U 10), what a repeat states, impossibility (K 16).

The fold never reads texts, so whoever holds the text asks `wording_problem` beside `gate_problem`.
"""

from dataclasses import replace

from otklik.process.findings import FindingCode, ReplyText, Severity, findings
from otklik.process.refusal import Refusal, RefusalCode, refuse
from otklik.process.state import Document, ReplyKind, Version
from otklik.process.view import View
from otklik.regulation.model import Act
from otklik.regulation.model.policies import EvidenceWhen

_STATING = frozenset({ReplyKind.FINAL, ReplyKind.INTERIM, ReplyKind.CORRECTION})
"""Replies that say something on the matter; a request for clarification asks."""
_WIDER = {"measures": frozenset({"measures", "concrete_measures"})}
"""Concrete measures are measures; measures alone are not concrete (L 15)."""
_EVIDENCE_FOR = {
    EvidenceWhen.MEASURES: frozenset({"measures", "concrete_measures"}),
    EvidenceWhen.PROGRESS: frozenset({"progress"}),
    EvidenceWhen.REFUTATION: frozenset({"refutation"}),
}

STATES = frozenset({"measures", "concrete_measures", "progress", "refutation"})
ATTACHMENT_KINDS = frozenset({"photo", "video", "act", "document"})


def gate_problem(view: View, document: Document, version: Version) -> Refusal | None:
    """Whether this version may leave its authors."""
    reply = document.slot.reply
    if reply is ReplyKind.INTERIM:
        problem = _impossibility(view, version)
        if problem is not None:
            return problem
    if reply not in _STATING:
        return None
    return _evidence(view, version) or (_repeat(view, version) if reply is not ReplyKind.CORRECTION else None)


_FORBIDDEN = {
    FindingCode.TOO_LONG: RefusalCode.TEXT_TOO_LONG,
    FindingCode.BANNED_PHRASE: RefusalCode.PHRASE_BANNED,
    FindingCode.EVIDENCE_MISSING: RefusalCode.EVIDENCE_REQUIRED,
}


def wording_problem(reply: ReplyText, act: Act) -> Refusal | None:
    """What the act forbids a text to be, where a machine can be sure: what the card marks as not let through."""
    forbidden = next((one for one in findings(reply, act) if one.severity is Severity.REFUSES), None)
    if forbidden is None:
        return None
    facts = dict(forbidden.facts)
    if forbidden.fragment is not None:
        facts["phrase"] = forbidden.fragment.words
    return replace(refuse(_FORBIDDEN[forbidden.code], forbidden.source), facts=facts)


def _impossibility(view: View, version: Version) -> Refusal | None:
    interim = view.policies.interim
    if interim is not None and interim.only_if_impossible and not version.impossibility_stated:
        return refuse(RefusalCode.IMPOSSIBILITY_REQUIRED, interim)
    return None


def _evidence(view: View, version: Version) -> Refusal | None:
    policy = view.policies.evidence
    if policy is None:
        return None
    wanting = [when.value for when in policy.required_when if _EVIDENCE_FOR[when] & version.states]
    if not wanting or any(file.kind in policy.accepted for file in version.attachments):
        return None
    return refuse(RefusalCode.EVIDENCE_REQUIRED, policy, states=tuple(wanting), accepted=policy.accepted)


def _repeat(view: View, version: Version) -> Refusal | None:
    policy = view.policies.repeats
    if policy is None or not policy.must_state or not view.is_repeat:
        return None
    if any(_WIDER.get(word, frozenset({word})) & version.states for word in policy.must_state):
        return None
    return refuse(RefusalCode.REPEAT_MUST_STATE, policy, must_state=policy.must_state)
