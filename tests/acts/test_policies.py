"""What the format can say besides terms, each by an invented act and the pure code that obeys it; and not without."""

import datetime as dt
from dataclasses import replace

import pytest

from otklik.process.commands import (
    Approve,
    Close,
    GiveVisa,
    JoinRepeat,
    LinkRepeat,
    PartRequest,
    RepeatWay,
    RequestParts,
    SaveDraft,
    Select,
    SubmitDraft,
    SubmitPart,
)
from otklik.process.duties import BodyRecord, PageRecord, escalated, posts, rating, reports_due
from otklik.process.findings import FindingCode, ReplyText, findings
from otklik.process.legal import Standing, legal_standing, legal_words
from otklik.process.rates import Sent, held, limits_of
from otklik.process.refusal import RefusalCode
from otklik.process.schedules import ScheduleSet
from otklik.process.state import Stage
from otklik.regulation.model.people import OurRole
from otklik.worktime import Schedule
from tests.acts.small_acts import act, desk, ignoring
from tests.process.decide.desk import CURATOR, EXECUTOR, OTHER_EXECUTOR, actor, for_

MOSCOW = dt.timezone(dt.timedelta(hours=3))
FRIDAY = dt.date(2026, 11, 27)


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=MOSCOW)


# --- People ---


def test_curators_by_kind_of_message() -> None:
    press = actor("press-1", OurRole.CURATOR, act_roles=frozenset({"press"}))
    centre = actor("centre-1", OurRole.CURATOR, act_roles=frozenset({"centre"}))
    public = desk(act("curators")).detected(kind="message")
    public.refused(Select(), press, RefusalCode.NOT_YOUR_ROLE)
    public.do(Select(), centre)
    direct = desk(act("curators")).detected(kind="direct")
    direct.refused(Select(), centre, RefusalCode.NOT_YOUR_ROLE)
    direct.do(Select(), press)
    anybody = ignoring(
        ignoring(act("curators"), "people.roles.press.for_kinds", None), "people.roles.centre.for_kinds", None
    )
    either = desk(anybody).detected(kind="direct")
    either.do(Select(), centre)


def test_the_step_of_an_outside_curator_may_be_recorded_for_them() -> None:
    outside = desk(act("curators")).detected(kind="message")
    outside.do(Select(), for_(EXECUTOR, "centre"))
    assert outside.stage is Stage.SELECTED


def test_a_visa_inside_the_body_before_the_reviewer() -> None:
    head_of_unit = actor("unit-head-1", OurRole.RESPONSIBLE, units=("roads",))
    with_visa = desk(act("visa")).routed()
    with_visa.submitted()
    assert with_visa.stage == "visa"
    with_visa.refused(Approve(1), CURATOR, RefusalCode.WRONG_STAGE)
    with_visa.do(GiveVisa(1), head_of_unit)
    assert with_visa.stage == "review"
    without = desk(ignoring(act("visa"), "policies.review.visa_by", None)).routed()
    without.submitted()
    assert without.stage is Stage.REVIEW


# --- The way of a message ---


def test_parts_are_asked_for_at_once_and_the_operator_consolidates() -> None:
    operator = actor("operator-1", OurRole.OPERATOR)
    common = desk(act("operator-consolidates")).selected()
    in_order = RequestParts((PartRequest("roads", order=1), PartRequest("parks", order=2)))
    common.refused(in_order, CURATOR, RefusalCode.PARTS_ORDER_FIXED, "5")
    common.do(RequestParts((PartRequest("roads"), PartRequest("parks"))), CURATOR)
    common.do(SubmitPart(2, "Деревья спилим."), OTHER_EXECUTOR)  # the second before the first
    common.do(SubmitPart(1, "Яму засыпем."), EXECUTOR)
    common.refused(SaveDraft("Здравствуйте!"), EXECUTOR, RefusalCode.NOT_YOUR_ROLE, "5")
    common.do(SaveDraft("Здравствуйте!"), operator)
    common.do(SubmitDraft(1), operator)
    assert common.stage is Stage.REVIEW


def test_in_order_the_second_body_waits_for_the_first() -> None:
    in_order = ignoring(act("operator-consolidates"), "policies.parts.order", "set_by_curator")
    common = desk(in_order).selected()
    common.do(RequestParts((PartRequest("roads", order=1), PartRequest("parks", order=2))), CURATOR)
    assert not isinstance(common.ask(SubmitPart(2, "Деревья спилим."), OTHER_EXECUTOR), tuple)
    common.do(SubmitPart(1, "Яму засыпем."), EXECUTOR)
    common.do(SubmitPart(2, "Деревья спилим."), OTHER_EXECUTOR)


