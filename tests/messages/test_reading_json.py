"""JSON: lists, lines, objects around a list; what is broken costs what stands behind it, and no more."""

import datetime as dt
import json
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from otklik.messages.reading import json_file
from otklik.messages.reading.headers import find_header
from otklik.messages.reading.profiles import Field, Profile, own_profile
from otklik.messages.reading.records import Record, Records
from otklik.messages.reading.refusals import FileRefused, RowRefused
from otklik.messages.reading.source import Kind, inspect

NOON = dt.datetime(2026, 11, 27, 9, 0, tzinfo=dt.UTC)
OWN = own_profile({Field.TEXT: "text", Field.POSTED_AT: "date", Field.AUTHOR: "author.name"})
ROWS: list[dict[str, Any]] = [
    {"text": "яма", "date": 1777521600, "author": {"name": "Иван"}},
    {"text": "лужа [1]", "date": None, "tags": ["ЖКХ", "вода"]},
]


def read(path: Path, profile: Profile | None = OWN) -> list[Record | str]:
    source = inspect(path)
    assert source.kind is Kind.JSON
    header = find_header(source, profile)
    records = Records(header, ZoneInfo("Europe/Moscow"), NOON)
    found: list[Record | str] = []
    for row in header.below():
        try:
            found.append(row.problem or records.read(row))
        except RowRefused as refused:
            found.append(str(refused))
    return found


def written(folder: Path, content: str | bytes) -> Path:
    path = folder / "выгрузка.txt"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize(
    "content",
    [
        json.dumps(ROWS),
        json.dumps(ROWS, ensure_ascii=False, indent=2),
        "\ufeff" + json.dumps(ROWS),
        "\n".join(json.dumps(row) for row in ROWS),
        json.dumps({"total": 2, "empty": [], "page": {"of": 1}, "messages": ROWS}),
        json.dumps({"messages": ROWS, "total": 2}, indent=1),
        "\n".join(json.dumps({**row, "files": [{"a": 1}]}) for row in ROWS),
    ],
)
@pytest.mark.parametrize("part", [7, 1 << 18])
def test_every_form_of_the_same(tmp_path: Path, content: str, part: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_file, "PART", part)
    first, second = read(written(tmp_path, content))
    assert isinstance(first, Record)
    assert isinstance(second, Record)
    assert (first.incoming.text, first.incoming.author.name) == ("яма", "Иван")
    assert first.incoming.posted_at == dt.datetime(2026, 4, 30, 4, 0, tzinfo=dt.UTC)
    assert second.incoming.text == "лужа [1]"


def test_another_encoding(tmp_path: Path) -> None:
    assert len(read(written(tmp_path, json.dumps(ROWS, ensure_ascii=False).encode("utf-16")))) == 2


def test_a_broken_line_costs_itself(tmp_path: Path) -> None:
    lines = [json.dumps(ROWS[0]), '{"text": "обор', json.dumps(ROWS[1]), '["не объект"]']
    found = read(written(tmp_path, "\n".join(lines)))
    assert [isinstance(one, Record) for one in found] == [True, False, True, False]
    assert found[1] == "здесь не объект JSON; если дальше нет строк, файл оборван в этом месте"


def test_a_list_cut_short_costs_its_end(tmp_path: Path) -> None:
    found = read(written(tmp_path, json.dumps([*ROWS, ROWS[0]])[:-20]))
    assert [isinstance(one, Record) for one in found] == [True, True, False]


@pytest.mark.parametrize("content", ['[{"a":' * 100_000, '{"a":{}', "[[1,2],[3]]", '{"a": 1, "b": 2'])
def test_what_holds_no_objects_is_refused(tmp_path: Path, content: str) -> None:
    path = written(tmp_path, content)
    with pytest.raises(FileRefused):
        find_header(inspect(path), OWN)


def test_numbers_stay_as_they_stand(tmp_path: Path) -> None:
    digits = "9" * 6000
    (record,) = read(written(tmp_path, f'[{{"text": {digits}, "date": ""}}]'), own_profile({Field.TEXT: "text"}))
    assert isinstance(record, Record)
    assert record.incoming.text == digits


def test_too_many_keys_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefused) as refused:
        inspect(written(tmp_path, json.dumps([{f"k{number}": 1} for number in range(1100)])))
    assert refused.value.code == "too_many_columns"


def test_brand_analytics_in_json(tmp_path: Path) -> None:
    one: dict[str, Any] = {
        "id": 1364,
        "hash": "0a7e",
        "timeCreate": 1777521600,
        "title": "",
        "text": "Яма&#33;",
        "hub": "vk.com",
        "url": "http://vk.com/wall-1_2",
        "hubtype": "Соцсети",
        "authorObject": {"fullname": "Иван Петров", "url": "http://vk.com/id1", "sex": 1},
        "audienceCount": 12,
        "review_rating": [],
        "tag_1.1": "Дороги",
    }
    (record,) = read(written(tmp_path, json.dumps([one])), None)
    assert isinstance(record, Record)
    assert (record.incoming.text, record.topic, record.network) == ("Яма!", "Дороги", "vk")
    assert record.incoming.author.name == "Иван Петров"
    assert record.incoming.place.extra == {"audience": "12"}
