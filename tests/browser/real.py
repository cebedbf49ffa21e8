"""The real desk in the browser: the organisations of the demo, a live server, and jobs run when the test says so."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils import timezone

from otklik.demo import organisations
from otklik.incidents.models import Incident
from otklik.jobs import actions, execution, registry
from otklik.orgs.demo import DEMO_PASSWORD
from tests.browser.conftest import DESK, PHONE, Theme

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Locator, Page

PATIENCE = 15_000
"""Milliseconds that a page may take on a slow machine."""
PHOTO = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc0000003010100c9fe92"
    "ef0000000049454e44ae426082"
)
"""A picture of one pixel."""


def run_jobs() -> None:
    """What the work process would do, here and now: everything that is due, and what follows from it."""
    registry.load()
    while claims := actions.claim(limit=20, now=timezone.now()):
        for claim in claims:
            ended = execution.execute(claim, timezone.now)
            assert ended is execution.Ended.DONE, f"{claim.kind}: {ended}"


@dataclass
class Town:
    """The five organisations of the demo behind a live server, and everybody's browser."""

    chromium: "Browser"
    address: str
    theme: Theme = "light"
    phone: bool = False
    complaints: list[str] = field(default_factory=list)
    _contexts: "dict[str, BrowserContext]" = field(default_factory=dict)
    _pages: "dict[str, Page]" = field(default_factory=dict)

    def build(self) -> None:
        """Make the organisations, with people, pages in the demo network and no messages."""
        organisations.make(timezone.now())

    def citizen(self) -> "Page":
        """A browser in which nobody is signed in."""
        return self._page("")

    def person(self, login: str) -> "Page":
        """The browser of one person, signed in through the sign-in page when first asked for."""
        is_new = login not in self._pages
        page = self._page(login)
        if is_new:
            page.goto(f"{self.address}/sign-in/")
            page.get_by_label("Имя для входа").fill(login)
            page.get_by_label("Пароль", exact=True).fill(DEMO_PASSWORD)
            page.get_by_role("button", name="Войти", exact=True).click()
            page.get_by_role("heading", name="Ждут меня").wait_for()
        return page

    def sign_out(self, login: str) -> None:
        """Sign out by the menu; the next `person` signs in anew."""
        page = self._pages.pop(login)
        page.locator(".topbar .menu > summary").click()
        page.get_by_role("button", name="Выйти").click()
        page.get_by_role("button", name="Войти", exact=True).wait_for()
        page.close()

    def post(self, organisation: str, text: str, *, place: str = "ул. Садовая, 5", author: str = "Ирина") -> Incident:
        """A citizen writes on the organisation's page, and the desk gets it."""
        page = self.citizen()
        page.goto(f"{self.address}/demo-network/{organisation}/")
        form = page.locator("form.compose, form").first
        form.get_by_label("Что случилось").fill(text)
        form.get_by_label("Кто вы").fill(author)
        form.get_by_label("Где").fill(place)
        form.get_by_role("button", name="Опубликовать").click()
        page.get_by_text(text).first.wait_for()
        run_jobs()
        return Incident.objects.get(message__text=text)

    def under_the_post(self, organisation: str, text: str) -> "Locator":
        """The comments under a citizen's post, as the citizen sees them now."""
        page = self.citizen()
        page.goto(f"{self.address}/demo-network/{organisation}/")
        return page.locator("article, li").filter(has_text=text).first

    def open_row(self, login: str, text: str, *, section: str = "mine") -> "Page":
        """A section of the person's queue, and the card of the message in it."""
        page = self.person(login)
        page.goto(f"{self.address}/?section={section}")
        page.locator("#queue-list a.row-link").filter(has_text=text).first.click()
        page.locator("#next").wait_for()
        return page

    def open_card(self, login: str, incident: Incident) -> "Page":
        page = self.person(login)
        page.goto(f"{self.address}/incidents/{incident.pk}/")
        return page

    def close(self) -> None:
        for context in self._contexts.values():
            context.close()

    def _page(self, login: str) -> "Page":
        if login not in self._pages:
            if login not in self._contexts:
                self._contexts[login] = self.chromium.new_context(
                    viewport=PHONE if self.phone else DESK,
                    color_scheme=self.theme,
                    locale="ru-RU",
                    timezone_id="Europe/Moscow",
                    reduced_motion="reduce",
                )
                self._contexts[login].set_default_timeout(PATIENCE)
            page = self._contexts[login].new_page()
            page.on("pageerror", lambda error: self.complaints.append(str(error)))
            page.on("console", lambda one: self._note(one.type, one.text))
            self._pages[login] = page
        return self._pages[login]

    def _note(self, kind: str, text: str) -> None:
        # a refusal answers 409 or 422 on purpose, and the browser remarks on it
        if kind in {"error", "warning"} and "the server responded with a status of" not in text:
            self.complaints.append(text)


def press(page: "Page", button: str) -> None:
    """Press the page's one main button, which must say this, and wait for the page that follows."""
    found = page.locator("[data-main]")
    assert found.count() == 1, "a page has one main button"
    words = found.inner_text()
    assert button in words, f"the main button says «{words}», not «{button}»"
    with page.expect_navigation():
        found.click()


def main(page: "Page", button: str) -> None:
    """As `press`, and nothing is refused."""
    press(page, button)
    refusal = page.locator("[role=alert], .notice-error")
    assert refusal.count() == 0, refusal.first.inner_text()


def other(page: "Page", action: str) -> None:
    """An entry of the menu «Другие действия»."""
    page.get_by_text("Другие действия").click()
    with page.expect_navigation():
        page.locator(".menu-panel").get_by_role("link", name=action).first.click()
