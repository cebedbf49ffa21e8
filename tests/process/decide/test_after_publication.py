"""After publication: correction, withdrawal, the author's answer or silence, promises, closing, reopening."""

import pytest

from otklik.process import commands as c
from otklik.process.actor import SYSTEM
from otklik.process.deadline import DeadlineState
from otklik.process.deadlines import current, deadlines
from otklik.process.events import EventKind as E
from otklik.process.refusal import RefusalCode as R
from otklik.process.state import Phase, ReplyKind, Slot, Stage
from otklik.regulation.model.people import OurRole
from tests.process.decide.desk import (
    CURATOR,
    EXECUTOR,
    FIVE,
    HEAD,
    INVENTED,
    SPECIALIST,
    A,
    Desk,
    K,
    L,
    N,
    U,
    actor,
    desk,
    promise,
)

CLARIFICATION, CORRECTION, FINAL = ReplyKind.CLARIFICATION, ReplyKind.CORRECTION, ReplyKind.FINAL
PUBLISHER = actor("publisher-1", OurRole.PUBLISHER)


def answered(name: str, **fields: object) -> Desk:
    return desk(name).routed().published(**fields)  # type: ignore[arg-type]  # fields of a draft


class TestCorrection:
    @pytest.mark.parametrize("name", FIVE)
    def test_through_the_same_approval(self, name: str) -> None:
        here = answered(name)
        here.refused(c.SaveDraft("Иначе", base_version=1), EXECUTOR, R.ALREADY_PUBLISHED)
        here.refused(c.Correct(" "), EXECUTOR, R.REASON_REQUIRED)
        here.do(c.Correct("ошибка в адресе"), EXECUTOR)
        version = here.drafted(kind=CORRECTION)
        here.refused(c.RequestPublication(CORRECTION), here.publisher, R.NOT_APPROVED, here.act.policies.review.clause)
        here.do(c.SubmitDraft(version, CORRECTION), EXECUTOR)
        here.do(c.Approve(version), CURATOR)
        here.do(c.RequestPublication(CORRECTION), here.publisher)
        here.do(c.ConfirmPublished(CORRECTION, "https://vk.com/1?reply=4"), SYSTEM)
        assert here.kinds()[-1] is E.CORRECTION_PUBLISHED
        assert here.events[-1].payload["of"] == {"message": "vk:1", "reply": "final", "number": 1}
        here.stands_at(Stage.ANSWERED)

    def test_one_at_a_time_and_each_has_its_own_slot(self) -> None:
        here = answered(L)
        here.do(c.Correct("адрес"), EXECUTOR)
        here.refused(c.Correct("ещё"), EXECUTOR, R.IN_FLIGHT)
        here.published(kind=CORRECTION)
        here.do(c.Correct("снова", Slot("vk:1", FINAL)), EXECUTOR)
        assert here.state.documents[-1].slot == Slot("vk:1", CORRECTION, 2)

    def test_nothing_is_corrected_that_does_not_stand(self) -> None:
        here = desk(L).routed()
        here.refused(c.Correct("адрес"), EXECUTOR, R.NOTHING_PUBLISHED)
        answered(L).refused(c.Correct("адрес", Slot("vk:9", FINAL)), EXECUTOR, R.NOTHING_PUBLISHED)

    def test_a_correction_moves_no_clock(self) -> None:
        here = answered(L)
        moments = here.state.facts.moments
        here.do(c.Correct("адрес"), EXECUTOR)
        here.published(kind=CORRECTION)
        assert here.state.facts.moments == moments


class TestWithdrawal:
    def test_through_the_same_approval_and_the_citizen_is_owed_a_reply_again(self) -> None:
        here = answered(A)
        here.do(c.Withdraw("не тот дом"), EXECUTOR)
        here.stands_at(Stage.REVIEW)
        here.do(c.Approve(1), CURATOR)
        here.do(c.RequestPublication(ReplyKind.WITHDRAWAL), EXECUTOR)
        here.do(c.ConfirmPublished(ReplyKind.WITHDRAWAL), EXECUTOR)
        assert here.kinds()[-1] is E.WITHDRAWN
        here.stands_at(Stage.DRAFTING)
        here.published()
        assert here.events[-1].payload["number"] == 2

    def test_sent_back_the_proposal_falls(self) -> None:
        here = answered(A)
        here.do(c.Withdraw("не тот дом"), EXECUTOR)
        here.do(c.SendBack(1, reason="дом тот"), CURATOR)
        here.stands_at(Stage.ANSWERED)
        here.do(c.Withdraw("всё-таки не тот"), EXECUTOR)


