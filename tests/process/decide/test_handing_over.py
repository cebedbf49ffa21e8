"""Routing, receipt, return, routing again; parts of several bodies and who writes the common reply."""

import datetime as dt

import pytest

from otklik.process import commands as c
from otklik.process.actor import SYSTEM
from otklik.process.commands import PartRequest as Ask
from otklik.process.events import EventKind as E
from otklik.process.refusal import RefusalCode as R
from otklik.process.state import ReplyKind, Stage
from tests.process.decide.desk import CURATOR, EXECUTOR, OTHER_EXECUTOR, PHOTO, A, Desk, K, L, N, U, desk


class TestRouting:
    @pytest.mark.parametrize("name", [K, U, L, A])
    def test_by_the_curator(self, name: str) -> None:
        here = desk(name).selected()
        here.refused(c.Route("roads"), EXECUTOR, R.NOT_YOUR_ROLE, here.view.step_named("route").clause)  # type: ignore[union-attr]  # each has it
        here.do(c.Route("roads"), CURATOR)
        assert here.state.unit == "roads"

    def test_n_10_by_the_executor_to_specialists(self) -> None:
        here = desk(N).selected()
        here.refused(c.Route("roads"), CURATOR, R.NOT_YOUR_ROLE, "8")
        here.do(c.Route("roads"), EXECUTOR)

    def test_not_before_selection(self) -> None:
        refusal = desk(U).detected().refused(c.Route("roads"), CURATOR, R.WRONG_STAGE)
        assert refusal.next[0] is c.CommandName.SELECT
        assert refusal.who_may == ("curator",)

    def test_to_another_while_nothing_is_under_way(self) -> None:
        here = desk(L).routed()
        here.refused(c.Route("roads"), CURATOR, R.SAME_UNIT)
        here.do(c.Route("parks"), CURATOR)
        here.submitted(OTHER_EXECUTOR)
        here.refused(c.Route("roads"), CURATOR, R.IN_FLIGHT)

    def test_receipt_is_known_to_n_alone(self) -> None:
        desk(U).selected().refused(c.Receive(), CURATOR, R.RECEIPT_NOT_PROVIDED)


class TestReturn:
    @pytest.mark.parametrize("name", [U, A])
    def test_to_whoever_sent_it(self, name: str) -> None:
        here = desk(name).routed()
        here.refused(c.Return("не наше"), OTHER_EXECUTOR, R.OUTSIDER)
        here.refused(c.Return(" "), EXECUTOR, R.REASON_REQUIRED, "9" if name == U else "7")
        here.do(c.Return("не наше"), EXECUTOR)
        here.stands_at(Stage.RETURNED)
        assert here.state.unit is None

    def test_u_9_then_to_another(self) -> None:
        here = desk(U).routed()
        here.do(c.Return("не наше"), EXECUTOR)
        here.refused(c.Route("roads"), CURATOR, R.SAME_UNIT, "9")
        here.do(c.Route("parks"), CURATOR)
        assert here.state.past_units == ("roads",)

    def test_a_is_silent_on_routing_again_so_the_curator_may_insist(self) -> None:
        here = desk(A).routed()
        here.do(c.Return("не наше"), EXECUTOR)
        here.do(c.Route("roads"), CURATOR)

    def test_n_12_the_executor_returns_it_to_the_curator_before_routing(self) -> None:
        here = desk(N).detected()
        here.do(c.Receive(), EXECUTOR)
        here.do(c.Return("край, не поселение"), EXECUTOR)
        here.stands_at(Stage.RETURNED)
        refusal = here.refused(c.Route("roads"), EXECUTOR, R.NOT_RECEIVED, "8")
        assert refusal.next == (c.CommandName.RECEIVE,)
        here.do(c.LeaveOut("ушло в край"), CURATOR)

    @pytest.mark.parametrize("name", [K, L])
    def test_where_the_act_is_silent_the_curator_routes_again(self, name: str) -> None:
        here = desk(name).routed()
        refusal = here.refused(c.Return("не наше"), EXECUTOR, R.RETURN_NOT_PROVIDED)
        assert refusal.next == (c.CommandName.ROUTE,)
        assert refusal.who_may == ("curator",)
        here.do(c.Route("parks"), CURATOR)

    def test_u_9_the_right_lapses_once_a_draft_is_in(self) -> None:
        here = desk(U).routed()
        version = here.submitted()
        here.do(c.SendBack(version, ("formal",)), CURATOR)
        here.refused(c.Return("не наше"), EXECUTOR, R.RETURN_LAPSED, "9")


