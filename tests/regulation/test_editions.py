"""Editions: an amendment replaces clauses and the rules on them from its day on, and is checked like the act itself."""

import datetime as dt
from pathlib import Path

import pytest

from otklik.regulation.editions import NotInForceError, edition_in_force, editions, resolve
from otklik.regulation.parse import load_act
from otklik.regulation.problems import ActProblems, Code
from tests.regulation.small import SMALL, broken, small, write

HOUR = """\
amendment: "{name}"
document:
  title: О внесении изменений
  number: "18"
  adopted_on: {adopted_on}
  in_force_since: {since}
  clause: "2"
  quote: вступает в силу
replaces:
  clauses:
    - clause: "1"
      text: Сообщение куратор направляет сообщение в течение {amount} рабочих часов с момента поступления.
  steps:
    - step: route
      kind: hand_over
      title: Направить
      clause: "1"
      quote: в течение {amount} рабочих часов с момента поступления
      role: curator
      starts_on: [detected]
      ends_on: [routed]
      term: {{literal: "{amount} рабочих часов", amount: {amount}, unit: hour}}
"""
FEBRUARY = HOUR.format(name="2027-18", adopted_on="2027-01-20", since="2027-02-01", amount=2)
JUNE = HOUR.format(name="2027-40", adopted_on="2027-05-20", since="2027-06-01", amount=3)
DOCUMENT = FEBRUARY[: FEBRUARY.index("replaces:")]


def problems_of(folder: Path) -> list[Code]:
    with pytest.raises(ActProblems) as caught:
        editions(folder)
    return [problem.code for problem in caught.value.problems]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "small", SMALL, **{"2027-18": FEBRUARY, "2027-40": JUNE})


@pytest.mark.parametrize(
    ("day", "amount", "amendments"),
    [
        ("2020-01-01", 30, ()),
        ("2027-01-31", 30, ()),
        ("2027-02-01", 2, ("2027-18",)),
        ("2027-05-31", 2, ("2027-18",)),
        ("2027-06-01", 3, ("2027-18", "2027-40")),
    ],
)
def test_the_edition_of_a_day(folder: Path, day: str, amount: float, amendments: tuple[str, ...]) -> None:
    edition = edition_in_force(folder, dt.date.fromisoformat(day))
    assert edition.act.steps[0].term.amount == amount
    assert edition.amendments == amendments
    assert resolve(f"{folder}@{day}").hash == edition.hash


def test_every_edition_has_its_day_and_its_hash_and_the_first_is_the_act_as_adopted(folder: Path) -> None:
    found = editions(folder)
    assert [edition.since for edition in found] == [None, dt.date(2027, 2, 1), dt.date(2027, 6, 1)]
    assert len({edition.hash for edition in found}) == 3
    assert found[0].hash == load_act(folder).hash == small().hash
    assert resolve(str(folder)).hash == found[-1].hash


def test_a_replaced_step_keeps_its_place_and_its_line_is_in_the_amendment(folder: Path) -> None:
    edition = editions(folder)[1]
    assert [step.step for step in edition.act.steps] == ["route", "draft", "review", "reply"]
    assert str(edition.mark(("steps", 0))) == "amendments/2027-18.yaml:14"
    assert str(edition.mark(("steps", 1))).startswith("act.yaml:")
    assert edition.mark(("steps", 1)) == small().mark(("steps", 1))


def test_days_decide_the_order_not_names(tmp_path: Path) -> None:
    swapped = {"a": JUNE.replace("2027-40", "a"), "b": FEBRUARY.replace("2027-18", "b")}
    found = editions(write(tmp_path / "small", SMALL, **swapped))
    assert [edition.amendments for edition in found] == [(), ("b",), ("b", "a")]


def test_an_act_that_names_its_first_day_is_not_in_force_before(tmp_path: Path) -> None:
    folder = write(tmp_path / "small", broken(("{reading: Всегда.}", "{since: 2026-02-01}")))
    assert edition_in_force(folder, dt.date(2026, 2, 1)).since == dt.date(2026, 2, 1)
    with pytest.raises(NotInForceError):
        edition_in_force(folder, dt.date(2026, 1, 31))
    with pytest.raises(ActProblems) as caught:
        resolve(f"{folder}@2026-01-31")
    assert [problem.code for problem in caught.value.problems] == [Code.NO_SUCH_EDITION]


def test_a_day_that_is_none() -> None:
    with pytest.raises(ActProblems) as caught:
        resolve("ukhta-2021-960@вчера")
    assert [problem.code for problem in caught.value.problems] == [Code.NOT_A_DAY]