def test_a_repeat_is_answered_from_the_base_of_replies_without_a_review() -> None:
    repeat = desk(act("base-of-replies")).selected()
    repeat.do(JoinRepeat("incident-1"), CURATOR)
    repeat.do(LinkRepeat("Ответ из базы.", RepeatWay.BASE_OF_REPLIES), CURATOR)
    new_facts = desk(act("base-of-replies")).selected()
    new_facts.do(JoinRepeat("incident-1", new_facts=True), CURATOR)
    new_facts.refused(LinkRepeat("Ответ.", RepeatWay.BASE_OF_REPLIES), CURATOR, RefusalCode.REPEAT_WHOLE_PROCESS, "5")
    whole = desk(ignoring(act("base-of-replies"), "policies.repeats.without_new_facts", "whole_process")).selected()
    whole.do(JoinRepeat("incident-1"), CURATOR)
    whole.refused(LinkRepeat("Ответ.", RepeatWay.BASE_OF_REPLIES), CURATOR, RefusalCode.REPEAT_WHOLE_PROCESS, "5")


def test_an_incident_closes_with_one_of_the_acts_outcomes() -> None:
    answered = desk(act("outcomes")).routed().published()
    answered.refused(Close("answered"), CURATOR, RefusalCode.OUTCOME_NOT_LISTED, "5")
    answered.do(Close("satisfied"), CURATOR)
    assert answered.stage is Stage.CLOSED
    unlisted = desk(ignoring(act("outcomes"), "policies.outcomes", [])).routed().published()
    unlisted.refused(Close("satisfied"), CURATOR, RefusalCode.OUTCOME_NOT_LISTED)


# --- Replies ---


@pytest.mark.parametrize(
    ("length", "codes"),
    [
        (800, []),
        (801, [FindingCode.LONGER_THAN_RECOMMENDED]),
        (4096, [FindingCode.LONGER_THAN_RECOMMENDED]),
        (4097, [FindingCode.TOO_LONG]),
    ],
)
def test_length_by_network(length: int, codes: list[FindingCode]) -> None:
    whole = act("network-limits")
    assert [one.code for one in findings(ReplyText("я" * length, "vk", FRIDAY), whole)] == codes
    assert findings(ReplyText("я" * length, "ok", FRIDAY), whole) == []
    assert findings(ReplyText("я" * length, "vk", FRIDAY), ignoring(whole, "policies.network_limits", [])) == []


def test_identical_replies_an_hour() -> None:
    sent = [Sent(at("2026-11-27 10:00"), "Передали."), Sent(at("2026-11-27 10:20"), "передали. ")]
    whole = act("network-limits")
    wait = held(limits_of(whole, "ok"), "Передали.", sent, at("2026-11-27 10:59"))
    assert wait is not None
    assert (wait.why, wait.until, wait.limit) == ("identical_replies_an_hour", at("2026-11-27 11:00"), 2)
    assert held(limits_of(whole, "ok"), "Передали.", sent, at("2026-11-27 11:00")) is None
    assert held(limits_of(whole, "ok"), "Засыпали.", sent, at("2026-11-27 10:59")) is None
    assert held(limits_of(whole, "vk"), "Передали.", sent, at("2026-11-27 10:59")) is None
    assert (
        held(limits_of(ignoring(whole, "policies.network_limits", []), "ok"), "Передали.", sent, at("2026-11-27 10:59"))
        is None
    )


def test_comments_a_day() -> None:
    whole = act("network-limits")
    yesterday = Sent(at("2026-11-26 23:59"), "Ноль.")
    sent = [yesterday, *(Sent(at(f"2026-11-27 1{hour}:00"), f"Ответ {hour}.") for hour in range(2))]
    assert held(limits_of(whole, "ok"), "Ещё один.", sent, at("2026-11-27 15:00")) is None
    full = [*sent, Sent(at("2026-11-27 14:00"), "Третий.")]
    wait = held(limits_of(whole, "ok"), "Ещё один.", full, at("2026-11-27 15:00"))
    assert wait is not None
    assert (wait.why, wait.until) == ("comments_a_day", at("2026-11-28 00:00"))
    assert held(limits_of(whole, "ok"), "Ещё один.", full, at("2026-11-28 00:00")) is None