def asked(name: str, *parts: c.PartRequest, consolidator: str | None = None) -> Desk:
    here = desk(name).selected()
    here.do(c.RequestParts(parts, consolidator), CURATOR)
    return here


class TestParts:
    def test_n_knows_no_parts(self) -> None:
        here = desk(N).selected()
        refusal = here.refused(c.RequestParts((Ask("roads"),)), EXECUTOR, R.PARTS_NOT_PROVIDED)
        assert refusal.next == (c.CommandName.ROUTE,)

    @pytest.mark.parametrize(("name", "clause", "lead"), [(U, "16", None), (K, "12", "roads")])
    def test_u_and_k_ask_all_at_once(self, name: str, clause: str, lead: str | None) -> None:
        here = desk(name).selected()
        ordered = c.RequestParts((Ask("roads", 1), Ask("parks", 2)), lead)
        here.refused(ordered, CURATOR, R.PARTS_ORDER_FIXED, clause)
        here.do(c.RequestParts((Ask("roads"), Ask("parks")), lead), CURATOR)
        assert here.kinds().count(E.PART_REQUESTED) == 2

    def test_a_14_the_next_body_is_asked_when_the_one_before_has_answered(self) -> None:
        here = asked(A, Ask("roads", 1), Ask("parks", 2), consolidator="roads")
        assert [part.status.value for part in here.state.parts] == ["asked", "planned"]
        here.refused(c.SubmitPart(2, "сделано"), OTHER_EXECUTOR, R.OUTSIDER)
        here.refused(c.SubmitPart(2, "сделано"), EXECUTOR, R.PART_UNKNOWN, "14")
        events = here.do(c.SubmitPart(1, "сделано", (PHOTO,)), EXECUTOR)
        assert [event.kind for event in events] == [E.PART_REQUESTED, E.PART_IN]
        here.do(c.SubmitPart(2, "посажено"), OTHER_EXECUTOR)
        here.stands_at(Stage.DRAFTING)

    def test_only_the_body_asked_hands_in_its_part(self) -> None:
        here = asked(L, Ask("roads"), Ask("parks"))
        here.refused(c.SubmitPart(2, "чужое"), EXECUTOR, R.NOT_YOUR_UNIT, "14")
        here.refused(c.SubmitPart(1, " "), EXECUTOR, R.TEXT_REQUIRED, "14")
        here.do(c.SubmitPart(1, "своё"), EXECUTOR)

    def test_a_14_the_curator_names_one_of_those_asked(self) -> None:
        here = desk(A).selected()
        here.refused(c.RequestParts((Ask("roads"),)), CURATOR, R.CONSOLIDATOR_REQUIRED, "14")
        here.refused(c.RequestParts((Ask("roads"),), "parks"), CURATOR, R.CONSOLIDATOR_NOT_ASKED, "14")
        here.do(c.RequestParts((Ask("roads"), Ask("parks")), "parks"), CURATOR)
        here.refused(c.SaveDraft("Общий"), EXECUTOR, R.NOT_YOUR_UNIT)
        here.do(c.AssignConsolidator("roads"), CURATOR)
        here.do(c.SaveDraft("Общий"), EXECUTOR)

    @pytest.mark.parametrize(("name", "clause"), [(U, "16"), (L, "14")])
    def test_where_the_act_itself_says_who_consolidates(self, name: str, clause: str) -> None:
        here = desk(name).selected()
        here.refused(c.RequestParts((Ask("roads"),), "roads"), CURATOR, R.CONSOLIDATOR_FIXED, clause)
        here.do(c.RequestParts((Ask("roads"),)), CURATOR)
        here.refused(c.AssignConsolidator("roads"), CURATOR, R.CONSOLIDATOR_FIXED, clause)
        here.do(c.SubmitPart(1, "сделано"), EXECUTOR)
        here.refused(c.SaveDraft("Общий"), EXECUTOR, R.NOT_YOUR_ROLE, "5" if name == U else "6")
        version = here.drafted(CURATOR)
        here.do(c.SubmitDraft(version), CURATOR)
        here.do(c.Approve(version), CURATOR)
        assert here.events[-1].payload["self_review"] is True

    def test_the_common_reply_waits_for_every_part_and_the_interim_does_not(self) -> None:
        here = asked(L, Ask("roads"), Ask("parks"))
        version = here.drafted(CURATOR)
        refusal = here.refused(c.SubmitDraft(version), CURATOR, R.PARTS_MISSING, "14")
        assert refusal.facts["bodies"] == ("roads", "parks")
        interim = here.drafted(CURATOR, ReplyKind.INTERIM)
        here.do(c.SubmitDraft(interim, ReplyKind.INTERIM), CURATOR)

    def test_l_14_a_term_of_its_own_and_a_14_none(self) -> None:
        here = asked(L, Ask("roads", working_minutes=240), Ask("parks"))
        (term,) = here.state.facts.terms_set
        assert (term.step, term.part, term.working_time) == ("part", 1, dt.timedelta(hours=4))
        other = desk(A).selected()
        with_term = c.RequestParts((Ask("roads", working_minutes=240),), "roads")
        other.refused(with_term, CURATOR, R.TERM_FIXED, "14")

    def test_a_term_is_one_amount_and_lies_ahead(self) -> None:
        here = desk(L).selected()
        both = Ask("roads", working_minutes=60, due_at=here.now + dt.timedelta(hours=3))
        here.refused(c.RequestParts((both,)), CURATOR, R.TERM_AMOUNT, "14")
        past = Ask("roads", due_at=here.now - dt.timedelta(hours=3))
        here.refused(c.RequestParts((past,)), CURATOR, R.TERM_IN_PAST, "14")

    def test_nobody_is_asked_twice_at_once(self) -> None:
        here = asked(L, Ask("roads"))
        here.refused(c.RequestParts((Ask("roads"),)), CURATOR, R.BODY_ASKED_ALREADY)
        here.refused(c.RequestParts(()), CURATOR, R.PARTS_EMPTY, "14")
        here.do(c.RequestParts((Ask("parks"),)), CURATOR)
        assert [part.number for part in here.state.parts] == [1, 2]

    def test_a_body_that_is_not_competent_returns_its_part_where_the_act_knows_a_return(self) -> None:
        here = asked(A, Ask("roads"), Ask("parks"), consolidator="parks")
        here.do(c.ReturnPart(1, "не наше"), EXECUTOR)
        here.do(c.SubmitPart(2, "посажено"), OTHER_EXECUTOR)
        here.submitted(OTHER_EXECUTOR)
        silent = asked(L, Ask("roads"), Ask("parks"))
        silent.refused(c.ReturnPart(1, "не наше"), EXECUTOR, R.RETURN_NOT_PROVIDED)

    def test_a_part_that_is_not_needed_is_withdrawn_by_whoever_asked(self) -> None:
        here = asked(L, Ask("roads"), Ask("parks"))
        here.do(c.SubmitPart(1, "сделано"), EXECUTOR)
        here.refused(c.WithdrawPart(2, "не нужно"), EXECUTOR, R.NOT_YOUR_ROLE, "6")
        here.do(c.WithdrawPart(2, "не нужно"), CURATOR)
        assert [moment.part for moment in here.state.facts.moments if moment.kind.value == "part_requested"] == [1]
        here.submitted(CURATOR)

    def test_asking_the_bodies_is_sending_it(self) -> None:
        here = asked(A, Ask("roads"), consolidator="roads")
        assert E.ROUTED in here.kinds()
        here.refused(c.Route("parks"), CURATOR, R.PARTS_MISSING, "14")

    def test_the_program_takes_no_such_step(self) -> None:
        here = desk(L).selected()
        here.refused(c.Route("roads"), SYSTEM, R.NOT_YOUR_ROLE)
