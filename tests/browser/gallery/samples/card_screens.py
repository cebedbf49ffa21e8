"""Cards in every state, and the pages of commands."""

import dataclasses
from typing import Any

from otklik.web.card.reply_view import DraftView
from otklik.web.card.view import CardPage, CommandPage, Here, NextStep, StepPlace, Task
from otklik.web.view import Choice, Field, FieldKind, Form, Level, Notice
from tests.browser.gallery.samples import card
from tests.browser.gallery.samples.common import ISTOMIN, POPOV, ROCHEVA, SMETANIN, VK, Screen, at, running, why

KEY = 349
COMMAND_ID = "44444444-4444-4444-8444-444444444444"
BODIES = (
    Choice(value="", label="Выберите орган"),
    Choice(value="roads", label="МКУ «Городские дороги»", hint="обычно по теме «Дороги»", group="Подсказка"),
    Choice(value="zhkh", label="Управление жилищно-коммунального хозяйства", group="Все органы"),
    Choice(value="edu", label="Управление образования", group="Все органы"),
)
ROUTE = NextStep(
    title="Направьте профильному Исполнителю",
    place=StepPlace.HERE,
    text="Кому из органов решать этот вопрос?",
    clause="8",
    button="Направить",
    command="route",
    form=Form(
        command_id=COMMAND_ID,
        fields=(
            Field(name="body", label="Орган", kind=FieldKind.SELECT, choices=BODIES, required=True),
            Field(name="note", label="Поручение", kind=FieldKind.TEXTAREA, rows=2),
        ),
    ),
    chronometer=running("Направить профильному Исполнителю", 8, of=60, due=at(27, 14, 18), key="next"),
)
WRITE = NextStep(
    title="Подготовьте ответ",
    place=StepPlace.DRAFT,
    text="Проект пойдёт Исполнителю на согласование.",
    clause="10",
    button="Направить на согласование",
    chronometer=running(
        "Направить проект ответа",
        40,
        of=240,
        due=at(27, 14, 50),
        key="next",
        notes=("сегодня рабочий день короче на час",),
        why=why("10", literal="за 4 рабочих часа до истечения срока"),
    ),
)
APPROVE = NextStep(
    title="Согласуйте ответ или верните",
    place=StepPlace.REVIEW,
    clause="11",
    button="Согласовать",
    chronometer=running("Согласовать", 52, of=60, due=at(27, 15, 2), key="next"),
)
PUBLISH = NextStep(
    title="Разместите ответ",
    place=StepPlace.PUBLICATION,
    text="Согласован сегодня в 13:40.",
    clause="14",
    button="Разместить ответ",
    chronometer=running("Разместить ответ", 30, of=60, due=at(27, 14, 40), key="next"),
)
WAIT = NextStep(
    title="Ждём согласования",
    place=StepPlace.WAITING,
    text="Когда согласуют или вернут, карточка появится в вашей очереди.",
    waiting_for=ROCHEVA,
    chronometer=running("Согласовать", 52, of=60, due=at(27, 15, 2), key="next"),
)
CLOSED = NextStep(
    title="Ответ размещён, срок соблюдён", place=StepPlace.DONE, text="Автор ответит, и инцидент откроется снова."
)
SENDING = NextStep(title="Ждём подтверждения сети", place=StepPlace.WAITING, text="Делать ничего не нужно.")
SELECT = NextStep(
    title="Решите, нужна ли реакция",
    place=StepPlace.TASK,
    text="Сообщение попадёт в работу или будет снято с основанием.",
    clause="8",
    button="Принять в работу",
    chronometer=running("Направить профильному Исполнителю", 8, of=60, due=at(27, 14, 18), key="next"),
)
SELECT_TASK = Task(
    command="select",
    title="Отбор сообщения",
    clause="21",
    quote="Настоящий Порядок не распространяется на обращения граждан в соответствии с Федеральным законом № 59-ФЗ",
    form=Form(
        command_id=COMMAND_ID,
        fields=(
            Field(
                name="decision",
                label="Что это",
                kind=FieldKind.RADIOS,
                required=True,
                choices=(
                    Choice(value="incident", label="Инцидент: нужна реакция", checked=True),
                    Choice(
                        value="other",
                        label="Другой порядок",
                        hint="обращение по 59-ФЗ, жалоба на услугу, закупки",
                        clause="21",
                    ),
                    Choice(
                        value="excluded",
                        label="Не подлежит ответу",
                        hint="оскорбления, угрозы, намерение навредить",
                        clause="18",
                    ),
                ),
            ),
            Field(name="topic", label="Тема", value="Дороги", required=True),
            Field(name="place", label="Место", value="ул. Садовая, 14"),
        ),
    ),
)
ASKED = NextStep(
    title="Дайте информацию для общего ответа",
    place=StepPlace.TASK,
    clause="16",
    button="Передать информацию",
    chronometer=running("Подготовить информацию", 35, of=120, due=at(27, 14, 45), key="next"),
)
PART_TASK = Task(
    command="part",
    title="Информация для общего ответа",
    lead="Когда закончен ремонт теплотрассы и кто принимал работы?",
    form=Form(
        command_id=COMMAND_ID,
        fields=(
            Field(
                name="text", label="Информация в части ваших полномочий", kind=FieldKind.TEXTAREA, rows=6, required=True
            ),
            Field(name="files", label="Файлы", kind=FieldKind.FILES),
        ),
    ),
)


