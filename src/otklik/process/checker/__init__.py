"""The checker that thinks about an act: `check(loaded) -> Checked`. The parser has looked at its structure before.

- `path.py`, `readings.py`, `squeeze.py`: the critical path, everyone acting at the last moment, under each reading;
- `gaps.py`: steps without a term, loops without an end, moments after which nothing follows, roles with nothing to do;
- `claims.py`: references between clauses that do not hold;
- `literals.py`: numbers that differ from the words they stand on;
- `finding.py`, `words.py`: what is found, as data and in Russian and English.
"""

from collections.abc import Sequence

from otklik.process.checker.claims import claims
from otklik.process.checker.finding import Checked, Finding, Severity
from otklik.process.checker.gaps import gaps
from otklik.process.checker.literals import literals
from otklik.process.checker.path import Path, Scenario
from otklik.process.checker.squeeze import paths_of, squeezes, unbounded
from otklik.regulation.parse import LoadedAct

__all__ = ["Checked", "Finding", "Path", "Scenario", "Severity", "check"]

_ORDER = list(Severity)


def check(loaded: LoadedAct) -> Checked:
    """Every finding, errors first, and the critical paths. Takes up to a second: keep the answer (an edition never
    changes, `LoadedAct.hash`)."""
    wrong = [*literals(loaded), *gaps(loaded)]
    # An act whose terms cannot be counted has no path.
    paths: Sequence[Path] = () if any(one.severity is Severity.ERROR for one in wrong) else paths_of(loaded.act)
    found = [*wrong, *squeezes(loaded, paths), *unbounded(loaded, paths), *claims(loaded)]
    return Checked(sorted(found, key=lambda one: _ORDER.index(one.severity)), paths)
