"""Duties that belong to no single message: reports, ratings, deficiencies, escalation, posts. Pure.

Each function obeys one policy of `otklik.regulation.model.policies`. The caller counts; here it is judged.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from otklik.process.deadline import Deadline, Schedules
from otklik.process.deadlines import deadlines
from otklik.process.facts import Facts, Moment
from otklik.process.periods import Period, period_of, periods_ended
from otklik.regulation.model import Act, MomentKind
from otklik.regulation.model.policies import Deficiency, EscalationLevel, PeriodicReport, PostNorm, Rating
from otklik.regulation.model.steps import Hours


@dataclass(frozen=True, slots=True)
class ReportDue:
    """A periodic report that somebody must make: who, to whom and of what is in the policy."""

    policy: PeriodicReport
    period: Period | None
    """None: made on instruction, which names the period."""
    deadline: Deadline | None
    """None: the act names no day."""


def reports_due(
    act: Act, schedules: Schedules, since: dt.date, now: dt.datetime, *, instructed: bool = False
) -> list[ReportDue]:
    """The reports on every period that ended on or after `since`; those on instruction only where one was given."""
    today = now.astimezone(schedules.of(Hours.OWN).tzinfo).date()
    found = []
    for policy in act.policies.periodic_reports:
        if policy.every == "on_instruction":
            found += [ReportDue(policy, None, None)] if instructed else []
            continue
        for period in periods_ended(policy.every, since, today):
            found.append(ReportDue(policy, period, report_deadline(act, policy, period, schedules, now)))
    return found


def report_deadline(
    act: Act,
    policy: PeriodicReport,
    period: Period,
    schedules: Schedules,
    now: dt.datetime,
    *,
    reported_at: dt.datetime | None = None,
) -> Deadline | None:
    """The term of the report on one period: that of the step of the same clause which the end of a period starts."""
    zone = schedules.of(Hours.OWN).tzinfo
    moments = [Moment(MomentKind.PERIOD_ENDED, period.ended_at(zone))]
    if reported_at is not None:
        moments.append(Moment(MomentKind.REPORTED, reported_at))
    facts = Facts(act.policies.message_kinds[0].kind, act.policies.importance[0].importance, tuple(moments))
    rows = deadlines(facts, act, schedules, now)
    own = (row for row in rows if row.starts_on is MomentKind.PERIOD_ENDED and row.clause == policy.clause)
    return next(own, None)


@dataclass(frozen=True, slots=True)
class BodyRecord:
    """What one body did in a period. `total` replies, of them so many in time, with a satisfied author, reopened."""

    body: str
    total: int
    on_time: int = 0
    satisfied: int = 0
    reopened: int = 0


@dataclass(frozen=True, slots=True)
class Ranked:
    """A body's place; equal shares share a place. None: fewer replies than the rating asks for, so not ranked."""

    body: str
    place: int | None
    share: float | None
    sample: int


def rating(policy: Rating, records: Iterable[BodyRecord]) -> list[Ranked]:
    """The bodies in order, those below the minimum sample last, without a place.

    Timeliness and satisfaction: the larger share is the better; reopened: the smaller.
    """
    enough: list[tuple[BodyRecord, float]] = []
    few: list[tuple[BodyRecord, float | None]] = []
    for record in sorted(records, key=lambda record: record.body):
        done = {"timeliness": record.on_time, "satisfaction": record.satisfied, "reopened": record.reopened}[policy.by]
        share = done / record.total if record.total else None
        if share is None or record.total < policy.minimum_sample:
            few.append((record, share))
        else:
            enough.append((record, share))
    enough.sort(key=lambda item: item[1], reverse=policy.by != "reopened")
    shares = [share for _, share in enough]
    ranked = [Ranked(record.body, shares.index(share) + 1, share, record.total) for record, share in enough]
    return ranked + [Ranked(record.body, None, share, record.total) for record, share in few]


@dataclass(frozen=True, slots=True)
class Official:
    """Somebody who may be told: a role of the act, and the fields they answer for (empty: all)."""

    key: str
    role: str
    fields: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Told:
    """Who is told of a deficiency. `unanswered`: nobody answers for the field, so all of the named roles are told."""

    officials: tuple[Official, ...]
    unanswered: bool = False


def told_of_deficiency(policy: Deficiency, field: str | None, officials: Sequence[Official]) -> Told:
    """Whom the act names, and by field where it says so: the head is told of all, a deputy of his own field.

    `field` is None where the deficiency belongs to no field: then all of the named roles are told.
    """
    named = tuple(official for official in officials if official.role in policy.to)
    if not policy.by_field or field is None:
        return Told(named)
    chosen = tuple(official for official in named if not official.fields or field in official.fields)
    return Told(chosen) if chosen else Told(named, unanswered=bool(named))


@dataclass(frozen=True, slots=True)
class Escalated:
    """A threshold that was passed: `breaches` in the period that holds the day asked for."""

    level: EscalationLevel
    period: Period
    breaches: int


def escalated(levels: Collection[EscalationLevel], breaches_on: Collection[dt.date], day: dt.date) -> list[Escalated]:
    """The thresholds passed in the periods to which `day` belongs, the highest level first.

    `breaches_on`: the days (of the place) of the breaches of one body, or of the whole organisation. Advice is none.
    """
    found = []
    for level in sorted(levels, key=lambda level: -level.level):
        period = period_of(level.in_period, day)
        count = sum(1 for on in breaches_on if period.holds(on))
        if count > level.more_than_breaches:
            found.append(Escalated(level, period, count))
    return found


@dataclass(frozen=True, slots=True)
class PageRecord:
    """An official page, its class, and the days (of the place) on which it published posts, a day for each post."""

    page: str
    page_class: str
    posted_on: tuple[dt.date, ...]


@dataclass(frozen=True, slots=True)
class Posts:
    """How a page kept the norm of its class. A recommended norm has shortfalls and no breach."""

    page: str
    norm: PostNorm
    period: Period
    posts: int

    @property
    def shortfall(self) -> int:
        return max(self.norm.posts - self.posts, 0)

    @property
    def is_breach(self) -> bool:
        return self.shortfall > 0 and not self.norm.recommended


def posts(norms: Collection[PostNorm], pages: Iterable[PageRecord], day: dt.date) -> list[Posts]:
    """For each page and each norm of its class: the posts of the period that holds `day`."""
    found = []
    for page in pages:
        for norm in norms:
            if norm.page_class == page.page_class:
                period = period_of(norm.in_period, day)
                count = sum(1 for on in page.posted_on if period.holds(on))
                found.append(Posts(page.page, norm, period, count))
    return found
