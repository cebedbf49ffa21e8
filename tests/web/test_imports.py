"""Imports through the browser's eyes: upload, mapping with its preview, progress, bad rows, a kept mapping, rights."""

import csv
import datetime as dt
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from otklik.incidents.models import Incident
from otklik.jobs import actions as jobs
from otklik.jobs import execution
from otklik.messages import imports
from otklik.messages.models import ImportProfile, ImportRun, Message
from otklik.orgs.models import Person
from tests.cast import Cast, make_cast
from tests.messages.workbooks import sheet_of, workbook

pytestmark = pytest.mark.django_db

ClientOf = Callable[[Person], Client]
OWN = "Слова;Когда;Улица;Дом\nЯма;27.11.2025;Садовая;5\n=1+1;вчера;;\n"
BRAND = "Дата;Hash сообщения;Текст;Источник;Тип сообщения\n27.11.2025 10:00;a1;Яма;vk.com;Пост\n"


@pytest.fixture
def altai(tmp_path: Path, settings: Any) -> Cast:
    settings.DATA = tmp_path
    return make_cast(act="altai-2020-132")


@pytest.fixture
def operator(altai: Cast, client_of: ClientOf) -> Client:
    return client_of(altai.operator)


def send(client: Client, content: str | bytes, name: str = "отчёт.csv", **fields: str) -> Any:
    body = content.encode() if isinstance(content, str) else content
    return client.post("/imports/", {"file": SimpleUploadedFile(name, body), **fields})


def shown(answer: Any) -> str:
    return answer.content.decode() if hasattr(answer, "content") else ""


def selected(page: str) -> dict[str, str]:
    """The form of the mapping as a browser would send it untouched."""
    fields = dict(re.findall(r'<input[^>]* name="(\w+)"[^>]* value="([^"]*)"', page))
    fields |= dict(re.findall(r'name="(shown)" value="([^"]*)"', page))
    for name, options in re.findall(r'<select[^>]* name="([\w-]+)"[^>]*>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        first = re.search(r'<option value="([^"]*)"', options)
        fields[name] = (chosen or first)[1] if (chosen or first) else ""  # type: ignore[index]
    row = re.search(r'name="header_row" type="number" value="(\d+)"', page)
    return {**fields, **({"header_row": row[1]} if row else {})}


def work() -> None:
    now = timezone.now()
    for claim in jobs.claim(limit=20, now=now):
        if claim.kind == imports.JOB:
            execution.execute(claim, lambda: now)


def test_a_known_file_comes_in_by_itself(operator: Client) -> None:
    answer = send(operator, BRAND)
    run = ImportRun.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"/imports/{run.pk}/")
    page = shown(operator.get(answer["Location"]))
    assert "ждёт очереди" in page
    assert f'hx-get="/imports/{run.pk}/progress/" hx-trigger="every 2s"' in page
    work()
    page = shown(operator.get(f"/imports/{run.pk}/progress/"))
    assert "Файл загружен." in page
    assert "hx-get" not in page
    assert Incident.objects.get().message.text == "Яма"
    again = send(operator, BRAND)
    assert again["Location"] == f"/imports/{run.pk}/?known=1"
    assert "Этот файл уже был загружен" in shown(operator.get(again["Location"]))
    assert "Brand Analytics, CSV" in shown(operator.get("/imports/"))


def test_another_table_is_mapped_with_a_preview_and_kept(operator: Client) -> None:
    where = send(operator, OWN)["Location"]
    assert where.endswith("/mapping/")
    page = shown(operator.get(where))
    form = selected(page)
    assert [form[f"column-{number}"] for number in (1, 2, 3, 4)] == ["", "posted_at", "place", "place"]
    assert "укажите столбец" in page
    preview = shown(operator.post(where, {**form, "column-1": "text", "action": "preview"}))
    assert "Садовая, 5" in preview
    assert "27 ноября 2025" in preview.replace("\xa0", " ")
    assert "не загрузится:" in preview
    assert not Message.objects.exists()
    started = operator.post(where, {**form, "column-1": "text", "name": "Жители", "network": "ok", "action": "start"})
    assert started.status_code == 303, shown(started)
    work()
    page = shown(operator.get(started["Location"]))
    assert "дата «вчера» не понята" in page
    message = Message.objects.get()
    assert (message.text, message.place_name, message.network) == ("Яма", "Садовая, 5", "ok")
    assert send(operator, OWN.replace("Яма", "Лужа"))["Location"].count("mapping") == 0
    assert "Жители" in shown(operator.get("/imports/"))


