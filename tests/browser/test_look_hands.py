"""The look in the hand: keys, popovers, the theme, the draft's workspace, the card without scripts and on a phone."""

from collections.abc import Callable

from tests.browser.conftest import DESK, PHONE, Sight

Look = Callable[..., Sight]
PRESS = """code => {
  const press = new KeyboardEvent('keydown', {code, key: 'о', bubbles: true});
  document.activeElement.dispatchEvent(press);
}"""
"""The key in this place of the keyboard, as the Russian layout reports it."""


def test_fourteen_rows_fit_a_small_screen(sight: Look, gallery: str) -> None:
    seen = sight()
    seen.open(f"{gallery}queue/")
    bottom = seen.page.locator("[data-row]").nth(13).bounding_box()
    assert bottom is not None
    band = seen.page.locator(".band-demo").bounding_box()
    assert band is not None
    assert bottom["y"] + bottom["height"] - band["height"] <= DESK["height"]


def test_rows_are_walked_by_keys_in_either_layout(sight: Look, gallery: str) -> None:
    seen = sight()
    seen.open(f"{gallery}queue/")
    focused = "document.activeElement.closest('[data-row]')?.id"
    for code, expected in (("KeyJ", "row-341"), ("KeyJ", "row-352"), ("KeyK", "row-341"), ("KeyK", "row-341")):
        seen.page.evaluate(PRESS, code)
        assert seen.page.evaluate(focused) == expected
    seen.page.keyboard.press("Enter")
    seen.page.wait_for_url("**/incidents/341/")


def test_search_and_help_by_key(sight: Look, gallery: str) -> None:
    seen = sight()
    seen.open(f"{gallery}queue/")
    seen.page.keyboard.press("/")
    assert seen.page.evaluate("document.activeElement.id") == "search"
    seen.page.keyboard.press("?")
    assert not seen.page.locator("#keys-sheet").is_visible(), "typing a question mark is not asking for help"
    seen.page.locator("#search").evaluate("field => field.blur()")
    seen.page.keyboard.press("?")
    assert seen.page.locator("#keys-sheet").is_visible()
    seen.page.keyboard.press("Escape")
    assert not seen.page.locator("#keys-sheet").is_visible()


def test_why_opens_by_keyboard_and_closes_by_escape(sight: Look, gallery: str) -> None:
    seen = sight()
    seen.open(f"{gallery}queue/")
    summary = seen.page.locator("#row-344 summary")
    summary.focus()
    seen.page.keyboard.press("Enter")
    body = seen.page.locator("#row-344 .why-body")
    assert body.is_visible()
    assert "обед 13:00–14:00" in body.inner_text()
    assert seen.axe() == []
    seen.page.keyboard.press("Escape")
    assert not body.is_visible()
    assert summary.evaluate("element => element === document.activeElement")


def test_theme_is_chosen_and_kept(sight: Look, gallery: str) -> None:
    seen = sight()
    seen.open(f"{gallery}queue/")
    ground = "getComputedStyle(document.body).backgroundColor"
    light = seen.page.evaluate(ground)
    seen.page.locator(".topbar .menu summary").click()
    seen.page.locator("[data-theme-choice=dark]").click()
    dark = seen.page.evaluate(ground)
    assert dark != light
    seen.page.reload()
    assert seen.page.evaluate(ground) == dark
    seen.page.locator(".topbar .menu summary").click()
    seen.page.locator("[data-theme-choice=auto]").click()
    assert seen.page.evaluate(ground) == light


def test_findings_come_while_writing_and_text_outlives_a_reload(sight: Look, gallery: str) -> None:
    seen = sight()
    seen.open(f"{gallery}card-draft/")
    with seen.page.expect_response("**/draft/check/"):
        seen.page.locator("#draft-text").fill("Сделаем оперативно.")
    seen.page.locator("#findings", has_text="Нет фото, видео или акта").wait_for()
    assert seen.page.locator(".work-count").inner_text() == "Знаков: 19, советуют до 700, предел 4096"
    seen.page.reload()
    seen.page.get_by_role("button", name="Вернуть его").click()
    assert seen.page.locator("#draft-text").input_value() == "Сделаем оперативно."
    assert seen.complaints == []


def test_what_belongs_to_an_interim_reply_is_asked_only_for_one(sight: Look, gallery: str) -> None:
    seen = sight()
    seen.open(f"{gallery}card-interim/")
    assert seen.page.locator("#draft-impossibility").is_visible()
    seen.page.get_by_label("Ответ", exact=True).check()
    assert not seen.page.locator("#draft-impossibility").is_visible()


