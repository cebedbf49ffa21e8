"""Each rule of the checker on a small invented act."""

from typing import Any

import pytest

from otklik.process.checker import Severity, check
from otklik.process.checker.claims import Claim, references
from otklik.regulation.model import Act
from otklik.regulation.parse import LoadedAct
from tests.process.deadlines.build import act, before, days, hours, step

SOURCE = {"clause": "1", "quote": "Сроки."}


def codes(one: Act, severity: Severity | None = None) -> list[str]:
    checked = check(LoadedAct(one, "hash", {}))
    return [found.code for found in checked.findings if severity in (None, found.severity)]


def working(amount: float) -> dict[str, Any]:
    """So many hours, said to be working ones: there is no other reading to try."""
    return {**hours(amount), "literal": f"{amount} рабочих часов"}


def way(**changes: dict[str, Any]) -> list[dict[str, Any]]:
    """Detection to reply with a step for everything; `changes` replace keys of single steps."""
    steps = [
        step("route", "hand_over", "detected", "routed", term=working(1)),
        step("draft", "draft", "detected", "draft_in", term={**before(4), "literal": "4 рабочих часа"}),
        step("review", "review", "draft_in", "approved sent_back", anew_on=["draft_in"], term=working(1)),
        step("rework", "rework", "sent_back", "draft_in", anew_on=["sent_back"], term=working(1)),
        step("publish", "publish", "approved", "published", anew_on=["approved"], term=working(1)),
        step("reply", "reply", "detected", "published", term=working(8)),
    ]
    return [one | changes.get(one["step"], {}) for one in steps if changes.get(one["step"]) != {}]


def test_a_sound_act_has_no_errors() -> None:
    assert codes(act(*way()), Severity.ERROR) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"rework": {}}, "stands_still"),  # sent back, and nobody has to mend it
        ({"publish": {}}, "stands_still"),
        ({"route": {"kind": "publish"}}, "never_ends"),  # nothing brings `routed`
        ({"review": {"starts_on": ["part_in"], "anew_on": []}}, "never_begins"),
        ({"route": {"term": days(1.5)}}, "part_of_a_day"),
        ({"route": {"per_part": True}}, "part_without_request"),
        ({"route": {"term": {**hours(1), "literal": "2 часа"}}}, "amount_differs"),
        ({"route": {"term": {**hours(1), "literal": "60 минут"}}}, ""),
        ({"route": {"term": {**hours(2), "literal": "двух часов"}}}, ""),
        ({"route": {"term": {**hours(15), "literal": "пятнадцати часов"}}}, ""),
        ({"route": {"term": {**hours(3, amount_from=1), "literal": "1–3 часа"}}}, ""),
        ({"route": {"term": {**hours(1), "literal": "час"}}}, ""),
        ({"route": {"term": {**hours(1), "literal": "1 день"}}}, "amount_differs"),
        ({"route": {"term": {**hours(1, counted="calendar"), "literal": "1 рабочего часа"}}}, "counted_differs"),
        ({"route": {"term": {**days(1), "literal": "1 календарный день"}}}, "counted_differs"),
    ],
)
def test_errors(changes: dict[str, dict[str, Any]], code: str) -> None:
    found = codes(act(*way(**changes)), Severity.ERROR)
    assert code in found if code else found == []


@pytest.mark.parametrize(
    ("changes", "policies", "code"),
    [
        ({"route": {"term": {**hours(1), "literal": "незамедлительно"}}}, {}, "number_is_ours"),
        ({"route": {"term": {"kind": "none"}}}, {}, "no_term"),
        ({"rework": {"term": {"kind": "none"}}}, {}, "rework_without_term_and_limit"),
        ({}, {}, "rework_without_limit"),
        ({"draft": {"applies_to": {"importance": ["normal"]}}}, {}, "draft_term_not_for_class"),
        ({}, {}, "nobody_raises"),
        ({}, {"immediate_reports": [{**SOURCE, "about": ["surge"], "to": "head"}]}, "nobody_reports"),
        (
            {},
            {
                "periodic_reports": [
                    {**SOURCE, "clause": "2", "every": "week", "to": "head", "by": "curator", "contents": ["results"]}
                ]
            },
            "report_without_step",
        ),
        ({}, {}, "idle_role"),  # the head
    ],
)
def test_findings(changes: dict[str, dict[str, Any]], policies: dict[str, Any], code: str) -> None:
    assert code in codes(act(*way(**changes), **policies))


def test_whole_days_are_measured_in_the_hours_of_the_place() -> None:
    """Review within one working day: sent back once, the reply's two days are over."""
    day = way(
        reply={"term": days(2)}, draft={"term": before(4)}, review={"term": {**days(1), "literal": "1 рабочий день"}}
    )
    found = check(LoadedAct(act(*day), "hash", {}))
    tight = [one.path for one in found.findings if one.code == "no_time" and one.path]
    assert tight[0].reading == "as_read"
    assert tight[0].short_of >= {"reply"}


@pytest.mark.parametrize(
    ("clause", "text", "expected"),
    [
        (
            "9",
            "не позднее, чем за 4 часа до истечения срока, предусмотренного пунктом 8 настоящего Положения, направляет",
            [(("8",), Claim.TERM, False)],
        ),
        (
            "15",
            "осуществляется в порядке, предусмотренном пунктами 8 – 10 настоящего Положения.",
            [(("8", "9", "10"), Claim.PROCEDURE, True)],
        ),
        ("12", "осуществляется в соответствии с пунктами 9 и 13.", [(("9", "13"), Claim.OTHER, False)]),
        ("A2 2.4", "указанных в пункте 2.1 настоящего Порядка", [(("A2 2.1",), Claim.OTHER, False)]),
        ("1", "Во исполнение пункта 4 распоряжения Правительства", []),
        ("1", "в течение срока, установленного пунктом 9 настоящего Порядка.", [(("9",), Claim.TERM, False)]),
        ("1", "Пунктуальность важна. Иной срок не установлен.", []),
    ],
)
def test_references_in_the_text(clause: str, text: str, expected: list[tuple[tuple[str, ...], Claim, bool]]) -> None:
    assert [(one.clauses, one.claim, one.is_range) for one in references(clause, text)] == expected


def _with_text(text: str) -> Act:
    one = act(*way())
    clauses = (*one.clauses, one.clauses[0].model_copy(update={"clause": "2", "text": text}))
    return one.model_copy(update={"clauses": clauses})


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Ответ дается в порядке, предусмотренном пунктами 1 и 7.", "refers_to_nothing"),
        ("До истечения срока, установленного пунктом 2.", "refers_to_no_term"),
        ("До истечения срока, установленного пунктом 1.", ""),
        ("В порядке, предусмотренном пунктами 1 и 2.", "range_takes_too_much"),
        (
            "Ответственность за соблюдение сроков его направления юристу возлагается на исполнителя.",
            "term_that_nobody_sets",
        ),
        ("Ответственность за соблюдение сроков его направления curator возлагается на исполнителя.", ""),
    ],
)
def test_claims_of_one_clause_about_another(text: str, code: str) -> None:
    found = [one for one in check(LoadedAct(_with_text(text), "hash", {})).findings if one.clauses[0] == "2"]
    assert [one.code for one in found][:1] == ([code] if code else [])
