"""Who answers for the content of a reply and for the time of its draft (A 18, K 20, L 18, N 11, U 19). Pure."""

from typing import Literal

from otklik.regulation.model import Act, Step, StepKind
from otklik.regulation.model.policies import Answerable

_OF_THE_DRAFT = frozenset({StepKind.DRAFT, StepKind.REQUEST_PART, StepKind.REWORK})
"""Steps whose time is the time of the draft: what the act makes its authors answer for."""


def answers_for(act: Act, about: Literal["content", "timeliness"]) -> tuple[Answerable, ...]:
    """The rules that name who answers, in the order of the act; none where the act is silent."""
    return tuple(rule for rule in act.policies.answerable if about in rule.for_)


def blamed_for(act: Act, step: Step) -> tuple[str, ...]:
    """The roles that a breach of this step's term is put down to: for a draft those that the act makes answer for its
    time, else the role whose step it is."""
    if step.kind in _OF_THE_DRAFT:
        named = tuple(rule.role for rule in answers_for(act, "timeliness"))
        if named:
            return named
    return (step.role,)
