"""Which fields each command asks, made from the act and the incident. A command without a row here asks nothing."""

from collections.abc import Callable
from dataclasses import replace

from otklik.incidents import access, queries
from otklik.orgs import queries as orgs
from otklik.orgs import recipients
from otklik.process.commands import CommandName
from otklik.process.records import PartStatus
from otklik.process.refusal_words import reply_words, role_words
from otklik.process.state import Document, ReplyKind
from otklik.process.steps.terms import settable
from otklik.regulation.model.policies import ConsolidatedBy, PartsOrder
from otklik.web.card.desk import Desk
from otklik.web.view import Choice, Field, FieldKind
from otklik.web.words import first_words, near_moment

C = CommandName
Made = Callable[[Desk], tuple[Field, ...]]


def _text(name: str, label: str, *, hint: str = "", required: bool = False, rows: int = 3) -> Field:
    return Field(name=name, label=label, kind=FieldKind.TEXTAREA, hint=hint, required=required, rows=rows)


def _select(
    name: str, label: str, choices: list[Choice], *, hint: str = "", required: bool = True, ask: str = ""
) -> Field:
    """`ask`: where there is a choice nothing is chosen beforehand, so that nobody sends the first by a slip."""
    if ask and len(choices) > 1 and not any(one.checked for one in choices):
        choices = [Choice(value="", label=ask), *choices]
    return Field(name=name, label=label, kind=FieldKind.SELECT, choices=tuple(choices), hint=hint, required=required)


def _units(desk: Desk, *, but: str | None = None) -> list[Choice]:
    return [
        Choice(value=unit.key, label=unit.name)
        for unit in sorted(desk.units.values(), key=lambda unit: unit.name)
        if unit.is_active and unit.key != but
    ]


def _select_message(desk: Desk) -> tuple[Field, ...]:
    policies = desk.data.act.policies
    fields = []
    if len(policies.message_kinds) > 1:
        kinds = [
            Choice(value=one.kind, label=one.words, checked=one.kind == desk.data.state.kind)
            for one in policies.message_kinds
        ]
        fields.append(_select("kind", "Вид сообщения", kinds))
    classes = [one for one in policies.importance if not one.per_incident_decision]
    if len(classes) > 1:
        given = [
            Choice(value=one.importance, label=one.words, checked=one.importance == desk.data.state.importance)
            for one in classes
        ]
        fields.append(_select("importance", "Важность", given))
    if any(one.critical_only for one in policies.message_kinds):
        fields.append(
            Field(name="critical", label="Сообщение носит критический характер", kind=FieldKind.CHECKBOX, value="on")
        )
    fields.append(
        Field(
            name="repeat_of",
            label="Повторяет сообщение №",
            hint="Если автор уже спрашивал об этом; иначе оставьте пустым.",
        )
    )
    fields.append(Field(name="new_facts", label="В повторном сообщении новые факты", kind=FieldKind.CHECKBOX))
    return tuple(fields)


def _exclude(desk: Desk) -> tuple[Field, ...]:
    grounds = [
        Choice(value=one.ground, label=one.words, clause=one.clause) for one in desk.data.act.policies.exclusions
    ]
    return (_select("ground", "Основание", grounds, ask="выберите основание"), _text("note", "Пояснение", rows=2))


def _elsewhere(desk: Desk) -> tuple[Field, ...]:
    ways = [
        Choice(value=one.procedure, label=one.words, hint=one.where_to_turn, clause=one.clause)
        for one in desk.data.act.policies.other_procedures
    ]
    return (
        Field(name="procedure", label="Как рассматривается", kind=FieldKind.RADIOS, choices=tuple(ways), required=True),
        _text("note", "Пояснение", rows=2),
    )


def _importance(desk: Desk) -> tuple[Field, ...]:
    classes = [
        Choice(value=one.importance, label=one.words)
        for one in desk.data.act.policies.importance
        if one.importance != desk.data.state.importance
    ]
    return (_select("importance", "Новая важность", classes), _text("ground", "Почему", rows=2))


def _repeat(desk: Desk) -> tuple[Field, ...]:
    del desk
    return (
        Field(name="repeat_of", label="Повторяет сообщение №", required=True),
        Field(name="new_facts", label="Есть новые факты", kind=FieldKind.CHECKBOX),
    )


