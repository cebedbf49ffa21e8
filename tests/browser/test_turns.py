"""Turns that a message may take, by clicking: evidence, several bodies, an interim reply, a question to the author, a
correction, a withdrawal, a repeat, the own account."""

import pytest
from playwright.sync_api import FilePayload

from otklik.incidents.models import Incident
from tests.browser.real import PHOTO, Town, main, other, press, run_jobs

TEXT = "Яма на Садовой, колесо пробил. Когда заделают?"
REPLY = "Здравствуйте, Ирина! Яму на Садовой засыпали сегодня утром."
LATER = "Здравствуйте, Ирина! Ответим по существу, как только закончится проверка."
PHOTO_FILE: FilePayload = {"name": "яма.png", "mimeType": "image/png", "buffer": PHOTO}


def selected_in_altai(town: Town) -> None:
    page = town.open_row("a.curator", TEXT)
    page.get_by_label("Сообщение носит критический характер").check()
    main(page, "Взять в работу")


def routed_in_altai(town: Town) -> None:
    selected_in_altai(town)
    page = town.open_row("a.curator", TEXT)
    page.get_by_label("Кому").select_option(label="Министерство транспорта")
    main(page, "Направить в орган")


def answered_in_altai(town: Town, reply: str, *, kind: str = "ответ") -> None:
    """Drafted, approved, published; what stands under the post is looked at by the test."""
    page = town.open_row("a.transport", TEXT)
    page.get_by_role("radio", name=kind, exact=True).check()
    page.get_by_label("Текст ответа").fill(reply)
    main(page, "Направить")
    main(town.open_row("a.curator", TEXT), "Согласовать")
    main(town.open_row("a.transport", TEXT), "Разместить ответ")
    run_jobs()


def shown(town: Town, organisation: str, reply: str) -> bool:
    return town.under_the_post(organisation, TEXT).get_by_text(reply).count() == 1


def test_ukhta_demands_a_photo_for_measures_taken(town: Town) -> None:
    """U 10: no measures without a photo, a video or an act; the photo goes with the reply."""
    town.post("ukhta", TEXT)
    main(town.open_row("u.operator", TEXT), "Принять в работу")
    page = town.open_row("u.operator", TEXT)
    page.get_by_label("Кому").select_option(label="МКУ «Городские дороги»")
    main(page, "Направить профильному Исполнителю")
    page = town.open_row("u.roads", TEXT)
    page.get_by_label("Текст ответа").fill(REPLY)
    page.get_by_label("принятые меры").check()
    press(page, "Направить проект ответа Исполнителю")
    assert "Пункт 10" in page.locator(".notice-error").inner_text()
    assert page.get_by_label("Текст ответа").input_value() == REPLY
    assert page.get_by_label("принятые меры").is_checked()
    page.get_by_label("Фото, видео, скан акта").set_input_files(PHOTO_FILE)
    main(page, "Направить проект ответа Исполнителю")
    assert page.get_by_text("яма.png").count() > 0
    main(town.open_row("u.operator", TEXT), "Согласовать")
    main(town.open_row("u.operator", TEXT), "Разместить ответ")
    run_jobs()
    assert town.under_the_post("ukhta", TEXT).get_by_text("яма.png").count() == 1


def test_altai_collects_parts_and_one_body_writes_the_common_reply(town: Town) -> None:
    """A 14: each body sends its part to the curator, the one named writes."""
    incident = town.post("altai", TEXT)
    selected_in_altai(town)
    page = town.open_row("a.curator", TEXT)
    other(page, "Запросить части ответа")
    page.get_by_label("Министерство транспорта").check()
    page.get_by_label("Министерство образования и науки").check()
    page.get_by_label("Что нужно от каждого").fill("Что сделано и когда?")
    page.get_by_label("Кто готовит общий ответ").select_option(label="Министерство транспорта")
    main(page, "Запросить")
    for login in ("a.transport", "a.education"):
        page = town.open_row(login, TEXT)
        assert page.get_by_text("Что сделано и когда?").count() > 0
        page.get_by_label("Ваша часть ответа").fill(f"Часть: {login}")
        main(page, "Направить информацию куратору")
    page = town.open_row("a.transport", TEXT)
    assert page.get_by_text("Часть: a.education").count() > 0
    page.get_by_label("Текст ответа").fill(REPLY)
    main(page, "Направить общий ответ на согласование")
    main(town.open_row("a.curator", TEXT), "Согласовать")
    main(town.open_row("a.transport", TEXT), "Разместить ответ")
    run_jobs()
    assert shown(town, "altai", REPLY)
    incident.refresh_from_db()
    assert incident.stage == "answered"


