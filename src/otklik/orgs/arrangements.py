"""The journal of arrangements in Russian: who set up what, and what it was before."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from otklik.journal import queries as journal
from otklik.journal.queries import Recorded
from otklik.orgs import queries
from otklik.orgs.models import AbsenceReason, Organisation, RoleHolding, Unit
from otklik.orgs.words import RANK_WORDS, ROLE_WORDS, week_words
from otklik.process.refusal_words import reply_words
from otklik.process.state import ReplyKind
from otklik.regulation.model.people import OurRole, Rank

PEOPLE = ("person", "absent", "substitute")
FIELDS = {
    "full_name": "ФИО",
    "username": "Имя для входа",
    "has_account": "Учётная запись",
    "position": "Должность",
    "phone": "Телефон",
    "email": "Почта",
    "rank": "Ранг",
    "zone": "Часовой пояс",
    "unit_id": "Подразделение",
    "name": "Название",
    "short_name": "Краткое название",
    "legal_name": "Полное наименование юридического лица",
    "inn": "ИНН",
    "ogrn": "ОГРН",
    "postal_address": "Почтовый адрес",
    "kind": "Вид",
    "parent_id": "В составе",
    "is_active": "Действует",
    "region": "Региональный календарь",
    "regional_days": "Региональные выходные",
    "schedule": "Часы работы",
    "unit": "Орган",
    "title": "Название",
    "text": "Текст",
    "topic": "Тема",
}
ERASED = "(стёрто)"
HOURS = frozenset({"hours_set", "unit_hours_set"})


@dataclass(frozen=True, slots=True)
class Arrangement:
    """One entry: `what` is a sentence, `details` the fields that changed, each «Поле: было «…», стало «…»»."""

    at: dt.datetime
    who: str
    what: str
    details: tuple[str, ...]


def arrangements(
    organisation: Organisation, *, before: int | None = None, limit: int = 50
) -> list[tuple[int, Arrangement]]:
    """The last entries of the organisation, newest first, each with its number for paging. Two readings of names."""
    events = journal.of_organisation(organisation.pk, before=before, limit=limit)
    words = _Words(organisation, events)
    return [(event.id, words.of(event)) for event in events]


class _Words:
    """Names are read once for all entries."""

    def __init__(self, organisation: Organisation, events: Sequence[Recorded]) -> None:
        self.zone = ZoneInfo(organisation.zone)
        nameless = {one.payload["holding"] for one in events if "holding" in one.payload and "role" not in one.payload}
        rows = RoleHolding.objects.filter(pk__in=[pk for pk in nameless if isinstance(pk, int)])
        self.holders = {pk: (person, role) for pk, person, role in rows.values_list("pk", "person_id", "role")}
        self.people = queries.names_of(_ids(events) | {person for person, _ in self.holders.values()})
        self.units = dict(Unit.objects.filter(organisation=organisation).values_list("pk", "name"))

    def of(self, event: Recorded) -> Arrangement:
        """The entry in words; of a kind that has none, its code."""
        who = self.people.get(event.actor_id or 0, "") or "программа (командная строка)"
        what = SENTENCES.get(event.kind, event.kind).format_map(_Said(self, event)).strip()
        return Arrangement(event.recorded_at.astimezone(self.zone), who, what, tuple(self._details(event)))

    def unit(self, pk: object) -> str:
        """The name of a unit; empty for none."""
        return self.units.get(pk, "") if isinstance(pk, int) else ""

    def _details(self, event: Recorded) -> Iterator[str]:
        payload: Mapping[str, Any] = event.payload
        if event.kind in HOURS and "was" in payload:
            yield from self._hours_changed(payload)
        changes = payload.get("changes") or {}
        for name in payload.get("fields") or changes:
            if name in changes:
                was, now = (self._value(name, one) for one in changes[name])
            else:
                was, now = (_text(event, f"{name}_{end}") for end in ("from", "to"))
            yield f"{FIELDS.get(name, name)}: было «{was}», стало «{now}»"

    def _hours_changed(self, payload: Mapping[str, Any]) -> Iterator[str]:
        """Of an organisation, everything its hours depend on; of a unit, its week alone."""
        was = payload["was"] if "unit" not in payload else {"schedule": payload["was"]}
        for name, before in was.items():
            now = payload.get(name)
            if before != now and name == "schedule":
                yield f"Часы работы: было «{week_words(before)}», стало «{week_words(now)}»"
            elif before != now:
                yield f"{FIELDS[name]}: было «{self._value(name, before)}», стало «{self._value(name, now)}»"

    def _value(self, name: str, value: object) -> str:
        if name in {"unit_id", "parent_id"}:
            return self.unit(value) or "нет"
        if isinstance(value, bool):
            return "да" if value else "нет"
        if name == "rank" and value in set(Rank):
            return RANK_WORDS[Rank(str(value))]
        if name == "kind" and value in set(ReplyKind):
            return reply_words(ReplyKind(str(value)))
        return str(value) if value not in (None, "") else "пусто"


class _Said(dict[str, str]):
    """What a sentence names of its entry, worked out when it is asked for."""

    def __init__(self, words: _Words, event: Recorded) -> None:
        super().__init__()
        self._words = words
        self._payload: Mapping[str, Any] = event.payload
        self._event = event

    def __missing__(self, key: str) -> str:
        made = getattr(self, f"_{key}", None)
        if made is not None:
            return str(made())
        if key in self._event.texts:
            return self._event.texts[key]
        return ERASED if key in self._event.erased else str(self._payload.get(key, ""))

    def _person(self, key: str = "person") -> str:
        pk = self._payload.get(key)
        if pk is None and "holding" in self._payload:
            pk = self._words.holders.get(self._payload["holding"], (None, ""))[0]
        return self._words.people.get(pk or 0, "человек, которого больше нет")

    def _absent(self) -> str:
        return self._person("absent")

    def _substitute(self) -> str:
        return self._person("substitute")

    def _role(self) -> str:
        code = self._payload.get("role") or self._words.holders.get(self._payload.get("holding", 0), (0, ""))[1]
        return ROLE_WORDS[OurRole(code)] if code in set(OurRole) else "все роли"

    def _unit(self) -> str:
        return self._words.unit(self._payload.get("unit"))

    def _for_unit(self) -> str:
        unit = self._unit()
        return f", {unit}" if unit else ""

    def _about(self) -> str:
        topic = self._payload.get("topic")
        return f"по теме «{topic}»" if topic else "внутри органа"

    def _recipient_words(self, payload: Mapping[str, Any] | None = None) -> str:
        given = payload or self._payload
        person = self._words.people.get(given.get("person") or 0, "")
        return ", ".join(filter(None, [self._words.unit(given.get("unit")), person]))

    def _was_words(self) -> str:
        was = self._payload.get("was")
        return f" (было: {self._recipient_words(was)})" if was else ""

    def _until(self) -> str:
        until = self._payload.get("until_at")
        return f"до {self._moment(until)}" if until else "без срока"

    def _span(self) -> str:
        return f"с {self._moment(self._payload['since_at'])} {self._until()}"

    def _reason(self) -> str:
        reason = str(self._payload.get("reason", ""))
        return str(AbsenceReason(reason).label).lower() if reason in set(AbsenceReason) else reason

    def _starts(self) -> str:
        return f"{dt.date.fromisoformat(self._payload['starts_on']):%d.%m.%Y}"

    def _digest(self) -> str:
        return str(self._payload["hash"])[:12]

    def _act_words(self, payload: Mapping[str, Any] | None = None) -> str:
        given = payload or self._payload
        return f"{given['act']}, редакция {given['hash'][:12]}" if given["hash"] else str(given["act"])

    def _instead(self) -> str:
        was = self._payload.get("was")
        return f" (было: {self._act_words(was)})" if was else ""

    def _day(self) -> str:
        return f"{dt.date.fromisoformat(self._payload['changes_on']):%d.%m.%Y}"

    def _hours(self) -> str:
        if self._payload["spans"] is None:
            return f"перерыв {', '.join(self._payload['breaks'])}"
        return ", ".join(self._payload["spans"]) or "закрыто"

    def _moment(self, text: object) -> str:
        return f"{dt.datetime.fromisoformat(str(text)).astimezone(self._words.zone):%d.%m.%Y %H:%M}"


def _text(event: Recorded, name: str) -> str:
    return ERASED if name in event.erased else event.texts.get(name, "") or "пусто"


def _ids(events: Iterable[Recorded]) -> set[int]:
    found: set[object] = {event.actor_id for event in events}
    for event in events:
        was = event.payload.get("was")
        found |= {event.payload.get(key) for key in PEOPLE}
        found |= {was.get("person")} if isinstance(was, dict) else set()
    return {pk for pk in found if isinstance(pk, int)}


SENTENCES: dict[str, str] = {
    "organisation_created": "Организация создана (краткое имя «{key}»)",
    "organisation_changed": "Изменены сведения об организации",
    "act_chosen": "Выбрано постановление: {act}",
    "edition_uploaded": "Загружена редакция постановления «{title}» ({act}, {digest})",
    "edition_dropped": "Удалена загруженная редакция ({act}, {digest})",
    "act_planned": "С {starts} действует постановление {act_words}{instead}",
    "act_unplanned": "Отменено: с {starts} постановление {act_words}",
    "hours_set": "Изменены часы работы организации",
    "unit_hours_set": "Изменены часы работы: {unit}",
    "day_changed": "Особый день {day}{for_unit}: {hours}. {ground}",
    "day_restored": "Особый день {day}{for_unit} отменён, было: {hours}",
    "unit_created": "Создано подразделение «{unit}»",
    "unit_changed": "Изменено подразделение «{unit}»",
    "unit_closed": "Подразделение «{unit}» закрыто",
    "unit_opened": "Подразделение «{unit}» снова действует",
    "recipient_set": "Кому направлять {about}: {recipient_words}{was_words}",
    "recipient_dropped": "Больше не предлагается {about}: {recipient_words}",
    "template_added": "Записан шаблон ответа «{title}»",
    "template_changed": "Изменён шаблон ответа «{title}»",
    "template_dropped": "Убран шаблон ответа «{title}»: {text}",
    "person_created": "Записан человек: {full_name}{for_unit}",
    "person_changed": "Изменены сведения: {person}",
    "account_closed": "Закрыта учётная запись: {person}",
    "account_opened": "Открыта учётная запись: {person}",
    "password_set": "Задан новый пароль: {person}",
    "password_changed": "Сменил(а) свой пароль: {person}",
    "role_given": "Роль «{role}»: {person}{for_unit}, {span}",
    "role_ended": "Роль «{role}» закончена: {person}, {until}",
    "put_on_duty": "Дежурство «{role}»: {person}, {span}",
    "duty_ended": "Дежурство «{role}» закончено: {person}, {until}",
    "taken_off_duty": "Дежурство «{role}» снято: {person}, {span}",
    "absence_noted": "Отсутствует {person} ({reason}), {span}",
    "absence_ended": "Отсутствие закончено: {person}, {until}",
    "substitute_named": "{substitute} замещает: {absent} ({role}), {span}. {ground}",
    "substitution_ended": "{substitute} больше не замещает: {absent}, {until}",
    "import_started": "Начата загрузка сообщений № {import} из файла «{file}»",
    "import_ended": "Загрузка № {import} закончилась: новых {new}, уже были {known}, с ошибкой {bad}",
    "import_cancelled": "Загрузка № {import} остановлена: новых {new}, уже были {known}, с ошибкой {bad}",
    "import_profile_saved": "Сохранено соответствие столбцов «{profile}»",
    "import_profile_forgotten": "Забыто соответствие столбцов «{profile}»",
    "texts_erased": "Стёрты тексты записи журнала № {event}: {ground}",
}
"""Kind of event → its sentence; what stands in braces is worked out by `_Said`, or is of the entry itself."""
