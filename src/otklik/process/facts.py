"""What the terms of one incident are computed from: a fold of its journal, or the `--event`s of the command line."""

import datetime as dt
from dataclasses import dataclass, field

from otklik.regulation.model import MomentKind


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that started or ended a term.

    `at` is an aware instant. `part` numbers a requested part, so that parts end their own terms; None: matched in the
    order of arrival. `body` is the key of the body that holds the step from here on, where its own hours count.
    `importance` is the class that `importance_raised` or `shortened` moves it to (None: the act's shortened one).
    `reply` is the kind of reply whose draft came, was sent back or approved; None: the one the step is about.
    """

    kind: MomentKind
    at: dt.datetime
    part: int | None = None
    body: str | None = None
    importance: str | None = None
    reply: str | None = None


@dataclass(frozen=True, slots=True)
class TermSet:
    """A term that a person set on the one incident, where the act allows it: an instant, or so much working time."""

    step: str
    set_at: dt.datetime
    by: str
    due_at: dt.datetime | None = None
    working_time: dt.timedelta | None = None
    part: int | None = None
    ground: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything about one incident that its terms depend on.

    `kind` and `importance` are the act's own names (`policies.message_kinds`, `policies.importance`); `importance` is
    the class at detection, later changes are moments. `moments` in the order of happening.
    `closed_at`: nothing is due any more (excluded, sent to another procedure, withdrawn before an answer).
    """

    kind: str
    importance: str
    moments: tuple[Moment, ...] = ()
    repeat: bool = False
    terms_set: tuple[TermSet, ...] = field(default=())
    closed_at: dt.datetime | None = None
