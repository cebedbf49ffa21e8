"""Whether the steps of an act can run: no two of one name at once, no term in a circle, no moment that never comes."""

from itertools import combinations
from typing import Any

from otklik.regulation.context import Found
from otklik.regulation.model import MomentKind as M
from otklik.regulation.problems import Code, Path

_FROM_OUTSIDE = {
    M.POSTED,
    M.DETECTED,
    M.SELECTED,
    M.SHORTENED,
    M.RECEIVED,
    M.IMPORTANCE_RAISED,
    M.SIGNIFICANCE_CONFIRMED,
    M.SURGE_CONFIRMED,
    M.PERIOD_ENDED,
}
"""Moments that come from the channel, the clock or a person's decision, whatever the act's steps are."""
_BY_POLICY = {
    M.PART_REQUESTED: ("parts", "policies.parts"),
    M.INTERIM_PUBLISHED: ("interim", "policies.interim"),
    M.CLARIFICATION_PUBLISHED: ("clarification", "policies.clarification"),
    M.AUTHOR_ANSWERED: ("clarification", "policies.clarification"),
}
"""Moments that come only where the act has the policy that brings them."""
_STARTS = ("starts_on", "anew_on", "pauses_on", "resumes_on")
_WITHOUT_TERM = {"none", "set_by_person"}


def find(found: Found) -> None:
    """Adds to `found` what keeps the steps from running."""
    steps = found.entries("steps")
    _overlaps(found, steps)
    _hanging(found, steps)
    _warnings(found, steps)
    _moments(found, steps)


def _overlaps(found: Found, steps: list[tuple[Path, dict[str, Any]]]) -> None:
    for (first_path, first), (path, step) in combinations(steps, 2):
        if first.get("step") == step.get("step") is not None and _same_messages(first, step):
            found.add(Code.STEPS_OVERLAP, (*path, "step"), first_line=found.mark(first_path).line)


def _same_messages(first: dict[str, Any], second: dict[str, Any]) -> bool:
    """Whether two steps apply to a message in common; an empty list means all."""
    one, other = (_mapping(step.get("applies_to")) for step in (first, second))
    for key in ("kinds", "importance"):
        left, right = (_words(applies.get(key)) for applies in (one, other))
        if left and right and not left & right:
            return False
    repeats = {applies.get("repeat", "any") for applies in (one, other)} - {"any"}
    return len(repeats) < 2


def _hanging(found: Found, steps: list[tuple[Path, dict[str, Any]]]) -> None:
    """Terms that hang on another step's term: not on themselves, and on one that has a clock."""
    terms = {str(step.get("step")): _mapping(step.get("term")) for _, step in steps}
    for path, step in steps:
        of = _mapping(step.get("term")).get("of")
        if not isinstance(of, str) or of not in terms:
            continue
        chain = [str(step.get("step"))]
        while isinstance(of, str) and of in terms and of not in chain:
            chain.append(of)
            of = terms[of].get("of")
        if of == chain[0]:
            found.add(Code.TERM_CIRCLE, (*path, "term", "of"), chain=" → ".join([*chain, chain[0]]))
        elif terms[chain[1]].get("kind") in _WITHOUT_TERM:
            found.add(Code.TERM_HANGS_ON_NOTHING, (*path, "term", "of"), value=chain[1])


def _warnings(found: Found, steps: list[tuple[Path, dict[str, Any]]]) -> None:
    for path, step in steps:
        of = _mapping(_mapping(step.get("warning")).get("before")).get("of")
        if isinstance(of, str) and of != step.get("step"):
            found.add(Code.WARNING_OF_ANOTHER, (*path, "warning", "before", "of"), value=of, own=step.get("step"))


def _moments(found: Found, steps: list[tuple[Path, dict[str, Any]]]) -> None:
    """A step that starts on a moment which no other step brings about, and which does not come from outside."""
    ended = {word for _, step in steps for word in _words(step.get("ends_on"))}
    extensible = any(step.get("extension") is not None for _, step in steps)
    for path, step in steps:
        for key in _STARTS:
            listed = step.get(key)
            for index, word in enumerate(listed if isinstance(listed, list) else ()):
                why = _never_comes(found, str(word), ended, extensible=extensible)
                if why is not None:
                    found.add(Code.MOMENT_NEVER_COMES, (*path, key, index), key=key, value=word, why=why)


def _never_comes(found: Found, word: str, ended: set[str], *, extensible: bool) -> tuple[str, str] | None:
    if word not in set(M) or M(word) in _FROM_OUTSIDE:
        return None
    moment = M(word)
    if moment in _BY_POLICY:
        policy, name = _BY_POLICY[moment]
        return None if found.at(("policies", policy)) is not None else (f"в акте нет {name}", f"the act has no {name}")
    if moment in (M.EXTENDED, M.AUTHOR_TOLD):
        return None if extensible else ("ни у одного шага нет extension", "no step has an extension")
    return None if word in ended else ("ни один шаг им не кончается", "no step ends on it")


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _words(value: Any) -> set[str]:
    return {item for item in value if isinstance(item, str)} if isinstance(value, list) else set()
