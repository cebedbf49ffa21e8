"""The words of the act behind a rule, and the strict base class of everything in an act file."""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


@dataclass(frozen=True, slots=True)
class Refers:
    """Says that a word of the file names something declared elsewhere; `otklik.regulation.references` looks it up."""

    to: Literal["role", "step", "kind", "importance", "network", "clause"]


ClauseNumber = Annotated[str, Field(pattern=r"^((A\d+|R) )?\d+(\.\d+)*$"), Refers("clause")]
"""A clause as officials number it: «13»; «A2 2.2» of annex 2; «R 4» of the resolution part."""

Words = Annotated[str, Field(min_length=1)]

RoleName = Annotated[str, Refers("role")]
"""A role of `people.roles`."""
StepName = Annotated[str, Refers("step")]
"""A step of `steps`."""
KindName = Annotated[str, Refers("kind")]
"""A kind of message of `policies.message_kinds`."""
ImportanceName = Annotated[str, Refers("importance")]
"""A class of `policies.importance`."""
NetworkName = Annotated[str, Refers("network")]
"""A network of `otklik.regulation.networks`."""


class Strict(BaseModel):
    """Unknown keys are refused: an act must never say something that the program silently ignores."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        strict=False,
        str_strip_whitespace=True,
        use_attribute_docstrings=True,
        defer_build=True,  # the whole act at the first one read, not every part of it at every start
    )


class Source(Strict):
    """A rule that stands on words of the act.

    `clause` and `quote` are literal; the quote must be found in that clause of the act's text (the checker looks).
    Several clauses may carry one rule: the first is the one shown, the rest go to `see_also`.
    `reading` says how doubtful words are read, `reason` why: both are shown wherever the rule is.
    """

    clause: ClauseNumber
    quote: Words
    see_also: tuple[ClauseNumber, ...] = ()
    reading: str | None = None
    reason: str | None = None
