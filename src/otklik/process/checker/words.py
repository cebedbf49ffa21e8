"""The words of the checker, in Russian and English: what is wrong, what to do, and the arithmetic line by line."""

import datetime as dt
from collections.abc import Mapping
from typing import NamedTuple

from otklik.process.checker.finding import Finding, Severity
from otklik.process.checker.path import Leg, Path
from otklik.process.words import Language, clause_name, instant, moment_name
from otklik.regulation.model import Act, MomentKind, StepKind
from otklik.worktime import length_words


class _Text(NamedTuple):
    """What is wrong and what to do, each in Russian and English."""

    ru: str
    ru_todo: str
    en: str
    en_todo: str


_SQUEEZE_RU = "Договориться о сроках короче предельных или просить изменить акт."
_SQUEEZE_EN = "Agree on terms shorter than the longest, or ask to amend the act."

_TEXTS: Mapping[str, _Text] = {
    "no_time": _Text(
        "{message}: если каждый действует в последний миг, времени не остаётся {short}{reading}",
        _SQUEEZE_RU,
        "{message}: with everyone acting at the last moment no time is left {short}{reading}",
        _SQUEEZE_EN,
    ),
    "no_time_for_rework": _Text(
        "{message}: {reworks} — и времени не остаётся {short}{reading}",
        _SQUEEZE_RU,
        "{message}: {reworks} leave no time {short}{reading}",
        _SQUEEZE_EN,
    ),
    "no_time_for_bodies": _Text(
        "{message}: компетентных органов {bodies} — и времени не остаётся {short}{reading}",
        _SQUEEZE_RU,
        "{message}: {bodies} competent bodies leave no time {short}{reading}",
        _SQUEEZE_EN,
    ),
    "no_time_for_return": _Text(
        "{message}: один ошибочный адресат — и времени не остаётся {short}{reading}",
        _SQUEEZE_RU,
        "{message}: one wrong addressee leaves no time {short}{reading}",
        _SQUEEZE_EN,
    ),
    "no_term_on_the_way": _Text(
        "{message}: на пути к ответу ни у одного шага нет срока; на всё вместе — {allowed}",
        "Договориться о внутренних сроках: без них видно только общее опоздание.",
        "{message}: no step on the way to the reply has a term; for all of them there are {allowed}",
        "Agree on terms of your own: without them only the whole is seen to be late.",
    ),
    "no_term": _Text(
        "Шаг «{title}» ({role}): срока нет",
        "Программа покажет шаг без часов и опозданием его не сочтёт; срок может назначить сама организация.",
        "Step “{title}” ({role}) has no term",
        "The program shows the step without a clock and never as late; the organisation may set a term of its own.",
    ),
    "rework_without_limit": _Text(
        "Возвращать на доработку можно сколько угодно раз: предела акт не ставит",
        "Следить за числом доработок по карточке: каждая съедает срок ответа.",
        "A draft may be sent back any number of times: the act sets no limit",
        "Watch the number of reworks on the card: each takes from the reply's term.",
    ),
    "rework_without_term_and_limit": _Text(
        "Круг «согласование — доработка» не имеет ни срока, ни предела",
        "Договориться о сроке доработки: остановить круг может только срок ответа.",
        "The round of review and rework has neither a term nor a limit",
        "Agree on a term for rework: only the reply's term stops the round.",
    ),
    "draft_term_not_for_class": _Text(
        "Срок проекта привязан к обычному сроку ответа; для класса «{importance}» срока проекта нет",
        "Договориться о сроке проекта при сокращённом сроке: по акту его нет.",
        "The draft's term is tied to the ordinary reply; for the class “{importance}” the draft has none",
        "Agree on a term for the draft under the shortened term: the act sets none.",
    ),
    "silent_after": _Text(
        "Что и в какой срок делать после события «{moment}», акт не говорит",
        "Программа даст сделать следующий шаг, но без срока.",
        "What is to be done after “{moment}”, and in what time, the act does not say",
        "The program allows the next step, without a term.",
    ),
    "stands_still": _Text(
        "После события «{moment}» ни один шаг не начинается: сообщение остановится",
        "Добавить шаг, который с него начинается (starts_on), или убрать событие из ends_on.",
        "No step begins with “{moment}”: the message would stand still",
        "Add a step that starts on it (starts_on), or take the moment out of ends_on.",
    ),
    "never_begins": _Text(
        "Шаг «{title}» для вида «{kind}» и класса «{importance}» никогда не начнётся: «{moment}» взяться неоткуда",
        "Исправить starts_on или applies_to.",
        "Step “{title}” never begins for kind “{kind}” and class “{importance}”: nothing brings “{moment}”",
        "Mend starts_on or applies_to.",
    ),
    "never_ends": _Text(
        "Шаг «{title}» для вида «{kind}» и класса «{importance}» никто не может закончить: «{moment}» взяться неоткуда",
        "Исправить ends_on или applies_to.",
        "Nobody can end step “{title}” for kind “{kind}” and class “{importance}”: nothing brings “{moment}”",
        "Mend ends_on or applies_to.",
    ),
    "part_without_request": _Text(
        "Шаг «{title}» считается по частям, но не начинается с запроса части",
        "Указать starts_on: [part_requested] или убрать per_part.",
        "Step “{title}” is counted by parts, and does not start with the request of one",
        "Say starts_on: [part_requested], or take per_part out.",
    ),
    "part_of_a_day": _Text(
        "Срок шага «{title}» — {amount} дня: дни и месяцы считаются только целыми",
        "Записать часами или целым числом дней.",
        "The term of step “{title}” is {amount} days: days and months are counted whole",
        "Write it in hours or in whole days.",
    ),
    "nobody_reports": _Text(
        "Кто докладывает, акт не говорит (кому — {to})",
        "Назначить докладывающего распоряжением; до тех пор напоминает тот, кого назвал файл акта.",
        "The act does not say who reports (to: {to})",
        "Name who reports; until then the one named in the act's file is reminded.",
    ),
    "nobody_raises": _Text(
        "Кто относит сообщение к классу «{words}», акт не говорит",
        "Назначить распоряжением и указать given_by.",
        "The act does not say who gives the class “{words}”",
        "Name them, and fill given_by.",
    ),
    "idle_role": _Text(
        "Роль «{role}» названа, но ни одного действия у неё нет",
        "Проверить, не пропущено ли правило; если нет, роль останется для сведения.",
        "The role “{role}” is named and has nothing to do",
        "See whether a rule was left out; else the role stays for information.",
    ),
    "report_without_step": _Text(
        "Периодический отчёт ни один шаг не готовит: напомнить о нём будет некому",
        "Добавить шаг вида report с starts_on: [period_ended] и тем же пунктом.",
        "No step makes this periodic report: nobody would be reminded of it",
        "Add a step of kind report with starts_on: [period_ended] and the same clause.",
    ),
    "refers_to_nothing": _Text(
        "Ссылка «{words}» ведёт в никуда: в акте нет {named}",
        "Проверить текст; если так в самом акте — просить исправить акт.",
        "“{words}” refers to {named}, which the act does not have",
        "See to the text; if the act says so itself, ask to amend it.",
    ),
    "refers_to_no_term": _Text(
        "Ссылка «{words}» говорит о сроке, а там срока нет: {named}",
        "Проверить, к какому пункту относится ссылка; просить исправить акт.",
        "A term of {named} is spoken of, which sets none",
        "See which clause is meant; ask to amend the act.",
    ),
    "another_term_prevails": _Text(
        "Назван срок, который даёт {clause}; для другого класса действует {others}, а о нём не сказано",
        "Программа берёт срок того класса, который у сообщения; в переписке называть оба пункта.",
        "The term of {clause} is named; for another class {others} holds, which is not mentioned",
        "The program takes the term of the message's own class; name both clauses in letters.",
    ),
    "range_takes_too_much": _Text(
        "Ссылка «{words}» на порядок ответа захватывает лишнее ({named}): о порядке ответа там ничего нет",
        "Программа применяет те пункты, в которых порядок есть.",
        "“{words}” refers to the procedure of a reply and takes in {named}, which says nothing of it",
        "The program applies those clauses that do.",
    ),
    "range_leaves_out": _Text(
        "Ссылка «{words}» на порядок ответа оставляет в стороне {named} ({titles})",
        "Решить, применять ли их к повторным сообщениям; программа применяет.",
        "“{words}” refers to the procedure of a reply and leaves out {named} ({titles})",
        "Decide whether they hold for repeated messages; the program says they do.",
    ),
    "term_that_nobody_sets": _Text(
        "Сказано: «{quote}», но такого срока ни один пункт не устанавливает",
        "Отвечать за срок, которого нет, нельзя: назначить его распоряжением.",
        "It speaks of “{quote}”, and no clause sets such a term",
        "Nobody can answer for a term that is not set: set it by an order.",
    ),
    "amount_differs": _Text(
        "В акте «{literal}», а в файле {amount} ({unit})",
        "Исправить amount и unit.",
        "The act says “{literal}”, the file {amount} ({unit})",
        "Mend amount and unit.",
    ),
    "counted_differs": _Text(
        "В акте «{literal}», а время считается как {counted}",
        "Исправить counted.",
        "The act says “{literal}”, and the time is counted as {counted}",
        "Mend counted.",
    ),
    "number_is_ours": _Text(
        "«{literal}» не называет числа: {amount} ({unit}) — прочтение программы",
        "Согласиться с прочтением или назначить другое число в своей редакции.",
        "“{literal}” names no number: {amount} ({unit}) is the program's reading",
        "Agree to the reading, or set another number in an edition of your own.",
    ),
}
_SEVERITIES = {
    Severity.ERROR: ("ошибка", "error"),
    Severity.WARNING: ("предупреждение", "warning"),
    Severity.FINDING: ("замечание", "finding"),
}
_READINGS = {
    "as_read": ("как прочитан акт", "as the act is read"),
    "wall": (
        "если «минуты» и «часы» без слова «рабочих» — по часам на стене",
        "if minutes and hours without the word “working” are those of the wall clock",
    ),
    "draft_for_all": (
        "если срок проекта действует и при сокращённом сроке",
        "if the draft's term holds under the shortened term too",
    ),
    "part_for_each": (
        "если часть готовит и тот орган, который пишет общий ответ",
        "if the body that writes the common reply is asked for a part as well",
    ),
}
_SHORT = {
    "reply": ("на само размещение: срок ответа выбран", "for publishing: the reply's term is used up"),
    "draft": ("на подготовку проекта", "for writing the draft"),
    "step": ("на отдельный шаг: его срок приходится на нерабочее время", "for one step: its term falls outside hours"),
}
_LEGS = {
    StepKind.HAND_OVER: ("направление", "routing"),
    StepKind.RETURN: ("возврат", "return"),
    StepKind.REQUEST_PART: ("часть ответа", "part"),
    StepKind.CONSOLIDATE: ("общий ответ", "common reply"),
    StepKind.DRAFT: ("проект ответа", "draft"),
    StepKind.VISA: ("виза", "visa"),
    StepKind.REVIEW: ("согласование", "review"),
    StepKind.REWORK: ("доработка", "rework"),
    StepKind.PUBLISH: ("размещение", "publication"),
}
_UNITS = {
    "minute": ("минут", "minutes"),
    "hour": ("часов", "hours"),
    "day": ("дней", "days"),
    "month": ("мес.", "months"),
}
_COUNTED = {"working": ("рабочее", "working"), "calendar": ("календарное", "calendar")}


