"""What can be wrong with a schedule, a calendar file or a question about time: a code with facts, no prose.

The sentences for people, in Russian and English, are in ``wording.py``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong.

    ``where`` is the path inside the document (``week.mon[0]``), empty for a problem of the whole; ``line`` its line in
    the file when there is a file.
    """

    code: str
    where: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    line: int | None = None


class ScheduleError(ValueError):
    """A schedule, a calendar or a question about working time that cannot be obeyed.

    ``code`` and ``facts`` are those of the first problem; ``problems`` lists all that were found at once.
    """

    def __init__(self, code: str, *, problems: Sequence[Problem] = (), **facts: Any) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems) or (Problem(code, facts=facts),)
        self.code = code
        self.facts: dict[str, Any] = dict(self.problems[0].facts)
        super().__init__(code, self.facts)

    @classmethod
    def of(cls, problems: Sequence[Problem]) -> "ScheduleError":
        """One error that carries every problem of a document."""
        return cls(problems[0].code, problems=problems)

    def __str__(self) -> str:
        from otklik.worktime.wording import describe

        return "; ".join(describe(problem, "en") for problem in self.problems)
