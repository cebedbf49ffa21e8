"""Selection: scope, kinds and their curators, importance, exclusion, other procedures."""

import pytest

from otklik.process import commands as c
from otklik.process.actor import SYSTEM
from otklik.process.events import EventKind as E
from otklik.process.refusal import RefusalCode as R
from otklik.process.state import ReplyKind, Stage
from otklik.regulation.model.people import OurRole
from tests.process.decide.desk import CURATOR, EXECUTOR, HEAD, A, Desk, K, L, N, U, actor, desk

CONTROL = actor("control-1", OurRole.CURATOR, act_roles=frozenset({"curator"}))
MEDIA = actor("media-1", OurRole.CURATOR, act_roles=frozenset({"media"}))


class TestScope:
    def test_n_2_an_incident_comes_from_five_networks_a_publication_from_more(self) -> None:
        here = desk(N).detected(network="forum")
        here.do(c.Receive(), EXECUTOR)
        refusal = here.refused(c.Select(), EXECUTOR, R.NETWORK_OUT_OF_SCOPE, "2")
        assert refusal.next == (c.CommandName.SELECT, c.CommandName.LEAVE_OUT)
        (event,) = here.do(c.Select(kind="publication"), EXECUTOR)
        assert event.kind is E.MARKED_PUBLICATION

    def test_n_2_vkontakte_is_in_scope(self) -> None:
        desk(N).selected().stands_at(Stage.SELECTED)

    def test_a_1_only_critical_messages(self) -> None:
        here = desk(A).detected()
        here.refused(c.Select(), CURATOR, R.NOT_CRITICAL, "6")
        here.do(c.Select(critical=True), CURATOR)

    def test_a_2_a_network_covered_by_its_group(self) -> None:
        desk(A).selected({"network": "telegram"}).stands_at(Stage.SELECTED)
        desk(A).detected(network="forum").refused(c.Select(critical=True), CURATOR, R.NETWORK_OUT_OF_SCOPE, "6")

    def test_a_message_that_asks_nothing_is_left_out_with_a_reason(self) -> None:
        here = desk(U).detected()
        here.refused(c.LeaveOut("  "), CURATOR, R.REASON_REQUIRED)
        here.do(c.LeaveOut("реклама кота"), CURATOR)
        here.stands_at(Stage.LEFT_OUT)
        assert here.state.facts.closed_at == here.now

    def test_a_wrong_date_of_the_post_does_not_keep_the_message_out(self) -> None:
        here = desk(U)
        here.detected(posted_at=here.now.replace(year=2031))
        assert E.POSTED not in here.kinds()
        earlier = desk(U).detected(posted_at=here.now.replace(hour=7))
        assert earlier.kinds()[0] is E.POSTED


class TestKinds:
    def test_k_4_an_incident_is_taken_up_by_control_and_not_by_the_media_department(self) -> None:
        here = desk(K).detected()
        here.refused(c.Select(kind="incident"), MEDIA, R.NOT_YOUR_ROLE, "4")
        here.do(c.Select(kind="incident"), CONTROL)

    def test_k_7_bodies_find_publications_themselves(self) -> None:
        here = desk(K).detected(kind="publication", found_by="executor")
        here.refused(c.Select(), HEAD, R.NOT_YOUR_ROLE, "7")
        here.do(c.Select(), EXECUTOR)
        assert here.state.kind == "publication"

    def test_k_5_the_media_department_may_leave_a_publication_out_and_control_may_not(self) -> None:
        here = desk(K).selected({"kind": "publication"}, kind="publication")
        here.refused(c.LeaveOut("не о нас"), CONTROL, R.NOT_YOUR_ROLE, "8")
        here.do(c.LeaveOut("не о нас"), MEDIA)

    def test_an_unknown_kind_is_refused_with_those_the_act_has(self) -> None:
        refusal = desk(U).detected().refused(c.Select(kind="incident"), CURATOR, R.KIND_UNKNOWN)
        assert refusal.facts["known"] == ("message",)

    def test_n_10_the_executor_takes_it_up_only_once_received(self) -> None:
        here = desk(N).detected()
        refusal = here.refused(c.Select(), EXECUTOR, R.NOT_RECEIVED, "10")
        assert refusal.next == (c.CommandName.RECEIVE,)
        here.do(c.Receive(), EXECUTOR)
        here.do(c.Select(), EXECUTOR)

    def test_a_message_is_detected_once(self) -> None:
        here = desk(U).detected()
        here.refused(c.Detect("vk:2", "vk"), SYSTEM, R.DETECTED_ALREADY)

    def test_nothing_happens_to_what_was_never_detected(self) -> None:
        desk(U).refused(c.Select(), CURATOR, R.NOT_DETECTED)


