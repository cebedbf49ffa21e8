"""The words for findings about a reply, Russian and English: what was noticed and what to do."""

from typing import Literal

from otklik.process.findings import Finding, FindingCode

Language = Literal["ru", "en"]

FINDINGS: dict[FindingCode, tuple[str, str]] = {
    FindingCode.TOO_LONG: (
        "В ответе {length} знаков, предел сети {limit}. Сократите.",
        "The reply has {length} characters, the limit of the network is {limit}. Shorten it.",
    ),
    FindingCode.LONGER_THAN_RECOMMENDED: (
        "В ответе {length} знаков, рекомендуется до {limit}. Нельзя ли короче?",
        "The reply has {length} characters, up to {limit} are recommended. Could it be shorter?",
    ),
    FindingCode.BANNED_PHRASE: (
        "Фраза «{fragment}» в ответах запрещена.{instead_ru} Перепишите.",
        "The phrase «{fragment}» is not allowed in replies.{instead_en} Put it otherwise.",
    ),
    FindingCode.NO_GREETING: (
        "Не видно приветствия или обращения в начале.",
        "No greeting or address is seen at the start.",
    ),
    FindingCode.NO_DATE: (
        "Не видно срока. Назовите, когда или сколько времени нужно, если факты подтвердились.",
        "No date is seen. Say when, or how much time is needed, if the facts are confirmed.",
    ),
    FindingCode.PROMISED_DATE: (
        "Назван срок: «{fragment}». Поставить на контроль?",
        "A date is named: «{fragment}». Put it under control?",
    ),
    FindingCode.FAMILIAR: (
        "«{fragment}»: похоже на обращение на «ты».",
        "«{fragment}» looks like familiar address.",
    ),
    FindingCode.SHOUTING: (
        "«{fragment}»: похоже на крик. Напишите спокойнее.",
        "«{fragment}» looks like shouting. Write it more calmly.",
    ),
    FindingCode.ACRONYM: (
        "«{fragment}»: понятно ли это сокращение автору? Раскройте его.",
        "«{fragment}»: will the author understand the abbreviation? Spell it out.",
    ),
    FindingCode.LAW_REFERENCES: (
        "Ссылок на правовые акты {references}, пояснений {explaining}. Объясните простыми словами.",
        "{references} references to legal acts, {explaining} sentences that explain. Explain in plain words.",
    ),
    FindingCode.PERSONAL_DATA: (
        "«{fragment}»: похоже на персональные данные. Есть ли согласие?",
        "«{fragment}» looks like personal data. Is there consent?",
    ),
    FindingCode.EVIDENCE_MISSING: (
        "Сказано о том, что надо подтвердить ({states}), а подтверждения нет. Приложите: {accepted}.",
        "The reply states what must be proven ({states}), and nothing is attached. Attach: {accepted}.",
    ),
    FindingCode.EVIDENCE_ADVISED: (
        "Если есть подтверждения ({accepted}), приложите.",
        "If there is proof ({accepted}), attach it.",
    ),
    FindingCode.SEEMS_TO_STATE: (
        "«{fragment}»: похоже, здесь сказано то, что надо подтвердить ({state}). Отметьте это и приложите: {accepted}.",
        "«{fragment}» seems to state what must be proven ({state}). Mark it and attach: {accepted}.",
    ),
}

_VALUES = {
    "measures": ("принятые меры", "measures"),
    "progress": ("ход решения", "progress"),
    "refutation": ("опровержение", "a refutation"),
    "photo": ("фото", "a photo"),
    "video": ("видео", "a video"),
    "act": ("акт", "an act"),
}


def finding_words(finding: Finding, language: Language = "ru") -> str:
    """One sentence or two: what was noticed, what to do."""
    which = 0 if language == "ru" else 1
    facts = {key: _value(value, which) for key, value in finding.facts.items()}
    instead = finding.facts.get("instead")
    facts["instead_ru"] = f" Можно так: «{instead}»." if instead else ""
    facts["instead_en"] = f" Say: «{instead}»." if instead else ""
    facts["fragment"] = finding.fragment.words if finding.fragment else ""
    return FINDINGS[finding.code][which].format(**facts)


def _value(value: object, which: int) -> str:
    if isinstance(value, tuple | list):
        return ", ".join(_value(item, which) for item in value)
    return _VALUES[value][which] if isinstance(value, str) and value in _VALUES else str(value)
