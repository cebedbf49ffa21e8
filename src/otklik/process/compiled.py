"""An act made ready for counting, once: ten thousand incidents ask it the same questions."""

from collections.abc import Mapping
from dataclasses import dataclass

from otklik.process.deadline import About, Deadline, DeadlineState, Explanation, Rule
from otklik.regulation.model import Act, MomentKind, Step, StepKind, TermKind
from otklik.regulation.model.steps import Repeat
from otklik.regulation.model.terms import Counted, Term, Unit

CLASS_CHANGES = frozenset({MomentKind.IMPORTANCE_RAISED, MomentKind.SHORTENED})
HANGING = frozenset({TermKind.BEFORE, TermKind.SHARE})
"""Kinds of term that are counted from another step's term."""

_KEPT = 64
_SAID = ("literal", "amount", "amount_from", "unit", "percent", "day", "weekday", "set_by", "reading", "reason")
_RULES = {
    TermKind.BEFORE: Rule.BEFORE,
    TermKind.SHARE: Rule.SHARE,
    TermKind.BY_DAY_OF_MONTH: Rule.BY_DAY_OF_MONTH,
    TermKind.BY_WEEKDAY: Rule.BY_WEEKDAY,
    TermKind.SET_BY_PERSON: Rule.SET_BY_PERSON,
}
_UNITS = {
    (Unit.DAY, Counted.WORKING): Rule.WORKING_DAYS,
    (Unit.DAY, Counted.CALENDAR): Rule.CALENDAR_DAYS,
    (Unit.MONTH, Counted.CALENDAR): Rule.CALENDAR_MONTHS,
}


@dataclass(frozen=True, slots=True, eq=False)
class CompiledStep:
    """One step with what the fold asks of it, precomputed."""

    step: Step
    term: Term
    number: int
    """Its place in the act file: two steps may bear one name (the reply in its full and in its shortened term)."""
    starts: frozenset[MomentKind]
    anew: frozenset[MomentKind]
    ends: frozenset[MomentKind]
    drops: frozenset[MomentKind]
    """`dropped_on`, and the final publication: an answered message needs no draft any more. A duty to report stands."""
    relevant: frozenset[MomentKind]
    importance: frozenset[str]
    starts_with_class: bool
    """The step names the change of class as its start, so nothing that happened before the change starts it (K 22)."""
    gathers_parts: bool
    """A consolidation that starts when the last part asked for is in."""
    of_final: bool
    """The term of the final reply after an interim one (U 15, A 13): the draft of a question does not end it."""
    facts: Mapping[str, object]
    """What the explanation says of the term, whatever the incident."""
    rule: Rule
    waiting: Deadline

    def applies_to(self, importance: str) -> bool:
        return not self.importance or importance in self.importance


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """The steps that apply to one kind of message, repeated or not."""

    in_order: tuple[CompiledStep, ...]
    """So ordered that a step comes after the one its term hangs on."""
    names: tuple[str, ...]
    """Step names in the order of the act file."""


@dataclass(frozen=True, slots=True, eq=False)
class CompiledAct:
    act: Act
    steps: tuple[CompiledStep, ...]
    shortened: str | None
    """The class of importance that has the act's shortened term."""
    shortened_by_decision: bool
    """That class is given by a decision on each incident, not by raising the importance (N 10)."""
    plans: dict[tuple[str, bool], Plan]

    def plan(self, kind: str, *, repeat: bool) -> Plan:
        key = (kind, repeat)
        found = self.plans.get(key)
        if found is None:
            found = self.plans[key] = _plan(self, kind, repeat=repeat)
        return found

    def class_after(self, change: MomentKind, named: str | None) -> str | None:
        """The class to which a change without a known name moves an incident; None: the change changes nothing."""
        if named is not None:
            return named
        if change is MomentKind.IMPORTANCE_RAISED and self.shortened_by_decision:
            return None
        return self.shortened


_compiled: dict[int, CompiledAct] = {}


def compiled(act: Act) -> CompiledAct:
    """The act made ready; remembered for the last acts asked for (an act object never changes)."""
    found = _compiled.get(id(act))
    if found is not None and found.act is act:
        return found
    if len(_compiled) >= _KEPT:
        _compiled.clear()
    made = _compiled[id(act)] = compile_act(act)
    return made


def compile_act(act: Act) -> CompiledAct:
    """Raises `ValueError` where terms hang on each other in a circle. A term that hangs on nothing waits for ever."""
    words = {role.role: role.words for role in act.people.roles}
    steps = tuple(_compile_step(step, number, words) for number, step in enumerate(act.steps))
    _in_order(steps)
    short = next((item for item in act.policies.importance if item.shortened), None)
    return CompiledAct(
        act=act,
        steps=steps,
        shortened=short.importance if short else None,
        shortened_by_decision=bool(short and short.per_incident_decision),
        plans={},
    )


