"""Spans of a day: pairs of minutes since midnight, the end excluded; 24:00 is 1440. Pure list arithmetic."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

Span = tuple[int, int]
Spans = tuple[Span, ...]

MINUTES_A_DAY = 24 * 60

_SPAN = re.compile(r"(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})")


def parse_span(text: str) -> Span:
    """``"09:00-13:00"`` as minutes. Raises ValueError with a reason code: ``form``, ``hours`` or ``order``."""
    match = _SPAN.fullmatch(text.strip())
    if match is None:
        raise ValueError("form")
    from_hour, from_minute, to_hour, to_minute = map(int, match.groups())
    opens, closes = from_hour * 60 + from_minute, to_hour * 60 + to_minute
    if from_minute > 59 or to_minute > 59 or opens >= MINUTES_A_DAY or closes > MINUTES_A_DAY:
        raise ValueError("hours")
    if opens >= closes:
        raise ValueError("order")
    return opens, closes


def format_minute(minute: int) -> str:
    """``1440`` as ``24:00``."""
    return f"{minute // 60:02}:{minute % 60:02}"


def format_span(span: Span) -> str:
    return f"{format_minute(span[0])}-{format_minute(span[1])}"


def overlapping(spans: Iterable[Span]) -> tuple[Span, Span] | None:
    """The first two spans that share a minute, if any."""
    ordered = sorted(spans)
    for earlier, later in pairwise(ordered):
        if later[0] < earlier[1]:
            return earlier, later
    return None


def join(spans: Iterable[Span]) -> Spans:
    """In order, with spans that touch made one."""
    joined: list[Span] = []
    for opens, closes in sorted(spans):
        if joined and opens <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(closes, joined[-1][1]))
        else:
            joined.append((opens, closes))
    return tuple(joined)


def cut(spans: Sequence[Span], breaks: Sequence[Span]) -> Spans:
    """What is left of the spans without the breaks."""
    left = list(spans)
    for break_from, break_to in breaks:
        pieces: list[Span] = []
        for opens, closes in left:
            pieces += [(opens, min(closes, break_from)), (max(opens, break_to), closes)]
        left = [piece for piece in pieces if piece[0] < piece[1]]
    return tuple(left)


def shorten(spans: Sequence[Span], minutes: int) -> Spans:
    """A pre-holiday day (Labour Code, article 95): the minutes come off the last span, and off the one before it
    where the last is shorter than that. A round-the-clock day is not shortened."""
    if is_round_the_clock(spans):
        return tuple(spans)
    left = list(spans)
    while left and minutes > 0:
        opens, closes = left.pop()
        if closes - opens > minutes:
            left.append((opens, closes - minutes))
            break
        minutes -= closes - opens
    return tuple(left)


def is_round_the_clock(spans: Sequence[Span]) -> bool:
    return sum(closes - opens for opens, closes in spans) == MINUTES_A_DAY
