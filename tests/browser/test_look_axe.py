"""Every screen of the gallery, both themes, desk and phone: axe finds nothing, nothing is wider than the window."""

from collections.abc import Callable

import pytest

from tests.browser.conftest import DESK, PHONE, Sight
from tests.browser.gallery.samples import SCREENS

pytestmark = pytest.mark.slow
NAMES = sorted(set(SCREENS) - {"demo-posts"})  # a fragment, part of the page before it
COLOURS = ("color-contrast", "link-in-text-block")
"""What another theme can break."""
SIZES = ("color-contrast", "scrollable-region-focusable", "target-size")
"""What another width can break."""


@pytest.mark.parametrize("name", NAMES)
def test_screen(name: str, sight: Callable[..., Sight], gallery: str) -> None:
    seen = sight()
    seen.page.set_viewport_size(DESK)
    seen.page.emulate_media(color_scheme="light")
    seen.open(f"{gallery}{name}/")
    faults = [f"desk, light: {fault}" for fault in _faults(seen)]
    seen.page.emulate_media(color_scheme="dark")
    faults += [f"desk, dark: {fault}" for fault in _faults(seen, *COLOURS)]
    seen.page.set_viewport_size(PHONE)
    faults += [f"phone, dark: {fault}" for fault in _faults(seen, *SIZES)]
    seen.page.emulate_media(color_scheme="light")
    faults += [f"phone, light: {fault}" for fault in _faults(seen, *COLOURS)]
    assert faults + seen.complaints == []


def _faults(seen: Sight, *rules: str) -> list[str]:
    wider = seen.overflow()
    return [*seen.axe(rules), *([f"{wider} px wider than the window"] if wider > 0 else [])]
