"""Templates of replies: which names in braces they know, and what becomes of them."""

import re
from collections.abc import Mapping

from django.db.models import QuerySet

from otklik.orgs.models import Organisation, ReplyTemplate
from otklik.orgs.recipients import topic_key

PLACEHOLDERS: dict[str, str] = {
    "имя": "как автор подписан в сети",
    "место": "место из сообщения",
    "тема": "тема сообщения",
    "номер": "номер сообщения в журнале",
    "дата": "день, когда написал автор",
    "орган": "орган, который отвечает",
    "организация": "название администрации",
}
"""Name in braces → what stands there in the reply."""
LONGEST = 10_000
_BRACES = re.compile(r"\{([^{}\n]{0,40})\}")


def unknown(text: str) -> list[str]:
    """The names in braces that no reply can fill in, in order, each once."""
    return list(dict.fromkeys(name for name in _BRACES.findall(text) if _plain(name) not in PLACEHOLDERS))


def left_blank(text: str) -> list[str]:
    """What of a template still waits to be filled in by hand, in order, each once: «{место}»."""
    found = (match for match in _BRACES.finditer(text) if _plain(match[1]) in PLACEHOLDERS)
    return list(dict.fromkeys(match[0] for match in found))


def filled(text: str, facts: Mapping[str, str]) -> str:
    """The text with what is known. What is not known stays in braces, so that a person sees it."""
    return _BRACES.sub(lambda match: facts.get(_plain(match[1]), "") or match[0], text)


def kept_by(organisation: Organisation | int) -> QuerySet[ReplyTemplate]:
    """The templates of an organisation (or of that with this id)."""
    return ReplyTemplate.objects.filter(organisation=organisation)


def offered(organisation_id: int, topic: str, kind: str = "") -> list[ReplyTemplate]:
    """All templates of an organisation, those of the topic first, then those of the kind of reply, then by title."""
    wanted = topic_key(topic)

    def distance(one: ReplyTemplate) -> tuple[bool, bool, bool]:
        is_of_topic = bool(wanted) and topic_key(one.topic) == wanted
        return not is_of_topic, bool(one.topic) and not is_of_topic, bool(one.kind) and one.kind != kind

    return sorted(ReplyTemplate.objects.filter(organisation_id=organisation_id), key=distance)


def _plain(name: str) -> str:
    return name.strip().lower()
