"""Reminders: whose turn it is, by whom, and not more than once an hour of the same step."""

import pytest

from otklik.process import commands as c
from otklik.process.events import EventKind as E
from otklik.process.refusal import RefusalCode as R
from tests.process.decide.desk import CURATOR, EXECUTOR, FIVE, HEAD, MINUTE, RESPONSIBLE, A, desk


@pytest.mark.parametrize("name", FIVE)
def test_those_for_whom_the_step_waits_by_those_who_answer_for_it(name: str) -> None:
    here = desk(name).routed()
    curator = here.view.role(here.view.curators[0])
    here.refused(c.Remind(), EXECUTOR, R.NOT_YOUR_ROLE, curator.clause if curator else None)
    (event,) = here.do(c.Remind(), RESPONSIBLE)
    bound = {"unit": "roads"} if here.view.is_unit_bound("executor") else {}
    assert event.payload == {"step": "draft", "role": "executor", "by": "deputy-1", **bound}
    assert here.state.reminded == (("draft", None, here.now),)


def test_the_one_who_took_it_is_named() -> None:
    here = desk(A).routed()
    here.do(c.Take(), EXECUTOR)
    (event,) = here.do(c.Remind(step="draft"), HEAD)
    assert event.payload["person"] == EXECUTOR.person


def test_not_again_within_the_hour() -> None:
    here = desk(A).routed()
    here.do(c.Remind(), CURATOR)
    here.now += 59 * MINUTE
    refusal = here.refused(c.Remind(), HEAD, R.REMINDED_LATELY)
    assert refusal.facts["minutes"] == 59
    assert [one.kind for one in here.do(c.Remind(), HEAD)] == [E.REMINDED]


def test_another_step_is_reminded_of_at_once() -> None:
    here = desk(A).routed()
    here.do(c.Remind(), CURATOR)
    here.submitted()
    (event,) = here.do(c.Remind(), HEAD)
    assert (event.payload["step"], event.payload["role"]) == ("review", "curator")


def test_nobody_is_reminded_of_what_does_not_wait() -> None:
    here = desk(A).routed()
    here.refused(c.Remind(step="review"), CURATOR, R.NOBODY_TO_REMIND)