def test_lesozavodsk_collects_parts_and_the_curator_writes(town: Town) -> None:
    """L 14: officials send what they know to the curator, who writes the common reply."""
    town.post("lesozavodsk", TEXT)
    main(town.open_row("l.press", TEXT), "Отобрать")
    page = town.open_row("l.press", TEXT)
    other(page, "Запросить части ответа")
    page.get_by_label("Управление жизнеобеспечения").check()
    page.get_by_label("Управление образования").check()
    main(page, "Запросить")
    for login in ("l.utilities", "l.education"):
        page = town.open_row(login, TEXT)
        page.get_by_label("Ваша часть ответа").fill(f"Часть: {login}")
        main(page, "Направить информацию Куратору")
    page = town.open_row("l.press", TEXT)
    page.get_by_label("Текст ответа").fill(REPLY)
    main(page, "Подготовить общий ответ")
    main(town.open_row("l.press", TEXT), "Согласовать")
    main(town.open_row("l.utilities", TEXT), "Разместить ответ")
    run_jobs()
    assert shown(town, "lesozavodsk", REPLY)


def test_an_interim_reply_then_the_final_one(town: Town) -> None:
    """A 13: the final draft within seven working days of the interim reply."""
    town.post("altai", TEXT)
    routed_in_altai(town)
    answered_in_altai(town, LATER, kind="промежуточный ответ")
    assert shown(town, "altai", LATER)
    page = town.open_row("a.transport", TEXT)
    assert page.get_by_text("второго акты не знают").count() == 1
    answered_in_altai(town, REPLY)
    assert shown(town, "altai", REPLY)
    assert shown(town, "altai", LATER)


def test_a_question_to_the_author_is_answered_by_their_comment(town: Town) -> None:
    incident = town.post("altai", TEXT)
    routed_in_altai(town)
    answered_in_altai(town, "Ирина, у какого дома яма?", kind="запрос (уточнение)")
    assert town.open_card("a.transport", incident).get_by_role("heading", name="Ждём ответа автора").count() == 1
    post = town.under_the_post("altai", TEXT)
    post.get_by_text("Написать комментарий").click()
    post.get_by_label("Ваш комментарий").fill("У дома 5, прямо у подъезда")
    post.get_by_role("button", name="Ответить").click()
    town.citizen().wait_for_load_state()
    run_jobs()
    page = town.open_row("a.transport", TEXT)
    assert page.locator(".thread").get_by_text("У дома 5, прямо у подъезда").count() == 1
    assert Incident.objects.count() == 1
    answered_in_altai(town, REPLY)
    assert shown(town, "altai", REPLY)


def test_a_published_reply_is_corrected_and_then_withdrawn(town: Town) -> None:
    """Through the same approval; what is withdrawn disappears from under the post."""
    incident = town.post("altai", TEXT)
    routed_in_altai(town)
    answered_in_altai(town, REPLY)
    page = town.open_card("a.transport", incident)
    other(page, "Исправить размещённый ответ")
    page.get_by_label("Что не так").fill("Засыпали вчера, а не сегодня")
    main(page, "Исправить размещённый ответ")
    better = REPLY.replace("сегодня утром", "вчера вечером")
    page.get_by_label("Текст ответа").fill(better)
    main(page, "Направить")
    main(town.open_row("a.curator", TEXT), "Согласовать")
    main(town.open_row("a.transport", TEXT), "Разместить")
    run_jobs()
    assert shown(town, "altai", better)
    page = town.open_card("a.transport", incident)
    other(page, "Отозвать размещённый ответ")
    page.get_by_label("Какой ответ").select_option(index=0)
    page.get_by_label("Почему").fill("Ответ относится к другой улице")
    main(page, "Отозвать размещённый ответ")
    main(town.open_row("a.curator", TEXT), "Согласовать")
    main(town.open_row("a.transport", TEXT), "Разместить")
    run_jobs()
    assert not shown(town, "altai", better)


