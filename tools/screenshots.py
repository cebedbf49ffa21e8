"""Takes the pictures of README and docs/ru/tutorial.md: `.venv/bin/python tools/screenshots.py`. Needs Chromium.

It starts a demo of its own in a temporary folder, with the clock set to a working hour (`--at`), plays one message in
the browser from the citizen's words to the published reply, and takes a picture at each stop. `--address` takes them
from a demo that runs already; that demo then has one message more.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Locator, Page, ViewportSize

ROOT = Path(__file__).resolve().parents[1]
PASSWORD = "otklik-demo"  # noqa: S105 - everyone knows it: demo people sign in from this machine only
DESK: ViewportSize = {"width": 1366, "height": 768}
PHONE: ViewportSize = {"width": 390, "height": 800}
COMMUNITY = "altai"
AT = "2026-11-27T14:20+07:00"
"""A Friday: the reply is due after the weekend, so the explanation has something to explain."""
PATIENCE_S = 90

AUTHOR = "Елена с Барнаульской"
PLACE = "остановка «Школа № 8»"
MESSAGE = (
    "Автобус № 14 третий день не ходит по расписанию. Сегодня утром на остановке «Школа № 8» простояли с ребёнком "
    "сорок минут, на улице минус двадцать. Почему убрали рейс в 7:40 и когда вернут?"
)
REPLY = (
    "Елена, здравствуйте! Рейс в 7:40 не выполняется, потому что один из двух автобусов маршрута № 14 в ремонте. "
    "Министерство транспорта потребовало от перевозчика вывести на линию запасную машину. С 1 декабря рейсы в 7:40 и "
    "8:10 пойдут по расписанию, оно приложено. Если автобус не придёт, сообщите диспетчеру: 8 (385) 200-14-14."
)

PROMISED_ON = "2026-12-01"
PROMISED = "рейсы в 7:40 и 8:10 по расписанию"

CLOCK = """
import datetime as dt
try:
    from django.utils import timezone
except ImportError:
    pass
else:
    ahead = dt.timedelta(seconds={seconds})
    timezone.now = lambda: dt.datetime.now(dt.timezone.utc) + ahead
