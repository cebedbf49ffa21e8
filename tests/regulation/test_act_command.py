"""`otklik act list|show|diff|schema`."""

import json
from pathlib import Path

import pytest

from otklik.cli.main import main
from otklik.process.cases import run_cases
from otklik.regulation.parse import shipped_acts
from otklik.regulation.schema import PARTS
from tests.regulation.small import SMALL, broken, line_of, write

TEMPLATE = Path(__file__).resolve().parents[2] / "src" / "otklik" / "acts" / "_template"


def test_list_names_every_act_with_its_hash(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["act", "list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == shipped_acts()


def test_show_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["act", "show", "ukhta-2021-960"]) == 0
    said = capsys.readouterr().out
    assert "Согласовать (п. 11) — Исполнитель: 1 рабочий час" in said
    assert "срок в акте: «1 рабочего часа»" in said
    assert "читаем так: До закрытия 10-го числа." in said
    assert "ПУНКТЫ БЕЗ ПРАВИЛА\n  п. 1 пост.: Утверждение Порядка" in said


def test_show_as_data(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["act", "show", "kalininsky", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["act"] == "kalininsky"
    assert {"Кто участвует", "Шаги и сроки", "Без ответа"} <= {section["title"] for section in shown["sections"]}


def test_diff_is_told_by_whom_it_concerns(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    old = write(tmp_path / "a" / "small")
    new = write(tmp_path / "b" / "small", broken(("term: {kind: none}", "optional: true\n    term: {kind: none}")))
    assert main(["act", "diff", str(old), str(new)]) == 0
    said = capsys.readouterr().out
    assert "КУРАТОР\n  куратор, «Согласовать»: было обязанность (п. 2), станет право (п. 2)." in said
    assert main(["act", "diff", str(old), str(new), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["who"] == "куратор"
    assert main(["act", "diff", str(old), str(old)]) == 0
    assert "Ничего не меняется." in capsys.readouterr().out


@pytest.mark.parametrize("part", PARTS)
def test_schema(part: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["act", "schema", "--part", part]) == 0
    assert json.loads(capsys.readouterr().out)["type"] == "object"


def test_what_is_wrong_with_an_act_is_told_whole_and_ends_with_2(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    folder = write(tmp_path / "small", broken(("by: executor}", "by: speaker}"), ("amount: 30", "amount: много")))
    assert main(["act", "show", str(folder)]) == 2
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 2
    assert told[0].startswith(f"act.yaml:{line_of(SMALL, 'amount: 30')} шаг «route»: «много» не число.")
    assert "роли «speaker» в акте нет" in told[1]


def test_an_unknown_act(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["act", "show", "nosuch"]) == 2
    assert "акта «nosuch» нет. Есть: altai-2020-132" in capsys.readouterr().err


def test_the_template_is_an_act_whose_cases_hold(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["act", "show", str(TEMPLATE)]) == 0
    assert "Исполнитель готовит проект ответа" in capsys.readouterr().out
    outcomes = run_cases(TEMPLATE)
    assert outcomes
    assert all(outcome.passed for outcome in outcomes)
