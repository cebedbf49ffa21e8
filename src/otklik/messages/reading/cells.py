"""What a cell says, freed of the marks that tables and web pages leave in it. Pure."""

import html
import re

from otklik.messages.text import storable

_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_ESCAPE = re.compile(r"_x([0-9a-f]{4})_\n?", re.IGNORECASE)
_SPACES = str.maketrans({"\xa0": " ", "\u202f": " ", "\u2009": " ", "\u200b": "", "\ufeff": ""})
_LINK_FORMULA = re.compile(r'=\s*HYPERLINK\s*\(\s*"((?:[^"]|"")*)"\s*(?:[,;]\s*"((?:[^"]|"")*)"\s*)?\)', re.IGNORECASE)


def clean(cell: str) -> str:
    """A cell as its author meant it: entities and `<br>` of the web page, marks and spaces of the table undone.

    >>> clean("Цена &gt; 100&nbsp;руб<br>за куб")
    'Цена > 100 руб\\nза куб'
    """
    text = _ESCAPE.sub(_unescaped, cell) if "_x" in cell or "_X" in cell else cell
    text = _BREAK.sub("\n", text) if "<" in text else text
    text = html.unescape(text) if "&" in text else text
    return storable(text.replace("\r\n", "\n").replace("\r", "\n").translate(_SPACES)).strip()


def shown(cell: str) -> str:
    """What a cell shows: of `=HYPERLINK("address";"words")` the words, else the address."""
    found = _LINK_FORMULA.fullmatch(cell.strip()) if cell.lstrip().startswith("=") else None
    if found is None:
        return cell
    return (found[2] or found[1]).replace('""', '"')


def address(cell: str) -> str:
    """Where a cell leads: of `=HYPERLINK("address";"words")` the address, else what it says."""
    found = _LINK_FORMULA.fullmatch(cell.strip()) if cell.lstrip().startswith("=") else None
    return found[1].replace('""', '"') if found else cell


def number(cell: str) -> int | None:
    """A whole number, with or without spaces between thousands; None for anything else.

    >>> number("12\\xa0045")
    12045
    """
    digits = "".join(clean(cell).split())
    return int(digits) if digits.isdecimal() and len(digits) < 16 else None


def same_words(text: str) -> str:
    """The text as texts are compared: spaces and line ends do not matter."""
    return " ".join(text.split())


def _unescaped(found: re.Match[str]) -> str:
    """`_x000D_` and the like (ECMA-376, 22.9.2.19): how sheets keep a sign that XML cannot."""
    sign = chr(int(found[1], 16))
    if sign == "\r":
        return "\n"
    after = "\n" if found[0].endswith("\n") else ""
    return sign + after if sign in "\n\t_" else found[0]
