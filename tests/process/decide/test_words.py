"""The words of the process: every code has them in both languages, and they say what facts and act give."""

import re
from string import Formatter

import pytest

from otklik.process import commands as c
from otklik.process.catalogue.commands import COMMANDS
from otklik.process.catalogue.events import EVENTS
from otklik.process.catalogue.plain import REPLIES, STAGES
from otklik.process.catalogue.refusals import REFUSALS
from otklik.process.commands import CommandName
from otklik.process.events import EventKind
from otklik.process.refusal import Refusal, RefusalCode
from otklik.process.refusal_words import (
    command_title,
    event_title,
    reason_words,
    refusal_words,
    reply_words,
    role_words,
    stage_words,
    state_words,
)
from otklik.process.state import ReplyKind, Stage
from tests.process.decide.desk import CURATOR, EXECUTOR, OTHER_EXECUTOR, K, L, U, desk

CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)


@pytest.mark.parametrize(
    ("table", "codes"),
    [(COMMANDS, CommandName), (EVENTS, EventKind), (REFUSALS, RefusalCode), (STAGES, Stage), (REPLIES, ReplyKind)],
)
def test_every_code_has_russian_and_english_words(table: dict[str, tuple[str, str]], codes: type) -> None:
    assert set(table) == set(codes)  # type: ignore[call-overload]  # an enumeration
    for russian, english in table.values():
        assert CYRILLIC.search(russian)
        assert not CYRILLIC.search(english)


def test_both_languages_name_the_same_facts() -> None:
    for code, (russian, english) in REFUSALS.items():
        fields = [{name for _, name, _, _ in Formatter().parse(words) if name} for words in (russian, english)]
        assert fields[0] == fields[1], code


def test_a_refusal_says_why_on_which_words_and_who_may_do_what() -> None:
    here = desk(K).routed()
    version = here.submitted()
    refusal = here.refused(c.SendBack(version), CURATOR, RefusalCode.GROUND_REQUIRED, "13")
    words = refusal_words(refusal, here.act)
    assert words.startswith("Назовите основание из списка акта: не соответствует сути вопроса")
    assert "Пункт 13: «" in words
    assert "Что можно сделать: направить на доработку" in words
    assert "отдел контроля" in words


def test_names_of_the_act_are_given_in_its_own_words() -> None:
    here = desk(L).selected()
    refusal = here.refused(c.RaiseImportance("high"), EXECUTOR, RefusalCode.NOT_YOUR_ROLE, "6")
    assert "Куратор" in refusal_words(refusal, here.act)
    assert role_words("nobody", here.act) == "nobody"
    english = refusal_words(refusal, here.act, "en")
    assert english.startswith("This step is not for your role.")
    assert "What can be done: raise the importance (Куратор)." in english


def test_a_return_where_the_act_is_silent() -> None:
    here = desk(L).routed()
    refusal = here.refused(c.Return("не наше"), EXECUTOR, RefusalCode.RETURN_NOT_PROVIDED)
    assert refusal_words(refusal, here.act) == (
        "О возврате акт молчит: неверного адресата меняет тот, кто направил."
        " Что можно сделать: направить по компетенции (Куратор)."
    )


def test_codes_of_ours_become_words() -> None:
    here = desk(U).routed()
    version = here.drafted(states=frozenset({"measures"}))
    refusal = here.refused(c.SubmitDraft(version), EXECUTOR, RefusalCode.EVIDENCE_REQUIRED, "10")
    expected = "В проекте сказано: принятые меры. Приложите подтверждение: фото, видео, скан акта."
    assert reason_words(refusal, here.act) == expected


def test_a_fact_that_is_not_there_is_a_dash() -> None:
    assert reason_words(Refusal(RefusalCode.SAME_UNIT), desk(U).act) == "Сообщение уже было там: —. Направьте другому."


def test_only_roles_are_named_where_nothing_can_be_done() -> None:
    words = refusal_words(Refusal(RefusalCode.NO_DRAFT, who_may=("executor",)), desk(U).act)
    assert words == "Проекта ещё нет. Это может: профильный Исполнитель."


def test_single_words() -> None:
    assert command_title(CommandName.ROUTE) == "Направить по компетенции"
    assert event_title(EventKind.PUBLISHED, "en") == "Reply published"
    assert stage_words(Stage.REVIEW) == "на согласовании"
    assert reply_words(ReplyKind.INTERIM) == "промежуточный ответ"
    assert state_words("progress") == "ход решения вопроса"
    assert state_words("wishes") == "wishes"
    assert OTHER_EXECUTOR.units == {"parks"}