def test_the_main_button_sends_the_draft_to_review(sight: Look, gallery: str) -> None:
    seen = sight()
    seen.open(f"{gallery}card-draft/")
    seen.page.locator("#draft-text").focus()
    with seen.page.expect_navigation(), seen.page.expect_request("**/incidents/349/draft/") as sent:
        seen.page.keyboard.press("Control+Enter")
    body = sent.value.post_data_buffer or b""
    for name, value in (("action", "submit"), ("base_version", "2"), ("kind", "final"), ("claims", "measures")):
        assert f'"{name}"\r\n\r\n{value}'.encode() in body


def test_enter_in_a_field_saves_and_does_not_send(sight: Look, gallery: str) -> None:
    seen = sight()
    seen.open(f"{gallery}card-draft/")
    with seen.page.expect_navigation(), seen.page.expect_request("**/incidents/349/draft/") as sent:
        seen.page.locator("[name=promise_what]").first.press("Enter")
    assert b'"action"\r\n\r\nsave' in (sent.value.post_data_buffer or b"")


def test_a_second_press_sends_nothing(sight: Look, gallery: str) -> None:
    seen = sight()
    seen.open(f"{gallery}command/")
    seen.page.locator("#command-reason").fill("Это дороги.")
    posts: list[str] = []
    seen.page.on("request", lambda request: posts.append(request.url) if request.method == "POST" else None)
    twice = "form => { setTimeout(() => { form.requestSubmit(); form.requestSubmit(); }) }"
    with seen.page.expect_navigation():
        seen.page.locator("form[action*=return]").evaluate(twice)
    assert len(posts) == 1


def test_everything_is_there_without_scripts(sight: Look, gallery: str) -> None:
    seen = sight(scripts=False)
    for screen in ("card-draft", "card-interim", "card-review", "queue", "signin-demo"):
        seen.page.goto(f"{gallery}{screen}/")
        assert seen.page.locator(".only-js").evaluate_all("all => all.every(one => !one.checkVisibility())")
    seen.page.goto(f"{gallery}card-interim/")
    assert seen.page.locator("#draft-impossibility").is_visible()
    seen.page.goto(f"{gallery}card-review/")
    seen.page.get_by_text("Направить на доработку…").click()
    assert seen.page.get_by_role("button", name="Направить на доработку").is_visible()
    with seen.page.expect_navigation(), seen.page.expect_request("**/review/") as sent:
        seen.page.get_by_role("button", name="Согласовать").click()
    assert "action=approve" in (sent.value.post_data or "")


def test_phone_keeps_the_main_button_at_hand(sight: Look, gallery: str) -> None:
    seen = sight(phone=True)
    seen.open(f"{gallery}card-review/")
    box = seen.page.locator("[data-main]").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= PHONE["height"]
    assert box["height"] >= 44
    words, step = seen.page.locator(".thread").bounding_box(), seen.page.locator("#next").bounding_box()
    draft = seen.page.locator(".card-work").bounding_box()
    assert words is not None
    assert step is not None
    assert draft is not None
    assert words["y"] < step["y"] < draft["y"]


def test_new_posts_and_replies_come_and_what_is_written_stays(sight: Look, gallery: str) -> None:
    seen = sight()
    seen.open(f"{gallery}demo-network/")
    seen.page.locator("#post-1 summary").click()
    seen.page.locator("#dn-1-text").fill("Спасибо, жду.")
    seen.page.evaluate("document.getElementById('reply-2').remove()")
    seen.page.evaluate("document.getElementById('post-2').remove()")
    with seen.page.expect_response("**/posts/"):
        pass
    seen.page.locator("#reply-2").wait_for()
    order = seen.page.locator(".dn-post").evaluate_all("all => all.map(one => one.id)")
    assert order == ["post-2", "post-1"]
    assert seen.page.locator("#dn-1-text").input_value() == "Спасибо, жду."
    assert seen.complaints == []


def test_paper_has_no_controls(sight: Look, gallery: str) -> None:
    seen = sight()
    for screen in ("card-draft", "card-review", "act"):
        seen.open(f"{gallery}{screen}/")
        seen.page.emulate_media(media="print")
        assert not seen.page.locator(".topbar").is_visible()
        assert seen.page.locator("button").evaluate_all("all => all.filter(one => one.checkVisibility()).length") == 0
        seen.page.emulate_media(media="screen")
