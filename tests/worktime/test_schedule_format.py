"""The schedule file of docs/worktime.md: what it may say, and that everything wrong with it is said at once."""

import json
from pathlib import Path
from typing import Any

import pytest

from otklik.worktime import Schedule, ScheduleError, add, between, describe, load_schedule
from otklik.worktime.wording import CODES
from tests.worktime.hands import WORKDAYS, at, clock, hours, minutes, office

WEEK = {day: ["09:00-18:00"] for day in WORKDAYS}


def refused(document: Any) -> list[tuple[str, str]]:
    with pytest.raises(ScheduleError) as error:
        Schedule.from_document(document)
    for problem in error.value.problems:
        assert problem.code in CODES
        assert describe(problem, "ru")
        assert describe(problem, "en")
    return [(problem.code, problem.where) for problem in error.value.problems]


def day_hours(schedule: Schedule, on: str) -> list[str]:
    """The hours of a date as they would be written."""
    return [
        f"{start // 60:02}:{start % 60:02}-{end // 60:02}:{end % 60:02}" for start, end in schedule.day(day(on)).spans
    ]


def day(on: str) -> Any:
    return at(f"{on} 00:00").date()


def test_every_problem_is_told_at_once_with_its_place() -> None:
    assert refused(
        {
            "zone": "Europe/Moskow",
            "week": {"mon": ["9-18", "10:00-09:00", "25:00-26:00", "09:00-18:00"], "foo": [], "tue": "09:00-18:00"},
            "calendar": "RU-XX",
            "short_day_minus_hours": -1,
            "dates": {"2026-13-01": [], "2026-05-05": ["09:00-12:00", "11:00-13:00"]},
            "breaks": {"2026-05-06": ["12:00-12:00"]},
            "annual_closed": ["02-30", "12-31"],
            "lunch": "13:00-14:00",
        }
    ) == [
        ("unknown_key", "lunch"),
        ("unknown_zone", "zone"),
        ("unknown_key", "week.foo"),
        ("bad_span", "week.mon[0]"),
        ("bad_span", "week.mon[1]"),
        ("bad_span", "week.mon[2]"),
        ("bad_type", "week.tue"),
        ("unknown_calendar", "calendar"),
        ("bad_number", "short_day_minus_hours"),
        ("bad_date", "dates.2026-13-01"),
        ("overlapping_spans", "dates.2026-05-05"),
        ("bad_span", "breaks.2026-05-06[0]"),
        ("bad_month_day", "annual_closed[0]"),
    ]


@pytest.mark.parametrize(
    ("document", "problems"),
    [
        (["09:00-18:00"], [("not_a_mapping", "")]),
        ({}, [("missing_key", "zone"), ("missing_key", "week")]),
        ({"zone": "Europe/Moscow", "week": {}}, [("no_working_time", "week")]),
        ({"zone": "Europe/Moscow", "week": {"mon": []}}, [("no_working_time", "week")]),
        ({"zone": "+03:00", "week": WEEK}, [("unknown_zone", "zone")]),
        ({"zone": "localtime", "week": WEEK}, [("unknown_zone", "zone")]),
        ({"zone": "Europe", "week": WEEK}, [("unknown_zone", "zone")]),
        ({"zone": 3, "week": WEEK}, [("bad_type", "zone")]),
        ({"zone": "Europe/Moscow", "week": WEEK, "calendar": None}, [("unknown_calendar", "calendar")]),
        (
            {"zone": "Europe/Moscow", "week": WEEK, "short_day_minus_hours": 24},
            [("bad_number", "short_day_minus_hours")],
        ),
        (
            {"zone": "Europe/Moscow", "week": WEEK, "short_day_minus_hours": 0.333},
            [("bad_number", "short_day_minus_hours")],
        ),
        ({"zone": "Europe/Moscow", "week": WEEK, "annual_closed": "12-31"}, [("bad_type", "annual_closed")]),
        ({"zone": "Europe/Moscow", "week": WEEK, "dates": ["2026-05-05"]}, [("bad_type", "dates")]),
    ],
)
def test_what_is_refused(document: Any, problems: list[tuple[str, str]]) -> None:
    assert refused(document) == problems


def test_a_calendar_closed_all_year_is_refused() -> None:
    every_day = [f"{month:02}-{day:02}" for month in range(1, 13) for day in range(1, 32)]
    real = [text for text in every_day if text not in ("02-30", "02-31", "04-31", "06-31", "09-31", "11-31")]
    document = {"zone": "Europe/Moscow", "week": WEEK, "annual_closed": real}
    assert refused(document) == [("no_working_time", "week")]
    once_a_year = Schedule.from_document(document | {"annual_closed": real[:-1]})
    # 31 December is a day off by decree in 2026 and 2027 and a Sunday in 2028.
    assert clock(add(once_a_year, at("2026-05-05 12:00"), hours(8))) == "2029-12-31 17:00"


def test_the_nearest_zone_names_are_offered() -> None:
    with pytest.raises(ScheduleError) as error:
        Schedule.from_document({"zone": "Asia/Vladivostock", "week": WEEK})
    assert "Asia/Vladivostok" in error.value.facts["close"]
    assert "Asia/Vladivostok" in str(error.value)


