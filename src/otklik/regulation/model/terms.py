"""How long a step may take: the literal unit as written, and how it is read."""

from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from otklik.regulation.model.source import RoleName, StepName, Strict, Words


class Unit(StrEnum):
    """The unit of an amount. Whether it is working or calendar time is said by `Counted`."""

    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    MONTH = "month"


class Counted(StrEnum):
    """Which time passes: that of the schedule, or that of the wall."""

    WORKING = "working"
    CALENDAR = "calendar"


class TermKind(StrEnum):
    """The closed list of shapes a term can have."""

    WITHIN = "within"
    """So much time after the start."""
    BEFORE = "before"
    """Not later than so much time before another step's term runs out (`of`)."""
    SHARE = "share"
    """A share (`percent`) of another step's term (`of`), counted from that term's start."""
    BY_DAY_OF_MONTH = "by_day_of_month"
    """By the `day` of the month after the period; on a day off: warned before, late after the next working day."""
    BY_WEEKDAY = "by_weekday"
    """By the closing of `weekday` (1 Monday … 7 Sunday) of the week that follows the period."""
    SET_BY_PERSON = "set_by_person"
    """No amount in the act: `set_by` sets it on each incident; until then no deadline, and the card says so."""
    NONE = "none"
    """The act sets the duty and no term. Listed by the checker; shown without a clock; never a breach."""


class Term(Strict):
    """A term of the act.

    `literal` is the unit as written («30 минут»), kept and shown; `amount` with `unit` and `counted` is how it is read,
    `reading` and `reason` say it in words. `amount_from` makes a range («1–3 часа»): `amount` is then its far end, at
    which the step is late, and `amount_from` the near end, which is shown as the aim.
    `set_by`: this role may set another term on the one incident («либо в иное отведенное куратором время»).
    """

    kind: TermKind = TermKind.WITHIN
    literal: Words | None = None
    amount: float | None = Field(default=None, gt=0)
    amount_from: float | None = Field(default=None, gt=0)
    unit: Unit | None = None
    counted: Counted = Counted.WORKING
    of: StepName | None = None
    percent: float | None = Field(default=None, gt=0, le=100)
    day: int | None = Field(default=None, ge=1, le=31)
    weekday: int | None = Field(default=None, ge=1, le=7)
    set_by: RoleName | None = None
    recommended: bool = False
    """«Рекомендуется»: advice; a shortfall is shown, never counted as a breach."""
    reading: str | None = None
    reason: str | None = None

    @model_validator(mode="after")
    def _keys_fit_the_kind(self) -> Self:
        needs: dict[TermKind, tuple[str, ...]] = {
            TermKind.WITHIN: ("literal", "amount", "unit"),
            TermKind.BEFORE: ("literal", "amount", "unit", "of"),
            TermKind.SHARE: ("literal", "percent", "of"),
            TermKind.BY_DAY_OF_MONTH: ("literal", "day"),
            TermKind.BY_WEEKDAY: ("literal", "weekday"),
            TermKind.SET_BY_PERSON: ("set_by",),
            TermKind.NONE: (),
        }
        optional: dict[TermKind, tuple[str, ...]] = {
            TermKind.WITHIN: ("amount_from", "set_by"),
            TermKind.BEFORE: ("set_by",),
            TermKind.SHARE: ("set_by",),
            TermKind.SET_BY_PERSON: ("literal",),
        }
        required = needs[self.kind]
        allowed = {*required, *optional.get(self.kind, ())}
        shaped = ("literal", "amount", "amount_from", "unit", "of", "percent", "day", "weekday", "set_by")
        missing = [key for key in required if getattr(self, key) is None]
        foreign = [key for key in shaped if getattr(self, key) is not None and key not in allowed]
        if missing:
            facts = {"kind": self.kind.value, "keys": ", ".join(missing)}
            raise PydanticCustomError("term_needs", "a term of kind {kind} needs {keys}", facts)
        if foreign:
            facts = {"kind": self.kind.value, "keys": ", ".join(foreign)}
            raise PydanticCustomError("term_does_not_take", "a term of kind {kind} does not take {keys}", facts)
        if self.amount_from is not None and self.amount is not None and self.amount_from >= self.amount:
            raise PydanticCustomError("term_range", "amount_from must be less than amount")
        if self.unit is Unit.MONTH and self.counted is Counted.WORKING:
            raise PydanticCustomError("term_month", "a month is counted in calendar time: add counted: calendar")
        return self