def _card(step: NextStep, state: str, **others: Any) -> CardPage:
    given: dict[str, Any] = {
        "key": KEY,
        "number": "2026-000349",
        "title": "Яма на проезжей части, ул. Садовая, 14",
        "network": VK,
        "state": state,
        "messages": (card.MAIN,),
        "next_step": step,
        "ladder": card.LADDER,
        "journal": card.JOURNAL,
        "act": card.ACT,
        "actions": card.ACTIONS,
        "tags": card.TAGS,
        "people": (ROCHEVA, ISTOMIN, SMETANIN),
        "related": card.RELATED,
        "back_url": "/",
        "back_label": "Ждут меня",
        "legal_note": "Не обращение по 59-ФЗ (п. 21)",
    }
    return CardPage(**{**given, **others})


def _read_only(draft: DraftView) -> DraftView:
    return dataclasses.replace(draft, editable=False, findings=())


REWORK = dataclasses.replace(
    card.DRAFT,
    remarks="Кто чинит и к какому дню? Фото приложите с места, не из архива.",
    remarks_by="Рочева Е. В.",
    grounds=("носит формальный характер, нет сроков",),
    findings=card.FINDINGS,
    form=Form(command_id=COMMAND_ID, errors=("Проект не направлен: приложите фото, видео или скан акта (п. 10).",)),
    text=card.OLD_REPLY,
)
INTERIM = dataclasses.replace(
    card.DRAFT,
    kinds=(
        Choice(value="final", label="Ответ"),
        Choice(
            value="interim",
            label="Промежуточный ответ",
            checked=True,
            hint="Окончательный ответ через 7 рабочих дней (п. 17).",
        ),
    ),
    impossibility="Нужна экспертиза основания дороги, её делают за пять дней.",
    findings=(),
    versions=(),
    attachments=(),
)
CONFLICTED = dataclasses.replace(card.DRAFT, conflict=card.CONFLICT)
DANGER = CommandPage(
    key=KEY,
    number="2026-000349",
    command="exclude",
    title="Снять с рассмотрения",
    excerpt="Яма на Садовой у четырнадцатого дома, уже второе колесо за месяц!",
    danger=True,
    consequences=(
        "Автору не ответят, сообщение не будет обработано.",
        "Сроки остановятся; снятие с основанием останется в журнале.",
        "Истомин Р. С. и Попов Н. Е. увидят, что работать больше не нужно.",
    ),
    undo="Вернуть в работу может Исполнитель; сроки пойдут от прежнего начала.",
    clause="18",
    quote="Не подлежат обработке и ответу сообщения из открытых источников, в которых содержатся",
    form=Form(
        button="Снять с рассмотрения",
        command_id=COMMAND_ID,
        fields=(
            Field(
                name="ground",
                label="Основание",
                kind=FieldKind.RADIOS,
                required=True,
                errors=("Выберите основание: без него снять нельзя.",),
                choices=(
                    Choice(value="obscenity", label="нецензурные либо оскорбительные выражения"),
                    Choice(value="threat", label="угрозы жизни, здоровью и имуществу должностного лица"),
                    Choice(value="harm", label="намерение причинить вред другому лицу"),
                ),
            ),
        ),
    ),
)
PLAIN = CommandPage(
    key=KEY,
    number="2026-000349",
    command="return",
    title="Вернуть: не наша компетенция",
    lead="Сообщение вернётся Исполнителю, он направит его другому органу. Срок ответа автору от этого не сдвинется.",
    clause="9",
    quote="профильный Исполнитель в течение 1 рабочего часа с момента поступления сообщения возвращает данное",
    chronometer=running("Вернуть", 22, of=60, due=at(27, 14, 32), key="command"),
    form=Form(
        button="Вернуть Исполнителю",
        command_id=COMMAND_ID,
        fields=(
            Field(name="reason", label="Чья это компетенция и почему", kind=FieldKind.TEXTAREA, rows=3, required=True),
            Field(name="due_at", label="Когда поступило", kind=FieldKind.DATETIME, value="2026-11-27T13:32"),
        ),
    ),
)
REFUSED = Notice(
    level=Level.ERROR,
    title="Не сделано: инцидент уже направлен",
    text="Его направила Рочева Е. В. сегодня в 13:58. Чтобы сменить орган, дождитесь возврата (п. 9).",
)