def test_a_repeat_is_answered_by_a_link_in_ukhta(town: Town) -> None:
    """U 19: the same question again is answered with a link to the reply that stands."""
    first = town.post("ukhta", TEXT)
    main(town.open_row("u.operator", TEXT), "Принять в работу")
    page = town.open_row("u.operator", TEXT)
    page.get_by_label("Кому").select_option(label="МКУ «Городские дороги»")
    main(page, "Направить профильному Исполнителю")
    page = town.open_row("u.roads", TEXT)
    page.get_by_label("Текст ответа").fill(REPLY)
    main(page, "Направить проект ответа Исполнителю")
    main(town.open_row("u.operator", TEXT), "Согласовать")
    main(town.open_row("u.operator", TEXT), "Разместить ответ")
    run_jobs()
    again = "А про яму на Садовой опять молчите?"
    town.post("ukhta", again)
    page = town.open_row("u.operator", again)
    page.get_by_label("Повторяет сообщение №").fill(str(first.number))
    main(page, "Принять в работу")
    page = town.open_row("u.operator", again)
    assert "/demo-network/ukhta/" in page.get_by_label("Ссылка на прежний ответ").input_value()
    page.get_by_label("Что написать автору").fill("Ирина, мы уже ответили на этот вопрос")
    main(page, "Ответить ссылкой на прежний ответ")
    main(town.open_row("u.operator", again), "Разместить ответ")
    run_jobs()
    assert town.under_the_post("ukhta", again).get_by_text("мы уже ответили на этот вопрос").count() == 1


def test_altai_publishes_on_its_own_page_where_the_source_is_closed(town: Town) -> None:
    """A 12: in the own account with a link to the author, and why not at the source."""
    incident = town.post("altai", TEXT)
    routed_in_altai(town)
    page = town.open_row("a.transport", TEXT)
    page.get_by_label("Текст ответа").fill(REPLY)
    main(page, "Направить на согласование")
    main(town.open_row("a.curator", TEXT), "Согласовать")
    page = town.open_row("a.transport", TEXT)
    page.get_by_label("Разместил(а) вручную в собственном аккаунте").check()
    page.get_by_label("Адрес размещённого ответа").fill("https://vk.com/wall-9_9")
    press(page, "Разместить ответ")
    assert "Пункт 12" in page.locator(".notice-error").inner_text()
    page.get_by_label("Разместил(а) вручную в собственном аккаунте").check()
    page.get_by_label("Адрес размещённого ответа").fill("https://vk.com/wall-9_9")
    page.get_by_label("Почему нельзя на месте").fill("Комментарии под записью закрыты")
    page.get_by_label("Ссылка на автора").fill("https://vk.com/id7")
    main(page, "Разместить ответ")
    incident.refresh_from_db()
    assert incident.stage == "answered"
    assert page.get_by_role("link", name="Открыть ответ на месте").get_attribute("href") == "https://vk.com/wall-9_9"


@pytest.mark.parametrize("login", ["a.head", "a.education"])
def test_whoever_has_no_step_is_told_who_acts(town: Town, login: str) -> None:
    incident = town.post("altai", TEXT)
    routed_in_altai(town)
    page = town.person(login)
    answer = page.goto(f"{town.address}/incidents/{incident.pk}/")
    assert answer is not None
    if login == "a.education":  # another body takes no part: the incident is not there for it
        assert answer.status == 404
        return
    assert page.get_by_role("heading", name="Ждём проект ответа").count() == 1
    assert page.locator("[data-main]").count() == 0
