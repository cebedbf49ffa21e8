"""A document that amends an act: it replaces single clauses, and the rules on them, from its day on.

Obeyed by `otklik.regulation.editions`.
"""

import datetime as dt
from typing import Any

from pydantic import Field

from otklik.regulation.model.act import Clause, MomentWords
from otklik.regulation.model.people import Role
from otklik.regulation.model.source import ClauseNumber, Strict, Words
from otklik.regulation.model.steps import Step


class AmendingDocument(Strict):
    """The amending document itself: «постановление от 12.01.2023 № 15»."""

    title: Words
    number: Words
    adopted_on: dt.date
    in_force_since: dt.date
    """The first day of the new edition."""
    clause: ClauseNumber
    """The clause of the amending document that sets the day or the change."""
    quote: Words


class Changes(Strict):
    """Whole clauses and whole rules, by name.

    A step replaces every step of its name; a policy replaces the policy of its name with everything in it.
    """

    clauses: tuple[Clause, ...] = ()
    roles: tuple[Role, ...] = ()
    moments: tuple[MomentWords, ...] = ()
    steps: tuple[Step, ...] = ()
    policies: dict[str, Any] = Field(default_factory=dict)
    """As under `policies` of the act; checked with the act that comes of it."""


class Removals(Strict):
    """Names only."""

    clauses: tuple[ClauseNumber, ...] = ()
    roles: tuple[str, ...] = ()
    moments: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    policies: tuple[str, ...] = ()


class Amendment(Strict):
    """One file of the folder `amendments/`."""

    amendment: Words
    """Its name: that of the file, without `.yaml`."""
    document: AmendingDocument
    replaces: Changes = Changes()
    adds: Changes = Changes()
    removes: Removals = Removals()
