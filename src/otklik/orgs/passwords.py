"""Passwords that the program makes up: shown once, read aloud without mistakes."""

import secrets

ALPHABET = "abcdefghijkmnpqrstuvwxyz"
"""Without l and o, which look like digits; 16 of them are 73 random bits."""


def new_password() -> str:
    """Letters that nobody takes for another, in groups of four."""
    letters = [secrets.choice(ALPHABET) for _ in range(16)]
    return "-".join("".join(letters[start : start + 4]) for start in range(0, 16, 4))
