"""`otklik act check` and `otklik act test`: what they print, and their exit codes."""

import json
from pathlib import Path

import pytest

from otklik.cli.main import main
from otklik.regulation.parse import SHIPPED, shipped_acts

ALTAI = SHIPPED / "altai-2020-132"


def copy_of_altai(tmp_path: Path, old: str = "", new: str = "") -> Path:
    """The act in a folder of its own, with some words of `act.yaml` changed."""
    folder = tmp_path / "altai-2020-132"
    (folder / "cases").mkdir(parents=True)
    for name in ("act.yaml", "clauses.yaml", "cases/reply.yaml"):
        text = (ALTAI / name).read_text(encoding="utf-8")
        assert old in text or name != "act.yaml"
        (folder / name).write_text(text.replace(old, new) if old and name == "act.yaml" else text, encoding="utf-8")
    return folder


def test_check_tells_where_an_act_leaves_no_time(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["act", "check", "ukhta-2021-960"]) == 0  # warnings are no errors
    text = capsys.readouterr().out
    assert "предупреждение: act.yaml:" in text
    assert "остаётся до срока ответа: −1 ч" in text
    assert "→ Договориться о сроках короче предельных" in text
    assert "доработок 1   ! −1 ч (3 ч)" in text
    assert text.rstrip().splitlines()[-1].startswith("Ошибок: 0, предупреждений: 1, замечаний: ")


def test_check_as_data(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["act", "check", "altai-2020-132", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["errors"] == 0
    tight = next(one for one in data["findings"] if one["code"] == "no_time_for_rework")
    assert (tight["severity"], tight["file"], tight["clause"], len(tight["sums"])) == ("warning", "act.yaml", "8", 11)
    plain = data["paths"][0]
    assert (plain["reworks"], plain["bodies"], plain["left_minutes"], plain["draft_left_minutes"]) == (0, 1, 180, 270)
    assert plain["fits"] is True


def test_check_tells_every_problem_of_the_file_and_ends_with_1(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    folder = copy_of_altai(tmp_path, "role: curator", "role: kurator")
    assert main(["act", "check", str(folder)]) == 1
    text = capsys.readouterr().out
    assert text.count("ошибка: act.yaml:") > 3
    assert "kurator" in text
    assert main(["act", "check", str(folder), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["findings"][0]["severity"] == "error"


def test_check_finds_a_number_that_differs_from_its_words(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    folder = copy_of_altai(tmp_path, "amount: 9\n", "amount: 8\n")
    assert main(["act", "check", str(folder)]) == 1
    text = capsys.readouterr().out
    assert "ошибка: act.yaml:" in text
    assert "В акте «9 рабочих часов», а в файле 8 (часов)." in text


def test_check_reads_the_cases_too(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    folder = copy_of_altai(tmp_path)
    case = folder / "cases" / "reply.yaml"
    case.write_text(case.read_text(encoding="utf-8").replace("now: 2026", "never: 2026", 1), encoding="utf-8")
    assert main(["act", "check", str(folder)]) == 1
    assert "cases/reply.yaml:" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["check", "test"])
def test_an_act_that_is_not_there(capsys: pytest.CaptureFixture[str], command: str) -> None:
    assert main(["act", command, "altay"]) == 2
    assert "altay" in capsys.readouterr().err


def test_the_cases_of_all_shipped_acts(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["act", "test"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.partition(":")[0] for line in lines] == shipped_acts()
    assert all(line.endswith("не сошлось 0") for line in lines)


def test_a_case_that_fails_is_told_with_the_reason(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    folder = copy_of_altai(tmp_path, "amount: 9\n", "amount: 8\n")
    assert main(["act", "test", str(folder)]) == 1
    text = capsys.readouterr().out
    assert "✗ Девять рабочих часов с выявления (cases/reply.yaml:3)" in text
    assert "reply, срок: ожидалось 2026-11-25 10:45, вышло 2026-11-25 09:45" in text
    assert "reply, почему так:" in text


def test_an_act_without_cases_does_not_pass(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    folder = copy_of_altai(tmp_path)
    (folder / "cases" / "reply.yaml").unlink()
    assert main(["act", "test", str(folder)]) == 1
    assert "примеров нет" in capsys.readouterr().out