def test_a_rule_left_on_words_that_an_amendment_took_away_is_a_problem(tmp_path: Path) -> None:
    text = (
        DOCUMENT + 'replaces:\n  clauses:\n    - {clause: "3", text: Ответ размещается не позднее 7 рабочих часов.}\n'
    )
    folder = write(tmp_path / "small", SMALL, **{"2027-18": text})
    with pytest.raises(ActProblems) as caught:
        editions(folder)
    assert {problem.code for problem in caught.value.problems} == {Code.QUOTE_NOT_FOUND}
    said = caught.value.problems[0].in_russian()
    assert said.startswith("act.yaml:")
    assert "(после изменения «2027-18»)" in said


AMENDMENTS = [
    ("a missing clause", 'replaces:\n  clauses:\n    - {clause: "9", text: Новый.}\n', Code.AMENDS_MISSING_CLAUSE),
    ("a missing clause to remove", 'removes: {clauses: ["9"]}\n', Code.AMENDS_MISSING_CLAUSE),
    ("a missing step", "removes: {steps: [rework]}\n", Code.AMENDS_MISSING_RULE),
    ("a missing role", "removes: {roles: [head]}\n", Code.AMENDS_MISSING_RULE),
    ("a missing policy", "removes: {policies: [evidence]}\n", Code.AMENDS_MISSING_RULE),
    ("a policy that is not there to replace",
     "replaces: {policies: {evidence: {clause: '3', quote: Ответ}}}\n", Code.AMENDS_MISSING_RULE),
    ("a clause that is there already", 'adds:\n  clauses:\n    - {clause: "4", text: О, no_rule: Н.}\n',
     Code.AMENDMENT_ADDS_EXISTING),
    ("a policy that is there already", "adds: {policies: {review: {clause: '2', quote: согласует, by: curator}}}\n",
     Code.AMENDMENT_ADDS_EXISTING),
    ("nothing", "", Code.AMENDS_NOTHING),
    ("a key it does not know", "changes: {}\n", Code.UNKNOWN_KEY),
    ("a policy nobody knows", "adds: {policies: {reviews: {}}}\n", Code.UNKNOWN_KEY),
    ("a clause that loses its rules", "removes: {policies: [publishing], steps: [reply]}\n", Code.MISSING),
]  # fmt: skip


@pytest.mark.parametrize(("text", "code"), [row[1:] for row in AMENDMENTS], ids=[row[0] for row in AMENDMENTS])
def test_an_amendment_that_cannot_be(tmp_path: Path, text: str, code: Code) -> None:
    folder = write(tmp_path / "small", SMALL, **{"2027-18": DOCUMENT + text})
    with pytest.raises(ActProblems) as caught:
        editions(folder)
    assert code in {problem.code for problem in caught.value.problems}
    told = [problem for problem in caught.value.problems if problem.code is code]
    assert any(problem.mark.file == "amendments/2027-18.yaml" or code is Code.MISSING for problem in told)


def test_an_amendment_is_named_as_its_file_and_names_its_day(tmp_path: Path) -> None:
    assert problems_of(write(tmp_path / "small", SMALL, other=FEBRUARY)) == [Code.FOLDER_NAME]
    undated = FEBRUARY.replace("  in_force_since: 2027-02-01\n", "")
    assert problems_of(write(tmp_path / "b" / "small", SMALL, **{"2027-18": undated})) == [Code.MISSING]


def test_problems_of_the_act_itself_are_told_once(tmp_path: Path) -> None:
    text = broken(("quote: не позднее 8", "quote: не позже 8"))
    assert problems_of(write(tmp_path / "small", text, **{"2027-18": FEBRUARY, "2027-40": JUNE})) == [
        Code.QUOTE_NOT_FOUND
    ]


def test_what_can_be_added_replaced_and_removed(tmp_path: Path) -> None:
    text = DOCUMENT + (
        'adds:\n  clauses: [{clause: "5", text: Не рассматриваются сообщения с рекламой.}]\n'
        '  roles: [{role: head, is: head, words: глава, clause: "5", quote: Не рассматриваются}]\n'
        "  policies:\n    exclusions:\n"
        '      - {ground: advertising, words: реклама, clause: "5", quote: с рекламой, effect: not_processed}\n'
        'replaces:\n  clauses: [{clause: "4", text: О контроле и отчёте., no_rule: Подпись.}]\n'
        '  policies: {publishing: {clause: "3", quote: Ответ размещается, by: head}}\n'
        "removes: {moments: [detected]}\n"
    )
    act = editions(write(tmp_path / "small", SMALL, **{"2027-18": text}))[-1].act
    assert [clause.clause for clause in act.clauses] == ["1", "2", "3", "4", "5"]
    assert act.clauses[3].text == "О контроле и отчёте."
    assert [role.role for role in act.people.roles] == ["curator", "executor", "head"]
    assert [ground.ground for ground in act.policies.exclusions] == ["advertising"]
    assert act.policies.publishing.by == "head"
    assert act.moments == ()
