"""Who may: roles, units, rank, steps recorded for others, the program; and when a step can have happened."""

import datetime as dt
from dataclasses import replace

import pytest

from otklik.process import commands as c
from otklik.process.actor import SYSTEM, OnBehalf
from otklik.process.refusal import RefusalCode as R
from otklik.process.state import ReplyKind, Stage
from otklik.regulation.model.people import OurRole, Rank
from tests.process.decide.desk import (
    CURATOR,
    EXECUTOR,
    FIVE,
    FOREIGN,
    INVENTED,
    MINUTE,
    OTHER_EXECUTOR,
    OUTSIDER,
    A,
    L,
    N,
    U,
    actor,
    desk,
    for_,
)


class TestOutsiders:
    @pytest.mark.parametrize("name", FIVE)
    def test_somebody_without_a_role_of_the_act_learns_nothing(self, name: str) -> None:
        here = desk(name).routed()
        here.refused(c.Approve(1), OUTSIDER, R.OUTSIDER)
        here.refused(c.AddNote("любопытно"), OUTSIDER, R.OUTSIDER)
        here.refused(c.AddNote("любопытно"), actor("admin", OurRole.ADMINISTRATOR), R.OUTSIDER)

    @pytest.mark.parametrize("name", [U, L, A])
    def test_nor_does_a_unit_that_takes_no_part(self, name: str) -> None:
        here = desk(name).routed()
        here.refused(c.AddNote("любопытно"), FOREIGN, R.OUTSIDER)
        here.do(c.AddNote("звонил"), EXECUTOR)

    def test_an_administrator_may_enter_a_message_and_no_more(self) -> None:
        here, admin = desk(A), actor("admin", OurRole.ADMINISTRATOR)
        here.do(c.Detect("vk:1", "vk"), admin)
        here.refused(c.Select(critical=True), admin, R.OUTSIDER)

    def test_nobody_without_any_role_enters_one(self) -> None:
        desk(A).refused(c.Detect("vk:1", "vk"), OUTSIDER, R.OUTSIDER)

    def test_a_refusal_tells_a_stranger_nothing_of_the_state(self) -> None:
        early, late = desk(A).detected(), desk(A).routed()
        late.published()
        first = early.refused(c.Approve(1), OUTSIDER, R.OUTSIDER)
        assert late.refused(c.Approve(1), OUTSIDER, R.OUTSIDER) == first


class TestUnits:
    def test_a_body_asked_for_a_part_does_not_publish(self) -> None:
        here = desk(A).selected()
        here.do(c.RequestParts((c.PartRequest("roads"), c.PartRequest("parks")), "roads"), CURATOR)
        here.do(c.SubmitPart(1, "сделано"), EXECUTOR)
        here.do(c.SubmitPart(2, "посажено"), OTHER_EXECUTOR)
        here.approved()
        here.refused(c.RequestPublication(), OTHER_EXECUTOR, R.NOT_YOUR_UNIT, "12")
        here.do(c.RequestPublication(), EXECUTOR)

    def test_l_14_what_the_curator_consolidated_any_of_those_asked_may_publish(self) -> None:
        here = desk(L).selected()
        here.do(c.RequestParts((c.PartRequest("roads"),)), CURATOR)
        here.do(c.SubmitPart(1, "сделано"), EXECUTOR)
        here.approved(CURATOR)
        here.refused(c.RequestPublication(), OTHER_EXECUTOR, R.OUTSIDER)
        here.do(c.RequestPublication(), EXECUTOR)

    def test_a_body_asked_for_a_part_takes_part_and_writes_no_reply(self) -> None:
        here = desk(A).selected()
        here.do(c.RequestParts((c.PartRequest("roads"), c.PartRequest("parks")), "roads"), CURATOR)
        here.do(c.AddNote("ищем"), OTHER_EXECUTOR)
        refusal = here.refused(c.SaveDraft("Ответ"), OTHER_EXECUTOR, R.NOT_YOUR_UNIT)
        assert refusal.facts["units"] == ["roads"]

    def test_n_the_executor_of_the_administration_is_bound_to_no_unit(self) -> None:
        here = desk(N).routed("parks")
        here.do(c.SaveDraft("Ответ"), EXECUTOR)

    def test_a_person_who_acts_for_several_units(self) -> None:
        wide = actor("wide", OurRole.EXECUTOR, units=("parks", "roads"))
        desk(U).routed("parks").do(c.SaveDraft("Ответ"), wide)


