"""Reports to the head at once; terms set by a person and extended; verdicts, warnings, new dates."""

import datetime as dt
from dataclasses import replace

import pytest

from otklik.process import commands as c
from otklik.process.actor import SYSTEM
from otklik.process.deadline import Deadline, DeadlineState
from otklik.process.deadlines import current, deadlines
from otklik.process.events import EventKind as E
from otklik.process.refusal import RefusalCode as R
from otklik.regulation.model.people import OurRole
from tests.process.decide.desk import (
    CURATOR,
    EXECUTOR,
    HEAD,
    INVENTED,
    RESPONSIBLE,
    A,
    Desk,
    K,
    L,
    N,
    U,
    actor,
    desk,
)

HOUR = dt.timedelta(hours=1)
OPERATOR = actor("operator-1", OurRole.OPERATOR)


def current_rows(here: Desk, step: str) -> list[Deadline]:
    rows = current(deadlines(here.state.facts, here.act, here.schedules, here.now))
    return [row for row in rows if row.step == step]


class TestReports:
    @pytest.mark.parametrize(("name", "clause"), [(A, "21"), (L, "20")])
    def test_significance_and_surge_are_confirmed_by_a_person_and_reported(self, name: str, clause: str) -> None:
        here = desk(name).selected()
        here.refused(c.Report("доложено"), CURATOR, R.NOTHING_TO_REPORT, clause)
        here.do(c.ConfirmSignificance("школа"), CURATOR)
        here.refused(c.ConfirmSignificance(), CURATOR, R.CONFIRMED_ALREADY, clause)
        here.do(c.ConfirmSurge(), CURATOR)
        (event,) = here.do(c.Report("главе доложено"), CURATOR)
        assert event.payload == {"about": ["significance", "surge"], "to": "head"}
        assert here.state.reports_due == frozenset()

    @pytest.mark.parametrize("name", [A, L])
    def test_what_is_confirmed_after_the_report_is_reported_anew(self, name: str) -> None:
        here = desk(name).selected()
        here.do(c.ConfirmSignificance("школа"), CURATOR)
        (first,) = current_rows(here, "report_to_head")
        here.do(c.ConfirmSurge("третий день"), CURATOR)
        here.refused(c.ConfirmSurge(), CURATOR, R.CONFIRMED_ALREADY, first.clause)
        assert current_rows(here, "report_to_head") == [first]  # nothing is put off by a second confirmation
        here.do(c.Report("главе доложено"), CURATOR)
        here.refused(c.ConfirmSignificance(), CURATOR, R.CONFIRMED_ALREADY, first.clause)
        here.do(c.ConfirmSurge("опять"), CURATOR)
        (second,) = current_rows(here, "report_to_head")
        assert (second.count, second.state, second.starts_at) == (2, DeadlineState.RUNNING, here.now)

    def test_k_22_high_importance_suffices(self) -> None:
        here = desk(K).selected(importance="high")
        assert here.state.reports_due == {"high_importance"}
        here.refused(c.ConfirmSignificance(), CURATOR, R.REPORT_NOT_PROVIDED, "22")
        here.refused(c.Report("доложено"), CURATOR, R.NOT_YOUR_ROLE, "22")
        here.do(c.Report("доложено"), RESPONSIBLE)

    def test_k_22_raised_later_too(self) -> None:
        here = desk(K).selected()
        here.do(c.RaiseImportance("high"), CURATOR)
        assert here.state.reports_due == {"high_importance"}

    @pytest.mark.parametrize("name", [N, U])
    def test_silent_acts_ask_for_no_report(self, name: str) -> None:
        here = desk(name).selected()
        here.refused(c.ConfirmSurge(), CURATOR, R.REPORT_NOT_PROVIDED)
        here.refused(c.Report("доложено"), CURATOR, R.REPORT_NOT_PROVIDED)

    def test_high_importance_that_a_person_confirms(self) -> None:
        here = desk(INVENTED).selected(importance="high")
        assert here.state.reports_due == frozenset()
        here.do(c.ConfirmSignificance(), CURATOR)
        here.refused(c.Report("доложено"), CURATOR, R.NOT_YOUR_ROLE, "10")
        here.do(c.Report("доложено"), RESPONSIBLE)

    def test_the_duty_outlives_the_incident(self) -> None:
        here = desk(A).selected()
        here.do(c.ConfirmSurge(), CURATOR)
        here.do(c.Exclude("threat"), CURATOR)
        here.do(c.Report("доложено"), CURATOR)


