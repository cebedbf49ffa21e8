"""The words of the process: refusals, commands, events, stages, in Russian and English. One catalogue for every door.

The core raises codes with facts; here they become sentences. `refusal_words` gives the whole: what is wrong, on which
words of the act, who may do what next. Facts that are names of the act (a role, an importance, a ground) are given in
the act's own words.
"""

from collections.abc import Mapping, Sequence
from string import Formatter
from typing import Any, Literal

from otklik.process.catalogue.commands import COMMANDS
from otklik.process.catalogue.events import EVENTS
from otklik.process.catalogue.plain import REPLIES, STAGES, STATES, VALUES
from otklik.process.catalogue.refusals import REFUSALS
from otklik.process.commands import CommandName
from otklik.process.events import EventKind
from otklik.process.refusal import Refusal
from otklik.process.state import ReplyKind, Stage
from otklik.regulation.model import Act

Language = Literal["ru", "en"]
NOTHING = "—"


def command_title(name: CommandName, language: Language = "ru") -> str:
    """What the button of a command says, where the act has no title for it."""
    return COMMANDS[name][_place(language)]


def event_title(kind: EventKind, language: Language = "ru") -> str:
    """What the journal says happened."""
    return EVENTS[kind][_place(language)]


def stage_words(stage: Stage, language: Language = "ru") -> str:
    return STAGES[stage][_place(language)]


def reply_words(reply: ReplyKind, language: Language = "ru") -> str:
    return REPLIES[reply][_place(language)]


def state_words(states: str, language: Language = "ru") -> str:
    """What a draft states: measures, progress, a refutation."""
    return STATES[states][_place(language)] if states in STATES else states


def refusal_words(refusal: Refusal, act: Act, language: Language = "ru") -> str:
    """The whole refusal in sentences: the reason, the words of the act, who may do what next."""
    sentences = [reason_words(refusal, act, language)]
    if refusal.clause and refusal.quote:
        clause = {"ru": "Пункт {}: «{}».", "en": "Clause {}: «{}»."}[language]
        sentences.append(clause.format(refusal.clause, refusal.quote.rstrip(".")))
    steps = [command_title(name, language) for name in refusal.next]
    roles = [role_words(name, act) for name in refusal.who_may]
    if steps:
        lead = {"ru": "Что можно сделать: {}", "en": "What can be done: {}"}[language].format("; ".join(_lower(steps)))
        who = {"ru": " ({})", "en": " ({})"}[language].format(", ".join(roles)) if roles else ""
        sentences.append(f"{lead}{who}.")
    elif roles:
        sentences.append({"ru": "Это может: {}.", "en": "This may be done by: {}."}[language].format(", ".join(roles)))
    return " ".join(sentences)


def reason_words(refusal: Refusal, act: Act, language: Language = "ru") -> str:
    """The first sentence alone: why not."""
    template = REFUSALS[refusal.code][_place(language)]
    words = {key: _fact(key, value, act, language) for key, value in refusal.facts.items()}
    return _Lenient().vformat(template, (), words)


def role_words(name: str, act: Act) -> str:
    """The act's own word for one of its roles."""
    return next((role.words for role in act.people.roles if role.role == name), name)


class _Lenient(Formatter):
    """A fact that a refusal does not carry is a dash, never an error at the door."""

    def get_value(self, key: int | str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
        del args
        return kwargs.get(str(key), NOTHING)


def _place(language: Language) -> int:
    return 0 if language == "ru" else 1


def _lower(titles: Sequence[str]) -> list[str]:
    return [title[:1].lower() + title[1:] for title in titles]


def _fact(key: str, value: object, act: Act, language: Language) -> str:
    """A fact in words: lists are joined, names of the act become its words, codes of ours become sentences' words."""
    if value is None or value in ("", (), []):
        return NOTHING
    if isinstance(value, list | tuple):
        return ", ".join(_fact(key, item, act, language) for item in value)
    named = _act_words(key, str(value), act)
    if named is not None:
        return named
    known = VALUES.get(str(value))
    return known[_place(language)] if known else str(value)


def _act_words(key: str, value: str, act: Act) -> str | None:
    """The act's words for one of its own names; `known` and `named` may be any of them."""
    policies = act.policies
    tables: dict[str, dict[str, str]] = {
        "kind": {item.kind: item.words for item in policies.message_kinds},
        "importance": {item.importance: item.words for item in policies.importance},
        "now": {item.importance: item.words for item in policies.importance},
        "ground": {
            **{item.ground: item.words for item in policies.review.grounds},
            **{item.ground: item.words for item in policies.exclusions},
        },
        "procedure": {item.procedure: item.words for item in policies.other_procedures},
        "outcome": {item.outcome: item.words for item in policies.outcomes},
        "role": {item.role: item.words for item in act.people.roles},
        "step": {item.step: f"«{item.title}»" for item in act.steps},
    }
    if key in {"known", "named"}:
        tables[key] = {name: words for table in reversed(tables.values()) for name, words in table.items()}
    return tables.get(key, {}).get(value)