def test_a_date_replaces_the_hours_of_that_day_whatever_the_calendar_says() -> None:
    schedule = office(
        dates={
            "2026-01-05": ["10:00-14:00"],  # a holiday worked
            "2026-05-08": ["09:00-18:00"],  # a short day, written out in full
            "2026-05-12": [],  # a plain day closed
            "2026-12-31": ["00:00-24:00"],
        },
        annual_closed=["12-31"],
    )
    assert day_hours(schedule, "2026-01-05") == ["10:00-14:00"]
    assert day_hours(schedule, "2026-05-08") == ["09:00-18:00"]
    assert day_hours(schedule, "2026-05-12") == []
    assert day_hours(schedule, "2026-12-31") == ["00:00-24:00"]
    assert clock(add(schedule, at("2026-05-08 17:30"), minutes(60))) == "2026-05-13 09:30"


def test_breaks_are_cut_out_of_that_date_alone() -> None:
    schedule = office(
        "09:00-13:00",
        "14:00-18:00",
        breaks={
            "2026-11-27": ["10:00-10:30", "12:45-14:15"],
            "2026-11-30": ["08:00-09:30", "17:00-20:00"],
            "2026-12-01": ["00:00-24:00"],
            "2026-06-11": ["16:00-17:00"],  # a short day: 17:00 is its closing
            "2026-12-02": ["20:00-21:00"],
        },
        dates={"2026-12-02": ["09:00-12:00", "20:30-22:00"]},
    )
    assert day_hours(schedule, "2026-11-27") == ["09:00-10:00", "10:30-12:45", "14:15-18:00"]
    assert day_hours(schedule, "2026-11-30") == ["09:30-13:00", "14:00-17:00"]
    assert day_hours(schedule, "2026-12-01") == []
    assert day_hours(schedule, "2026-06-11") == ["09:00-13:00", "14:00-16:00"]
    assert day_hours(schedule, "2026-12-02") == ["09:00-12:00", "21:00-22:00"]
    assert day_hours(schedule, "2026-12-03") == ["09:00-13:00", "14:00-18:00"]
    assert clock(add(schedule, at("2026-11-27 09:45"), minutes(30))) == "2026-11-27 10:45"


def test_dates_closed_every_year() -> None:
    schedule = office(annual_closed=["12-30", "02-29"])
    for on in ("2025-12-30", "2026-12-30", "2024-02-29"):
        assert day_hours(schedule, on) == []
    assert day_hours(schedule, "2026-12-29") == ["09:00-18:00"]


def test_calendar_none_is_the_plain_week() -> None:
    plain = office(calendar="none")
    assert between(plain, at("2026-01-01 00:00"), at("2026-01-09 00:00")) == hours(9 * 6)
    assert between(plain, at("2025-11-01 00:00"), at("2025-11-02 00:00")) == hours(0)


def test_touching_spans_are_one_and_order_does_not_matter() -> None:
    assert day_hours(office("13:00-18:00", "09:00-13:00"), "2026-11-27") == ["09:00-18:00"]


YAML = """\
zone: Asia/Vladivostok
week:
  mon: [09:00-13:00, 14:00-18:00]
  fri: [09:00-13:00]
  sat:
calendar: RU-PRI
short_day_minus_hours: 1
dates:
  2026-05-12: []
breaks: {2026-11-27: ["10:00-10:30"]}
annual_closed: [12-31]
"""


def test_yaml_and_json_files_say_the_same(tmp_path: Path) -> None:
    (tmp_path / "hours.yaml").write_text(YAML, encoding="utf-8")
    from_yaml = load_schedule(tmp_path / "hours.yaml")
    (tmp_path / "hours.json").write_text(json.dumps(from_yaml.as_document()), encoding="utf-8-sig")
    assert load_schedule(tmp_path / "hours.json") == from_yaml
    assert day_hours(from_yaml, "2026-11-27") == ["09:00-10:00", "10:30-13:00"]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.yaml", "zone: Europe/Moscow\nweek:\n  mon: [09:00-18:00]\n  mon: []\n", "line 4, week.mon: the key mon"),
        (
            "a.yaml",
            "zone: Europe/Moscow\nweek:\n  mon: [09:00-18:00,\n  18:00-17:00]\n",
            "line 4, week.mon[1]: bad span",
        ),
        ("a.yaml", "zone: Europe/Moscow\nweek: [\n", "line 3: the file does not parse"),
        ("a.yaml", "", "keys and values are expected"),
        ("a.json", '{"zone": "Europe/Moscow",\n "week": }', "line 2: the file does not parse"),
        ("a.json", '{"zone": "Europe/Moscow", "zone": "Asia/Omsk"}', "zone: the key zone is written twice"),
        ("a.yaml", "zone: Europe/Moscow\nweek: {mon: [09:00-18:00]}\ncalendar: NO\n", "line 3, calendar: unknown cal"),
    ],
)
def test_a_file_names_the_line(tmp_path: Path, name: str, text: str, said: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(ScheduleError) as error:
        load_schedule(tmp_path / name)
    assert said in str(error.value)


def test_a_file_that_cannot_be_read_is_said_to_be_so(tmp_path: Path) -> None:
    (tmp_path / "cp1251.yaml").write_bytes("zone: Европа".encode("cp1251"))
    for path in (tmp_path / "none.yaml", tmp_path, tmp_path / "cp1251.yaml"):
        with pytest.raises(ScheduleError) as error:
            load_schedule(path)
        assert error.value.code == "unreadable"
        assert str(path) in str(error.value)
