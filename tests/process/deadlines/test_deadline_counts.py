"""What starts a count, what ends it, what puts it aside."""

import pytest

from otklik.process.deadline import DeadlineState
from otklik.process.deadlines import current
from otklik.regulation.model import MomentKind
from tests.process.deadlines.build import act, at, before, facts, hours, rows, step, table

HALF = hours(0.5)
LATER = "2026-11-25 16:00"
NEXT_DAY = "2026-11-26 16:00"


def review() -> dict[str, object]:
    return step("review", "review", "draft_in", "approved sent_back", anew_on=["draft_in"], term=HALF)


def rework() -> dict[str, object]:
    return step("rework", "rework", "sent_back", "draft_in", anew_on=["sent_back"], term=hours(1))


@pytest.mark.parametrize(
    ("moments", "expected"),
    [
        ([], ["review waiting", "rework waiting"]),
        (["draft_in 2026-11-25 15:45"], ["review running 2026-11-25 16:15", "rework waiting"]),
        (["draft_in 2026-11-25 15:00"], ["review late 2026-11-25 15:30", "rework waiting"]),
        (
            ["draft_in 2026-11-25 10:00", "sent_back 2026-11-25 10:20", "draft_in 2026-11-25 11:30"],
            [
                "review met 2026-11-25 10:30",
                "review late 2026-11-25 12:00",
                "rework met_late 2026-11-25 11:20",
            ],
        ),
        (  # a new version while the first is under review: the first count makes way
            ["draft_in 2026-11-25 15:30", "draft_in 2026-11-25 15:50"],
            ["review dropped 2026-11-25 16:00", "review running 2026-11-25 16:20", "rework waiting"],
        ),
        (  # … unless it was late already: a breach stays one
            ["draft_in 2026-11-25 14:00", "draft_in 2026-11-25 15:50"],
            ["review late 2026-11-25 14:30", "review running 2026-11-25 16:20", "rework waiting"],
        ),
        (  # the order of the list does not matter, the time does
            ["sent_back 2026-11-25 10:20", "draft_in 2026-11-25 10:00"],
            ["review met 2026-11-25 10:30", "rework late 2026-11-25 11:20"],
        ),
    ],
)
def test_review_and_rework_go_round(moments: list[str], expected: list[str]) -> None:
    assert table(rows(act(review(), rework()), facts(*moments), LATER)) == expected


def test_a_count_is_not_met_by_the_moment_that_started_it() -> None:
    same = act(step("again", "draft", "draft_in", "draft_in", anew_on=["draft_in"], term=HALF))
    found = rows(same, facts("draft_in 2026-11-25 15:45", "draft_in 2026-11-25 15:45"), LATER)
    assert table(found) == ["again met 2026-11-25 16:15", "again running 2026-11-25 16:15"]
    assert [row.count for row in found] == [1, 2]


def test_only_the_first_start_counts_where_the_act_does_not_say_anew() -> None:
    once = act(step("reply", "reply", "detected received", "published"))
    found = rows(once, facts("received 2026-11-25 10:00", "detected 2026-11-25 11:00", "received 2026-11-25 12:00"))
    assert [(row.starts_on, row.starts_at) for row in found] == [(MomentKind.RECEIVED, at("2026-11-25 10:00"))]


def test_anew_only_after_a_first_count() -> None:
    """U 8: the author's answer starts a new term of a reply that has had one."""
    small = act(step("reply", "reply", "received", "published clarification_published", anew_on=["author_answered"]))
    assert table(rows(small, facts("author_answered 2026-11-25 10:00"))) == ["reply waiting"]
    answered = facts(
        "received 2026-11-25 09:00",
        "clarification_published 2026-11-25 12:00",
        "author_answered 2026-11-26 09:00",
    )
    assert table(rows(small, answered, NEXT_DAY)) == ["reply met 2026-11-25 17:45", "reply running 2026-11-26 17:45"]


