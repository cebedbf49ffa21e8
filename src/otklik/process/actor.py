"""Who asks: roles, not people. The door resolves a person to an `Actor`; the core never looks anyone up."""

from dataclasses import dataclass

from otklik.regulation.model.people import OurRole, Rank

RANKS = tuple(Rank)
"""Low to high."""


@dataclass(frozen=True, slots=True)
class OnBehalf:
    """A step recorded for someone who has no account (the curator of another institution).

    `role` is the act's name of that role, `holder` an opaque key of who holds it; `evidence` says how it is known (a
    letter, a screenshot, a call).
    `has_account`: the door found an account for the holder; the step is then refused, they must do it themselves.
    """

    role: str
    holder: str
    evidence: str
    has_account: bool = False


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, or the program itself, as the process sees them.

    `person`: an opaque key. `roles`: ours; `act_roles`: the act's own role names, where the organisation tells holders
    of one of our roles apart (K: two departments curate, each its kind of message); empty: every role of the act that
    is one of ours held. `units`: keys of the units a person acts for, with those below them.
    `substitutes_for`: people whose absence they fill, for the journal.
    """

    person: str
    roles: frozenset[OurRole] = frozenset()
    act_roles: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    rank: Rank | None = None
    on_behalf_of: OnBehalf | None = None
    substitutes_for: frozenset[str] = frozenset()
    is_system: bool = False
    """The program: connectors, clocks, jobs. It records what happened and decides nothing."""

    @property
    def author(self) -> str:
        """Whose step it is: the person's, or that of the one it is recorded for."""
        return self.on_behalf_of.holder if self.on_behalf_of else self.person

    def ranks_at_least(self, rank: Rank) -> bool:
        """Whether the actor's rank is `rank` or higher; an unknown rank is the lowest."""
        return RANKS.index(self.rank or Rank.EMPLOYEE) >= RANKS.index(rank)


SYSTEM = Actor(person="system", is_system=True)
