"""Acting on many rows: the page that asks to whom, and the page that says what became of each."""

import datetime as dt
from collections.abc import Iterable, Sequence
from uuid import uuid4

from django.http import QueryDict
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from otklik.incidents import access
from otklik.incidents.bulk import AIMED, LONGEST_ID, MOST, Back, BulkAct, Done, Wanted
from otklik.incidents.models import Incident
from otklik.orgs import access as orgs
from otklik.orgs.models import Person
from otklik.process.refusal_words import refusal_words
from otklik.web.queue import deciding
from otklik.web.queue.view import BulkPage, Item
from otklik.web.view import Choice, Field, FieldKind
from otklik.web.words import counted

MESSAGES = "сообщение|сообщения|сообщений"
TITLES = {
    BulkAct.TAKE: "Взять в работу",
    BulkAct.ROUTE: "Направить в орган",
    BulkAct.ASSIGN: "Назначить сотрудника",
    BulkAct.SELECT: "Отобрать",
    BulkAct.KIND: "Отобрать с другим видом",
    BulkAct.EXCLUDE: "Не отвечать",
    BulkAct.ELSEWHERE: "Другой порядок",
    BulkAct.LEAVE_OUT: "Реагирования не требует",
    BulkAct.REOPEN: "Вернуть к отбору",
}
BUTTONS = {
    BulkAct.ROUTE: "Направить",
    BulkAct.ASSIGN: "Назначить",
    BulkAct.SELECT: "Отобрать",
    BulkAct.KIND: "Отобрать",
    BulkAct.EXCLUDE: "Не отвечать",
    BulkAct.ELSEWHERE: "Отправить своим порядком",
    BulkAct.LEAVE_OUT: "Убрать из работы",
}
DONE = {
    BulkAct.TAKE: "взято в работу",
    BulkAct.ROUTE: "направлено",
    BulkAct.ASSIGN: "назначено",
    BulkAct.SELECT: "отобрано",
    BulkAct.KIND: "отобрано, вид изменён",
    BulkAct.EXCLUDE: "ответа не будет",
    BulkAct.ELSEWHERE: "идёт своим порядком",
    BulkAct.LEAVE_OUT: "реагирования не требует",
    BulkAct.REOPEN: "возвращено",
}
NO_ROLE = "У этого сотрудника нет роли, которой сейчас ждёт сообщение. Выберите другого."
SEPARATOR = ":"
LONGEST_NOTE = 2000


def asking(person: Person, now: dt.datetime, act: BulkAct, ids: Sequence[int], back_url: str) -> BulkPage:
    """The page with what has to be known first: a body, a person, a ground."""
    seen = access.visible_to(person, now).in_bulk(list(ids)[:MOST])
    chosen = [seen[pk] for pk in ids if pk in seen]
    items = tuple(_item(one) for one in chosen)
    return BulkPage(
        title=f"{TITLES[act]}: {counted(len(items), MESSAGES)}",
        act=act.value,
        items=items,
        back_url=back_url,
        command_id=str(uuid4()),
        fields=_fields(person, act, chosen) if items else (),
        button=BUTTONS.get(act, ""),
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


def wanted_of(post: QueryDict) -> tuple[Wanted, list[str]] | None:
    """What is asked for and of which rows: `do` of a row's own button, else `act` for all that are marked."""
    act, row, target, critical = [*post.get("do", "").split(SEPARATOR, 3), "", "", "", ""][:4]
    if row:
        ids = [row]
    else:
        act, target, critical = post.get("act", ""), post.get("target", ""), post.get("critical", "")
        ids = post.getlist("ids")
    if act not in set(BulkAct) - {BulkAct.REOPEN}:
        return None
    note = post.get("note", "").strip()[:LONGEST_NOTE]
    return Wanted(BulkAct(act), target.strip()[:LONGEST_NOTE], note, bool(critical)), ids


def must_ask(wanted: Wanted, post: QueryDict, chosen: Iterable[Incident]) -> bool:
    """Whether something has to be known first. A row's own button has said it all but a target."""
    if wanted.act is not BulkAct.SELECT:
        return wanted.act in AIMED and not wanted.target
    return "do" not in post and "decided" not in post and bool(deciding.fields(wanted.act, chosen))


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


def _fields(person: Person, act: BulkAct, chosen: Iterable[Incident]) -> tuple[Field, ...]:
    if act in deciding.ACTS:
        return deciding.fields(act, chosen)
    if act is BulkAct.ROUTE:
        units = orgs.units(person).filter(is_active=True)
        offered = tuple(Choice(value=key, label=name) for key, name in units.values_list("key", "name"))
    else:
        people = orgs.people(person).filter(is_active=True, role_holdings__isnull=False).distinct()
        names = people.order_by("full_name", "pk").values_list("pk", "full_name")
        offered = tuple(Choice(value=str(pk), label=name) for pk, name in names)
    field = Field(
        name="target",
        label="Куда" if act is BulkAct.ROUTE else "Кому",
        kind=FieldKind.SELECT,
        choices=(Choice(value="", label="выберите"), *offered),
        required=True,
    )
    return (field,)