class TestTheAuthor:
    def test_the_answer_is_a_new_message_and_the_reply_answers_it(self) -> None:
        here = answered(U, kind=CLARIFICATION)
        here.refused(c.AuthorAnswered("vk:1"), SYSTEM, R.UNKNOWN_NAME)
        here.do(c.AuthorAnswered("vk:2"), SYSTEM)
        here.published()
        assert here.events[-1].payload["message"] == "vk:2"

    def test_nobody_answers_what_was_not_asked(self) -> None:
        here = desk(U).routed()
        here.refused(c.AuthorAnswered("vk:2"), SYSTEM, R.NOTHING_ASKED, "2")

    @pytest.mark.parametrize("name", [L, U])
    def test_l_8_u_2_the_published_question_is_a_result_so_silence_may_end_it(self, name: str) -> None:
        here = answered(name, kind=CLARIFICATION)
        here.refused(c.Close("author_silent"), CURATOR, R.NO_REPLY_YET, "8" if name == L else "2")
        here.do(c.AuthorSilent(), CURATOR)
        here.do(c.Close("author_silent"), CURATOR)
        here.stands_at(Stage.CLOSED)

    @pytest.mark.parametrize(("name", "clause"), [(N, "13"), (K, "10"), (A, "9")])
    def test_elsewhere_a_final_reply_is_still_owed(self, name: str, clause: str) -> None:
        here = answered(name, kind=CLARIFICATION)
        here.do(c.AuthorSilent(), EXECUTOR)
        here.refused(c.Close("author_silent"), CURATOR, R.NO_REPLY_YET, clause)
        here.published()

    @pytest.mark.parametrize("name", [U, A])
    def test_a_question_put_after_an_interim_reply_does_not_pass_for_the_final_draft(self, name: str) -> None:
        here = answered(name, kind=ReplyKind.INTERIM)
        here.submitted(kind=CLARIFICATION)
        rows = {row.step: row for row in current(deadlines(here.state.facts, here.act, here.schedules, here.now))}
        assert rows["final_draft"].state is DeadlineState.RUNNING
        assert (rows["review"].state, rows["review"].starts_at) == (DeadlineState.RUNNING, here.now)  # U 11, A 10
        here.do(c.SendBack(1, ("formal",) if name == U else ()), CURATOR)
        rows = {row.step: row for row in current(deadlines(here.state.facts, here.act, here.schedules, here.now))}
        assert (rows["rework"].state, rows["rework"].starts_at) == (DeadlineState.RUNNING, here.now)  # U 13, A 11
        here.submitted()
        rows = {row.step: row for row in current(deadlines(here.state.facts, here.act, here.schedules, here.now))}
        assert rows["final_draft"].state is DeadlineState.MET

    def test_a_late_answer_is_still_an_answer(self) -> None:
        here = answered(L, kind=CLARIFICATION)
        here.do(c.AuthorSilent(), CURATOR)
        here.drafted()
        here.do(c.AuthorAnswered("vk:2"), SYSTEM)
        assert here.state.answering == "vk:2"
        assert here.view.with_authors is None


