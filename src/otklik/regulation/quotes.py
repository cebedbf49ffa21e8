"""Whether the words an act file quotes stand in the clause it names.

Only what typists do differently is forgiven: spaces, kinds of quotation marks and dashes. `…` leaves words out.
"""

import re
import unicodedata

_QUOTES = re.compile(r"[«»„“”‟\"'’‘]")
_DASHES = re.compile(r"[‐‑‒–—−-]")
_ELLIPSIS = re.compile(r"…|\.\.\.")
_SPACES = re.compile(r"\s+")


def normalised(text: str) -> str:
    """The same words with one kind of space, quotation mark and dash."""
    text = unicodedata.normalize("NFC", text).replace("\u00ad", "")
    return _SPACES.sub(" ", _DASHES.sub("-", _QUOTES.sub('"', text))).strip()


def first_missing(quote: str, text: str) -> str | None:
    """The first fragment of `quote` (between ellipses) that does not follow the one before it in `text`, or None."""
    whole, position = normalised(text), 0
    for fragment in _ELLIPSIS.split(quote):
        wanted = normalised(fragment)
        if not wanted:
            continue
        found = whole.find(wanted, position)
        if found < 0:
            return fragment.strip()
        position = found + len(wanted)
    return None


def contains(quote: str, words: str) -> bool:
    """Whether `words` (a literal term) stand in the quote, whatever their case."""
    return first_missing(words.lower(), quote.lower()) is None