def test_a_right_that_is_not_used_lapses_without_a_breach() -> None:
    small = act(
        step(
            "return",
            "return",
            "routed",
            "returned",
            optional=True,
            anew_on=["routed"],
            dropped_on=["draft_in"],
            term=HALF,
        )
    )
    routed = "routed 2026-11-25 15:00"
    assert table(rows(small, facts(routed), "2026-11-25 15:30")) == ["return running 2026-11-25 15:30"]
    assert table(rows(small, facts(routed), "2026-11-25 15:30:01")) == ["return dropped 2026-11-25 15:30"]
    assert table(rows(small, facts(routed, "returned 2026-11-25 15:30"), LATER)) == ["return met 2026-11-25 15:30"]
    assert table(rows(small, facts(routed, "returned 2026-11-25 15:31"), LATER)) == ["return met_late 2026-11-25 15:30"]
    given_up = rows(small, facts(routed, "draft_in 2026-11-25 15:10"), LATER)
    assert table(given_up) == ["return dropped 2026-11-25 15:30"]
    assert given_up[0].ended_at == at("2026-11-25 15:10")


def test_the_final_reply_puts_aside_what_is_open_and_not_the_duty_to_report() -> None:
    small = act(
        review(),
        step("reply", "reply", "detected", "published"),
        step("report", "report", "significance_confirmed", "reported", term=hours(5)),
    )
    happened = facts(
        "detected 2026-11-25 09:00",
        "draft_in 2026-11-25 15:30",
        "significance_confirmed 2026-11-25 15:40",
        "published 2026-11-25 15:50",
    )
    assert table(rows(small, happened, LATER)) == [
        "review dropped 2026-11-25 16:00",
        "reply met 2026-11-25 17:45",
        "report running 2026-11-26 11:40",
    ]


def test_nothing_is_due_once_the_incident_is_closed_and_a_breach_stays() -> None:
    small = act(review(), step("reply", "reply", "detected", "published"))
    happened = facts("detected 2026-11-24 09:00", "draft_in 2026-11-25 15:45", closed_at=at("2026-11-25 15:50"))
    assert table(rows(small, happened, LATER)) == ["review dropped 2026-11-25 16:15", "reply late 2026-11-24 17:45"]
    early = facts("detected 2026-11-25 09:00", closed_at=at("2026-11-25 10:00"))
    found = rows(small, early, NEXT_DAY)
    assert table(found) == ["reply dropped 2026-11-25 17:45"]
    assert not found[0].is_open


def test_after_a_correction_the_review_runs_again() -> None:
    happened = facts(
        "draft_in 2026-11-25 10:00",
        "approved 2026-11-25 10:10",
        "published 2026-11-25 10:20",
        "draft_in 2026-11-25 15:45",
    )
    assert table(rows(act(review()), happened, LATER)) == [
        "review met 2026-11-25 10:30",
        "review running 2026-11-25 16:15",
    ]


def part_steps() -> tuple[dict[str, object], dict[str, object]]:
    return (
        step("part", "request_part", "part_requested", "part_in", per_part=True, term=hours(2)),
        step("consolidate", "consolidate", "part_in", "draft_in", term=hours(2)),
    )


@pytest.mark.parametrize(
    ("moments", "expected"),
    [
        ([], ["part waiting", "consolidate waiting"]),
        (
            ["part_requested 2026-11-25 09:00", "part_requested 2026-11-25 09:30", "part_in 2026-11-25 10:00"],
            ["part#1 met 2026-11-25 11:00", "part#2 running 2026-11-25 11:30", "consolidate waiting"],
        ),
        (  # without numbers, the oldest part open is the one that comes in
            [
                "part_requested 2026-11-25 09:00",
                "part_requested 2026-11-25 09:30",
                "part_in 2026-11-25 10:00",
                "part_in 2026-11-25 11:30",
            ],
            ["part#1 met 2026-11-25 11:00", "part#2 met 2026-11-25 11:30", "consolidate running 2026-11-25 14:15"],
        ),
        (  # with numbers, each ends its own
            [
                "part_requested 2026-11-25 09:00 part=7",
                "part_requested 2026-11-25 09:30 part=4",
                "part_in 2026-11-25 10:00 part=4",
            ],
            ["part#7 running 2026-11-25 11:00", "part#4 met 2026-11-25 11:30", "consolidate waiting"],
        ),
        (  # in order: the next request puts the consolidation aside until that part is in too
            [
                "part_requested 2026-11-25 09:00",
                "part_in 2026-11-25 09:30",
                "part_requested 2026-11-25 09:40",
                "part_in 2026-11-25 10:30",
            ],
            [
                "part#1 met 2026-11-25 11:00",
                "part#2 met 2026-11-25 11:40",
                "consolidate dropped 2026-11-25 11:30",
                "consolidate running 2026-11-25 12:30",
            ],
        ),
        (  # a body that sends its request back is no longer waited for
            [
                "part_requested 2026-11-25 09:00 part=1",
                "part_requested 2026-11-25 09:00 part=2",
                "part_in 2026-11-25 10:00 part=1",
                "returned 2026-11-25 10:20 part=2",
            ],
            ["part#1 met 2026-11-25 11:00", "part#2 running 2026-11-25 11:00", "consolidate running 2026-11-25 12:20"],
        ),
    ],
)
def test_parts_and_the_consolidation_of_them(moments: list[str], expected: list[str]) -> None:
    assert table(rows(act(*part_steps()), facts(*moments), "2026-11-25 10:45")) == expected


