"""Layers: federal, region, organisation, single days; what wins over what."""

from datetime import date

import pytest

from otklik.worktime import ScheduleError, add, closed_day, duty_day, explain, own_layer, parse_own_layer
from tests.worktime.hands import at, hours, office


def test_a_layer_opens_and_closes_days_over_the_calendar() -> None:
    schedule = office(annual_closed=["12-30"]).with_layers(
        own_layer(
            [
                closed_day(date(2026, 11, 26), "Авария на теплотрассе"),
                duty_day(date(2026, 11, 28), "Дежурство", spans=((600, 840),)),
                duty_day(date(2026, 11, 29), hours_of=4),
                duty_day(date(2026, 12, 30)),
                duty_day(date(2026, 1, 5), spans=((600, 660),)),
            ]
        )
    )
    walk = explain(schedule, at("2026-11-26 00:00"), at("2026-11-30 00:00"))
    assert [(day.on.day, day.kind, day.worked) for day in walk.days] == [
        (26, "closed", hours(0)),
        (27, "ordinary", hours(9)),
        (28, "open", hours(4)),
        (29, "open", hours(9)),
    ]
    assert walk.days[0].title == "Авария на теплотрассе"
    assert schedule.day(date(2026, 12, 30)).spans == ((540, 1080),)
    assert schedule.day(date(2026, 1, 5)).spans == ((600, 660),)
    assert schedule.calendar_version != office(annual_closed=["12-30"]).calendar_version


def test_the_last_layer_is_the_strongest_and_the_schedules_own_dates_stronger_still() -> None:
    on = date(2026, 11, 26)
    organisation, emergency = own_layer([duty_day(on, spans=((600, 840),))]), own_layer([closed_day(on)])
    assert office().with_layers(organisation, emergency).day(on).spans == ()
    assert office().with_layers(emergency, organisation).day(on).spans == ((600, 840),)
    assert office().with_layers(organisation).with_layers(emergency).day(on).spans == ()
    written = office(dates={"2026-11-26": ["09:00-10:00"]})
    assert written.with_layers(organisation, emergency).day(on).spans == ((540, 600),)


def test_a_region_closes_federal_working_days_and_renames_no_day_off() -> None:
    tatarstan = office(calendar="RU-TA")
    by_region = tatarstan.day(date(2027, 8, 30))
    assert (by_region.kind, by_region.spans) == ("regional_holiday", ())
    weekend = tatarstan.day(date(2025, 8, 30))  # a Saturday
    assert (weekend.kind, weekend.spans) == ("regional_holiday", ())
    bashkortostan = office(calendar="RU-BA").day(date(2022, 5, 2))  # Uraza-bairam on a day already off
    assert (bashkortostan.kind, bashkortostan.calendar_day) == (
        "transferred_off",
        office().day(date(2022, 5, 2)).calendar_day,
    )


def test_a_layer_comes_from_a_document() -> None:
    layer = parse_own_layer(
        {
            "title": "Администрация",
            "days": {
                "2026-11-26": {"kind": "closed", "title": "День села", "source": "Распоряжение № 5"},
                "2026-11-28": {"kind": "open", "spans": ["10:00-14:00"]},
                "2026-11-27": {"kind": "short"},
            },
        }
    )
    schedule = office().with_layers(layer)
    assert schedule.day(date(2026, 11, 26)).kind == "closed"
    assert schedule.day(date(2026, 11, 28)).spans == ((600, 840),)
    assert schedule.day(date(2026, 11, 27)).spans == ((540, 1020),)


def test_a_faulty_layer_tells_every_problem() -> None:
    with pytest.raises(ScheduleError) as refused:
        parse_own_layer(
            {
                "days": {
                    "2026-11-26": {"kind": "closed", "spans": ["10:00-14:00"]},
                    "2026-11-27": {"kind": "holiday"},
                    "2026-11-28": {"kind": "open", "hours_of": "monday"},
                    "2026-11-29": {"kind": "open", "hours_of": "mon", "spans": ["10:00-14:00"]},
                    "2026-11-30": "closed",
                },
                "notes": "",
            }
        )
    assert [(problem.code, problem.where) for problem in refused.value.problems] == [
        ("unknown_key", "notes"),
        ("hours_on_closed_day", "days.2026-11-26"),
        ("bad_kind", "days.2026-11-27"),
        ("bad_weekday", "days.2026-11-28.hours_of"),
        ("hours_twice", "days.2026-11-29"),
        ("bad_type", "days.2026-11-30"),
    ]


def test_a_schedule_may_work_by_its_own_days_alone() -> None:
    schedule = office(week={}, dates={"2026-11-28": ["10:00-11:00"]})
    both = schedule.with_layers(own_layer([duty_day(date(2026, 11, 29), spans=((600, 660),))]))
    assert add(both, at("2026-11-28 10:30"), hours(1)) == at("2026-11-29 10:30")
