"""From text to words with their places, and from words to stems. Pure.

What people write alike is one word here: ё and е, capitals, «12а» and «12-а», a telephone however it is spaced,
Latin letters typed in the middle of a Russian word. The same cutting serves documents and queries, so that whatever is
typed as it was written is found.
"""

import re
import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from snowballstemmer import stemmer

LONGEST_WORD = 40
"""Letters of a word that count; PostgreSQL's lexemes and tables have their limits."""
MOST_WORDS = 10_000
"""Words of a document that are indexed. PostgreSQL numbers positions up to 16,383."""
CACHED = 200_000

_TOKEN = re.compile(
    r"""
    (?P<phone>(?<![\d+])(?:(?:\+7|[78])[\s\-–()]{0,3})?\(?\d{3}\)?[\s\-–]{0,2}\d{3}[\s\-–]?\d{2}[\s\-–]?\d{2}(?!\d))
    | (?P<local>(?<!\d)\d{1,3}[\-–]\d{2}[\-–]\d{2}(?![\d\-–]))
    | (?P<letters>[^\W\d_]+)
    | (?P<number>\d+)
    """,
    re.VERBOSE,
)
_NOT_DIGIT = re.compile(r"\D")
_CYRILLIC = re.compile(r"[а-яё]")
_LATIN = re.compile(r"[a-z]")
_LOOKS_CYRILLIC = str.maketrans("aceopxykmhtbё", "асеорхукмнтве")
_PHONE_DIGITS = 10

_russian = stemmer("russian")
_one_at_a_time = threading.Lock()
"""The stemmer keeps its word in itself."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word in a text: `text[start:end]` as written, `plain` as compared, `stem` as indexed."""

    start: int
    end: int
    plain: str
    stem: str

    @property
    def is_number(self) -> bool:
        return self.plain.isdecimal()


def normal(text: str) -> str:
    """The text in composed form, to which the places of `words` refer: «й» is one letter however it was typed."""
    return unicodedata.normalize("NFC", text)


def words(text: str) -> Iterator[Word]:
    """The words of a text that is `normal`, in order."""
    for found in _TOKEN.finditer(text):
        if found["letters"]:
            plain = _plain(found["letters"])
            yield Word(found.start(), found.end(), plain, stem(plain))
        else:
            digits = _NOT_DIGIT.sub("", found[0])
            plain = digits[-_PHONE_DIGITS:] if found["phone"] else digits[:LONGEST_WORD]
            yield Word(found.start(), found.end(), plain, plain)


@lru_cache(maxsize=CACHED)
def stem(word: str) -> str:
    """The stem of a word in lower case without ё; words without Cyrillic letters stay as they are.

    >>> stem("дороги"), stem("дорогами"), stem("vk")
    ('дорог', 'дорог', 'vk')
    """
    if not _CYRILLIC.search(word):
        return word
    with _one_at_a_time:
        found: str = _russian.stemWord(word)
    return found


def _plain(letters: str) -> str:
    lower = letters.lower()
    if _CYRILLIC.search(lower):
        lower = lower.translate(_LOOKS_CYRILLIC) if _LATIN.search(lower) else lower.replace("ё", "е")
    return lower[:LONGEST_WORD]
