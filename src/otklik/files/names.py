"""File names that can do no harm: in a header, on a disk, or to the eye of whoever reads them. Pure."""

import unicodedata

LONGEST = 120
FORBIDDEN = frozenset('/\\:*?"<>|')
NAMELESS = "файл"


def clean(name: str, extension: str) -> str:
    """`name` without folders, control and direction-changing characters, ending in `extension` («.jpg»).

    What a file is called never decides what it is: «act.pdf.exe» that is a picture becomes «act.pdf.jpg».
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    kept = "".join(_shown(character) for character in last)
    stem = " ".join(kept.split()).strip(". ")
    head, dot, tail = stem.rpartition(".")
    if dot and tail.isalnum() and len(tail) <= 5:  # what people take for an ending
        stem = head.strip(". ")
    return (stem or NAMELESS)[:LONGEST].rstrip(". ") + extension


def _shown(character: str) -> str:
    """Controls, formats (they turn «fdp.exe» round), surrogates and unassigned go; separators become a dash."""
    if character in FORBIDDEN:
        return "-"
    if character.isspace():
        return " "
    return "" if unicodedata.category(character).startswith("C") else character
