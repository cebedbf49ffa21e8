"""The administration and the set-up with real data, both themes, desk and phone; a village set up by hand."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from otklik.orgs import first_run
from otklik.orgs.models import Organisation, Person
from tests.browser.looking import looked_at
from tests.browser.real import Town, press

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow

NAMES = {
    "Фамилия, имя, отчество": ("Петрова Нина Ивановна", "Сидоров Олег Петрович", "Седова Анна Павловна"),
    "Имя для входа": ("petrova", "sidorov", "sedova"),
}


def here() -> str:
    """The administration of Алтай."""
    return f"/admin/{Organisation.objects.get(key='altai').pk}/"


def people() -> Iterator[str]:
    yield from (f"{here()}people/", f"{here()}people/?show=none&q=никого", f"{here()}people/file/")
    yield from (here(), f"{here()}journal/", f"{here()}people/new/")


def person() -> Iterator[str]:
    clerk = Person.objects.get(username="a.transport")
    page = f"{here()}people/{clerk.pk}/"
    yield from (page, f"{page}edit/", f"{page}account/close/", f"{page}account/password/")
    yield from (f"{page}add/{kind}/" for kind in ("role", "duty", "substitution"))
    yield f"{here()}standing/role/{clerk.role_holdings.order_by('pk')[0].pk}/end/"


def units() -> Iterator[str]:
    unit = Organisation.objects.get(key="altai").units.get(key="transport")
    page = f"{here()}units/{unit.pk}/"
    yield from (f"{here()}units/", page, f"{page}hours/", f"{page}close/", f"{here()}recipients/new/")


def rules() -> Iterator[str]:
    yield from (f"{here()}acts/", f"{here()}acts/kalininsky/", f"{here()}settings/", f"{here()}organisations/new/")
    yield f"{here()}hours/days/new/"


@pytest.mark.parametrize("screens", [people, person, units, rules], ids=lambda screens: str(screens.__name__))
def test_every_screen_of_the_administration(town: Town, screens: Callable[[], Iterator[str]]) -> None:
    page = town.person("a.admin")
    faults = []
    for address in screens():
        page.goto(f"{town.address}{address}")
        faults += [f"{address}: {fault}" for fault in looked_at(page)]
    assert not faults, "\n".join(faults)


def test_hours_are_looked_at_before_they_are_changed(town: Town) -> None:
    page = town.person("a.admin")
    page.goto(f"{town.address}/admin/")
    page.get_by_role("link", name="Часы и календарь").click()
    page.get_by_label("свои, как записано").check()
    page.get_by_label("Пятница: открыто до").fill("12:00")
    press(page, "Показать, какие сроки сдвинутся")
    faults = [f"mistakes: {fault}" for fault in looked_at(page)]
    page.get_by_label("Пятница: перерыв с").fill("")
    page.get_by_label("Пятница: перерыв до").fill("")
    press(page, "Показать, какие сроки сдвинутся")
    page.get_by_role("heading", name="Открытые сроки не сдвинутся").wait_for()
    faults += [f"preview: {fault}" for fault in looked_at(page)]
    press(page, "Применить")
    page.get_by_text("Часы сохранены").wait_for()
    assert not faults, "\n".join(faults)


@pytest.fixture
def empty(chromium: "Browser", live_server: Any, settings: Any, tmp_path: Any) -> Iterator[Town]:
    """A live server with nothing in it."""
    settings.DATA = tmp_path
    place = Town(chromium, live_server.url)
    yield place
    place.close()
    assert place.complaints == []


def test_a_clerk_sets_a_village_up(empty: Town) -> None:
    """From the console's code to the first message, every step looked at."""
    page = empty.citizen()
    page.goto(empty.address)
    faults = looked_at(page)
    page.get_by_label("Код первой настройки").fill(first_run.code())
    press(page, "Начать")
    page.get_by_label("Полное название").fill("Администрация Ясного сельского поселения")
    page.get_by_label("Краткое название").fill("Ясное с. п.")
    faults += looked_at(page)
    press(page, "Дальше")
    page.get_by_label("Новоалексеевская № 129").first.check()
    faults += looked_at(page)
    press(page, "Дальше")
    faults += looked_at(page)
    press(page, "Дальше")
    fill_in(page)
    faults += looked_at(page)
    press(page, "Готово")
    page.get_by_role("heading", name="Готово: Ясное с. п.").wait_for()
    faults += looked_at(page)
    press(page, "Завести первое сообщение")
    page.get_by_label("Текст сообщения").fill("На Садовой яма")
    press(page, "Записать")
    page.get_by_text("На Садовой яма").first.wait_for()
    assert not faults, "\n".join(faults)


def fill_in(page: "Page") -> None:
    for label, values in NAMES.items():
        for number, value in enumerate(values):
            page.get_by_label(label).nth(number).fill(value)
    for label in ("Ваш пароль", "Пароль ещё раз"):
        page.get_by_label(label).fill("три зелёных яблока")