class TestRank:
    def test_n_6_not_below_deputy_head(self) -> None:
        low = actor("clerk", OurRole.RESPONSIBLE, rank=Rank.UNIT_HEAD, act_roles=frozenset({"responsible"}))
        here = desk(A).routed()
        started = here.state.detected_at
        assert started is not None
        here.do(c.RecordVerdict("reply", started, "late", None, "8", "v"), SYSTEM)
        correct = c.CorrectVerdict("reply", started, "met", "сбой")
        refusal = here.refused(correct, low, R.RANK_TOO_LOW, "5")
        assert refusal.facts == {"rank": "unit_head", "not_below": "deputy_head"}
        here.refused(correct, replace(low, rank=None), R.RANK_TOO_LOW, "5")
        here.do(correct, replace(low, rank=Rank.DEPUTY_HEAD))


class TestForAnother:
    def test_recorded_with_evidence_for_a_holder_without_an_account(self) -> None:
        here = desk(N).routed()
        version = here.submitted()
        recorder = replace(EXECUTOR, on_behalf_of=OnBehalf("curator", "outside:1", ""))
        here.refused(c.Approve(version), recorder, R.EVIDENCE_FOR_ANOTHER, "8")
        here.do(c.Approve(version, evidence="письмо № 5"), recorder)
        assert here.events[-1].texts["evidence"] == "письмо № 5"

    def test_whoever_has_an_account_does_it_themselves(self) -> None:
        here = desk(N).routed()
        version = here.submitted()
        recorder = replace(EXECUTOR, on_behalf_of=OnBehalf("curator", "outside:1", "письмо", has_account=True))
        here.refused(c.Approve(version), recorder, R.HOLDER_HAS_ACCOUNT, "8")

    def test_only_what_that_role_may(self) -> None:
        here = desk(N).routed()
        here.submitted()
        here.refused(c.Approve(1), for_(CURATOR, "executor"), R.NOT_YOUR_ROLE, "14")
        here.refused(c.Approve(1), for_(EXECUTOR, "bishop"), R.UNKNOWN_NAME)

    def test_not_by_an_outsider(self) -> None:
        here = desk(N).routed()
        version = here.submitted()
        here.refused(c.Approve(version), for_(OUTSIDER, "curator"), R.OUTSIDER)


class TestProgram:
    def test_it_records_what_happened_and_decides_nothing(self) -> None:
        here = desk(A).routed()
        here.approved()
        here.refused(c.RequestPublication(), SYSTEM, R.NOT_YOUR_ROLE)
        here.do(c.RequestPublication(), EXECUTOR)
        here.do(c.ConfirmPublished(external_id="1"), SYSTEM)


class TestTime:
    def test_recorded_later_with_evidence(self) -> None:
        here = desk(A).routed()
        version = here.submitted()
        submitted_at = here.now
        here.now += dt.timedelta(hours=2)
        earlier = submitted_at + MINUTE
        here.refused(c.Approve(version, happened_at=earlier), CURATOR, R.EVIDENCE_FOR_LATE_RECORD)
        here.do(c.Approve(version, happened_at=earlier, evidence="скриншот"), CURATOR)
        event = here.events[-1]
        assert event.happened_at == earlier
        assert event.payload["recorded_later"] is True

    def test_not_in_the_future_not_without_a_zone(self) -> None:
        here = desk(A).detected()
        ahead = here.now + MINUTE * 2
        here.refused(c.Select(critical=True, happened_at=ahead, evidence="x"), CURATOR, R.IN_FUTURE)
        bare = here.now.replace(tzinfo=None)
        here.refused(c.Select(critical=True, happened_at=bare), CURATOR, R.TIME_WITHOUT_ZONE)

    def test_not_before_detection_nor_before_the_step_it_follows(self) -> None:
        here = desk(A).selected()
        selected_at, detected_at = here.now, here.state.detected_at
        assert detected_at is not None
        here.now += dt.timedelta(hours=1)
        too_early = detected_at - MINUTE
        here.refused(c.Route("roads", happened_at=too_early, evidence="x"), CURATOR, R.BEFORE_DETECTION)
        here.refused(c.Route("roads", happened_at=detected_at, evidence="x"), CURATOR, R.BEFORE_PREVIOUS)
        here.do(c.Route("roads", happened_at=selected_at, evidence="журнал"), CURATOR)

    def test_what_lies_beside_the_main_line_may_have_happened_before_its_last_step(self) -> None:
        here = desk(A).routed()
        here.now += dt.timedelta(hours=1)
        surge_at = here.state.detected_at
        here.do(c.ConfirmSurge(happened_at=surge_at, evidence="график"), CURATOR)
        kinds = [moment.kind.value for moment in here.state.facts.moments]
        assert kinds == ["detected", "surge_confirmed", "selected", "routed"]

    def test_a_clock_set_back_a_little_stops_nobody(self) -> None:
        here = desk(A).selected()
        selected_at = here.now
        here.now -= MINUTE * 3
        (event,) = here.do(c.Route("roads"), CURATOR)
        assert event.happened_at == selected_at

    def test_the_program_knows_the_platforms_own_time(self) -> None:
        here = desk(A).routed()
        here.approved()
        here.do(c.RequestPublication(), EXECUTOR)
        at = here.now
        here.now += dt.timedelta(hours=1)
        here.do(c.ConfirmPublished(external_id="1", happened_at=at), SYSTEM)
        assert here.events[-1].happened_at == at
        assert "recorded_later" not in here.events[-1].payload


