"""The command line: lazy joining, unknown commands, setting up, people from CSV. Run as people run it: as a process."""

import argparse
import importlib
import io
import os
import re
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import pytest

from otklik.cli import main as cli
from otklik.orgs.models import Organisation, Person, RoleHolding, Unit
from tests.cast import PASSWORD, Cast, make_organisation, make_person


def otklik(*arguments: str, data: Path, stdin: str = "", **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("OTKLIK_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, "-m", "otklik.cli.main", *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        cwd=data,
        env=environment | {"OTKLIK_DATA": str(data)} | variables,
    )


def test_every_command_is_in_the_table_and_offers_a_parser() -> None:
    folder = Path(cli.__file__).parent
    sources = {path.stem: path.read_text(encoding="utf-8") for path in folder.glob("*.py")}
    joined = {module.rpartition(".")[2] for module, _ in cli.COMMANDS.values()}
    for stem in sources.keys() - joined - {"__init__", "main"}:
        imported = re.compile(rf"otklik\.cli\.{stem}\b|from otklik\.cli import [^\n]*\b{stem}\b")
        users = [other for other, source in sources.items() if other != stem and imported.search(source)]
        assert users, f"{stem}: neither a command of the table nor a part of one"
    for name, (module, _) in cli.COMMANDS.items():
        subparsers = argparse.ArgumentParser().add_subparsers()
        importlib.import_module(module).add_parser(subparsers)
        assert name in subparsers.choices


def test_an_unknown_command_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["fly"]) == 2
    assert "Команды «fly» нет. Есть: " in capsys.readouterr().err


def test_help_lists_the_commands(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as exit_:
        cli.main(["--help"])
    assert exit_.value.code == 0
    assert "первая настройка пустой установки" in capsys.readouterr().out


def test_the_pure_commands_do_not_load_django(tmp_path: Path) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from otklik.cli.main import main\n"
            "try: main(['deadlines', '--help'])\n"
            "except SystemExit: pass\n"
            "print([name for name in sys.modules if name.partition('.')[0] == 'django'])",
        ],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_bad_setting_is_a_sentence(tmp_path: Path) -> None:
    done = otklik("people", "list", data=tmp_path, OTKLIK_LOG_LEVEL="LOUD")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("OTKLIK_LOG_LEVEL='LOUD' is not understood")


FLAGS = ["--act", "altai-2020-132", "--name", "Администрация края", "--key", "kray", "--admin-name", "Петрова Нина"]


@pytest.mark.slow
def test_an_empty_installation_is_set_up(tmp_path: Path) -> None:
    done = otklik("init", *FLAGS, "--password-stdin", data=tmp_path, stdin=f"{PASSWORD}\n")
    assert done.returncode == 0, done.stderr
    assert "Взяты по умолчанию: пн " in done.stdout
    listed = otklik("people", "list", data=tmp_path)
    assert listed.stdout.splitlines() == ["admin\tПетрова Нина\t\tадминистратор"]
    database = sqlite3.connect(tmp_path / "otklik.sqlite3")
    assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    act, zone = database.execute("SELECT act, zone FROM orgs_organisation").fetchone()
    database.close()
    assert (act, zone) == ("altai-2020-132", "Asia/Barnaul")


@pytest.fixture
def migrated(monkeypatch: pytest.MonkeyPatch, db: None) -> None:  # noqa: ARG001
    """The test database is migrated already."""
    monkeypatch.setattr("otklik.cli.init._migrate", lambda: 0)


@pytest.mark.usefixtures("migrated")
@pytest.mark.parametrize(
    ("arguments", "stdin", "words"),
    [
        (FLAGS, "", "Не задан пароль администратора. Добавьте --password-stdin"),
        ([*FLAGS, "--password-stdin"], "123\n", "слишком слабый"),
        ([*FLAGS, "--password-stdin", "--act", "nowhere"], PASSWORD, "Постановления «nowhere» нет. Есть: altai-"),
        ([*FLAGS, "--password-stdin", "--zone", "Asia/Nowhere"], PASSWORD, "Часовой пояс «Asia/Nowhere» неизвестен"),
        ([*FLAGS[:2], "--password-stdin"], PASSWORD, "Не задано: полное название организации. Добавьте --name."),
        ([*FLAGS, "--password-stdin", "--schedule", "/nowhere.yaml"], PASSWORD, "/nowhere.yaml: "),
    ],
)
def test_a_set_up_that_cannot_be_writes_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str], stdin: str, words: str
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
    assert cli.main(["init", *arguments]) == 2
    assert words in capsys.readouterr().err
    assert not Organisation.objects.exists()
    assert not Person.objects.exists()


