"""Reading act files: the split into two, the hash, lines, and files that mean harm."""

from pathlib import Path

import pytest
import yaml

from otklik.regulation import yamldoc
from otklik.regulation.model import Act
from otklik.regulation.parse import content_hash, load_act, parse_text, shipped_acts
from otklik.regulation.problems import ActProblems, Code
from otklik.regulation.yamldoc import LIMIT_BYTES, LIMIT_DEPTH, read
from tests.regulation.small import SMALL, broken, line_of, problems_of, small, write


def codes(text: str | bytes) -> list[Code]:
    return [problem.code for problem in problems_of(text)]


BOMB = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
HOSTILE: list[tuple[str, str | bytes, Code]] = [
    ("a billion laughs", BOMB, Code.TOO_MANY_NODES),
    ("too large", "a: " + "x" * LIMIT_BYTES, Code.TOO_LARGE),
    ("a million brackets", "a: " + "[" * 1_000_000, Code.TOO_DEEP),
    ("aliases that deepen", "a: &a [[[[[[[[[[1]]]]]]]]]]\n" + "".join(
        f"{name}: &{name} [[[[[[[[[[*{before}]]]]]]]]]]\n" for before, name in zip("abcde", "bcdef", strict=True)
    ), Code.TOO_DEEP),
    ("an alias into itself", "a: &a [*a]", Code.BAD_ALIAS),
    ("an alias to nowhere", "a: *b", Code.BAD_ALIAS),
    ("a Python object", "a: !!python/object/apply:os.system ['true']", Code.TAG),
    ("not UTF-8", "имя: Ухта".encode("cp1251"), Code.NOT_UTF8),
    ("tabs", "a:\n\tb: 1", Code.TAB),
    ("no YAML", "a: [1, 2", Code.NOT_YAML),
    ("a control character", "a: \x07", Code.NOT_YAML),
    ("two documents", "a: 1\n---\nb: 2", Code.SEVERAL_DOCUMENTS),
    ("nothing", "", Code.EMPTY),
    ("only a comment", "# ничего", Code.EMPTY),
    ("a list", "- 1", Code.NOT_A_MAPPING),
    ("a word", "слово", Code.NOT_A_MAPPING),
]  # fmt: skip


@pytest.mark.parametrize(("text", "code"), [row[1:] for row in HOSTILE], ids=[row[0] for row in HOSTILE])
def test_a_hostile_file_gives_one_clear_problem(text: str | bytes, code: Code) -> None:
    assert codes(text) == [code]


def test_the_line_of_a_broken_byte_is_told() -> None:
    (problem,) = problems_of(b"a: 1\nb: 2\n" + b"c: \xff\n")
    assert problem.mark.line == 3


def test_brackets_up_to_the_limit_are_read() -> None:
    depth = LIMIT_DEPTH - 2
    assert read("a: " + "[" * depth + "]" * depth, "x").problems == []


def test_a_key_that_is_no_word_is_a_problem() -> None:
    assert Code.KEY_NOT_A_WORD in codes(SMALL + "? [a, b]\n: 1\n")


def test_anchors_and_merges_are_allowed_and_what_is_written_wins() -> None:
    text = broken(
        (
            "term: {literal: 30 минут, amount: 30, unit: minute}",
            "term: &t {literal: 30 минут, amount: 30, unit: minute}",
        ),
        ("    role: curator\n    starts_on: [detected]", "    role: curator\n    starts_on: [detected]"),
    )
    merged = text.replace("term: {kind: none}", "term: {<<: *t, literal: согласует, amount: 2}")
    act = parse_text(merged, "act.yaml").act
    assert (act.steps[2].term.literal, act.steps[2].term.amount, act.steps[2].term.unit) == ("согласует", 2, "minute")


def test_plain_words_stay_what_was_written() -> None:
    document = read("number: 2.10\nanswer: no\nlunch: 12:30\nnothing: ~\nquoted: '~'\n", "x").data
    assert document == {"number": "2.10", "answer": "no", "lunch": "12:30", "nothing": None, "quoted": "~"}


def test_the_schedule_has_the_zone_and_the_calendar_of_the_place() -> None:
    schedule = small().act.place.schedule
    assert (schedule["zone"], schedule["calendar"]) == ("Europe/Moscow", "RU")


