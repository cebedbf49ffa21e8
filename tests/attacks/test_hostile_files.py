"""Files of hours and calendars that would end the process, or never let it end."""

from pathlib import Path

import pytest

from otklik.worktime.documents import read_document
from otklik.worktime.errors import ScheduleError

BOMB = "a: &a [x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n" for before, name in zip("abcdefg", "bcdefgh", strict=True)
)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("ring.yaml", "a: &a [*a]\n"),
        ("bomb.yaml", BOMB),
        ("deep.yaml", "[" * 100_000),
        ("deep.json", "[" * 100_000),
        ("long.yaml", f"short_day_minus_hours: {'9' * 5000}\n"),
        ("long.json", f'{{"short_day_minus_hours": {"9" * 5000}}}'),
        ("day.yaml", "dates:\n  2026-02-30: []\n"),
    ],
)
def test_a_hostile_file_is_refused_with_a_sentence(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ScheduleError) as refused:
        read_document(path)
    assert refused.value.problems[0].code == "bad_syntax"
