"""The five acts: their steps, word for word against the deadlines as read, and what the acts differ in."""

import re
from pathlib import Path

import pytest

from otklik.regulation.model import Step, TermKind
from otklik.regulation.parse import load_act, shipped_acts
from otklik.regulation.quotes import normalised

A, K, L = "altai-2020-132", "kalininsky", "lesozavodsk-2022-215"
N, U = "novoalekseevskaya-2020-129", "ukhta-2021-960"
SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "acts"

ANY_REPLY = "published|interim_published"
ANY_THREE = "published|interim_published|clarification_published"
CONFIRMED = "significance_confirmed|surge_confirmed"

STEPS = {
    # step, clause, starts → ends, term, and: for kinds/importance, flags, moments of anew and dropped
    A: """
        select 4 detected → selected, none
        route 6 detected → routed, 30 minute
        return 7 routed → returned, 30 minute, optional anew:routed dropped:part_requested|draft_in
        part 14 part_requested → part_in, 2 hour, per_part
        consolidate 14 part_in → draft_in, 2 hour, anew:part_in
        draft 9 detected → draft_in, before 4 hour of reply
        review 10 draft_in → approved|sent_back, 30 minute, anew:draft_in
        rework 11 sent_back → draft_in, 1 hour, anew:sent_back
        publish 12 approved → THREE, 30 minute, anew:approved
        reply 8 detected → REPLY, 9 hour
        final_draft 13 interim_published → draft_in, 7 day
        report_to_head 21 CONFIRMED → reported, 30 minute, anew:CONFIRMED
        periodic_report 20 period_ended → reported, none, anew:period_ended
    """,
    N: """
        send 8 detected → received, none, for:incident
        select 10 received → selected|shortened, none, for:incident
        route 10 received → routed, 30 minute, for:incident
        return 12 received → returned, 30 minute, for:incident optional
        draft 13 detected → draft_in, before 4 hour of reply, for:incident/normal
        draft 13 detected → draft_in, by responsible, for:incident/high
        review 14 draft_in → approved|sent_back, 30 minute, for:incident anew:draft_in
        rework 15 sent_back → draft_in, 1 hour, for:incident anew:sent_back
        publish 16 approved → THREE, 30 minute, for:incident anew:approved
        reply 9 detected → REPLY, 8 hour, for:incident/normal
        reply 10 detected → REPLY, 4 hour, for:incident/high
        final_draft 17 interim_published → published, 7 day, for:incident
    """,
    K: """
        select 4 detected → selected, none, for:incident
        select 7 detected → selected, none, for:publication
        route 11 detected → routed, none, for:incident
        part 12 part_requested → part_in, none, for:incident per_part
        consolidate 12 part_in → draft_in, none, for:incident anew:part_in
        draft 20 routed → draft_in, none, for:incident
        review 13 draft_in → approved|sent_back, none, for:incident anew:draft_in
        rework 14 sent_back → draft_in, none, for:incident anew:sent_back
        publish 9 approved → THREE, none, for:incident anew:approved
        publish 9 selected → published, none, for:publication
        reply 9 detected → REPLY, 8 hour, for:incident/normal
        reply 9 detected → REPLY, 8 hour, for:publication
        reply 15 detected → REPLY, 4 hour, for:incident/high
        final_reply 17 interim_published → published, 7 day, for:incident
        report_to_head 22 importance_raised|detected → reported, 30 minute, for:incident/high
        periodic_report 21 period_ended → reported, none, for:incident anew:period_ended
    """,
    U: """
        select 8 received → selected, none
        route 8 received → routed, 1 hour
        return 9 routed → returned, 1 hour, optional anew:routed dropped:part_requested|draft_in
        reroute 9 returned → routed, 1 hour, anew:returned
        part 16 part_requested → part_in, none, per_part
        consolidate 16 part_in → draft_in, none, anew:part_in
        draft 10 received → draft_in, before 4 hour of reply, anew:author_answered
        review 11 draft_in → approved|sent_back, 1 hour, anew:draft_in
        rework 13 sent_back → draft_in, 2 hour, anew:sent_back
        publish 14 approved → THREE, 1 hour, anew:approved
        reply 8 received → THREE, 8 hour, anew:author_answered
        final_draft 15 interim_published → draft_in, 7 day
        periodic_report 22 period_ended → reported, day 10, anew:period_ended
    """,
    L: """
        select 6 detected → selected, none
        route 7 detected → routed, 1 hour
        part 14 part_requested → part_in, 2 hour or by curator, per_part
        consolidate 14 part_in → draft_in, none, anew:part_in
        draft 10 selected → draft_in, before 3 hour of reply, for:/normal anew:author_answered
        draft 10 detected → draft_in, before 2 hour of reply, for:/high anew:author_answered
        review 11 draft_in → approved|sent_back, 30 minute, anew:draft_in
        rework 12 sent_back → draft_in, 1 hour, anew:sent_back
        publish 8 approved → THREE, none, anew:approved
        reply 8 selected → THREE, 7 hour, for:/normal anew:author_answered
        reply 9 detected → THREE, 3 hour, for:/high anew:author_answered
        final_reply 13 interim_published → published, 3 day
        report_to_head 20 CONFIRMED → reported, 30 minute, anew:CONFIRMED
    """,
}