class TestSettingTerms:
    def test_l_14_the_curator_sets_the_term_of_a_part(self) -> None:
        here = desk(L).selected()
        here.do(c.RequestParts((c.PartRequest("roads"),)), CURATOR)
        due = here.now + 3 * HOUR
        here.refused(c.SetTerm("part", due, part=1), EXECUTOR, R.NOT_YOUR_ROLE, "6")
        here.refused(c.SetTerm("part", part=1), CURATOR, R.TERM_AMOUNT, "14")
        here.refused(c.SetTerm("part", due, part=7), CURATOR, R.PART_UNKNOWN, "14")
        here.refused(c.SetTerm("part", here.now - HOUR, part=1), CURATOR, R.TERM_IN_PAST, "14")
        here.do(c.SetTerm("part", due, part=1), CURATOR)
        assert here.state.facts.terms_set[-1].due_at == due

    def test_what_the_act_fixed_nobody_sets(self) -> None:
        here = desk(L).routed()
        due = here.now + 3 * HOUR
        here.refused(c.SetTerm("reply", due), CURATOR, R.TERM_FIXED, "8")
        here.refused(c.SetTerm("party", due), CURATOR, R.STEP_UNKNOWN)
        desk(A).routed().refused(c.SetTerm("reply", due), CURATOR, R.TERM_FIXED, "8")

    def test_a_step_whose_term_a_person_sets_on_each_incident(self) -> None:
        here = desk(INVENTED).routed()
        here.do(c.SetTerm("draft", working_minutes=90), CURATOR)
        assert here.state.facts.terms_set[-1].working_time == dt.timedelta(minutes=90)

    def test_n_13_under_the_shortened_term_the_draft_has_a_term_once_a_person_sets_one(self) -> None:
        here = desk(N).routed()
        due = here.now + HOUR
        here.refused(c.SetTerm("draft", due), RESPONSIBLE, R.TERM_FIXED, "9")
        here.do(c.Shorten("авария"), EXECUTOR)
        assert [(row.state, row.due_at) for row in current_rows(here, "draft")] == [(DeadlineState.WAITING, None)]
        here.refused(c.SetTerm("draft", due), EXECUTOR, R.NOT_YOUR_ROLE, "6")
        here.refused(c.SetTerm("reply", due), RESPONSIBLE, R.TERM_FIXED, "10")
        here.do(c.SetTerm("draft", due, ground="к совещанию"), RESPONSIBLE)
        assert [(row.state, row.due_at) for row in current_rows(here, "draft")] == [(DeadlineState.RUNNING, due)]
        (row,) = current_rows(here, "reply")
        assert row.clause == "10"

    def test_a_term_that_has_passed_is_not_revived(self) -> None:
        here = desk(L).selected()
        here.do(c.RequestParts((c.PartRequest("roads", working_minutes=1),)), CURATOR)
        here.now += dt.timedelta(days=5)
        here.refused(c.SetTerm("part", here.now + HOUR, part=1), CURATOR, R.TERM_IN_PAST, "14")


