"""How often an act, or a network, lets replies be published: identical replies an hour, comments a day. Pure.

`channels` asks before it sends; the answer is when the reply may go, never that it may not.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from otklik.regulation.model import Act
from otklik.regulation.model.policies import NetworkLimit

_HOUR = dt.timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Sent:
    """A reply that was published: when (aware), and its text."""

    at: dt.datetime
    text: str


@dataclass(frozen=True, slots=True)
class Held:
    """Why a reply must wait, and from when (aware, in the zone of the question) it may go."""

    why: Literal["identical_replies_an_hour", "comments_a_day"]
    until: dt.datetime
    limit: int
    source: NetworkLimit


def limits_of(act: Act, network: str) -> tuple[NetworkLimit, ...]:
    """What the act says of replies in this network."""
    return tuple(limit for limit in act.policies.network_limits if limit.network == network)


def held(limits: Iterable[NetworkLimit], text: str, sent: Iterable[Sent], now: dt.datetime) -> Held | None:
    """What holds a reply back now by the limits of its network, the longest wait of all; None: it may go.

    `sent`: what this account published in this network in the last day. `now` is aware and in the zone of the place,
    whose midnight begins a new day.
    """
    published = sorted(sent, key=lambda one: one.at)
    waits = [wait for limit in limits for wait in _waits(limit, text, published, now)]
    return max(waits, key=lambda wait: wait.until, default=None)


def _waits(limit: NetworkLimit, text: str, sent: list[Sent], now: dt.datetime) -> Iterator[Held]:
    if limit.identical_replies_an_hour is not None:
        same = [one for one in sent if one.at > now - _HOUR and _same(one.text, text)]
        over = len(same) - limit.identical_replies_an_hour
        if over >= 0:
            until = (same[over].at + _HOUR).astimezone(now.tzinfo)
            yield Held("identical_replies_an_hour", until, limit.identical_replies_an_hour, limit)
    if limit.comments_a_day is not None:
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
        if sum(1 for one in sent if one.at >= midnight) >= limit.comments_a_day:
            tomorrow = now.date() + dt.timedelta(days=1)
            until = dt.datetime(tomorrow.year, tomorrow.month, tomorrow.day, tzinfo=now.tzinfo)
            yield Held("comments_a_day", until, limit.comments_a_day, limit)


def _same(one: str, other: str) -> bool:
    """Whatever the spaces and the case: that is what networks call the same."""
    return one.casefold().split() == other.casefold().split()
