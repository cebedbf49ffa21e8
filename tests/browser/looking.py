"""What is wrong with a page of the real desk: at desk and phone, in both themes."""

from typing import TYPE_CHECKING

from tests.browser.conftest import DESK, PHONE, Sight

if TYPE_CHECKING:
    from playwright.sync_api import Page

COLOURS = ("color-contrast", "link-in-text-block")
SIZES = ("scrollable-region-focusable", "target-size")
CUT = """() => [...document.querySelectorAll('.row-clock .clock-head, .user-name, .btn, .chip')]
  .filter(one => one.clientWidth && one.scrollWidth > one.clientWidth + 1).map(one => one.innerText)"""
BROKEN = """() => [...document.querySelectorAll('.btn')].filter(one => one.clientHeight && !one.children.length)
  .filter(one => {
    const words = document.createRange();
    words.selectNodeContents(one);
    const lines = new Set([...words.getClientRects()].map(line => Math.round(line.bottom)));
    return lines.size > 1 && !/ /.test(one.innerText.trim());
  }).map(one => one.innerText)"""
"""A button of one word on two lines."""
TOP = """() => {
  const bar = document.querySelector('.topbar');
  scrollTo(0, 1e6);
  const away = bar && getComputedStyle(bar).position == 'sticky' && bar.getBoundingClientRect().top < 0;
  scrollTo(0, 0);
  return away ? ['the bar at the top'] : [];
}"""
SCROLLS = """() => [...document.querySelectorAll('main *')].filter(one => one.tagName != 'TEXTAREA'
  && /auto|scroll/.test(getComputedStyle(one).overflowY) && one.clientHeight && one.scrollHeight > one.clientHeight + 1)
  .map(one => one.id || one.className)"""


def looked_at(page: "Page") -> list[str]:
    """Faults in words: axe, width, what is cut or broken, what scrolls by itself."""
    seen = Sight(page, [])
    faults = []
    rounds = (
        (DESK, "light", ()),
        (DESK, "dark", COLOURS),
        (PHONE, "dark", (*COLOURS, *SIZES)),
        (PHONE, "light", SIZES),
    )
    for size, theme, rules in rounds:
        page.set_viewport_size(size)
        page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
        where = f"{size['width']} {theme}"
        faults += [f"{where}: {fault}" for fault in seen.axe(rules)]
        wider = seen.overflow()
        faults += [f"{where}: {wider} px wider than the window"] if wider > 0 else []
        for words, found in (("cut", CUT), ("broken", BROKEN), ("scrolls by itself", SCROLLS), ("goes away", TOP)):
            faults += [f"{where}: {words}: {one}" for one in page.evaluate(found)]
    page.set_viewport_size(DESK)
    return faults
