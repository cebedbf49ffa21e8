"""Signs that a machine can see in the text of a reply: a greeting, «ты», capitals, abbreviations, references to laws.

Each function returns the fragments it saw, so that a person can judge; none of them claims more than it saw. Pure.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of the text: its words, and where it stands."""

    words: str
    start: int
    end: int


_MENTION = r"(?:\[(?:id|club)\d+\|[^\]]+\]|@\w+)?[\s,]*"
_GREETING = re.compile(
    _MENTION + r"(?:здравствуйте|добр(?:ый|ое|ого)\s+(?:день|дня|вечер|вечера|утро|утра|времени)|доброго\s+времени|"
    r"приветству|уважаем|дорог(?:ой|ая|ие)\s|благодарим|спасибо)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(_MENTION + r"[А-ЯЁ][а-яё]+(?:\s+[А-ЯЁ][а-яё]+){0,2}\s*[,!]")
_MENTION_ALONE = re.compile(r"(?:\[(?:id|club)\d+\|[^\]]+\]|@\w+)\s*,")
_FAMILIAR = re.compile(r"\b(?:ты|тебя|тебе|тобой|тво[йяеёи]|твоего|твоей|твоему|твоих|твоим)\b", re.IGNORECASE)
_SHOUTING = re.compile(r"!{2,}|\?!|!\?|\b[А-ЯЁ]{4,}(?:\s+[А-ЯЁ]{4,})+\b")
_ACRONYM = re.compile(r"(?<![А-ЯЁа-яё0-9№-])[А-ЯЁ]{2,7}(?![А-ЯЁа-яё-])")
_KNOWN = frozenset(
    {
        "РФ",
        "ЖКХ",
        "МФЦ",
        "СМИ",
        "МЧС",
        "МВД",
        "ГИБДД",
        "ДТП",
        "ФИО",
        "ТСЖ",
        "УК",
        "ООО",
        "АО",
        "ПАО",
        "МУП",
        "ГУП",
        "МБУ",
    }
    | {"США", "СССР", "ЗАГС", "ВОВ", "ВУЗ", "МКД", "ТКО", "ДК", "ЦРБ", "ИП", "НДС", "ИНН"}
    | {"СНИЛС", "ФЗ", "КЗ", "ОЗ", "ГОСТ", "СНИП"}
)
"""Abbreviations that need no explanation to a citizen, and marks of documents, which are references of another kind."""
_LAW = re.compile(
    r"№\s*\d+[\d/-]*-?(?:ФЗ|КЗ|ОЗ|РЗ|ПП)?|(?:федеральн\w+|областн\w+|краев\w+)\s+закон\w*|\bкодекс\w*|\bКоАП\b|"
    r"\b(?:СанПиН|СНиП|ГОСТ)\b|\b(?:стать\w+|ст\.|п\.|пункт\w*|част\w+|ч\.)\s*\d[\d.]*|"
    r"\b(?:постановлени|распоряжени|приказ)\w*\s+(?:правительства|администрации|губернатора|министерства|от\s+\d)",
    re.IGNORECASE,
)
_PERSONAL = re.compile(
    r"(?:\+7|\b8)[\s(-]*9\d{2}[\s)-]*\d{3}[\s-]*\d{2}[\s-]*\d{2}\b|\b[\w.+-]+@(?:mail|gmail|yandex|ya|bk|list|inbox|"
    r"rambler)\.\w+|\b\d{3}-\d{3}-\d{3}\s\d{2}\b|паспорт\w*\s+(?:серии\s+)?\d{2}\s?\d{2}\s?(?:№\s*)?\d{6}|"
    r"\bкв(?:\.|артир[аеуы])\s*№?\s*\d+|\d{2}\.\d{2}\.(?:19|20)\d{2}\s*(?:г\.\s*)?р(?:ожд|\.)",
    re.IGNORECASE,
)
_MEASURES = re.compile(
    r"\b(?:устранен|отремонтирован|очищен|убран|выполнен|заменен|восстановлен|вывезен|спилен|засыпан|закрыт|"
    r"установлен|отсыпан|ликвидирован|демонтирован|покрашен|выдан|привлечен|наложен)(?:а|о|ы)?\b|"
    r"\bпроведен(?:а|о|ы)?\s+(?:работ|уборк|ремонт|проверк|рейд)\w*|\bработ\w+\s+(?:завершен|закончен|произведен)\w*",
    re.IGNORECASE,
)
_PROGRESS = re.compile(
    r"\b(?:ведутся|ведется|проводятся|продолжаются|продолжается|выполняются|начаты|приступил\w+|прорабатыва\w+|"
    r"запланирован\w*|находится\s+(?:в\s+работе|на\s+контроле)|включен\w*\s+в\s+(?:план|график|программу))",
    re.IGNORECASE,
)
_REFUTATION = re.compile(
    r"не\s+соответству\w+\s+действительности|не\s+подтвердил\w+|не\s+подтвержда\w+|"
    r"недостоверн\w+|опроверга\w+|не\s+имел\w*\s+места",
    re.IGNORECASE,
)


def greeted(text: str) -> bool:
    """Whether the text begins with a greeting or an address to the author."""
    start = text.lstrip()
    return any(pattern.match(start) for pattern in (_GREETING, _ADDRESS, _MENTION_ALONE))


def familiar(text: str) -> list[Fragment]:
    """«Ты» and its forms."""
    return _found(_FAMILIAR, text)


def shouting(text: str) -> list[Fragment]:
    """Rows of exclamation marks, and two or more words in capitals."""
    return _found(_SHOUTING, text)


def acronyms(text: str) -> list[Fragment]:
    """Abbreviations that are not common and that the text does not explain in brackets; each once."""
    shouted = shouting(text)
    seen: dict[str, Fragment] = {}
    for fragment in _found(_ACRONYM, text):
        explained = re.search(rf"\(\s*(?:далее\s*[–—-]\s*)?{fragment.words}\s*\)|{fragment.words}\s*\(", text)
        if fragment.words in _KNOWN or explained or _within(fragment, shouted):
            continue
        seen.setdefault(fragment.words, fragment)
    return list(seen.values())


def law_references(text: str) -> list[Fragment]:
    """References to laws, codes, their articles, numbered orders and standards."""
    return _found(_LAW, text)


def sentences(text: str) -> list[Fragment]:
    """Sentences, roughly: a full stop of «ст. 5» or «п. 3» ends none."""
    return _found(re.compile(r"(?:\b(?:ст|п|ч|г|ул|д|кв|стр)\.|[^.!?\n])+[.!?]*"), text)


def personal_data(text: str) -> list[Fragment]:
    """Mobile telephones, private mail addresses, СНИЛС, passports, flats, dates of birth."""
    return _found(_PERSONAL, text)


def stated(text: str) -> dict[str, list[Fragment]]:
    """What the text reads as if it stated: `measures`, `progress`, `refutation`; a person says whether it does."""
    plain = text.replace("ё", "е").replace("Ё", "Е")
    signs = {"measures": _MEASURES, "progress": _PROGRESS, "refutation": _REFUTATION}
    return {state: fragments for state, pattern in signs.items() if (fragments := _found(pattern, plain))}


def phrase(text: str, wanted: str) -> list[Fragment]:
    """Where a phrase stands: whole words, any case, ё as е; `*` at the end of a word is any ending."""
    words = [re.escape(word).replace(r"\*", r"\w*") for word in _plain(wanted).split()]
    return _found(re.compile(r"\b" + r"\W+".join(words) + r"\b", re.IGNORECASE), _plain(text)) if words else []


def _plain(text: str) -> str:
    return text.replace("ё", "е").replace("Ё", "Е")


def _found(pattern: re.Pattern[str], text: str) -> list[Fragment]:
    found = (Fragment(match.group().strip(), match.start(), match.end()) for match in pattern.finditer(text))
    return [fragment for fragment in found if fragment.words]


def _within(fragment: Fragment, others: Iterable[Fragment]) -> bool:
    return any(other.start <= fragment.start and fragment.end <= other.end for other in others)
