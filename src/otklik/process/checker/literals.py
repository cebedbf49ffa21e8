"""Whether a term says what its literal words say: «2 (двух) рабочих часов» is two, hours, of working time."""

import re
from collections.abc import Iterator

from otklik.process.checker.finding import Finding, Severity
from otklik.regulation.model.terms import Counted, Term, TermKind, Unit
from otklik.regulation.parse import LoadedAct

_WORDS = {
    "одн": 1, "дву": 2, "два": 2, "две": 2, "тре": 3, "три": 3, "четыр": 4, "пят": 5, "шест": 6, "сем": 7,
    "восьм": 8, "восем": 8, "девят": 9, "десят": 10, "пятнадцат": 15, "двадцат": 20, "тридцат": 30,
}  # fmt: skip
"""The longest beginning that fits is meant: «пятнадцати» is not five."""
_UNITS = (
    (re.compile(r"минут"), Unit.MINUTE),
    (re.compile(r"\bчас"), Unit.HOUR),
    (re.compile(r"\b(день|дня|дней|дни|суток|сутки)\b"), Unit.DAY),
    (re.compile(r"месяц"), Unit.MONTH),
)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_IN_MINUTES = {Unit.MINUTE: 1, Unit.HOUR: 60}


def literals(loaded: LoadedAct) -> Iterator[Finding]:
    """Terms whose number, unit or time differs from the words, and numbers that are ours where the act has none."""
    for number, step in enumerate(loaded.act.steps):
        if step.term.literal is None or step.term.kind not in (TermKind.WITHIN, TermKind.BEFORE):
            continue
        mark = loaded.mark(("steps", number, "term", "literal"))
        facts = {"step": step.step, "title": step.title, "literal": step.term.literal, "quote": step.quote}
        for code, severity, more in _differences(step.term, step.term.literal.lower()):
            yield Finding(code, severity, (step.clause,), mark, facts | more)


def _differences(term: Term, literal: str) -> Iterator[tuple[str, Severity, dict[str, object]]]:
    unit = next((unit for words, unit in _UNITS if words.search(literal)), None)
    ours: dict[str, object] = {
        "amount": term.amount,
        "unit": term.unit.value if term.unit else "",
        "counted": term.counted.value,
    }
    if unit is None:
        yield "number_is_ours", Severity.FINDING, ours
        return
    said = _number(literal)
    if not _same(term, said, unit):
        yield "amount_differs", Severity.ERROR, ours | {"said": said, "said_unit": unit.value}
    if "рабоч" in literal and term.counted is Counted.CALENDAR:
        yield "counted_differs", Severity.ERROR, ours
    if "календарн" in literal and term.counted is Counted.WORKING:
        yield "counted_differs", Severity.ERROR, ours


def _number(literal: str) -> float:
    """The number in figures (the last of a range), else in words, else one: «в течение часа»."""
    figures = _NUMBER.findall(literal)
    if figures:
        return float(figures[-1].replace(",", "."))
    words = (word for word in re.findall(r"\w+", literal))
    known = [(len(start), value) for word in words for start, value in _WORDS.items() if word.startswith(start)]
    return max(known)[1] if known else 1


def _same(term: Term, said: float, unit: Unit) -> bool:
    if term.amount is None or term.unit is None:
        return True
    if unit in _IN_MINUTES and term.unit in _IN_MINUTES:
        return said * _IN_MINUTES[unit] == term.amount * _IN_MINUTES[term.unit]
    return unit is term.unit and said == term.amount
