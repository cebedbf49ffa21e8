"""What changes for whom, in words; what means the same is no change."""

from otklik.regulation.difference import About, difference
from otklik.regulation.parse import load_act, parse_text
from tests.regulation.small import SMALL, broken, small


def words(old: str, new: str) -> list[str]:
    return [change.in_russian() for change in difference(load_act(old).act, load_act(new).act)]


def words_after(*changes: tuple[str, str]) -> list[str]:
    new = parse_text(broken(*changes), "act.yaml").act
    return [change.in_russian() for change in difference(small().act, new)]


def test_nothing_changes_between_an_act_and_itself() -> None:
    for act in ("altai-2020-132", "kalininsky", "ukhta-2021-960"):
        assert words(act, act) == []


def test_other_words_for_the_same_rule_are_no_change() -> None:
    assert words_after(
        ("quote: согласует куратор\n    role", "quote: согласует\n    reading: Так.\n    role"),
        ("title: Порядок\n", "title: Положение\n"),
        ("{literal: 30 минут, amount", "{literal: в течение 30 минут, reading: Так., amount"),
    ) == []  # fmt: skip


def test_a_term() -> None:
    (said, text) = words_after(
        ("в течение 30 минут с момента поступления\n", "в течение 1 рабочего часа с момента поступления\n"),
        ("{literal: 30 минут, amount: 30, unit: minute}", "{literal: 1 рабочего часа, amount: 1, unit: hour}"),
        ("в течение 30 минут с момента поступления.}", "в течение 1 рабочего часа с момента поступления.}"),
    )  # fmt: skip
    assert said == "куратор, «Направить»: было 30 минут (п. 1), станет 1 рабочий час (п. 1)."
    assert text.startswith("Текст, п. 1: было «Сообщение куратор направляет сообщение в течение 30 минут")


def test_a_start_an_end_a_role_a_right() -> None:
    detected = "starts_on: [detected]\n    ends_on: [published]"
    assert words_after((detected, detected.replace("detected", "routed"))) == [
        "исполнитель, «Разместить ответ»: отсчёт: было поступление (п. 3), станет направление в орган (п. 3)."
    ]  # fmt: skip
    assert words_after(("ends_on: [approved, sent_back]", "ends_on: [approved]")) == [
        "куратор, «Согласовать»: исполнено, когда: было согласование или направление на доработку (п. 2), "
        "станет согласование (п. 2)."
    ]
    assert words_after(("role: curator\n    starts_on: [draft_in]", "role: executor\n    starts_on: [draft_in]")) == [
        "исполнитель, «Согласовать»: кто: было куратор (п. 2), станет исполнитель (п. 2)."
    ]
    assert words_after(("term: {kind: none}", "optional: true\n    term: {kind: none}")) == [
        "куратор, «Согласовать»: было обязанность (п. 2), станет право (п. 2)."
    ]


def test_a_step_and_a_policy_that_come_and_go() -> None:
    at, until = SMALL.index("  - step: review"), SMALL.index("  - step: reply")
    step = SMALL[at:until]
    assert words_after((step, "")) == ["куратор, «Согласовать»: отменяется, было без срока (п. 2)."]
    evidence = '  publishing: {clause: "3", quote: Ответ размещается, by: executor}'
    added = evidence + '\n  evidence: {clause: "3", quote: Ответ, required_when: [measures], accepted: [photo]}'
    assert words_after((evidence, added)) == [
        "Подтверждения: вводится: обязательны, когда сказано о: принятые меры; принимаются: фото (п. 3)."
    ]


def test_only_the_keys_that_differ_are_said() -> None:
    assert words_after(("by: curator}", "by: curator, joint_rework: true}")) == [
        "Согласование: было доработка вместе с исполнителем: нет (п. 2), "
        "станет доработка вместе с исполнителем: да (п. 2)."
    ]


def test_from_altai_to_ukhta() -> None:
    said = words("altai-2020-132", "ukhta-2021-960")
    assert "Исполнитель, «Согласовать»: было 30 минут (п. 10), станет 1 рабочий час (п. 11)." in said
    assert "Исполнитель, «Направить иному профильному Исполнителю»: вводится: 1 рабочий час (п. 9)." in said
    assert "куратор, «Доложить Губернатору»: отменяется, было 30 минут (п. 21)." in said
    assert (
        "Исполнитель, «Подготовить и разместить ответ»: было 9 рабочих часов (п. 8), станет 8 рабочих часов (п. 8)."
        in said
    )


def test_the_shortened_term_and_other_kinds_are_compared_by_themselves() -> None:
    kalininsky, lesozavodsk = load_act("kalininsky").act, load_act("lesozavodsk-2022-215").act
    found = difference(kalininsky, lesozavodsk)
    terms = [(c.where, c.before, c.after) for c in found if c.about is About.TERM and c.rule == "Разместить ответ"]
    assert ("", "8 рабочих часов", "7 рабочих часов") in terms
    assert ("сокращённый срок", "4 рабочих часа", "3 рабочих часа") in terms
    gone = [c for c in found if c.about is About.STEP and c.where == "публикация в социальных сетях"]
    assert {(c.rule, c.before, c.after) for c in gone} == {
        ("Взять в работу", "без срока", None),
        ("Разместить ответ", "без срока", None),
        ("Подготовить и разместить ответ", "8 рабочих часов", None),
    }
