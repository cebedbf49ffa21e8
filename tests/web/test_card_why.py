"""A newcomer's «почему?»: the words of the act on which a step or a command stands, and no word twice."""

import pytest
from django.urls import reverse

from otklik.orgs.models import Person
from otklik.process.commands import CommandName as C
from otklik.regulation.parse import load_act
from otklik.web.card.reasons import reason_of
from tests.cast import Cast, client_of, make_cast
from tests.project.samples import ACT, SAMPLES

QUOTE = "Выявление сообщений из открытых источников, требующих реагирования"
WHY = "почему этот шаг"


@pytest.fixture
def altai() -> Cast:
    return make_cast(act=ACT)


def card(person: Person, where: dict[str, int]) -> str:
    return client_of(person).get(reverse("card", kwargs=where)).content.decode()


@pytest.mark.django_db
def test_who_waits_sees_on_what_words_the_step_stands(altai: Cast) -> None:
    where = SAMPLES["card"].there(altai)
    waiting, doing = card(altai.operator, where), card(altai.curator, where)
    assert WHY in waiting
    assert waiting.count(QUOTE) == 1
    assert WHY not in doing, "the task beside it says the words already"
    assert doing.count(QUOTE) == 1


@pytest.mark.parametrize(
    ("act", "command", "clause"),
    [
        ("altai-2020-132", C.ROUTE, "6"),
        ("altai-2020-132", C.REQUEST_PARTS, "14"),
        ("altai-2020-132", C.CONFIRM_SURGE, "21"),
        ("novoalekseevskaya-2020-129", C.SHORTEN, "10"),
        ("novoalekseevskaya-2020-129", C.CONFIRM_SURGE, ""),
        ("altai-2020-132", C.ADD_NOTE, ""),
    ],
)
def test_a_command_stands_on_its_step_or_on_a_policy(act: str, command: C, clause: str) -> None:
    found = reason_of(load_act(act).act, command)
    assert found[0] == clause
    assert bool(found[1]) == bool(clause)