def _compile_step(step: Step, number: int, words: Mapping[str, str]) -> CompiledStep:
    starts, anew, ends = frozenset(step.starts_on), frozenset(step.anew_on), frozenset(step.ends_on)
    drops = frozenset(step.dropped_on)
    facts = step_facts(step, words)
    if step.kind is not StepKind.REPORT:
        drops |= {MomentKind.PUBLISHED}
    gathers = step.kind is StepKind.CONSOLIDATE and MomentKind.PART_IN in starts
    relevant = starts | anew | ends | drops | set(step.pauses_on) | set(step.resumes_on)
    if gathers:
        relevant |= {MomentKind.PART_REQUESTED, MomentKind.PART_IN, MomentKind.RETURNED}
    return CompiledStep(
        step=step,
        term=step.term,
        number=number,
        starts=starts,
        anew=anew,
        ends=ends,
        drops=drops,
        relevant=relevant,
        importance=frozenset(step.applies_to.importance),
        starts_with_class=bool(starts & CLASS_CHANGES),
        gathers_parts=gathers,
        of_final=MomentKind.INTERIM_PUBLISHED in starts,
        facts=facts,
        rule=rule_of(step.term),
        waiting=_waiting(step, words.get(step.role, step.role), facts),
    )


def rule_of(term: Term) -> Rule:
    """How the due time of such a term comes about."""
    if term.kind is TermKind.WITHIN and term.unit is not None:
        plain = Rule.WORKING_TIME if term.counted is Counted.WORKING else Rule.WALL_TIME
        return _UNITS.get((term.unit, term.counted), plain)
    return _RULES.get(term.kind, Rule.WAITING)


def step_facts(step: Step, role_words: Mapping[str, str]) -> dict[str, object]:
    """What a step and its term say of themselves, for an explanation; `role_words`: roles in the act's own words."""
    term = step.term
    facts: dict[str, object] = {"term": term.kind.value, "counted": term.counted.value}
    for name in _SAID:
        value = getattr(term, name)
        if value is not None:
            facts[name] = value
    if term.set_by is not None:
        facts["set_by_who"] = role_words.get(term.set_by, term.set_by)
    if term.of is not None:
        facts["of_step"] = term.of
    if step.reading is not None:
        facts["step_reading"] = step.reading
    if step.reason is not None:
        facts["step_reason"] = step.reason
    return facts


def _waiting(step: Step, who: str, facts: Mapping[str, object]) -> Deadline:
    """The row of a step whose start has not come: the same for every incident."""
    about = About(
        step=step.step,
        kind=step.kind,
        title=step.title,
        clause=step.clause,
        quote=step.quote,
        role=step.role,
        who=who,
        ends_on=step.ends_on,
        recommended=step.term.recommended,
        optional=step.optional,
        hours=step.hours,
    )
    return Deadline(
        about=about,
        starts_on=step.starts_on[0],
        starts_at=None,
        due_at=None,
        state=DeadlineState.WAITING,
        explanation=Explanation(Rule.WAITING, {**facts, "starts_on": step.starts_on}),
    )


def _plan(act: CompiledAct, kind: str, *, repeat: bool) -> Plan:
    has_process = all(item.has_process for item in act.act.policies.message_kinds if item.kind == kind)
    chosen = [step for step in act.steps if _applies(step.step, kind, has_process=has_process, repeat=repeat)]
    # A step without a term has no clock: the act sets the duty alone.
    timed = [step for step in chosen if step.term.kind is not TermKind.NONE]
    return Plan(in_order=_in_order(tuple(timed)), names=tuple(dict.fromkeys(step.step.step for step in timed)))


def _applies(step: Step, kind: str, *, has_process: bool, repeat: bool) -> bool:
    kinds = step.applies_to.kinds
    if kind not in kinds and (kinds or not has_process):
        return False
    wanted = step.applies_to.repeat
    return wanted is Repeat.ANY or (wanted is Repeat.REPEATED) == repeat


def _in_order(steps: tuple[CompiledStep, ...]) -> tuple[CompiledStep, ...]:
    placed: list[CompiledStep] = []
    left = list(steps)
    while left:
        missing = {step.step.step for step in left}
        ready = [step for step in left if step.term.of not in missing]
        if not ready:
            raise ValueError(f"terms hang on each other in a circle: {', '.join(sorted(missing))}")
        placed += ready
        left = [step for step in left if step not in ready]
    return tuple(placed)
