"""Publication: by whom, where, with what evidence; one publication for each slot, whatever the platform answers."""

import pytest

from otklik.process import commands as c
from otklik.process.actor import SYSTEM
from otklik.process.events import EventKind as E
from otklik.process.refusal import RefusalCode as R
from otklik.process.state import PublicationPlace, ReplyKind, Stage
from otklik.regulation.model.people import OurRole
from tests.process.decide.desk import (
    CURATOR,
    EXECUTOR,
    FIVE,
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

PUBLISHING = {N: "16", K: "9", U: "14", L: "3", A: "12"}
OWN = PublicationPlace.OWN_ACCOUNT
PUBLISHER = actor("publisher-1", OurRole.PUBLISHER)


def approved(name: str) -> Desk:
    here = desk(name).routed()
    here.approved()
    return here


class TestWho:
    @pytest.mark.parametrize("name", FIVE)
    def test_by_whoever_the_act_names(self, name: str) -> None:
        here = approved(name)
        other = EXECUTOR if here.publisher is CURATOR else CURATOR
        clause = here.view.step_named("publish").clause  # type: ignore[union-attr]  # each has one
        here.refused(c.RequestPublication(), other, R.NOT_YOUR_ROLE, clause)
        here.do(c.RequestPublication(), here.publisher)
        here.stands_at(Stage.PUBLISHING)

    def test_n_10_a_specialist_does_not_publish(self) -> None:
        approved(N).refused(c.RequestPublication(), SPECIALIST, R.NOT_YOUR_ROLE, "16")

    def test_only_what_was_approved(self) -> None:
        here = desk(A).routed()
        refusal = here.refused(c.RequestPublication(), EXECUTOR, R.WRONG_STAGE)
        assert refusal.next[0] is c.CommandName.SAVE_DRAFT
        here.drafted()
        refusal = here.refused(c.RequestPublication(), EXECUTOR, R.NOT_APPROVED, "10")
        assert refusal.next == (c.CommandName.SUBMIT_DRAFT,)


class TestPlace:
    @pytest.mark.parametrize("name", [N, K, U, L])
    def test_where_the_message_stands_and_nowhere_else(self, name: str) -> None:
        here = approved(name)
        elsewhere = c.RequestPublication(place=OWN, why_impossible="закрыто", author_link="vk.com/id1")
        here.refused(elsewhere, here.publisher, R.OWN_ACCOUNT_NOT_PROVIDED, here.act.policies.publishing.clause)

    def test_a_12_from_the_own_account_only_if_impossible_and_with_a_link_to_the_author(self) -> None:
        here = approved(A)
        here.refused(c.RequestPublication(place=OWN), EXECUTOR, R.IMPOSSIBILITY_OF_PLACE_REQUIRED, "12")
        no_link = c.RequestPublication(place=OWN, why_impossible="комментарии закрыты")
        here.refused(no_link, EXECUTOR, R.AUTHOR_LINK_REQUIRED, "12")
        whole = c.RequestPublication(place=OWN, why_impossible="комментарии закрыты", author_link="vk.com/id1")
        (event,) = here.do(whole, EXECUTOR)
        assert event.payload["place"] == "own_account"
        here.do(c.ConfirmPublished(external_id="9"), SYSTEM)
        assert here.events[-1].payload["place"] == "own_account"

    def test_published_by_hand_with_the_link_as_evidence(self) -> None:
        here = approved(L)
        here.refused(c.ConfirmPublished(), EXECUTOR, R.URL_REQUIRED, "3")
        here.refused(c.ConfirmPublished(url="u", place=OWN), EXECUTOR, R.OWN_ACCOUNT_NOT_PROVIDED, "3")
        (event,) = here.do(c.ConfirmPublished(url="https://vk.com/1?reply=3"), EXECUTOR)
        assert event.payload["by_hand"] is True
        here.stands_at(Stage.ANSWERED)


class TestOnce:
    def test_the_slot_is_message_kind_and_number(self) -> None:
        here = approved(A)
        (event,) = here.do(c.RequestPublication(), EXECUTOR)
        assert [event.payload[key] for key in ("message", "reply", "number", "version")] == ["vk:1", "final", 1, 1]
        assert here.state.documents[0].slot.key == "vk:1/final/1"

    def test_what_was_sent_is_not_sent_again(self) -> None:
        here = approved(A)
        here.do(c.RequestPublication(), EXECUTOR)
        refusal = here.refused(c.RequestPublication(), EXECUTOR, R.IN_FLIGHT)
        assert c.CommandName.CONFIRM_PUBLISHED in refusal.next

    def test_not_even_while_another_document_could_be_sent(self) -> None:
        here = desk(INVENTED).selected()
        here.do(c.SaveDraft("Принято", ReplyKind.FIRST_RESPONSE), PUBLISHER)
        here.do(c.RequestPublication(ReplyKind.FIRST_RESPONSE), PUBLISHER)
        here.do(c.Route("roads"), CURATOR)
        version = here.submitted(EXECUTOR)
        here.do(c.GiveVisa(version), SPECIALIST)
        here.do(c.Approve(version), CURATOR)
        here.refused(c.RequestPublication(ReplyKind.FIRST_RESPONSE), PUBLISHER, R.IN_FLIGHT)
        here.do(c.RequestPublication(), PUBLISHER)

    def test_where_nothing_is_reviewed_one_document_at_a_time_all_the_same(self) -> None:
        here = desk(K).selected({"kind": "publication"}, kind="publication")
        here.drafted()
        here.do(c.RequestPublication(), EXECUTOR)
        here.do(c.PublicationFailed("too long", permanent=True), SYSTEM)
        here.drafted(kind=ReplyKind.CLARIFICATION)
        here.refused(c.RequestPublication(ReplyKind.CLARIFICATION), EXECUTOR, R.IN_FLIGHT)
        here.drafted()
        here.do(c.RequestPublication(ReplyKind.CLARIFICATION), EXECUTOR)

    def test_what_was_reopened_is_selected_again_before_its_draft_is_published(self) -> None:
        here = desk(K).selected({"kind": "publication"}, kind="publication")
        here.drafted()
        here.do(c.LeaveOut("не о нас"), EXECUTOR)
        here.do(c.Reopen("всё-таки о нас"), EXECUTOR)
        here.refused(c.RequestPublication(), EXECUTOR, R.WRONG_STAGE)
        here.do(c.Select(), EXECUTOR)
        here.do(c.RequestPublication(), EXECUTOR)

    def test_an_unknown_outcome_is_looked_at_before_anything_else(self) -> None:
        here = approved(A)
        here.do(c.RequestPublication(), EXECUTOR)
        here.do(c.PublicationUnknown("timeout"), SYSTEM)
        here.stands_at(Stage.UNKNOWN)
        here.refused(c.PublicationUnknown("timeout"), SYSTEM, R.OUTCOME_UNKNOWN_YET)
        here.refused(c.RequestPublication(), EXECUTOR, R.OUTCOME_UNKNOWN_YET)
        here.refused(c.SendBack(1), CURATOR, R.WRONG_STAGE)
        here.do(c.ConfirmPublished(url="https://vk.com/1?reply=3"), EXECUTOR)

    def test_known_not_to_stand_there_it_is_sent_again(self) -> None:
        here = approved(A)
        here.do(c.RequestPublication(), EXECUTOR)
        here.do(c.PublicationUnknown("timeout"), SYSTEM)
        here.do(c.PublicationFailed("looked: nothing there"), SYSTEM)
        here.do(c.RequestPublication(), EXECUTOR)
        here.do(c.ConfirmPublished(external_id="9"), SYSTEM)
        assert here.kinds().count(E.PUBLISHED) == 1

    def test_a_text_that_the_platform_will_not_take_goes_back(self) -> None:
        here = approved(A)
        here.do(c.RequestPublication(), EXECUTOR)
        here.do(c.PublicationFailed("too long", permanent=True), SYSTEM)
        here.stands_at(Stage.APPROVED)
        here.do(c.SendBack(1, ("format",), "не помещается"), CURATOR)
        here.published()

    def test_a_second_confirmation_changes_nothing(self) -> None:
        here = approved(A)
        here.do(c.RequestPublication(), EXECUTOR)
        slot = here.state.documents[0].slot
        here.do(c.ConfirmPublished(slot=slot, external_id="9"), SYSTEM)
        here.refused(c.ConfirmPublished(slot=slot, external_id="9"), SYSTEM, R.ALREADY_PUBLISHED)
        here.refused(c.PublicationFailed("late answer", slot=slot), SYSTEM, R.NOTHING_SENT)

    @pytest.mark.parametrize("kind", [ReplyKind.FINAL, ReplyKind.INTERIM, ReplyKind.CLARIFICATION])
    def test_each_kind_has_its_own_event(self, kind: ReplyKind) -> None:
        here = desk(L).routed().published(kind=kind)
        expected = {
            ReplyKind.FINAL: E.PUBLISHED,
            ReplyKind.INTERIM: E.INTERIM_PUBLISHED,
            ReplyKind.CLARIFICATION: E.CLARIFICATION_PUBLISHED,
        }
        assert here.kinds()[-1] is expected[kind]

    def test_a_reply_published_earlier_overtakes_drafts(self) -> None:
        here = desk(L).routed()
        here.drafted(kind=ReplyKind.INTERIM)
        here.published()
        assert [document.status.value for document in here.state.documents] == ["dropped", "published"]


class TestPromises:
    def test_promised_dates_become_controlled_dates_when_published(self) -> None:
        here = desk(L).routed()
        here.published(promises=(promise("2026-12-05"), promise("2026-12-20", "покрасить")))
        assert [item.due_on.isoformat() for item in here.state.promises_open] == ["2026-12-05", "2026-12-20"]
        assert here.kinds()[-2:] == [E.PROMISE_MADE, E.PROMISE_MADE]

    def test_only_those_of_the_version_that_was_published(self) -> None:
        here = desk(L).routed()
        here.drafted(promises=(promise("2026-12-05"),))
        here.published()
        assert here.state.promises == ()
