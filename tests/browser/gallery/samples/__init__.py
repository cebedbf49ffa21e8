"""Sample data for every screen. All names, people and messages are invented."""

from tests.browser.gallery.samples.act import ACT_SCREENS
from tests.browser.gallery.samples.card_screens import CARD_SCREENS
from tests.browser.gallery.samples.common import Screen
from tests.browser.gallery.samples.demo import DEMO_SCREENS
from tests.browser.gallery.samples.feed import FEED_SCREENS
from tests.browser.gallery.samples.help import HELP_SCREENS
from tests.browser.gallery.samples.intake import INTAKE_SCREENS
from tests.browser.gallery.samples.manager import MANAGER_SCREENS
from tests.browser.gallery.samples.pages import PAGE_SCREENS
from tests.browser.gallery.samples.queue import QUEUE_SCREENS

SCREENS: dict[str, Screen] = {
    **PAGE_SCREENS,
    **QUEUE_SCREENS,
    **FEED_SCREENS,
    **CARD_SCREENS,
    **INTAKE_SCREENS,
    **ACT_SCREENS,
    **DEMO_SCREENS,
    **MANAGER_SCREENS,
    **HELP_SCREENS,
}

__all__ = ["SCREENS", "Screen"]
