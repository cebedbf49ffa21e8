"""The calendar data against the table it was carried over from, and what article 112 computes beside it."""

import csv
import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from otklik import calendars
from otklik.worktime import CalendarSource, DayKind, Schedule, ScheduleError, between, closing, is_working_day
from otklik.worktime.calendar import YearCalendar, computed_year
from otklik.worktime.yearfile import missing_holidays, parse_year, year_text
from tests.worktime.hands import at, hours, office

SHARED = Path(__file__).parents[3] / "shared" / "data" / "calendar"
TABLE = SHARED / "russia-2019-2027.csv"
REGIONAL = SHARED / "regional.json"
YEARS = range(2019, 2028)

needs_table = pytest.mark.skipif(not TABLE.exists(), reason="../shared/data/calendar is not there to compare with")

PLAIN = office()
SOURCE = CalendarSource()


def rows() -> dict[date, dict[str, str]]:
    with TABLE.open(encoding="utf-8") as file:
        return {date.fromisoformat(row["date"]): row for row in csv.DictReader(file)}


def every_day() -> Iterator[date]:
    day = date(YEARS[0], 1, 1)
    while day.year <= YEARS[-1]:
        yield day
        day += timedelta(days=1)


def worked(on: date) -> timedelta:
    """Working time of a date for a plain 9 to 18 office."""
    midnight = at(f"{on} 00:00")
    return between(PLAIN, midnight, midnight + timedelta(days=1))


@needs_table
def test_every_day_of_nine_years_is_worked_as_the_table_says() -> None:
    listed = rows()
    wrong = []
    for on in every_day():
        row = listed.get(on)
        if row is None:
            expected = hours(9 if on.weekday() < 5 else 0)
        elif row["worked_weekend"] or row["kind"] == "short":
            expected = hours(8 if row["kind"] == "short" else 9)
        else:
            expected = timedelta()
        if worked(on) != expected:
            wrong.append((on, worked(on), expected))
    assert wrong == []


@needs_table
def test_each_working_saturday_takes_the_hours_of_the_day_its_day_off_moved_to() -> None:
    listed = rows()
    moved = {
        date(on.year, *map(int, row["moved_from"].split("."))): on for on, row in listed.items() if row["moved_from"]
    }
    saturdays = [on for on, row in listed.items() if row["worked_weekend"]]
    assert len(saturdays) == 7
    by_weekday = office(week={day: [f"09:00-{hour}:00"] for day, hour in zip(("mon", "tue"), (12, 14), strict=True)})
    for saturday in saturdays:
        closes = {0: 12, 1: 14}[moved[saturday].weekday()] - (listed[saturday]["kind"] == "short")
        assert closing(by_weekday, saturday) == at(f"{saturday} {closes}:00")


@needs_table
def test_kinds_titles_and_moves_are_those_of_the_table() -> None:
    for on, row in rows().items():
        day = SOURCE.federal()[on.year].days[on]
        kind = "work_weekend" if row["worked_weekend"] else row["kind"]
        assert (day.kind, day.short) == (kind, row["kind"] == "short"), on
        if row["moved_from"]:
            assert day.moved_from == date(on.year, *map(int, row["moved_from"].split("."))), on
        assert row["title"].startswith(day.title), on


@needs_table
def test_regional_days_are_carried_over_as_unverified() -> None:
    for code, region in json.loads(REGIONAL.read_text(encoding="utf-8")).items():
        layer = SOURCE.region(f"RU-{code}")
        assert {on.isoformat(): day.title for on, day in layer.days.items()} == region["days"]
        assert not layer.verified
        assert layer.title == region["name"]


def test_each_year_names_its_decree_or_says_that_it_is_unknown() -> None:
    decrees = {
        year: f"Постановление Правительства Российской Федерации от {day} № {number} "
        f"«О переносе выходных дней в {year} году»"
        for year, day, number in (
            (2019, "01.10.2018", 1163),
            (2021, "10.10.2020", 1648),
            (2022, "16.09.2021", 1564),
            (2023, "29.08.2022", 1505),
            (2024, "10.08.2023", 1314),
            (2025, "04.10.2024", 1335),
            (2026, "24.09.2025", 1466),
            (2027, "17.09.2026", 1187),
        )
    }
    assert {year.year: year.source for year in SOURCE.federal().values()} == decrees | {2020: None}
    assert not any(year.provisional for year in SOURCE.federal().values())


