"""The networks an act may name, and which of them a group covers.

An act says «в мессенджерах»; a message comes from Telegram. A group covers its members; a network covers itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Network:
    words: str
    """As officials write it."""
    group: str | None = None
    is_any_of_group: bool = False
    """Stands for whichever network of its group an act names: the demo network is a social network like any other, and
    of a message from «a social network» that a file does not name, nobody can say that it is none of those named."""


NETWORKS = MappingProxyType(
    {
        "social": Network("социальные сети", "social", is_any_of_group=True),
        "vk": Network("ВКонтакте", "social"),
        "ok": Network("Одноклассники", "social"),
        "facebook": Network("Facebook", "social"),
        "instagram": Network("Instagram", "social"),
        "twitter": Network("Twitter (X)", "social"),
        "messenger": Network("мессенджеры", "messenger", is_any_of_group=True),
        "telegram": Network("Telegram", "messenger"),
        "max": Network("MAX", "messenger"),
        "whatsapp": Network("WhatsApp", "messenger"),
        "viber": Network("Viber", "messenger"),
        "video": Network("видеохостинги", "video", is_any_of_group=True),
        "youtube": Network("YouTube", "video"),
        "rutube": Network("Rutube", "video"),
        "tiktok": Network("TikTok", "video"),
        "blog": Network("блоги и микроблоги"),
        "dzen": Network("Дзен", "blog"),
        "livejournal": Network("Живой Журнал", "blog"),
        "forum": Network("форумы"),
        "reviews": Network("сайты-отзовики"),
        "site": Network("сайты"),
        "demo": Network("демонстрационная сеть", "social", is_any_of_group=True),
    }
)


def covers(named: Iterable[str], network: str) -> bool:
    """Whether a message from `network` is in a scope that names `named`; an empty scope is not narrowed at all."""
    wanted = set(named)
    known = NETWORKS.get(network)
    if not wanted or network in wanted:
        return True
    if known is None or known.group is None:
        return False
    groups = wanted | {NETWORKS[name].group for name in wanted if name in NETWORKS} if known.is_any_of_group else wanted
    return known.group in groups
