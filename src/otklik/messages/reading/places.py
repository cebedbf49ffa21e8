"""The network of a message, from what exports say of its place: an address, a host, a sort of place. Pure."""

from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import urlsplit

from otklik.regulation.networks import NETWORKS

UNSAID = "social"
"""The files of monitoring systems are of social networks, and the acts are about these: what stands where a file says
nothing of the network."""

HOSTS: Mapping[str, str] = MappingProxyType(
    {
        "vk.com": "vk",
        "vk.ru": "vk",
        "vkontakte.ru": "vk",
        "vkvideo.ru": "vk",
        "ok.ru": "ok",
        "odnoklassniki.ru": "ok",
        "telegram.org": "telegram",
        "telegram.me": "telegram",
        "t.me": "telegram",
        "max.ru": "max",
        "2gis.ru": "reviews",
        "otzovik.com": "reviews",
        "irecommend.ru": "reviews",
        "flamp.ru": "reviews",
        "zoon.ru": "reviews",
        "prodoctorov.ru": "reviews",
        "maps.yandex.ru": "reviews",
        "yandex.ru/maps": "reviews",
        "google.com/maps": "reviews",
        "facebook.com": "facebook",
        "instagram.com": "instagram",
        "twitter.com": "twitter",
        "x.com": "twitter",
        "youtube.com": "youtube",
        "youtu.be": "youtube",
        "rutube.ru": "rutube",
        "tiktok.com": "tiktok",
        "dzen.ru": "dzen",
        "livejournal.com": "livejournal",
    }
)
"""Host, or host and first part of the path → network; hosts below it are the same network."""

WORDS: Mapping[str, str] = MappingProxyType(
    {
        "вконтакте": "vk",
        "вк": "vk",
        "одноклассники": "ok",
        "ок": "ok",
        "телеграм": "telegram",
        "telegram": "telegram",
        "мах": "max",
        "max": "max",
        "инстаграм": "instagram",
        "фейсбук": "facebook",
        "твиттер": "twitter",
        "яндекс карты": "reviews",
        "яндекс.карты": "reviews",
        "2гис": "reviews",
        "отзовик": "reviews",
    }
)
"""As people name them in tables of their own."""

KINDS: Mapping[str, str] = MappingProxyType(
    {
        "отзывы": "reviews",
        "форумы": "forum",
        "блоги": "blog",
        "микроблоги": "blog",
        "соцсети": "social",
        "социальные сети": "social",
        "видео": "video",
        "мессенджеры": "messenger",
        "мессенджеры каналы": "messenger",
        "мессенджеры чаты": "messenger",
    }
)
"""Sort of place → network, or the group of networks where the host is not known."""


def network_of(*, url: str, source: str, source_kind: str) -> str | None:
    """The network's key; None where nothing is said of the place.

    >>> network_of(url="https://vk.com/wall-1_2", source="", source_kind="")
    'vk'
    """
    for place in (url, source):
        found = _of_address(place) or _of_words(place)
        if found:
            return found
    kind = KINDS.get(_plain(source_kind))
    if kind:
        return kind
    return "site" if url or source or source_kind else None


def _of_words(said: str) -> str | None:
    word = _plain(said)
    return word if word in NETWORKS else WORDS.get(word)


def _of_address(address: str) -> str | None:
    try:
        parts = urlsplit(address if "//" in address else f"//{address}")
    except ValueError:  # an address with brackets that are none
        return None
    first = parts.path.strip("/").split("/")[0]
    labels = _host(parts.netloc).split(".")
    for start in range(len(labels) - 1):
        below = ".".join(labels[start:])
        found = HOSTS.get(f"{below}/{first}") or HOSTS.get(below)
        if found:
            return found
    return None


def _host(netloc: str) -> str:
    return netloc.rpartition("@")[2].partition(":")[0].lower()


def _plain(words: str) -> str:
    return " ".join(words.split()).casefold()
