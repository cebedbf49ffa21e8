"""Hours and calendars change under terms that run: what runs is dated anew, and says so; what is decided stays."""

import datetime as dt
from pathlib import Path

import pytest

from otklik.cli.main import main
from otklik.incidents import actions, jobs
from otklik.incidents.models import DeadlineRow, Incident
from otklik.jobs.actions import claim
from otklik.jobs.execution import Ended, execute
from otklik.jobs.models import Job
from otklik.orgs.actions import change_day, set_hours, set_unit_hours
from otklik.process import commands as c
from otklik.process.refusal import RefusalCode
from tests.cast import OFFICE_HOURS, by
from tests.incidents.desk import MINUTE, NOON, A, Desk, make_desk

pytestmark = pytest.mark.django_db

FRIDAY, MONDAY = dt.date(2026, 11, 27), dt.date(2026, 11, 30)
REPLY_DUE = dt.datetime(2026, 11, 30, 9, 45, tzinfo=dt.UTC)  # 5:15 left of Friday, 3:45 of Monday
SECOND = dt.timedelta(seconds=1)
ON_TUESDAY = REPLY_DUE + dt.timedelta(days=1)


@pytest.fixture
def desk() -> Desk:
    """Selected and routed; the draft and the reply are owed by Monday."""
    here = make_desk(A)
    here.do(c.Select(critical=True), here.cast.curator)
    here.do(c.Route(unit=here.cast.unit.key), here.cast.curator)
    return here


def close(desk: Desk, day: dt.date = MONDAY) -> None:
    """An emergency: nobody works that day."""
    change_day(desk.cast.organisation, changes_on=day, spans=[], ground="авария на теплотрассе", by=by(now=desk.now))


def work(desk: Desk) -> None:
    """What the work process does within the half minute: looks, finds, dates anew."""
    jobs.find_behind(desk.now)
    for taken in claim(limit=10, now=desk.now):
        assert execute(taken, lambda: desk.now) is Ended.DONE
    desk.incident.refresh_from_db()


def redated(desk: Desk) -> dict[object, tuple[object, object]]:
    return {
        one.payload["step"]: (one.payload["old_due_at"], one.payload["new_due_at"]) for one in desk.events("redated")
    }


def test_the_work_process_dates_anew_what_runs(desk: Desk) -> None:
    assert desk.term("reply").due_at == REPLY_DUE
    close(desk)
    work(desk)
    assert desk.term("reply").due_at == desk.incident.reply_due_at == ON_TUESDAY
    moved = redated(desk)
    assert set(moved) == {"reply"}  # four hours before it is still Friday, 17:45
    old, new = moved["reply"]
    assert dt.datetime.fromisoformat(str(old)) == REPLY_DUE
    assert dt.datetime.fromisoformat(str(new)) == ON_TUESDAY
    (event,) = (one for one in desk.events("redated") if one.payload["step"] == "reply")
    assert event.actor_id is None
    assert event.payload["calendar_version"] == desk.term("reply").calendar_version
    assert desk.differences() == []


def draft_due(desk: Desk) -> dt.datetime:
    due_at = desk.term("draft").due_at
    assert due_at is not None
    return due_at


def test_the_timer_follows(desk: Desk) -> None:
    desk.now += 40 * MINUTE
    actions.record_passing(desk.incident.pk, now=desk.now)  # the right to return it has run out
    timer = Job.objects.get(kind="incidents.passing")
    assert timer.run_at == draft_due(desk) + SECOND == dt.datetime(2026, 11, 27, 14, 45, 1, tzinfo=dt.UTC)
    shorter = ["09:00-13:00", "13:45-15:00"]
    change_day(desk.cast.organisation, changes_on=FRIDAY, spans=shorter, ground="авария", by=by(now=desk.now))
    work(desk)
    timer.refresh_from_db()
    assert timer.run_at == draft_due(desk) + SECOND == dt.datetime(2026, 11, 30, 8, 45, 1, tzinfo=dt.UTC)


def test_done_once(desk: Desk) -> None:
    close(desk)
    work(desk)
    number = desk.incident.last_number
    work(desk)
    assert desk.incident.last_number == number
    assert not Job.objects.filter(kind=jobs.REDATE, state="waiting").exists()


def test_a_verdict_stays_what_it_was(desk: Desk) -> None:
    """Routed in time at 12:02; closing Friday from noon would have left no working time at all."""
    before = DeadlineRow.objects.get(incident=desk.incident, step="route")
    assert before.state == "met"
    change_day(desk.cast.organisation, changes_on=FRIDAY, spans=["09:00-12:00"], ground="авария", by=by(now=desk.now))
    work(desk)
    after = DeadlineRow.objects.get(incident=desk.incident, step="route")
    assert (after.due_at, after.state, after.calendar_version) == (before.due_at, "met", before.calendar_version)
    assert "route" not in redated(desk)
    assert "reply" in redated(desk)
    assert desk.differences() == []


