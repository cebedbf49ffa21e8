"""Where in a document the terms of a query stand, for the screen. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from otklik.search.query import Query
from otklik.search.stems import Word, normal, words

AROUND = 24
"""Letters shown before the first word found."""
LENGTH = 180
"""Letters of a snippet, about two lines."""


class Part(StrEnum):
    """What a document is made of, in the order in which a place of finding is preferred."""

    MESSAGE = "message"
    ANSWER = "answer"
    """What the author wrote when asked for details."""
    REPLY = "reply"
    """The current text of each reply, published or still a draft."""
    AUTHOR = "author"
    TOPIC = "topic"
    PLACE = "place"
    NUMBER = "number"


Parts = Sequence[tuple[Part, str]]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a snippet; `marked`: it is what was looked for."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Snippet:
    """The stretch of one part around what was found in it."""

    part: Part
    pieces: tuple[Piece, ...]


def snippet(parts: Parts, query: Query) -> Snippet | None:
    """The part in which most of the terms stand, the first of equals; None: nothing is marked (only `unwanted`)."""
    best: tuple[int, Part, str, list[tuple[int, int]]] | None = None
    for part, text in parts:
        shown = normal(text)
        found, marks = _found(list(words(shown)), query)
        if found and (best is None or found > best[0]):
            best = (found, part, shown, marks)
    if best is None:
        return None
    _, part, text, marks = best
    return Snippet(part, tuple(_pieces(text, marks)))


def _found(there: list[Word], query: Query) -> tuple[int, list[tuple[int, int]]]:
    """How many of the terms stand among the words, and the stretches of text that they are."""
    stems = [word.stem for word in there]
    marks: set[tuple[int, int]] = set()
    count = 0
    for term in query.wanted:
        length = len(term.stems)
        hits = [at for at in range(len(stems) - length + 1) if term.fits(stems[at : at + length])]
        count += bool(hits)
        marks |= {(there[at].start, there[at + length - 1].end) for at in hits}
    return count, sorted(marks)


def _pieces(text: str, marks: list[tuple[int, int]]) -> Iterator[Piece]:
    start = _start(text, marks[0][0])
    end = min(len(text), start + LENGTH)
    at = start
    before = "…" if start else ""
    for first, last in marks:
        if first < at or last > end:
            continue
        if before or first > at:
            yield Piece(before + _line(text[at:first]))
        before = ""
        yield Piece(_line(text[first:last]), marked=True)
        at = last
    rest = _line(text[at:end]) + ("…" if end < len(text) else "")
    if before or rest:
        yield Piece(before + rest)


def _start(text: str, first: int) -> int:
    """A little before the first mark, at the beginning of a word."""
    if first <= AROUND:
        return 0
    space = text.find(" ", first - AROUND, first)
    return first if space < 0 else space + 1


def _line(text: str) -> str:
    """In one line; the blanks at its ends stay, other pieces follow."""
    return " ".join(text.replace("\n", " ").split(" ")) if text.strip() else " " * bool(text)
