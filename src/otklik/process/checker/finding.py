"""What the checker finds: a code with facts and the place in the act's file. Words are made in `words.py`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from otklik.process.checker.path import Path
from otklik.regulation.problems import Mark


class Severity(StrEnum):
    ERROR = "error"
    """The act cannot be obeyed as it is written in the file: to be mended."""
    WARNING = "warning"
    """The act can be obeyed, and somebody will be hurt by it: a lawyer should look."""
    FINDING = "finding"
    """What the act is silent about, and what the program does then."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. `clauses` are those it is about, the first one leading."""

    code: str
    severity: Severity
    clauses: tuple[str, ...]
    mark: Mark
    facts: Mapping[str, object] = field(default_factory=dict)
    path: Path | None = None
    """The arithmetic, where the finding is about time."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What the checker has to say of one edition of an act."""

    findings: Sequence[Finding]
    paths: Sequence[Path]

    @property
    def has_errors(self) -> bool:
        return any(finding.severity is Severity.ERROR for finding in self.findings)
