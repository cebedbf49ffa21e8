"""The ways in which the words of an act may be read, as acts: that of the file, and others that a court might take.

- `as_read`: as the file reads them;
- `wall`: minutes and hours written without «рабочих» are hours of the wall clock;
- `draft_for_all`: the draft's term, tied to the ordinary reply, holds for the shortened one too (N 13);
- `part_for_each`: the body that writes the common reply is asked for a part as well (A 14, «каждым исполнителем»).
"""

from collections.abc import Iterator

from otklik.regulation.model import Act, MomentKind, Step, StepKind, TermKind
from otklik.regulation.model.policies import ConsolidatedBy
from otklik.regulation.model.terms import Counted, Term, Unit

AS_READ, WALL, DRAFT_FOR_ALL, PART_FOR_EACH = "as_read", "wall", "draft_for_all", "part_for_each"

_AMOUNTS = frozenset({TermKind.WITHIN, TermKind.BEFORE})
_SHORT = frozenset({Unit.MINUTE, Unit.HOUR})
_LATER = frozenset({MomentKind.INTERIM_PUBLISHED, MomentKind.PERIOD_ENDED, MomentKind.AUTHOR_ANSWERED})
_OFF = frozenset({StepKind.REPORT, StepKind.WARN, StepKind.CONFIRM, StepKind.TELL_AUTHOR, StepKind.WAIT_FOR_AUTHOR})


def on_the_way(step: Step) -> bool:
    """Whether the step lies between detection and the first reply."""
    return step.kind not in _OFF and not set(step.starts_on) <= _LATER


def is_bare(term: Term) -> bool:
    """«30 минут», «4 часа»: an hour or a minute of which the act does not say whether it is working time."""
    literal = (term.literal or "").lower()
    names_unit = "час" in literal or "минут" in literal
    return term.kind in _AMOUNTS and term.unit in _SHORT and names_unit and "рабоч" not in literal


def readings(act: Act, kind: str, importance: str) -> Iterator[tuple[str, Act]]:
    """The readings that matter to messages of this kind and class, each as an act; the one of the file first."""
    yield AS_READ, act
    way = [step for step in act.steps if on_the_way(step)]
    if any(is_bare(step.term) and step.term.counted is Counted.WORKING for step in way):
        yield WALL, act.model_copy(update={"steps": tuple(map(_by_the_wall, act.steps))})
    if lacks_draft_term(act, kind, importance):
        yield DRAFT_FOR_ALL, act.model_copy(update={"steps": tuple(map(_for_every_class, act.steps))})
    parts = act.policies.parts
    if parts is not None and parts.consolidated_by is ConsolidatedBy.RESPONSIBLE_EXECUTOR and _parts_timed(way):
        every = parts.model_copy(update={"consolidated_by": ConsolidatedBy.EXECUTOR})
        yield PART_FOR_EACH, act.model_copy(update={"policies": act.policies.model_copy(update={"parts": every})})


def _parts_timed(way: list[Step]) -> bool:
    return any(step.kind is StepKind.REQUEST_PART and step.term.kind is TermKind.WITHIN for step in way)


def lacks_draft_term(act: Act, kind: str, importance: str) -> bool:
    """Whether another class has a term for the draft, and this one has not."""
    drafts = [step for step in act.steps if _is_tied_draft(step) and _of_kind(step, kind)]
    return bool(drafts) and not any(_of_class(step, importance) for step in drafts)


def _is_tied_draft(step: Step) -> bool:
    return step.kind is StepKind.DRAFT and step.term.kind in (TermKind.BEFORE, TermKind.SHARE)


def _of_kind(step: Step, kind: str) -> bool:
    return not step.applies_to.kinds or kind in step.applies_to.kinds


def _of_class(step: Step, importance: str) -> bool:
    return not step.applies_to.importance or importance in step.applies_to.importance


def _by_the_wall(step: Step) -> Step:
    if not is_bare(step.term):
        return step
    return step.model_copy(update={"term": step.term.model_copy(update={"counted": Counted.CALENDAR})})


def _for_every_class(step: Step) -> Step:
    if not _is_tied_draft(step):
        return step
    return step.model_copy(update={"applies_to": step.applies_to.model_copy(update={"importance": ()})})
