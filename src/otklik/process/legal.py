"""Whether a message is an appeal under 59-ФЗ by the act: what the card says of it, with the clause. Pure."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from otklik.regulation.model import Act
from otklik.regulation.model.policies import LegalStatus


class Standing(StrEnum):
    APPEAL = "appeal"
    NOT_AN_APPEAL = "not_an_appeal"
    SILENT = "silent"
    """The act says nothing of it (A)."""


@dataclass(frozen=True, slots=True)
class LegalStanding:
    standing: Standing
    source: LegalStatus | None = None


_WORDS = {
    Standing.APPEAL: (
        "Это обращение по закону № 59-ФЗ: его сроки и порядок действуют наряду с этим актом.",
        "This is an appeal under law 59-FZ: its terms and order hold beside this act.",
    ),
    Standing.NOT_AN_APPEAL: (
        "Это не обращение по закону № 59-ФЗ: тот закон к нему не применяется.",
        "This is not an appeal under law 59-FZ: that law does not apply to it.",
    ),
    Standing.SILENT: (
        "О законе № 59-ФЗ акт молчит: обращение ли это, решает человек.",
        "The act is silent on law 59-FZ: whether this is an appeal, a person decides.",
    ),
}


def legal_standing(act: Act) -> LegalStanding:
    """What the act makes of a message, with the rule it rests on."""
    status = act.policies.legal_status
    if status is None:
        return LegalStanding(Standing.SILENT)
    return LegalStanding(Standing.APPEAL if status.is_appeal else Standing.NOT_AN_APPEAL, status)


def legal_words(act: Act, language: Literal["ru", "en"] = "ru") -> str:
    """The sentence of the card."""
    return _WORDS[legal_standing(act).standing][0 if language == "ru" else 1]
