"""Acting on many rows: the page that asks to whom, and the page that says what became of each."""

import datetime as dt
from collections.abc import Iterable, Sequence
from uuid import uuid4

from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from otklik.incidents import access
from otklik.incidents.bulk import LONGEST_ID, MOST, Back, BulkAct, Done
from otklik.incidents.models import Incident
from otklik.orgs import access as orgs
from otklik.orgs.models import Person
from otklik.process.refusal_words import refusal_words
from otklik.web.queue.view import BulkPage, Item
from otklik.web.view import Choice, Field, FieldKind
from otklik.web.words import counted

MESSAGES = "сообщение|сообщения|сообщений"
TITLES = {
    BulkAct.TAKE: "Взять в работу",
    BulkAct.ROUTE: "Направить в орган",
    BulkAct.ASSIGN: "Назначить сотрудника",
}
BUTTONS = {BulkAct.ROUTE: "Направить", BulkAct.ASSIGN: "Назначить"}
DONE = {BulkAct.TAKE: "взято в работу", BulkAct.ROUTE: "направлено", BulkAct.ASSIGN: "назначено"}
NO_ROLE = "У этого сотрудника нет роли, которой сейчас ждёт сообщение. Выберите другого."
SEPARATOR = ":"


def asking(person: Person, now: dt.datetime, act: BulkAct, ids: Sequence[int], back_url: str) -> BulkPage:
    """The page with the choice of a body or of a person."""
    seen = access.visible_to(person, now).in_bulk(list(ids)[:MOST])
    items = tuple(_item(seen[pk]) for pk in ids if pk in seen)
    return BulkPage(
        title=f"{TITLES[act]}: {counted(len(items), MESSAGES)}",
        act=act.value,
        items=items,
        back_url=back_url,
        command_id=str(uuid4()),
        field=_field(person, act) if items else None,
        button=BUTTONS[act],
        problem="" if items else "Ничего не выбрано: отметьте строки в списке.",
    )


def told(act: BulkAct, done: Iterable[Done], back_url: str, *, is_undoing: bool = False) -> BulkPage:
    """What became of each; the refused first."""
    found = sorted(done, key=lambda one: one.is_done)
    well = sum(one.is_done for one in found)
    words = "возвращено" if is_undoing else DONE[act]
    return BulkPage(
        title=f"{words.capitalize()}: {well} из {len(found)}",
        act=act.value,
        items=tuple(_item(one.incident, _says(one, words), is_done=one.is_done) for one in found),
        back_url=back_url,
        command_id=str(uuid4()),
        problem="" if found else "Ничего не выбрано: отметьте строки в списке.",
        undo=tuple(_written(one.back) for one in found if one.back is not None),
    )


def backs(given: Iterable[str]) -> list[Back]:
    """The ways back out of the hidden fields; whatever cannot be read leads nowhere."""
    found = []
    for value in given:
        incident, act, target = [*value.split(SEPARATOR, 2), "", ""][:3]
        if incident.isascii() and incident.isdecimal() and len(incident) <= LONGEST_ID and act in set(BulkAct):
            found.append(Back(int(incident), BulkAct(act), target))
    return found


def safe_back(given: str) -> str:
    """Where the list was; the queue, if that is no address of ours."""
    is_ours = given.startswith("/") and url_has_allowed_host_and_scheme(given, allowed_hosts=None)
    return given if is_ours else reverse("queue")


def _written(back: Back) -> str:
    return SEPARATOR.join((str(back.incident_id), back.act.value, back.target))


def _item(incident: Incident, says: str = "", *, is_done: bool = True) -> Item:
    excerpt = incident.excerpt or "(без текста)"
    return Item(key=incident.pk, number=str(incident.number), excerpt=excerpt, says=says, is_done=is_done)


def _says(done: Done, words: str) -> str:
    if done.has_no_role:
        return NO_ROLE
    return words.capitalize() if done.refusal is None else refusal_words(done.refusal, done.act)


def _field(person: Person, act: BulkAct) -> Field:
    if act is BulkAct.ROUTE:
        units = orgs.units(person).filter(is_active=True)
        offered = tuple(Choice(value=key, label=name) for key, name in units.values_list("key", "name"))
    else:
        people = orgs.people(person).filter(is_active=True, role_holdings__isnull=False).distinct()
        names = people.order_by("full_name", "pk").values_list("pk", "full_name")
        offered = tuple(Choice(value=str(pk), label=name) for pk, name in names)
    return Field(
        name="target",
        label="Куда" if act is BulkAct.ROUTE else "Кому",
        kind=FieldKind.SELECT,
        choices=(Choice(value="", label="выберите"), *offered),
        required=True,
    )