def severity_name(severity: Severity, lang: Language = "ru") -> str:
    """«предупреждение»."""
    return _SEVERITIES[severity][lang == "en"]


def reading_name(reading: str, lang: Language = "ru") -> str:
    """«как прочитан акт»."""
    return _READINGS[reading][lang == "en"]


def said(finding: Finding, act: Act, lang: Language = "ru") -> str:
    """What is wrong, in one sentence."""
    text = _TEXTS[finding.code]
    sentence = (text.ru if lang == "ru" else text.en).format_map(_facts(finding, act, lang))
    return f"{sentence[:1].upper()}{sentence[1:]}."


def todo(finding: Finding, lang: Language = "ru") -> str:
    """What to do about it."""
    text = _TEXTS[finding.code]
    return text.ru_todo if lang == "ru" else text.en_todo


def sums(path: Path, lang: Language = "ru") -> list[str]:
    """The arithmetic of a path, a line for each step."""
    ru = lang == "ru"
    head = "срок ответа" if ru else "term of the reply"
    lines = []
    if path.reading == "wall":
        start = f"при выявлении {instant(path.started_at)}" if ru else f"detected {instant(path.started_at, 'en')}"
        lines.append(start)
    lines.append(f"{head}: {length(path.allowed, lang)} ({_source(path.reply_clause, path.reply_literal, lang)})")
    lines += [_leg(leg, lang) for leg in path.legs]
    if path.draft_left is not None:
        lines.append(f"{'остаётся на проект' if ru else 'left for the draft'}: {length(path.draft_left, lang)}")
    lines.append(f"{'остаётся до срока ответа' if ru else 'left of the reply term'}: {length(path.left, lang)}")
    return lines


