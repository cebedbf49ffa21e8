"""What an act leaves open: steps without a term, loops without an end, moments after which nothing follows, silence."""

from collections.abc import Callable, Iterator

from otklik.process.checker.finding import Finding, Severity
from otklik.process.checker.readings import lacks_draft_term
from otklik.regulation.model import MomentKind as M
from otklik.regulation.model import Step, StepKind, TermKind
from otklik.regulation.model.terms import Unit
from otklik.regulation.parse import LoadedAct

_BY_PERSON = frozenset(
    {
        M.POSTED, M.DETECTED, M.RECEIVED, M.SELECTED, M.SHORTENED, M.IMPORTANCE_RAISED, M.SIGNIFICANCE_CONFIRMED,
        M.SURGE_CONFIRMED, M.PERIOD_ENDED, M.REPORTED,
    }
)  # fmt: skip
"""Moments that come from the channel, the clock or a decision of their own, whatever the steps are."""
_BROUGHT_BY = {
    M.ROUTED: {StepKind.HAND_OVER},
    M.RETURNED: {StepKind.RETURN},
    M.PART_REQUESTED: {StepKind.REQUEST_PART},
    M.PART_IN: {StepKind.REQUEST_PART},
    M.DRAFT_IN: {StepKind.DRAFT, StepKind.REWORK, StepKind.CONSOLIDATE},
    M.SENT_BACK: {StepKind.REVIEW},
    M.APPROVED: {StepKind.REVIEW},
    M.FIRST_RESPONSE: {StepKind.TELL_AUTHOR, StepKind.PUBLISH},
    M.AUTHOR_TOLD: {StepKind.TELL_AUTHOR},
    M.INTERIM_PUBLISHED: {StepKind.PUBLISH},
    M.CLARIFICATION_PUBLISHED: {StepKind.PUBLISH},
    M.PUBLISHED: {StepKind.PUBLISH},
    M.AUTHOR_ANSWERED: {StepKind.PUBLISH},
}
_NEXT = {
    M.SENT_BACK: {StepKind.REWORK},
    M.APPROVED: {StepKind.PUBLISH},
    M.DRAFT_IN: {StepKind.REVIEW},
}
"""What must follow, or the message stands still."""
_FOLLOWS = {
    M.RETURNED: {StepKind.HAND_OVER},
    M.INTERIM_PUBLISHED: {StepKind.REPLY, StepKind.DRAFT, StepKind.PUBLISH},
    M.PART_IN: {StepKind.CONSOLIDATE},
}
"""What should follow, or the act is silent on how it goes on."""

_AFTER = (("stands_still", Severity.ERROR, _NEXT), ("silent_after", Severity.FINDING, _FOLLOWS))

Message = tuple[str, str]


def gaps(loaded: LoadedAct) -> Iterator[Finding]:
    """Every gap, in the order of the file within each sort."""
    for look in _LOOKS:
        yield from look(loaded)


def _of(loaded: LoadedAct, number: int, code: str, severity: Severity, **facts: object) -> Finding:
    step = loaded.act.steps[number]
    facts = {"step": step.step, "title": step.title, "role": _role(loaded, step.role), "quote": step.quote} | facts
    return Finding(code, severity, (step.clause,), loaded.mark(("steps", number)), facts)


def _role(loaded: LoadedAct, name: str) -> str:
    return next((role.words for role in loaded.act.people.roles if role.role == name), name)


def _without_term(loaded: LoadedAct) -> Iterator[Finding]:
    for number, step in enumerate(loaded.act.steps):
        if step.term.kind is TermKind.NONE:
            yield _of(loaded, number, "no_term", Severity.FINDING)


def _endless_rework(loaded: LoadedAct) -> Iterator[Finding]:
    """A reviewer may send back for ever; where neither review nor rework has a term, nothing stops the round."""
    for number, step in enumerate(loaded.act.steps):
        if step.kind is StepKind.REWORK:
            without = step.term.kind is TermKind.NONE
            code = "rework_without_term_and_limit" if without else "rework_without_limit"
            yield _of(loaded, number, code, Severity.WARNING if without else Severity.FINDING)


def _messages(loaded: LoadedAct) -> Iterator[Message]:
    policies = loaded.act.policies
    for kind in policies.message_kinds:
        if kind.has_process:
            for importance in policies.importance:
                yield kind.kind, importance.importance


def _steps(loaded: LoadedAct, message: Message) -> list[tuple[int, Step]]:
    kind, importance = message
    return [
        (number, step)
        for number, step in enumerate(loaded.act.steps)
        if (not step.applies_to.kinds or kind in step.applies_to.kinds)
        and (not step.applies_to.importance or importance in step.applies_to.importance)
    ]


def _possible(steps: list[tuple[int, Step]], moment: M) -> bool:
    kinds = _BROUGHT_BY.get(moment)
    if moment is M.EXTENDED:
        return any(step.extension is not None for _, step in steps)
    return kinds is None or moment in _BY_PERSON or any(step.kind in kinds for _, step in steps)