def test_banned_phrases() -> None:
    reply = ReplyText("Вопрос не входит в компетенцию администрации.", "vk", FRIDAY)
    assert [one.code for one in findings(reply, act("banned-phrases"))] == [FindingCode.BANNED_PHRASE]
    assert findings(reply, ignoring(act("banned-phrases"), "policies.banned_phrases", [])) == []


def test_legal_status() -> None:
    whole = act("appeal")
    assert legal_standing(whole).standing is Standing.APPEAL
    assert "Это обращение по закону № 59-ФЗ" in legal_words(whole)
    not_so = ignoring(whole, "policies.legal_status.is_appeal", False)
    assert legal_standing(not_so).standing is Standing.NOT_AN_APPEAL
    assert legal_standing(ignoring(whole, "policies.legal_status", None)).standing is Standing.SILENT


# --- Control ---


def breaches(*days: str) -> list[dt.date]:
    return [dt.date.fromisoformat(day) for day in days]


def test_levels_of_escalation() -> None:
    levels = act("escalation").policies.escalation
    three = breaches("2026-11-02", "2026-11-03", "2026-11-27")
    assert escalated(levels, three, FRIDAY) == []
    four = [*three, dt.date(2026, 11, 27)]
    assert [found.level.to for found in escalated(levels, four, FRIDAY)] == ["deputy"]
    assert escalated(levels, four, dt.date(2026, 12, 1)) == []  # a new month
    six = [*four, *breaches("2026-10-05", "2026-10-06")]
    assert [found.level.to for found in escalated(levels, six, FRIDAY)] == ["head", "deputy"]
    patient = ignoring(act("escalation"), "policies.escalation", [])
    assert escalated(patient.policies.escalation, six, FRIDAY) == []


def test_a_report_every_week() -> None:
    whole = act("weekly-report")
    schedules = ScheduleSet(Schedule.from_document(whole.place.schedule))
    due = reports_due(whole, schedules, dt.date(2026, 11, 23), at("2026-11-30 09:00"))
    assert [(one.period and one.period.last_on, one.deadline and one.deadline.due_at) for one in due] == [
        (dt.date(2026, 11, 29), at("2026-12-01 18:00"))
    ]
    monthly = ignoring(whole, "policies.periodic_reports.every", "month")
    assert reports_due(monthly, schedules, dt.date(2026, 11, 23), at("2026-11-30 09:00")) == []


def test_a_rating_leaves_out_those_with_too_few_cases() -> None:
    on_time, satisfied, reopened = act("rating").policies.ratings
    records = [
        BodyRecord("дороги", total=10, on_time=9, satisfied=4, reopened=1),
        BodyRecord("парки", total=9, on_time=9, satisfied=9, reopened=3),
        BodyRecord("вода", total=20, on_time=20, satisfied=10, reopened=0),
    ]
    assert [(one.body, one.place) for one in rating(on_time, records)] == [("вода", 1), ("дороги", 2), ("парки", None)]
    assert [one.body for one in rating(satisfied, records)] == ["парки", "вода", "дороги"]
    assert [one.body for one in rating(reopened, records)] == ["вода", "дороги", "парки"]
    eager = on_time.model_copy(update={"minimum_sample": 1})
    assert [one.place for one in rating(eager, records)] == [1, 1, 3]


def test_norms_of_posts_by_class_of_page() -> None:
    norms = act("post-norms").policies.post_norms
    week = tuple(dt.date(2026, 11, 23) + dt.timedelta(days=day % 4) for day in range(9))
    pages = [
        PageRecord("Город", "администрация", week),
        PageRecord("Школа № 1", "школа", ()),
        PageRecord("Парк", "парк", ()),
    ]
    found = {
        (one.page, one.norm.in_period): (one.posts, one.shortfall, one.is_breach) for one in posts(norms, pages, FRIDAY)
    }
    assert found == {
        ("Город", "week"): (9, 1, True),
        ("Город", "day"): (0, 1, False),
        ("Школа № 1", "week"): (0, 2, False),
    }
    enough = [replace(pages[0], posted_on=(*week, FRIDAY))]
    assert [one.shortfall for one in posts(norms, enough, FRIDAY)] == [0, 0]
