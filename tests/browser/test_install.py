"""Chromium finds the program installable; without a connection it says so, and has kept nothing of people's."""

import pytest

from tests.browser.real import Town

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

KEPT = """async () => {
  const found = [];
  for (const name of await caches.keys()) {
    for (const request of await (await caches.open(name)).keys()) found.push(new URL(request.url).pathname);
  }
  return found;
}"""


def test_installing_and_losing_the_connection(town: Town) -> None:
    incident = town.post("altai", "Возле школы третий день нет света, дети идут в темноте")
    page = town.open_card("a.curator", incident)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    chromium = page.context.new_cdp_session(page)
    manifest = chromium.send("Page.getAppManifest")
    assert manifest["errors"] == []
    errors = chromium.send("Page.getInstallabilityErrors")["installabilityErrors"]
    # a test's browser is a private window, and that alone stands in the way
    assert {one["errorId"] for one in errors} <= {"in-incognito"}

    page.reload()
    page.goto(f"{town.address}/")
    kept = page.evaluate(KEPT)
    assert "/offline/" in kept
    assert [one for one in kept if one != "/offline/" and not one.startswith("/static/")] == []

    page.context.set_offline(True)
    page.goto(f"{town.address}/incidents/{incident.pk}/")
    page.get_by_role("heading", name="Нет связи с сервером").wait_for()
    assert "нет света" not in page.content()
    page.context.set_offline(False)
    page.get_by_role("link", name="Попробовать снова").click()
    page.get_by_text("нет света").first.wait_for()