def case_name(path: Path, act: Act, lang: Language = "ru") -> str:
    """«инцидент, обычный срок; доработок 1, органов 2, как прочитан акт»."""
    scenario = path.scenario
    parts = [
        _message(scenario.kind, scenario.importance, act),
        f"доработок {scenario.reworks}" if lang == "ru" else f"reworks: {scenario.reworks}",
        f"органов {scenario.bodies}" if lang == "ru" else f"bodies: {scenario.bodies}",
    ]
    if scenario.returned:
        parts.append("один возврат" if lang == "ru" else "one return")
    return ", ".join([*parts, reading_name(path.reading, lang)])


def length(span: dt.timedelta, lang: Language = "ru") -> str:
    """«1 ч 30 мин», «−30 мин»."""
    return f"−{length_words(-span, lang)}" if span < dt.timedelta() else length_words(span, lang)


def _leg(leg: Leg, lang: Language) -> str:
    name = _LEGS.get(leg.kind, (leg.kind.value, leg.kind.value))[lang == "en"]
    source = _source(leg.clause, leg.literal, lang)
    if not leg.has_term:
        return f"{name}: {'срока нет' if lang == 'ru' else 'no term'} ({source})"
    if leg.wall and leg.literal:
        ahead = "до срока ответа должно остаться" if lang == "ru" else "of the reply's term must be left"
        text = f"{ahead} «{leg.literal}»" if lang == "ru" else f"“{leg.literal}” {ahead}"
        return f"{name}: {length(leg.worked, lang)}, {text} ({clause_name(leg.clause, lang)})"
    return f"{name}: {length(leg.worked, lang)} ({source})"


