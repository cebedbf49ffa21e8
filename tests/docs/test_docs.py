"""The documents: links lead somewhere, commands are named, examples print what they say, decisions are numbered."""

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from otklik.cli.main import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
READMES = (ROOT / "README.md", ROOT / "README.ru.md")
DOCUMENTS = (*READMES, *sorted((ROOT / "docs").rglob("*.md")))
DECISIONS = sorted((ROOT / "docs" / "decisions").iterdir())
PURE = ("act", "deadlines", "calendar")
"""Commands that need no database; their examples are run."""
OMITTED = "…"

_FENCE = re.compile(r"^```(\w*)[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`[^`\n]*`")
_LINK = re.compile(r"\]\(([^()\s]+)\)")
_HEADING = re.compile(r"^(#+) (.+)$", re.MULTILINE)
_OF_DOCS = re.compile(r"\bdocs/[\w./-]+\.(?:md|json|png)\b")


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def prose(path: Path) -> str:
    """The text without its fenced blocks."""
    return _FENCE.sub("", path.read_text(encoding="utf-8"))


def headings(path: Path) -> list[tuple[int, str]]:
    return [(len(marks), words) for marks, words in _HEADING.findall(prose(path))]


@cache
def anchors(path: Path) -> frozenset[str]:
    """Anchors of the headings, made as GitHub makes them."""
    return frozenset(
        re.sub(r"[^\w\- ]", "", words.replace("`", "")).strip().lower().replace(" ", "-") for _, words in headings(path)
    )


def commands_in(path: Path) -> Iterator[list[str]]:
    """`./run otklik …` and `otklik …` in the fenced blocks, as words after `otklik`."""
    for _, block in _FENCE.findall(path.read_text(encoding="utf-8")):
        for line in block.splitlines():
            words = shlex.split(line.removeprefix("$ "), comments=True) if "otklik " in line else []
            if words[:2] == ["./run", "otklik"]:
                yield words[2:]
            elif words[:1] == ["otklik"]:
                yield words[1:]


@cache
def otklik(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "otklik.cli.main", *words], capture_output=True, text=True, check=False, cwd=ROOT
    )


def shown_outputs() -> Iterator[tuple[Path, tuple[str, ...], str]]:
    """Blocks of kind `console`: the command of the first line, and what it is said to print."""
    for path in DOCUMENTS:
        for kind, block in _FENCE.findall(path.read_text(encoding="utf-8")):
            if kind == "console":
                first, _, printed = block.partition("\n")
                words = tuple(shlex.split(first.removeprefix("$ ./run otklik ")))
                yield path, words, printed


OUTPUTS = list(shown_outputs())


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_links_lead_somewhere(path: Path) -> None:
    for link in _LINK.findall(_CODE.sub("", prose(path))):
        parts = urlsplit(link)
        if parts.scheme:
            continue
        target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
        assert target.exists(), f"{name(path)}: {link}: there is no such file"
        assert target.is_relative_to(ROOT), f"{name(path)}: {link} leaves the project"
        if parts.fragment and target.suffix == ".md":
            assert unquote(parts.fragment) in anchors(target), f"{name(path)}: {link}: there is no such heading"


def test_documents_named_in_the_code_exist() -> None:
    places = [ROOT / "run", ROOT / "pyproject.toml"]
    for folder in ("src", "tools", "benchmarks"):
        places += [path for path in (ROOT / folder).rglob("*") if path.suffix in {".py", ".yaml", ".html", ".md"}]
    for path in places:
        for named in _OF_DOCS.findall(path.read_text(encoding="utf-8")):
            assert (ROOT / named).exists(), f"{name(path)} names {named}, which is not there"


def test_every_document_is_in_the_index() -> None:
    index = ROOT / "docs" / "README.md"
    linked = {(index.parent / unquote(link.partition("#")[0])).resolve() for link in _LINK.findall(prose(index))}
    missing = {name(path) for path in DOCUMENTS if path not in {*READMES, index} and path.resolve() not in linked}
    assert not missing, "link them in docs/README.md"


def test_every_picture_is_shown() -> None:
    shown = {
        (path.parent / link).resolve()
        for path in DOCUMENTS
        for link in _LINK.findall(prose(path))
        if link.endswith(".png")
    }
    assert {path.resolve() for path in (ROOT / "docs" / "img").iterdir()} == shown


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_table(command: str) -> None:
    table = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert f"`otklik {command}`" in table, f"docs/architecture.md, «The command line»: describe `otklik {command}`"


def test_commands_in_the_documents_exist() -> None:
    for path in DOCUMENTS:
        for words in commands_in(path):
            assert words[0] in {*COMMANDS, "COMMAND"}, f"{name(path)}: there is no command {words[0]}"


def test_pure_commands_of_the_readme_run() -> None:
    """Those of the two READMEs and of the lawyer's page that name no file of the reader's."""
    tried = 0
    for path in (*READMES, ROOT / "docs" / "ru" / "acts.md", ROOT / "docs" / "deadlines.md"):
        for words in commands_in(path):
            if words[0] in PURE and not any(word.isupper() for word in words):
                result = otklik(*words)
                assert result.returncode == 0, f"{name(path)}: otklik {' '.join(words)}: {result.stderr}"
                tried += 1
    assert tried >= 6


@pytest.mark.parametrize(("path", "words", "printed"), OUTPUTS, ids=[f"{name(one[0])}-{one[1][0]}" for one in OUTPUTS])
def test_shown_output_is_what_is_printed(path: Path, words: tuple[str, ...], printed: str) -> None:
    """Pieces between `…` stand in the output, whole and in that order."""
    real, at = otklik(*words).stdout, 0
    for piece in (one.strip("\n") for one in printed.split(f"{OMITTED}\n")):
        found = real.find(piece, at)
        assert found >= 0, f"{name(path)}: otklik {' '.join(words)} does not print:\n{piece}"
        at = found + len(piece)


def test_both_readmes_show_the_same() -> None:
    english, russian = READMES
    assert [depth for depth, _ in headings(english)] == [depth for depth, _ in headings(russian)]
    assert list(commands_in(english)) == list(commands_in(russian))
    shown = [[one[1:] for one in OUTPUTS if one[0] == path] for path in READMES]
    assert shown[0] == shown[1]


def test_decisions_are_numbered() -> None:
    assert [path.name[:4] for path in DECISIONS] == [f"{number:04}" for number in range(1, len(DECISIONS) + 1)]
    for path in DECISIONS:
        title = headings(path)[0][1]
        assert re.match(r"0*(\d+)\. \S", title), f"{name(path)}: the title is «NUMBER. What was decided»"
        assert int(title.partition(".")[0]) == int(path.name[:4]), f"{name(path)}: the title has another number"


def test_first_screen_of_the_readme() -> None:
    """A picture, and exactly two commands, before the first heading but the title."""
    for path in READMES:
        first = path.read_text(encoding="utf-8").split("\n## ")[0]
        assert first.count("![") == 1
        blocks = [block for _, block in _FENCE.findall(first)]
        assert len(blocks) == 1
        assert [line.split("#")[0].strip() for line in blocks[0].splitlines()] == ["./run", "./run test"]
