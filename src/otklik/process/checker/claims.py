"""What clauses say of each other: «срока, предусмотренного пунктом 9», «в порядке, предусмотренном пунктами 6–17».

A reference is looked up in the text of the act, and what it claims is compared with the rules that stand on the clause
it names. References to other documents («пункта 4 распоряжения …») are left alone.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from otklik.process.checker.finding import Finding, Severity
from otklik.regulation.model import MomentKind, Step, StepKind, TermKind
from otklik.regulation.parse import LoadedAct
from otklik.regulation.quotes import normalised

_NUMBER = r"\d+(?:\.\d+)*"
_REFERENCE = re.compile(
    rf"(?P<before>[^.;]{{0,90}})\bпункт(?:ами|ам|ах|ом|ов|а|е|у|ы)?\s+"
    rf"(?P<numbers>{_NUMBER}(?:\s*(?:-|,|и)\s*{_NUMBER})*)(?P<after>\s*\w*)"
)
_RANGE = re.compile(rf"({_NUMBER})\s*-\s*({_NUMBER})")
_TERM = re.compile(r"срок\w*\W+(?:предусмотренн|установленн|указанн)\w+\s*$", re.IGNORECASE)
_PROCEDURE = re.compile(r"порядк\w*\W+(?:предусмотренн|установленн|указанн)\w+\s*$", re.IGNORECASE)
_FOREIGN = ("распоряжени", "постановлени", "закона", "указа", "стать", "устав")
_HANDED_IN = re.compile(
    r"соблюдени\w+ сроков (?:ее|её|его|их) (?:предоставлени|направлени)\w+ (?:в )?(?P<to>\w+(?: \w+)?)", re.IGNORECASE
)
_STEM = 6
"""So many letters tell a role's word whatever its case: «куратору», «куратор»."""