class TestImportance:
    def test_n_10_the_shortened_term_is_a_decision_of_the_executor(self) -> None:
        here = desk(N).selected()
        here.refused(c.Shorten(), CURATOR, R.NOT_YOUR_ROLE, "6")
        here.refused(c.RaiseImportance("high"), EXECUTOR, R.IMPORTANCE_BY_DECISION, "10")
        (event,) = here.do(c.Shorten("авария"), EXECUTOR)
        assert event.payload["importance"] == "high"
        assert here.state.importance == "high"
        here.refused(c.Shorten(), EXECUTOR, R.IMPORTANCE_NOT_HIGHER, "10")

    def test_n_10_decided_together_with_taking_it_up(self) -> None:
        here = desk(N).selected(importance="high")
        assert here.kinds()[-2:] == [E.SELECTED, E.SHORTENED]
        assert here.state.facts.importance == "normal"
        assert here.state.importance == "high"

    def test_acts_without_a_shortened_decision_refuse_it(self) -> None:
        desk(L).selected().refused(c.Shorten(), CURATOR, R.NO_SHORTENED_TERM)
        desk(U).selected().refused(c.Shorten(), CURATOR, R.NO_SHORTENED_TERM)

    def test_l_9_the_curator_raises_it_once_and_nobody_lowers_it(self) -> None:
        here = desk(L).selected()
        here.refused(c.RaiseImportance("high"), EXECUTOR, R.NOT_YOUR_ROLE, "6")
        here.do(c.RaiseImportance("high"), CURATOR)
        here.refused(c.RaiseImportance("high"), CURATOR, R.IMPORTANCE_NOT_HIGHER)

    def test_u_knows_no_class_above_the_ordinary(self) -> None:
        desk(U).selected().refused(c.RaiseImportance("high"), CURATOR, R.IMPORTANCE_NOT_HIGHER)

    def test_given_at_selection_it_is_the_class_from_the_start(self) -> None:
        here = desk(L).selected(importance="high")
        assert here.state.facts.importance == "high"


def excluded(name: str, ground: str = "threat") -> Desk:
    here = desk(name).detected()
    if name == N:
        here.do(c.Receive(), EXECUTOR)
    here.do(c.Exclude(ground), CURATOR)
    return here


class TestExclusion:
    @pytest.mark.parametrize(("name", "clause"), [(N, "20"), (U, "18"), (A, "17"), (L, "17")])
    def test_neither_processed_nor_answered(self, name: str, clause: str) -> None:
        here = excluded(name)
        here.stands_at(Stage.EXCLUDED)
        here.refused(c.ProcessExcluded("учтено"), CURATOR, R.NOTHING_TO_PROCESS, clause)
        here.refused(c.Route("roads"), here.router, R.ENDED)

    def test_k_19_no_reply_but_processed_and_counted(self) -> None:
        here = excluded(K)
        assert here.state.facts.closed_at is not None
        here.refused(c.SaveDraft("Ответ"), EXECUTOR, R.ENDED)
        here.do(c.ProcessExcluded("передано в полицию"), CURATOR)
        here.stands_at(Stage.PROCESSED)

    @pytest.mark.parametrize(("name", "clause"), [(N, "20"), (K, "19"), (U, "18"), (A, "17")])
    def test_only_l_17_knows_spam_and_the_block(self, name: str, clause: str) -> None:
        desk(name).detected().refused(c.Exclude("spam"), CURATOR, R.GROUND_UNKNOWN, clause)
        excluded(name).refused(c.BlockAuthor("спам"), CURATOR, R.BLOCK_NOT_PROVIDED, clause)

    def test_l_17_the_author_may_be_blocked_once(self) -> None:
        here = excluded(L, "spam")
        here.do(c.BlockAuthor("десятое объявление"), CURATOR)
        here.refused(c.BlockAuthor("ещё раз"), CURATOR, R.BLOCKED_ALREADY)

    def test_l_17_does_not_know_intent_to_harm(self) -> None:
        refusal = desk(L).detected().refused(c.Exclude("harm"), CURATOR, R.GROUND_UNKNOWN, "17")
        assert "spam" in str(refusal.facts["known"])

    def test_not_once_a_reply_stands_before_the_citizen(self) -> None:
        here = desk(L).routed().published(kind=ReplyKind.INTERIM)
        refusal = here.refused(c.Exclude("insult"), CURATOR, R.REPLY_STANDS)
        assert refusal.next == (c.CommandName.WITHDRAW,)

    def test_a_draft_under_review_goes_back_to_its_authors(self) -> None:
        here = desk(L).routed()
        here.submitted()
        here.do(c.Exclude("insult"), CURATOR)
        here.do(c.Reopen("автор извинился"), CURATOR)
        here.stands_at(Stage.DETECTED)
        assert here.state.documents[0].status.value == "draft"


class TestOtherProcedures:
    def test_u_21_an_appeal_goes_its_own_way(self) -> None:
        here = desk(U).detected()
        here.refused(c.SendElsewhere("letter"), CURATOR, R.PROCEDURE_UNKNOWN, "21")
        here.do(c.SendElsewhere("appeal"), CURATOR)
        here.stands_at(Stage.ELSEWHERE)
        assert here.state.procedure == "appeal"

    @pytest.mark.parametrize(("name", "clause"), [(N, "3"), (K, "3"), (L, "2"), (A, None)])
    def test_the_others_send_nothing_elsewhere(self, name: str, clause: str | None) -> None:
        desk(name).detected().refused(c.SendElsewhere("appeal"), CURATOR, R.PROCEDURE_UNKNOWN, clause)
