"""The machine's clock is put back while the program runs: nothing stands still, nothing happens before its cause."""

import datetime as dt

import pytest

from otklik.jobs import actions as jobs
from otklik.process import commands as c
from tests.cast import NOW
from tests.incidents.desk import A, K, L, U, make_desk

pytestmark = pytest.mark.django_db

SECOND, HOUR = dt.timedelta(seconds=1), dt.timedelta(hours=1)


@pytest.mark.parametrize("back", [3 * SECOND, HOUR, 24 * HOUR])
def test_a_periodic_goes_on(back: dt.timedelta) -> None:
    def take(now: dt.datetime) -> bool:
        return jobs.take_tick("seal", SECOND, now=now)

    assert take(NOW)
    before = NOW - back
    assert take(before)
    assert not take(before), "and still by one process alone"
    assert not take(before - SECOND / 2), "whose clock may differ a little"
    assert take(before + SECOND)


@pytest.mark.parametrize("act", [A, K, L, U])
def test_what_happens_is_never_before_what_it_follows(act: str) -> None:
    desk = make_desk(act)
    desk.do(c.Select(critical=True), desk.cast.curator)
    desk.now -= 2 * HOUR
    desk.do(c.AddNote(note="часы ушли назад"), desk.cast.curator)
    desk.do(c.Route(unit=desk.cast.unit.key), desk.cast.curator)
    steps = [one.happened_at for one in desk.events() if one.kind in {"detected", "selected", "routed"}]
    assert steps == sorted(steps)
    assert len(steps) == 3
    assert desk.differences() == []
