"""A message by hand, and imports."""

from dataclasses import replace
from typing import Any

from otklik.web.imports.view import (
    BadRow,
    Column,
    ImportPage,
    ImportRow,
    ImportsPage,
    ImportState,
    KeptProfile,
    MappingPage,
    PreviewRow,
    ProfilePage,
)
from otklik.web.message_new.view import Group, KnownMessage, NewMessagePage
from otklik.web.view import Choice, Field, FieldKind, Form, Link, Network
from tests.browser.gallery.samples.common import Screen, at

COMMAND_ID = "55555555-5555-4555-8555-555555555555"
NETWORKS = tuple(
    Choice(value=value, label=label)
    for value, label in (
        ("vk", "ВКонтакте"),
        ("ok", "Одноклассники"),
        ("telegram", "Телеграм"),
        ("site", "Другой сайт"),
        ("phone", "Не из сети"),
    )
)


def _form(*, text_errors: tuple[str, ...] = (), text: str = "") -> Form:
    return Form(
        button="Записать и открыть",
        command_id=COMMAND_ID,
        fields=(
            Field(name="network", label="Где стоит сообщение", kind=FieldKind.SELECT, choices=NETWORKS, required=True),
            Field(
                name="url",
                label="Ссылка",
                kind=FieldKind.URL,
                placeholder="https://",
                hint="Скопируйте из адресной строки: по ней найдём повторы.",
            ),
            Field(name="author", label="Автор", required=True, value="Гость форума" if text else ""),
            Field(
                name="text",
                label="Текст, как написал автор",
                kind=FieldKind.TEXTAREA,
                rows=7,
                required=True,
                errors=text_errors,
                value=text,
            ),
            Field(name="place", label="О каком месте речь"),
            Field(name="files", label="Снимки автора", kind=FieldKind.FILES, accept="image/*,video/*"),
            Field(
                name="posted_at",
                label="Когда написано",
                kind=FieldKind.DATETIME,
                value="2026-11-27T13:40",
                required=True,
            ),
            Field(
                name="detected_at",
                label="Когда выявлено",
                kind=FieldKind.DATETIME,
                value="2026-11-27T14:10",
                required=True,
            ),
        ),
    )


GROUPS = (
    Group(title="Откуда", names=("network", "url", "author")),
    Group(title="Что написано", names=("text", "place", "files")),
    Group(title="Когда", names=("posted_at", "detected_at"), lead="Время организации, Москва."),
)
NEW = NewMessagePage(
    form=_form(),
    groups=GROUPS,
    clock_note="Срок ответа, 8 рабочих часов, пойдёт с получения: сегодня, 14:10.",
    clause="8",
)
FAULTY = NewMessagePage(
    form=_form(text_errors=("Вставьте текст сообщения: без него нечего направить.",), text=" "),
    groups=GROUPS,
    known=(
        KnownMessage(key=349, number="2026-000349", excerpt="Яма на Садовой у четырнадцатого дома", why="та же ссылка"),
    ),
    stored=Link(label="№ 2026-000364", url="/incidents/364/"),
)
PROFILES = (
    Choice(value="", label="Определить по заголовкам", checked=True),
    Choice(value="ba", label="Brand Analytics, CSV"),
    Choice(value="perm", label="свои столбцы: сообщения жителей"),
)


def _row(key: int, file: str, state: ImportState, **others: Any) -> ImportRow:
    given: dict[str, Any] = {"at": at(27, 13, 40), "by": "Рочева Е. В.", "profile": "Brand Analytics, CSV"}
    return ImportRow(key=key, file=file, state=state, **{**given, **others})


DONE = _row(7, "Город_01.11-26.11_2026.csv", ImportState.DONE, total=1843, done=1843, new=412, known=1428, bad=3)
RUNNING = _row(8, "archive_2025.csv", ImportState.RUNNING, total=100_000, done=37_250, new=36_900, known=340, bad=10)
FAILED = _row(
    6,
    "отчёт.docx",
    ImportState.FAILED,
    profile="",
    note="Это документ Word, а не таблица. Выгрузите отчёт в CSV или XLSX и загрузите снова.",
)
WAITING = _row(10, "жители.xlsx", ImportState.WAITING, profile="Жители, XLSX", total=300)
CANCELLED = _row(5, "архив.json", ImportState.CANCELLED, total=9000, done=500, new=480, known=20)
CANCEL = Form(button="Остановить загрузку", command_id=COMMAND_ID)
KEPT = KeptProfile(
    key=3,
    name="Сообщения жителей",
    by="Рочева Е. В.",
    at=at(27, 12, 5),
    columns=(("текст сообщения", "Текст инцидента"), ("место", "Улица, Дом")),
)
MAPPING_ROW = _row(9, "validation.csv", ImportState.MAPPING, profile="", total=7000)
UPLOAD = Form(
    button="Загрузить",
    command_id=COMMAND_ID,
    fields=(
        Field(name="file", label="Файл", kind=FieldKind.FILES, accept=".csv,.xlsx,.json", required=True),
        Field(name="profile", label="Как читать", kind=FieldKind.SELECT, choices=PROFILES),
    ),
)
BAD = (
    BadRow(
        number=118,
        reason="дата «31.11.2026» не существует; ждали ДД.ММ.ГГГГ ЧЧ:ММ",
        raw="31.11.2026 10:02;1364;0a7eea8d…;;Нет света",
    ),
    BadRow(number=902, reason="нет текста сообщения", raw="26.11.2026 09:15;1371;77ab01…;;;vk.com"),
    BadRow(number=1204, reason="нет автора и ссылки: такое сообщение не от кого принять"),
)


