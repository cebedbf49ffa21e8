"""Review: reasons, rework, joint rework, visa; who may judge whose draft."""

import pytest

from otklik.process import commands as c
from otklik.process.actor import Actor
from otklik.process.events import EventKind as E
from otklik.process.refusal import RefusalCode as R
from otklik.process.state import Stage
from otklik.regulation.model.people import OurRole
from tests.process.decide.desk import (
    CURATOR,
    EXECUTOR,
    FIVE,
    INVENTED,
    ONE_HAND,
    PHOTO,
    SPECIALIST,
    A,
    K,
    L,
    N,
    U,
    actor,
    desk,
    for_,
)

REVIEW = {N: "14", K: "13", U: "11", L: "11", A: "10"}


class TestApproval:
    @pytest.mark.parametrize("name", FIVE)
    def test_by_the_reviewer_of_the_version_that_lies_there(self, name: str) -> None:
        here = desk(name).routed()
        version = here.submitted()
        here.refused(c.Approve(version + 1), CURATOR, R.DRAFT_STALE)
        here.refused(c.Approve(version), EXECUTOR, R.NOT_YOUR_ROLE, REVIEW[name])
        here.do(c.Approve(version), CURATOR)
        here.stands_at(Stage.APPROVED)

    def test_nothing_is_approved_that_does_not_lie_there(self) -> None:
        refusal = desk(A).routed().refused(c.Approve(1), CURATOR, R.WRONG_STAGE)
        assert refusal.next[0] is c.CommandName.SAVE_DRAFT
        assert refusal.who_may == ("executor",)

    def test_n_8_recorded_for_a_curator_without_an_account(self) -> None:
        here = desk(N).routed()
        version = here.submitted()
        here.do(c.Approve(version), for_(EXECUTOR, "curator"))
        event = here.events[-1]
        assert event.payload["recorded_for"] == "curator"
        assert event.payload["by"] == "outside:curator"
        assert event.texts["evidence"] == "letter 12"
        assert "self_review" not in event.payload


class TestReasons:
    def test_k_13_one_of_two_grounds_must_be_given(self) -> None:
        here = desk(K).routed()
        version = here.submitted()
        here.refused(c.SendBack(version, reason="плохо"), CURATOR, R.GROUND_REQUIRED, "13")
        here.refused(c.SendBack(version, ("rude",)), CURATOR, R.GROUND_UNKNOWN, "13")
        here.do(c.SendBack(version, ("spelling",)), CURATOR)
        here.stands_at(Stage.REWORK)
        assert here.state.documents[0].grounds == ("spelling",)

    def test_u_12_any_of_eight(self) -> None:
        here = desk(U).routed()
        version = here.submitted()
        refusal = here.refused(c.SendBack(version), CURATOR, R.GROUND_REQUIRED, "12")
        assert len(refusal.facts["known"]) == 8  # type: ignore[arg-type]  # a tuple
        here.do(c.SendBack(version, ("emotional",)), CURATOR)

    @pytest.mark.parametrize("name", [N, L, A])
    def test_elsewhere_none_is_asked_for(self, name: str) -> None:
        here = desk(name).routed()
        version = here.submitted()
        here.do(c.SendBack(version), CURATOR)

    def test_an_act_that_wants_a_reason_in_words(self) -> None:
        here = desk(INVENTED).routed()
        version = here.submitted(EXECUTOR)
        here.refused(c.RefuseVisa(version, ""), SPECIALIST, R.REASON_REQUIRED, "8")
        here.do(c.GiveVisa(version), SPECIALIST)
        here.refused(c.SendBack(version), CURATOR, R.REASON_REQUIRED, "8")
        here.do(c.SendBack(version, reason="не о том"), CURATOR)

    def test_what_comes_back_is_reworked_before_it_is_sent_again(self) -> None:
        here = desk(A).routed()
        version = here.submitted()
        here.do(c.SendBack(version), CURATOR)
        assert here.submitted() == version + 1
        here.stands_at(Stage.REVIEW)
        assert here.state.documents[0].times_sent_back == 1