def _link_repeat(desk: Desk) -> tuple[Field, ...]:
    earlier = earlier_reply_url(desk)
    return (
        _text("text", "Что написать автору", hint="Ссылка встанет в конце ответа сама.", required=True, rows=5),
        Field(name="url", label="Ссылка на прежний ответ", value=earlier, required=True),
    )


def earlier_reply_url(desk: Desk) -> str:
    """Where the reply to the earlier incident stands; empty if this is no repeat or it was not answered."""
    repeat = desk.data.state.repeat_of
    return queries.reply_url(int(repeat.earlier)) if repeat and repeat.earlier.isdecimal() else ""


def _route(desk: Desk) -> tuple[Field, ...]:
    units = _units(desk, but=desk.data.state.unit)
    rule = recipients.proposed(desk.data.incident.organisation_id, _topic(desk))
    proposed = rule.unit.key if rule else ""
    units = [replace(one, checked=one.value == proposed) for one in units]
    hint = f"Предложен по теме «{rule.topic}»." if rule and any(one.checked for one in units) else ""
    note = _text("note", "Поручение или пояснение", rows=2)
    return (_select("unit", "Кому", units, hint=hint, ask="выберите орган"), note)


def _topic(desk: Desk) -> str:
    return dict(desk.data.state.tags).get("topic", "") or desk.data.incident.topic


def _request_parts(desk: Desk) -> tuple[Field, ...]:
    policy = desk.data.act.policies.parts
    units = tuple(_units(desk))
    fields = [
        Field(name="bodies", label="Какие органы отвечают", kind=FieldKind.CHECKBOXES, choices=units, required=True),
        _text("question", "Что нужно от каждого", rows=2),
    ]
    if policy and policy.order is PartsOrder.SET_BY_CURATOR:
        order = (
            Choice(value="in_turn", label="По очереди, сверху вниз"),
            Choice(value="at_once", label="Всем сразу", checked=True),
        )
        fields.append(Field(name="order", label="Очередность", kind=FieldKind.RADIOS, choices=order))
    if policy and policy.consolidated_by in {ConsolidatedBy.RESPONSIBLE_EXECUTOR, ConsolidatedBy.EXECUTOR}:
        none = Choice(value="", label="— назначить позже —")
        fields.append(_select("consolidator", "Кто готовит общий ответ", [none, *units], required=False))
    if any(step.per_part and step.term.set_by for step in desk.data.act.steps):
        hint = "Пусто: срок акта."
        fields.append(Field(name="minutes", label="Иной срок, рабочих минут", kind=FieldKind.NUMBER, hint=hint))
    return tuple(fields)


def _withdraw_part(desk: Desk) -> tuple[Field, ...]:
    open_parts = [
        Choice(value=str(part.number), label=desk.unit_name(part.body))
        for part in desk.data.state.parts
        if part.status in {PartStatus.PLANNED, PartStatus.ASKED}
    ]
    return (_select("part", "Чей запрос", open_parts), _text("reason", "Почему", required=True))


def _consolidator(desk: Desk) -> tuple[Field, ...]:
    asked = {part.body for part in desk.data.state.parts}
    return (_select("unit", "Кто готовит общий ответ", [one for one in _units(desk) if one.value in asked]),)


def _promise(desk: Desk) -> Field:
    promises = [Choice(value=str(one.number), label=desk.promised(one)) for one in desk.data.state.promises_open]
    if len(promises) == 1:  # the card says which
        return Field(name="promise", label="Обещание", kind=FieldKind.HIDDEN, value=promises[0].value)
    return _select("promise", "Обещание", promises)


def _close(desk: Desk) -> tuple[Field, ...]:
    listed = desk.data.act.policies.outcomes
    outcomes = [Choice(value=one.outcome, label=one.words) for one in listed] or [
        Choice(value="answered", label="Ответ дан"),
        Choice(value="author_silent", label="Автор не ответил на запрос"),
    ]
    return (_select("outcome", "Результат", outcomes), _text("note", "Заметка", rows=2))


def _term(desk: Desk) -> tuple[Field, ...]:
    steps = [Choice(value=step.step, label=step.title) for step in settable(desk.view)]
    return (
        _select("step", "Какой срок", steps),
        Field(name="working_minutes", label="Рабочих минут", kind=FieldKind.NUMBER),
        Field(name="due_at", label="Или до какого момента", kind=FieldKind.DATETIME),
        _text("ground", "Почему", rows=2),
    )


