"""Short Latin names made of Russian ones: people name a body, the program needs a key that never changes."""

import re
from collections.abc import Container

LETTERS = dict(zip("абвгдезийклмнопрстуфыэ", "abvgdeziyklmnoprstufye", strict=True)) | {
    "ё": "e",
    "ж": "zh",
    "х": "kh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "shch",
    "ю": "yu",
    "я": "ya",
    "ъ": "",
    "ь": "",
}
LONGEST = 40


def key_of(name: str, taken: Container[str]) -> str:
    """«Управление дорог» gives «upravlenie-dorog»; with a number where that is taken.

    >>> key_of("Управление дорог", {"upravlenie-dorog"})
    'upravlenie-dorog-2'
    """
    latin = "".join(LETTERS.get(letter, letter) for letter in name.lower())
    base = re.sub(r"[^a-z0-9]+", "-", latin)[:LONGEST].strip("-") or "unit"
    key, number = base, 1
    while key in taken:
        number += 1
        key = f"{base}-{number}"
    return key
