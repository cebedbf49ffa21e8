"""What is noticed about the text of a reply: sure of what the act forbids, and advice where a machine saw a sign."""

import datetime as dt
from typing import Any

import pytest

from otklik.process.finding_words import FINDINGS, finding_words
from otklik.process.findings import FindingCode as C
from otklik.process.findings import ReplyText, Severity, findings
from otklik.process.state import ReplyKind
from otklik.regulation.model import Act
from otklik.regulation.model.policies import BannedPhrase, NetworkLimit
from otklik.regulation.parse import load_act

FRIDAY = dt.date(2026, 11, 27)
UKHTA = load_act("ukhta-2021-960").act
LESOZAVODSK = load_act("lesozavodsk-2022-215").act
ALTAI = load_act("altai-2020-132").act
KALININSKY = load_act("kalininsky").act


def with_policies(act: Act, **policies: Any) -> Act:
    return act.model_copy(update={"policies": act.policies.model_copy(update=policies)})


def seen(act: Act, text: str, **more: Any) -> dict[C, list[str]]:
    """Codes with the words they point at."""
    reply = ReplyText(text=text, network=more.pop("network", "vk"), written_on=FRIDAY, **more)
    found: dict[C, list[str]] = {}
    for finding in findings(reply, act):
        found.setdefault(finding.code, []).append(finding.fragment.words if finding.fragment else "")
    return found


LIMITED = with_policies(
    KALININSKY,
    network_limits=(
        NetworkLimit(clause="18", quote="формату", network="vk", hard_length=20, recommended_length=10),
        NetworkLimit(clause="18", quote="формату", network="ok", hard_length=30),
    ),
)


@pytest.mark.parametrize(
    ("length", "network", "expected"),
    [
        (10, "vk", []),
        (11, "vk", [C.LONGER_THAN_RECOMMENDED]),
        (20, "vk", [C.LONGER_THAN_RECOMMENDED]),
        (21, "vk", [C.TOO_LONG]),
        (30, "ok", []),
        (31, "ok", [C.TOO_LONG]),
        (31, "telegram", []),
    ],
)
def test_lengths_of_the_network(length: int, network: str, expected: list[C]) -> None:
    assert list(seen(LIMITED, "я" * length, network=network)) == expected


def test_only_the_hard_limit_refuses() -> None:
    (hard,) = findings(ReplyText("я" * 21, "vk", FRIDAY), LIMITED)
    (soft,) = findings(ReplyText("я" * 11, "vk", FRIDAY), LIMITED)
    assert (hard.severity, soft.severity) == (Severity.REFUSES, Severity.ADVICE)
    assert hard.source is not None
    assert hard.source.clause == "18"


BANNED = with_policies(
    KALININSKY,
    banned_phrases=(
        BannedPhrase(clause="18", quote="формату", phrase="не входит в компетенц*", instead="передали в …"),
        BannedPhrase(clause="18", quote="формату", phrase="учтём"),
    ),
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Это не входит в компетенцию администрации.", ["не входит в компетенцию"]),
        ("НЕ ВХОДИТ  в компетенции", ["НЕ ВХОДИТ  в компетенции"]),
        ("Учтем. И ещё раз учтём!", ["Учтем", "учтем"]),
        ("Не входит оно в компетенцию", None),
        ("Неучтём", None),
    ],
)
def test_banned_phrases_whole_words_any_case_and_endings(text: str, words: list[str] | None) -> None:
    assert seen(BANNED, text).get(C.BANNED_PHRASE) == words


def test_a_banned_phrase_refuses_and_says_what_to_write() -> None:
    (finding,) = findings(ReplyText("Это не входит в компетенцию.", "vk", FRIDAY), BANNED)
    assert finding.severity is Severity.REFUSES
    assert finding_words(finding) == (
        "Фраза «не входит в компетенцию» в ответах запрещена. Можно так: «передали в …». Перепишите."
    )


@pytest.mark.parametrize(
    ("text", "greets"),
    [
        ("Здравствуйте! Яму засыпят.", True),
        ("Добрый день, Анна!", True),
        ("Уважаемая Анна Петровна, …", True),
        ("Анна Петровна, яму засыпят.", True),
        ("[id77|Анна], здравствуйте", True),
        ("[id77|Анна], яму засыпят", True),
        ("Яму засыпят.", False),
        ("В пятницу, 4 декабря, яму засыпят.", False),
        ("Яма, о которой вы пишете", True),  # a machine cannot tell «Яма,» from «Анна,»: it stays silent
    ],
)
def test_a_greeting_at_the_start(text: str, greets: bool) -> None:
    assert (C.NO_GREETING not in seen(LESOZAVODSK, text)) == greets
    assert C.NO_GREETING not in seen(UKHTA, text)  # the act of Ухта does not ask for it


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Здравствуйте! Разбираемся.", True),
        ("Здравствуйте! Заасфальтируем до 15 декабря.", False),
        ("Здравствуйте! Понадобится время: в течение 10 рабочих дней.", False),
        ("Здравствуйте! Яма засыпана.", False),  # settled: there is nothing to promise
        ("Здравствуйте! В мае 2020 года так и было.", True),  # a past date promises nothing
    ],
)
def test_a_date_or_the_time_needed(text: str, wanted: bool) -> None:
    assert (C.NO_DATE in seen(LESOZAVODSK, text)) == wanted


