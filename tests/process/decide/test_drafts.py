"""Drafts: versions, kinds of reply, what a draft must carry before it leaves its authors."""

import pytest

from otklik.process import commands as c
from otklik.process.commands import SaveDraft, SubmitDraft
from otklik.process.events import EventKind as E
from otklik.process.refusal import RefusalCode as R
from otklik.process.state import Attachment, ReplyKind, Stage
from tests.process.decide.desk import (
    CURATOR,
    EXECUTOR,
    FIVE,
    INVENTED,
    OTHER_EXECUTOR,
    PHOTO,
    SPECIALIST,
    A,
    K,
    L,
    N,
    U,
    desk,
    promise,
)

INTERIM, CLARIFICATION, FINAL = ReplyKind.INTERIM, ReplyKind.CLARIFICATION, ReplyKind.FINAL
MEASURES = frozenset({"measures"})


class TestVersions:
    def test_each_version_is_written_on_the_latest(self) -> None:
        here = desk(L).routed()
        here.drafted(text="Первая")
        refusal = here.refused(SaveDraft("Моя"), EXECUTOR, R.DRAFT_STALE)
        assert refusal.facts["base_version"] == 0
        assert refusal.facts["current_version"] == 1
        assert refusal.facts["saved_by"] == EXECUTOR.person
        here.do(SaveDraft("Вторая", base_version=1), EXECUTOR)
        here.refused(SubmitDraft(1), EXECUTOR, R.DRAFT_STALE)
        here.do(SubmitDraft(2), EXECUTOR)

    def test_texts_stand_apart_from_the_payload(self) -> None:
        here = desk(L).routed()
        here.drafted(text="Иван Петрович, яму заделаем", promises=(promise("2026-12-05"),))
        event = here.events[-1]
        assert "Иван" not in str(event.payload)
        assert event.texts == {"text": "Иван Петрович, яму заделаем", "promise_1": "заделать яму"}

    def test_a_draft_has_a_text(self) -> None:
        desk(L).routed().refused(SaveDraft(" \n"), EXECUTOR, R.TEXT_REQUIRED)

    def test_what_lies_before_others_is_not_changed_under_their_hands(self) -> None:
        here = desk(L).routed()
        version = here.submitted()
        refusal = here.refused(SaveDraft("Ещё", base_version=version), EXECUTOR, R.UNDER_REVIEW, "11")
        assert refusal.next == (c.CommandName.SEND_BACK,)
        here.do(c.Approve(version), CURATOR)
        here.refused(SaveDraft("Ещё", base_version=version), EXECUTOR, R.APPROVED_LOCKED, "11")
        here.do(c.SendBack(version), CURATOR)
        here.do(SaveDraft("Ещё", base_version=version), EXECUTOR)

    def test_only_one_document_is_under_way_at_a_time(self) -> None:
        here = desk(L).routed()
        here.submitted(kind=INTERIM)
        version = here.drafted()
        here.refused(SubmitDraft(version), EXECUTOR, R.IN_FLIGHT)

    def test_words_about_the_draft_are_those_the_program_knows(self) -> None:
        here = desk(L).routed()
        here.refused(SaveDraft("Ответ", states=frozenset({"wishes"})), EXECUTOR, R.STATES_UNKNOWN)
        here.refused(SaveDraft("Ответ", attachments=(Attachment("k", "song"),)), EXECUTOR, R.ATTACHMENT_UNKNOWN)

    def test_nothing_is_promised_for_the_past(self) -> None:
        here = desk(L).routed()
        # 27.11.2026 10:03 UTC is the evening of the 27th in Lesozavodsk: today may still be promised.
        here.refused(SaveDraft("Вчера", promises=(promise("2026-11-26"),)), EXECUTOR, R.PROMISE_IN_PAST)
        here.do(SaveDraft("Сегодня", promises=(promise("2026-11-27"),)), EXECUTOR)