def in_short(step: Step) -> str:
    """A step as the table above writes it."""
    starts, ends = "|".join(step.starts_on), "|".join(step.ends_on)
    ends = {ANY_REPLY: "REPLY", ANY_THREE: "THREE"}.get(ends, ends)
    flags = []
    if step.applies_to.kinds or step.applies_to.importance:
        classes = f"/{'|'.join(step.applies_to.importance)}" if step.applies_to.importance else ""
        flags.append(f"for:{'|'.join(step.applies_to.kinds)}{classes}")
    flags += ["optional"] if step.optional else []
    flags += ["per_part"] if step.per_part else []
    flags += [f"anew:{'|'.join(step.anew_on)}"] if step.anew_on else []
    flags += [f"dropped:{'|'.join(step.dropped_on)}"] if step.dropped_on else []
    parts = [f"{step.step} {step.clause} {starts} → {ends}", term_in_short(step), " ".join(flags)]
    return ", ".join(part for part in parts if part).replace(CONFIRMED, "CONFIRMED")


def term_in_short(step: Step) -> str:
    term = step.term
    if term.kind is TermKind.NONE:
        return "none"
    if term.kind is TermKind.BY_DAY_OF_MONTH:
        return f"day {term.day}"
    if term.kind is TermKind.SET_BY_PERSON:  # N 13 under the shortened term: none unless a person sets one
        return f"by {term.set_by}"
    said = f"{term.amount:g} {term.unit}"
    if term.kind is TermKind.BEFORE:
        said = f"before {said} of {term.of}"
    return f"{said} or by {term.set_by}" if term.set_by else said


@pytest.mark.parametrize("act", STEPS)
def test_steps_are_as_the_acts_are_read(act: str) -> None:
    expected = [line.strip() for line in STEPS[act].strip().splitlines()]
    assert [in_short(step) for step in load_act(act).act.steps] == expected


def test_the_five_ship() -> None:
    assert shipped_acts() == sorted(STEPS)


@pytest.mark.parametrize("act", STEPS)
def test_every_working_time_is_working_and_every_step_of_the_organisation(act: str) -> None:
    for step in load_act(act).act.steps:
        assert step.term.counted == "working"
        assert step.hours == "own"
        assert not step.pauses_on  # no act of the five allows a pause


@pytest.mark.parametrize("act", STEPS)
def test_every_term_says_its_literal_unit_its_reading_and_the_reason(act: str) -> None:
    for step in load_act(act).act.steps:
        if step.term.kind is not TermKind.NONE:
            assert step.term.literal or step.term.kind is TermKind.SET_BY_PERSON, step.step
            assert step.term.reading, step.step
            assert step.term.reason, step.step


LITERALS = {
    A: ["30 минут", "30 минут", "2 часов", "2 часов", "4 часа", "30 минут", "1 часа", "30 минут", "9 рабочих часов",
        "7 рабочих дней", "Незамедлительному"],
    N: ["30 минут", "30 минут", "4 часа", "30 минут", "1 часа", "30 минут", "8 рабочих часов", "4 рабочих часов",
        "7 рабочих дней"],
    K: ["8 рабочих часов", "8 рабочих часов", "4 рабочих часов", "7 рабочих дней", "незамедлительно"],
    U: ["1 рабочего часа", "1 рабочего часа", "1 рабочего часа", "4 рабочих часа", "1 рабочего часа",
        "2 рабочих часов", "1 рабочего часа", "8 рабочих часов", "7 рабочих дней", "10 числа"],
    L: ["в течение часа", "2 (двух) рабочих часов", "3 (три) рабочих часа", "2 (два) рабочих часа",
        "30 (тридцати) минут", "одного часа", "7 (семи) рабочих часов", "3 (трех) рабочих часов",
        "3 (трех) рабочих дней", "Незамедлительному"],
}  # fmt: skip


@pytest.mark.parametrize("act", LITERALS)
def test_the_literal_units_are_the_acts_own(act: str) -> None:
    steps = load_act(act).act.steps
    assert [step.term.literal for step in steps if step.term.literal is not None] == LITERALS[act]


@pytest.mark.parametrize(
    ("act", "zone"),
    [(A, "Asia/Barnaul"), (K, "Europe/Moscow"), (L, "Asia/Vladivostok"), (N, "Europe/Moscow"), (U, "Europe/Moscow")],
)
def test_the_place_and_that_its_hours_are_an_assumption(act: str, zone: str) -> None:
    place = load_act(act).act.place
    assert (place.zone, place.calendar) == (zone, "RU")
    assert "Акт не называет часов" in place.assumption


def test_who_is_not_answered() -> None:
    named = {act: [(item.ground, item.effect) for item in load_act(act).act.policies.exclusions] for act in STEPS}
    four = ["harm", "obscenity", "insult", "threat"]
    assert named[A] == named[N] == named[U] == [(ground, "not_processed") for ground in four]
    assert named[K] == [(ground, "no_reply") for ground in four]  # processed and counted
    assert [ground for ground, _ in named[L]] == ["obscenity", "insult", "threat", "spam", "advertising"]
    assert all(item.may_block_author for item in load_act(L).act.policies.exclusions)