def test_a_request_for_clarification_needs_no_date_and_no_evidence() -> None:
    assert seen(LESOZAVODSK, "Здравствуйте! Уточните адрес.", reply=ReplyKind.CLARIFICATION) == {}
    assert seen(UKHTA, "Работы ведутся? Уточните адрес.", reply=ReplyKind.CLARIFICATION) == {}


def test_tone() -> None:
    found = seen(LESOZAVODSK, "Здравствуйте! Тебе уже сказали!! СКОЛЬКО МОЖНО писать. Завтра.")
    assert found[C.FAMILIAR] == ["Тебе"]
    assert found[C.SHOUTING] == ["!!", "СКОЛЬКО МОЖНО"]
    assert C.FAMILIAR not in seen(LESOZAVODSK, "Здравствуйте! Открытые цветы, ваши твёрдые отходы. Завтра.")


def test_abbreviations_that_are_not_common_and_not_explained() -> None:
    text = "Вопрос ЖКХ передан в УДХБ. Служба благоустройства (СБГ) и МКУ «Дом». УДХБ ответит завтра."
    assert seen(UKHTA, text)[C.ACRONYM] == ["УДХБ", "МКУ"]


def test_more_references_to_laws_than_explanations() -> None:
    dry = "Согласно ст. 5 Федерального закона № 131-ФЗ и п. 3 постановления администрации № 15 вопрос не решается."
    assert C.LAW_REFERENCES in seen(UKHTA, dry)
    plain = "Дорогу чистит подрядчик. Он выйдет завтра утром. Контракт подписан. Это требует закон № 131-ФЗ."
    assert C.LAW_REFERENCES not in seen(UKHTA, plain)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Звоните: +7 912 345-67-89", ["+7 912 345-67-89"]),
        ("Дежурный: 8 (8216) 70-00-00", None),  # the body's own telephone
        ("Пишите на ivan@mail.ru", ["ivan@mail.ru"]),
        ("Пишите на press@mouhta.ru", None),
        ("Иванов, ул. Мира, кв. 12", ["кв. 12"]),
    ],
)
def test_personal_data(text: str, words: list[str] | None) -> None:
    assert seen(UKHTA, f"{text}, до завтра").get(C.PERSONAL_DATA) == words


def test_what_the_author_says_is_stated_must_be_proven_in_ukhta() -> None:
    text = "Яма засыпана."
    missing = findings(ReplyText(text, "vk", FRIDAY, states=frozenset({"measures"})), UKHTA)
    (finding,) = [one for one in missing if one.code is C.EVIDENCE_MISSING]
    assert (finding.severity, finding.source and finding.source.clause) == (Severity.REFUSES, "10")
    assert finding_words(finding).endswith("Приложите: фото, видео, акт.")
    for kind in ("photo", "video", "act"):
        assert seen(UKHTA, text, states=frozenset({"measures"}), attachments=frozenset({kind})) == {}
    assert C.EVIDENCE_MISSING in seen(UKHTA, text, states=frozenset({"measures"}), attachments=frozenset({"document"}))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Яма засыпана, завтра проверим", "засыпана"),
        ("Работы ведутся, до завтра", "ведутся"),
        ("Это не соответствует действительности, завтра", "не соответствует действительности"),
        ("Разберёмся до завтра", None),
    ],
)
def test_a_text_that_only_seems_to_state_something_is_advice(text: str, words: str | None) -> None:
    reply = ReplyText(text, "vk", FRIDAY)
    found = [one for one in findings(reply, UKHTA) if one.code is C.SEEMS_TO_STATE]
    assert [one.fragment.words for one in found if one.fragment] == ([words] if words else [])
    assert all(one.severity is Severity.ADVICE for one in findings(reply, UKHTA))


def test_where_photographs_are_asked_for_if_there_are_any_it_is_advice() -> None:
    assert C.EVIDENCE_ADVISED in seen(ALTAI, "Яма засыпана.", states=frozenset({"measures"}))
    assert C.EVIDENCE_ADVISED not in seen(ALTAI, "Яма засыпана.", attachments=frozenset({"photo"}))
    assert seen(KALININSKY, "Яма засыпана.", states=frozenset({"measures"})) == {}  # that act asks for nothing


def test_promised_dates_are_shown_with_their_day() -> None:
    reply = ReplyText("Засыплем завтра, заасфальтируем до 15 мая, а разметку — в течение 5 рабочих дней.", "vk", FRIDAY)
    found = [(one.fragment and one.fragment.words, one.facts["due_on"]) for one in findings(reply, KALININSKY)]
    assert found == [("завтра", "2026-11-28"), ("15 мая", "2027-05-15"), ("в течение 5 рабочих дней", None)]


def test_what_refuses_comes_first() -> None:
    act = with_policies(BANNED, reply_requirements=LESOZAVODSK.policies.reply_requirements)
    found = findings(ReplyText("Тебе завтра. Учтём.", "vk", FRIDAY), act)
    assert [one.severity for one in found] == sorted([one.severity for one in found], reverse=True)
    assert found[0].code is C.BANNED_PHRASE


def test_every_code_has_its_words() -> None:
    assert set(FINDINGS) == set(C)
