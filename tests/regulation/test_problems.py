"""Every way an act file can be wrong is told with file, line, clause and what to do, and all of them at once."""

import pytest

from otklik.regulation.problem_words import WORDS
from otklik.regulation.problems import Code
from tests.regulation.small import SMALL, broken, line_of, problems_of

NONE = "term: {kind: none}"
BROKEN = [
    # (what is changed, into what, the code, words of the line it is told at)
    ('clause: "1"\n    quote: куратор', "quote: куратор", Code.NO_CLAUSE, "- step: route"),
    ("    quote: согласует куратор\n", "", Code.NO_QUOTE, "- step: review"),
    ("    title: Согласовать\n", "", Code.MISSING, "- step: review"),
    ("    title: Согласовать\n", "    tittle: Согласовать\n", Code.UNKNOWN_KEY, "tittle:"),
    ("    title: Согласовать\n", "    title: ''\n", Code.EMPTY_TEXT, "title: ''"),
    ("    title: Согласовать\n", "    title: [Согласовать]\n", Code.NOT_TEXT, "title: [Согласовать]"),
    ("starts_on: [draft_in]", "starts_on: []", Code.EMPTY_LIST, "starts_on: []"),
    ("starts_on: [draft_in]", "starts_on: draft_in", Code.NOT_A_LIST, "starts_on: draft_in"),
    ("starts_on: [draft_in]", "starts_on: [draftin]", Code.NOT_ONE_OF, "starts_on: [draftin]"),
    ('    clause: "3"', '    clause: "п. 3"', Code.BAD_PATTERN, 'clause: "п. 3"'),
    ("amount: 30", "amount: тридцать", Code.NOT_A_NUMBER, "amount: тридцать"),
    ("amount: 30", "amount: 0", Code.OUT_OF_RANGE, "amount: 0"),
    ("by: curator}", "by: curator, joint_rework: иногда}", Code.NOT_TRUTH, "joint_rework"),
    ("{reading: Всегда.}", "{since: вчера}", Code.NOT_A_DAY, "since: вчера"),
    ("term: {kind: none}", "term: none", Code.NOT_A_MAPPING, "term: none"),
    ("{kind: none}", "{kind: none, amount: 3}", Code.TERM_DOES_NOT_TAKE, "amount: 3}"),
    ("{kind: before, of: reply, ", "{kind: before, ", Code.TERM_NEEDS, "{kind: before, "),
    ("amount: 8, unit", "amount: 8, amount_from: 9, unit", Code.TERM_RANGE, "amount_from: 9"),
    ("amount: 8, unit: hour", "amount: 8, unit: month", Code.TERM_MONTH, "unit: month"),
    (NONE, f"pauses_on: [sent_back]\n    {NONE}", Code.PAUSE_WITHOUT_RESUME, "- step: review"),
    (NONE, f"resumes_on: [sent_back]\n    {NONE}", Code.RESUME_WITHOUT_PAUSE, "- step: review"),
    ("  schedule:\n", "  schedule:\n    zone: Asia/Omsk\n", Code.SCHEDULE_DIFFERS, "place:"),
    ("executor\n    starts_on: [routed]", "executer\n    starts_on: [routed]", Code.UNKNOWN_ROLE, "executer"),
    ("by: executor}", "by: speaker}", Code.UNKNOWN_ROLE, "by: speaker"),
    ("of: reply", "of: answer", Code.UNKNOWN_STEP, "of: answer"),
    ("term: {kind: none}", "applies_to: {kinds: [letter]}\n    term: {kind: none}", Code.UNKNOWN_KIND, "[letter]"),
    ("term: {kind: none}", "applies_to: {importance: [top]}\n    term: {kind: none}", Code.UNKNOWN_IMPORTANCE, "[top]"),
    ("networks: [vk]", "networks: [vkontakte]", Code.UNKNOWN_NETWORK, "vkontakte"),
    ('    clause: "3"', '    clause: "33"', Code.UNKNOWN_CLAUSE, 'clause: "33"'),
    ('    clause: "3"', '    clause: "3"\n    see_also: ["7"]', Code.UNKNOWN_CLAUSE, "see_also"),
    ("{role: executor, is", "{role: curator, is", Code.DECLARED_TWICE, "{role: curator, is: executor"),
    ("- step: draft", "- step: review", Code.STEPS_OVERLAP, "- step: review\n    kind: review"),
    ("{literal: 8 рабочих часов, amount: 8, unit: hour}",
     "{kind: share, literal: 8 рабочих часов, percent: 50, of: draft}", Code.TERM_CIRCLE, "of: reply"),
    ("of: reply, literal", "of: review, literal", Code.TERM_HANGS_ON_NOTHING, "of: review"),
    ("starts_on: [routed]", "starts_on: [returned]", Code.MOMENT_NEVER_COMES, "[returned]"),
    ("starts_on: [routed]", "starts_on: [interim_published]", Code.MOMENT_NEVER_COMES, "[interim_published]"),
    ("starts_on: [routed]", "starts_on: [extended]", Code.MOMENT_NEVER_COMES, "[extended]"),
    ("quote: не позднее 8", "quote: не позже 8", Code.QUOTE_NOT_FOUND, "quote: не позже 8"),
    ("literal: 30 минут", "literal: полчаса", Code.LITERAL_NOT_IN_QUOTE, "literal: полчаса"),
    (", no_rule: Подпись.", "", Code.CLAUSE_WITHOUT_RULE, 'clause: "4"'),
    ("8 рабочих часов.}", "8 рабочих часов., no_rule: Нет.}", Code.NO_RULE_YET_RULE, "no_rule: Нет."),
    ("zone: Europe/Moscow", "zone: Europe/Ukhta", Code.BAD_ZONE, "zone: Europe/Ukhta"),
    ("mon: [09:00-18:00]", "mon: [18:00-09:00]", Code.BAD_SCHEDULE, "mon: [18:00-09:00]"),
    ("assumption:", "assumption: Часы.\n  assumption:", Code.DUPLICATE_KEY, "  assumption: Часы взяты"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "code", "where"), BROKEN, ids=[f"{row[2]}-{i}" for i, row in enumerate(BROKEN)])