def test_policies_that_the_acts_differ_in() -> None:
    policies = {act: load_act(act).act.policies for act in STEPS}
    assert {act: p.review.reasons for act, p in policies.items()} == {
        A: "optional", K: "from_list", L: "optional", N: "optional", U: "from_list",
    }  # fmt: skip
    assert len(policies[U].review.grounds) == 8
    assert policies[U].review.joint_rework
    assert {act: p.clarification.ends_reply_term for act, p in policies.items() if p.clarification} == {
        A: False, K: False, L: True, N: False, U: True,
    }  # fmt: skip
    assert {act: (p.parts.order, p.parts.consolidated_by) for act, p in policies.items() if p.parts} == {
        A: ("set_by_curator", "responsible_executor"),
        K: ("parallel", "responsible_executor"),
        L: ("set_by_curator", "curator"),
        U: ("parallel", "curator"),
    }
    assert {act: p.repeats.without_new_facts for act, p in policies.items() if p.repeats} == {
        A: "whole_process", L: "whole_process", N: "whole_process", U: "link",
    }  # fmt: skip
    assert [act for act, p in policies.items() if p.evidence and p.evidence.required_when] == [U]
    assert [act for act, p in policies.items() if p.interim and p.interim.only_if_impossible] == [K]
    assert {act: p.interim.at_most for act, p in policies.items() if p.interim} == dict.fromkeys(STEPS, 1)
    assert [act for act, p in policies.items() if p.publishing.own_account_fallback] == [A]
    assert [act for act, p in policies.items() if p.legal_status is None] == [A]
    assert [act for act, p in policies.items() if p.routing.notify_by_email] == [A]
    assert {act: p.routing.return_to for act, p in policies.items()} == {
        A: "curator", K: None, L: None, N: "curator", U: "curator",
    }  # fmt: skip
    assert [item.procedure for item in policies[U].other_procedures] == [
        "appeal", "service_complaint", "procurement_request",
    ]  # fmt: skip
    assert [(norm.posts, norm.in_period, norm.recommended) for norm in policies[L].post_norms] == [(10, "week", True)]


def test_who_answers_and_who_is_told() -> None:
    policies = {act: load_act(act).act.policies for act in STEPS}
    assert {act: (item.role, item.clause) for act, p in policies.items() for item in p.answerable} == {
        A: ("executor", "18"), K: ("executor", "20"), L: ("executor", "18"),
        N: ("specialist", "11"), U: ("executor", "19"),
    }  # fmt: skip
    assert {act: (p.deficiencies.to, p.deficiencies.clause) for act, p in policies.items() if p.deficiencies} == {
        A: (("deputy_chair",), "19"),
        L: (("head", "chief_of_staff", "deputy_head"), "19"),
        U: (("responsible",), "20"),
    }
    assert {
        act: (item.about, item.to, item.by) for act, p in policies.items() for item in p.immediate_reports
    } == {
        A: (("significance", "surge"), "head", None),
        K: (("high_importance",), "head", "deputy_head"),
        L: (("significance", "surge"), "head", None),
    }  # fmt: skip
    assert {act: (item.every, item.to) for act, p in policies.items() for item in p.periodic_reports} == {
        A: ("month", "deputy_chair_media"), K: ("on_instruction", "deputy_head"), U: ("month", "head"),
    }  # fmt: skip


def test_an_official_not_below_deputy_head_and_the_hands_that_are_one() -> None:
    people = {act: load_act(act).act.people for act in STEPS}
    assert [act for act in STEPS if any(role.not_below == "deputy_head" for role in people[act].roles)] == [A, N, U]
    assert {act: people[act].one_hand[0].roles for act in STEPS if people[act].one_hand} == {
        U: ("curator", "executor"), L: ("curator", "executor", "responsible"),
    }  # fmt: skip
    assert [act for act in STEPS if any(role.external for role in people[act].roles)] == [N]


@pytest.mark.parametrize("act", STEPS)
def test_the_clauses_are_the_published_text_word_for_word(act: str) -> None:
    source = SHARED / f"{act}.txt"
    if not source.is_file():
        pytest.skip(f"the published text is not here: {source}")
    published = without_layout(source.read_text(encoding="utf-8"))
    for clause in load_act(act).act.clauses:
        words = without_layout(clause.text)
        assert words in published, f"{act}, clause {clause.clause}"


def without_layout(text: str) -> str:
    """Without bookmarks of the converter, page numbers, and the spaces and hyphens of broken lines."""
    text = re.sub(r"\[bookmark: [^\]]*\]", "", text)
    text = re.sub(r"(?m)^\s*\d+\s*$", "", text)
    return re.sub(r"[\s-]+", "", normalised(text))


@pytest.mark.parametrize(("act", "numbered"), [(A, 25), (K, 22), (L, 42), (N, 27), (U, 25)])
def test_no_clause_of_the_text_is_missing(act: str, numbered: int) -> None:
    assert len(load_act(act).act.clauses) == numbered