def _source(clause: str, literal: str | None, lang: Language) -> str:
    return clause_name(clause, lang) + (f", «{literal}»" if literal else "")


def _message(kind: str, importance: str, act: Act) -> str:
    """«инцидент, сокращённый срок» in the words of the act; the class only where one has a term of its own."""
    policies = act.policies
    kinds = [one.words for one in policies.message_kinds if one.kind == kind]
    classes = [one.words for one in policies.importance if one.importance == importance]
    told = any(one.shortened for one in policies.importance)  # else classes are tags that change no term
    return ", ".join(dict.fromkeys([*kinds, *(classes if told else [])]))


def _facts(finding: Finding, act: Act, lang: Language) -> dict[str, object]:
    which = lang == "en"
    facts: dict[str, object] = {name: _plain(value, lang) for name, value in finding.facts.items()}
    path = finding.path
    if path is not None:
        facts["message"] = _message(path.scenario.kind, path.scenario.importance, act)
        facts["allowed"] = length(path.allowed, lang)
        facts["reworks"] = _reworks(path.scenario.reworks, lang)
        facts["short"] = ", ".join(_SHORT[what][which] for what in sorted(path.short_of))
        facts["reading"] = "" if path.reading == "as_read" else f" ({reading_name(path.reading, lang)})"
    named = finding.facts.get("named")
    if isinstance(named, tuple):
        facts["named"] = _clauses(named, lang)
        facts["others"] = _clauses(named[1:], lang)
    if isinstance(finding.facts.get("clause"), str):
        facts["clause"] = clause_name(str(finding.facts["clause"]), lang)
    if "unit" in finding.facts:
        facts["unit"] = _UNITS.get(str(finding.facts["unit"]), ("", ""))[which]
        facts["counted"] = _COUNTED[str(finding.facts["counted"])][which]
    return facts


def _plain(value: object, lang: Language) -> object:
    if isinstance(value, MomentKind):
        return moment_name(value, lang)
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return f"{value:g}" if isinstance(value, float) else value


def _clauses(named: tuple[str, ...], lang: Language) -> str:
    words = ("clause", "clauses") if lang == "en" else ("пункт", "пункты")
    return f"{words[len(named) > 1]} {', '.join(named)}" if named else ""


def _reworks(number: int, lang: Language) -> str:
    if lang == "en":
        return f"{number} rework{'' if number == 1 else 's'}"
    return {1: "одна доработка", 2: "две доработки"}.get(number, f"доработок: {number}")