def _column(number: int, title: str, target: str, *samples: str, problem: str = "") -> Column:
    targets = tuple(
        Choice(value=value, label=label, checked=value == target)
        for value, label in (
            ("", "не загружать"),
            ("text", "текст сообщения"),
            ("posted_at", "дата и время"),
            ("author", "автор"),
            ("url", "ссылка"),
            ("topic", "тема"),
            ("place", "место"),
        )
    )
    return Column(number=number, title=title, samples=samples, targets=targets, problem=problem)


MAPPING = MappingPage(
    key=9,
    file="validation.csv",
    header_row=1,
    rows=7000,
    columns=(
        _column(
            1, "Текст инцидента", "text", "Добрый день. Когда починят лифт в третьем подъезде?", "Почему не чистят двор"
        ),
        _column(2, "Дата создания", "", "2026-11-12 08:14", "вчера", problem="во второй строке не дата"),
        _column(3, "Тема", "topic", "ЖКХ", "Благоустройство"),
        _column(4, "Исполнитель", "", "Управа", ""),
    ),
    table=(
        Field(
            name="table",
            label="Лист",
            kind=FieldKind.SELECT,
            required=True,
            choices=(Choice(value="0", label="Сводка"), Choice(value="1", label="Сообщения", checked=True)),
        ),
        Field(name="header_row", label="Строка заголовков", kind=FieldKind.NUMBER, value="1", required=True),
    ),
    preview=(
        PreviewRow(
            number=2,
            text="Добрый день. Когда починят лифт в третьем подъезде?",
            network=Network(code="vk", mark="ВК", name="ВКонтакте"),
            author="Ирина",
            at=at(12, 8, 14),
            topic="ЖКХ",
            place="Садовая, 5",
            url="https://vk.com/wall-1_2",
        ),
        PreviewRow(number=3, problem="дата «вчера» не понята, нужна дд.мм.гггг чч:мм"),
    ),
    form=Form(
        button="Загрузить 7 000 строк",
        command_id=COMMAND_ID,
        fields=(Field(name="name", label="Запомнить это соответствие как", value="свои столбцы: сообщения жителей"),),
    ),
)


def _screen(template: str, page: object, current: str = "Загрузка") -> Screen:
    return Screen(template=template, context={"page": page}, frame={"current": current})


INTAKE_SCREENS = {
    "message-new": _screen("message_new/page.html", NEW, "Очередь"),
    "message-new-fault": _screen("message_new/page.html", FAULTY, "Очередь"),
    "imports": _screen(
        "imports/list.html",
        ImportsPage(
            form=UPLOAD,
            imports=(WAITING, MAPPING_ROW, RUNNING, DONE, FAILED, CANCELLED),
            profiles=(KEPT,),
            older_url="/imports/?before=5",
            formats=("Brand Analytics", "Инцидент Менеджмент", "Медиалогия"),
        ),
    ),
    "import-mapping": _screen("imports/mapping.html", MAPPING),
    "import-mapping-no-text": _screen(
        "imports/mapping.html", replace(MAPPING, missing=("текст сообщения",), preview=(), table=())
    ),
    "import-waiting": _screen("imports/detail.html", ImportPage(row=WAITING, cancel=CANCEL)),
    "import-cancelled": _screen("imports/detail.html", ImportPage(row=CANCELLED)),
    "import-known": _screen("imports/detail.html", ImportPage(row=DONE, is_known=True)),
    "import-profile": _screen(
        "imports/profile.html",
        ProfilePage(profile=KEPT, form=Form(button="Забыть это соответствие", command_id=COMMAND_ID)),
    ),
    "import-running": _screen("imports/detail.html", ImportPage(row=RUNNING, bad_rows=BAD[:1], cancel=CANCEL)),
    "import-done": _screen(
        "imports/detail.html", ImportPage(row=DONE, bad_rows=BAD, more_bad=12, queue_url="/?section=all")
    ),
    "import-failed": _screen("imports/detail.html", ImportPage(row=FAILED)),
}