def test_bad_rows_are_downloaded_without_formulas(operator: Client) -> None:
    where = send(operator, OWN)["Location"]
    form = selected(shown(operator.get(where)))
    operator.post(where, {**form, "column-1": "text", "action": "start"})
    work()
    run = ImportRun.objects.get()
    answer = operator.get(f"/imports/{run.pk}/bad-rows.csv")
    assert answer["Content-Type"].startswith("text/csv")
    assert answer["Content-Disposition"].startswith("attachment;")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0] == ["Строка", "Что не так", "Слова", "Когда", "Улица", "Дом", "не в столбцах"]
    assert rows[1][:4] == ["3", "дата «вчера» не понята, нужна дд.мм.гггг чч:мм", "'=1+1", "вчера"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", " =", "＝"])
def test_no_cell_is_a_formula(start: str) -> None:
    from otklik.web.imports.bad_rows import harmless

    assert harmless(f"{start}HYPERLINK(1)").startswith("'")


def test_a_sheet_and_a_header_are_chosen(operator: Client, tmp_path: Path) -> None:
    sheets = {
        "Сводка": sheet_of([("Отчёт", "за", "ноябрь"), ("всего", "2", "")]),
        "Данные": sheet_of([("выгружено", "27.11.2025"), ("Слова", "Тема"), ("Яма", "дороги")]),
    }
    path = workbook(tmp_path / "a.xlsx", sheets)
    where = send(operator, path.read_bytes(), "a.xlsx")["Location"]
    form = selected(shown(operator.get(where)))
    assert form["table"] == "0"
    page = shown(operator.post(where, {**form, "table": "1", "header_row": "2", "action": "preview"}))
    form = selected(page)
    assert (form["table"], form["header_row"], form["column-2"]) == ("1", "2", "topic")
    operator.post(where, {**form, "column-1": "text", "action": "start"})
    work()
    message = Message.objects.get()
    assert (message.text, message.topic) == ("Яма", "дороги")


def test_a_preset_can_be_looked_at_and_changed(operator: Client) -> None:
    where = send(operator, BRAND, profile="ask")["Location"]
    form = selected(shown(operator.get(where)))
    assert [form[f"column-{number}"] for number in (1, 2, 3, 4)] == ["posted_at", "hash", "text", "network"]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"column-1": ""}, "Укажите столбец с текстом сообщения"),
        ({"column-2": "text"}, "«текст сообщения» указано для нескольких столбцов"),
        ({"header_row": "900"}, "Строка заголовков: нужно число"),
        ({"header_row": "мимо"}, "Строка заголовков: нужно число"),
        ({"name": "Медиалогия"}, "Такое имя у встроенного профиля"),
    ],
)
def test_a_choice_that_cannot_be_is_said_and_nothing_starts(
    operator: Client, fields: dict[str, str], sentence: str
) -> None:
    where = send(operator, OWN)["Location"]
    form = {**selected(shown(operator.get(where))), "column-1": "text", "action": "start"}
    answer = operator.post(where, {**form, **fields})
    assert answer.status_code == 422
    assert sentence in shown(answer)
    assert ImportRun.objects.get().state == "mapping"
    assert operator.post(where, form).status_code == 303


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        ("", "a.csv", "Файл a.csv пуст."),
        (b"\x89PNG\r\n\x1a\n....", "a.csv", "a.csv — не таблица."),
        (b"PK\x03\x04...", "a.xlsx", "Таблица a.xlsx повреждена."),
        ("<html><table>", "a.xls", "a.xls — веб-страница"),
        (OWN, "<script>x</script>.csv", None),
    ],
)
def test_a_file_that_is_none_is_said(operator: Client, content: str | bytes, name: str, sentence: str | None) -> None:
    answer = send(operator, content, name)
    if sentence is None:
        assert "<script>x" not in shown(operator.get(answer["Location"]))
        assert "<script>x" not in shown(operator.get("/imports/"))
        return
    assert answer.status_code == 422
    assert sentence in shown(answer)
    assert not ImportRun.objects.exists()


def test_no_file_and_an_unknown_profile_are_said(operator: Client) -> None:
    assert "Выберите файл." in shown(operator.post("/imports/", {}))
    assert "Профиля «нет» нет." in shown(send(operator, OWN, profile="нет"))


def test_a_file_above_the_limit_is_said(operator: Client, settings: Any) -> None:
    settings.IMPORT_LIMIT_BYTES = 1 << 20
    answer = send(operator, OWN + "x" * (1 << 20))
    assert answer.status_code == 422
    assert "больше 1 МБ" in shown(answer)


def test_several_files_at_once(operator: Client) -> None:
    files = [
        SimpleUploadedFile(name, text.encode()) for name, text in (("a.csv", BRAND), ("b.csv", OWN), ("c.csv", ""))
    ]
    answer = operator.post("/imports/", {"file": files[:2], "profile": "auto"})
    assert (answer.status_code, answer["Location"]) == (303, "/imports/")
    assert set(ImportRun.objects.values_list("file_name", "state")) == {("a.csv", "waiting"), ("b.csv", "mapping")}
    assert "Файл c.csv пуст." in shown(operator.post("/imports/", {"file": files[2:]}))


