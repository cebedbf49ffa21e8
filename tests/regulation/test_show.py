"""The act as the program reads it, and the words for terms."""

import pytest

from otklik.regulation.model import MomentKind, Term
from otklik.regulation.parse import load_act, shipped_acts
from otklik.regulation.russian import MOMENTS, clause_words, plural, term_words
from otklik.regulation.show import show


@pytest.mark.parametrize("act", shipped_acts())
def test_every_rule_of_the_act_is_shown_with_its_line(act: str) -> None:
    loaded = load_act(act)
    shown = show(loaded)
    rules = [rule for section in shown.sections for rule in section.rules]
    policies = loaded.act.policies
    listed = [getattr(policies, name) for name in type(policies).model_fields]
    entries = sum(len(value) if isinstance(value, tuple) else value is not None for value in listed)
    people = loaded.act.people
    assert len(rules) == (
        len(people.roles) + len(people.one_hand) + len(loaded.act.moments) + len(loaded.act.steps) + entries
    )
    assert all(rule.file == "act.yaml" and rule.line > 1 and rule.quote for rule in rules)
    shown_clauses = {clause for rule in rules for clause in (rule.clause, *rule.see_also)}
    assert shown_clauses | {item.clause for item in shown.without_rule} >= {c.clause for c in loaded.act.clauses} - {
        loaded.act.in_force.clause
    }


def test_a_step_says_who_how_long_from_what_until_what() -> None:
    shown = show(load_act("novoalekseevskaya-2020-129"))
    (steps,) = [section for section in shown.sections if section.title == "Шаги и сроки"]
    draft = next(rule for rule in steps.rules if rule.name == "Направить на согласование")
    assert draft.says == (
        "исполнитель: не позднее чем за 4 часа до срока «Подготовить и разместить ответ»; от: выявление инцидента; "
        "до: поступление проекта ответа на согласование; только: инцидент; обычный срок"
    )
    assert (draft.clause, draft.literal) == ("13", "4 часа")
    assert draft.reading
    assert draft.reading.startswith("При сокращённом сроке у проекта срока нет")


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"literal": "30 минут", "amount": 30, "unit": "minute"}, "30 минут"),
        ({"literal": "1 рабочей минуты", "amount": 1, "unit": "minute"}, "1 рабочая минута"),
        ({"literal": "2 рабочих часов", "amount": 2, "unit": "hour"}, "2 рабочих часа"),
        ({"literal": "1,5 часа", "amount": 1.5, "unit": "hour"}, "1,5 часа"),
        ({"literal": "1–3 часа", "amount_from": 1, "amount": 3, "unit": "hour"}, "1–3 часа"),
        ({"literal": "24 часа", "amount": 24, "unit": "hour", "counted": "calendar"}, "24 календарных часа"),
        ({"literal": "один рабочий день", "amount": 1, "unit": "day"}, "1 рабочий день"),
        ({"literal": "10 дней", "amount": 10, "unit": "day", "counted": "calendar"}, "10 календарных дней"),
        ({"literal": "месяц", "amount": 1, "unit": "month", "counted": "calendar"}, "1 календарный месяц"),
        ({"literal": "2 часов", "amount": 2, "unit": "hour", "set_by": "curator"},
         "2 часа или сколько назначит куратор"),
        ({"kind": "before", "of": "reply", "literal": "4 часа", "amount": 4, "unit": "hour"},
         "не позднее чем за 4 часа до срока «Подготовить и разместить ответ»"),
        ({"kind": "share", "of": "reply", "literal": "половины", "percent": 50},
         "50 % срока «Подготовить и разместить ответ»"),
        ({"kind": "by_day_of_month", "literal": "10 числа", "day": 10}, "не позднее 10-го числа следующего месяца"),
        ({"kind": "by_weekday", "literal": "пятницы", "weekday": 5}, "до конца пятницы следующей недели"),
        ({"kind": "set_by_person", "set_by": "curator"}, "сколько назначит куратор"),
        ({"kind": "none", "recommended": True}, "без срока (рекомендуется)"),
    ],
)  # fmt: skip
def test_terms_in_words(keys: dict[str, object], said: str) -> None:
    assert term_words(load_act("altai-2020-132").act, Term.model_validate(keys)) == said


def test_plurals() -> None:
    forms = ("час", "часа", "часов")
    said = [plural(number, *forms) for number in (1, 2, 5, 11, 12, 21, 22, 25, 111, 0.5)]
    assert said == [
        "1 час", "2 часа", "5 часов", "11 часов", "12 часов", "21 час", "22 часа", "25 часов", "111 часов", "0,5 часа",
    ]  # fmt: skip


def test_clauses_in_words() -> None:
    assert [clause_words(clause) for clause in ("13", "A2 2.2", "R 4")] == ["п. 13", "п. 2.2 прил. 2", "п. 4 пост."]


def test_every_moment_has_a_general_word() -> None:
    assert set(MOMENTS) == set(MomentKind)
