"""The ladder of terms: done, current and coming."""

from otklik.process.answerable import answers_for, blamed_for
from otklik.process.deadline import Deadline, DeadlineState
from otklik.process.words import since_moment
from otklik.regulation.model import MomentKind, StepKind
from otklik.regulation.model.terms import TermKind
from otklik.web.card.desk import Desk
from otklik.web.card.view import LadderStep, Rung
from otklik.web.clocks import clock_of, no_clock

_RUNGS = {
    DeadlineState.WAITING: Rung.COMING,
    DeadlineState.RUNNING: Rung.CURRENT,
    DeadlineState.PAUSED: Rung.CURRENT,
    DeadlineState.LATE: Rung.CURRENT,
    DeadlineState.MET: Rung.DONE,
    DeadlineState.MET_LATE: Rung.DONE,
    DeadlineState.DROPPED: Rung.GONE,
}

_BROKEN = frozenset({DeadlineState.LATE, DeadlineState.MET_LATE})


_MAIN_LINE = frozenset(
    {
        MomentKind.POSTED,
        MomentKind.DETECTED,
        MomentKind.SELECTED,
        MomentKind.RECEIVED,
        MomentKind.ROUTED,
        MomentKind.DRAFT_IN,
        MomentKind.APPROVED,
    }
)
"""What happens to every incident that is answered; a step that starts on anything else comes only if it must."""


def ladder(desk: Desk) -> tuple[LadderStep, ...]:
    """Every count of every step, then the steps for which the act sets no term."""
    counted = [_rung(desk, number, row) for number, row in enumerate(desk.data.deadlines) if _is_shown(desk, row)]
    return (*counted, *_without_term(desk))


def _is_shown(desk: Desk, row: Deadline) -> bool:
    """What will never come is left out of an incident that has ended."""
    return not (desk.data.state.is_ended and row.state is DeadlineState.WAITING)


def _rung(desk: Desk, number: int, row: Deadline) -> LadderStep:
    rung = Rung.DONE if row.state is DeadlineState.LATE and not row.is_open else _RUNGS[row.state]
    return LadderStep(
        title=row.title,
        clause=row.clause,
        rung=rung,
        chronometer=clock_of(row, desk.data.schedules, desk.now, key=f"ladder-{number}"),
        who=row.who,
        mine=_is_mine(desk, row.role),
        starts=since_moment(row.starts_on) if row.starts_at is None and row.starts_on else "",
        only_if=_is_only_if(row),
        note="; ".join(filter(None, (_note(row), _answerable(desk, row)))),
    )


def _is_only_if(row: Deadline) -> bool:
    """A return is a right, not a duty."""
    return row.state is DeadlineState.WAITING and (row.kind is StepKind.RETURN or row.starts_on not in _MAIN_LINE)


def _is_mine(desk: Desk, role: str) -> bool:
    return any(one.is_ in desk.actor.roles for one in desk.data.act.people.roles if one.role == role)


def _note(row: Deadline) -> str:
    if "no_time_left" in row.explanation.facts:
        return "по акту времени на этот шаг не остаётся"
    if row.is_superseded:
        return "" if row.state is DeadlineState.DROPPED else "больше не действует"
    if row.state is DeadlineState.WAITING and row.starts_at:
        return f"срока нет, пока его не назначит {row.explanation.facts.get('set_by_who', 'человек')}"
    if any(change.kind == "set" and not change.ignored for change in row.explanation.changes):
        return "срок назначен человеком"
    if any(change.kind == "extended" and not change.ignored for change in row.explanation.changes):
        return "срок продлён"
    return "часть ответа" if row.part else ""


def _answerable(desk: Desk, row: Deadline) -> str:
    """Who answers for a term that was broken, where the act names another than the one whose step it is (N 11)."""
    if row.state not in _BROKEN:
        return ""
    act = desk.data.act
    step = next((one for one in act.steps if (one.step, one.clause) == (row.step, row.clause)), None)
    others = [role for role in blamed_for(act, step) if role != row.role] if step else []
    clauses = ", ".join(rule.clause for rule in answers_for(act, "timeliness") if rule.role in others)
    return f"за срок отвечает {', '.join(map(desk.role_words, others))} (п. {clauses})" if others else ""


def _without_term(desk: Desk) -> tuple[LadderStep, ...]:
    """Steps that the act imposes and gives no term: shown once it is their turn."""
    waiting = {due.step for due in desk.open_steps}
    return tuple(
        LadderStep(
            title=step.title,
            clause=step.clause,
            rung=Rung.CURRENT,
            chronometer=no_clock(f"ladder-{step.step}", step.title, desk.now),
            who=desk.role_words(step.role),
            mine=_is_mine(desk, step.role),
        )
        for step in desk.data.act.steps
        if step.term.kind is TermKind.NONE and step.step in waiting
    )
