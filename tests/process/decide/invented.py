"""An invented act for what none of the five has: a visa, outcomes, a first response, an extension told to the author,
replies from a base, an operator who consolidates, a term set by a person, two interim replies."""

from functools import cache
from typing import Any

from otklik.regulation.model import Act

SOURCE: dict[str, Any] = {"clause": "1", "quote": "порядок"}


def _source(clause: str, quote: str = "порядок") -> dict[str, Any]:
    return {"clause": clause, "quote": quote}


def _role(role: str, ours: str, **more: Any) -> dict[str, Any]:
    return {**_source("2"), "role": role, "is": ours, "words": role, **more}


def _hours(amount: int, **more: Any) -> dict[str, Any]:
    return {"literal": f"{amount} часов", "amount": amount, "unit": "hour", **more}


def _step(clause: str, step: str, kind: str, role: str, starts: str, ends: str, **more: Any) -> dict[str, Any]:
    return {
        **_source(clause),
        "step": step,
        "kind": kind,
        "title": f"Шаг {step}",
        "role": role,
        "starts_on": starts.split(),
        "ends_on": ends.split(),
        "term": _hours(4),
        **more,
    }


_EXTENSION = {
    **_source("9", "срок может быть продлён"),
    "by": "curator",
    "at_most": _hours(8),
    "times": 1,
    "announce_to_author": True,
}

_STEPS = (
    _step("3", "first", "publish", "operator", "selected", "first_response"),
    _step("4", "select", "select", "curator", "detected", "selected"),
    _step("5", "route", "hand_over", "curator", "detected", "routed"),
    _step("6", "part", "request_part", "executor", "part_requested", "part_in", per_part=True),
    _step("6", "common", "consolidate", "operator", "part_in", "draft_in"),
    _step("7", "draft", "draft", "executor", "routed", "draft_in", term={"kind": "set_by_person", "set_by": "curator"}),
    _step("8", "visa", "visa", "body_head", "routed", "draft_in", term={"kind": "none"}),
    _step("8", "review", "review", "curator", "draft_in", "approved sent_back", anew_on=["draft_in"]),
    _step("8", "rework", "rework", "executor", "sent_back", "draft_in", anew_on=["sent_back"]),
    _step("9", "publish", "publish", "publisher", "approved", "published interim_published clarification_published"),
    _step(
        "9",
        "reply",
        "reply",
        "executor",
        "detected",
        "published interim_published",
        term=_hours(24),
        extension=_EXTENSION,
    ),
    _step("9", "tell", "tell_author", "operator", "extended", "author_told"),
    _step("10", "significance", "confirm", "curator", "detected", "significance_confirmed", term={"kind": "none"}),
    _step("10", "report", "report", "deputy", "significance_confirmed", "reported"),
)

_POLICIES: dict[str, Any] = {
    "message_kinds": [{**_source("1"), "kind": "message", "words": "сообщение"}],
    "importance": [
        {**_source("1"), "importance": "normal", "words": "обычное"},
        {**_source("1"), "importance": "high", "words": "важное", "shortened": True},
        {**_source("1"), "importance": "governor", "words": "эфир губернатора", "given_by": ["deputy"]},
    ],
    "routing": _source("5"),
    "parts": {**_source("6"), "order": "set_by_curator", "consolidated_by": "operator"},
    "review": {**_source("8"), "by": "curator", "reasons": "required", "visa_by": "body_head"},
    "interim": {**_source("9"), "at_most": 2},
    "clarification": {**_source("9"), "ends_reply_term": False},
    "repeats": {**_source("11"), "without_new_facts": "base_of_replies", "with_new_facts": "whole_process"},
    "publishing": {
        **_source("9"),
        "by": "publisher",
        "own_account_fallback": True,
        "fallback_needs_author_link": False,
    },
    "outcomes": [
        {**_source("12"), "outcome": "satisfied", "words": "автор доволен"},
        {**_source("12"), "outcome": "neutral", "words": "нейтрально"},
        {**_source("12"), "outcome": "unsatisfied", "words": "автор недоволен"},
    ],
    "immediate_reports": [
        {**_source("10"), "about": ["high_importance"], "confirmed_by_person": True, "to": "deputy", "by": "deputy"}
    ],
    "exclusions": [
        {**_source("13"), "ground": "spam", "words": "спам", "effect": "no_reply", "may_block_author": True}
    ],
}

_DOCUMENT: dict[str, Any] = {
    "format": 1,
    "act": "invented",
    "title": "Выдуманный порядок",
    "short_title": "Выдуманный",
    "issued_by": "Никто",
    "in_force": {},
    "place": {
        "name": "Нигде",
        "zone": "Europe/Moscow",
        "calendar": "none",
        "schedule": {"week": {day: ["09:00-18:00"] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}},
        "assumption": "выдумано",
    },
    "people": {
        "roles": [
            _role("operator", "operator"),
            _role("curator", "curator"),
            _role("executor", "executor"),
            _role("body_head", "specialist"),
            _role("publisher", "publisher"),
            _role("deputy", "responsible", not_below="deputy_head"),
        ]
    },
    "moments": [],
    "steps": list(_STEPS),
    "policies": _POLICIES,
    "clauses": [{"clause": str(number), "text": "порядок"} for number in range(1, 14)],
}


@cache
def invented_act() -> Act:
    return Act.model_validate(_DOCUMENT)
