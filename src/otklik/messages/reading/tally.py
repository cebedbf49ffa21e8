"""How far an import has come, and whoever wants to hear of it."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

MOST_TOLD = 1000
"""Bad rows held in memory to be told; all of them are kept with the import."""


@dataclass(frozen=True, slots=True)
class BadRow:
    """`number`: where the row stands in the file; `reason`: a sentence."""

    number: int
    reason: str


@dataclass(slots=True)
class Tally:
    """What became of the rows so far. `line` of `lines`: how far it has come. `told`: the first of the bad ones."""

    lines: int = 0
    line: int = 0
    new: int = 0
    known: int = 0
    bad: int = 0
    told: list[BadRow] = field(default_factory=list)

    @property
    def read(self) -> int:
        return self.new + self.known + self.bad


Progress = Callable[[Tally], None]
Clock = Callable[[], dt.datetime]


def unheard(_tally: Tally) -> None:
    """Nobody is told how far it has come."""