def test_lines_lead_to_every_part() -> None:
    loaded = small()
    assert loaded.mark(("steps", 2, "term")).line == line_of(SMALL, "term: {kind: none}")
    assert loaded.mark(("steps", 2, "anew_on")).line == line_of(SMALL, "- step: review")  # not written: the part above


def test_the_text_may_stand_in_a_file_of_its_own(tmp_path: Path) -> None:
    at = SMALL.index("clauses:")
    folder = write(tmp_path / "small", SMALL[:at])
    (folder / "clauses.yaml").write_text(SMALL[at:], encoding="utf-8")
    loaded = load_act(folder)
    assert loaded.hash == small().hash
    assert loaded.folder == folder
    assert str(loaded.mark(("clauses", 0))) == "clauses.yaml:2"
    assert load_act(folder / "act.yaml").hash == loaded.hash


def test_the_text_twice_or_something_else_beside_it_is_a_problem(tmp_path: Path) -> None:
    folder = write(tmp_path / "small")
    (folder / "clauses.yaml").write_text("clauses: []\nsteps: []\n", encoding="utf-8")
    with pytest.raises(ActProblems) as caught:
        load_act(folder)
    assert {problem.code for problem in caught.value.problems} == {Code.SET_TWICE, Code.FOREIGN_KEY}


def test_the_folder_bears_the_name_of_the_act(tmp_path: Path) -> None:
    with pytest.raises(ActProblems) as caught:
        load_act(write(tmp_path / "other"))
    assert [problem.code for problem in caught.value.problems] == [Code.FOLDER_NAME]


@pytest.mark.parametrize(("source", "code"), [("nosuch", Code.NO_SUCH_ACT), ("no/such/folder", Code.NO_FILE)])
def test_an_act_that_is_not_there(source: str, code: Code) -> None:
    with pytest.raises(ActProblems) as caught:
        load_act(source)
    assert [problem.code for problem in caught.value.problems] == [code]


def test_a_folder_without_an_act(tmp_path: Path) -> None:
    with pytest.raises(ActProblems) as caught:
        load_act(tmp_path)
    assert [problem.code for problem in caught.value.problems] == [Code.NO_FILE]


def test_the_hash_is_of_the_content_alone() -> None:
    same = "# заметка\n" + broken(("format: 1\nact: small\n", "act:   'small'\nformat: 1\n"))
    assert parse_text(same, "x.yaml").hash == small().hash
    spelled_out = broken(
        (
            "    role: curator\n    starts_on: [draft_in]",
            "    role: curator\n    optional: false\n    starts_on: [draft_in]",
        )
    )
    assert parse_text(spelled_out, "act.yaml").hash == small().hash  # what holds anyway, written down


def test_the_order_of_weekdays_in_the_schedule_is_no_content() -> None:
    week = "mon: [09:00-18:00], tue: [09:00-18:00]"
    swapped = broken((week, "tue: [09:00-18:00], mon: [09:00-18:00]"))
    assert parse_text(swapped, "act.yaml").hash == small().hash


def test_an_optional_key_that_a_later_program_knows_changes_no_hash() -> None:
    class Later(Act):
        a_new_key: str | None = None

    later = Later.model_validate(small().act.model_dump(by_alias=True))
    assert content_hash(later) == small().hash
    assert content_hash(later.model_copy(update={"a_new_key": "x"})) != small().hash


@pytest.mark.parametrize(
    ("old", "new"),
    [("amount: 30", "amount: 31"), ("title: Направить\n", "title: Послать\n"), ("О контроле.", "О контроле!")],
)
def test_any_other_word_is_another_edition(old: str, new: str) -> None:
    assert parse_text(broken((old, new)), "act.yaml").hash != small().hash


def test_an_act_stored_as_json_is_the_same_act() -> None:
    """Incidents keep the document of their edition; it must come back equal, defaults left out."""
    for name in shipped_acts():
        act = load_act(name).act
        document = act.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        assert type(act).model_validate(document) == act


def test_without_the_compiled_reader_of_yaml_all_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yamldoc, "_LOADER", yaml.SafeLoader)
    assert parse_text(SMALL, "act.yaml").hash == small().hash
    assert [codes(text) for _, text, _ in HOSTILE] == [[code] for _, _, code in HOSTILE]