class Claim(StrEnum):
    TERM = "term"
    """That the clause named sets a term."""
    PROCEDURE = "procedure"
    """That the clauses named say how a reply is prepared and published."""
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference of one clause to others of the same part of the act."""

    words: str
    clauses: tuple[str, ...]
    claim: Claim
    is_range: bool


def references(clause: str, text: str) -> Iterator[Reference]:
    """The references in a clause to clauses of its own part (an annex, the resolution), in order."""
    part = clause.rpartition(" ")[0]
    for found in _REFERENCE.finditer(normalised(text)):
        if found["after"].strip().lower().startswith(_FOREIGN):
            continue
        numbers = tuple(f"{part} {number}".strip() for number in _expanded(found["numbers"]))
        words = found[0].removeprefix(found["before"]).removesuffix(found["after"]).strip()
        before = found["before"].rstrip()
        claim = Claim.TERM if _TERM.search(before) else Claim.PROCEDURE if _PROCEDURE.search(before) else Claim.OTHER
        yield Reference(words, numbers, claim, is_range="-" in found["numbers"])


def _expanded(numbers: str) -> list[str]:
    """«8 - 12» is 8, 9, 10, 11, 12; «9 и 13» is 9, 13."""

    def between(found: re.Match[str]) -> str:
        first, last = found[1], found[2]
        if "." in first or "." in last or int(first) >= int(last):
            return f"{first} {last}"
        return " ".join(str(number) for number in range(int(first), int(last) + 1))

    return re.findall(_NUMBER, _RANGE.sub(between, numbers))


def claims(loaded: LoadedAct) -> Iterator[Finding]:
    """Every reference that does not hold, in the order of the text."""
    for number, clause in enumerate(loaded.act.clauses):
        mark = loaded.mark(("clauses", number))
        for reference in references(clause.clause, clause.text):
            for look in _LOOKS:
                for code, severity, found in look(loaded, clause.clause, reference):
                    facts = {"words": reference.words} | found
                    yield Finding(code, severity, (clause.clause, *_named(facts)), mark, facts)
        if not _has_draft_term(loaded, clause.text):
            said = _HANDED_IN.search(normalised(clause.text))
            yield Finding(
                "term_that_nobody_sets", Severity.WARNING, (clause.clause,), mark, {"quote": said and said[0]}
            )


def _named(facts: dict[str, object]) -> tuple[str, ...]:
    named = facts.get("named")
    return named if isinstance(named, tuple) else ()


Told = Iterator[tuple[str, Severity, dict[str, object]]]


def _missing(loaded: LoadedAct, own: str, reference: Reference) -> Told:
    """A clause that the act does not have."""
    del own
    known = {clause.clause for clause in loaded.act.clauses}
    gone = tuple(clause for clause in reference.clauses if clause not in known)
    if gone:
        yield "refers_to_nothing", Severity.WARNING, {"named": gone}


def _no_term_there(loaded: LoadedAct, own: str, reference: Reference) -> Told:
    """A term that the clause named does not set."""
    del own
    if reference.claim is Claim.TERM:
        without = tuple(clause for clause in reference.clauses if not _sets_term(loaded, clause))
        if without:
            yield "refers_to_no_term", Severity.WARNING, {"named": without}


def _another_term(loaded: LoadedAct, own: str, reference: Reference) -> Told:
    """The reply term of one class is named, and for another class another clause prevails (K 12, K 16, N 13)."""
    if reference.is_range:
        return
    mentioned = {clause for one in references(own, _text(loaded, own)) for clause in one.clauses} | {own}
    for clause in reference.clauses:
        others = tuple(other for other in _rivals(loaded, clause) if other not in mentioned)
        if others:
            yield "another_term_prevails", Severity.WARNING, {"named": (clause, *others), "clause": clause}


def _rivals(loaded: LoadedAct, clause: str) -> Iterator[str]:
    """Clauses with a reply term for other classes of the same kind of message."""
    replies = [step for step in loaded.act.steps if step.kind is StepKind.REPLY and step.starts_on[0] in _BEGINNING]
    for step in replies:
        if step.clause == clause and step.applies_to.importance:
            yield from (other.clause for other in replies if other.clause != clause and _is_rival(step, other))


def _is_rival(step: Step, other: Step) -> bool:
    kinds, others = set(step.applies_to.kinds), set(other.applies_to.kinds)
    same_class = set(step.applies_to.importance) & set(other.applies_to.importance)
    return not same_class and (not kinds or not others or bool(kinds & others))


def _not_procedure(loaded: LoadedAct, own: str, reference: Reference) -> Told:
    """Clauses in the range that say nothing of how a reply is prepared (N 18: 6 and 7 are people and software)."""
    del own
    if reference.claim is Claim.PROCEDURE:
        others = tuple(clause for clause in reference.clauses if clause not in _procedure(loaded))
        if others:
            yield "range_takes_too_much", Severity.WARNING, {"named": others}


def _left_out(loaded: LoadedAct, own: str, reference: Reference) -> Told:
    """Steps of the same process that the range does not reach (L 15: the final reply after an interim, the parts)."""
    if reference.claim is Claim.PROCEDURE and reference.is_range:
        reached = {*reference.clauses, own}
        steps = [step for step in loaded.act.steps if _may_follow(step) and step.clause not in reached]
        if steps:
            named = tuple(dict.fromkeys(step.clause for step in steps))
            titles = tuple(dict.fromkeys(step.title for step in steps))
            yield "range_leaves_out", Severity.FINDING, {"named": named, "titles": titles}


_LOOKS: tuple[Callable[[LoadedAct, str, Reference], Told], ...] = (
    _missing,
    _no_term_there,
    _another_term,
    _not_procedure,
    _left_out,
)
_BEGINNING = frozenset({MomentKind.DETECTED, MomentKind.SELECTED, MomentKind.RECEIVED})


def _may_follow(step: Step) -> bool:
    """What a repeated message needs as much as a first one: parts, their consolidation, the final reply."""
    parts = step.kind in (StepKind.REQUEST_PART, StepKind.CONSOLIDATE)
    return parts or MomentKind.INTERIM_PUBLISHED in step.starts_on


def _sets_term(loaded: LoadedAct, clause: str) -> bool:
    steps = (step for step in loaded.act.steps if clause in (step.clause, *step.see_also))
    return any(step.term.kind is not TermKind.NONE for step in steps)


def _procedure(loaded: LoadedAct) -> set[str]:
    """Clauses on which a step stands, or a policy of how the steps go."""
    policies = loaded.act.policies
    found = {clause for step in loaded.act.steps for clause in (step.clause, *step.see_also)}
    ways = (policies.routing, policies.parts, policies.review, policies.interim, policies.clarification)
    more = (policies.evidence, policies.publishing, *policies.review.grounds)
    return found | {rule.clause for rule in (*ways, *more) if rule is not None}


def _has_draft_term(loaded: LoadedAct, text: str) -> bool:
    """Whether the term «for handing in» of which a clause speaks is set somewhere: to that very receiver."""
    said = _HANDED_IN.search(normalised(text))
    if said is None:
        return True
    reviewer = loaded.act.policies.review.by
    words = next((role.words for role in loaded.act.people.roles if role.role == reviewer), "")
    to_reviewer = said["to"].lower()[:_STEM] == words.lower()[:_STEM]
    drafts = (step for step in loaded.act.steps if step.kind is StepKind.DRAFT and step.starts_on[0] in _BEGINNING)
    return to_reviewer and any(step.term.kind is not TermKind.NONE for step in drafts)


def _text(loaded: LoadedAct, name: str) -> str:
    return next((clause.text for clause in loaded.act.clauses if clause.clause == name), "")
