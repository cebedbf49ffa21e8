"""Text from outside, made storable. Pure."""

import hashlib

_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def storable(text: str) -> str:
    """The text without what no database can hold: NUL is dropped, a lone surrogate becomes U+FFFD; the rest stays.

    >>> storable("да\\x00!")
    'да!'
    """
    whole = text.replace("\x00", "")
    try:
        whole.encode()
    except UnicodeEncodeError:
        return "".join(_REPLACEMENT if "\ud800" <= mark <= "\udfff" else mark for mark in whole)
    return whole


def shortened(key: str, longest: int) -> str:
    """An id from outside, storable and no longer than `longest` characters (at least 64); two stay two.

    >>> shortened("wall-1_2", 300)
    'wall-1_2'
    """
    whole = storable(key)
    if len(whole) <= longest:
        return whole
    return hashlib.sha256(whole.encode()).hexdigest()