@pytest.mark.usefixtures("migrated")
def test_a_second_set_up_must_be_meant(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    make_organisation()
    for extra, status in ([], 2), (["--add", "--admin-username", "second"], 0):
        monkeypatch.setattr("sys.stdin", io.StringIO(PASSWORD))
        assert cli.main(["init", *FLAGS, "--password-stdin", *extra]) == status
    assert "уже настроена" in capsys.readouterr().err
    assert Organisation.objects.get(key="kray").regional_days is False


@pytest.mark.usefixtures("migrated")
def test_what_is_not_given_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter(["ukhta-2021-960", "", "Администрация Ухты", "", "ukhta", "", "Петрова Нина", ""])
    asked: list[str] = []

    def answer(question: str) -> str:
        asked.append(question)
        return next(answers)

    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", answer)
    monkeypatch.setattr("getpass.getpass", lambda _question: PASSWORD)
    assert cli.main(["init"]) == 0
    made = Organisation.objects.get()
    assert (made.key, made.name, made.short_name, made.act) == (
        "ukhta",
        "Администрация Ухты",
        "Администрация Ухты",
        "ukhta-2021-960",
    )
    assert asked[0] == "Постановление: "
    assert asked.count("Полное название организации: ") == 2, "an empty answer is asked again"
    assert "Часовой пояс [Europe/Moscow]: " in asked
    assert Person.objects.get(username="admin").check_password(PASSWORD)


# --- people from CSV ----------------------------------------------------------------------------------------------


HEADING = "ФИО;Имя для входа;Подразделение;Роли;Ранг"


def bring_in(tmp_path: Path, text: str, *options: str, encoding: str = "utf-8") -> int:
    file = tmp_path / f"people-{uuid4().hex}.csv"
    file.write_bytes(text.encode(encoding))
    return cli.main(["people", "import", str(file), *options])


@pytest.mark.django_db
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251"])
@pytest.mark.parametrize("delimiter", [";", ","])
def test_people_come_in_from_any_spreadsheet(tmp_path: Path, people: Cast, encoding: str, delimiter: str) -> None:
    rows = [HEADING, 'Ёлкин Пётр;elkin;roads;"исполнитель, публикатор";заместитель главы', "Седова Анна;;;куратор;", ""]
    lines = [line.replace(";", delimiter) for line in rows]
    options = ["--organisation", people.organisation.key]
    assert bring_in(tmp_path, "\r\n".join(lines), *options, encoding=encoding) == 0
    elkin = Person.objects.get(username="elkin")
    assert (elkin.full_name, elkin.unit, elkin.rank) == ("Ёлкин Пётр", people.unit, "deputy_head")
    held = RoleHolding.objects.filter(person=elkin).values_list("role", "unit")
    assert sorted(held) == [("executor", people.unit.pk), ("publisher", people.unit.pk)]
    assert not Person.objects.get(full_name="Седова Анна").has_account


@pytest.mark.django_db
def test_all_errors_are_told_at_once_with_their_lines_and_nothing_is_written(
    tmp_path: Path, people: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    before = Person.objects.count()
    text = "\n".join(
        [
            HEADING + ";Почта;Часовой пояс",
            ";no-name;;;;;",
            "Ёлкин Пётр;elkin;нет такого;исполнитель;;;",
            "Седова Анна;ELKIN;;начальник;генерал;не почта;Луна",
            "Орлов Пётр;curator;roads;;;;",
            "Белов;belov;;;;;;лишнее",
        ]
    )
    assert bring_in(tmp_path, text, "--organisation", people.organisation.key) == 1
    said = capsys.readouterr().err
    expected = [
        (2, "Нет ФИО"),
        (3, "Подразделения «нет такого» нет"),
        (4, "Имя для входа «ELKIN» уже стоит в строке 3"),
        (4, "Роль «начальник» неизвестна"),
        (4, "Ранг «генерал» неизвестен"),
        (4, "Почта «не почта» написана неверно"),
        (4, "Часовой пояс «Луна» неизвестен"),
        (5, "Имя для входа «curator» уже занято"),
        (6, "В строке 8 ячеек, а столбцов 7"),
    ]
    found = [line for line in said.splitlines() if ".csv:" in line]
    assert len(found) == len(expected)
    for line, (number, words) in zip(found, expected, strict=True):
        assert f".csv:{number}: {words}" in line
    assert "Ничего не записано" in said
    assert Person.objects.count() == before


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("ФИО;Любимый цвет", "Столбец «Любимый цвет» неизвестен"),
        ("Имя для входа", "Нет столбца «ФИО»"),
        ("ФИО;фио", "Столбец «фио» назван дважды"),
        ("", "Нет столбца «ФИО»"),
    ],
)
def test_a_heading_that_is_not_understood(
    tmp_path: Path, people: Cast, capsys: pytest.CaptureFixture[str], heading: str, words: str
) -> None:
    assert bring_in(tmp_path, f"{heading}\nа;б\n", "--organisation", people.organisation.key) == 1
    assert words in capsys.readouterr().err


