"""Whose hours count, and in what order documents, units and single days prevail."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from otklik import worktime
from otklik.orgs import actions, schedules
from otklik.orgs.models import OrganisationKind
from otklik.regulation.model.people import OurRole
from otklik.regulation.model.steps import Hours
from otklik.worktime import Schedule
from tests.cast import NOW, OFFICE_HOURS, Cast, by, make_organisation, make_person, make_unit

pytestmark = pytest.mark.django_db

MOSCOW = ZoneInfo("Europe/Moscow")
MONDAY = dt.date(2026, 11, 30)


def hours_on(schedule: Schedule, on: dt.date = MONDAY) -> list[str]:
    return [f"{a // 60:02}:{a % 60:02}-{b // 60:02}:{b % 60:02}" for a, b in schedule.day(on).spans]


def test_own_hours_and_the_same_object_again(people: Cast) -> None:
    first = schedules.schedules_for(people.organisation, NOW).of(Hours.OWN)
    assert hours_on(first) == ["09:00-13:00", "13:45-18:00"]
    assert schedules.schedules_for(people.organisation, NOW).of(Hours.OWN) is first


def test_a_body_keeps_its_own_hours_or_those_above_it(people: Cast) -> None:
    evening = {"zone": "Asia/Barnaul", "calendar": "RU", "week": {"mon": ["16:00-20:00"]}}
    shop = make_unit(people.organisation, "shop", schedule=evening)
    make_unit(people.organisation, "desk", parent=shop)
    found = schedules.schedules_for(people.organisation, NOW)
    assert hours_on(found.of(Hours.BODY, body="shop")) == ["16:00-20:00"]
    assert hours_on(found.of(Hours.BODY, body="desk")) == ["16:00-20:00"]
    assert found.of(Hours.BODY, body="desk").zone == "Asia/Barnaul"
    assert found.of(Hours.BODY, body="roads") == found.of(Hours.OWN)
    assert found.of(Hours.BODY, body="unheard-of") == found.of(Hours.OWN)


def test_a_unit_in_another_zone_keeps_the_organisations_hours_there(people: Cast) -> None:
    make_unit(people.organisation, "far", zone="Asia/Vladivostok")
    far = schedules.schedules_for(people.organisation, NOW).of(Hours.BODY, body="far")
    assert (far.zone, hours_on(far)) == ("Asia/Vladivostok", ["09:00-13:00", "13:45-18:00"])


def test_the_curators_hours_are_those_of_their_institution(people: Cast) -> None:
    centre = make_organisation(
        kind=OrganisationKind.OUTSIDE,
        zone="Asia/Omsk",
        schedule={"week": {"mon": ["10:00-11:00"]}, "zone": "Asia/Omsk"},
    )
    curator = make_person(centre)
    assert schedules.schedules_for(people.organisation, NOW).of(Hours.CURATOR).zone == "Europe/Moscow"
    long_ago = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    actions.give_role(curator, OurRole.CURATOR, organisation=people.organisation, since_at=long_ago, by=by())
    curators = schedules.schedules_for(people.organisation, NOW).of(Hours.CURATOR)
    assert (curators.zone, hours_on(curators)) == ("Asia/Omsk", ["10:00-11:00"])


def test_the_curator_of_the_instant_counts(people: Cast) -> None:
    """Not whoever curates while the program looks: a step of yesterday is dated by yesterday's curator."""
    centre = make_organisation(schedule={"week": {"mon": ["10:00-11:00"]}, "zone": "Asia/Omsk"}, zone="Asia/Omsk")
    until = dt.datetime(2026, 11, 27, 12, 0, tzinfo=dt.UTC)
    role, second = OurRole.CURATOR, dt.timedelta(seconds=1)
    held = actions.give_role(make_person(centre), role, organisation=people.organisation, since_at=NOW, by=by())
    actions.end_role(held, until_at=until, by=by())
    zones = [
        schedules.schedules_for(people.organisation, at).of(Hours.CURATOR).zone
        for at in (NOW - second, NOW, until - second, until)
    ]
    assert zones == ["Europe/Moscow", "Asia/Omsk", "Asia/Omsk", "Europe/Moscow"]


def test_round_the_clock_has_no_closing(people: Cast) -> None:
    always = schedules.schedules_for(people.organisation, NOW).of(Hours.ROUND_THE_CLOCK)
    start = dt.datetime(2026, 11, 28, 23, 0, tzinfo=MOSCOW)
    assert worktime.add(always, start, dt.timedelta(hours=2)) == start + dt.timedelta(hours=2)


@pytest.mark.parametrize(
    ("spans", "breaks", "expected"),
    [
        ([], [], []),
        (["10:00-12:00"], [], ["10:00-12:00"]),
        (None, ["15:00-16:00"], ["09:00-13:00", "13:45-15:00", "16:00-18:00"]),
        (["10:00-12:00"], ["11:00-11:30"], ["10:00-11:00", "11:30-12:00"]),
    ],
)
def test_a_single_day_prevails_and_its_neighbours_stay(
    people: Cast, spans: list[str] | None, breaks: list[str], expected: list[str]
) -> None:
    before = schedules.of_organisation(people.organisation)
    actions.change_day(people.organisation, changes_on=MONDAY, spans=spans, breaks=breaks, ground="авария", by=by())
    after = schedules.of_organisation(people.organisation)
    assert hours_on(after) == expected
    assert hours_on(after, MONDAY + dt.timedelta(days=1)) == hours_on(before, MONDAY + dt.timedelta(days=1))
    assert after.calendar_version != before.calendar_version


def test_a_units_day_prevails_over_the_organisations(people: Cast) -> None:
    saturday = dt.date(2026, 11, 28)
    actions.change_day(people.organisation, changes_on=saturday, spans=["10:00-14:00"], ground="дежурство", by=by())
    actions.change_day(people.organisation, unit=people.unit, changes_on=saturday, spans=[], ground="ремонт", by=by())
    found = schedules.schedules_for(people.organisation, NOW)
    assert hours_on(found.of(Hours.OWN), saturday) == ["10:00-14:00"]
    assert hours_on(found.of(Hours.BODY, body=people.unit.key), saturday) == []


def test_regional_days_count_only_when_switched_on(people: Cast) -> None:
    organisation = people.organisation
    actions.set_hours(organisation, schedule=OFFICE_HOURS, region="RU-KO", by=by())
    assert schedules.of_organisation(organisation).calendar.code == "RU"
    actions.set_hours(organisation, schedule=OFFICE_HOURS, region="RU-KO", regional_days=True, by=by())
    assert schedules.of_organisation(organisation).calendar.code == "RU-KO"


def test_without_hours_of_its_own_an_organisation_keeps_those_of_its_act() -> None:
    organisation = make_organisation(act="altai-2020-132", schedule=None, zone="Asia/Barnaul")
    assert schedules.of_organisation(organisation).zone == "Asia/Barnaul"
    assert hours_on(schedules.of_organisation(organisation))