def _extend(desk: Desk) -> tuple[Field, ...]:
    steps = [Choice(value=step.step, label=step.title) for step in desk.data.act.steps if step.extension]
    return (
        _select("step", "Какой срок", steps),
        Field(name="working_minutes", label="На сколько рабочих минут", kind=FieldKind.NUMBER),
        Field(name="due_at", label="Или до какого момента", kind=FieldKind.DATETIME),
        _text("ground", "Почему", required=True, rows=2),
    )


def _tell_author(desk: Desk) -> tuple[Field, ...]:
    steps = [
        Choice(value=one.step, label=desk.step_title(one.step))
        for one in desk.data.state.extensions
        if one.announce and not one.told
    ]
    return (
        _select("step", "О каком сроке", steps),
        _text("text", "Что написали автору", required=True),
        Field(name="url", label="Где это написано", kind=FieldKind.URL),
    )


def _people(desk: Desk, name: str, label: str) -> tuple[Field, ...]:
    organisation_id = desk.data.incident.organisation_id
    proposed = recipients.proposed_person(organisation_id, _topic(desk), desk.data.state.unit or "")
    people = [
        Choice(
            value=str(person.pk),
            label=person.full_name,
            hint=person.unit.name if person.unit else "",
            checked=person.pk == proposed,
        )
        for person in orgs.people_of(organisation_id)
        if person.is_active
    ]
    roles = dict.fromkeys(role for step in desk.open_steps for role in step.act_roles)
    named = [Choice(value=role, label=role_words(role, desk.data.act)) for role in roles]
    return (_select("role", "В роли", named), _select(name, label, people, ask="выберите сотрудника"))


def _verdicts(desk: Desk) -> tuple[Field, ...]:
    rows = [
        Choice(value=str(number), label=f"{desk.step_title(one.step)} (п. {one.clause})")
        for number, one in enumerate(desk.data.state.verdicts)
    ]
    states = [Choice(value="met", label="соблюдён"), Choice(value="late", label="нарушен")]
    return (
        _select("verdict", "Отметка о сроке", rows),
        _select("state", "На самом деле срок", states),
        _text("ground", "Основание", required=True),
    )


def _tags(desk: Desk) -> tuple[Field, ...]:
    tags = dict(desk.data.state.tags)
    return (
        Field(name="topic", label="Тема", value=tags.get("topic", "")),
        Field(name="place", label="Место", value=tags.get("place", "")),
    )


def standing(desk: Desk) -> tuple[Document, ...]:
    """Our replies that stand before the author, the latest first."""
    return tuple(
        document
        for document in reversed(desk.data.state.published)
        if document.slot.reply not in {ReplyKind.WITHDRAWAL, ReplyKind.FIRST_RESPONSE}
        and document.publication
        and not document.publication.withdrawn_at
    )


def _which(desk: Desk) -> tuple[Field, ...]:
    """Which of several published replies is meant; nothing to ask where there is one."""
    found = standing(desk)
    replies = [
        Choice(value=document.slot.key, label=_named(desk, document), checked=document is found[0])
        for document in found
    ]
    return (_select("of", "Какой ответ", replies),) if len(replies) > 1 else ()


def _named(desk: Desk, document: Document) -> str:
    at = document.publication.published_at if document.publication else None
    words = reply_words(document.slot.reply)
    return f"{words}, {near_moment(at.astimezone(desk.now.tzinfo), desk.now)}" if at else words


def _fixed(*fields: Field) -> Made:
    return lambda desk: fields  # noqa: ARG005  # every maker is given the desk


_WHY = [
    Choice(value="duty", label="дежурство"),
    Choice(value="substitution", label="замещение"),
    Choice(value="other", label="другое"),
]

RELATIONS = {
    "same_event": "то же событие",
    "same_place": "то же место",
    "same_author": "тот же автор",
    "other": "связано",
}
"""What two linked incidents have in common: code of the journal → words."""


def _links(desk: Desk) -> tuple[Field, ...]:
    """Which link; only of incidents that the viewer sees."""
    keys = [int(one.incident) for one in desk.data.state.links if one.incident.isdecimal()]
    own = access.visible_to(desk.viewer, desk.now).filter(organisation=desk.data.incident.organisation_id)
    found = own.filter(pk__in=keys)
    named = [Choice(value=str(one.number), label=f"№ {one.number}: {first_words(one.excerpt)}") for one in found]
    return (_select("incident", "С каким сообщением", named),)