@pytest.mark.django_db
def test_a_dry_run_writes_nothing(tmp_path: Path, people: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    before = (Person.objects.count(), Unit.objects.count())
    options = ["--organisation", people.organisation.key, "--dry-run", "--create-units"]
    assert bring_in(tmp_path, "ФИО;Подразделение\nЁлкин;Новый отдел\n", *options) == 0
    assert "Проверено, ошибок нет. Людей: 1." in capsys.readouterr().out
    assert (Person.objects.count(), Unit.objects.count()) == before


@pytest.mark.django_db
def test_units_are_made_and_initial_passwords_kept_for_their_owner_alone(tmp_path: Path, people: Cast) -> None:
    passwords = tmp_path / "passwords.txt"
    options = ["--organisation", people.organisation.key, "--create-units", "--passwords", str(passwords)]
    text = "ФИО;Имя для входа;Подразделение\nЁлкин;elkin;Новый отдел\nСедова;;новый отдел\n"
    assert bring_in(tmp_path, text, *options) == 0
    assert Unit.objects.filter(name="Новый отдел").count() == 1
    username, password = passwords.read_text(encoding="utf-8").strip().split("\t")
    assert Person.objects.get(username=username).check_password(password)
    assert stat.S_IMODE(passwords.stat().st_mode) == 0o600
    assert bring_in(tmp_path, text, *options) == 2, "an existing file of passwords is not written over"


@pytest.mark.django_db
def test_an_organisation_must_be_named_where_there_are_several(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bring_in(tmp_path, "ФИО\nЁлкин\n") == 2
    assert "Начните с: otklik init" in capsys.readouterr().err
    only = make_organisation()
    assert bring_in(tmp_path, "ФИО\nЁлкин\n") == 0
    second = make_organisation()
    assert bring_in(tmp_path, "ФИО\nЁлкин\n") == 2
    assert f"Есть: {only.key}, {second.key}." in capsys.readouterr().err
    assert bring_in(tmp_path, "ФИО\nЁлкин\n", "--organisation", "nowhere") == 2


@pytest.mark.django_db
def test_a_password_is_read_from_standard_input(monkeypatch: pytest.MonkeyPatch, people: Cast) -> None:
    new = "пароль из стандартного ввода"
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{new}\nostatok\n"))
    assert cli.main(["people", "password", "CURATOR", "--password-stdin"]) == 0
    assert Person.objects.get(pk=people.curator.pk).check_password(new)
    monkeypatch.setattr("sys.stdin", io.StringIO("123\n"))
    assert cli.main(["people", "password", "curator", "--password-stdin"]) == 1
    assert cli.main(["people", "password", "nobody", "--password-stdin"]) == 2


@pytest.mark.django_db
def test_a_list_shows_one_organisation(capsys: pytest.CaptureFixture[str]) -> None:
    ours, theirs = make_organisation(), make_organisation()
    make_person(ours, "ours")
    make_person(theirs, "theirs")
    assert cli.main(["people", "list", "--organisation", ours.key]) == 0
    assert capsys.readouterr().out.split("\t")[0] == "ours"
    assert Organisation.objects.count() == 2