def test_days_decreed_by_the_president_name_their_decree() -> None:
    decreed = [
        day for year in SOURCE.federal().values() for day in year.days.values() if day.kind is DayKind.NONWORKING_DECREE
    ]
    assert len(decreed) == 35
    assert all(day.source and day.source.startswith("Указ Президента Российской Федерации от ") for day in decreed)


def test_packaged_files_are_complete_and_survive_writing() -> None:
    for year in SOURCE.federal().values():
        assert missing_holidays(year) == []
        assert parse_year(yaml.safe_load(year_text(year))) == year
    assert sorted(SOURCE.federal()) == list(YEARS)


def test_every_region_has_a_calendar_and_the_tables_own_codes_are_understood() -> None:
    for code in SOURCE.regions.names:
        SOURCE.calendar(f"RU-{code}")
    files = {path.stem for path in (calendars.PACKAGED / "ru" / "regions").glob("*.yaml")}
    assert files <= set(SOURCE.regions.names)
    assert SOURCE.region("RU-NO") == SOURCE.region("RU-SE")
    assert len(SOURCE.region("RU-ALT").days) == 0  # the Altai Territory has none that we know of
    for code in ("RU-XX", "RU-", "KZ", "ru", ""):
        with pytest.raises(ScheduleError) as refused:
            SOURCE.calendar(code)
        assert refused.value.code == "unknown_calendar"


@pytest.mark.parametrize(
    ("year", "short", "moved"),
    [
        (2028, "02-22 03-07 05-08 11-03", "11-06"),  # 4 November is a Saturday
        (2030, "02-22 03-07 04-30 05-08 06-11 12-31", "02-25"),  # 23 February is; 31 December works
        (2032, "04-30 06-11 11-03 12-31", "05-03 05-10 06-14"),
        (2033, "02-22 03-07 11-03", "05-02 06-13"),
    ],
)
def test_a_year_without_a_decree_follows_article_112(year: int, short: str, moved: str) -> None:
    computed = computed_year(year)
    assert " ".join(f"{on:%m-%d}" for on, day in sorted(computed.days.items()) if day.short) == short
    assert " ".join(f"{on:%m-%d}" for on, day in sorted(computed.days.items()) if day.moved_from) == moved
    assert computed.provisional
    assert computed.source is None
    # The two days off of January are moved by a decree, which is not there yet.
    assert not [on for on, day in computed.days.items() if day.moved_from and day.moved_from.month == 1]


def test_article_112_agrees_with_every_decree_but_for_what_only_a_decree_can_move() -> None:
    differ = []
    for year in SOURCE.federal().values():
        computed = computed_year(year.year)
        for on in sorted({*year.days, *computed.days}):
            day = year.days.get(on)
            by_decree = day and (day.source or day.moved_from or day.kind is DayKind.WORK_WEEKEND)
            if not by_decree and hours_of(year, on) != hours_of(computed, on):
                differ.append(on.isoformat())
    # Where article 112 alone would have put days off that the decrees moved elsewhere, and three days of the table that
    # are weekends in any case.
    assert differ == ["2019-02-25", "2020-05-02", "2020-05-03", "2020-05-10", "2025-02-24", "2025-03-10"]


def hours_of(year: YearCalendar, on: date) -> tuple[bool, bool] | None:
    """What of a date decides the hours of a plain office."""
    day = year.days.get(on)
    return None if day is None else (day.is_closed, day.short)


def test_2028_is_computed_until_its_file_is_imported(tmp_path: Path) -> None:
    assert is_working_day(office(), date(2028, 5, 8))
    folder = tmp_path / "ru"
    folder.mkdir()
    document: dict[str, Any] = computed_year(2028).as_data()
    document.pop("provisional")
    document["days"]["2028-05-08"] = {"kind": "transferred_off", "moved_from": "2028-01-01"}
    (folder / "2028.yaml").write_text(yaml.safe_dump(document), encoding="utf-8")
    imported = CalendarSource((calendars.PACKAGED, tmp_path))
    schedule = Schedule.from_document(office().as_document(), calendars=imported)
    assert not is_working_day(schedule, date(2028, 5, 8))
    assert schedule.calendar_version != office().calendar_version