def test_it_can_be_stopped(operator: Client) -> None:
    send(operator, BRAND)
    run = ImportRun.objects.get()
    assert operator.post(f"/imports/{run.pk}/cancel/").status_code == 303
    work()
    assert not Message.objects.exists()
    assert "Загрузку остановили" in shown(operator.get(f"/imports/{run.pk}/"))
    assert operator.post(f"/imports/{run.pk}/cancel/").status_code == 303


def test_a_kept_mapping_is_shown_and_forgotten(operator: Client) -> None:
    where = send(operator, OWN)["Location"]
    form = selected(shown(operator.get(where)))
    operator.post(where, {**form, "column-1": "text", "name": "Жители", "action": "start"})
    kept = ImportProfile.objects.get()
    page = shown(operator.get(f"/imports/profiles/{kept.pk}/"))
    assert "Улица, Дом" in page
    assert operator.post(f"/imports/profiles/{kept.pk}/").status_code == 303
    assert not ImportProfile.objects.exists()
    assert operator.get(f"/imports/profiles/{kept.pk}/").status_code == 404


def test_the_journal_says_who_brought_what_in(altai: Cast, operator: Client, client_of: ClientOf) -> None:
    where = send(operator, OWN, "жители.csv")["Location"]
    form = {**selected(shown(operator.get(where))), "column-1": "text", "name": "Жители", "action": "start"}
    operator.post(where, form)
    work()
    run = ImportRun.objects.get()
    page = shown(client_of(altai.administrator).get(f"/admin/{altai.organisation.pk}/journal/"))
    assert f"Начата загрузка сообщений № {run.pk} из файла «жители.csv»" in page
    assert f"Загрузка № {run.pk} закончилась: новых 1, уже были 0, с ошибкой 1" in page
    assert "Сохранено соответствие столбцов «Жители»" in page


def test_who_does_not_take_messages_in_sees_nothing_of_it(altai: Cast, client_of: ClientOf) -> None:
    executor = client_of(altai.executor)
    assert executor.get("/imports/").status_code == 403
    assert send(executor, BRAND).status_code == 403
    assert "/imports/" not in shown(executor.get("/"))
    assert 'href="/imports/"' in shown(client_of(altai.curator).get("/"))
    assert not ImportRun.objects.exists()


def test_another_organisations_import_is_absent(altai: Cast, operator: Client, client_of: ClientOf) -> None:
    send(operator, OWN)
    run = ImportRun.objects.get()
    outsider = client_of(altai.outsider)
    for path in ("", "mapping/", "progress/", "bad-rows.csv"):
        assert outsider.get(f"/imports/{run.pk}/{path}").status_code == 404
    assert outsider.post(f"/imports/{run.pk}/cancel/").status_code == 404
    assert "отчёт.csv" not in shown(outsider.get("/imports/"))
    run.refresh_from_db()
    assert run.state == "mapping"


@pytest.mark.parametrize(
    "fields",
    [
        {"table": "9" * 30, "header_row": "9" * 30},
        {"table": "-1", "header_row": "²", "column-1": "no_such"},
        {"shown": "x", "zone": "../../etc/passwd", "dates": "??", "network": "myspace"},
        {"column-99999": "text", "name": "я" * 5000},
    ],
)
def test_a_form_that_no_page_has_is_answered(operator: Client, fields: dict[str, str]) -> None:
    where = send(operator, OWN)["Location"]
    form = {**selected(shown(operator.get(where))), "column-1": "text"}
    assert operator.post(where, {**form, **fields, "action": "preview"}).status_code == 200
    assert operator.post(where, {**form, **fields, "action": "start"}).status_code in {303, 422}


@pytest.mark.parametrize("before", ["9" * 40, "²", "-1", "1"])
def test_the_list_bears_any_address(operator: Client, before: str) -> None:
    assert operator.get("/imports/", {"before": before}).status_code == 200


def test_the_list_is_read_by_pages(altai: Cast, operator: Client) -> None:
    at = dt.datetime(2026, 11, 27, tzinfo=dt.UTC)
    ImportRun.objects.bulk_create(
        ImportRun(organisation=altai.organisation, file_name=f"file-{number}.csv", started_at=at, state="done")
        for number in range(60)
    )
    page = shown(operator.get("/imports/"))
    assert page.count(">file-") == 50
    older = re.search(r'href="(/imports/\?before=\d+)"', page)
    assert older
    assert shown(operator.get(older[1])).count(">file-") == 10


def test_a_browser_lets_the_form_go_as_it_stands(operator: Client) -> None:
    """A required choice whose first answer is empty counts as unanswered: the browser would refuse to send it."""
    where = send(operator, OWN)["Location"]
    for page in (shown(operator.get("/imports/")), shown(operator.get(where))):
        for attributes, options in re.findall(r"<select([^>]*)>(.*?)</select>", page, re.DOTALL):
            assert "required" not in attributes or 'value=""' not in options
