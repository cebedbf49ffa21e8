"""`./run WORDS`: which command it is, what it passes on, and that a mistake is a sentence with code 2."""

from pathlib import Path

import pytest
from start import commands, main
from start.places import Places
from start.words import LANGUAGES, Trouble, language_of

ROOT = str(Path(__file__).parents[2])


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], ("start", [])),
        (["--port", "8001"], ("start", ["--port", "8001"])),
        (["test", "-k", "act"], ("test", ["-k", "act"])),
        (["-h"], ("help", [])),
        (["help"], ("help", [])),
        (["otklik", "deadlines", "--help"], ("otklik", ["deadlines", "--help"])),
    ],
)
def test_the_first_word_is_the_command(words: list[str], expected: tuple[str, list[str]]) -> None:
    assert main.choose(words) == expected


def test_pytest_gets_what_we_do_not_know() -> None:
    options, passed_on = main.parse("test", ["--postgresql", "tests/start", "-k", "port", "--offline", "wheels", "-x"])

    assert (options.postgresql, options.offline) == (True, "wheels")
    assert passed_on == ["tests/start", "-k", "port", "-x"]


def test_the_program_gets_everything_even_our_own_options() -> None:
    _, passed_on = main.parse("otklik", ["serve", "--port", "1", "--offline", "x"])

    assert passed_on == ["serve", "--port", "1", "--offline", "x"]


@pytest.mark.parametrize("text", ["1", "8000", "65535"])
def test_a_port_is_a_number_from_1_to_65535(text: str) -> None:
    assert main.port_number(text) == int(text)


@pytest.mark.parametrize("text", ["0", "65536", "-1", "80a", "", "٨", "8000 "])
def test_anything_else_is_no_port(text: str) -> None:
    with pytest.raises(Trouble) as raised:
        main.port_number(text)
    assert raised.value.code == "port_bad"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--lang", "en", "help"], ("en", ["help"])),
        (["help", "--lang=en"], ("en", ["help"])),
        (["test", "--", "--lang", "en"], ("ru", ["test", "--", "--lang", "en"])),
        (["help", "--lang", "fr"], ("ru", ["help", "--lang", "fr"])),
        (["--lang"], ("ru", ["--lang"])),
    ],
)
def test_the_language_may_be_named_anywhere(words: list[str], expected: tuple[str, list[str]]) -> None:
    assert main.take_language(words, "ru") == expected


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, "ru"),
        ({"LANG": "C.UTF-8"}, "ru"),
        ({"LANG": "ru_RU.UTF-8"}, "ru"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "ru_RU.UTF-8"}, "ru"),
    ],
)
def test_russian_unless_the_locale_is_english(environ: dict[str, str], expected: str) -> None:
    assert language_of(environ) == expected


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["tset"], "Команды «tset» нет"),
        (["--prot", "1"], "Непонятные аргументы"),
        (["--port", "80000"], "Порт «80000» не подходит"),
        (["bundle"], "Непонятные аргументы"),
        (["reset", "--lang", "en", "--yse"], "not understood"),
    ],
)
def test_a_mistake_is_a_sentence_with_code_2(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(words, root=ROOT, environ={}) == 2
    printed = capsys.readouterr().err
    assert said in printed
    assert "./run" in printed


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_names_every_command(language: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["help", "--lang", language], root="/nowhere", environ={}) == 0
    printed = capsys.readouterr().out
    assert all(f"./run {command}" in printed for command in main.PARSERS if command != "start")
    assert all(option in printed for option in ("--port", "--offline", "--postgresql", "--dev", "--yes", "--lang"))


def test_an_incomplete_copy_of_the_project_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main([], root=str(tmp_path), environ={}) == 2
    assert "uv.lock" in capsys.readouterr().err


def test_elsewhere_than_on_linux_and_macos_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.platform", "win32")
    assert main.main([], root=ROOT, environ={}) == 2
    assert "WSL" in capsys.readouterr().err


def test_the_whole_suite_uses_every_processor_and_a_part_does_not() -> None:
    assert commands.workers([], processors=2) == ["-n", "2"]
    assert commands.workers([], processors=64) == ["-n", "4"]
    assert commands.workers([], processors=1) == []
    assert commands.workers(["tests/start"], processors=2) == []


def test_ci_forbids_skips_by_a_variable_that_the_program_never_sees() -> None:
    here = Path("/x")
    context = commands.Context(Places(here, here, here, here), {"OTKLIK_NO_SKIPS": "1"}, "ru")

    assert commands.no_skips(context.environ)[-1] == "--no-skips"
    assert "OTKLIK_NO_SKIPS" not in context.program_environment()
    assert commands.no_skips({}) == []


def test_compiled_files_are_kept_apart_where_they_are_not_wanted_among_the_sources() -> None:
    here = Path("/x")
    places = Places(here, here, here / ".otklik", here)
    environ = commands.Context(places, {"PYTHONDONTWRITEBYTECODE": "1"}, "ru").program_environment()
    assert environ["PYTHONPYCACHEPREFIX"] == "/x/.otklik/pycache"
    assert "PYTHONDONTWRITEBYTECODE" not in environ
    assert "PYTHONPYCACHEPREFIX" not in commands.Context(places, {}, "ru").program_environment()
