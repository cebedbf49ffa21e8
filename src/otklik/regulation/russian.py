"""An act's terms, roles and moments in Russian, for the screen that shows an act and for comparing two of them.

The words come from the act wherever it has its own; the general ones stand below.
"""

from otklik.regulation.model import Act, MomentKind, Term, TermKind
from otklik.regulation.model.steps import AppliesTo, Hours, Repeat, Step
from otklik.regulation.model.terms import Counted, Unit

_UNITS = {
    Unit.MINUTE: ("минута", "минуты", "минут"),
    Unit.HOUR: ("час", "часа", "часов"),
    Unit.DAY: ("день", "дня", "дней"),
    Unit.MONTH: ("месяц", "месяца", "месяцев"),
}
_ADJECTIVES = {
    Counted.WORKING: ("рабочий", "рабочая", "рабочих"),
    Counted.CALENDAR: ("календарный", "календарная", "календарных"),
}
_WEEKDAYS = ("понедельника", "вторника", "среды", "четверга", "пятницы", "субботы", "воскресенья")
_HOURS = {
    Hours.BODY: "по часам органа, у которого сообщение",
    Hours.CURATOR: "по часам куратора",
    Hours.ROUND_THE_CLOCK: "круглосуточно",
}
_REPEATS = {Repeat.FIRST: "первичные сообщения", Repeat.REPEATED: "повторные сообщения"}

MOMENTS = {
    MomentKind.POSTED: "сообщение опубликовано",
    MomentKind.DETECTED: "выявление",
    MomentKind.SELECTED: "отбор",
    MomentKind.SHORTENED: "решение о сокращённом сроке",
    MomentKind.RECEIVED: "получение",
    MomentKind.ROUTED: "направление в орган",
    MomentKind.RETURNED: "возврат не по компетенции",
    MomentKind.PART_REQUESTED: "запрос части ответа",
    MomentKind.PART_IN: "поступление части ответа",
    MomentKind.DRAFT_IN: "поступление проекта ответа на согласование",
    MomentKind.SENT_BACK: "направление на доработку",
    MomentKind.APPROVED: "согласование",
    MomentKind.FIRST_RESPONSE: "первичный ответ",
    MomentKind.INTERIM_PUBLISHED: "размещение промежуточного ответа",
    MomentKind.CLARIFICATION_PUBLISHED: "размещение запроса (уточнения)",
    MomentKind.AUTHOR_ANSWERED: "ответ автора",
    MomentKind.PUBLISHED: "размещение ответа",
    MomentKind.IMPORTANCE_RAISED: "повышение важности",
    MomentKind.SIGNIFICANCE_CONFIRMED: "подтверждение значимости",
    MomentKind.SURGE_CONFIRMED: "подтверждение социальной активности",
    MomentKind.EXTENDED: "продление срока",
    MomentKind.AUTHOR_TOLD: "сообщение автору о продлении",
    MomentKind.PERIOD_ENDED: "конец отчётного периода",
    MomentKind.REPORTED: "доклад",
}
"""What a moment is called where the act has no word of its own."""


def plural(number: float, one: str, few: str, many: str) -> str:
    """«1 час», «3 часа», «5 часов», «1,5 часа»."""
    if number != int(number):
        return f"{number:g}".replace(".", ",") + f" {few}"
    last, tens = int(number) % 10, int(number) % 100
    if last == 1 and tens != 11:
        form = one
    elif last in (2, 3, 4) and tens not in (12, 13, 14):
        form = few
    else:
        form = many
    return f"{int(number)} {form}"


def term_words(act: Act, term: Term) -> str:
    """«1 рабочий час», «не позднее чем за 4 часа до срока „Разместить ответ“», «без срока»."""
    said = _SAYING[term.kind](act, term)
    if term.set_by is not None and term.kind is not TermKind.SET_BY_PERSON:
        said += f" или сколько назначит {role_words(act, term.set_by)}"
    return f"{said} (рекомендуется)" if term.recommended else said


def _within(act: Act, term: Term) -> str:
    del act
    amount = _amount(term)
    if term.amount_from is None:
        return amount
    return f"{term.amount_from:g}–{amount}".replace(".", ",")


def _before(act: Act, term: Term) -> str:
    return f"не позднее чем за {_amount(term)} до срока {_of(act, term)}"


def _share(act: Act, term: Term) -> str:
    return f"{term.percent:g} % срока {_of(act, term)}"


def _by_day(act: Act, term: Term) -> str:
    del act
    return f"не позднее {term.day}-го числа следующего месяца"


def _by_weekday(act: Act, term: Term) -> str:
    del act
    return f"до конца {_WEEKDAYS[(term.weekday or 1) - 1]} следующей недели"


def _set_by_person(act: Act, term: Term) -> str:
    return f"сколько назначит {role_words(act, term.set_by or '')}"


def _none(act: Act, term: Term) -> str:
    del act, term
    return "без срока"


_SAYING = {
    TermKind.WITHIN: _within,
    TermKind.BEFORE: _before,
    TermKind.SHARE: _share,
    TermKind.BY_DAY_OF_MONTH: _by_day,
    TermKind.BY_WEEKDAY: _by_weekday,
    TermKind.SET_BY_PERSON: _set_by_person,
    TermKind.NONE: _none,
}


def _amount(term: Term) -> str:
    """Working time is named as such where the act itself does; calendar time always."""
    assert term.amount is not None  # noqa: S101 (the model refuses such a term)
    assert term.unit is not None  # noqa: S101 (the model refuses such a term)
    one, few, many = _UNITS[term.unit]
    if term.counted is Counted.CALENDAR or "рабоч" in (term.literal or "").lower():
        masculine, feminine, plural_form = _ADJECTIVES[term.counted]
        one = f"{feminine if term.unit is Unit.MINUTE else masculine} {one}"
        few, many = f"{plural_form} {few}", f"{plural_form} {many}"
    return plural(term.amount, one, few, many)


def _of(act: Act, term: Term) -> str:
    title = next((step.title for step in act.steps if step.step == term.of), term.of)
    return f"«{title}»"


def role_words(act: Act, role: str) -> str:
    """The act's own word for its role."""
    return next((item.words for item in act.people.roles if item.role == role), role)


def moment_words(act: Act, moment: MomentKind) -> str:
    """The act's own word for a moment, or the general one."""
    return next((item.words for item in act.moments if item.moment is moment), MOMENTS[moment])


def clause_words(clause: str) -> str:
    """«п. 13», «п. 2.2 прил. 2», «п. 4 пост.»."""
    part, _, number = clause.rpartition(" ")
    where = {"": "", "R": " пост."}.get(part, f" прил. {part[1:]}")
    return f"п. {number}{where}"


def applies_words(act: Act, applies: AppliesTo) -> str:
    """To which messages a step applies; empty where to all."""
    kinds = [item.words for item in act.policies.message_kinds if item.kind in applies.kinds]
    classes = [item.words for item in act.policies.importance if item.importance in applies.importance]
    repeat = [_REPEATS[applies.repeat]] if applies.repeat in _REPEATS else []
    words = "; ".join(", ".join(words) for words in (kinds, classes, repeat) if words)
    return f"только: {words}" if words else ""


def hours_words(step: Step) -> str:
    """Whose hours, where they are not the organisation's own."""
    return _HOURS.get(step.hours, "")
