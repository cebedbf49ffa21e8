"""The act as the program reads it: every rule beside its clause, the literal words, and how they are read.

Data for the screen and for `otklik act show`; Russian, because the acts are.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

from otklik.regulation.model import Act, Step, TermKind
from otklik.regulation.model.people import Role
from otklik.regulation.model.source import Source
from otklik.regulation.networks import NETWORKS
from otklik.regulation.parse import LoadedAct
from otklik.regulation.policy_words import EVERY, KEYS, NAMING, POLICIES, VALUES
from otklik.regulation.problems import Path
from otklik.regulation.russian import (
    applies_words,
    hours_words,
    moment_words,
    role_words,
    term_words,
)

_OF_SOURCE = frozenset(Source.model_fields)
_ROLE_KEYS = frozenset({"found_by", "given_by", "return_to", "by", "visa_by", "to", "role"})


@dataclass(frozen=True, slots=True)
class ShownRule:
    """One rule. `says` is what the program does; `literal` the term as the act writes it, where there is one."""

    name: str
    says: str
    clause: str
    quote: str
    see_also: tuple[str, ...]
    literal: str | None
    reading: str | None
    reason: str | None
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    rules: tuple[ShownRule, ...]


@dataclass(frozen=True, slots=True)
class ClauseWithoutRule:
    clause: str
    why: str


@dataclass(frozen=True, slots=True)
class ShownAct:
    """The whole. `hours` is the assumption about working time, `since` ISO or None, `hash` of the edition."""

    act: str
    title: str
    short_title: str
    issued_by: str
    number: str | None
    adopted_on: str | None
    since: str | None
    in_force: str | None
    hash: str
    amendments: tuple[str, ...]
    place: str
    zone: str
    hours: str
    sections: tuple[Section, ...]
    without_rule: tuple[ClauseWithoutRule, ...]


def show(loaded: LoadedAct) -> ShownAct:
    """Everything the program read, by section: who, moments, steps and terms, policies; and clauses without a rule."""
    act = loaded.act
    sections = [
        Section("Кто участвует", tuple(_people(loaded))),
        Section("Моменты", tuple(_moments(loaded))),
        Section("Шаги и сроки", tuple(_steps(loaded))),
    ]
    sections += [Section(POLICIES[name], tuple(_policy(loaded, name))) for name in type(act.policies).model_fields]
    return ShownAct(
        act=act.act,
        title=act.title,
        short_title=act.short_title,
        issued_by=act.issued_by,
        number=act.number,
        adopted_on=act.adopted_on.isoformat() if act.adopted_on else None,
        since=loaded.since.isoformat() if loaded.since else None,
        in_force=act.in_force.reading,
        hash=loaded.hash,
        amendments=loaded.amendments,
        place=act.place.name,
        zone=act.place.zone,
        hours=act.place.assumption,
        sections=tuple(section for section in sections if section.rules),
        without_rule=tuple(ClauseWithoutRule(item.clause, item.no_rule) for item in act.clauses if item.no_rule),
    )


def _people(loaded: LoadedAct) -> Iterator[ShownRule]:
    people = loaded.act.people
    for index, role in enumerate(people.roles):
        yield _rule(loaded, role, ("people", "roles", index), role.words, _role_says(loaded.act, role))
    for index, hand in enumerate(people.one_hand):
        words = ", ".join(role_words(loaded.act, role) for role in hand.roles)
        yield _rule(loaded, hand, ("people", "one_hand", index), "В одних руках", f"{words}: акт это допускает")


def _role_says(act: Act, role: Role) -> str:
    said = [_OUR_ROLES[role.is_.value]]
    if role.external:
        said.append("другое учреждение" if role.hours_owner is None else f"другое учреждение, часы: {role.hours_owner}")
    if role.several:
        said.append("может быть несколько")
    if role.for_kinds:
        kinds = [item.words for item in act.policies.message_kinds if item.kind in role.for_kinds]
        said.append(f"для: {', '.join(kinds)}")
    if role.not_below is not None:
        said.append(f"не ниже: {_RANKS[role.not_below.value]}")
    if role.substitutes:
        said.append("нужна замена на время отсутствия")
    return "; ".join(said)


_OUR_ROLES = {
    "operator": "оператор",
    "curator": "куратор",
    "executor": "исполнитель",
    "specialist": "специалист",
    "publisher": "размещающий",
    "responsible": "ответственное лицо",
    "head": "глава",
    "administrator": "администратор",
}
_RANKS = {
    "employee": "служащий",
    "unit_head": "начальник отдела",
    "deputy_head": "заместитель руководителя",
    "head": "руководитель",
}


def _moments(loaded: LoadedAct) -> Iterator[ShownRule]:
    for index, moment in enumerate(loaded.act.moments):
        yield _rule(loaded, moment, ("moments", index), moment.words, moment.moment.value)


def _steps(loaded: LoadedAct) -> Iterator[ShownRule]:
    for index, step in enumerate(loaded.act.steps):
        yield _rule(loaded, step, ("steps", index), step.title, step_says(loaded.act, step), step)


def step_says(act: Act, step: Step) -> str:
    """Who, how long, from what, until what, for which messages."""
    said = [f"{role_words(act, step.role)}: {term_words(act, step.term)}"]
    if step.term.kind is not TermKind.NONE:
        said.append("от: " + " или ".join(moment_words(act, moment) for moment in step.starts_on))
    said.append("до: " + " или ".join(moment_words(act, moment) for moment in step.ends_on))
    if step.anew_on:
        said.append("заново: " + " или ".join(moment_words(act, moment) for moment in step.anew_on))
    if step.pauses_on:
        said.append("стоит с: " + " или ".join(moment_words(act, moment) for moment in step.pauses_on))
    if step.optional:
        said.append("право, а не обязанность")
    if step.per_part:
        said.append("у каждого органа свой счёт")
    if step.extension is not None:
        said.append(f"продлить может {role_words(act, step.extension.by)}: {term_words(act, step.extension.at_most)}")
    if step.warning is not None:
        said.append(f"предупредить: {role_words(act, step.warning.to)}, {term_words(act, step.warning.before)}")
    said += [words for words in (applies_words(act, step.applies_to), hours_words(step)) if words]
    return "; ".join(said)


def _policy(loaded: LoadedAct, name: str) -> Iterator[ShownRule]:
    value = getattr(loaded.act.policies, name)
    listed = value if isinstance(value, tuple) else (value,) if value is not None else ()
    for index, entry in enumerate(listed):
        path: Path = ("policies", name, index) if isinstance(value, tuple) else ("policies", name)
        yield _rule(loaded, entry, path, _entry_name(loaded.act, name, entry), policy_says(loaded.act, entry))


def _entry_name(act: Act, policy: str, entry: Source) -> str:
    words = getattr(entry, "words", None)
    if isinstance(words, str):
        return words
    key = _named_by(entry)
    if key is None:
        return POLICIES[policy]
    value = getattr(entry, key)
    return role_words(act, value) if key == "role" else _value(act, key, value)


def policy_says(act: Act, entry: Source, *, only: Collection[str] | None = None) -> str:
    """The keys of a policy (or `only` these of them) in words; a yes or no only where it is not the usual one."""
    named_by = _named_by(entry)
    said = []
    for field, info in type(entry).model_fields.items():
        value = getattr(entry, field)
        is_usual = value in (None, ()) or (isinstance(value, bool) and value == info.default)
        if field in _OF_SOURCE or field in ("words", named_by) or (is_usual if only is None else field not in only):
            continue
        said.append(_said(act, info.alias or field, value))
    return "; ".join(said)


def _named_by(entry: Source) -> str | None:
    return next((key for key in NAMING if key in type(entry).model_fields), None)


def _said(act: Act, key: str, value: Any) -> str:
    if value in (None, ()):
        return f"{KEYS[key]}: не указано"
    if isinstance(value, bool):
        return f"{KEYS[key]}: {'да' if value else 'нет'}"
    if isinstance(value, tuple):
        return f"{KEYS[key]}: {', '.join(_value(act, key, item) for item in value)}"
    return f"{KEYS[key]}: {_value(act, key, value)}"


def _value(act: Act, key: str, value: Any) -> str:
    if isinstance(value, Source):
        return str(getattr(value, "words", value.quote))
    if key in _ROLE_KEYS:
        return role_words(act, value) if value in {role.role for role in act.people.roles} else VALUES.get(value, value)
    if key == "consolidated_by":
        return next((role.words for role in act.people.roles if role.is_.value == value), VALUES[value])
    if key == "every":
        return EVERY[value]
    if key == "arrives_with":
        return moment_words(act, value)
    if key in ("networks", "network"):
        return NETWORKS[value].words
    plain = value.value if isinstance(value, Enum) else value
    return VALUES.get(plain, str(plain)) if isinstance(plain, str) else str(plain)


def _rule(loaded: LoadedAct, source: Source, path: Path, name: str, says: str, step: Step | None = None) -> ShownRule:
    mark = loaded.mark(path)
    term = step.term if step is not None else None
    readings = [text for text in (source.reading, term.reading if term else None) if text]
    reasons = [text for text in (source.reason, term.reason if term else None) if text]
    return ShownRule(
        name=name,
        says=says,
        clause=source.clause,
        quote=source.quote,
        see_also=source.see_also,
        literal=term.literal if term else None,
        reading=" ".join(readings) or None,
        reason=" ".join(reasons) or None,
        file=mark.file,
        line=mark.line,
    )
