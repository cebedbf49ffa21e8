"""What an act can say.

A map of the package, from the small to the whole:

- `source.py`: `Source`, the clause and the literal words behind every rule; the strict base of all parts of an act.
- `terms.py`: how long a step may take, and how the words of the act are read.
- `steps.py`: the steps of the process, the moments that start and end them, whom and what they apply to.
- `people.py`: the roles in the act's own words, mapped to ours; who must be appointed.
- `policies.py`: everything that varies between acts and is not a term (a documented table of enumerations).
- `act.py`: `Act`, the whole, with its place, its text and its editions.

A key that the program does not obey is refused (`extra="forbid"`), never ignored.
"""

from otklik.regulation.model.act import Act, Clause, Place
from otklik.regulation.model.steps import AppliesTo, MomentKind, Step, StepKind
from otklik.regulation.model.terms import Term, TermKind

__all__ = ["Act", "AppliesTo", "Clause", "MomentKind", "Place", "Step", "StepKind", "Term", "TermKind"]
