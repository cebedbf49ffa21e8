"""docs/worktime.md: its examples run, and its tables name what there is."""

import re
from pathlib import Path

import pytest
import yaml

from otklik import worktime
from otklik.worktime import Schedule
from otklik.worktime.parsing import KEYS
from otklik.worktime.yearfile import parse_region, parse_year

DOCS = (Path(__file__).parents[2] / "docs" / "worktime.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", DOCS, re.DOTALL)


def rows(heading: str) -> list[str]:
    """The first column of the table under a heading row."""
    table = DOCS[DOCS.index(f"| {heading} |") :].split("\n\n", 1)[0]
    return [name for line in table.splitlines()[2:] for name in re.findall(r"`(\w+)[^`]*`", line.split("|")[1])]


def test_the_examples_of_files_are_read() -> None:
    schedule, year, region = (yaml.safe_load(block) for block in blocks("yaml"))
    assert set(schedule) == set(KEYS)
    assert Schedule.from_document(schedule).calendar.code == "RU-KO"
    assert parse_year(year).source
    assert len(parse_region(region).days) == 1


def test_the_examples_of_code_run() -> None:
    layers, arithmetic = blocks("python")
    names = {name: getattr(worktime, name) for name in worktime.__all__}
    exec(arithmetic, names)  # noqa: S102  # our own documentation
    exec(f"from datetime import date\n{layers}", names)  # noqa: S102
    assert names["schedule"].calendar.layers


@pytest.mark.parametrize("heading", ["key", "function"])
def test_the_tables_are_whole(heading: str) -> None:
    known = set(KEYS) if heading == "key" else set(worktime.__all__)
    assert set(rows(heading)) - {"Schedule"} <= known
    if heading == "key":
        assert set(rows(heading)) == known


def test_every_kind_of_day_is_explained() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in Path(worktime.__file__).parent.glob("*.py"))
    for kind in rows("`kind` of a day"):
        assert f'"{kind}"' in source, kind
    assert {str(kind) for kind in worktime.DayKind} <= set(rows("`kind` of a day"))