def test_what_had_passed_before_the_change_is_late_though_nobody_wrote_it_down() -> None:
    """The route was owed by 12:30; at 12:40 somebody closes the day from noon on, before the clock has looked."""
    desk = make_desk(A)
    desk.do(c.Select(critical=True), desk.cast.curator)
    due_at = desk.term("route").due_at
    desk.now = NOON + 40 * MINUTE
    change_day(desk.cast.organisation, changes_on=FRIDAY, spans=["09:00-12:00"], ground="авария", by=by(now=desk.now))
    work(desk)
    (verdict,) = (one for one in desk.events("verdict") if one.payload["step"] == "route")
    assert verdict.payload["state"] == "late"
    assert dt.datetime.fromisoformat(str(verdict.payload["due_at"])) == due_at
    assert "route" not in redated(desk)
    assert desk.term("route").due_at == due_at
    assert desk.differences() == []


def test_a_step_taken_before_the_work_process_looks_writes_it_down_first(desk: Desk) -> None:
    close(desk)
    desk.do(c.SaveDraft(text="Здравствуйте!"), desk.cast.executor)
    kinds = [one.kind for one in desk.events()]
    assert kinds.index("redated") < kinds.index("draft_saved")
    assert {one.actor_id for one in desk.events("redated")} == {None}
    assert desk.term("reply").due_at == ON_TUESDAY
    number = desk.incident.last_number
    work(desk)
    assert desk.incident.last_number == number
    assert desk.differences() == []


def test_a_refusal_writes_nothing_down(desk: Desk) -> None:
    close(desk)
    desk.refused(c.Approve(version=1), desk.cast.curator, RefusalCode.WRONG_STAGE)
    assert not desk.events("redated")


def test_a_term_given_up_in_time_is_no_breach_by_a_later_calendar(desk: Desk) -> None:
    """Excluded on Saturday evening, when the reply was owed on Monday; then it turns out that Saturday was worked."""
    desk.now = dt.datetime(2026, 11, 28, 17, 0, tzinfo=dt.UTC)
    desk.do(c.Exclude(ground="insult"), desk.cast.curator)
    assert desk.states()["reply"] == "dropped"
    duty = [f"{hour:02}:00-{hour + 1:02}:00" for hour in range(9, 18)]
    change_day(desk.cast.organisation, changes_on=FRIDAY + dt.timedelta(days=1), spans=duty, ground="дежурство",
               by=by(now=desk.now))  # fmt: skip
    work(desk)
    assert desk.states()["reply"] == "dropped"
    assert "reply" not in {one.payload["step"] for one in desk.events("verdict")}
    assert actions.record_passing(desk.incident.pk, now=desk.now) == ()
    assert desk.differences() == []


def test_hours_of_the_organisation_and_of_a_body_count_too(desk: Desk) -> None:
    version = desk.incident.schedules_version
    longer = {**OFFICE_HOURS, "week": {**OFFICE_HOURS["week"], "fri": ["09:00-20:00"]}}
    set_unit_hours(desk.cast.unit, schedule=longer, by=by(now=desk.now))
    work(desk)
    assert desk.incident.schedules_version != version
    assert redated(desk) == {}  # the terms of this act are counted on the hours of the place
    set_hours(desk.cast.organisation, schedule=longer, by=by(now=desk.now))
    work(desk)
    assert "reply" in redated(desk)
    assert desk.differences() == []


def test_while_it_waits_a_check_says_so_and_calls_nothing_wrong(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    close(desk)
    assert main(["recompute", "--check"]) == 0
    assert "Ждут пересчёта сроков по новым часам или календарю: 1" in capsys.readouterr().out
    Incident.objects.update(stage="closed")
    assert main(["recompute", "--check"]) == 1


def test_recompute_writes_down_what_moved(desk: Desk) -> None:
    close(desk)
    assert main(["recompute"]) == 0
    assert set(redated(desk)) >= {"reply"}
    assert main(["recompute", "--check"]) == 0


def test_an_imported_calendar_takes_effect_in_a_running_process(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Monday 30.11.2026 is decreed a day off; the process that counts has started long before."""
    monkeypatch.setenv("OTKLIK_DATA", str(tmp_path))
    work(desk)
    assert desk.term("reply").due_at == REPLY_DUE
    shipped = Path("src/otklik/calendars/ru/2026.yaml").read_text("utf-8")
    assert "2026-11-30" not in shipped
    decreed = tmp_path / "2026.yaml"
    decreed.write_text(f"{shipped.rstrip()}\n  2026-11-30: {{kind: nonworking_decree}}\n", "utf-8")
    assert main(["calendar", "import", str(decreed)]) == 0
    work(desk)
    assert desk.term("reply").due_at == ON_TUESDAY
    assert "reply" in redated(desk)
    assert desk.differences() == []


def test_hours_that_cannot_be_obeyed_stop_nobody_else(desk: Desk) -> None:
    other = desk.cast.elsewhere
    type(other).objects.filter(pk=other.pk).update(schedule={"week": {}})
    close(desk)
    work(desk)
    assert desk.term("reply").due_at == ON_TUESDAY