class TestClosing:
    @pytest.mark.parametrize("name", FIVE)
    def test_not_before_a_final_reply(self, name: str) -> None:
        here = desk(name).routed()
        here.refused(c.Close("answered"), CURATOR, R.WRONG_STAGE)

    def test_an_interim_reply_does_not_close(self) -> None:
        here = answered(L, kind=ReplyKind.INTERIM)
        here.refused(c.Close("answered"), CURATOR, R.NO_REPLY_YET, "8")

    def test_not_while_promises_are_open(self) -> None:
        here = answered(L, promises=(promise("2026-12-05"),))
        here.refused(c.Close("answered"), CURATOR, R.PROMISES_OPEN)
        here.refused(c.KeepPromise(7), EXECUTOR, R.PROMISE_UNKNOWN)
        here.do(c.KeepPromise(1, "яма заделана"), EXECUTOR)
        here.do(c.Close("answered"), CURATOR)

    def test_a_promise_is_given_up_with_a_ground_only(self) -> None:
        here = answered(L, promises=(promise("2026-12-05"),))
        here.refused(c.ReleasePromise(1, ""), CURATOR, R.REASON_REQUIRED)
        here.do(c.ReleasePromise(1, "дорогу передали краю"), CURATOR)
        here.do(c.Close("answered"), CURATOR)

    def test_not_while_the_head_is_to_be_told(self) -> None:
        here = desk(A).routed()
        here.do(c.ConfirmSignificance(), CURATOR)
        here.published()
        here.refused(c.Close("answered"), CURATOR, R.REPORT_DUE, "21")
        here.do(c.Report("доложено"), CURATOR)
        here.do(c.Close("answered"), CURATOR)

    def test_not_while_a_correction_is_under_review(self) -> None:
        here = answered(L)
        here.do(c.Correct("адрес"), EXECUTOR)
        here.submitted(kind=CORRECTION)
        here.refused(c.Close("answered"), CURATOR, R.IN_FLIGHT)

    def test_an_unknown_outcome_is_refused_with_those_there_are(self) -> None:
        refusal = answered(L).refused(c.Close("satisfied"), CURATOR, R.OUTCOME_NOT_LISTED)
        assert refusal.facts["known"] == ("answered", "author_silent")

    def test_only_the_acts_outcomes_where_it_has_them(self) -> None:
        here = desk(INVENTED).routed()
        version = here.submitted(EXECUTOR)
        here.do(c.GiveVisa(version), SPECIALIST)
        here.do(c.Approve(version), CURATOR)
        here.do(c.ConfirmPublished(url="https://vk.com/1"), PUBLISHER)
        here.refused(c.Close("answered"), CURATOR, R.OUTCOME_NOT_LISTED, "12")
        here.do(c.Close("neutral"), CURATOR)
        assert here.state.outcome == "neutral"


class TestReopening:
    def test_with_a_ground_to_a_new_reply_in_its_own_slot(self) -> None:
        here = answered(L)
        here.do(c.Close("answered"), CURATOR)
        here.refused(c.SaveDraft("Ещё", base_version=1), EXECUTOR, R.ENDED)
        here.refused(c.Reopen("", new_reply=True), CURATOR, R.REASON_REQUIRED)
        here.do(c.Reopen("яма снова", new_reply=True), CURATOR)
        here.published()
        assert here.events[-1].payload["number"] == 2

    def test_for_a_correction_alone(self) -> None:
        here = answered(L)
        here.do(c.Close("answered"), CURATOR)
        here.do(c.Reopen("ошибка"), CURATOR)
        here.stands_at(Stage.ANSWERED)
        here.do(c.Correct("адрес"), EXECUTOR)

    @pytest.mark.parametrize("ending", [c.LeaveOut("не вопрос"), c.Exclude("threat")])
    def test_what_was_never_answered_goes_back_to_selection(self, ending: c.Command) -> None:
        here = desk(K).detected()
        here.do(ending, CURATOR)
        here.refused(c.Reopen("ошиблись"), EXECUTOR, R.NOT_YOUR_ROLE, "4")
        here.do(c.Reopen("ошиблись"), CURATOR)
        assert here.state.phase is Phase.DETECTED
        assert here.state.facts.closed_at is None
        here.do(c.Select(), CURATOR)

    def test_the_head_may_reopen(self) -> None:
        here = answered(A)
        here.do(c.Close("answered"), CURATOR)
        here.do(c.Reopen("жалоба", new_reply=True), HEAD)

    def test_what_goes_on_is_not_reopened(self) -> None:
        desk(A).routed().refused(c.Reopen("так"), CURATOR, R.WRONG_STAGE)
