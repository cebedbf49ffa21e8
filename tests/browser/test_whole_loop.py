"""From a post in the demo network to the official reply under it, by clicking, under each of the five acts.

Whoever has the next step signs in, finds the message in «Ждут меня» and presses the card's one main button.
"""

from collections.abc import Callable

import pytest

from tests.browser.real import Town, main, run_jobs

TEXT = "Яма на Садовой, колесо пробил. Когда заделают?"
REPLY = "Здравствуйте, Ирина! Яму на Садовой засыпали сегодня утром."


def route(town: Town, login: str, unit: str, button: str) -> None:
    page = town.open_row(login, TEXT)
    page.get_by_label("Кому").select_option(label=unit)
    main(page, button)


def write(town: Town, login: str, button: str, reply: str = REPLY) -> None:
    page = town.open_row(login, TEXT)
    page.get_by_label("Текст ответа").fill(reply)
    main(page, button)


def press(town: Town, login: str, button: str) -> None:
    main(town.open_row(login, TEXT), button)


def altai(town: Town) -> None:
    page = town.open_row("a.curator", TEXT)
    page.get_by_label("Сообщение носит критический характер").check()
    main(page, "Взять в работу")
    route(town, "a.curator", "Министерство транспорта", "Направить в орган")
    write(town, "a.transport", "Направить на согласование")
    press(town, "a.curator", "Согласовать")
    press(town, "a.transport", "Разместить ответ")


def ukhta(town: Town) -> None:
    press(town, "u.operator", "Принять в работу")
    route(town, "u.operator", "МКУ «Городские дороги»", "Направить профильному Исполнителю")
    write(town, "u.roads", "Направить проект ответа Исполнителю")
    press(town, "u.operator", "Согласовать")
    press(town, "u.operator", "Разместить ответ")


def lesozavodsk(town: Town) -> None:
    press(town, "l.press", "Отобрать")
    route(town, "l.press", "Управление жизнеобеспечения", "Направить должностному лицу")
    write(town, "l.utilities", "Направить на согласование")
    press(town, "l.press", "Согласовать")
    press(town, "l.utilities", "Разместить ответ")


def kalininsky(town: Town) -> None:
    press(town, "k.control", "Взять в работу")
    route(town, "k.control", "Управление жилищно-коммунального хозяйства и благоустройства", "Направить в орган")
    write(town, "k.utilities", "Направить на согласование")
    press(town, "k.control", "Согласовать")
    press(town, "k.utilities", "Разместить ответ")


def novoalekseevskaya(town: Town) -> None:
    """The curator is another institution without an account: its approval is recorded by who knows of it."""
    press(town, "n.executor", "Отметить получение от куратора")
    press(town, "n.executor", "Решить о сокращённом сроке и взять в работу")
    route(town, "n.executor", "Общий отдел", "Направить специалисту")
    write(town, "n.general", "Направить на согласование")
    page = town.open_row("n.executor", TEXT, section="review")
    page.get_by_role("link", name="Записать: Согласовать").click()
    page.get_by_label("Откуда это известно").fill("Письмо краевого центра № 12")
    main(page, "Согласовать")
    press(town, "n.executor", "Разместить ответ")


LOOPS: list[Callable[[Town], None]] = [altai, ukhta, lesozavodsk, kalininsky, novoalekseevskaya]


@pytest.mark.parametrize("loop", LOOPS, ids=lambda loop: str(loop.__name__))
def test_a_post_is_answered_under_it(town: Town, loop: Callable[[Town], None]) -> None:
    organisation = loop.__name__
    town.post(organisation, TEXT)
    loop(town)
    assert town.under_the_post(organisation, TEXT).get_by_text(REPLY).count() == 0
    run_jobs()
    assert town.under_the_post(organisation, TEXT).get_by_text(REPLY).count() == 1