class TestWho:
    @pytest.mark.parametrize("name", FIVE)
    def test_not_before_it_is_sent_to_anybody(self, name: str) -> None:
        clause = {N: "8", K: "11", U: "8", L: "7", A: "6"}[name]
        here = desk(name).selected()
        refusal = here.refused(SaveDraft("Ответ"), EXECUTOR, R.NOT_ROUTED, clause)
        assert refusal.next[0] is c.CommandName.ROUTE

    def test_only_the_unit_it_was_sent_to(self) -> None:
        here = desk(K).routed()
        here.refused(SaveDraft("Ответ"), OTHER_EXECUTOR, R.OUTSIDER)
        here.do(SaveDraft("Ответ"), EXECUTOR)

    def test_n_10_the_specialist_writes_and_the_executor_sends_it_on(self) -> None:
        here = desk(N).routed()
        version = here.drafted(SPECIALIST)
        here.refused(SubmitDraft(version), SPECIALIST, R.NOT_YOUR_ROLE, "13")
        here.do(SubmitDraft(version), EXECUTOR)

    def test_n_publications_are_answered_without_routing_and_review(self) -> None:
        here = desk(N).selected({"network": "forum", "kind": "publication"}, kind="publication")
        version = here.drafted()
        refusal = here.refused(SubmitDraft(version), EXECUTOR, R.NO_REVIEW, "2")
        assert refusal.next == (c.CommandName.REQUEST_PUBLICATION,)
        here.do(c.RequestPublication(), EXECUTOR)
        here.stands_at(Stage.PUBLISHING)

    def test_k_publications_too(self) -> None:
        here = desk(K).selected({"kind": "publication"}, kind="publication")
        here.drafted()
        here.do(c.RequestPublication(), EXECUTOR)


class TestKinds:
    def test_k_16_an_interim_only_with_the_impossibility_stated(self) -> None:
        here = desk(K).routed()
        version = here.drafted(kind=INTERIM)
        here.refused(SubmitDraft(version, INTERIM), EXECUTOR, R.IMPOSSIBILITY_REQUIRED, "16")
        version = here.drafted(kind=INTERIM, impossibility="нужна экспертиза")
        here.do(SubmitDraft(version, INTERIM), EXECUTOR)

    @pytest.mark.parametrize("name", [N, U, L, A])
    def test_the_others_ask_for_no_such_words(self, name: str) -> None:
        here = desk(name).routed()
        here.submitted(kind=INTERIM)

    @pytest.mark.parametrize(("name", "clause"), [(N, "17"), (K, "16"), (U, "15"), (L, "13"), (A, "13")])
    def test_no_act_knows_a_second_interim(self, name: str, clause: str) -> None:
        here = desk(name).routed().published(kind=INTERIM, impossibility="нужна экспертиза")
        here.stands_at(Stage.DRAFTING)
        refusal = here.refused(SaveDraft("Ещё подождите", INTERIM), EXECUTOR, R.INTERIM_ONCE, clause)
        assert refusal.next == (c.CommandName.SAVE_DRAFT,)
        here.published()
        here.stands_at(Stage.ANSWERED)

    def test_an_act_that_says_two_gets_two(self) -> None:
        here = desk(INVENTED)
        assert here.act.policies.interim is not None
        assert here.act.policies.interim.at_most == 2

    @pytest.mark.parametrize("name", FIVE)
    def test_all_five_know_the_request_for_clarification(self, name: str) -> None:
        here = desk(name).routed().published(kind=CLARIFICATION)
        here.stands_at(Stage.WAITING_AUTHOR)

    def test_no_reply_is_written_while_the_author_is_awaited(self) -> None:
        here = desk(L).routed().published(kind=CLARIFICATION)
        here.refused(SaveDraft("Ответ"), EXECUTOR, R.WRONG_STAGE)

    def test_none_of_the_five_knows_a_first_response(self) -> None:
        here = desk(L).routed()
        here.refused(SaveDraft("Принято", ReplyKind.FIRST_RESPONSE), EXECUTOR, R.FIRST_RESPONSE_NOT_PROVIDED)

    def test_a_correction_is_opened_first(self) -> None:
        here = desk(L).routed()
        here.refused(SaveDraft("Исправлено", ReplyKind.CORRECTION), EXECUTOR, R.CORRECTION_NOT_OPEN)


class TestEvidence:
    @pytest.mark.parametrize("states", ["measures", "concrete_measures", "progress", "refutation"])
    def test_u_10_no_measures_progress_or_refutation_without_evidence(self, states: str) -> None:
        here = desk(U).routed()
        version = here.drafted(states=frozenset({states}))
        here.refused(SubmitDraft(version), EXECUTOR, R.EVIDENCE_REQUIRED, "10")
        version = here.drafted(states=frozenset({states}), attachments=(Attachment("k", "document"),))
        refusal = here.refused(SubmitDraft(version), EXECUTOR, R.EVIDENCE_REQUIRED, "10")
        assert refusal.facts["accepted"] == ("photo", "video", "act")
        version = here.drafted(states=frozenset({states}), attachments=(Attachment("k", "act"),))
        here.do(SubmitDraft(version), EXECUTOR)

    def test_u_10_what_states_nothing_of_the_kind_needs_none(self) -> None:
        desk(U).routed().submitted()

    def test_u_10_holds_for_an_interim_reply_and_not_for_a_question(self) -> None:
        here = desk(U).routed()
        version = here.drafted(kind=INTERIM, states=frozenset({"progress"}))
        here.refused(SubmitDraft(version, INTERIM), EXECUTOR, R.EVIDENCE_REQUIRED, "10")
        here.submitted(kind=CLARIFICATION, states=frozenset({"progress"}))

    @pytest.mark.parametrize("name", [N, K, L, A])
    def test_elsewhere_it_is_advice(self, name: str) -> None:
        desk(name).routed().submitted(states=MEASURES)


