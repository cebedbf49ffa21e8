"""An act, whole."""

import datetime as dt
from typing import Any

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from otklik.regulation.model.people import People
from otklik.regulation.model.policies import Policies
from otklik.regulation.model.source import ClauseNumber, Source, Strict, Words
from otklik.regulation.model.steps import MomentKind, Step


class Clause(Strict):
    """A clause of the act, word for word, and which rules of this file stand on it."""

    clause: ClauseNumber
    text: Words
    no_rule: str | None = None
    """Why no rule stands on this clause (a definition, a name, a signature)."""


class Place(Strict):
    """Where the act is in force, and the hours assumed there. The acts give no hours: `assumption` says so."""

    name: Words
    zone: Words
    calendar: Words = "RU"
    schedule: dict[str, Any]
    """A schedule document (see docs/worktime.md), used until the organisation sets its own."""
    assumption: Words

    @model_validator(mode="before")
    @classmethod
    def _schedule_is_whole(cls, place: Any) -> Any:
        """The schedule becomes a whole document with the place's zone and calendar, which must not differ."""
        if not isinstance(place, dict) or not isinstance(place.get("schedule"), dict):
            return place
        whole = {"zone": place.get("zone"), "calendar": place.get("calendar", "RU"), **place["schedule"]}
        for key in ("zone", "calendar"):
            if whole[key] != place.get(key, "RU"):
                raise PydanticCustomError("schedule_differs", "place and schedule name different {key}", {"key": key})
        return {**place, "schedule": whole}


class MomentWords(Source):
    """The act's own words for a moment."""

    moment: MomentKind
    words: Words


class InForce(Strict):
    """From which day the act is in force; None where the act is undated or silent, and the reason."""

    since: dt.date | None = None
    clause: ClauseNumber | None = None
    quote: str | None = None
    reading: str | None = None
    reason: str | None = None


class Act(Strict):
    """An act of one administration: one edition of it.

    An amendment (see `otklik.regulation.editions`) replaces single clauses and the rules on them from its day on and
    gives another `Act`; an incident keeps the edition (content hash) under which it was detected.
    """

    format: int = Field(ge=1, le=1)
    act: str = Field(pattern=r"^[a-z0-9-]+$")
    title: Words
    short_title: Words
    """As officials speak of it: «Ухта № 960»."""
    issued_by: Words
    number: str | None = None
    adopted_on: dt.date | None = None
    in_force: InForce
    place: Place
    people: People
    moments: tuple[MomentWords, ...]
    steps: tuple[Step, ...] = Field(min_length=1)
    policies: Policies
    clauses: tuple[Clause, ...] = Field(min_length=1)
