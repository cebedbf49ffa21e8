"""What a person confirms: importance, the shortened term (N 10), significance and surge (A 21, L 20)."""

from otklik.process.commands import CommandName, ConfirmSignificance, ConfirmSurge, RaiseImportance, Shorten
from otklik.process.events import EventKind
from otklik.process.refusal import Refusal, RefusalCode, refuse
from otklik.process.rule import Ask, Decision, Rule, happened, not_ended, wrong_stage
from otklik.process.state import Phase
from otklik.process.steps.select import importance_unknown, report_about
from otklik.process.view import Names, View, unique
from otklik.regulation.model import StepKind
from otklik.regulation.model.policies import ImmediateReport, ImportanceClass

# --- Importance ---


def _rank(view: View, name: str) -> int:
    return next((place for place, item in enumerate(view.policies.importance) if item.importance == name), 0)


def _higher(view: View) -> tuple[ImportanceClass, ...]:
    return view.policies.importance[_rank(view, view.state.importance) + 1 :]


def _raise_possible(view: View) -> Refusal | None:
    if view.state.is_ended:
        return wrong_stage(view)
    higher = _higher(view)
    if not higher:
        return refuse(RefusalCode.IMPORTANCE_NOT_HIGHER, importance=view.state.importance)
    if all(item.per_incident_decision for item in higher):
        then = (CommandName.SHORTEN,) if _shorten_possible(view) is None else ()
        return refuse(RefusalCode.IMPORTANCE_BY_DECISION, higher[0], then=then, importance=higher[0].importance)
    return None


def _raise(ask: Ask[RaiseImportance]) -> Decision:
    view, name = ask.view, ask.command.importance
    wanted = view.importance(name)
    if wanted is None:
        return importance_unknown(view, name)
    if wanted not in _higher(view):
        return refuse(RefusalCode.IMPORTANCE_NOT_HIGHER, wanted, importance=name, now=view.state.importance)
    if wanted.per_incident_decision:
        return refuse(RefusalCode.IMPORTANCE_BY_DECISION, wanted, importance=name)
    givers = view.named(*wanted.given_by)
    if givers and not ask.holds(givers):
        next_ = (CommandName.RAISE_IMPORTANCE,)
        facts = {"importance": name}
        return Refusal(RefusalCode.NOT_YOUR_ROLE, facts, wanted.clause, wanted.quote, givers, next_)
    payload = {"importance": name, "report_about": report_about(view, wanted)}
    return (happened(EventKind.IMPORTANCE_RAISED, ask.at, payload, ground=ask.command.ground),)


def _raisers(view: View) -> Names:
    """Whoever the act lets give any higher class; where it is silent, those who decide what a message is."""
    named = [name for item in _higher(view) if not item.per_incident_decision for name in item.given_by]
    return view.named(*named) or view.deciders


def _decided(view: View) -> ImportanceClass | None:
    return next((item for item in view.policies.importance if item.per_incident_decision), None)


def _shorten_possible(view: View) -> Refusal | None:
    wanted = _decided(view)
    if wanted is None or not view.has_process:
        then = (CommandName.RAISE_IMPORTANCE,) if any(True for _ in _higher(view)) else ()
        return refuse(RefusalCode.NO_SHORTENED_TERM, then=then)
    if view.state.importance == wanted.importance:
        return refuse(RefusalCode.IMPORTANCE_NOT_HIGHER, wanted, importance=wanted.importance)
    if view.awaits_receipt and view.state.phase in {Phase.DETECTED, Phase.SELECTED}:
        return refuse(RefusalCode.NOT_RECEIVED, wanted, then=(CommandName.RECEIVE,))
    return None if view.state.phase in {Phase.SELECTED, Phase.RECEIVED, Phase.WORK} else wrong_stage(view)


def _shorten(ask: Ask[Shorten]) -> Decision:
    view = ask.view
    wanted = _decided(view) if ask.command.importance is None else view.importance(ask.command.importance)
    if wanted is None or not wanted.per_incident_decision:
        return importance_unknown(view, ask.command.importance)
    payload = {"importance": wanted.importance, "report_about": report_about(view, wanted)}
    return (happened(EventKind.SHORTENED, ask.at, payload, ground=ask.command.ground),)


def _shorteners(view: View) -> Names:
    wanted = _decided(view)
    return view.named(*(wanted.given_by if wanted else ())) or view.routers


# --- Significance and surge ---


def _report_on(view: View, about: str) -> ImmediateReport | None:
    """The report that such a confirmation calls for; high importance that a person confirms counts as significance."""
    for report in view.policies.immediate_reports:
        high = about == "significance" and "high_importance" in report.about and report.confirmed_by_person
        if about in report.about or high:
            return report
    return None


def _confirm_possible(view: View, about: str) -> Refusal | None:
    if not_ended(view):
        return wrong_stage(view)
    report = _report_on(view, about)
    if report is None:
        other = view.policies.immediate_reports
        return refuse(RefusalCode.REPORT_NOT_PROVIDED, other[0] if other else None, about=about)
    # Significance is what a message is, once; a surge may come again: a new fact, once the last one was reported.
    standing = view.state.reports_due if about == "surge" else view.state.confirmed
    return refuse(RefusalCode.CONFIRMED_ALREADY, report, about=about) if about in standing else None


def _confirmers(view: View) -> Names:
    """Who confirms; where the act is silent, those who decide what a message is and the responsible official."""
    return view.doers(StepKind.CONFIRM) or unique((*view.deciders, *view.reporters))


def _significance(ask: Ask[ConfirmSignificance]) -> Decision:
    payload = {"report_about": "significance"}
    return (happened(EventKind.SIGNIFICANCE_CONFIRMED, ask.at, payload, ground=ask.command.ground),)


def _surge(ask: Ask[ConfirmSurge]) -> Decision:
    return (happened(EventKind.SURGE_CONFIRMED, ask.at, {"report_about": "surge"}, ground=ask.command.ground),)


RULES = (
    Rule(RaiseImportance, _raisers, _raise_possible, _raise, on_line=False),
    Rule(Shorten, _shorteners, _shorten_possible, _shorten, on_line=False),
    Rule(
        ConfirmSignificance,
        _confirmers,
        lambda view: _confirm_possible(view, "significance"),
        _significance,
        step=StepKind.CONFIRM,
        on_line=False,
    ),
    Rule(ConfirmSurge, _confirmers, lambda view: _confirm_possible(view, "surge"), _surge, on_line=False),
)
