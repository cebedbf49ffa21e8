"""``otklik calendar``: a calendar brought in without a release, and the one in force shown."""

import argparse
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from otklik.cli import calendar as command
from otklik.worktime import Schedule, is_provisional, is_working_day
from otklik.worktime.calendar import computed_year
from tests.worktime.hands import WORKDAYS, at

DECREE = "Постановление Правительства Российской Федерации о 2028 годе"
DOCUMENT = {"zone": "Europe/Moscow", "week": {day: ["09:00-18:00"] for day in WORKDAYS}, "calendar": "RU"}


def run(*arguments: str | Path) -> int:
    parser = argparse.ArgumentParser()
    command.add_parser(parser.add_subparsers())
    options = parser.parse_args(["calendar", *map(str, arguments)])
    status: int = options.run(options)
    return status


def year_2028(**days: Any) -> dict[str, Any]:
    """2028 as a decree might have it: the days of article 112, and these (``d0508`` is 8 May)."""
    document = computed_year(2028).as_data()
    del document["provisional"]
    document["source"] = DECREE
    for name, day in days.items():
        document["days"][f"2028-{name[1:3]}-{name[3:]}"] = day
    return document


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder of an installation."""
    monkeypatch.setenv("OTKLIK_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


def written(folder: Path, document: Any, name: str = "year.yaml") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(document) if name.endswith(".json") else yaml.safe_dump(document, allow_unicode=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


MOVED = {"kind": "transferred_off", "moved_from": "2028-01-01"}


@pytest.mark.parametrize("name", ["year.yaml", "year.json"])
def test_an_imported_year_is_in_force_at_once(
    data: Path, tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = Schedule.from_document(DOCUMENT)
    assert is_working_day(before, date(2028, 5, 10))
    assert is_provisional(before, at("2028-05-10 10:00"), at("2028-05-10 11:00"))

    assert run("import", written(tmp_path, year_2028(d0510=MOVED), name)) == 0
    said = capsys.readouterr().out
    assert f"2028: записан в {data / 'calendars' / 'ru' / '2028.yaml'}. Изменилось дней: 1." in said
    assert "ср 10.05.2028 обычный день → перенесённый выходной, с 01.01.2028" in said

    after = Schedule.from_document(DOCUMENT)
    assert not is_working_day(after, date(2028, 5, 10))
    assert not is_provisional(after, at("2028-05-10 10:00"), at("2028-05-10 11:00"))
    assert after.calendar_version != before.calendar_version
    assert is_working_day(before, date(2028, 5, 10))  # a schedule keeps the calendar it was made with


@pytest.mark.usefixtures("data")
def test_a_second_import_is_no_change_and_another_calendar_needs_a_word(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = (written(tmp_path, year_2028(), "a.yaml"), written(tmp_path, year_2028(d0510=MOVED), "b.yaml"))
    assert run("import", first) == 0
    assert run("import", first) == 0
    assert "уже загружен" in capsys.readouterr().out
    assert run("import", second) == 2
    assert "--replace" in capsys.readouterr().err
    assert is_working_day(Schedule.from_document(DOCUMENT), date(2028, 5, 10))
    assert run("import", second, "--replace") == 0
    assert not is_working_day(Schedule.from_document(DOCUMENT), date(2028, 5, 10))


def test_a_table_is_read_with_its_working_saturday(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    days = [f"2029-{on:%m-%d};holiday;;;{day.title}" for on, day in computed_year(2029).days.items() if day.is_closed]
    rows = [
        "date;kind;moved_from;worked_weekend;title",
        *days,
        "2029-02-24;short;;yes;",
        "2029-02-22;transferred_off;02.24;;",
    ]
    table = tmp_path / "2029.csv"
    table.write_text("\n".join(rows), encoding="utf-8-sig")
    assert run("import", table, "--to", tmp_path / "to", "--source", DECREE) == 0
    saved = yaml.safe_load((tmp_path / "to" / "ru" / "2029.yaml").read_text(encoding="utf-8"))
    assert saved["source"] == DECREE
    assert saved["days"][date(2029, 2, 24)] == {"kind": "work_weekend", "short": True}
    assert saved["days"][date(2029, 2, 22)] == {"kind": "transferred_off", "moved_from": date(2029, 2, 24)}
    assert "сб 24.02.2029 обычный день → рабочий выходной, выходной перенесён на 22.02.2029" in capsys.readouterr().out


def test_every_problem_of_a_file_is_told_with_its_line(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "year.yaml"
    path.write_text(
        "year: 2028\ndays:\n"
        "  2028-01-03: {kind: hollday}\n"
        "  2028-05-06: {kind: work_weekend, shrt: true}\n"
        "  2029-05-08: {kind: short}\n"
        "  2028-05-07: {kind: short}\n"
        "  2028-05-10: {kind: holiday, moved_from: 2028-05-06}\n",
        encoding="utf-8",
    )
    assert run("import", path) == 1
    said = capsys.readouterr().err
    assert f"{path}: строка 3, days.2028-01-03: вид дня hollday неизвестен" in said
    assert f"{path}: строка 4, days.2028-05-06.shrt: ключ shrt неизвестен" in said
    assert f"{path}: строка 5, days.2029-05-08: дата не из 2028 года" in said
    assert f"{path}: строка 6, days.2028-05-07: короткий день приходится на выходной" in said
    assert f"{path}: строка 7, days.2028-05-10: moved_from бывает только" in said
    assert not data.exists()


@pytest.mark.usefixtures("data")
def test_a_year_without_a_holiday_of_the_law_is_taken_for_incomplete(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = year_2028()
    del document["days"]["2028-06-12"]
    path = written(tmp_path, document)
    assert run("import", path) == 1
    assert "нет праздника 2028-06-12 «День России»" in capsys.readouterr().err
    assert run("import", path, "--holidays-changed") == 0
    assert is_working_day(Schedule.from_document(DOCUMENT), date(2028, 6, 12))


def test_a_faulty_table_names_its_rows(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "a.csv"
    table.write_text("date,kind\n2029-01-01,holiday\nнет,holiday\n2029-01-01,holiday\n2029-01-02,holiday,x\n", "utf-8")
    assert run("import", table, "--to", tmp_path / "to") == 1
    said = capsys.readouterr().err
    assert "строка 3" in said
    assert "строка 4, days.2029-01-01: ключ 2029-01-01 записан дважды" in said
    assert "строка 5" in said
    table.write_text("дата,вид\n2029-01-01,holiday\n", encoding="utf-8")
    assert run("import", table, "--to", tmp_path / "to", "--lang", "en") == 1
    assert "wrong columns: missing date, kind, unknown дата, вид" in capsys.readouterr().err


@pytest.mark.usefixtures("data")
def test_region_days_can_be_brought_in_verified(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = {
        "region": "PRI",
        "name": "Приморский край",
        "source": "Закон края",
        "verified": True,
        "days": {"2028-10-25": "День края"},
    }
    assert run("import", written(tmp_path, document)) == 0
    schedule = Schedule.from_document(DOCUMENT | {"calendar": "RU-PRI"})
    assert not is_working_day(schedule, date(2028, 10, 25))
    assert is_working_day(Schedule.from_document(DOCUMENT), date(2028, 10, 25))
    komi = document | {"region": "KO", "name": "Республика Коми", "days": {"2025-08-21": "День Республики Коми"}}
    assert run("import", written(tmp_path, komi)) == 0
    instead = Schedule.from_document(DOCUMENT | {"calendar": "RU-KO"})
    assert (is_working_day(instead, date(2025, 8, 21)), is_working_day(instead, date(2025, 8, 22))) == (False, True)
    assert run("import", written(tmp_path, document | {"region": "ZZZ"})) == 2
    assert "Региона RU-ZZZ нет" in capsys.readouterr().err


def test_without_a_file_or_a_folder_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("import", tmp_path / "none.yaml", "--to", tmp_path) == 2
    assert "не читается" in capsys.readouterr().err
    monkeypatch.delenv("OTKLIK_DATA", raising=False)
    assert run("import", written(tmp_path, year_2028())) == 2
    assert "OTKLIK_DATA" in capsys.readouterr().err
    (tmp_path / "file").write_text("")
    assert run("import", written(tmp_path, year_2028()), "--to", tmp_path / "file") == 2
    assert "нельзя записать" in capsys.readouterr().err


@pytest.mark.usefixtures("data")
def test_show(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("show", "2025", "--region", "RU-KO") == 0
    said = capsys.readouterr().out
    assert "от 04.10.2024 № 1335" in said
    assert "Республика Коми: по закону региона не проверено" in said
    assert "сб 01.11.2025 рабочий выходной, выходной перенесён на 03.11.2025, короче на час" in said
    assert "пт 22.08.2025 праздник, «День Республики Коми»" in said

    assert run("show", "2020") == 0
    assert "Источник неизвестен" in capsys.readouterr().out

    assert run("show", "2028", "--lang", "en") == 0
    assert "No decree yet" in capsys.readouterr().out

    assert run("show", "1999") == 2
    assert "с 2013 по 2100" in capsys.readouterr().err
    assert run("show", "2025", "--region", "RU-ZZ") == 2
    assert run("show", "2025", "--region", "none") == 2
    assert "RU-ZZ" in capsys.readouterr().err
