"""Reporting to the head at once (A 21, K 22, L 20). Periodic reports belong to no incident: `process.duties`."""

from otklik.process.commands import Report
from otklik.process.events import EventKind
from otklik.process.refusal import Refusal, RefusalCode, refuse
from otklik.process.rule import Ask, Decision, Rule, happened
from otklik.process.view import View
from otklik.regulation.model import StepKind


def _possible(view: View) -> Refusal | None:
    """A duty to report outlives the incident: also an answered or closed one is reported."""
    if view.state.reports_due:
        return None
    reports = view.policies.immediate_reports
    code = RefusalCode.NOTHING_TO_REPORT if reports else RefusalCode.REPORT_NOT_PROVIDED
    return refuse(code, reports[0] if reports else None)


def _report(ask: Ask[Report]) -> Decision:
    due = sorted(ask.view.state.reports_due)
    reports = ask.view.policies.immediate_reports
    report = next((item for item in reports if set(item.about) & set(due)), reports[0])
    return (happened(EventKind.REPORTED, ask.at, {"about": due, "to": report.to}, report=ask.command.report),)


RULES = (Rule(Report, lambda view: view.reporters, _possible, _report, step=StepKind.REPORT, on_line=False),)