FIELDS: dict[CommandName, Made] = {
    C.SELECT: _select_message,
    C.LEAVE_OUT: _fixed(_text("reason", "Почему реагирования не требуется", required=True)),
    C.EXCLUDE: _exclude,
    C.PROCESS_EXCLUDED: _fixed(_text("done", "Что сделано по сообщению", required=True)),
    C.SEND_ELSEWHERE: _elsewhere,
    C.BLOCK_AUTHOR: _fixed(_text("reason", "За что", required=True)),
    C.SHORTEN: _fixed(_text("ground", "Почему срочно", rows=2)),
    C.RAISE_IMPORTANCE: _importance,
    C.JOIN_REPEAT: _repeat,
    C.LINK_REPEAT: _link_repeat,
    C.ROUTE: _route,
    C.RETURN: _fixed(_text("reason", "Почему это не ваша компетенция", required=True)),
    C.REQUEST_PARTS: _request_parts,
    C.SUBMIT_PART: _fixed(_text("text", "Ваша часть ответа", required=True, rows=7)),
    C.RETURN_PART: _fixed(_text("reason", "Почему", required=True)),
    C.WITHDRAW_PART: _withdraw_part,
    C.ASSIGN_CONSOLIDATOR: _consolidator,
    C.APPROVE: _fixed(_text("note", "Заметка", rows=2)),
    C.SEND_BACK: lambda desk: (
        Field(
            name="grounds",
            label="Основания",
            kind=FieldKind.CHECKBOXES,
            choices=tuple(
                Choice(value=one.ground, label=one.words, clause=one.clause)
                for one in desk.data.act.policies.review.grounds
            ),
        ),
        _text("reason", "Замечания"),
    ),
    C.REWORK_JOINTLY: _fixed(_text("text", "Текст, доработанный вместе с исполнителем", required=True, rows=9)),
    C.GIVE_VISA: _fixed(_text("note", "Заметка", rows=2)),
    C.REFUSE_VISA: _fixed(_text("reason", "Почему", required=True)),
    C.PUBLICATION_FAILED: _fixed(_text("problem", "Что случилось", required=True, rows=2)),
    C.PUBLICATION_UNKNOWN: _fixed(_text("problem", "Что известно", required=True, rows=2)),
    C.CORRECT: lambda desk: (*_which(desk), _text("reason", "Что не так в размещённом ответе", required=True)),
    C.WITHDRAW: lambda desk: (*_which(desk), _text("reason", "Почему ответ надо убрать", required=True)),
    C.AUTHOR_ANSWERED: _fixed(
        _text("text", "Что ответил автор", required=True, rows=4),
        Field(name="url", label="Ссылка на его сообщение", kind=FieldKind.URL),
    ),
    C.AUTHOR_SILENT: _fixed(_text("note", "Заметка", rows=2)),
    C.KEEP_PROMISE: lambda desk: (_promise(desk), _text("how", "Что сделано", rows=2)),
    C.RELEASE_PROMISE: lambda desk: (_promise(desk), _text("ground", "Почему", required=True, rows=2)),
    C.CLOSE: _close,
    C.REOPEN: _fixed(
        _text("ground", "Почему", required=True, rows=2),
        Field(name="new_reply", label="Нужен ещё один ответ", kind=FieldKind.CHECKBOX),
    ),
    C.CONFIRM_SIGNIFICANCE: _fixed(_text("ground", "Почему сообщение значимо", rows=2)),
    C.CONFIRM_SURGE: _fixed(_text("ground", "О чём всплеск", rows=2)),
    C.REPORT: _fixed(_text("report", "Что доложено", rows=3)),
    C.SET_TERM: _term,
    C.EXTEND: _extend,
    C.TELL_AUTHOR: _tell_author,
    C.CORRECT_VERDICT: _verdicts,
    C.ASSIGN: lambda desk: _people(desk, "person", "Кому"),
    C.HAND_OVER: lambda desk: (
        *_people(desk, "to", "Кому"),
        _select("why", "Почему", _WHY),
        _text("note", "Заметка", rows=2),
    ),
    C.TAG: _tags,
    C.ADD_NOTE: _fixed(_text("note", "Заметка для своих", hint="Автор её не увидит.", required=True)),
    C.LINK: lambda _desk: (
        Field(name="incident", label="Сообщение №", required=True, hint="Номер другого сообщения, которое вы видите."),
        _select("relation", "Что общего", [Choice(value=code, label=words) for code, words in RELATIONS.items()]),
    ),
    C.UNLINK: _links,
}
