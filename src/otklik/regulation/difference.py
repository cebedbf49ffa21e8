"""What changes for whom from one act, or one edition, to another.

`difference(old, new)` gives changes as data; each knows its Russian sentence: «Куратор, „Согласовать“: было 30 минут
(п. 10), станет 1 рабочий час (п. 11)». What means the same is no change, whatever the words and clauses.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from otklik.regulation.model import Act, Step, Term
from otklik.regulation.model.source import Source
from otklik.regulation.policy_words import NAMING, POLICIES
from otklik.regulation.quotes import normalised
from otklik.regulation.russian import clause_words, moment_words, role_words, term_words
from otklik.regulation.show import policy_says


class About(StrEnum):
    TERM = "term"
    START = "start"
    END = "end"
    ROLE = "role"
    ANEW = "anew"
    STEP = "step"
    POLICY = "policy"
    CLAUSE = "clause"


_ABOUT_WORDS = {About.START: "отсчёт", About.END: "исполнено, когда", About.ANEW: "новый срок", About.ROLE: "кто"}


@dataclass(frozen=True, slots=True)
class Change:
    """One change. `who` is the role in the act's own words (None: everybody), `rule` the step's title or the policy.

    `before` and `after` are None where the rule was not there, or is no longer; `where` narrows it to some messages.
    """

    about: About
    rule: str
    who: str | None
    before: str | None
    after: str | None
    clause_before: str | None
    clause_after: str | None
    where: str = ""

    def in_russian(self) -> str:
        """A sentence for the person whom it concerns."""
        whom = f"{self.who}, «{self.rule}»" if self.who else self.rule
        where = f" ({self.where})" if self.where else ""
        about = f" {_ABOUT_WORDS[self.about]}:" if self.about in _ABOUT_WORDS else ""
        if self.before is None:
            return f"{whom}{where}:{about} вводится: {_said(self.after, self.clause_after)}."
        if self.after is None:
            return f"{whom}{where}:{about} отменяется, было {_said(self.before, self.clause_before)}."
        before, after = _said(self.before, self.clause_before), _said(self.after, self.clause_after)
        return f"{whom}{where}:{about} было {before}, станет {after}."


def difference(old: Act, new: Act) -> list[Change]:
    """The changes from `old` to `new`: steps and terms, then policies, then (in one act) the text of clauses."""
    changes = [*_steps(old, new), *_policies(old, new)]
    if old.act == new.act:
        changes += _clauses(old, new)
    return changes


# --- Steps ---


@dataclass(frozen=True, slots=True)
class _Situation:
    """A sort of message that both acts know: the ordinary, the shortened, and further kinds by name."""

    name: str
    kind: str
    importance: str


def _situations(act: Act) -> dict[str, _Situation]:
    kinds = [item.kind for item in act.policies.message_kinds]
    classes = act.policies.importance
    found = {"": _Situation("", kinds[0], classes[0].importance)}
    for item in classes[1:]:
        name = "сокращённый срок" if item.shortened else item.words
        found[name] = _Situation(name, kinds[0], item.importance)
    for kind in act.policies.message_kinds[1:]:
        found[kind.words] = _Situation(kind.words, kind.kind, classes[0].importance)
    return found


def _in(act: Act, situation: _Situation) -> dict[str, Step]:
    has_process = all(item.has_process for item in act.policies.message_kinds if item.kind == situation.kind)
    chosen: dict[str, Step] = {}
    for step in act.steps:
        applies = step.applies_to
        of_kind = situation.kind in applies.kinds or (not applies.kinds and has_process)
        if of_kind and (not applies.importance or situation.importance in applies.importance):
            chosen.setdefault(step.step, step)
    return chosen


def _steps(old: Act, new: Act) -> list[Change]:
    """Situation by situation; what is already said of the ordinary message is not said again of the others."""
    before, after = _situations(old), _situations(new)
    ordinary: list[Change] = []
    found: list[Change] = []
    for name in [name for name in after if name in before]:
        changes = list(_between(old, new, _in(old, before[name]), _in(new, after[name]), name))
        if not name:
            ordinary = changes
        found += [change for change in changes if not name or not any(_same(change, said) for said in ordinary)]
    for name in [name for name in after if name not in before]:
        found += [_step_change(new, step, name, is_new=True) for step in _own_steps(new, after, name)]
    for name in [name for name in before if name not in after]:
        found += [_step_change(old, step, name, is_new=False) for step in _own_steps(old, before, name)]
    return found


def _own_steps(act: Act, situations: dict[str, _Situation], name: str) -> list[Step]:
    """The steps that only this situation has: what the ordinary message has too, is told there."""
    ordinary = _in(act, situations[""]).values()
    return [step for step in _in(act, situations[name]).values() if step not in ordinary]


def _same(change: Change, other: Change) -> bool:
    return (change.about, change.rule, change.who, change.before, change.after) == (
        other.about, other.rule, other.who, other.before, other.after
    )  # fmt: skip


def _between(old: Act, new: Act, before: dict[str, Step], after: dict[str, Step], where: str) -> Iterator[Change]:
    for name, step in after.items():
        if name in before:
            yield from _step_changes(old, new, before[name], step, where)
        else:
            yield _step_change(new, step, where, is_new=True)
    yield from (_step_change(old, step, where, is_new=False) for name, step in before.items() if name not in after)


def _step_change(act: Act, step: Step, where: str, *, is_new: bool) -> Change:
    said = term_words(act, step.term)
    who = role_words(act, step.role)
    if is_new:
        return Change(About.STEP, step.title, who, None, said, None, step.clause, where)
    return Change(About.STEP, step.title, who, said, None, step.clause, None, where)


def _step_changes(old: Act, new: Act, before: Step, after: Step, where: str) -> Iterator[Change]:
    who = role_words(new, after.role)

    def change(about: About, was: str, now: str) -> Change:
        return Change(about, after.title, who, was, now, before.clause, after.clause, where)

    if _is_of(old, before.role) != _is_of(new, after.role):
        yield change(About.ROLE, role_words(old, before.role), who)
    if _meaning(before.term) != _meaning(after.term):
        yield change(About.TERM, term_words(old, before.term), term_words(new, after.term))
    for about, key in ((About.START, "starts_on"), (About.ANEW, "anew_on"), (About.END, "ends_on")):
        was, now = getattr(before, key), getattr(after, key)
        if set(was) != set(now) and _counts(before, after, about):
            yield change(about, _moments(old, was), _moments(new, now))
    if before.optional != after.optional:
        words = {True: "право", False: "обязанность"}
        yield change(About.STEP, words[before.optional], words[after.optional])
    if before.warning != after.warning or before.extension != after.extension:
        yield change(About.STEP, _extras(old, before), _extras(new, after))


def _is_of(act: Act, role: str) -> str:
    return next((item.is_.value for item in act.people.roles if item.role == role), role)


def _counts(before: Step, after: Step, about: About) -> bool:
    """Where neither has a term, the start of a count that never runs is no change for anybody."""
    has_term = {"none"} != {before.term.kind.value, after.term.kind.value}
    return has_term or about is About.END


def _moments(act: Act, moments: Sequence[Any]) -> str:
    return " или ".join(moment_words(act, moment) for moment in moments) or "ничто"


def _extras(act: Act, step: Step) -> str:
    said = []
    if step.extension is not None:
        said.append(f"продление: {role_words(act, step.extension.by)}, {term_words(act, step.extension.at_most)}")
    if step.warning is not None:
        said.append(f"предупреждение: {role_words(act, step.warning.to)}, {term_words(act, step.warning.before)}")
    return "; ".join(said) or "без продления и предупреждения"


def _meaning(term: Term) -> dict[str, Any]:
    """What a term does; not how the act writes it."""
    return term.model_dump(exclude={"literal", "reading", "reason"})


# --- Policies ---


def _policies(old: Act, new: Act) -> Iterator[Change]:
    for name, title in POLICIES.items():
        was, now = getattr(old.policies, name), getattr(new.policies, name)
        if isinstance(was, tuple) or isinstance(now, tuple):
            yield from _lists(old, new, title, _by_name(was), _by_name(now))
        elif _policy_meaning(was) != _policy_meaning(now):
            yield _policy_change(old, new, title, was, now)


def _lists(old: Act, new: Act, title: str, was: dict[str, Source], now: dict[str, Source]) -> Iterator[Change]:
    for name, entry in now.items():
        if name not in was:
            yield _policy_change(old, new, title, None, entry)
        elif _policy_meaning(was[name]) != _policy_meaning(entry):
            yield _policy_change(old, new, title, was[name], entry)
    for name, entry in was.items():
        if name not in now:
            yield _policy_change(old, new, title, entry, None)


def _by_name(entries: tuple[Source, ...]) -> dict[str, Source]:
    return {_name(entry, index): entry for index, entry in enumerate(entries)}


def _name(entry: Source, index: int) -> str:
    key = next((key for key in NAMING if key in type(entry).model_fields), None)
    return str(index) if key is None else str(getattr(entry, key))


def _policy_meaning(entry: Source | None) -> dict[str, Any] | None:
    """What a policy does, to its innermost part; not the words it stands on."""
    return None if entry is None else {field: _plain(getattr(entry, field)) for field in _meant(entry)}


def _meant(entry: Source) -> list[str]:
    return [field for field in type(entry).model_fields if field not in Source.model_fields and field != "words"]


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return _policy_meaning(value) if isinstance(value, Source) else value


def _policy_change(old: Act, new: Act, title: str, was: Source | None, now: Source | None) -> Change:
    return Change(
        about=About.POLICY,
        rule=title,
        who=None,
        before=_policy_said(old, was, now),
        after=_policy_said(new, now, was),
        clause_before=was.clause if was is not None else None,
        clause_after=now.clause if now is not None else None,
    )


def _policy_said(act: Act, entry: Source | None, other: Source | None) -> str | None:
    """The name of the entry and, of its keys, those in which the two differ."""
    if entry is None:
        return None
    words = getattr(entry, "words", None)
    says = policy_says(act, entry, only=_differing(entry, other))
    if not isinstance(words, str):
        return says or "как обычно"
    named = "«{}»".format(words.replace("«", "„").replace("»", "“"))
    return f"{named} — {says}" if says else named


def _differing(entry: Source, other: Source | None) -> set[str] | None:
    """The keys in which two policies differ; None where there is nothing to compare with."""
    if other is None:
        return None
    fields = set(type(entry).model_fields)
    one, two = _policy_meaning(entry) or {}, _policy_meaning(other) or {}
    return {field for field in fields if one.get(field) != two.get(field)}


# --- Clauses ---


def _clauses(old: Act, new: Act) -> Iterator[Change]:
    """The clauses whose words an edition changed."""
    was = {item.clause: item.text for item in old.clauses}
    now = {item.clause: item.text for item in new.clauses}
    for clause in [*now, *(clause for clause in was if clause not in now)]:
        before, after = was.get(clause), now.get(clause)
        if normalised(before or "") != normalised(after or ""):
            rule = f"Текст, {clause_words(clause)}"
            yield Change(About.CLAUSE, rule, None, _quoted(before), _quoted(after), None, None)


def _quoted(text: str | None) -> str | None:
    return None if text is None else f"«{text}»"


def _said(words: str | None, clause: str | None) -> str:
    return f"{words} ({clause_words(clause)})" if clause else f"{words}"