"""
"""Loaded by every Python of the demo: so many seconds ahead of this machine."""

TIMETABLE = """
<body style="margin:0;font:28px sans-serif;background:#fff;color:#111"><div style="padding:40px;width:640px">
<h1 style="margin:0 0 8px;font-size:44px">Маршрут № 14</h1>
<p style="margin:0 0 24px">Остановка «Школа № 8», с 1 декабря</p>
<table style="border-collapse:collapse;width:100%;font-size:34px">
<tr><td>6:40</td><td>7:10</td><td><b>7:40</b></td><td><b>8:10</b></td></tr>
<tr><td>8:40</td><td>9:20</td><td>10:00</td><td>10:40</td></tr>
<tr><td>16:20</td><td>17:00</td><td>17:30</td><td>18:00</td></tr></table></div></body>
"""


@dataclass
class Camera:
    """Looks at one demo with the eyes of several people, and keeps the pictures in `out`."""

    browser: Browser
    address: str
    out: Path
    contexts: dict[tuple[str, bool, bool], BrowserContext] = field(default_factory=dict)

    def person(self, login: str, *, phone: bool = False, dark: bool = False) -> Page:
        """A fresh page of somebody signed in; an empty `login` is a visitor."""
        key = (login, phone, dark)
        if key not in self.contexts:
            self.contexts[key] = self.browser.new_context(
                viewport=PHONE if phone else DESK,
                device_scale_factor=2 if phone else 1.5,
                color_scheme="dark" if dark else "light",
                locale="ru-RU",
                reduced_motion="reduce",
            )
            if login:
                self._sign_in(self.contexts[key].new_page(), login)
        return self.contexts[key].new_page()

    def _sign_in(self, page: Page, login: str) -> None:
        page.goto(f"{self.address}/sign-in/")
        page.fill("#username", login)
        page.fill("#password", PASSWORD)
        page.get_by_role("button", name="Войти", exact=True).click()
        page.wait_for_url(f"{self.address}/")
        page.close()

    def take(self, page: Page, name: str, *, height: int | None = None) -> None:
        """Keep what is in the window; `height` (CSS pixels): a window of that height for this picture."""
        page.evaluate("document.fonts.ready.then(() => true)")
        size = page.viewport_size or DESK
        if height is not None:
            page.set_viewport_size({"width": size["width"], "height": height})
        path = self.out / f"{name}.png"
        page.screenshot(path=path, animations="disabled")
        with Image.open(path) as taken:
            few = taken.convert("RGB").quantize(256, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
        few.save(path, optimize=True)  # a third of the size
        page.set_viewport_size(size)
        print(f"{name}.png", flush=True)


def card_of(page: Page, address: str) -> None:
    """Open the card of our message, once it has come."""
    row = page.locator("[data-row]", has_text="Автобус № 14 третий день").first
    for _ in range(PATIENCE_S):
        page.goto(f"{address}/?section=all")
        if row.count():
            row.locator("a").first.click()
            page.wait_for_url("**/incidents/*/")
            return
        page.wait_for_timeout(1000)
    raise SystemExit("The message has not come: is the work process running?")


def do(page: Page) -> None:
    """Press the one main button, and wait for the card that comes of it."""
    with page.expect_navigation():
        page.locator("[data-main], .next-bar .btn").first.click()
    wrong = page.locator(".notice-error")
    if wrong.count():
        raise SystemExit(f"Refused at {page.url}: {wrong.first.inner_text()}")


def open_why(ladder: Locator, step: str) -> None:
    """Unfold «почему этот срок» under one step of the ladder."""
    rung = ladder.locator("li", has=ladder.page.locator(".rung-title", has_text=step)).first
    rung.locator("summary").first.click()
    rung.evaluate("rung => rung.scrollIntoView({block: 'start'})")
    ladder.page.evaluate("scrollTo(0, 0)")


def sign_in(camera: Camera) -> None:
    page = camera.person("")
    page.goto(f"{camera.address}/sign-in/")
    camera.take(page, "sign-in")


def citizen_writes(camera: Camera) -> None:
    page = camera.person("")
    page.goto(f"{camera.address}/demo-network/{COMMUNITY}/")
    page.fill(".dn-form [name=author]", AUTHOR)
    page.fill(".dn-form [name=text]", MESSAGE)
    page.fill(".dn-form [name=place]", PLACE)
    camera.take(page, "citizen-writes", height=560)
    page.locator(".dn-form button").click()
    page.locator(".dn-post", has_text=AUTHOR).first.wait_for()


def curator_routes(camera: Camera) -> None:
    page = camera.person("a.curator")
    card_of(page, camera.address)
    camera.take(page, "card-selection", height=860)
    do(page)
    page.locator("select[name=unit]").select_option(label="Министерство транспорта")
    camera.take(page, "card-routing")
    do(page)
    page.goto(f"{camera.address}/")
    camera.take(page, "queue")


def executor_drafts(camera: Camera, photo: Path) -> None:
    page = camera.person("a.transport")
    card_of(page, camera.address)
    with page.expect_response("**/draft/check/"):
        page.fill("#draft-text", REPLY)
    measures = page.get_by_label("принятые меры")
    if measures.count():
        measures.first.check()
    page.set_input_files("#draft-files", photo)
    page.locator("#findings", has_text="Назван срок").wait_for()
    camera.take(page, "draft", height=1000)
    open_why(page.locator(".ladder"), "Подготовить и разместить ответ")
    camera.take(page, "card", height=1500)
    page.locator("[name=promise_on]").first.fill(PROMISED_ON)
    page.locator("[name=promise_what]").first.fill(PROMISED)
    do(page)


def curator_approves(camera: Camera) -> None:
    page = camera.person("a.curator")
    card_of(page, camera.address)
    camera.take(page, "review", height=1100)
    phone = camera.person("a.curator", phone=True)
    phone.goto(page.url)
    camera.take(phone, "phone")
    do(page)


def executor_publishes(camera: Camera) -> None:
    page = camera.person("a.transport")
    card_of(page, camera.address)
    camera.take(page, "publication", height=900)
    do(page)
    for _ in range(PATIENCE_S):
        page.reload()
        if page.get_by_text("ответ размещён").count():
            break
        page.wait_for_timeout(1000)
    camera.take(page, "card-answered", height=1000)
    dark = camera.person("a.transport", dark=True)
    dark.goto(page.url)
    camera.take(dark, "card-dark", height=900)


def reply_appears(camera: Camera) -> None:
    page = camera.person("")
    page.goto(f"{camera.address}/demo-network/{COMMUNITY}/")
    post = page.locator(".dn-post", has_text=AUTHOR).first
    post.locator(".is-official").first.wait_for()
    page.evaluate("document.querySelector('.dn-post').scrollIntoView({block: 'center'})")
    camera.take(page, "demo-network", height=900)


def act(camera: Camera) -> None:
    page = camera.person("a.curator")
    page.goto(f"{camera.address}/act/")
    camera.take(page, "act", height=1000)


def play(camera: Camera, photo: Path) -> None:
    """The whole way of one message, picture by picture."""
    sign_in(camera)
    citizen_writes(camera)
    curator_routes(camera)
    executor_drafts(camera, photo)
    curator_approves(camera)
    executor_publishes(camera)
    reply_appears(camera)
    act(camera)


# --- a demo of our own ---


@contextlib.contextmanager
def demo(at: str, port: int) -> Iterator[str]:
    """A demo with its web and work processes, in a temporary folder, at that time; its address."""
    import datetime as dt

    wanted = dt.datetime.fromisoformat(at)
    if wanted.tzinfo is None:
        raise SystemExit(f"--at {at}: a time with an offset is wanted, for instance {AT}")
    with tempfile.TemporaryDirectory(prefix="otklik-pictures-") as scratch:
        data, clock = Path(scratch) / "data", Path(scratch) / "clock"
        data.mkdir()
        clock.mkdir()
        ahead = wanted.timestamp() - time.time()  # noqa: TID251 - the machine's own clock is what is being moved
        (clock / "sitecustomize.py").write_text(CLOCK.format(seconds=ahead), encoding="utf-8")
        path = os.pathsep.join(filter(None, [str(clock), os.environ.get("PYTHONPATH", "")]))
        environ = {**os.environ, "OTKLIK_DATA": str(data), "PYTHONPATH": path}
        for words in (["migrate"], ["demo", "load", "--wait"]):
            subprocess.run(program(*words), env=environ, check=True)
        with running(environ, "web", "--port", str(port)), running(environ, "work"):
            address = f"http://127.0.0.1:{port}"
            wait_for(f"{address}/healthz")
            yield address


def program(*words: str) -> list[str]:
    return [sys.executable, "-m", "otklik.cli.main", *words]


@contextlib.contextmanager
def running(environ: Mapping[str, str], *words: str) -> Iterator[None]:
    """One process of the demo; ended with everything it started."""
    process = subprocess.Popen(program(*words), env=environ, start_new_session=True)
    try:
        yield
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        process.wait(30)


def wait_for(address: str) -> None:
    for _ in range(PATIENCE_S * 2):
        with contextlib.suppress(urllib.error.URLError, ConnectionError):
            urllib.request.urlopen(address, timeout=5)
            return
        time.sleep(0.5)
    raise SystemExit(f"{address} does not answer")


def draw_timetable(browser: Browser, path: Path) -> None:
    """The picture that is attached to the reply."""
    page = browser.new_page(viewport={"width": 720, "height": 420})
    page.set_content(TIMETABLE)
    page.screenshot(path=path)
    page.close()


def main() -> int:
    """0: all taken."""
    parser = argparse.ArgumentParser(description="Pictures for README and the guide.")
    parser.add_argument("--at", default=AT, help=f"the demo's clock at the start ({AT})")
    parser.add_argument("--port", type=int, default=8140)
    parser.add_argument("--address", help="take them from a demo that runs already")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "img")
    options = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        raise SystemExit("No Chromium on PATH; install it, for instance `apt install chromium`.")
    options.out.mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as stack:
        address = options.address or stack.enter_context(demo(options.at, options.port))
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", "--disable-gpu"],
        )
        photo = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "raspisanie-14.png"
        draw_timetable(browser, photo)
        play(Camera(browser, address.rstrip("/"), options.out), photo)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
