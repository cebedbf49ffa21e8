"""A morning's messages decided on by keyboard alone: no hand leaves the keys, and a slip is taken back."""

import pytest

from otklik.incidents.models import Incident
from otklik.process.state import Stage
from tests.browser.looking import looked_at
from tests.browser.real import Town
from tests.browser.test_real_screens import posted

pytestmark = pytest.mark.slow


def test_the_feed_by_keyboard_only(town: Town) -> None:
    insult, hole, late = (posted("altai", text) for text in ("Брань", "Яма на Садовой", "Снег на Мира"))
    page = town.person("a.curator")
    page.goto(f"{town.address}/feed/")
    page.keyboard.press("j")
    page.keyboard.press("d")
    assert not looked_at(page)  # with the menu open
    page.keyboard.press("3")
    page.locator("#feed-done").wait_for()
    assert Incident.objects.get(pk=insult.pk).stage == Stage.EXCLUDED.value
    assert page.evaluate("document.activeElement.textContent") == f"№ {hole.number}"  # on to the next
    page.keyboard.press("z")
    page.get_by_text("возвращено к отбору").wait_for()
    assert Incident.objects.get(pk=insult.pk).stage == Stage.DETECTED.value
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("s")
    page.keyboard.press("2")
    page.get_by_text(f"№ {hole.number}: отобрано").wait_for()
    assert Incident.objects.get(pk=hole.pk).importance == "high"
    for _ in range(2):  # the focus is on the last message, `k` goes to the first
        page.keyboard.press("x")
        page.keyboard.press("k")
    page.keyboard.press("l")
    page.get_by_label("Почему реагирования не требуется").fill("Не о нас")
    page.keyboard.press("Control+Enter")
    page.get_by_role("heading", name="Реагирования не требует: 2 из 2").wait_for()
    stages = Incident.objects.filter(pk__in=[insult.pk, late.pk]).values_list("stage", flat=True)
    assert set(stages) == {Stage.LEFT_OUT.value}
