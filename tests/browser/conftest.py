"""What browser tests stand on: the system's Chromium, the gallery in a process of its own, axe.

Without Chromium every test here is skipped aloud; `.ci/run` allows no skip.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, ViewportSize

    from tests.browser.real import Town

ROOT = Path(__file__).parents[2]
AXE = Path(__file__).with_name("axe.min.js")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
Theme = Literal["light", "dark"]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
DESK: "ViewportSize" = {"width": 1366, "height": 768}
PHONE: "ViewportSize" = {"width": 360, "height": 740}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs a browser."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> "Iterator[Browser]":
    """The system's Chromium."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        pytest.skip("no Chromium on PATH: browser tests did NOT run; install it, for instance `apt install chromium`")
    # Playwright's synchronous API runs an event loop in this thread; Django would refuse the database because of it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def gallery() -> Iterator[str]:
    """Address of the gallery, served by a process of its own on a free port."""
    command = [sys.executable, "-m", "tests.browser.gallery", "0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        address = server.stdout.readline().strip()
        assert address, "the gallery did not start; try `python -m tests.browser.gallery`"
        yield address
        server.terminate()


@dataclass
class Sight:
    """A page in the browser, with everything it complained of."""

    page: "Page"
    complaints: list[str]

    def open(self, address: str) -> None:
        """Go there, and forget what was complained of before."""
        self.complaints.clear()
        self.page.goto(address)
        self.page.evaluate("document.fonts.ready.then(() => true)")

    def axe(self, rules: tuple[str, ...] = ()) -> list[str]:
        """Violations in words: the rule, and the first offending element. `rules` narrows it to a few."""
        if not self.page.evaluate("'axe' in window"):
            # through the debugger: the page's own policy rightly refuses a foreign script
            session = self.page.context.new_cdp_session(self.page)
            session.send("Runtime.evaluate", {"expression": AXE.read_text()})
        only = {"type": "rule", "values": list(rules)} if rules else {"type": "tag", "values": TAGS}
        found: dict[str, Any] = self.page.evaluate(
            "only => axe.run(document, {runOnly: only, resultTypes: ['violations']})", only
        )
        return [
            f"{one['id']}: {one['help']}: {one['nodes'][0]['html'][:200]}: {one['nodes'][0]['failureSummary']}"
            for one in found["violations"]
        ]

    def overflow(self) -> int:
        """By how many pixels the page is wider than the window."""
        wider: int = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        return wider


@pytest.fixture(scope="session")
def _contexts() -> Iterator[dict[tuple[str, str], Any]]:
    contexts: dict[tuple[str, str], Any] = {}
    yield contexts
    for context in contexts.values():
        context.close()


@pytest.fixture
def sight(chromium: "Browser", _contexts: dict[tuple[str, str], Any]) -> "Iterator[Callable[..., Sight]]":
    """`sight("dark", phone=True)`: a fresh page in that theme and size; the time zone is the gallery's.

    A test that sends a form waits for the navigation: a page closed while it goes elsewhere may never close.
    """
    pages: list[Page] = []

    def look(theme: Theme = "light", *, phone: bool = False, scripts: bool = True) -> Sight:
        key = (theme, f"{phone}{scripts}")
        if key not in _contexts:
            _contexts[key] = chromium.new_context(
                viewport=PHONE if phone else DESK,
                color_scheme=theme,
                locale="ru-RU",
                timezone_id="Europe/Moscow",
                java_script_enabled=scripts,
                reduced_motion="reduce",
            )
        page: Page = _contexts[key].new_page()
        pages.append(page)
        complaints: list[str] = []
        page.on("console", lambda message: _note(complaints, message.type, message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return Sight(page, complaints)

    yield look
    for page in pages:
        page.close()


def _note(complaints: list[str], kind: str, text: str) -> None:
    # a page of a fault answers 403, 404 or 500 on purpose, and the browser remarks on it
    if kind in {"error", "warning"} and "the server responded with a status of" not in text:
        complaints.append(text)


@pytest.fixture
def town(chromium: "Browser", live_server: Any, settings: Any) -> "Iterator[Town]":
    """The demo's five organisations behind a live server; the test fails if a page complained in the console."""
    from tests.browser.real import Town

    settings.BOUND_TO_LOOPBACK = True  # the demo password counts there only
    built = Town(chromium, live_server.url)
    built.build()
    yield built
    built.close()
    assert built.complaints == []
