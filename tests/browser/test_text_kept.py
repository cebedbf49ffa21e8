"""What is typed is never lost: no connection, a session that ended, a version that a colleague saved meanwhile."""

from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import Page, expect

from otklik.incidents import actions
from otklik.incidents.models import DraftCopy, Incident
from otklik.orgs.demo import DEMO_PASSWORD
from otklik.orgs.models import Person, ReplyTemplate
from otklik.process import commands as c
from tests.browser.real import PATIENCE, Town
from tests.browser.test_real_screens import do, posted

pytestmark = pytest.mark.slow
TEXT = "Яма на Садовой, колесо пробил"


def drafting(town: Town) -> tuple[Incident, Page]:
    incident = posted("altai", TEXT)
    do(incident, "a.curator", c.Select(critical=True), c.Route(unit="transport"))
    page = town.open_card("a.transport", incident)
    page.locator(".work-count").filter(has_text="Знаков").wait_for()
    return incident, page


def typed(page: Page) -> str:
    return page.locator("#draft-text").input_value()


def test_without_a_connection_the_text_stays_and_goes_when_it_is_back(town: Town) -> None:
    incident, page = drafting(town)
    page.context.set_offline(True)
    page.locator("#draft-text").fill("Набрано без связи")
    expect(page.locator("#offline")).to_be_visible(timeout=PATIENCE)
    page.get_by_role("button", name="Сохранить версию").click()
    assert page.url.endswith(f"/incidents/{incident.pk}/")
    assert typed(page) == "Набрано без связи"
    town.complaints.clear()  # the browser itself says that there is no connection
    with page.expect_response(lambda answer: "draft/check" in answer.url, timeout=PATIENCE):
        page.context.set_offline(False)
    assert DraftCopy.objects.get(incident=incident).text == "Набрано без связи"
    expect(page.locator("#offline")).to_be_hidden(timeout=PATIENCE)


def test_a_session_that_ended_leaves_the_page_and_signing_in_leads_back(town: Town) -> None:
    incident, page = drafting(town)
    Session.objects.all().delete()
    page.locator("#draft-text").fill("Набрано после конца сеанса")
    expect(page.locator("#signed-out")).to_be_visible(timeout=PATIENCE)
    assert typed(page) == "Набрано после конца сеанса"
    town.complaints.clear()  # the browser itself says 401
    page.get_by_role("link", name="Войти и вернуться сюда").click()
    page.get_by_label("Имя для входа").fill("a.transport")
    page.get_by_label("Пароль", exact=True).fill(DEMO_PASSWORD)
    page.get_by_role("button", name="Войти", exact=True).click()
    page.get_by_role("button", name="Вернуть его").click()
    assert page.url.endswith(f"/incidents/{incident.pk}/")
    assert typed(page) == "Набрано после конца сеанса"


def test_a_text_on_an_older_version_is_still_offered(town: Town) -> None:
    incident, page = drafting(town)
    page.evaluate(f"sessionStorage.setItem('draft-{incident.pk}-0', 'Мой несохранённый текст')")
    person = Person.objects.get(username="a.transport")
    save = c.SaveDraft(text="Версия с другого компьютера")
    actions.perform(incident.pk, save, person=person, command_id=uuid4(), now=timezone.now())
    page.reload()
    page.get_by_role("button", name="Вернуть его").click()
    assert typed(page) == "Мой несохранённый текст"


def test_a_template_comes_where_the_cursor_stands_and_goes_by_undo(town: Town) -> None:
    incident = posted("altai", TEXT)
    ReplyTemplate.objects.create(organisation=incident.organisation, title="Яма", text="Место: {место}.")
    do(incident, "a.curator", c.Select(critical=True), c.Route(unit="transport"))
    page = town.open_card("a.transport", incident)
    page.locator("#draft-text").fill("Начало")
    page.get_by_role("button", name="Вставить в ответ").click()
    expect(page.locator("#draft-text")).to_have_value("Начало\n\nМесто: ул. Садовая, 5.", timeout=PATIENCE)
    page.keyboard.press("Control+z")
    assert typed(page) == "Начало"