def _screen(page: CardPage, **frame: Any) -> Screen:
    return Screen(template="card/page.html", context={"page": page}, frame=frame)


CARD_SCREENS = {
    "card-select": _screen(_card(SELECT, "Новое", task=SELECT_TASK, ladder=card.LADDER[3:], tags=card.TAGS[2:3])),
    "card-route": _screen(_card(ROUTE, "Ждёт направления", notices=(REFUSED,))),
    "card-draft": _screen(
        _card(
            WRITE,
            "Готовится ответ",
            state_note="Направлено в МКУ «Городские дороги» вчера, 15:48.",
            draft=card.DRAFT,
            messages=(card.MAIN, card.QUESTION, card.ANSWER),
            here=Here(looking=("Канев А. И.",)),
        ),
        user=ISTOMIN,
    ),
    "card-rework": _screen(
        _card(WRITE, "На доработке", draft=REWORK, ladder=(*card.LADDER[:3], card.FAILED, *card.LADDER[3:])),
        user=ISTOMIN,
    ),
    "card-interim": _screen(_card(WRITE, "Готовится ответ", draft=INTERIM), user=ISTOMIN),
    "card-conflict": _screen(_card(WRITE, "Готовится ответ", draft=CONFLICTED), user=ISTOMIN),
    "card-review": _screen(_card(APPROVE, "На согласовании", draft=_read_only(card.DRAFT), review=card.REVIEW)),
    "card-review-fault": _screen(
        _card(APPROVE, "На согласовании", draft=_read_only(card.DRAFT), review=card.REVIEW_FAULT)
    ),
    "card-publish": _screen(_card(PUBLISH, "Согласован", publications=(card.READY,))),
    "card-unknown": _screen(_card(SENDING, "Размещается", publications=(card.UNKNOWN,), actions=())),
    "card-published": _screen(_card(CLOSED, "Отвечено", publications=(card.PUBLISHED,), draft=None)),
    "card-waiting": _screen(_card(WAIT, "На согласовании", draft=_read_only(card.DRAFT)), user=ISTOMIN),
    "card-part": _screen(_card(ASKED, "Запрошена информация", parts=card.PARTS, task=PART_TASK), user=POPOV),
    "command": Screen(template="card/command.html", context={"page": PLAIN}),
    "command-danger": Screen(template="card/command.html", context={"page": DANGER}),
}
