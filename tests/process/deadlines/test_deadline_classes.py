"""Which step applies: kind of message, class of importance in force, repeated or not."""

import pytest

from tests.process.deadlines.build import act, at, before, facts, hours, rows, step, table

HALF = hours(0.5)


def two_terms() -> tuple[dict[str, object], ...]:
    """A reply in eight hours, of high importance in four; the draft only under the first (as N 13)."""
    return (
        step("draft", "draft", "detected", "draft_in", term=before(4), applies_to={"importance": ["normal"]}),
        step("reply", "reply", "detected", "published", applies_to={"importance": ["normal"]}),
        step("reply", "reply", "detected", "published", term=hours(4), applies_to={"importance": ["high"]}),
    )


@pytest.mark.parametrize(
    ("importance", "moments", "expected"),
    [
        ("normal", [], ["draft running 2026-11-25 13:45", "reply running 2026-11-25 17:45"]),
        ("high", [], ["reply running 2026-11-25 13:00"]),
        (  # the shortened term runs from its own start, not from the decision
            "normal",
            ["shortened 2026-11-25 10:00"],
            [
                "draft dropped 2026-11-25 13:45",
                "reply dropped 2026-11-25 17:45",
                "reply running 2026-11-25 13:00",
            ],
        ),
        (  # … and may be late at once
            "normal",
            ["importance_raised 2026-11-25 13:50"],
            ["draft late 2026-11-25 13:45", "reply dropped 2026-11-25 17:45", "reply late 2026-11-25 13:00"],
        ),
        (  # what is done is done: nothing new begins
            "normal",
            ["draft_in 2026-11-25 09:30", "published 2026-11-25 10:00", "importance_raised 2026-11-25 11:00"],
            ["draft met 2026-11-25 13:45", "reply met 2026-11-25 17:45"],
        ),
        (  # a decision taken back: the first term counts again, from the same start
            "normal",
            ["shortened 2026-11-25 10:00", "importance_raised 2026-11-25 11:00 class=normal"],
            [
                "draft dropped 2026-11-25 13:45",
                "draft running 2026-11-25 13:45",
                "reply dropped 2026-11-25 17:45",
                "reply dropped 2026-11-25 13:00",
                "reply running 2026-11-25 17:45",
            ],
        ),
    ],
)
def test_the_class_in_force_decides(importance: str, moments: list[str], expected: list[str]) -> None:
    now = "2026-11-25 13:55" if "13:5" in str(moments) else "2026-11-25 12:00"
    found = rows(act(*two_terms()), facts("detected 2026-11-25 09:00", *moments, importance=importance), now)
    assert table(found) == expected


def test_a_draft_for_every_class_hangs_on_the_term_in_force() -> None:
    steps = list(two_terms())
    steps[0] = step("draft", "draft", "detected", "draft_in", term=before(2))
    found = rows(act(*steps), facts("detected 2026-11-25 09:00", "shortened 2026-11-25 10:00"), "2026-11-25 10:30")
    assert table(found) == [
        "draft dropped 2026-11-25 15:45",
        "draft running 2026-11-25 11:00",
        "reply dropped 2026-11-25 17:45",
        "reply running 2026-11-25 13:00",
    ]


def test_raising_that_is_left_to_a_decision_needs_the_decision() -> None:
    """N 10: the shortened term is decided on each incident; a tag alone changes nothing."""
    source = {"clause": "1", "quote": "Сроки."}
    classes = [
        {"importance": "normal", "words": "обычный", **source},
        {"importance": "high", "words": "сокращённый", "shortened": True, "per_incident_decision": True, **source},
    ]
    small = act(*two_terms()[1:], importance=classes)
    raised = facts("detected 2026-11-25 09:00", "importance_raised 2026-11-25 10:00")
    decided = facts("detected 2026-11-25 09:00", "shortened 2026-11-25 10:00")
    assert table(rows(small, raised)) == ["reply running 2026-11-25 17:45"]
    assert table(rows(small, decided)) == ["reply dropped 2026-11-25 17:45", "reply running 2026-11-25 13:00"]


def test_an_act_without_a_shortened_term_changes_nothing() -> None:
    plain = [{"importance": "normal", "words": "обычный", "clause": "1", "quote": "Сроки."}]
    small = act(step("reply", "reply", "detected", "published"), importance=plain)
    raised = facts("detected 2026-11-25 09:00", "shortened 2026-11-25 10:00", importance="high")
    assert table(rows(small, raised)) == ["reply running 2026-11-25 17:45"]


@pytest.mark.parametrize(
    ("importance", "moments", "expected"),
    [
        ("normal", ["detected 2026-11-25 09:00"], []),
        ("high", ["detected 2026-11-25 09:00"], ["report running 2026-11-25 09:30"]),
        (  # K 22: raised later, the report is due from the raising, not from the detection
            "normal",
            ["detected 2026-11-25 09:00", "importance_raised 2026-11-25 11:00"],
            ["report running 2026-11-25 11:30"],
        ),
        (  # raised again: the first report stands
            "high",
            ["detected 2026-11-25 09:00", "importance_raised 2026-11-25 09:10"],
            ["report running 2026-11-25 09:30"],
        ),
    ],
)
def test_a_report_on_high_importance_counts_from_what_made_it_high(
    importance: str, moments: list[str], expected: list[str]
) -> None:
    report = step(
        "report", "report", "importance_raised detected", "reported", term=HALF, applies_to={"importance": ["high"]}
    )
    now = "2026-11-25 09:20" if len(moments) == 1 or importance == "high" else "2026-11-25 11:20"
    assert table(rows(act(report), facts(*moments, importance=importance), now)) == expected


def test_kinds_of_message() -> None:
    source = {"clause": "1", "quote": "Сроки."}
    kinds = [
        {"kind": "incident", "words": "инцидент", **source},
        {"kind": "publication", "words": "публикация", "has_process": False, **source},
    ]
    small = act(
        step("reply", "reply", "detected", "published"),
        step("tell", "tell_author", "detected", "first_response", applies_to={"kinds": ["publication"]}, term=HALF),
        message_kinds=kinds,
    )
    happened = facts("detected 2026-11-25 09:00")
    assert [row.step for row in rows(small, happened)] == ["reply"]
    # A kind without a process has no terms but those that name it.
    assert [row.step for row in rows(small, type(happened)("publication", "normal", happened.moments))] == ["tell"]


def test_repeated_messages() -> None:
    small = act(
        step("reply", "reply", "detected", "published", applies_to={"repeat": "first"}),
        step("link", "reply", "detected", "published", applies_to={"repeat": "repeated"}, term=HALF),
    )
    assert [row.step for row in rows(small, facts("detected 2026-11-25 09:00"))] == ["reply"]
    assert [row.step for row in rows(small, facts("detected 2026-11-25 09:00", repeat=True))] == ["link"]


def test_the_start_shown_is_that_of_the_incident() -> None:
    (_, row) = rows(act(*two_terms()[1:]), facts("detected 2026-11-25 09:00", "shortened 2026-11-25 10:00"))
    assert row.starts_at == at("2026-11-25 09:00")