class TestRepeats:
    @pytest.mark.parametrize(("name", "clause"), [(N, "18"), (A, "15"), (U, "17"), (L, "15")])
    def test_a_reply_to_a_repeat_states_measures_or_progress(self, name: str, clause: str) -> None:
        here = desk(name).routed(repeat_of="17", new_facts=True)
        version = here.drafted(attachments=(PHOTO,))
        here.refused(SubmitDraft(version), EXECUTOR, R.REPEAT_MUST_STATE, clause)
        here.submitted(states=frozenset({"progress"}), attachments=(PHOTO,))

    def test_l_15_the_measures_are_concrete(self) -> None:
        here = desk(L).routed(repeat_of="17")
        version = here.drafted(states=MEASURES)
        here.refused(SubmitDraft(version), EXECUTOR, R.REPEAT_MUST_STATE, "15")
        here.submitted(states=frozenset({"concrete_measures"}))

    def test_a_15_concrete_measures_are_measures(self) -> None:
        desk(A).routed(repeat_of="17").submitted(states=frozenset({"concrete_measures"}))

    def test_k_asks_for_nothing_of_a_repeat(self) -> None:
        desk(K).routed(repeat_of="17").submitted()

    def test_a_question_to_the_author_states_nothing(self) -> None:
        desk(A).routed(repeat_of="17").submitted(kind=CLARIFICATION)

    def test_the_gate_stands_where_nothing_is_reviewed_too(self) -> None:
        here = desk(N).selected({"kind": "publication"}, kind="publication", repeat_of="17")
        here.drafted()
        here.refused(c.RequestPublication(), EXECUTOR, R.REPEAT_MUST_STATE, "18")


class TestRepeatByLink:
    def test_u_17_without_new_facts_a_link_is_enough(self) -> None:
        here = desk(U).selected(repeat_of="17")
        for url in (
            None,
            "",
            "javascript:alert(1)",
            " JavaScript:alert(1)",
            "data:text/html,x",
            "/incidents/1/",
            "https://",
        ):
            here.refused(c.LinkRepeat("Мы отвечали", url=url), CURATOR, R.LINK_REQUIRED, "17")
        (event,) = here.do(c.LinkRepeat("Мы отвечали", url="https://vk.com/9"), CURATOR)
        assert event.kind is E.REPEAT_LINKED
        here.do(c.RequestPublication(FINAL), CURATOR)
        here.do(c.ConfirmPublished(url="https://vk.com/10"), CURATOR)
        here.stands_at(Stage.ANSWERED)

    def test_u_17_with_new_facts_the_whole_process(self) -> None:
        here = desk(U).selected(repeat_of="17", new_facts=True)
        here.refused(c.LinkRepeat("Мы отвечали", url="https://vk.com/9"), CURATOR, R.REPEAT_WHOLE_PROCESS, "17")

    @pytest.mark.parametrize(("name", "clause"), [(N, "18"), (L, "15"), (A, "15"), (K, None)])
    def test_the_others_take_it_through_the_whole_process(self, name: str, clause: str | None) -> None:
        here = desk(name).selected(repeat_of="17")
        here.refused(c.LinkRepeat("Мы отвечали", url="https://vk.com/9"), CURATOR, R.REPEAT_WHOLE_PROCESS, clause)

    def test_what_is_no_repeat_is_first_recognised_as_one(self) -> None:
        here = desk(U).selected()
        refusal = here.refused(c.LinkRepeat("Мы отвечали", url="https://vk.com/9"), CURATOR, R.NOT_A_REPEAT, "17")
        assert refusal.next == (c.CommandName.JOIN_REPEAT,)
        here.do(c.JoinRepeat("17"), CURATOR)
        assert here.state.facts.repeat
        here.do(c.LinkRepeat("Мы отвечали", url="https://vk.com/9"), CURATOR)

    def test_an_act_with_a_base_of_replies_answers_from_it(self) -> None:
        here = desk(INVENTED).selected(repeat_of="17")
        by_link = c.LinkRepeat("Мы отвечали", url="https://vk.com/9")
        here.refused(by_link, CURATOR, R.REPEAT_WHOLE_PROCESS, "11")
        here.do(c.LinkRepeat("Типовой ответ", c.RepeatWay.BASE_OF_REPLIES), CURATOR)
        here.stands_at(Stage.APPROVED)