def _no_way_out(loaded: LoadedAct) -> Iterator[Finding]:
    """For one kind and class: steps that cannot begin or end, and moments after which nothing can go on."""
    told: set[tuple[str, int, M | None]] = set()
    for message in _messages(loaded):
        steps = _steps(loaded, message)
        for number, step in steps:
            if not any(_possible(steps, moment) for moment in step.starts_on):
                yield from _once(told, loaded, "never_begins", number, step.starts_on[0], message)
            elif not any(_possible(steps, moment) for moment in step.ends_on):
                yield from _once(told, loaded, "never_ends", number, step.ends_on[0], message)
        for code, severity, following in _AFTER:
            for moment, kinds in following.items():
                bringer = _bringer(steps, moment)
                if bringer is not None and not _goes_on(steps, moment, kinds):
                    yield from _once(told, loaded, code, bringer, moment, message, severity)


def _bringer(steps: list[tuple[int, Step]], moment: M) -> int | None:
    kinds = _BROUGHT_BY[moment]
    return next((number for number, step in steps if step.kind in kinds and moment in step.ends_on), None)


def _goes_on(steps: list[tuple[int, Step]], moment: M, kinds: set[StepKind]) -> bool:
    return any(step.kind in kinds and moment in {*step.starts_on, *step.anew_on} for _, step in steps)


def _once(
    told: set[tuple[str, int, M | None]],
    loaded: LoadedAct,
    code: str,
    number: int,
    moment: M,
    message: Message,
    severity: Severity = Severity.ERROR,
) -> Iterator[Finding]:
    if (code, number, moment) not in told:
        told.add((code, number, moment))
        yield _of(loaded, number, code, severity, moment=moment, kind=message[0], importance=message[1])


def _shortened_without_draft(loaded: LoadedAct) -> Iterator[Finding]:
    """N 13 is tied to 9: under the shortened term of 10 the draft has none."""
    policies = loaded.act.policies
    for kind in policies.message_kinds:
        for one in policies.importance:
            if kind.has_process and lacks_draft_term(loaded.act, kind.kind, one.importance):
                number = next(n for n, step in enumerate(loaded.act.steps) if step.kind is StepKind.DRAFT)
                yield _of(loaded, number, "draft_term_not_for_class", Severity.WARNING, importance=one.words)


def _who_reports(loaded: LoadedAct) -> Iterator[Finding]:
    for number, report in enumerate(loaded.act.policies.immediate_reports):
        if report.by is None:
            mark = loaded.mark(("policies", "immediate_reports", number))
            facts = {"quote": report.quote, "to": _role(loaded, report.to)}
            yield Finding("nobody_reports", Severity.FINDING, (report.clause,), mark, facts)


def _who_raises(loaded: LoadedAct) -> Iterator[Finding]:
    for number, one in enumerate(loaded.act.policies.importance):
        if one.shortened and not one.given_by:
            mark = loaded.mark(("policies", "importance", number))
            facts = {"quote": one.quote, "words": one.words}
            yield Finding("nobody_raises", Severity.FINDING, (one.clause,), mark, facts)


def _idle_roles(loaded: LoadedAct) -> Iterator[Finding]:
    """A role that the act names and to which nothing in the file gives anything to do."""
    used = {step.role for step in loaded.act.steps} | set(_named(loaded.act.policies.model_dump(mode="json")))
    used |= {name for hand in loaded.act.people.one_hand for name in hand.roles}
    used |= {step.warning.to for step in loaded.act.steps if step.warning}
    used |= {step.extension.by for step in loaded.act.steps if step.extension}
    for number, role in enumerate(loaded.act.people.roles):
        if role.role not in used:
            mark = loaded.mark(("people", "roles", number))
            yield Finding("idle_role", Severity.FINDING, (role.clause,), mark, {"role": role.words})


def _named(data: object) -> Iterator[str]:
    """Every word in the policies: a role that is named there has something to do."""
    if isinstance(data, dict):
        for value in data.values():
            yield from _named(value)
    elif isinstance(data, list):
        for value in data:
            yield from _named(value)
    elif isinstance(data, str):
        yield data


def _terms(loaded: LoadedAct) -> Iterator[Finding]:
    """Terms that the program would have to bend."""
    for number, step in enumerate(loaded.act.steps):
        term = step.term
        if term.unit in (Unit.DAY, Unit.MONTH) and term.amount is not None and not float(term.amount).is_integer():
            yield _of(loaded, number, "part_of_a_day", Severity.ERROR, amount=term.amount)
        if step.per_part and not set(step.starts_on) & {M.PART_REQUESTED}:
            yield _of(loaded, number, "part_without_request", Severity.ERROR)


def _reports(loaded: LoadedAct) -> Iterator[Finding]:
    """A periodic report that no step makes: nobody would be reminded of it."""
    clauses = {step.clause for step in loaded.act.steps if M.PERIOD_ENDED in step.starts_on}
    for number, report in enumerate(loaded.act.policies.periodic_reports):
        if report.clause not in clauses:
            mark = loaded.mark(("policies", "periodic_reports", number))
            yield Finding("report_without_step", Severity.FINDING, (report.clause,), mark, {"quote": report.quote})


_LOOKS: tuple[Callable[[LoadedAct], Iterator[Finding]], ...] = (
    _terms,
    _no_way_out,
    _endless_rework,
    _shortened_without_draft,
    _without_term,
    _who_reports,
    _who_raises,
    _idle_roles,
    _reports,
)
