"""A file of one's own, from the menu to the queue: upload, columns with their preview, progress, bad rows, again."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from otklik.messages.models import ImportRun
from tests.browser.conftest import PHONE, Sight
from tests.browser.real import Town, main, run_jobs

pytestmark = pytest.mark.slow
ROWS = "".join(f"Яма у дома {number};27.10.2026 10:{number:02};Садовая;{number}\n" for number in range(1, 31))
TABLE = f"Отчёт за октябрь\n\nСлова;Когда;Улица;Дом\n{ROWS}Фонарь;вчера;;\n"


@pytest.fixture
def table(tmp_path: Path) -> Callable[..., Path]:
    def write(name: str, content: str = TABLE) -> Path:
        path = tmp_path / name
        path.write_text(content, "utf-8")
        return path

    return write


@pytest.fixture(autouse=True)
def _data_aside(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path / "data"


def test_a_table_of_ones_own(town: Town, table: Callable[..., Path]) -> None:
    page = town.person("a.curator")
    page.get_by_role("link", name="Загрузка").first.click()
    page.set_input_files("input[type=file]", table("жители.csv"))
    main(page, "Загрузить")
    page.get_by_role("heading", name="Что в каком столбце").wait_for()
    assert page.locator("#preview").get_by_text("укажите столбец").is_visible()
    page.get_by_label("Слова", exact=True).select_option("text")
    page.get_by_role("heading", name="Так строки загрузятся").wait_for()
    assert page.get_by_text("Садовая, 1", exact=True).is_visible()
    page.get_by_label("Запомнить это соответствие").fill("Жители")
    assert Sight(page, []).axe() == []
    main(page, "Загрузить")
    page.get_by_text("ждёт очереди").wait_for()
    run_jobs()
    page.get_by_text("Файл загружен.").wait_for()  # the page has asked by itself
    assert page.get_by_text("дата «вчера» не понята").is_visible()
    page.set_viewport_size(PHONE)
    assert Sight(page, []).overflow() <= 0
    with page.expect_download() as download:
        page.get_by_role("link", name="Скачать эти строки").click()
    assert "Фонарь" in Path(download.value.path()).read_text("utf-8-sig")
    page.get_by_role("link", name="Открыть новые сообщения").click()
    page.get_by_role("heading", name="Ждут меня").wait_for()

    page.goto(f"{town.address}/imports/")
    page.set_input_files("input[type=file]", table("ещё.csv", TABLE.replace("Яма", "Лужа")))
    main(page, "Загрузить")
    page.get_by_text("ждёт очереди").wait_for()
    assert ImportRun.objects.order_by("pk").last().mapping["title"] == "Жители"  # type: ignore[union-attr]


def test_without_scripts_it_is_mapped_all_the_same(town: Town, table: Callable[..., Path]) -> None:
    context = town.chromium.new_context(
        java_script_enabled=False, storage_state=town.person("a.curator").context.storage_state()
    )
    page = context.new_page()
    page.goto(f"{town.address}/imports/")
    page.set_input_files("input[type=file]", table("жители.csv"))
    page.locator("[data-main]").click()
    page.get_by_label("Слова", exact=True).select_option("text")
    page.get_by_role("button", name="Показать, что получится").click()
    page.get_by_role("heading", name="Так строки загрузятся").wait_for()
    page.locator("[data-main]").click()
    page.get_by_text("ждёт очереди").wait_for()
    context.close()
