"""Why a deadline is what it is, in sentences: screen, report, command line and notice print the same ones."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping

from otklik.process import words
from otklik.process.deadline import Change, Deadline, DeadlineState, Rule, Schedules
from otklik.process.deadlines import walk
from otklik.process.words import Language
from otklik.regulation.model import MomentKind
from otklik.regulation.model.steps import Hours

_BY_DAYS = frozenset({Rule.CALENDAR_DAYS, Rule.CALENDAR_MONTHS})

_TEXT: Mapping[str, tuple[str, str]] = {
    "waiting": ("Отсчёт не начался: ждёт события «{moment}»", "Not counting yet: waits for {moment}"),
    "to_be_set": (
        "Срок назначает {by}; пока он не назначен, отсчёта нет",
        "The term is set by {by}; until then nothing is counted",
    ),
    "within": ("{literal}: {amount} {since} ({start})", "{literal}: {amount} {since} ({start})"),
    "range": (
        "{literal}: от {near} до {amount} {since} ({start}); ориентир {aim}",
        "{literal}: from {near} to {amount} {since} ({start}); to be aimed at {aim}",
    ),
    "before": (
        "{literal}: не позднее чем за {amount} до {of_due}, когда истекает срок шага «{of_title}» ({of_clause})",
        "{literal}: not later than {amount} before {of_due}, when the term of “{of_title}” ({of_clause}) runs out",
    ),
    "share": (
        "{literal}: {percent}% срока шага «{of_title}» ({of_clause}), который идёт с {of_start} до {of_due}",
        "{literal}: {percent}% of the term of “{of_title}” ({of_clause}), which runs from {of_start} to {of_due}",
    ),
    "by_day_of_month": (
        "{literal}: до конца {day}-го числа месяца, следующего за отчётным ({period}), то есть {named}",
        "{literal}: by the end of day {day} of the month after the reported one ({period}), which is {named}",
    ),
    "by_weekday": (
        "{literal}: до конца {weekday} недели, следующей за отчётной (с {period}), то есть {named}",
        "{literal}: by the end of {weekday} of the week after the reported one (from {period}), which is {named}",
    ),
    "day_off": (
        "Это выходной: предупредить до {warn}, опозданием считается после {due}",
        "That is a day off: to be warned by {warn}, late after {due}",
    ),
    "reading": ("Как прочитан срок: {said}", "The term is read as: {said}"),
    "reason": ("Потому что: {said}", "Because: {said}"),
    "step_reading": ("Как прочитан пункт: {said}", "The clause is read as: {said}"),
    "step_reason": ("Потому что: {said}", "Because: {said}"),
    "curator": ("Считается рабочее время куратора", "The working time of the curator counts"),
    "body": ("Считается рабочее время органа ({body})", "The working time of the body ({body}) counts"),
    "round_the_clock": ("Считается круглосуточно", "Counted round the clock"),
    "due": ("Срок истекает {due}", "Due {due}"),
    "no_time_left": (
        "Времени не остаётся: срок истекает раньше, чем начинается",
        "No time is left: the term runs out before it begins",
    ),
    "warn": ("Предупредить {who} до истечения: {warn}", "{who} to be warned before it runs out: {warn}"),
    "recommended": (
        "Это рекомендация: опоздание показывается и нарушением не считается",
        "This is advice: a shortfall is shown and is no breach",
    ),
    "optional": (
        "Это право: если им не воспользовались, нарушения нет",
        "This is a right: not using it is no breach",
    ),
    "ended": ("Отсчёт завершило событие «{moment}»: {at}", "Ended by {moment}: {at}"),
    "superseded": ("Отсчёт снят событием «{moment}»", "Put aside by {moment}"),
    "closed": ("Отсчёт снят: работа с сообщением прекращена", "Put aside: the work on the message was closed"),
    "set": ("Срок назначен ({by}) {at}: до {due}", "The term was set ({by}) {at}: till {due}"),
    "extended": ("Срок продлён {at}: до {due}", "The term was extended {at}: till {due}"),
    "paused": ("Отсчёт остановлен {at} и идёт снова с {until}", "The clock stood still from {at} to {until}"),
    "standing": ("Отсчёт остановлен {at}", "The clock stands still since {at}"),
    "body_changed": ("Передано другому органу {at}: до {due}", "Handed to another body {at}: till {due}"),
    "of": (
        "Передвинут вместе со сроком, от которого считается, {at}: до {due}",
        "Moved {at} with the term it hangs on: till {due}",
    ),
    "after_due": (
        "Произошло {at}, когда срок уже истёк: нарушение не отменяется",
        "Came {at}, when the term had passed: a breach is not rewritten",
    ),
    "not_told": (
        "Продление {at} не действует: автору о нём не сообщено",
        "The extension of {at} does not count: the author was not told",
    ),
    "times": ("Продление {at} не действует: больше продлевать нельзя", "The extension of {at} is one too many"),
    "set_by_person": (
        "{at} изменилось основание срока, но он назначен отдельно и остаётся",
        "What the term rests on changed {at}, but it was set apart and stays",
    ),
    "no_term": ("Событие {at} срока не меняет: он не назначен", "What came {at} changes nothing: no term is set"),
}


def explained(deadline: Deadline, schedules: Schedules, lang: Language = "ru") -> list[str]:
    """The sentences in order: the rule, how it is read, the walk through the hours, the due time, what came later."""
    return [line for part in _PARTS for line in part(deadline, schedules, lang) if line]


def _rule(deadline: Deadline, schedules: Schedules, lang: Language) -> Iterator[str]:
    del schedules
    facts, rule = deadline.explanation.facts, deadline.explanation.rule
    if deadline.starts_at is None:
        starts = facts.get("starts_on")
        kinds = starts if isinstance(starts, tuple) else (deadline.starts_on,)
        names = _or(lang).join(words.moment_name(kind, lang) for kind in kinds if isinstance(kind, MomentKind))
        yield _say("waiting", lang, moment=names)
    elif rule is Rule.SET_BY_PERSON and deadline.due_at is None:
        yield _say("to_be_set", lang, by=facts.get("set_by_who"))
    elif rule in _RULES:
        yield _say(rule.value, lang, **_common(deadline, lang), **_RULES[rule](deadline, lang))
    elif rule is not Rule.SET_BY_PERSON:
        key = "within" if deadline.aim_at is None else "range"
        yield _say(key, lang, **_common(deadline, lang), **_within(deadline, lang))


def _common(deadline: Deadline, lang: Language) -> dict[str, object]:
    literal = deadline.explanation.facts.get("literal")
    name = words.clause_name(deadline.clause, lang).capitalize()
    return {"literal": f"{name}, «{literal}»" if literal else name}


def _within(deadline: Deadline, lang: Language) -> dict[str, object]:
    facts = deadline.explanation.facts
    since = words.since_moment(deadline.starts_on, lang) if deadline.starts_on else ""
    return {
        "amount": _amount(facts, "amount", lang),
        "near": _amount(facts, "amount_from", lang),
        "since": since,
        "start": _at(deadline.starts_at, lang),
        "aim": _at(deadline.aim_at, lang),
    }


def _hanging(deadline: Deadline, lang: Language) -> dict[str, object]:
    facts = deadline.explanation.facts
    return {
        "amount": _amount(facts, "amount", lang),
        "percent": f"{facts.get('percent', 0):g}",
        "of_title": facts.get("of_title"),
        "of_clause": words.clause_name(str(facts.get("of_clause")), lang),
        "of_due": _at(facts.get("of_due_at"), lang),
        "of_start": _at(facts.get("of_starts_at"), lang),
    }


def _named_day(deadline: Deadline, lang: Language) -> dict[str, object]:
    facts = deadline.explanation.facts
    period, named, weekday = facts.get("period"), facts.get("named_on"), facts.get("weekday")
    by_week = isinstance(weekday, int)
    return {
        "day": facts.get("day"),
        "weekday": words.weekday_by(weekday, lang) if isinstance(weekday, int) else "",
        "period": _date(period) if by_week or not isinstance(period, dt.date) else words.month_name(period, lang),
        "named": _date(named),
    }


_RULES: Mapping[Rule, Callable[[Deadline, Language], dict[str, object]]] = {
    Rule.BEFORE: _hanging,
    Rule.SHARE: _hanging,
    Rule.BY_DAY_OF_MONTH: _named_day,
    Rule.BY_WEEKDAY: _named_day,
}


def _reading(deadline: Deadline, schedules: Schedules, lang: Language) -> Iterator[str]:
    del schedules
    facts = deadline.explanation.facts
    for name in ("reading", "reason", "step_reading", "step_reason"):
        said = facts.get(name)
        if said:
            yield _say(name, lang, said=str(said).rstrip("."))
    if deadline.starts_at is not None and deadline.hours is not Hours.OWN:
        yield _say(deadline.hours.value, lang, body=deadline.body or "—")


def _walk(deadline: Deadline, schedules: Schedules, lang: Language) -> Iterator[str]:
    found = walk(deadline, schedules)
    if found is not None:
        yield from (f"{line}." for line in found.words(lang))


def _due(deadline: Deadline, schedules: Schedules, lang: Language) -> Iterator[str]:
    del schedules
    due, facts = deadline.due_at, deadline.explanation.facts
    if due is None:
        return
    if deadline.explanation.rule in (Rule.BY_DAY_OF_MONTH, Rule.BY_WEEKDAY) and deadline.warn_at is not None:
        yield _say("day_off", lang, warn=_at(deadline.warn_at, lang), due=_at(due, lang))
    elif deadline.warn_at is not None:
        yield _say("warn", lang, warn=_at(deadline.warn_at, lang), who=deadline.warn_role)
    yield _say("due", lang, due=words.instant(due, lang, ends_day=deadline.explanation.rule in _BY_DAYS))
    if facts.get("no_time_left"):
        yield _say("no_time_left", lang)
    if deadline.recommended:
        yield _say("recommended", lang)
    if deadline.optional:
        yield _say("optional", lang)


def _changes(deadline: Deadline, schedules: Schedules, lang: Language) -> Iterator[str]:
    del schedules
    for change in deadline.explanation.changes:
        yield _change(change, deadline.explanation.facts, lang)


def _change(change: Change, facts: Mapping[str, object], lang: Language) -> str:
    key = {"body": "body_changed"}.get(change.kind, change.kind)
    if change.ignored is not None:
        key = change.ignored
    elif change.kind == "paused" and change.until_at is None:
        key = "standing"
    ground = f" ({change.ground})" if change.ground else ""
    by = facts.get("set_by_who") if change.by == facts.get("set_by") else change.by
    instants = {"at": _at(change.at, lang), "due": _at(change.due_at, lang), "until": _at(change.until_at, lang)}
    return _say(key, lang, by=by or "—", **instants) + ground


def _end(deadline: Deadline, schedules: Schedules, lang: Language) -> Iterator[str]:
    del schedules
    given_up = deadline.explanation.facts.get("superseded_by")
    if given_up == "closed":
        yield _say("closed", lang)
    elif isinstance(given_up, str):
        yield _say("superseded", lang, moment=words.moment_name(MomentKind(given_up), lang))
    elif deadline.state in (DeadlineState.MET, DeadlineState.MET_LATE) and deadline.ended_by is not None:
        yield _say("ended", lang, moment=words.moment_name(deadline.ended_by, lang), at=_at(deadline.ended_at, lang))


_PARTS: tuple[Callable[[Deadline, Schedules, Language], Iterator[str]], ...] = (
    _rule,
    _reading,
    _walk,
    _due,
    _changes,
    _end,
)


def _say(key: str, lang: Language, **facts: object) -> str:
    return _TEXT[key][lang == "en"].format(**facts) + "."


def _or(lang: Language) -> str:
    return "» или «" if lang == "ru" else " or "


def _amount(facts: Mapping[str, object], key: str, lang: Language) -> str:
    number = facts.get(key)
    if not isinstance(number, int | float):
        return ""
    return words.amount(number, str(facts.get("unit")), str(facts.get("counted")), lang)


def _at(value: object, lang: Language) -> str:
    return words.instant(value, lang) if isinstance(value, dt.datetime) else "—"


def _date(value: object) -> str:
    return f"{value:%d.%m.%Y}" if isinstance(value, dt.date) else "—"