class TestJointRework:
    def test_u_11_reviewer_and_executor_together_within_the_review(self) -> None:
        here = desk(U).routed()
        version = here.submitted()
        here.do(c.ReworkJointly("Вместе", version), CURATOR)
        here.stands_at(Stage.REVIEW)
        here.refused(c.Approve(version), CURATOR, R.DRAFT_STALE)
        here.do(c.Approve(version + 1), CURATOR)
        assert "self_review" not in here.events[-1].payload

    def test_u_10_stands_at_the_joint_rework_too(self) -> None:
        here = desk(U).routed()
        version = here.submitted()
        stated = c.ReworkJointly("Сделано", version, frozenset({"measures"}))
        here.refused(stated, CURATOR, R.EVIDENCE_REQUIRED, "10")
        here.do(c.ReworkJointly("Сделано", version, frozenset({"measures"}), (PHOTO,)), CURATOR)

    @pytest.mark.parametrize("name", [N, K, L, A])
    def test_the_others_send_it_back(self, name: str) -> None:
        here = desk(name).routed()
        version = here.submitted()
        rework = c.ReworkJointly("Вместе", version)
        refusal = here.refused(rework, CURATOR, R.JOINT_REWORK_NOT_PROVIDED, REVIEW[name])
        assert refusal.next == (c.CommandName.SEND_BACK,)


class TestOneHand:
    @pytest.mark.parametrize("name", [L, U])
    def test_l_r4_u_6_one_person_may_write_and_approve_and_the_journal_says_so(self, name: str) -> None:
        here = desk(name).routed()
        version = here.submitted(ONE_HAND)
        here.do(c.Approve(version), ONE_HAND)
        assert here.events[-1].payload["self_review"] is True

    @pytest.mark.parametrize("name", [L, U])
    def test_steps_to_oneself_collapse(self, name: str) -> None:
        here = desk(name).routed()
        version = here.drafted(ONE_HAND)
        events = here.do(c.SubmitDraft(version, approve=True), ONE_HAND)
        assert [event.kind for event in events] == [E.DRAFT_IN, E.APPROVED]

    @pytest.mark.parametrize("name", [N, K, A])
    def test_elsewhere_nobody_approves_their_own(self, name: str) -> None:
        here = desk(name).routed()
        version = here.drafted(ONE_HAND)
        at_once = c.SubmitDraft(version, approve=True)
        here.refused(at_once, ONE_HAND, R.SELF_REVIEW, REVIEW[name])
        here.do(c.SubmitDraft(version), ONE_HAND)
        refusal = here.refused(c.Approve(version), ONE_HAND, R.SELF_REVIEW, REVIEW[name])
        assert refusal.who_may == here.view.reviewers
        here.do(c.Approve(version), CURATOR)

    def test_sending_on_what_another_wrote_is_judging_it_too(self) -> None:
        here = desk(A).routed()
        version = here.drafted(EXECUTOR)
        here.do(c.SubmitDraft(version), ONE_HAND)
        here.refused(c.Approve(version), ONE_HAND, R.SELF_REVIEW, "10")

    def test_approving_at_once_is_for_reviewers(self) -> None:
        here = desk(L).routed()
        version = here.drafted(EXECUTOR)
        here.refused(c.SubmitDraft(version, approve=True), EXECUTOR, R.NOT_YOUR_ROLE, "11")


class TestVisa:
    def test_inside_the_body_before_the_reviewer(self) -> None:
        here = desk(INVENTED).routed()
        version = here.submitted(EXECUTOR)
        here.stands_at(Stage.VISA)
        here.refused(c.Approve(version), CURATOR, R.WRONG_STAGE)
        elsewhere: Actor = actor("chief-2", OurRole.SPECIALIST, units=("parks",))
        here.refused(c.GiveVisa(version), elsewhere, R.OUTSIDER)
        here.do(c.GiveVisa(version), SPECIALIST)
        assert here.kinds()[-2:] == [E.VISA_GIVEN, E.DRAFT_IN]
        here.do(c.Approve(version), CURATOR)

    def test_refused_it_goes_back_to_the_executor(self) -> None:
        here = desk(INVENTED).routed()
        version = here.submitted(EXECUTOR)
        here.do(c.RefuseVisa(version, "не наш вопрос"), SPECIALIST)
        here.stands_at(Stage.REWORK)
        here.submitted(EXECUTOR)

    def test_nobody_gives_a_visa_to_their_own_draft(self) -> None:
        here = desk(INVENTED).routed()
        version = here.drafted(SPECIALIST)
        here.do(c.SubmitDraft(version), EXECUTOR)
        here.refused(c.GiveVisa(version), SPECIALIST, R.SELF_REVIEW, "8")

    @pytest.mark.parametrize("name", FIVE)
    def test_none_of_the_five_has_one(self, name: str) -> None:
        here = desk(name).routed()
        version = here.submitted()
        here.refused(c.GiveVisa(version), CURATOR, R.NO_VISA, REVIEW[name])