class TestKeeping:
    def test_taken_assigned_handed_over(self) -> None:
        here = desk(A).routed()
        here.do(c.Take(), EXECUTOR)
        assert dict(here.state.assigned) == {"executor": "executor-1"}
        here.refused(c.Take("curator"), EXECUTOR, R.NOT_YOUR_ROLE)
        here.refused(c.Take("curator"), for_(EXECUTOR, "curator"), R.NOT_YOUR_ROLE)
        here.do(c.HandOver("executor", "executor-9", "substitution", "отпуск"), EXECUTOR)
        assert here.events[-1].payload["from"] == "executor-1"
        here.refused(c.HandOver("executor", "executor-9", "whim"), EXECUTOR, R.UNKNOWN_NAME)
        here.do(c.Assign("curator", "curator-7"), CURATOR)
        here.refused(c.Assign("bishop", "curator-7"), CURATOR, R.UNKNOWN_NAME)

    def test_tags_are_set_and_taken_off(self) -> None:
        here = desk(A).detected(tags=(("topic", "дороги"), ("category", "высокая")))
        here.do(c.Tag((("topic", ""), ("place", "ул. Ленина"))), CURATOR)
        assert dict(here.state.tags) == {"category": "высокая", "place": "ул. Ленина"}

    def test_a_note_says_something_and_moves_nothing(self) -> None:
        here = desk(A).detected()
        here.refused(c.AddNote(" "), CURATOR, R.TEXT_REQUIRED)
        here.do(c.AddNote("позвонить"), CURATOR)
        here.stands_at(Stage.DETECTED)
        assert "позвонить" not in str(here.events[-1].payload)

    def test_linked_to_an_incident_under_another_act(self) -> None:
        here = desk(A).routed()
        here.do(c.Link("57", "handed_over", "ukhta"), CURATOR)
        assert here.state.links[0].organisation == "ukhta"

    def test_a_link_is_made_once_and_taken_away_once(self) -> None:
        here = desk(A).routed()
        here.refused(c.Unlink("57"), CURATOR, R.NOT_LINKED)
        here.do(c.Link("57", "same_event"), CURATOR)
        here.refused(c.Link("57", "same_place"), CURATOR, R.LINKED_ALREADY)
        here.refused(c.Unlink("58"), CURATOR, R.NOT_LINKED)
        here.do(c.Unlink("57"), CURATOR)
        assert here.state.links == ()

    def test_first_response_is_written_by_those_who_may_only_say_that_the_message_came(self) -> None:
        here = desk(INVENTED).selected()
        operator = actor("operator-1", OurRole.OPERATOR)
        first = c.SaveDraft("Ваше сообщение принято", ReplyKind.FIRST_RESPONSE)
        here.refused(first, EXECUTOR, R.NOT_ROUTED, "5")
        here.do(first, operator)
        here.do(c.Route("roads"), CURATOR)
        here.refused(c.SaveDraft("Ответ"), operator, R.NOT_YOUR_ROLE)
        publisher = actor("publisher-1", OurRole.PUBLISHER)
        here.do(c.RequestPublication(ReplyKind.FIRST_RESPONSE), publisher)
        here.stands_at(Stage.DRAFTING)
        here.do(c.ConfirmPublished(ReplyKind.FIRST_RESPONSE, external_id="1"), SYSTEM)
        assert here.state.facts.moments[-1].kind.value == "first_response"