def test_each_mistake_is_told_where_it_stands(old: str, new: str, code: Code, where: str) -> None:
    text = broken((old, new))
    found = [problem for problem in problems_of(text) if problem.code is code]
    assert found, [problem.in_english() for problem in problems_of(text)]
    assert line_of(text, where) in {problem.mark.line for problem in found}


def test_the_small_act_itself_is_right() -> None:
    assert problems_of(SMALL) == ()


def test_all_problems_come_at_once_structure_and_references_in_the_order_of_lines() -> None:
    text = broken(
        ("    title: Направить\n", "    titel: Направить\n"),
        ("by: executor}", "by: speaker}"),
        ("amount: 30", "amount: тридцать"),
        ("quote: не позднее 8", "quote: не позже 8"),
    )
    problems = problems_of(text)
    assert {problem.code for problem in problems} == {
        Code.MISSING, Code.UNKNOWN_KEY, Code.NOT_A_NUMBER, Code.QUOTE_NOT_FOUND, Code.UNKNOWN_ROLE,
    }  # fmt: skip
    assert [problem.mark.line for problem in problems] == sorted(problem.mark.line for problem in problems)


def test_the_sentence_says_file_line_rule_and_what_to_do() -> None:
    text = broken(("    quote: согласует куратор\n", ""))
    (problem,) = problems_of(text)
    line = line_of(text, "- step: review")
    assert problem.in_english() == (
        f'act.yaml:{line} step "review": no quote. Add quote: the words of the clause that the rule stands on. '
        "See docs/acts.md"
    )
    assert problem.in_russian() == (
        f"act.yaml:{line} шаг «review»: нет цитаты. Добавьте quote: слова пункта, на которых стоит правило. "
        "См. docs/acts.md"
    )
    assert problem.clause == "2"


def test_a_near_word_is_offered() -> None:
    (problem, _) = problems_of(broken(("    title: Согласовать\n", "    tittle: Согласовать\n")))[::-1]
    assert "Did you mean title?" in problem.in_english()
    assert "Может быть, title?" in problem.in_russian()


def test_a_missing_text_is_told_once_and_not_for_every_rule() -> None:
    problems = problems_of(SMALL[: SMALL.index("clauses:")])
    assert [problem.code for problem in problems] == [Code.MISSING]


def test_an_ellipsis_leaves_words_out_but_keeps_their_order() -> None:
    assert problems_of(broken(("quote: не позднее 8 рабочих часов", "quote: Ответ … 8 рабочих часов"))) == ()
    (problem,) = problems_of(broken(("quote: не позднее 8 рабочих часов", "quote: 8 рабочих часов … Ответ")))
    assert problem.facts["missing"] == "Ответ"


def test_quotation_marks_dashes_and_spaces_are_forgiven_and_nothing_else() -> None:
    text = broken(("О контроле., no_rule: Подпись.", '"Отдел – «Пресс-служба»  района"'))
    spelled = text.replace("quote: согласует куратор, by", "see_also: ['4'], quote: согласует куратор, by")
    assert problems_of(spelled) == ()
    quoted = spelled.replace('clause: "3", quote: Ответ размещается', 'clause: "4", quote: \'отдел - "Пресс\'')
    assert [problem.code for problem in problems_of(quoted)] == [Code.QUOTE_NOT_FOUND]  # a small letter is another word
    assert problems_of(quoted.replace("'отдел", "'Отдел")) == ()


def test_steps_of_one_name_may_stand_side_by_side_for_different_messages() -> None:
    both = 'importance: [{importance: normal, words: обычное, clause: "3", quote: 8 рабочих часов}'
    text = broken(
        (both, both + ', {importance: high, words: срочное, clause: "3", quote: 8 рабочих часов, shortened: true}'),
        ("- step: draft", "- step: review"),
        ("starts_on: [routed]", "applies_to: {importance: [normal]}\n    starts_on: [routed]"),
        ("starts_on: [draft_in]", "applies_to: {importance: [high]}\n    starts_on: [draft_in]"),
    )
    assert problems_of(text) == ()
    twice = text.replace("{importance: [high]}", "{repeat: repeated}")
    assert [problem.code for problem in problems_of(twice)] == [Code.STEPS_OVERLAP]


def test_one_class_at_most_has_the_shortened_term() -> None:
    one = 'importance: [{importance: normal, words: обычное, clause: "3", quote: 8 рабочих часов'
    more = ', shortened: true}, {importance: high, words: срочное, clause: "3", quote: Ответ, shortened: true'
    assert [problem.code for problem in problems_of(broken((one, one + more)))] == [Code.SEVERAL_SHORTENED]


def test_every_code_has_its_words_in_both_languages() -> None:
    assert set(WORDS) == set(Code)
    for russian, english in WORDS.values():
        assert russian
        assert english
        assert russian.count("{") == english.count("{")