class TestExtension:
    def test_none_of_the_five_knows_one(self) -> None:
        for name, clause in ((N, "9"), (K, "9"), (U, "8"), (L, "8"), (A, "8")):
            here = desk(name).routed()
            here.refused(c.Extend("reply", "сложно", working_minutes=60), CURATOR, R.EXTENSION_NOT_PROVIDED, clause)

    def test_once_at_most_so_much_with_a_ground_and_the_author_told(self) -> None:
        here = desk(INVENTED).routed()
        here.refused(c.TellAuthor("reply", "Продлили"), OPERATOR, R.NOTHING_TO_TELL)
        here.refused(c.Extend("reply", "", working_minutes=60), CURATOR, R.REASON_REQUIRED, "9")
        here.refused(c.Extend("reply", "сложно", working_minutes=60), EXECUTOR, R.NOT_YOUR_ROLE, "2")
        eight_hours_and_one = c.Extend("reply", "сложно", working_minutes=481)
        here.refused(eight_hours_and_one, CURATOR, R.EXTENSION_TOO_LONG, "9")
        here.do(c.Extend("reply", "сложно", working_minutes=480), CURATOR)
        again = c.Extend("reply", "ещё", working_minutes=10)
        here.refused(again, CURATOR, R.EXTENDED_ALREADY, "9")
        here.refused(c.TellAuthor("reply", " "), OPERATOR, R.TEXT_REQUIRED)
        here.do(c.TellAuthor("reply", "Срок продлён до вторника"), OPERATOR)
        assert here.state.extensions[0].told

    def test_a_step_that_has_no_extension(self) -> None:
        here = desk(INVENTED).routed()
        refusal = here.refused(c.Extend("review", "сложно", working_minutes=60), CURATOR, R.EXTENSION_NOT_PROVIDED, "8")
        assert refusal.facts["known"] == ("reply",)


class TestVerdicts:
    def verdict(self, here: Desk, state: str) -> c.RecordVerdict:
        started = here.state.detected_at
        assert started is not None
        return c.RecordVerdict("reply", started, state, started + HOUR, "8", "ru-2026-1", ended_at=None)

    def test_written_once_by_the_program_and_never_rewritten_by_it(self) -> None:
        here = desk(A).routed()
        late = self.verdict(here, "late")
        here.refused(late, CURATOR, R.ONLY_PROGRAM)
        here.do(late, SYSTEM)
        here.refused(self.verdict(here, "met"), SYSTEM, R.VERDICT_STANDS)
        here.refused(replace(late, state="running"), SYSTEM, R.UNKNOWN_NAME)
        here.refused(replace(late, clause="", step="draft"), SYSTEM, R.UNKNOWN_NAME)
        here.do(self.verdict(here, "met_late"), SYSTEM)
        assert [verdict.state for verdict in here.state.verdicts] == ["met_late"]

    def test_corrected_by_a_person_with_a_ground(self) -> None:
        here = desk(A).routed()
        here.do(self.verdict(here, "late"), SYSTEM)
        started = here.state.verdicts[0].starts_at
        correct = c.CorrectVerdict("reply", started, "met", "сбой часов сервера")
        here.refused(correct, CURATOR, R.NOT_YOUR_ROLE, "5")
        here.refused(replace(correct, ground=" "), HEAD, R.REASON_REQUIRED)
        here.refused(replace(correct, state="late"), HEAD, R.UNKNOWN_NAME)
        here.refused(replace(correct, step="draft"), HEAD, R.VERDICT_UNKNOWN)
        here.do(correct, HEAD)
        assert here.state.verdicts[0].corrected

    def test_a_new_calendar_moves_what_runs_and_no_verdict(self) -> None:
        here = desk(A).routed()
        started = here.state.detected_at
        assert started is not None
        redate = c.Redate("reply", started, started + HOUR, started + 2 * HOUR, "ru-2026-2")
        here.do(redate, SYSTEM)
        here.do(self.verdict(here, "late"), SYSTEM)
        here.refused(redate, SYSTEM, R.VERDICT_STANDS)

    def test_a_warning_is_given_once(self) -> None:
        here = desk(A).routed()
        started = here.state.detected_at
        assert started is not None
        assert len(here.do(c.Warn("reply", started, "executor"), SYSTEM)) == 1
        assert here.do(c.Warn("reply", started, "executor"), SYSTEM) == ()

    def test_events_of_terms_change_no_stage(self) -> None:
        here = desk(A).routed()
        before = here.stage
        here.do(self.verdict(here, "late"), SYSTEM)
        assert here.stage is before
        assert here.kinds()[-1] is E.VERDICT