def test_the_same_part_asked_for_again_counts_anew() -> None:
    happened = facts("part_requested 2026-11-25 09:00 part=1", "part_requested 2026-11-25 10:00 part=1")
    found = rows(act(part_steps()[0]), happened, "2026-11-25 10:45")
    assert table(found) == ["part#1 dropped 2026-11-25 11:00", "part#1 running 2026-11-25 12:00"]
    assert [(row.count, row.is_open) for row in found] == [(1, False), (2, True)]


def test_a_term_that_hangs_on_another_is_counted_anew_with_it() -> None:
    small = act(
        step("draft", "draft", "received", "draft_in", anew_on=["author_answered"], term=before(4)),
        step("reply", "reply", "received", "published clarification_published", anew_on=["author_answered"]),
    )
    happened = facts(
        "received 2026-11-25 09:00",
        "draft_in 2026-11-25 11:00",
        "clarification_published 2026-11-25 12:00",
        "author_answered 2026-11-26 09:00",
    )
    assert table(rows(small, happened, NEXT_DAY)) == [
        "draft met 2026-11-25 13:45",
        "draft late 2026-11-26 13:45",
        "reply met 2026-11-25 17:45",
        "reply running 2026-11-26 17:45",
    ]


def test_a_term_that_hangs_on_a_step_not_yet_begun_waits_with_it() -> None:
    """L 10 hangs on 8, which runs from selection, while the message is detected earlier."""
    small = act(
        step("draft", "draft", "detected", "draft_in", term=before(4)),
        step("reply", "reply", "selected", "published"),
    )
    assert table(rows(small, facts("detected 2026-11-25 09:00"))) == ["draft waiting", "reply waiting"]
    found = rows(small, facts("detected 2026-11-25 09:00", "selected 2026-11-25 10:00"))
    assert table(found) == ["draft running 2026-11-25 14:45", "reply running 2026-11-26 09:45"]
    assert found[0].starts_at == at("2026-11-25 10:00")


def test_the_last_row_of_a_step_is_the_current_one() -> None:
    happened = facts("draft_in 2026-11-25 10:00", "sent_back 2026-11-25 10:20", "draft_in 2026-11-25 15:45")
    found = current(rows(act(review(), rework()), happened, LATER))
    assert table(found) == ["review running 2026-11-25 16:15", "rework met_late 2026-11-25 11:20"]


def test_advice_is_marked() -> None:
    (row,) = rows(
        act(step("reply", "reply", "detected", "published", term=hours(1, recommended=True))),
        facts("detected 2026-11-25 09:00"),
    )
    assert (row.state, row.recommended) == (DeadlineState.LATE, True)


def test_a_consolidation_put_aside_waits_for_the_further_part() -> None:
    happened = facts("part_requested 2026-11-25 09:00", "part_in 2026-11-25 09:30", "part_requested 2026-11-25 09:40")
    found = rows(act(*part_steps()), happened, "2026-11-25 10:45")
    assert table(found)[2:] == ["consolidate dropped 2026-11-25 11:30", "consolidate waiting"]
