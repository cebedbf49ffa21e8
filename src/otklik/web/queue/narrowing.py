"""The bar in which filters are chosen, and the chips that say which are in force and take them off."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from otklik.incidents import queue
from otklik.incidents.filters import Filters, Holder, Term
from otklik.orgs import access as orgs
from otklik.orgs.models import Person
from otklik.process.refusal_words import stage_words
from otklik.process.state import Stage
from otklik.regulation.editions import resolve
from otklik.regulation.model import Act
from otklik.web.networks import NETWORKS, network
from otklik.web.queue.address import Address
from otklik.web.view import Choice, Field, FieldKind, Link
from otklik.web.words import day as day_words

TERMS = {
    Term.LATE: "просрочен",
    Term.SOON: "ближайшие два часа",
    Term.TODAY: "до конца дня",
    Term.NONE: "срок не идёт",
}
NOBODY = "никто не взял"
LABELS = {
    "stage": "Состояние",
    "term": "Срок",
    "topic": "Тема",
    "place": "Место",
    "importance": "Важность",
    "network": "Площадка",
    "unit": "Орган",
    "person": "Сотрудник",
    "kind": "Вид",
    "since_on": "Выявлено с",
    "until_on": "Выявлено по",
    "query": "Поиск",
}


def bar(person: Person, now: dt.datetime, filters: Filters) -> tuple[Field, ...]:
    """The fields, filled with what is chosen: everything that this person could narrow their lists by."""
    acts = _acts(person)
    fields = (
        _select("state", "stage", [(stage.value, stage_words(stage)) for stage in Stage if stage is not Stage.NONE]),
        _select("term", "term", [(term.value, words) for term, words in TERMS.items()]),
        _select("topic", "topic", [(topic, topic) for topic in queue.topics(person, now)]),
        Field(name="place", label=LABELS["place"], max_length=200, placeholder="улица, село, дом"),
        _select("importance", "importance", _importances(acts)),
        _select("network", "network", [(code, one.name) for code, one in NETWORKS.items()]),
        _select("unit", "unit", [(str(unit.pk), unit.name) for unit in orgs.units(person)]),
        _select("person", "person", [(Holder.NOBODY.value, NOBODY), *_people(person)]),
        _select("kind", "kind", _kinds(acts)),
        Field(name="since", label=LABELS["since_on"], kind=FieldKind.DATE),
        Field(name="until", label=LABELS["until_on"], kind=FieldKind.DATE),
    )
    chosen = Address(filters=filters).values()
    return tuple(_filled(field, chosen.get(field.name, "")) for field in fields if _is_a_choice(field, chosen))


def chips(person: Person, address: Address, today: dt.date) -> tuple[Link, ...]:
    """A chip for each filter in force; its address takes it off. The search stands in its own field."""
    filters = address.filters
    return tuple(
        Link(label=f"{LABELS[name]}: {words}", url=address.without(name).url)
        for name, words in _in_force(person, filters, today)
        if words
    )


def _in_force(person: Person, filters: Filters, today: dt.date) -> Iterator[tuple[str, str]]:
    acts = _acts(person) if filters.importance or filters.kind else ()
    yield "stage", stage_words(Stage(filters.stage)) if filters.stage else ""
    yield "term", TERMS[filters.term] if filters.term else ""
    yield "topic", filters.topic
    yield "place", filters.place
    yield "importance", dict(_importances(acts)).get(filters.importance, filters.importance)
    yield "network", network(filters.network).name if filters.network else ""
    yield "unit", _unit(person, filters.unit)
    yield "person", _holder(person, filters.person)
    yield "kind", dict(_kinds(acts)).get(filters.kind, filters.kind)
    yield "since_on", day_words(filters.since_on, today) if filters.since_on else ""
    yield "until_on", day_words(filters.until_on, today) if filters.until_on else ""


def _unit(person: Person, pk: int | None) -> str:
    if pk is None:
        return ""
    return orgs.units(person).filter(pk=pk).values_list("name", flat=True).first() or f"№ {pk}"


def _holder(person: Person, holder: int | Holder | None) -> str:
    if holder is None or holder is Holder.NOBODY:
        return NOBODY if holder else ""
    return orgs.people(person).filter(pk=holder).values_list("full_name", flat=True).first() or f"№ {holder}"


def _people(person: Person) -> Iterator[tuple[str, str]]:
    rows = orgs.people(person).filter(is_active=True).order_by("full_name", "pk")
    return ((str(pk), name) for pk, name in rows.values_list("pk", "full_name"))


def _acts(person: Person) -> tuple[Act, ...]:
    names = orgs.organisations(person).exclude(act="").order_by("act").values_list("act", flat=True).distinct()
    return tuple(resolve(name).act for name in names)


def _importances(acts: Iterable[Act]) -> list[tuple[str, str]]:
    return list({one.importance: one.words for act in acts for one in act.policies.importance}.items())


def _kinds(acts: Iterable[Act]) -> list[tuple[str, str]]:
    return list({one.kind: one.words for act in acts for one in act.policies.message_kinds}.items())


def _select(name: str, label: str, choices: Iterable[tuple[str, str]]) -> Field:
    offered = (Choice(value=value, label=words) for value, words in choices)
    return Field(
        name=name, label=LABELS[label], kind=FieldKind.SELECT, choices=(Choice(value="", label="все"), *offered)
    )


def _is_a_choice(field: Field, chosen: Mapping[str, str]) -> bool:
    """An act with one class of importance leaves nothing to choose from."""
    return (
        field.name in chosen or field.kind is not FieldKind.SELECT or len(field.choices) > 2
    )  # «все» and the only one


def _filled(field: Field, value: str) -> Field:
    """With what is chosen; a value that is no choice any more is shown as it is."""
    if field.kind is not FieldKind.SELECT:
        return replace(field, value=value)
    known = {choice.value for choice in field.choices}
    choices = (*field.choices, *(() if value in known else (Choice(value=value, label=value),)))
    return replace(field, choices=tuple(replace(choice, checked=choice.value == value) for choice in choices))
