"""People from a CSV file: the file is shown row by row, with what is wrong; then all of it comes in, or nothing."""

from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_variables

from otklik.orgs import people_import
from otklik.orgs.actions import Refused
from otklik.orgs.models import Organisation
from otklik.orgs.people_file import COLUMNS, FileRefused, Problem, Row
from otklik.orgs.rights import SignedInRequest
from otklik.orgs.words import ROLE_WORDS, sentence
from otklik.web.admin.asked import Asked
from otklik.web.admin.door import BOTH, UNREADABLE, administers, by_hand_of, is_sent, see
from otklik.web.admin.pages import desk_of, form_of
from otklik.web.admin.view import FileRow, Password, PasswordsPage, PeopleFilePage
from otklik.web.view import Field, FieldKind, Form, Link

LARGEST = 300_000
"""Bytes: some 2,000 people."""
MOST_ROWS = 2000
HINT = (
    "Первая строка называет столбцы: " + ", ".join(words[0] for words in COLUMNS.values()) + ". Обязательно только ФИО."
)
FIELDS = (
    Field(name="file", label="Файл CSV", kind=FieldKind.FILES, accept=".csv,text/csv", required=True, hint=HINT),
    Field(
        name="create_units",
        label="Заводить подразделения, которых ещё нет",
        kind=FieldKind.CHECKBOX,
        value="1",
        hint="Иначе строка с незнакомым подразделением считается ошибкой.",
    ),
)


@administers(methods=BOTH)
def people_file(request: SignedInRequest, place: Organisation) -> HttpResponse:
    """The file is asked for, shown, brought in."""
    if not is_sent(request):
        return _page(request, place, form_of(FIELDS, "Показать, что в файле"), status=200)
    asked = Asked(request.POST, place.zone)
    content = _content(request, asked)
    if asked.errors:
        return _page(request, place, form_of(FIELDS, "Показать, что в файле", asked=asked), status=UNREADABLE)
    create_units = asked.is_on("create_units")
    try:
        rows, problems = people_import.check(place, content, create_units=create_units)
    except FileRefused as refused:
        rows, problems = [], refused.problems
    if not rows and not problems:
        problems = [Problem(1, "В файле нет ни одного человека: после строки со столбцами пусто.")]
    if len(rows) > MOST_ROWS:
        problems = [Problem(1, f"В файле {len(rows)} строк, можно до {MOST_ROWS}. Разделите его.")]
        rows = []
    if not problems and asked.is_on("bring_in"):
        return _bring_in(request, place, rows)
    form = form_of(FIELDS, "Показать другой файл", asked=asked)
    text = content.decode("utf-8-sig", errors="strict") if _is_utf8(content) else content.decode("cp1251", "replace")
    return _page(request, place, form, rows=rows, problems=problems, text=text, status=UNREADABLE if problems else 200)


def _content(request: SignedInRequest, asked: Asked) -> bytes:
    """The file just chosen, or the one that was shown."""
    if asked.is_on("bring_in"):
        return asked.answers.get("content", "").encode()[:LARGEST]
    given = request.FILES.get("file")
    if given is None:
        asked.wrong("file", "Выберите файл CSV.")
        return b""
    if (given.size or 0) > LARGEST:
        asked.wrong("file", f"Файл больше {LARGEST // 1000} КБ. Разделите его на части.")
        return b""
    return bytes(given.read())


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return True


@sensitive_variables("given")
def _bring_in(request: SignedInRequest, place: Organisation, rows: list[Row]) -> HttpResponse:
    try:
        given = people_import.bring_in(place, rows, with_passwords=True, by=by_hand_of(request))
    except Refused as refusal:
        problems = [Problem(1, sentence(refusal.code, refusal.facts))]
        return _page(request, place, form_of(FIELDS, "Показать, что в файле"), problems=problems, status=UNREADABLE)
    if not given:
        return see("admin_people", place.pk, done="added")
    names = {row.username: row.full_name for row in rows}
    page = PasswordsPage(
        desk=desk_of(request, place, "people"),
        title="Люди загружены",
        passwords=tuple(Password(name=names[login], login=login, password=password) for login, password in given),
        back=Link(label="Люди", url=reverse("admin_people", args=[place.pk])),
    )
    return render(request, "admin/passwords.html", {"page": page})


def _page(
    request: SignedInRequest,
    place: Organisation,
    form: Form,
    *,
    rows: list[Row] | None = None,
    problems: list[Problem] | None = None,
    text: str = "",
    status: int,
) -> HttpResponse:
    rows, problems = rows or [], problems or []
    lines = {row.line for row in rows}
    confirm = None
    if rows and not problems:
        hidden: tuple[tuple[str, str], ...] = (("bring_in", "1"), ("content", text))
        hidden += (("create_units", "1"),) if request.POST.get("create_units") else ()
        confirm = Form(button=f"Загрузить: {len(rows)}", command_id=str(uuid4()), hidden=hidden)
    page = PeopleFilePage(
        desk=desk_of(request, place, "people"),
        back=Link(label="Люди", url=reverse("admin_people", args=[place.pk])),
        form=form,
        rows=tuple(_row(row, problems) for row in rows),
        problems=tuple(f"Строка {one.line}: {one.sentence}" for one in problems if one.line not in lines),
        confirm=confirm,
    )
    return render(request, "admin/people_file.html", {"page": page}, status=status)


def _row(row: Row, problems: list[Problem]) -> FileRow:
    return FileRow(
        line=row.line,
        name=row.full_name,
        login=row.username,
        unit=row.unit,
        roles=", ".join(ROLE_WORDS[role] for role in row.roles),
        problems=tuple(one.sentence for one in problems if one.line == row.line),
    )
